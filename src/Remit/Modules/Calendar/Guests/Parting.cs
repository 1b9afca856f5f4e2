using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>
/// A series that a phone parted. For «this and following» it ends the one that is there and puts another, under a UID of
/// its own, for the rest; which comes first differs. The other is known by going on in the same calendar where the first
/// ends, under the same name or by saying itself what it belongs to, and by both having been written within minutes.
/// </summary>
internal static class Parting
{
    private const int MostAtOnce = 3,
        Most = 50;
    private const long Ahead = 366L * 2 * Civil.Day;
    private static readonly TimeSpan within = TimeSpan.FromMinutes(10);

    /// <summary>Whoever was asked to a series is asked to the one that goes on from it, and it means the same.</summary>
    public static async Task Heard(AppDb db, DateTime now)
    {
        var written = db
            .ChangeTracker.Entries<CalendarItem>()
            .Where(e =>
                e.Entity.Repeats
                && (
                    e.State == EntityState.Added
                    || e.State == EntityState.Modified
                        && RuleOf(e.OriginalValues.GetValue<string>(nameof(CalendarItem.Text))) != RuleOf(e.Entity.Text)
                )
            )
            .ToList();
        // A phone writes one at a time; what an import brings parts nothing.
        if (written.Count is 0 or > MostAtOnce)
            return;
        foreach (var entry in written)
        foreach (var other in await Beside(db, entry, now))
        {
            var isNew = entry.State == EntityState.Added;
            var (old, rest) = isNew ? (other, entry.Entity) : (entry.Entity, other);
            var zone = CalendarQueries.ZoneOf(await Firm.Of(db));
            if (await IsAsked(db, rest) || GoesOn(old, rest, zone) is not { } sameTimes || isNew && !await Changed(db, old, now))
                continue;
            rest.Mean(old.Kind, old.ClientId);
            rest.Meet(old.Online, old.SpeakerId);
            db.Entry(rest).DetectChanges();
            await db.Carry(old, rest, sameTimes, now);
            break;
        }
    }

    /// <summary>Whether the times go on as they were; null where the rest does not begin where the old series ends.</summary>
    private static bool? GoesOn(CalendarItem old, CalendarItem rest, Zone zone)
    {
        if (
            Master(old) is not { } was
            || Master(rest) is not { } now
            || Rule.Parse(was.Text("RRULE")) is not { Count: null, Until: not null } rule
        )
            return null;
        if (was.Text("SUMMARY") != now.Text("SUMMARY") && !Named(was).Intersect(Named(now)).Any())
            return null;
        var (ended, endless, start) = (Series.Of(old.Root(), zone)[0], old.Root(), Civil.Seconds(rest.StartsAt));
        endless
            .Components.First(c => c.Is(old.Component) && c.Find("RECURRENCE-ID") is null)
            .Set(new ContentLine("RRULE", (rule with { Until = null }).ToString()));
        var end = ended.Extent().Last;
        if (ended.Between(end - Ahead, end).LastOrDefault() is not { } last || start <= last.Start)
            return null;
        // The first two times that there would be if it had not been ended: the rest may have moved as far as the second.
        var next = Series.Of(endless, zone)[0].Between(last.Start, last.Start + Ahead).Where(o => o.Start > last.Start).Take(2).ToList();
        if (next.Count == 0 || next.Count > 1 && start >= next[1].Start)
            return null;
        return Series.Of(rest.Root(), zone)[0].Between(start, start + 1) is [var first, ..]
            && (first.Start, first.End) == (next[0].Start, next[0].End)
            && Endless(now) == Endless(was);
    }

    // One of the two is written now, the other is among the last that were: the old one says so by its journal, the new one by its key.
    private static async Task<List<CalendarItem>> Beside(AppDb db, EntityEntry<CalendarItem> written, DateTime now)
    {
        var (item, isNew, since) = (
            written.Entity,
            written.State == EntityState.Added,
            Guid.CreateVersion7(new DateTimeOffset(now - within))
        );
        if (!isNew && !await IsAsked(db, item))
            return [];
        var last = await db.Set<SyncChange>()
            .Where(c => c.Collection == item.CalendarBookId && !c.Gone)
            .OrderByDescending(c => c.Number)
            .Take(Most)
            .Select(c => c.Item)
            .ToListAsync();
        var others = await db.Set<CalendarItem>()
            .Where(i =>
                last.Contains(i.Id)
                && i.CalendarBookId == item.CalendarBookId
                && i.Id != item.Id
                && i.Repeats
                && (!isNew || db.Set<Invitation>().Any(x => x.CalendarItemId == i.Id && !x.Cancelled))
            )
            .ToListAsync();
        return isNew ? others : others.FindAll(i => string.CompareOrdinal($"{i.Id:N}", $"{since:N}") > 0);
    }

    private static async Task<bool> IsAsked(AppDb db, CalendarItem item) =>
        db.Set<Invitation>().Local.Any(i => i.CalendarItemId == item.Id && !i.Cancelled)
        || await db.Set<Invitation>().AnyAsync(i => i.CalendarItemId == item.Id && !i.Cancelled);

    private static async Task<bool> Changed(AppDb db, CalendarItem item, DateTime now) =>
        await db
            .Journal.Where(j => j.RecordId == item.Id && j.Kind == JournalKind.Updated)
            .OrderByDescending(j => j.Seq)
            .Select(j => (DateTime?)j.At)
            .FirstOrDefaultAsync()
        > now - within;

    private static Component? Master(CalendarItem item) =>
        item.Root().Components.FirstOrDefault(c => c.Is(item.Component) && c.Find("RECURRENCE-ID") is null);

    // Apple names the row of series that both belong to.
    private static IEnumerable<string> Named(Component part) => part.All("RELATED-TO").Select(l => l.Value);

    private static string RuleOf(string text) =>
        string.Join('|', ContentReader.Read(text).Components[0].Components.SelectMany(c => c.All("RRULE")).Select(l => l.Value));

    private static string? Endless(Component master) =>
        Rule.Parse(master.Text("RRULE")) is { } rule ? (rule with { Until = null, Count = null }).ToString() : null;
}
