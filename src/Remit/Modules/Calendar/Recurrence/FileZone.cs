using Remit.Modules.Calendar.Format;

namespace Remit.Modules.Calendar.Recurrence;

/// <summary>A zone as a VTIMEZONE of the file itself tells it; used where its name is in no database.</summary>
internal sealed class FileZone : Zone
{
    private const int Most = 64;
    private const int MostYears = 300;
    private readonly List<Observance> observances = [];
    private readonly Dictionary<int, List<(long At, long Offset)>> years = [];

    private sealed record Observance(long Start, long Before, long After, Rule? Rule, IReadOnlyList<long> Dates);

    /// <summary>Null where it names no offset at all.</summary>
    public static FileZone? Of(Component timezone)
    {
        var zone = new FileZone();
        foreach (var part in timezone.Components.Where(c => c.Is("STANDARD") || c.Is("DAYLIGHT")).Take(Most))
            if (TimeValue.Of(part.Find("DTSTART")) is { } start && Offset(part.Find("TZOFFSETTO")) is { } after)
                zone.observances.Add(
                    new(
                        start.Local,
                        Offset(part.Find("TZOFFSETFROM")) ?? after,
                        after,
                        part.Find("RRULE") is { } rule
                        && Rule.Parse(rule.Value) is { Frequency: Frequency.Yearly or Frequency.Monthly } yearly
                            ? yearly
                            : null,
                        [.. part.All("RDATE").SelectMany(TimeValue.List).Take(1000).Select(t => t.Local)]
                    )
                );
        return zone.observances.Count > 0 ? zone : null;
    }

    public override long ToUtc(long local)
    {
        // The first offset that fits is the one before a gap, and of an hour that comes twice the first.
        long? fits = null;
        long before = 0;
        foreach (var (at, offset) in Around(local))
        {
            if (Math.Min(local - before, local - offset) < at && fits is null)
                fits = before;
            before = offset;
        }
        return local - (fits ?? before);
    }

    public override long ToLocal(long utc)
    {
        long now = 0;
        foreach (var (at, offset) in Around(utc))
        {
            if (at > utc)
                break;
            now = offset;
        }
        return utc + now;
    }

    // The offset that held at the start of the year before, then every change to the end of the year after.
    private List<(long At, long Offset)> Around(long moment)
    {
        var year = Civil.Moment(moment).Year;
        lock (years)
        {
            // Nobody's meetings span more years; a file made to cost does, and gets the clock of a year it has already.
            if (years.TryGetValue(year, out var found) || years.Count >= MostYears)
                return found ?? years.First().Value;
            var from = Civil.Seconds(Math.Max(1, year - 1), 1, 1);
            var to = Civil.Seconds(Math.Min(9999, year + 1), 12, 31) + Civil.Day;
            var changes = observances.SelectMany(o => Onsets(o, from, to)).OrderBy(c => c.At).ToList();
            changes.Insert(0, (long.MinValue / 4, Held(from)));
            return years[year] = changes;
        }
    }

    private static IEnumerable<(long At, long Offset)> Onsets(Observance o, long from, long to)
    {
        var locals = new List<long> { o.Start };
        locals.AddRange(o.Dates);
        if (o.Rule is { } rule)
            locals.AddRange(rule.Walk(o.Start, new FixedZone(o.Before), from).TakeWhile(l => l < to).Take(Most));
        return locals.Where(l => l >= from && l < to).Distinct().Select(l => (l - o.Before, o.After));
    }

    private long Held(long from)
    {
        var latest = observances
            .Select(o => (o.After, At: Latest(o, from)))
            .Where(o => o.At is not null)
            .OrderByDescending(o => o.At)
            .ToList();
        return latest.Count > 0 ? latest[0].After : observances.MinBy(o => o.Start)!.Before;
    }

    // A rule changes at least yearly, so what it did in the last ten years says what held.
    private static long? Latest(Observance o, long before)
    {
        var ruled = o.Rule?.Walk(o.Start, new FixedZone(o.Before), before - 3660L * Civil.Day).TakeWhile(l => l < before).Take(Most) ?? [];
        return o.Dates.Append(o.Start).Where(l => l < before).Concat(ruled).Max(l => (long?)l);
    }

    private static long? Offset(ContentLine? line)
    {
        var text = line?.Value.Trim() ?? "";
        if (text.Length is not (5 or 7) || text[0] is not ('+' or '-') || !text[1..].All(char.IsAsciiDigit))
            return null;
        var seconds =
            ((text[1] - '0') * 10 + text[2] - '0') * 3600L
            + ((text[3] - '0') * 10 + text[4] - '0') * 60L
            + (text.Length == 7 ? (text[5] - '0') * 10 + text[6] - '0' : 0);
        return text[0] == '-' ? -seconds : seconds;
    }
}
