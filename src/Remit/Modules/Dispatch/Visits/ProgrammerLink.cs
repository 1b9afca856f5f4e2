using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch.Pages;
using Remit.Modules.People;
using Remit.Modules.Telegram;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>The programmer's side of a visit: their word by a link without signing in, or with one tap on their day.</summary>
internal static class ProgrammerLink
{
    public static void MapProgrammerLink(this WebApplication app)
    {
        // 128 random bits in the address stand for a sign-in.
        var limit = new LinkLimit();
        app.MapGet("/p/{link:length(32)}", Open).AllowAnonymous().RequireRateLimiting(limit);
        app.MapGet("/p/{link:length(32)}/route/{file:guid}", Picture).AllowAnonymous().RequireRateLimiting(limit);
        app.MapPost("/p/{link:length(32)}/accept", Accept).AllowAnonymous().RequireRateLimiting(limit);
        app.MapPost("/p/{link:length(32)}/move", Move).AllowAnonymous().RequireRateLimiting(limit);
        app.MapPost("/visits/{id:guid}/accept", AcceptSignedIn).Needs(Permission.VisitsEdit);
        app.MapPost("/visits/{id:guid}/confirm", ConfirmByPhone).Needs(Permission.VisitsEdit);
    }

    private static async Task<IResult> Open(
        string link,
        AppDb db,
        Screen screen,
        FreeTimes free,
        IEnumerable<IRoutePictures> routes,
        HttpContext http
    )
    {
        var (visit, client, _) = await Find(link, db, screen);
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return new RazorComponentResult<ProgrammerPage>(
            new
            {
                Row = (await new[] { visit }.Named(db))[0],
                Client = client,
                First = !await db.HasBeenAt(visit),
                Contacts = await db.Set<Contact>()
                    .AsNoTracking()
                    .Where(c => c.ClientId == client.Id)
                    .OrderByDescending(c => c.DecisionMaker)
                    .ThenBy(c => c.Name)
                    .ToListAsync(),
                Pictures = await routes.Of(db, client.Id),
                Times = await VisitWord.Times(db, visit, screen.Firm!, free),
                Bot = await db.Set<TelegramSettings>().AsNoTracking().SingleOrDefaultAsync(),
            }
        );
    }

    private static async Task<IResult> Picture(
        string link,
        Guid file,
        AppDb db,
        Screen screen,
        FileStore store,
        IEnumerable<IRoutePictures> routes
    )
    {
        var (_, client, _) = await Find(link, db, screen);
        var picture = (await routes.Of(db, client.Id)).FirstOrDefault(p => p.Id == file) ?? throw new Web.NotFound();
        return Results.Stream(store.Open(screen.Slug!, picture.Sha256), picture.Type);
    }

    private static async Task<IResult> Accept(string link, AppDb db, Screen screen, TimeProvider clock, Go go)
    {
        var (visit, client, person) = await Find(link, db, screen);
        db.Actor = new Actor(person.Id, person.Name, person.Role);
        await VisitWord.Agreed(db, visit, client, Side.Programmer, Here.Of(screen, clock));
        return go.To($"p/{link}");
    }

    private static async Task<IResult> Move(string link, Form form, AppDb db, Screen screen, FreeTimes free, TimeProvider clock, Go go)
    {
        await db.StartWriting();
        var (visit, client, person) = await Find(link, db, screen);
        db.Actor = new Actor(person.Id, person.Name, person.Role);
        form.Must("starts_at");
        await VisitWord.Chosen(db, visit, client, Side.Programmer, form.Moment("starts_at")!.Value, free, Here.Of(screen, clock));
        return go.To($"p/{link}");
    }

    private static async Task<IResult> AcceptSignedIn(Guid id, Form form, AppDb db, Screen screen, TimeProvider clock, Go go)
    {
        var visit = await db.Set<Visit>().One(id);
        await VisitWord.Agreed(db, visit, await db.Set<Client>().One(visit.ClientId), Side.Programmer, Here.Of(screen, clock));
        return go.To(form.Back($"visits/{id}"), db, screen.T["visit.accepted", ("day", visit.Day), ("time", $"{visit.StartsAt:HH:mm}")]);
    }

    /// <summary>The client said yes on the phone; somebody else than the planner notes it.</summary>
    private static async Task<IResult> ConfirmByPhone(Guid id, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var visit = await db.Set<Visit>().One(id);
        await ConfirmFor(db, visit, actor, Here.Of(screen, clock));
        return go.To($"visits/{id}", db, screen.T["visit.client_confirmed"]);
    }

    internal static async Task ConfirmFor(AppDb db, Visit visit, Actor actor, Here here)
    {
        // A confirmation is worth something because another than the planner gives it.
        Rules.Must(visit.PlannedBy != actor.PersonId, "visit.confirm_own", ("visit", visit.Subject));
        await VisitWord.Agreed(db, visit, await db.Set<Client>().One(visit.ClientId), Side.Client, here);
    }

    private static async Task<(Visit, Client, Person)> Find(string link, AppDb db, Screen screen)
    {
        var visit = await db.Set<Visit>().SingleOrDefaultAsync(v => v.ProgrammerLink == link) ?? throw new Web.NotFound();
        var person =
            await db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == visit.ProgrammerId && p.Active)
            ?? throw new Web.NotFound();
        screen.T = new T(person.Language);
        return (visit, await db.Set<Client>().One(visit.ClientId), person);
    }
}
