using System.Globalization;
using System.Text.RegularExpressions;
using Remit.Kernel;

namespace Remit.Modules.Create;

/// <summary>
/// Reads a line such as «звонок Иванов завтра 15:00» or «visit Meridian 28.11 10:00 2h». Pure: the same line and day give the
/// same reading. What it does not understand stays in the words.
/// </summary>
public static partial class LineReader
{
    private const int Most = 500;

    public static Understood Read(string? line, DateOnly today)
    {
        var text = (line ?? "").Trim();
        var walk = new LineWalk(
            (text.Length > Most ? text[..Most] : text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries),
            today
        );
        while (walk.Going)
            if (
                !Kind(walk)
                && !Span(walk)
                && !Range(walk)
                && !Length(walk)
                && !Date(walk)
                && !Weekday(walk)
                && !Clock(walk)
                && !Phone(walk)
            )
                walk.Keep();
        return walk.Said();
    }

    private static bool Kind(LineWalk walk)
    {
        if (!LineWords.Kinds.TryGetValue(walk.Word, out var kind))
            return false;
        // The first word says what it is; further on, «client» or «call» is more often part of what is to be done.
        if (walk.At > 0 && (kind != LineWords.Remote || walk.Kind is not (null or nameof(NewKind.Visit))))
            return false;
        if (kind == LineWords.Remote)
            walk.Remote = true;
        walk.Kind ??= kind == LineWords.Remote ? nameof(NewKind.Visit) : kind;
        // «обади се на Иванов»: the verb takes a little word with it.
        return walk.Take(walk.Next is "се" or "et" or "ele" ? 2 : 1);
    }

    // «через 3 дня», «след седмица», «in 2 weeks», «3 gun sonra», «через 2 часа» is left: nobody plans by it.
    private static bool Span(LineWalk walk)
    {
        var leads = walk.Word is "через" or "след" or "in" or "after";
        var at = leads ? 1 : 0;
        var (count, words) =
            Number(walk.Ahead(at)) is { } n ? (n, 1)
            : walk.Ahead(at) is "a" or "an" or "bir" or "една" or "един" ? (1, 1)
            : leads ? (1, 0)
            : (0, 0);
        if (count is <= 0 or > 400 || !LineWords.Spans.TryGetValue(walk.Ahead(at + words), out var days))
            return false;
        var follows = walk.Ahead(at + words + 1) is "sonra";
        if (!leads && !follows)
            return false;
        walk.Day ??= days == 30 ? walk.Today.AddMonths(count) : walk.Today.AddDays(count * days);
        return walk.Take(at + words + 1 + (follows ? 1 : 0));
    }

    private static bool Range(LineWalk walk)
    {
        var at = walk.Tied;
        if (
            RangeForm.Match(walk.Ahead(at)) is not { Success: true } m
            || Hour(m.Groups[1].Value, m.Groups[2].Value) is not { } from
            || Hour(m.Groups[3].Value, m.Groups[4].Value) is not { } to
            || to <= from
        )
            return false;
        (walk.Hour, walk.Minutes) = (from, (int)(to - from).TotalMinutes);
        return walk.Take(at + 1);
    }

    private static bool Length(LineWalk walk)
    {
        if (walk.Word == "saat" || (LineWords.Before.Contains(walk.Word) && walk.Word is not ("на" or "за")))
            return false;
        var at = walk.Word is "на" or "за" ? 1 : 0;
        if (walk.Ahead(at) == "half" && walk.Ahead(at + 1) is "an" && walk.Ahead(at + 2) == "hour")
            return walk.Lasting(30, at + 3);
        if (LineWords.HalfHours.TryGetValue(walk.Ahead(at), out var half))
            return walk.Lasting(half, at + (walk.Ahead(at) != "полчаса" && LineWords.Units.ContainsKey(walk.Ahead(at + 1)) ? 2 : 1));
        if (
            LengthForm.Match(walk.Ahead(at)) is { Success: true } m
            && LineWords.Units.TryGetValue(m.Groups[2].Value, out var unit)
            && Quantity(m.Groups[1].Value) is { } n
        )
        {
            var more = m.Groups[3].Success && int.TryParse(m.Groups[3].Value, CultureInfo.InvariantCulture, out var rest) ? rest : 0;
            return walk.Lasting((int)(n * unit) + more, at + 1);
        }
        return Quantity(walk.Ahead(at)) is { } count
            && LineWords.Units.TryGetValue(walk.Ahead(at + 1), out var by)
            && walk.Lasting((int)(count * by), at + 2);
    }

    private static bool Date(LineWalk walk)
    {
        var at = walk.Tied;
        if (walk.Day is not null)
            return false;
        if (walk.Ahead(at) == "day" && walk.Ahead(at + 1) == "after" && walk.Ahead(at + 2) == "tomorrow")
            return walk.On(walk.Today.AddDays(2), at + 3);
        if (walk.Ahead(at) == "bu" && walk.Ahead(at + 1) is "gun")
            return walk.On(walk.Today, at + 2);
        if (LineWords.Near.TryGetValue(walk.Ahead(at), out var near))
            return walk.On(walk.Today.AddDays(near), at + 1);
        if (
            DateForm.Match(walk.Ahead(at)) is { Success: true } m
            && walk.DayOf(m.Groups[1].Value, m.Groups[2].Value, m.Groups[3].Value) is { } day
        )
            return walk.On(day, at + 1);
        if (DateOnly.TryParseExact(walk.Ahead(at), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso))
            return walk.On(iso, at + 1);
        if (LineWords.Months.TryGetValue(walk.Ahead(at + 1), out var month) && walk.DayOf(walk.Ahead(at), $"{month}", "") is { } said)
            return walk.On(said, at + 2);
        return LineWords.Months.TryGetValue(walk.Ahead(at), out month)
            && walk.DayOf(walk.Ahead(at + 1), $"{month}", "") is { } other
            && walk.On(other, at + 2);
    }

    private static bool Weekday(LineWalk walk)
    {
        var at = walk.Tied;
        if (walk.Day is not null)
            return false;
        if (LineWords.TwoWordDays.TryGetValue($"{walk.Ahead(at)} {walk.Ahead(at + 1)}", out var eve))
            return walk.On(walk.Coming(eve), at + 2);
        return LineWords.Weekdays.TryGetValue(walk.Ahead(at), out var day) && walk.On(walk.Coming(day), at + 1);
    }

    // 15:00, 15.00, «в 15», «at 3pm», «saat 15». A bare number is a time only behind a word that ties it.
    private static bool Clock(LineWalk walk)
    {
        var at = walk.Tied;
        if (walk.Hour is not null || ClockForm.Match(walk.Ahead(at)) is not { Success: true } m)
            return false;
        var half = m.Groups[3].Value;
        var bare = !m.Groups[2].Success && half.Length == 0;
        if (bare && (at == 0 || walk.Word is "на" or "до" or "by" or "on" or "за" or "к" or "с" or "от" or "from"))
            return false;
        if (Hour(m.Groups[1].Value, m.Groups[2].Value) is not { } hour)
            return false;
        if (half.StartsWith('p') && hour.Hour < 12)
            hour = hour.AddHours(12);
        if (half.StartsWith('a') && hour.Hour == 12)
            hour = hour.AddHours(-12);
        walk.Hour = hour;
        return walk.Take(at + 1);
    }

    private static bool Phone(LineWalk walk)
    {
        var (digits, words) = ("", 0);
        for (; PhoneForm.IsMatch(walk.Ahead(words)); words++)
            digits += string.Concat(walk.Ahead(words).Where(char.IsAsciiDigit));
        if (walk.Phone is not null || digits.Length is < 7 or > 15)
            return false;
        walk.Phone = string.Join(' ', Enumerable.Range(0, words).Select(walk.Raw));
        return walk.Take(words);
    }

    private static TimeOnly? Hour(string hour, string minute) =>
        int.TryParse(hour, CultureInfo.InvariantCulture, out var h)
        && h < 24
        && (int.TryParse(minute.Length == 0 ? "0" : minute, CultureInfo.InvariantCulture, out var m) && m < 60)
            ? new TimeOnly(h, m)
            : null;

    private static int? Number(string word) =>
        word.Length <= 3 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;

    private static decimal? Quantity(string word) =>
        word.Length is > 0 and <= 5
        && decimal.TryParse(word.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n)
        && n is > 0 and <= 600
            ? n
            : null;

    [GeneratedRegex(@"^(\d{1,2})(?:[:.](\d{2}))?[-–](\d{1,2})(?:[:.](\d{2}))?$")]
    private static partial Regex RangeForm { get; }

    [GeneratedRegex(@"^(\d{1,3}(?:[.,]\d{1,2})?)(\p{L}+)(?:(\d{1,2})\p{L}*)?$")]
    private static partial Regex LengthForm { get; }

    [GeneratedRegex(@"^(\d{1,2})[./](\d{1,2})(?:[./](\d{2}|\d{4}))?\.?$")]
    private static partial Regex DateForm { get; }

    [GeneratedRegex(@"^(\d{1,2})(?:[:.](\d{2}))?(am|pm|a\.m\.|p\.m\.)?(?:-?(?:da|de))?$")]
    private static partial Regex ClockForm { get; }

    [GeneratedRegex(@"^[+(]?[\d()\-]+$")]
    private static partial Regex PhoneForm { get; }
}
