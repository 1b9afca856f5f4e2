using Remit.Modules.Calendar.Format;

namespace Remit.Modules.Calendar.Recurrence;

/// <summary>The dates of RDATE and EXDATE: moments, whole days, and periods with an end of their own.</summary>
internal sealed class ExtraDates(ZoneBook zones)
{
    private const int Most = 20_000;
    private readonly Dictionary<long, Span?> moments = [];
    private readonly HashSet<long> days = [];

    public bool IsEmpty => moments.Count == 0 && days.Count == 0;
    public long Longest => moments.Values.Select(s => s?.Rough ?? 0).Append(0).Max();

    public void Add(ContentLine line)
    {
        foreach (var part in line.Value.Split(',').Take(Most))
        {
            var slash = part.IndexOf('/');
            if (
                TimeValue.Parse(slash < 0 ? part : part.AsSpan(0, slash), line.Of("TZID")) is not { } time
                || moments.Count + days.Count >= Most
            )
                continue;
            if (time.IsDate)
                days.Add(Civil.DayOf(time.Local));
            else
                moments[zones.ToUtc(time)] = slash < 0 ? null : Period(part[(slash + 1)..], time, line.Of("TZID"));
        }
    }

    /// <summary>Whether a start is named, by its moment or by its day.</summary>
    public bool Has(long utc, long local) => moments.ContainsKey(utc) || days.Contains(Civil.DayOf(local));

    /// <summary>The starts on a clock; a whole day begins at its midnight.</summary>
    public IEnumerable<(long Local, Span? Own)> Times(Zone zone) =>
        moments.Select(m => (zone.ToLocal(m.Key), m.Value)).Concat(days.Select(d => (d * Civil.Day, (Span?)null)));

    private Span? Period(string end, TimeValue start, string? tzid)
    {
        if (Length.Parse(end) is { } length)
            return new Span(Math.Max(0, length.Days), Math.Max(0, length.Seconds));
        return TimeValue.Parse(end, tzid) is { } to ? new Span(0, Math.Max(0, zones.ToUtc(to) - zones.ToUtc(start))) : null;
    }
}
