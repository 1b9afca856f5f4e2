using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

/// <summary>
/// Two things at one time: a person is told and decides, a room is refused. Of a series its first year is looked at,
/// against all that those who are asked have in it.
/// </summary>
internal static class Clashes
{
    /// <summary>How far a series is followed, and how many of its times.</summary>
    public const int Days = 366,
        Most = 400;

    // A stretch that somebody's calendar has already.
    private sealed record Taken(long Start, long End, string Name, string Who, bool Room);

    /// <summary>What the bar adds about it; empty where all is free. Ask when the event is as it will be, before saving.</summary>
    /// <param name="only">The one time of a series that is changed.</param>
    /// <param name="apart">The series that it was parted from: both stand in one save.</param>
    public static async Task<string> Of(
        AppDb db,
        CalendarItem item,
        CalendarBook book,
        Screen screen,
        DateTime now,
        TimeValue? only = null,
        Guid? apart = null
    )
    {
        if (book.Kind == CalendarKind.Room)
            await db.StartWriting();
        var zone = CalendarQueries.ZoneOf(screen.Firm);
        var own = Times(item, zone, now, only);
        if (own.Count == 0)
            return "";
        var taken = await All(db, item, book, screen, (own[0].Start, own.Max(o => o.End)), zone, apart);
        var clashes = Meet(own, taken);
        if (clashes.Count == 0)
            return "";
        if (clashes.Find(c => c.Taken.Room) is { Taken: not null } full)
            throw own.Count == 1
                ? new Refusal("event.room_taken", ("room", book.Name), ("event", full.Taken.Name))
                : new Refusal("event.room_taken_on", ("room", book.Name), ("event", full.Taken.Name), ("day", Day(full.Own)));
        var (first, with) = clashes[0];
        var name = with.Who.Length > 0 ? $"{with.Name} ({with.Who})" : with.Name;
        return " "
            + (
                own.Count == 1
                    ? screen.T["event.same_time", ("event", name)]
                    : screen.T[
                        "event.same_time_on",
                        ("event", name),
                        ("day", Day(first)),
                        ("n", clashes.DistinctBy(c => c.Own).Count()),
                        ("all", own.Count)
                    ]
            );
    }

    private static List<Occurrence> Times(CalendarItem item, Zone zone, DateTime now, TimeValue? only)
    {
        var series = Series.Of(item.Root(), zone)[0];
        var first = series.Extent().First;
        // What is over clashes with nothing; a single event is looked at where it stands.
        var from = series.Repeats ? Math.Max(first, Civil.Seconds(now)) : first;
        IEnumerable<Occurrence> times = only is { } id
            ? series.At(id) is { } one
                ? [one]
                : []
            : series.Between(from, from + Days * (long)Civil.Day).Take(Most);
        return [.. times.Where(o => !o.AllDay && !IsFree(o))];
    }

    // What stands in the calendars of those who are asked: the owner or the room, colleagues among the guests, the speaker.
    private static async Task<List<Taken>> All(
        AppDb db,
        CalendarItem item,
        CalendarBook book,
        Screen screen,
        (long From, long To) window,
        Zone zone,
        Guid? apart
    )
    {
        var guests = await db.Set<Invitation>()
            .Where(i => i.CalendarItemId == item.Id && !i.Cancelled)
            .Select(i => i.Email.ToLower())
            .ToListAsync();
        var people =
            guests.Count == 0
                ? []
                : await db.Set<Person>()
                    .Where(p => p.Active && guests.Contains(p.Email.ToLower()))
                    .ToDictionaryAsync(p => p.Id, p => p.Name);
        var speaker = item.SpeakerId is { } s ? await db.Set<Speaker>().AsNoTracking().SingleOrDefaultAsync(x => x.Id == s) : null;
        if (book.OwnerId is { } owner)
            people[owner] = "";
        var (ids, theirs) = (people.Keys.ToList(), speaker?.CalendarBookId);
        var room = book.Kind == CalendarKind.Room ? book.Id : (Guid?)null;
        var books = await db.Set<CalendarBook>()
            .AsNoTracking()
            .Where(b => b.TakesTime && b.OwnerId != null && ids.Contains(b.OwnerId.Value) || b.Id == room || b.Id == theirs)
            .ToListAsync();
        var (from, to) = (Civil.Moment(window.From), Civil.Moment(window.To));
        var times = await db.Times(books, Actor.Remit, from, to, zone);
        var taken = times
            .Where(t => t.Item.Id != item.Id && t.Item.Id != apart && !t.Time.AllDay && !IsFree(t.Time))
            .Select(t => new Taken(
                t.Time.Start,
                t.Time.End,
                Name(t, screen),
                t.Calendar.OwnerId is { } who ? people[who]
                    : t.Calendar.Id == theirs ? speaker!.Name
                    : "",
                t.Calendar.Id == room
            ))
            .ToList();
        if (speaker is not null)
            taken.AddRange(
                (
                    await db.Set<SpeakerHold>()
                        .AsNoTracking()
                        .Where(h => h.SpeakerId == speaker.Id && h.State == HoldState.Confirmed && h.EndsAt > from && h.StartsAt < to)
                        .ToListAsync()
                ).Select(h => new Taken(Civil.Seconds(h.StartsAt), Civil.Seconds(h.EndsAt), h.What, speaker.Name, false))
            );
        return [.. taken.OrderBy(t => t.Start)];
    }

    // Both stand in order, so each is gone through once; what lasts longest says how far back one has to look.
    private static List<(Occurrence Own, Taken Taken)> Meet(List<Occurrence> own, List<Taken> taken)
    {
        var (found, first, longest) = (new List<(Occurrence, Taken)>(), 0, taken.Count == 0 ? 0 : taken.Max(t => t.End - t.Start));
        foreach (var time in own)
        {
            while (first < taken.Count && taken[first].Start + longest <= time.Start)
                first++;
            for (var n = first; n < taken.Count && taken[n].Start < time.End; n++)
                if (taken[n].End > time.Start)
                    found.Add((time, taken[n]));
        }
        return found;
    }

    private static string Name(Shown shown, Screen screen) =>
        shown.Calendar.OwnerId == screen.Person?.PersonId
        || !shown.Item.Private && screen.Person is { } looker && shown.Calendar.SeenWholeBy(looker)
            ? shown.Item.Title
            : screen.T["calendar.busy"];

    private static DateOnly Day(Occurrence time) => Civil.Date(Civil.DayOf(time.Local.Local));

    private static bool IsFree(Occurrence time) =>
        time.Source.Text("TRANSP").Equals("TRANSPARENT", StringComparison.OrdinalIgnoreCase)
        || time.Source.Text("STATUS").Equals("CANCELLED", StringComparison.OrdinalIgnoreCase);
}
