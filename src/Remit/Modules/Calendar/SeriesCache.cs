using System.Collections.Concurrent;
using Remit.Modules.Calendar.Recurrence;

namespace Remit.Modules.Calendar;

/// <summary>
/// Events that were read lately, as series. Reading an event's text is most of what a week over twenty calendars
/// costs, and the text seldom changes; where it did, the old reading is not used.
/// </summary>
internal static class SeriesCache
{
    private const int Most = 20_000, LongText = 20_000;

    private sealed record Read(string Text, Zone Floating, IReadOnlyList<Series> Series);

    private static readonly ConcurrentDictionary<Guid, Read> read = new();

    public static IReadOnlyList<Series> SeriesOf(this CalendarItem item, Zone floating)
    {
        if (read.TryGetValue(item.Id, out var kept) && ReferenceEquals(kept.Floating, floating) && kept.Text == item.Text) return kept.Series;
        var series = Series.Of(item.Root(), floating);
        // All at once is crude, and enough: the week that is looked at is read anew in one go.
        if (read.Count >= Most) read.Clear();
        if (item.Text.Length <= LongText) read[item.Id] = new Read(item.Text, floating, series);
        return series;
    }
}
