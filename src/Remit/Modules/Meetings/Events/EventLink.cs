using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Meetings.Pages;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Meetings.Events;

/// <summary>The page that one who is invited opens by a link, without signing in: comes or not, and afterwards what they thought of it.</summary>
internal static class EventLink
{
    public static void MapEventLink(this WebApplication app)
    {
        var limit = new LinkLimit();
        app.MapGet("/e/{link:length(32)}", Open).AllowAnonymous().RequireRateLimiting(limit);
        app.MapGet("/e/{link:length(32)}/event.ics", Calendar).AllowAnonymous().RequireRateLimiting(limit);
        app.MapPost("/e/{link:length(32)}/answer", Answer).AllowAnonymous().RequireRateLimiting(limit);
        app.MapPost("/e/{link:length(32)}/thoughts", Think).AllowAnonymous().RequireRateLimiting(limit);
    }

    private static async Task<IResult> Open(string link, AppDb db, Screen screen, HttpContext http)
    {
        var (guest, what) = await Find(link, db, screen);
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return new RazorComponentResult<EventLinkPage>(new { Event = what, Guest = guest });
    }

    private static async Task<IResult> Calendar(string link, AppDb db, Screen screen, TimeProvider clock)
    {
        var (_, what) = await Find(link, db, screen);
        return Results.Text(what.Shown.Text(screen.Firm!, clock.GetUtcNow().UtcDateTime), "text/calendar", Encoding.UTF8);
    }

    private static async Task<IResult> Answer(string link, Form form, AppDb db, Screen screen, TimeProvider clock, Go go)
    {
        var (guest, what) = await Find(link, db, screen);
        db.Actor = new Actor(guest.PersonId, guest.Name, Role.Programmer);
        await db.Answered(what, guest, form.Text("comes") == "yes", screen.Root, screen.Firm!, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        return go.To($"e/{link}");
    }

    private static async Task<IResult> Think(string link, Form form, AppDb db, Screen screen, TimeProvider clock, Go go)
    {
        var (guest, what) = await Find(link, db, screen);
        db.Actor = new Actor(guest.PersonId, guest.Name, Role.Programmer);
        guest.Think(what, form.Int("mark") ?? 0, form.Text("thoughts"), clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        return go.To($"e/{link}");
    }

    private static async Task<(EventGuest, StaffEvent)> Find(string link, AppDb db, Screen screen)
    {
        var guest = await db.Set<EventGuest>().SingleOrDefaultAsync(g => g.Link == link) ?? throw new Web.NotFound();
        screen.T = new T(guest.Language);
        return (guest, await db.Set<StaffEvent>().One(guest.StaffEventId));
    }
}
