using Remit.Modules.Calendar.Format;

namespace Remit.Modules.Calendar.Recurrence;

public enum Frequency
{
    Yearly,
    Monthly,
    Weekly,
    Daily,
    Hourly,
    Minutely,
    Secondly,
}

/// <summary>A day of the week with its number in the month or year: −1FR is the last Friday, 0 stands for every one.</summary>
/// <param name="Day">0 for Monday to 6 for Sunday.</param>
public readonly record struct Weekday(int Number, int Day);

/// <summary>A rule of repetition, RFC 5545 3.3.10.</summary>
public sealed record Rule
{
    private static readonly string[] names = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    public required Frequency Frequency { get; init; }
    public int Interval { get; init; } = 1;
    public int? Count { get; init; }
    public TimeValue? Until { get; init; }
    public int WeekStart { get; init; }
    public IReadOnlyList<int> Seconds { get; init; } = [];
    public IReadOnlyList<int> Minutes { get; init; } = [];
    public IReadOnlyList<int> Hours { get; init; } = [];
    public IReadOnlyList<Weekday> Weekdays { get; init; } = [];
    public IReadOnlyList<int> MonthDays { get; init; } = [];
    public IReadOnlyList<int> YearDays { get; init; } = [];
    public IReadOnlyList<int> Weeks { get; init; } = [];
    public IReadOnlyList<int> Months { get; init; } = [];
    public IReadOnlyList<int> Positions { get; init; } = [];

    /// <summary>Null where the rule breaks the grammar or asks for another calendar scale (RFC 7529), which is not reckoned here.</summary>
    public static Rule? Parse(string text)
    {
        if (text.Length > 4000)
            return null;
        Frequency? frequency = null;
        var rule = new Rule { Frequency = Frequency.Daily };
        foreach (var part in text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=');
            if (equals < 0)
                return null;
            var (name, value) = (part[..equals].ToUpperInvariant(), part[(equals + 1)..].ToUpperInvariant());
            if (name == "FREQ")
            {
                frequency =
                    Enum.TryParse<Frequency>(value, ignoreCase: true, out var f) && Enum.IsDefined(f) && !char.IsAsciiDigit(value[0])
                        ? f
                        : null;
                if (frequency is null)
                    return null;
            }
            else if (rule.With(name, value) is { } next)
                rule = next;
            else
                return null;
        }
        return frequency is { } found ? (rule with { Frequency = found }) : null;
    }

    /// <summary>The rule as it holds for whole days: hours, minutes and seconds are ignored there.</summary>
    public Rule OfDays() => this with { Hours = [], Minutes = [], Seconds = [] };

    /// <summary>The starts that the rule makes, in order, on the clock of <paramref name="start"/>; those before <paramref name="from"/> are jumped over.</summary>
    public IEnumerable<long> Walk(long start, Zone zone, long from) => new RuleWalk(this, start, zone).From(from);

    public override string ToString()
    {
        var text = new List<string> { "FREQ=" + Frequency.ToString().ToUpperInvariant() };
        void Add<TPart>(string name, IEnumerable<TPart> values)
        {
            if (values.Any())
                text.Add($"{name}={string.Join(',', values)}");
        }
        if (Interval != 1)
            text.Add("INTERVAL=" + Interval);
        if (Count is { } count)
            text.Add("COUNT=" + count);
        if (Until is { } until)
            text.Add("UNTIL=" + until.Text);
        Add("BYSECOND", Seconds);
        Add("BYMINUTE", Minutes);
        Add("BYHOUR", Hours);
        Add("BYDAY", Weekdays.Select(w => (w.Number == 0 ? "" : w.Number.ToString()) + names[w.Day]));
        Add("BYMONTHDAY", MonthDays);
        Add("BYYEARDAY", YearDays);
        Add("BYWEEKNO", Weeks);
        Add("BYMONTH", Months);
        Add("BYSETPOS", Positions);
        if (WeekStart != 0)
            text.Add("WKST=" + names[WeekStart]);
        return string.Join(';', text);
    }

    private Rule? With(string name, string value) =>
        name switch
        {
            "INTERVAL" => int.TryParse(value, out var n) && n is >= 1 and <= 1_000_000 ? this with { Interval = n } : null,
            "COUNT" => int.TryParse(value, out var n) && n >= 1 ? this with { Count = n } : null,
            "UNTIL" => TimeValue.Parse(value, null) is { } until ? this with { Until = until } : null,
            "WKST" => Array.IndexOf(names, value) is >= 0 and var day ? this with { WeekStart = day } : null,
            "BYSECOND" => Numbers(value, 0, 60, false) is { } list
                ? this with
                {
                    Seconds = [.. list.Select(s => Math.Min(s, 59)).Distinct()],
                }
                : null,
            "BYMINUTE" => Numbers(value, 0, 59, false) is { } list ? this with { Minutes = list } : null,
            "BYHOUR" => Numbers(value, 0, 23, false) is { } list ? this with { Hours = list } : null,
            "BYDAY" => Days(value) is { } list ? this with { Weekdays = list } : null,
            "BYMONTHDAY" => Numbers(value, 1, 31, true) is { } list ? this with { MonthDays = list } : null,
            "BYYEARDAY" => Numbers(value, 1, 366, true) is { } list ? this with { YearDays = list } : null,
            "BYWEEKNO" => Numbers(value, 1, 53, true) is { } list ? this with { Weeks = list } : null,
            "BYMONTH" => Numbers(value, 1, 12, false) is { } list ? this with { Months = list } : null,
            "BYSETPOS" => Numbers(value, 1, 366, true) is { } list ? this with { Positions = list } : null,
            "RSCALE" => value == "GREGORIAN" ? this : null,
            "SKIP" => value == "OMIT" ? this : null,
            _ => name.StartsWith("X-", StringComparison.Ordinal) ? this : null,
        };

    private static List<int>? Numbers(string value, int least, int most, bool signed)
    {
        var list = new List<int>();
        foreach (var part in value.Split(','))
        {
            if (!int.TryParse(part, out var n) || Math.Abs((long)n) < least || Math.Abs((long)n) > most || n < 0 && !signed)
                return null;
            if (!list.Contains(n))
                list.Add(n);
        }
        list.Sort();
        return list;
    }

    private static List<Weekday>? Days(string value)
    {
        var list = new List<Weekday>();
        foreach (var part in value.Split(','))
        {
            if (part.Length < 2 || Array.IndexOf(names, part[^2..]) is not (>= 0 and var day))
                return null;
            var number = 0;
            if (part.Length > 2 && (!int.TryParse(part[..^2], out number) || number == 0 || Math.Abs((long)number) > 53))
                return null;
            if (!list.Contains(new Weekday(number, day)))
                list.Add(new Weekday(number, day));
        }
        return list;
    }
}
