using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Tasks;

/// <summary>One's dues for the calendar of a phone, by a secret link that can be made anew, which ends the old one.</summary>
internal static class DueFeedEndpoints
{
    private const int Ahead = 120;

    public static void MapDueFeed(this WebApplication app)
    {
        app.MapPost("/inbox/feed", Make).Needs(Permission.Home);
        app.MapPost("/inbox/feed/end", End).Needs(Permission.Home);
        // A calendar program signs in nowhere: 256 random bits in the address stand for it.
        app.MapGet("/dues/{token:length(64)}.ics", Read).AllowAnonymous();
    }

    private static async Task<IResult> Make(AppDb db, Actor actor, Screen screen, HttpContext http)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await db.Set<DueFeed>().Where(f => f.PersonId == actor.PersonId).ExecuteDeleteAsync();
        db.Add(new DueFeed { PersonId = actor.PersonId!.Value, TokenHash = Hash(token) });
        await db.SaveChangesAsync();
        return new Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult<Pages.FeedPage>(
            new { Link = $"{http.Request.Scheme}://{http.Request.Host}{screen.Base}dues/{token}.ics" }
        );
    }

    private static async Task<IResult> End(AppDb db, Actor actor, Screen screen, Go go)
    {
        await db.Set<DueFeed>().Where(f => f.PersonId == actor.PersonId).ExecuteDeleteAsync();
        return go.To("inbox", null, screen.T["feed.ended"]);
    }

    private static async Task<IResult> Read(
        string token,
        AppDb db,
        Screen screen,
        IEnumerable<IDueSource> sources,
        TimeProvider clock,
        HttpContext http
    )
    {
        var hash = Hash(token);
        var person =
            await db.Set<DueFeed>()
                .Where(f => f.TokenHash == hash)
                .Join(db.Set<Person>().Where(p => p.Active), f => f.PersonId, p => p.Id, (_, p) => p)
                .AsNoTracking()
                .SingleOrDefaultAsync()
            ?? throw new Web.NotFound();
        var t = new T(person.Language);
        var dues = await sources.Open(
            db,
            new DueAsk(screen.Today, screen.Today.AddDays(Ahead), person.Id),
            new Actor(person.Id, person.Name, person.Role)
        );
        http.Response.Headers.CacheControl = "private, no-store";
        var root = $"{http.Request.Scheme}://{http.Request.Host}{screen.Base}";
        return Results.Text(DueCalendar.Write(dues, t, root, clock.GetUtcNow().UtcDateTime), "text/calendar", Encoding.UTF8);
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));
}

/// <summary>Dues as an iCalendar (RFC 5545): whole-day events, because phones show those and hide to-dos.</summary>
public static class DueCalendar
{
    public static string Write(IReadOnlyList<Due> dues, T t, string root, DateTime now)
    {
        var text = new StringBuilder();
        CalendarText.Line(text, "BEGIN:VCALENDAR");
        CalendarText.Line(text, "VERSION:2.0");
        CalendarText.Line(text, "PRODID:-//Remit//Dues//EN");
        CalendarText.Line(text, "X-WR-CALNAME:" + CalendarText.Escape(t["menu.inbox"]));
        foreach (var due in dues)
        {
            CalendarText.Line(text, "BEGIN:VEVENT");
            CalendarText.Line(text, $"UID:{due.Kind}-{due.Id:N}@remit");
            CalendarText.Line(text, $"DTSTAMP:{now:yyyyMMdd'T'HHmmss'Z'}");
            CalendarText.Line(text, $"DTSTART;VALUE=DATE:{due.On:yyyyMMdd}");
            CalendarText.Line(text, $"DTEND;VALUE=DATE:{due.On.AddDays(1):yyyyMMdd}");
            CalendarText.Line(
                text,
                "SUMMARY:" + CalendarText.Escape(due.Kind == "task" ? due.Text : $"{t["due." + due.Kind]}: {due.Text}")
            );
            CalendarText.Line(text, "URL:" + root + due.Path);
            CalendarText.Line(text, "TRANSP:TRANSPARENT");
            CalendarText.Line(text, "END:VEVENT");
        }
        CalendarText.Line(text, "END:VCALENDAR");
        return text.ToString();
    }
}
