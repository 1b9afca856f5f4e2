using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>Meetings that are over and whose outcome nobody has noted: due on their own day, until it is.</summary>
internal sealed class MeetingDues(TimeProvider clock) : IDueSource
{
    // A series that nobody keeps minutes of must not fill the inbox with its whole past.
    private const int DaysBack = 30;

    public Permission Needs => Permission.CalendarSee;

    public async Task<IReadOnlyList<Due>> Open(AppDb db, DueAsk ask)
    {
        var firm = await Firm.Of(db);
        var (now, zone) = (clock.GetUtcNow().UtcDateTime, CalendarQueries.ZoneOf(firm));
        var from = now.AddDays(-DaysBack);
        var books = (
            ask.PersonId is { } person
                ? (await db.SeenBy(person)).Where(c => c.OwnerId == person)
                : await db.Set<CalendarBook>().AsNoTracking().Where(c => c.OwnerId != null).ToListAsync()
        ).ToDictionary(c => c.Id);
        var ids = books.Keys.ToList();
        var items = await db.Set<CalendarItem>()
            .AsNoTracking()
            .Where(i =>
                ids.Contains(i.CalendarBookId) && i.Kind != MeetingKind.Other && i.State == MeetingState.Planned && i.Component == "VEVENT"
            )
            .Touching(from, now)
            .Take(ask.Most)
            .ToListAsync();
        var dues = items
            .SelectMany(i => Over(i, zone, from, now).Select(o => (Item: i, Time: o, Day: Civil.Date(Civil.DayOf(zone.ToLocal(o.Start))))))
            .Where(o => o.Day <= ask.Until)
            .OrderBy(o => o.Day)
            .Select(o => new Due(
                "meeting_outcome",
                o.Item.Id,
                o.Item.Title,
                o.Day,
                books[o.Item.CalendarBookId].OwnerId,
                $"calendar/items/{o.Item.Id}?at={o.Time.Id.Text}"
            ));
        return [.. dues.Take(ask.Most)];
    }

    private static IEnumerable<Occurrence> Over(CalendarItem item, Zone zone, DateTime from, DateTime now) =>
        item.SeriesOf(zone).SelectMany(s => s.Between(Civil.Seconds(from), Civil.Seconds(now))).Where(o => o.End <= Civil.Seconds(now));
}

/// <summary>Meetings on a client's timeline: what came of each, and what follows.</summary>
internal sealed class MeetingLines : ITimelineSource
{
    public Permission Needs => Permission.CalendarSee;

    public async Task<IReadOnlyList<TimelineItem>> Before(AppDb db, TimelineAsk ask)
    {
        var items = await db.Set<CalendarItem>()
            .AsNoTracking()
            .Where(i =>
                i.ClientId == ask.ClientId
                && i.State != MeetingState.Planned
                && (i.StartsAt < ask.Before || (i.StartsAt == ask.Before && i.Id.CompareTo(ask.BeforeId) < 0))
            )
            .Where(i => !i.Private || db.Set<CalendarBook>().Any(b => b.Id == i.CalendarBookId && b.OwnerId == db.Actor.PersonId))
            .OrderByDescending(i => i.StartsAt)
            .ThenByDescending(i => i.Id)
            .Take(ask.Most)
            .ToListAsync();
        return
        [
            .. items.Select(i => new TimelineItem(
                i.StartsAt,
                i.Id,
                i.State == MeetingState.Held ? "meeting" : "meeting_missed",
                $"{i.Title} · {ask.T["meeting.kind." + i.Kind]}",
                i.NextStep.Length > 0 ? $"{i.Outcome}\n→ {i.NextStep}" : i.Outcome,
                $"calendar/items/{i.Id}"
            )),
        ];
    }
}
