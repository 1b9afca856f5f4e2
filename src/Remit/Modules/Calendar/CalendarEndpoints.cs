using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Pages;
using Remit.Modules.Dispatch;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>What one looks at: which days, in which shape, over which calendars.</summary>
public sealed record Looking(DateOnly Day, string View, IReadOnlySet<Guid> Off)
{
    public static readonly IReadOnlyList<string> Views = ["week", "work", "day", "month", "agenda"];

    public DateOnly First => View switch { "day" or "agenda" => Day, "month" => Monday(new DateOnly(Day.Year, Day.Month, 1)), _ => Monday(Day) };
    public int Days => View switch { "day" => 1, "work" => 5, "month" => 42, "agenda" => 30, _ => 7 };
    public string To(DateOnly day, string? view = null) => $"calendar?day={day:yyyy-MM-dd}&view={view ?? View}{string.Concat(Off.Select(o => "&off=" + o))}";
    public DateOnly Back => View switch { "day" => Day.AddDays(-1), "month" => Day.AddMonths(-1), "agenda" => Day.AddDays(-30), _ => Day.AddDays(-7) };
    public DateOnly Ahead => View switch { "day" => Day.AddDays(1), "month" => Day.AddMonths(1), "agenda" => Day.AddDays(30), _ => Day.AddDays(7) };
    public string Toggled(Guid calendar) => (this with { Off = new HashSet<Guid>(Off.Contains(calendar) ? Off.Except([calendar]) : Off.Append(calendar)) }).To(Day);

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}

/// <summary>The calendar's pages to look at, its files out and its feeds.</summary>
internal static class CalendarEndpoints
{
    /// <summary>What stands for the visits among the calendars that can be switched off.</summary>
    public static readonly Guid Visits = new("00000000-0000-7000-8000-0000000000f1");

    private const int BusyBehind = 31, BusyAhead = 400;

    public static void MapCalendarPages(this WebApplication app)
    {
        app.MapGet("/calendar", Look).Needs(Permission.CalendarSee);
        app.MapGet("/calendar/files/{id:guid}.ics", Export).Needs(Permission.CalendarSee);
        // The 128 random bits of the address are the key: other programs that read a feed cannot sign in.
        app.MapGet("/feed/{feed:length(32)}.ics", Feed).AllowAnonymous();
    }

    private static async Task<IResult> Look(AppDb db, Actor actor, Screen screen, TimeProvider clock, string? day, string? view, Guid[]? off)
    {
        var looking = new Looking(DateOnly.TryParseExact(day, "yyyy-MM-dd", out var d) && d.Year is > 1900 and < 2200 ? d : screen.Today, Looking.Views.Contains(view) ? view! : "week", (off ?? []).ToHashSet());
        var books = await db.WithOwnCalendar(actor);
        var zone = CalendarQueries.ZoneOf(screen.Firm);
        var (from, to) = (Civil.Seconds(looking.First.Year, looking.First.Month, looking.First.Day), 0L);
        to = from + looking.Days * (long)Civil.Day;
        var times = await db.Times([.. books.Where(b => !looking.Off.Contains(b.Id))], actor, Civil.Moment(zone.ToUtc(from)), Civil.Moment(zone.ToUtc(to)), zone);
        var entries = times.Select(t => WeekView.Of(t, zone, screen.T["calendar.busy"], t.Calendar.EditedBy(actor))).ToList();
        if (screen.Can(Permission.VisitsSee) && !looking.Off.Contains(Visits)) entries.AddRange(await VisitsOf(db, actor, looking));
        var now = Civil.Moment(zone.ToLocal(Civil.Seconds(clock.GetUtcNow().UtcDateTime)));
        return Page<CalendarPage>(new { Looking = looking, Calendars = books, Days = WeekView.Days([.. entries.OrderBy(e => e.From)], looking.First, looking.Days), Now = now });
    }

    private static async Task<IEnumerable<Entry>> VisitsOf(AppDb db, Actor actor, Looking looking)
    {
        var visits = db.Set<Visit>().AsNoTracking().Between(looking.First, looking.First.AddDays(looking.Days - 1)).Where(v => v.State != VisitState.Cancelled);
        if (actor is { Role: Role.Programmer, PersonId: { } me }) visits = visits.Where(v => v.ProgrammerId == me);
        return (await (await visits.ToListAsync()).Named(db)).Select(WeekView.Of);
    }

    private static async Task<IResult> Export(Guid id, AppDb db, Actor actor)
    {
        var book = (await db.Calendars(actor)).Find(c => c.Id == id && c.SeenWholeBy(actor)) ?? throw new Web.NotFound();
        return await File(db, book, book.OwnerId == actor.PersonId);
    }

    private static async Task<IResult> Feed(string feed, AppDb db, Screen screen, HttpContext http)
    {
        var book = await db.Set<CalendarBook>().AsNoTracking().SingleOrDefaultAsync(c => c.Feed == feed) ?? throw new Web.NotFound();
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        var name = SyncChange.Counter(book.Id);
        var tag = $"\"{book.Version}-{await db.Set<Counter>().Where(c => c.Name == name).Select(c => c.Last).SingleOrDefaultAsync()}-{(book.FeedBusy ? screen.Today.DayNumber : 0)}\"";
        http.Response.Headers.ETag = tag;
        // Programs ask every few minutes; mostly nothing has changed.
        if (http.Request.Headers.IfNoneMatch.ToString() == tag) return Results.StatusCode(304);
        return book.FeedBusy ? await BusyFile(db, book, screen) : await File(db, book, false);
    }

    // Events, because programs that read a feed show no VFREEBUSY; they tell when and nothing else.
    private static async Task<IResult> BusyFile(AppDb db, CalendarBook book, Screen screen)
    {
        var zone = CalendarQueries.ZoneOf(screen.Firm);
        var today = Civil.Days(screen.Today.Year, screen.Today.Month, screen.Today.Day) * (long)Civil.Day;
        var (from, to) = (today - BusyBehind * Civil.Day, today + BusyAhead * Civil.Day);
        var times = await db.Times([book], Actor.Remit, Civil.Moment(from), Civil.Moment(to), zone);
        var root = new Component("VCALENDAR");
        root.Lines.AddRange([new("VERSION", "2.0"), new("PRODID", "-//Remit//Remit//EN"), new("X-WR-CALNAME", TextValue.Write(book.Name))]);
        foreach (var (start, end, _) in Dav.FreeBusy.Taken(times.Select(t => t.Time), from, to))
        {
            var one = new Component("VEVENT");
            one.Lines.AddRange([new("UID", $"busy-{start}-{book.Id:N}@remit"), new TimeValue(start, TimeForm.Utc).Line("DTSTAMP"), new TimeValue(start, TimeForm.Utc).Line("DTSTART"), new TimeValue(end, TimeForm.Utc).Line("DTEND")]);
            one.SetText("SUMMARY", new T(screen.Firm?.Language ?? "en")["calendar.busy"]);
            root.Components.Add(one);
        }
        return Results.File(System.Text.Encoding.UTF8.GetBytes(ContentWriter.Write(root)), "text/calendar; charset=utf-8", $"{book.Path}.ics");
    }

    private static async Task<IResult> File(AppDb db, CalendarBook book, bool all)
    {
        var root = new Component("VCALENDAR");
        root.Lines.AddRange([new("VERSION", "2.0"), new("PRODID", "-//Remit//Remit//EN"), new("X-WR-CALNAME", TextValue.Write(book.Name))]);
        var (zones, parts) = (new Dictionary<string, Component>(), new List<Component>());
        foreach (var item in await db.Set<CalendarItem>().AsNoTracking().Where(i => i.CalendarBookId == book.Id && (all || !i.Private)).OrderBy(i => i.StartsAt).ThenBy(i => i.Id).ToListAsync())
            foreach (var part in item.Root().Components)
                if (part.Is("VTIMEZONE")) zones.TryAdd(part.Text("TZID"), part); else parts.Add(part);
        root.Components.AddRange(zones.Values);
        root.Components.AddRange(parts);
        return Results.File(System.Text.Encoding.UTF8.GetBytes(ContentWriter.Write(root)), "text/calendar; charset=utf-8", $"{book.Path}.ics");
    }

    internal static RazorComponentResult<TPage> Page<TPage>(object data) where TPage : IComponent => new(data);
}
