using System.Globalization;
using Remit.Kernel;

namespace Remit.Modules.Create;

/// <summary>Where in a line the reader stands, and what it has understood so far.</summary>
internal sealed class LineWalk(string[] words, DateOnly today)
{
    private readonly string[] folded =
    [
        .. words.Select(w => Folding.Plain(w).Trim(',', ';', '!', '?').TrimEnd('.') is { Length: > 0 } bare ? bare : w),
    ];
    private readonly List<string> rest = [];

    public DateOnly Today => today;
    public int At { get; private set; }
    public bool Going => At < words.Length;
    public string Word => folded[At];
    public string Next => Ahead(1);
    public string? Kind { get; set; }
    public bool Remote { get; set; }
    public DateOnly? Day { get; set; }
    public TimeOnly? Hour { get; set; }
    public int? Minutes { get; set; }
    public string? Phone { get; set; }

    public string Ahead(int n) => At + n < folded.Length ? folded[At + n] : "";

    public string Raw(int n) => words[At + n];

    /// <summary>How many words tie what comes next to the line: «до пятницы» has one.</summary>
    public int Tied =>
        LineWords.Before.Contains(Word)
            ? Next is "saat"
                ? 2
                : 1
            : 0;

    public void Keep()
    {
        rest.Add(words[At]);
        At++;
    }

    public bool Take(int count)
    {
        At += count;
        while (
            Going
            && count > 0
            && (Day is not null || Hour is not null)
            && LineWords.After.Contains(Word)
            && !LineWords.Units.ContainsKey(Next)
        )
            At++;
        return true;
    }

    public bool On(DateOnly day, int count)
    {
        Day = day;
        return Take(count);
    }

    public bool Lasting(int minutes, int count)
    {
        if (Minutes is not null || minutes is <= 0 or > 1440)
            return false;
        Minutes = minutes;
        At += count;
        return true;
    }

    /// <summary>The next such day after today.</summary>
    public DateOnly Coming(DayOfWeek day) => today.AddDays(1 + (((int)day - (int)today.DayOfWeek - 1 + 7) % 7));

    /// <summary>A day of a month; without a year the next one that is not past.</summary>
    public DateOnly? DayOf(string day, string month, string year)
    {
        if (
            !int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var d)
            || !int.TryParse(month, CultureInfo.InvariantCulture, out var m)
            || m is < 1 or > 12
        )
            return null;
        var y = int.TryParse(year, CultureInfo.InvariantCulture, out var said)
            ? said < 100
                ? 2000 + said
                : said
            : today.Year;
        // The 29th of February waits for its year.
        for (var tries = 0; tries < (year.Length > 0 ? 1 : 8); tries++, y++)
            if (
                y is >= 1990 and <= 2100
                && d >= 1
                && d <= DateTime.DaysInMonth(y, m)
                && (year.Length > 0 || new DateOnly(y, m, d) >= today)
            )
                return new DateOnly(y, m, d);
        return null;
    }

    public Understood Said()
    {
        var call = Kind == LineWords.Call;
        var kind = call
            ? Hour is null
                ? NewKind.Task
                : NewKind.Event
            : Enum.TryParse<NewKind>(Kind, out var said)
                ? said
                : Guessed();
        // An hour without a day is of today.
        return new Understood(kind, call, Remote, Day ?? (Hour is null ? null : today), Hour, Minutes, Phone, rest)
        {
            KindSaid = Kind is not null,
        };
    }

    private NewKind Guessed() =>
        Hour is not null ? NewKind.Event
        : Day is not null || Phone is null ? NewKind.Task
        : NewKind.Client;
}
