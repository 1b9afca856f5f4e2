using Remit.Modules.Calendar.Format;

namespace Remit.Modules.Calendar.Recurrence;

/// <summary>
/// Walks a rule period by period. Periods do not depend on each other, so a walk that begins late jumps there; only
/// a rule with a count has to be walked from its start.
/// </summary>
internal sealed class RuleWalk
{
    /// <summary>Starts that are counted for COUNT; a rule with more ends there.</summary>
    private const int MostCounted = 100_000;

    // Periods without a start after which a walk ends: a rule that nothing fits must not be walked for ever. The
    // calendar repeats itself after 400 years; shorter periods are followed for some fifty.
    private int MostEmpty =>
        rule.Frequency == Frequency.Yearly ? 400
        : rule.Frequency == Frequency.Monthly ? 4_800
        : 20_000;
    private readonly Rule rule;
    private readonly long start;
    private readonly RuleDays days;
    private readonly int[] times;
    private readonly long until;
    private int[]? within;

    public RuleWalk(Rule rule, long start, Zone zone)
    {
        (this.rule, this.start, days) = (rule, start, new RuleDays(rule, start));
        until = Last(rule.Until, zone);
        times = rule.Frequency < Frequency.Hourly ? Times(Hours, Minutes, Seconds) : [];
    }

    public IEnumerable<long> From(long from)
    {
        var taken = 0;
        foreach (var at in Starts(rule.Count is null ? Math.Max(from, start) : start))
        {
            if (at < start)
                continue;
            if (at > until || rule.Count is { } count && ++taken > Math.Min(count, MostCounted))
                yield break;
            if (at >= from)
                yield return at;
        }
    }

    private IEnumerable<long> Starts(long from) => rule.Frequency < Frequency.Hourly ? ByDays(from) : ByTimes(from);

    private IEnumerable<long> ByDays(long from)
    {
        var found = new List<int>();
        var empty = 0;
        for (var period = FirstPeriod(from); empty < MostEmpty; period += rule.Interval)
        {
            found.Clear();
            if (!Fill(period, found))
                yield break;
            empty++;
            if (rule.Positions.Count == 0)
            {
                if (found.Count > 0)
                    empty = 0;
                foreach (var day in found)
                foreach (var time in times)
                    yield return day * (long)Civil.Day + time;
            }
            else
                foreach (var at in Chosen(found.Count * (long)times.Length))
                {
                    empty = 0;
                    yield return found[(int)(at / times.Length)] * (long)Civil.Day + times[at % times.Length];
                }
        }
    }

    // The number of the period that holds a moment, or of the last before it that the interval meets.
    private long FirstPeriod(long from)
    {
        // A start around New Year counts to the year of its week where the rule makes it; where it does not, to its own.
        var day = Civil.DayOf(start);
        var one = rule.Frequency == Frequency.Yearly && rule.Weeks.Count > 0 && !days.Takes(day) ? Civil.Date(day).Year : Number(start);
        var two = Number(from);
        return one + Math.Max(0, (two - one) / rule.Interval - 1) * rule.Interval;
    }

    private long Number(long moment)
    {
        var day = Civil.DayOf(moment);
        if (rule.Frequency == Frequency.Daily)
            return day;
        if (rule.Frequency == Frequency.Weekly)
            return (FirstOfWeek(day) - WeekZero) / 7;
        day = Math.Clamp(day, Civil.Days(1, 1, 1), Civil.DayOf(Civil.Last));
        return rule.Frequency == Frequency.Yearly ? days.YearOf(day)
            : Civil.Date(day) is var date ? date.Year * 12L + date.Month - 1
            : 0;
    }

    // A day so early that no week number is negative.
    private int WeekZero => Civil.Days(1, 1, 1) - 7 + ((rule.WeekStart - Civil.Weekday(Civil.Days(1, 1, 1)) + 7) % 7);

    private int FirstOfWeek(int day) => day - (Civil.Weekday(day) - rule.WeekStart + 7) % 7;

    private bool Fill(long period, List<int> found)
    {
        switch (rule.Frequency)
        {
            case Frequency.Yearly:
                if (period is > 9998 or < 1)
                    return period < 1;
                days.OfYear((int)period, found);
                return true;
            case Frequency.Monthly:
                if (period / 12 > 9998)
                    return false;
                days.OfMonth((int)(period / 12), (int)(period % 12) + 1, found);
                return true;
            case Frequency.Weekly:
                var first = WeekZero + period * 7;
                if (first > Civil.DayOf(Civil.Last) - 7)
                    return false;
                days.OfWeek((int)first, found);
                return true;
            default:
                if (period >= Civil.DayOf(Civil.Last))
                    return false;
                if (days.Takes((int)period))
                    found.Add((int)period);
                return true;
        }
    }

    private IEnumerable<long> ByTimes(long from)
    {
        long unit = rule.Frequency switch
        {
            Frequency.Hourly => 3600,
            Frequency.Minutely => 60,
            _ => 1,
        };
        var step = unit * rule.Interval;
        // Periods are counted from the whole hour, minute or second of the first start.
        var origin = start - (start % unit + unit) % unit;
        var at = origin + Math.Max(0, (from - origin) / step - 1) * step;
        for (var empty = 0; empty < MostEmpty && at < Civil.Last - step; )
        {
            if (Rejected(at) is { } next)
            {
                at += Math.Max(1, (next - at + step - 1) / step) * step;
                empty++;
                continue;
            }
            empty++;
            foreach (var time in InHour())
            {
                empty = 0;
                yield return at + time;
            }
            at += step;
        }
    }

    // Where the day, hour, minute or second of this moment is not wanted: the first moment at which it is another one.
    private long? Rejected(long at)
    {
        var (day, time) = (Civil.DayOf(at), Civil.TimeOf(at));
        if (!days.Takes(day))
            return (day + 1L) * Civil.Day;
        if (rule.Hours.Count > 0 && !rule.Hours.Contains(time / 3600))
            return at - time % 3600 + 3600;
        if (rule.Frequency > Frequency.Hourly && rule.Minutes.Count > 0 && !rule.Minutes.Contains(time / 60 % 60))
            return at - time % 60 + 60;
        if (rule.Frequency == Frequency.Secondly && rule.Seconds.Count > 0 && !rule.Seconds.Contains(time % 60))
            return at + 1;
        return null;
    }

    private IEnumerable<long> InHour() =>
        rule.Positions.Count == 0 ? Within().Select(t => (long)t) : Chosen(Within().Length).Select(p => (long)Within()[p]);

    private int[] Within() =>
        rule.Frequency == Frequency.Secondly
            ? [0]
            : within ??= rule.Frequency == Frequency.Hourly ? Times([0], Minutes, Seconds) : Times([0], [0], Seconds);

    private IReadOnlyList<int> Hours => rule.Hours.Count > 0 ? rule.Hours : [Civil.TimeOf(start) / 3600];
    private IReadOnlyList<int> Minutes => rule.Minutes.Count > 0 ? rule.Minutes : [Civil.TimeOf(start) / 60 % 60];
    private IReadOnlyList<int> Seconds => rule.Seconds.Count > 0 ? rule.Seconds : [Civil.TimeOf(start) % 60];

    private static int[] Times(IReadOnlyList<int> hours, IReadOnlyList<int> minutes, IReadOnlyList<int> seconds) =>
        [.. from h in hours from m in minutes from s in seconds select h * 3600 + m * 60 + s];

    // The places of BYSETPOS in a set of this size, in order and once each.
    private IEnumerable<long> Chosen(long size) =>
        rule.Positions.Select(p => p > 0 ? p - 1 : size + p).Where(p => p >= 0 && p < size).Distinct().Order();

    // The last moment, on the first start's clock, that UNTIL lets through; it is included itself.
    private static long Last(TimeValue? until, Zone zone) =>
        until is not { } value ? Civil.Last
        : value.Form == TimeForm.Utc ? zone.ToLocal(value.Local)
        : value.IsDate ? value.Local + Civil.Day - 1
        : value.Local;
}
