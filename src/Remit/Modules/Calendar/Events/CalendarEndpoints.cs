using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Pages;
using Remit.Modules.Dispatch;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>The calendar's pages to look at, its files out and its feeds.</summary>
internal static class CalendarEndpoints
{
    private const int BusyBehind = 31,
        BusyAhead = 400,
        MostDates = 2_000;

    public static void MapCalendarPages(this WebApplication app)
    {
        app.MapGet("/calendar", Look).Needs(Permission.CalendarSee);
        app.MapGet("/calendar/files/{id:guid}.ics", Export).Needs(Permission.CalendarSee);
        // The 128 random bits of the address are the key: other programs that read a feed cannot sign in.
        app.MapGet("/feed/{feed:length(32)}.ics", Feed).AllowAnonymous();
    }

    private static async Task<IResult> Look(
        AppDb db,
        Actor actor,
        Screen screen,
        TimeProvider clock,
        IEnumerable<IDueSource> dues,
        string? day,
        string? view,
        Guid[]? off
    )
    {
        var looking = new Looking(
            DateOnly.TryParseExact(day, "yyyy-MM-dd", out var d) && d.Year is > 1900 and < 2200 ? d : screen.Today,
            Looking.Views.Contains(view) ? view! : "week",
            (off ?? []).ToHashSet()
        );
        var books = await db.WithOwnCalendar(actor);
        var (mine, rhythm) = (await db.Clock(actor, screen.Firm), await db.ClockOf(actor.PersonId));
        var entries = await new WeekEntries(db, screen, mine).Of(looking, books, dues);
        var home = rhythm.Country.Length > 0 ? rhythm.Country : screen.Firm!.Country;
        var tables = await db.WorkDays([.. WorkCalendar.Countries, home]);
        var me = new Party(actor.Name, mine, rhythm, tables[home], []);
        var days =
            looking.View == "people"
                ? await SideBySide.Of(db, (me, screen), looking.First, entries, books.FindAll(b => looking.Shows(b.Id)))
                : [.. WeekView.Days(entries, looking.First, looking.Days).Select(c => c with { Bands = WeekView.Bands(me, mine, c.Day) })];
        return Page<CalendarPage>(
            new
            {
                Looking = looking,
                Calendars = books,
                Work = tables[home],
                Clock = mine,
                Now = mine.At(clock.GetUtcNow().UtcDateTime),
                Days = days,
                Marks = await Marks(db, tables, looking),
            }
        );
    }

    // Where each country departs from its weekdays: that is what one forgets.
    internal static async Task<ILookup<DateOnly, DayMark>> Marks(
        AppDb db,
        IReadOnlyDictionary<string, WorkCalendar> tables,
        Looking looking
    )
    {
        var (first, last) = (looking.First, looking.First.AddDays(looking.Days));
        var names = (
            await db.Set<FirmDay>().AsNoTracking().Where(d => d.Day >= first && d.Day < last && d.Name != "").ToListAsync()
        ).ToDictionary(d => (d.Country, d.Day), d => d.Name);
        return (
            from n in Enumerable.Range(0, looking.Days)
            let day = first.AddDays(n)
            let weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday
            from table in tables
            let kind = table.Value.KindOf(day)
            where kind is not null && !(weekend && kind == DayKind.Off && !names.ContainsKey((table.Key, day)))
            select (Day: day, Mark: new DayMark(table.Key, kind.Value, names.GetValueOrDefault((table.Key, day), "")))
        ).ToLookup(m => m.Day, m => m.Mark);
    }

    private static async Task<IResult> Export(Guid id, AppDb db, Actor actor, Screen screen)
    {
        var book = (await db.Calendars(actor)).Find(c => c.Id == id && c.SeenWholeBy(actor)) ?? throw new Web.NotFound();
        return await File(db, book, book.OwnerId == actor.PersonId, screen);
    }

    private static async Task<IResult> Feed(string feed, AppDb db, Screen screen, HttpContext http)
    {
        var book = await db.Set<CalendarBook>().AsNoTracking().SingleOrDefaultAsync(c => c.Feed == feed) ?? throw new Web.NotFound();
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        var dates = await Dates(db, book, screen);
        var tag =
            $"\"{book.Version}-{await SyncChange.Last(db, book.Id)}-{(book.FeedBusy || dates.Count > 0 ? screen.Today.DayNumber : 0)}{string.Concat(dates.Select(d => $"-{d.Hold.Id:N}{d.Hold.Version}{d.Rank}"))}\"";
        http.Response.Headers.ETag = tag;
        // Programs ask every few minutes; mostly nothing has changed.
        if (http.Request.Headers.IfNoneMatch.ToString() == tag)
            return Results.StatusCode(304);
        return book.FeedBusy ? await BusyFile(db, book, screen) : await File(db, book, false, screen);
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
        var dates = (await Dates(db, book, screen))
            .Select(d =>
                (Start: Civil.Seconds(d.Hold.StartsAt), End: Civil.Seconds(d.Hold.EndsAt), Sure: d.Hold.State == HoldState.Confirmed)
            )
            .Where(d => d.End > from && d.Start < to);
        foreach (var (start, end, sure) in Dav.FreeBusy.Taken(times.Select(t => t.Time), from, to).Concat(dates))
        {
            var one = new Component("VEVENT");
            one.Lines.AddRange([
                new("UID", $"busy-{start}-{book.Id:N}@remit"),
                new TimeValue(start, TimeForm.Utc).Line("DTSTAMP"),
                new TimeValue(start, TimeForm.Utc).Line("DTSTART"),
                new TimeValue(end, TimeForm.Utc).Line("DTEND"),
            ]);
            one.SetText("SUMMARY", new T(screen.Firm?.Language ?? "en")["calendar.busy"]);
            if (!sure)
                one.Lines.Add(new("STATUS", "TENTATIVE"));
            root.Components.Add(one);
        }
        return Results.File(
            System.Text.Encoding.UTF8.GetBytes(ContentWriter.Write(root)),
            "text/calendar; charset=utf-8",
            $"{book.Path}.ics"
        );
    }

    // What is held in a speaker's calendar stands in its feed as it stands in the week.
    private static async Task<IReadOnlyList<HeldDate>> Dates(AppDb db, CalendarBook book, Screen screen) =>
        book.Kind == CalendarKind.Speaker
            ? await HoldEvents.Of(
                db,
                book.Id,
                screen.Firm!.Moment(screen.Today.AddDays(-BusyBehind).ToDateTime(default, DateTimeKind.Utc)),
                MostDates
            )
            : [];

    private static async Task<IResult> File(AppDb db, CalendarBook book, bool all, Screen screen)
    {
        var root = new Component("VCALENDAR");
        root.Lines.AddRange([new("VERSION", "2.0"), new("PRODID", "-//Remit//Remit//EN"), new("X-WR-CALNAME", TextValue.Write(book.Name))]);
        var (zones, parts) = (new Dictionary<string, Component>(), new List<Component>());
        foreach (
            var item in await db.Set<CalendarItem>()
                .AsNoTracking()
                .Where(i => i.CalendarBookId == book.Id && (all || !i.Private))
                .OrderBy(i => i.StartsAt)
                .ThenBy(i => i.Id)
                .ToListAsync()
        )
        foreach (var part in item.Root().Components)
            if (part.Is("VTIMEZONE"))
                zones.TryAdd(part.Text("TZID"), part);
            else
                parts.Add(part);
        parts.AddRange((await Dates(db, book, screen)).Select(d => HoldEvents.Event(d, new T(screen.Firm?.Language ?? "en"), "")));
        root.Components.AddRange(zones.Values);
        root.Components.AddRange(parts);
        return Results.File(
            System.Text.Encoding.UTF8.GetBytes(ContentWriter.Write(root)),
            "text/calendar; charset=utf-8",
            $"{book.Path}.ics"
        );
    }
}
