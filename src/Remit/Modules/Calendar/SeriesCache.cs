using System.Collections.Concurrent;
using Remit.Modules.Calendar.Recurrence;

namespace Remit.Modules.Calendar;

/// <summary>
/// Events that were read lately, as series, with the times of the window that was looked at last. Reading texts and
/// walking rules is most of what a week over twenty calendars costs; everybody looks at the same week, and a text
/// seldom changes. Where it did, the old reading is not used.
/// </summary>
internal static class SeriesCache
{
    private const int Most = 20_000,
        LongText = 20_000,
        ManyTimes = 200;

    private sealed record Window(long From, long To, IReadOnlyList<Occurrence> Times);

    private sealed record Read(string Text, Zone Floating, IReadOnlyList<Series> Series)
    {
        public Window? Last { get; set; }
    }

    private static readonly ConcurrentDictionary<Guid, Read> read = new();

    public static IReadOnlyList<Series> SeriesOf(this CalendarItem item, Zone floating) => Of(item, floating).Series;

    /// <summary>The times of all series of the event that overlap a window of UTC.</summary>
    public static IReadOnlyList<Occurrence> TimesOf(this CalendarItem item, Zone floating, long from, long to)
    {
        var known = Of(item, floating);
        if (known.Last is { } window && window.From == from && window.To == to)
            return window.Times;
        IReadOnlyList<Occurrence> times = [.. known.Series.SelectMany(s => s.Between(from, to))];
        if (times.Count <= ManyTimes)
            known.Last = new Window(from, to, times);
        return times;
    }

    private static Read Of(CalendarItem item, Zone floating)
    {
        if (read.TryGetValue(item.Id, out var kept) && ReferenceEquals(kept.Floating, floating) && kept.Text == item.Text)
            return kept;
        var fresh = new Read(item.Text, floating, Series.Of(item.Root(), floating));
        // All at once is crude, and enough: the week that is looked at is read anew in one go.
        if (read.Count >= Most)
            read.Clear();
        if (item.Text.Length <= LongText)
            read[item.Id] = fresh;
        return fresh;
    }
}
