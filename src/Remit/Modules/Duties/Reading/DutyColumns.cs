using System.Globalization;
using System.Text.RegularExpressions;
using Remit.Kernel;

namespace Remit.Modules.Duties.Reading;

/// <summary>What columns of a table of duties are called in four languages, and how their cells are read.</summary>
internal static partial class DutyColumns
{
    // Beginnings of words, the more particular ones first: «vəzifə öhdəliyi» is a duty, «vəzifə» a position.
    private static readonly (string Field, string[] Signs)[] signs =
    [
        ("proof", ["подтвержд", "чем подтв", "доказ", "с какво се доказ", "proof", "evidence", "təsdiq", "nə ilə təsdiq", "sübut"]),
        ("result", ["результат", "ожидаем", "итог", "result", "expected", "outcome", "резултат", "очакван", "nəticə", "gözlənil"]),
        (
            "frequency",
            ["частот", "периодич", "как часто", "frequency", "how often", "честот", "колко често", "tezli", "nə qədər tez", "dövrili"]
        ),
        ("complexity", ["сложн", "трудн", "complexity", "difficulty", "mürəkkəb", "çətinli"]),
        ("points", ["балл", "points", "точки", "bal"]),
        ("unit", ["единиц", "ед.", "ед ", "мярка", "мерн", "unit", "vahid", "ölçü"]),
        ("minutes", ["минут", "мин", "норм", "врем", "часов", "minute", "min", "norm", "time", "hours", "dəqiqə", "vaxt"]),
        (
            "text",
            [
                "обязанност",
                "функци",
                "задач",
                "содержан",
                "описан",
                "что дела",
                "наименован",
                "пункт",
                "работа",
                "задължен",
                "дейност",
                "описани",
                "duty",
                "duties",
                "task",
                "text",
                "what",
                "description",
                "текст",
                "öhdəli",
                "vəzifə öhdəli",
                "tapşırıq",
                "mətn",
                "iş",
            ]
        ),
        ("section", ["раздел", "групп", "блок", "секци", "група", "section", "group", "bölmə", "qrup"]),
        ("position", ["должност", "роль", "исполнител", "длъжност", "изпълнител", "position", "role", "vəzifə"]),
        ("number", ["№", "no", "n", "#", "номер", "number", "п/п", "nömrə", "sıra"]),
    ];

    private static readonly (Frequency Frequency, string[] Signs)[] often =
    [
        (
            Frequency.OnEvent,
            [
                "событи",
                "по мере",
                "по запрос",
                "по необходим",
                "event",
                "as it comes",
                "as needed",
                "on demand",
                "when",
                "събити",
                "при нужда",
                "при поискване",
                "hadisə",
                "lazım",
                "tələb",
            ]
        ),
        (Frequency.Weekly, ["недел", "week", "седмиц", "həftə"]),
        (Frequency.Monthly, ["месяц", "месяч", "месец", "месеч", "month", "hər ay", "aylıq", "ayda"]),
        (Frequency.Yearly, ["год", "лет", "year", "annual", "hər il", "illik", "ildə"]),
        (Frequency.Daily, ["день", "дня", "днев", "daily", "day", "ден", "hər gün", "gündə"]),
    ];

    /// <summary>For each heading the field it means, each field once; one that says nothing stays empty.</summary>
    public static string[] Of(IReadOnlyList<string> head)
    {
        var fields = Enumerable.Repeat("", head.Count).ToArray();
        var folded = head.Select(Folding.Of).ToList();
        foreach (var (field, starts) in signs)
            for (var i = 0; i < fields.Length; i++)
                if (fields[i].Length == 0 && !fields.Contains(field) && Says(folded[i], starts, whole: field == "number"))
                    fields[i] = field;
        return fields;
    }

    public static Frequency? HowOften(string text)
    {
        var folded = Folding.Of(text);
        foreach (var (frequency, starts) in often)
            if (Says(folded, starts) || starts.Any(s => s.Length > 3 && folded.Contains(Folding.Of(s), StringComparison.Ordinal)))
                return frequency;
        return null;
    }

    /// <summary>«30», «30 min», «1 h 30», «1:30», «1.5 h»; a bare number counts hours where the heading speaks of hours.</summary>
    public static int? Minutes(string text, string heading)
    {
        if (Clock().Match(text) is { Success: true } clock)
            return Within(Number(clock.Groups[1].Value) * 60 + Number(clock.Groups[2].Value));
        if (Duration().Match(text) is not { Success: true } m)
            return null;
        var (hours, minutes, bare) = (Number(m.Groups["h"].Value), Number(m.Groups["m"].Value), Number(m.Groups["n"].Value));
        return Within(hours * 60 + minutes + bare * (Hours().IsMatch(heading) ? 60 : 1));
    }

    public static int? Whole(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most ? n : null;

    private static int? Within(decimal minutes) =>
        minutes is >= 1 and <= 10_000 ? (int)Math.Round(minutes, MidpointRounding.AwayFromZero) : null;

    private static decimal Number(string text) =>
        decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var n) ? n : 0;

    private static bool Says(string folded, string[] starts, bool whole = false) =>
        starts
            .Select(Folding.Of)
            .Any(s =>
                whole
                    ? folded.Trim('.', ' ') == s
                        || folded.StartsWith(s + " ", StringComparison.Ordinal)
                        || folded.StartsWith(s + ".", StringComparison.Ordinal)
                    : folded.StartsWith(s, StringComparison.Ordinal) || folded.Contains(" " + s, StringComparison.Ordinal)
            );

    [GeneratedRegex(@"^\s*(\d{1,3}):(\d{2})\s*$")]
    private static partial Regex Clock();

    [GeneratedRegex(
        @"^\s*(?:(?<h>\d{1,4}(?:[.,]\d{1,2})?)\s*(?:ч|h|saat)\p{L}*\.?)?\s*(?:(?<m>\d{1,5}(?:[.,]\d{1,2})?)\s*(?:м|m|dəq|dəqiqə)\p{L}*\.?|(?<n>\d{1,5}(?:[.,]\d{1,2})?))?\s*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Duration();

    [GeneratedRegex(@"час|\bч\b|hour|saat", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Hours();
}
