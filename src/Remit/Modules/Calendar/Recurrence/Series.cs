using Remit.Modules.Calendar.Format;

namespace Remit.Modules.Calendar.Recurrence;

/// <summary>
/// An event with all its times: its first, what its rules and dates add, what is taken out, and what overrides single
/// ones or all from one on. Times are worked out for a window only, so a series without end costs what the window holds.
/// </summary>
public sealed class Series
{
    /// <summary>Times of one series in one window; more are not shown.</summary>
    public const int Most = 5_000;
    private const int MostCounted = 20_000;
    private const int MostWalked = 100_000;
    private const long MostShift = 3660L * Civil.Day;

    private readonly Component? master;
    private readonly ZoneBook zones;
    private readonly TimeValue start;
    private readonly Zone zone;
    private readonly Span span;
    private readonly List<Rule> rules = [];
    private readonly ExtraDates added,
        removed;
    private readonly List<Change> single = [],
        onward = [];

    // What an override is about, how far it moves its start, and how long it makes it.
    private sealed record Change(long Key, long Day, TimeValue Start, long Shift, Span Span, Component Source);

    private Series(Component? master, IEnumerable<Component> overrides, ZoneBook zones)
    {
        (this.master, this.zones) = (master, zones);
        added = new ExtraDates(zones);
        removed = new ExtraDates(zones);
        if (master is not null && StartOf(master) is { } first)
        {
            (start, zone, span) = (first, zones.Of(first), Span.Of(master, zones));
            foreach (var line in master.All("RRULE").Take(8))
                if (Rule.Parse(line.Value) is { } rule)
                    rules.Add(first.IsDate ? rule.OfDays() : rule);
                else
                    Unread.Add(line);
            foreach (var line in master.All("RDATE"))
                added.Add(line);
            foreach (var line in master.All("EXDATE"))
                removed.Add(line);
        }
        else
            (this.master, zone) = (null, zones.Floating);
        foreach (var c in overrides)
            Override(c);
        onward.Sort((a, b) => a.Key.CompareTo(b.Key));
    }

    /// <summary>The event itself; null where only single times of a series are known here.</summary>
    public Component? Master => master;

    /// <summary>Rules that could not be understood; the series goes on without them.</summary>
    public List<ContentLine> Unread { get; } = [];

    /// <summary>Whether anything in it has a day at all; a task or a note need have none.</summary>
    public bool IsDated => master is not null || single.Count > 0;
    public bool Repeats => rules.Count > 0 || !added.IsEmpty;

    /// <summary>The clock that the series keeps.</summary>
    public Zone Zone => zone;

    /// <summary>The series in a calendar object: events, tasks and notes, those of one UID together.</summary>
    public static IReadOnlyList<Series> Of(Component calendar, Zone floating)
    {
        var (zones, found) = (new ZoneBook(calendar, floating), new List<Series>());
        foreach (
            var group in calendar
                .Components.Where(c => c.Is("VEVENT") || c.Is("VTODO") || c.Is("VJOURNAL"))
                .GroupBy(c => (c.Name, c.Find("UID")?.Value ?? ""))
        )
        {
            var whole = group.Where(c => c.Find("RECURRENCE-ID") is null).ToList();
            found.Add(new Series(whole.FirstOrDefault(), group.Where(c => c.Find("RECURRENCE-ID") is not null), zones));
            found.AddRange(whole.Skip(1).Select(c => new Series(c, [], zones)));
        }
        return found;
    }

    /// <summary>The times that overlap the window, in order; at most <see cref="Most"/>.</summary>
    public IReadOnlyList<Occurrence> Between(long from, long to)
    {
        var found = new List<Occurrence>();
        if (master is not null)
        {
            var seen = new HashSet<long>();
            var (reach, walked) = (Reach(), 0);
            foreach (var (local, own) in Starts(zone.ToLocal(from) - reach, zone.ToLocal(to) + reach))
            {
                if (++walked > MostWalked)
                    break;
                var utc = zone.ToUtc(local);
                if (!seen.Add(utc) || removed.Has(utc, local) || single.Exists(c => c.Key == utc || c.Day == DayOf(local)))
                    continue;
                var one = Made(local, utc, own);
                if (one.Overlaps(from, to))
                    found.Add(one);
                if (found.Count == Most)
                    break;
            }
        }
        foreach (var change in single)
            if (Moved(change) is var one && one.Overlaps(from, to) && found.Count < Most + MostCounted)
                found.Add(one);
        found.Sort((a, b) => a.Start.CompareTo(b.Start));
        return found;
    }

    /// <summary>The moment that a name within the series (RECURRENCE-ID) means.</summary>
    public long MomentOf(TimeValue id) => zones.ToUtc(id);

    /// <summary>The time of this name; null where the series has none, or none any more.</summary>
    public Occurrence? At(TimeValue id)
    {
        var utc = zones.ToUtc(id);
        var local = master is null || id.IsDate ? id.Local : zone.ToLocal(utc);
        if (single.Find(c => c.Key == utc || c.Day == DayOf(local)) is { } change)
            return Moved(change);
        if (master is null)
            return null;
        // A day alone may name a time of that day.
        var (from, to) = id.IsDate && !start.IsDate ? (local, local + Civil.Day) : (local, local + 1);
        foreach (var (at, own) in Starts(from, to))
            if (at >= from && !removed.Has(zone.ToUtc(at), at))
                return Made(at, zone.ToUtc(at), own);
        return null;
    }

    /// <summary>The first start and the last end in UTC; the end is <see cref="long.MaxValue"/> where there is none.</summary>
    public (long First, long Last) Extent()
    {
        var (first, last) = (long.MaxValue, long.MinValue);
        void Reach(long from, long to)
        {
            first = Math.Min(first, from);
            last = Math.Max(last, to);
        }
        foreach (var change in single)
        {
            var one = Moved(change);
            Reach(one.Start, one.End);
        }
        if (master is null)
            return first == long.MaxValue ? (0, 0) : (first, last);
        Reach(zone.ToUtc(start.Local), span.End(start.Local, zone));
        foreach (var (local, own) in added.Times(zone))
            Reach(zone.ToUtc(local), own?.End(local, zone) ?? span.End(local, zone));
        var longest = onward.Select(c => Math.Abs(c.Shift) + c.Span.Rough).Append(0).Max();
        foreach (var change in onward)
            Reach(zones.ToUtc(change.Start), change.Span.End(change.Start.Local, zones.Of(change.Start)));
        foreach (var rule in rules)
            if (Ends(rule) is not { } end)
                last = long.MaxValue;
            else
                Reach(first, span.End(end, zone) + longest);
        return (first, last);
    }

    private long? Ends(Rule rule)
    {
        if (rule.Until is { } until)
            return Math.Max(
                start.Local,
                until.Form == TimeForm.Utc ? zone.ToLocal(until.Local) : until.Local + (until.IsDate ? Civil.Day - 1 : 0)
            );
        if (rule.Count is not (<= MostCounted and > 0))
            return null;
        return rule.Walk(start.Local, zone, start.Local).Append(start.Local).Max();
    }

    private IEnumerable<(long Local, Span? Own)> Starts(long from, long to)
    {
        // A first start that its own rule does not make is none (RFC 5545 leaves it open; Outlook does the same).
        if (rules.Count == 0)
            yield return (start.Local, null);
        foreach (var time in added.Times(zone))
            if (time.Local >= from && time.Local < to)
                yield return time;
        foreach (var rule in rules)
        foreach (var local in rule.Walk(start.Local, zone, from))
        {
            if (local >= to)
                break;
            yield return (local, null);
        }
    }

    private Occurrence Made(long local, long utc, Span? own)
    {
        var id = start with { Local = local };
        if (onward.FindLast(c => c.Key <= utc) is not { } change)
            return new Occurrence(utc, own?.End(local, zone) ?? span.End(local, zone), id, id, master!);
        var moved = change.Start with { Local = local + change.Shift };
        var clock = zones.Of(moved);
        return new Occurrence(clock.ToUtc(moved.Local), change.Span.End(moved.Local, clock), moved, id, change.Source);
    }

    private Occurrence Moved(Change change)
    {
        var clock = zones.Of(change.Start);
        var id = TimeValue.Of(change.Source.Find("RECURRENCE-ID")) ?? change.Start;
        return new Occurrence(clock.ToUtc(change.Start.Local), change.Span.End(change.Start.Local, clock), change.Start, id, change.Source);
    }

    private void Override(Component c)
    {
        if (TimeValue.Of(c.Find("RECURRENCE-ID")) is not { } id || single.Count + onward.Count >= MostCounted)
            return;
        var own = StartOf(c) ?? id;
        var utc = zones.ToUtc(id);
        var shown =
            master is null ? id.Local
            : id.IsDate || start.IsDate && id.Form is TimeForm.Floating ? id.Local
            : zone.ToLocal(utc);
        // A day names every time of that day, and a series of whole days knows nothing finer.
        var day = id.IsDate || start.IsDate && master is not null ? DayOf(shown) : long.MinValue;
        var change = new Change(utc, day, own, Math.Clamp(own.Local - shown, -MostShift, MostShift), Span.Of(c, zones), c);
        if (string.Equals(c.Find("RECURRENCE-ID")!.Of("RANGE"), "THISANDFUTURE", StringComparison.OrdinalIgnoreCase) && master is not null)
            onward.Add(change);
        else
            single.Add(change);
    }

    // How far outside of a window a start may lie and its time still be in it.
    private long Reach() =>
        Math.Max(span.Rough, onward.Select(c => Math.Abs(c.Shift) + c.Span.Rough).Append(0).Max()) + added.Longest + Civil.Day;

    private static long DayOf(long local) => Civil.DayOf(local);

    private static TimeValue? StartOf(Component c) =>
        TimeValue.Of(c.Find("DTSTART")) ?? (c.Is("VTODO") ? TimeValue.Of(c.Find("DUE")) : null);
}
