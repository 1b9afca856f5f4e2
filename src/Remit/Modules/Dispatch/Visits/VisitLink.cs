using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch.Pages;
using Remit.Modules.Telegram;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Dispatch;

/// <summary>The page that a client opens by a link, without signing in, to confirm a visit or choose another time.</summary>
internal static class VisitLink
{
    public static void MapVisitLink(this WebApplication app)
    {
        // 128 random bits in the address stand for a sign-in.
        var limit = new LinkLimit();
        app.MapGet("/v/{link:length(32)}", Open).AllowAnonymous().RequireRateLimiting(limit);
        app.MapGet("/v/{link:length(32)}/visit.ics", Calendar).AllowAnonymous().RequireRateLimiting(limit);
        app.MapPost("/v/{link:length(32)}/confirm", Confirm).AllowAnonymous().RequireRateLimiting(limit);
        app.MapPost("/v/{link:length(32)}/move", Move).AllowAnonymous().RequireRateLimiting(limit);
    }

    private static async Task<IResult> Open(string link, AppDb db, Screen screen, FreeTimes free, HttpContext http)
    {
        var (visit, client) = await Find(link, db, screen);
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return new RazorComponentResult<LinkPage>(
            new
            {
                Row = (await new[] { visit }.Named(db))[0],
                Client = client,
                Times = await VisitWord.Times(db, visit, screen.Firm!, free),
                Bot = await db.Set<TelegramSettings>().AsNoTracking().SingleOrDefaultAsync(),
            }
        );
    }

    private static async Task<IResult> Calendar(string link, AppDb db, Screen screen)
    {
        var (visit, client) = await Find(link, db, screen);
        return Results.Text(await db.CalendarOf(visit, client, screen.Root), "text/calendar", Encoding.UTF8);
    }

    private static async Task<IResult> Confirm(string link, AppDb db, Screen screen, TimeProvider clock, Go go)
    {
        var (visit, client) = await Find(link, db, screen);
        db.Actor = new Actor(null, client.Name, Role.Programmer);
        await VisitWord.Agreed(db, visit, client, Side.Client, Here.Of(screen, clock));
        return go.To($"v/{link}");
    }

    private static async Task<IResult> Move(string link, Form form, AppDb db, Screen screen, FreeTimes free, TimeProvider clock, Go go)
    {
        await db.StartWriting();
        var (visit, client) = await Find(link, db, screen);
        db.Actor = new Actor(null, client.Name, Role.Programmer);
        form.Must("starts_at");
        await VisitWord.Chosen(db, visit, client, Side.Client, form.Moment("starts_at")!.Value, free, Here.Of(screen, clock));
        return go.To($"v/{link}");
    }

    private static async Task<(Visit, Client)> Find(string link, AppDb db, Screen screen)
    {
        var visit = await db.Set<Visit>().SingleOrDefaultAsync(v => v.Link == link) ?? throw new Web.NotFound();
        var client = await db.Set<Client>().One(visit.ClientId);
        screen.T = new T(client.Language);
        return (visit, client);
    }
}
