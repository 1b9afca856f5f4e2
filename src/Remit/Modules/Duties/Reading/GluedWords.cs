using System.Text;
using System.Text.RegularExpressions;

namespace Remit.Modules.Duties.Reading;

/// <summary>Parts words that lost the space between them. Only a proposal: the text itself is never touched.</summary>
internal sealed partial class GluedWords
{
    private static readonly string[] Heads =
    [
        "отправка",
        "проверка",
        "подготовка",
        "раскладка",
        "нарезка",
        "диктовка",
        "распечатка",
        "привязка",
        "заливка",
        "доставка",
        "покупка",
        "обработка",
        "закупка",
        "настройка",
        "разработка",
        "рассылка",
        "оценка",
        "установка",
        "загрузка",
        "выдача",
        "передача",
        "работа",
        "ввод",
        "приём",
        "прием",
        "поиск",
        "учёт",
        "сбор",
        "расчёт",
        "обзвон",
    ];

    private static readonly HashSet<string> Common =
    [
        "корре",
        "клиен",
        "докум",
        "догов",
        "счето",
        "актов",
        "бумаг",
        "бланк",
        "номер",
        "схем",
        "плате",
        "платё",
        "новых",
        "входя",
        "введё",
        "введе",
        "сотру",
        "инфор",
        "запис",
        "горящ",
        "вопро",
        "табел",
        "работ",
        "данны",
        "книги",
        "резюм",
    ];

    private readonly HashSet<string> words = [];
    private readonly HashSet<string> stems = [.. Common];

    /// <summary>Learns which words the text itself writes apart; they are the best evidence.</summary>
    public static GluedWords Knowing(IEnumerable<string> texts)
    {
        var known = new GluedWords();
        foreach (var word in texts.SelectMany(t => Words().EnumerateMatches(t).Collect(t)))
        {
            known.words.Add(word);
            if (word.Length is >= 5 and <= 20)
                known.stems.Add(word[..5]);
        }
        return known;
    }

    /// <summary>The text with spaces where glued words meet; the same text when nothing is glued.</summary>
    public string Repair(string text)
    {
        var repaired = new StringBuilder(text.Length + 8);
        var from = 0;
        foreach (var match in Words().EnumerateMatches(text))
        {
            repaired.Append(text, from, match.Index - from);
            var word = text.Substring(match.Index, match.Length);
            var cut = Cut(word);
            repaired.Append(cut > 0 ? $"{word[..cut]} {word[cut..]}" : word);
            from = match.Index + match.Length;
        }
        return Tight().Replace(repaired.Append(text, from, text.Length - from).ToString(), Apart);
    }

    private int Cut(string word)
    {
        if (word.Length is < 5 or > 50)
            return 0;
        var lower = word.ToLowerInvariant();
        for (var i = 3; i < word.Length - 1; i++)
        {
            if (char.IsLower(word[i - 1]) && char.IsUpper(word[i]) && char.IsLower(word[i + 1]))
                return i;
        }
        var cut = AfterNoun(lower);
        return cut > 0 ? cut : AroundKnown(lower);
    }

    private int AfterNoun(string word)
    {
        var noun = Verbal().Match(word);
        if (noun.Success && Follows(word[noun.Length..], strict: !noun.Value.EndsWith("ние", StringComparison.Ordinal)))
            return noun.Length;
        var head = Array.Find(Heads, h => word.StartsWith(h, StringComparison.Ordinal) && word.Length > h.Length);
        if (head is not null && Follows(word[head.Length..], strict: true))
            return head.Length;
        var tail = Array.Find(Heads, h => word.EndsWith("ая" + h, StringComparison.Ordinal));
        return tail is null ? 0 : word.Length - tail.Length;
    }

    // One letter after a noun is a preposition; "м", "х" and "ми" are its endings. Verbal nouns are rarely a first half of a word.
    private bool Follows(string rest, bool strict) =>
        rest.Length switch
        {
            0 => false,
            1 => "вксио".Contains(rest[0]) && !(strict && rest[0] == 'о'),
            2 => rest is "по" or "на" or "от" or "до" or "из" or "за" or "их",
            3 => rest is "для" or "при",
            _ => IsKnown(rest)
                || (
                    !strict
                    && !"ьъый".Contains(rest[0])
                    && !rest.StartsWith("вод", StringComparison.Ordinal)
                    && !rest.StartsWith("вед", StringComparison.Ordinal)
                ),
        };

    private int AroundKnown(string word)
    {
        if (word.Length > 6 && word.EndsWith("для", StringComparison.Ordinal))
            return word.Length - 3;
        var adjective = Adjective().Match(word);
        return adjective.Success && IsKnown(word[adjective.Length..]) ? adjective.Length : BeforeKnown(word);
    }

    private int BeforeKnown(string word)
    {
        if (word.StartsWith("сс", StringComparison.Ordinal) && word.Length >= 10 && IsKnown(word[1..]))
            return 1;
        foreach (var small in (string[])["для", "на", "по", "их", "с", "и", "в"])
        {
            if (!word.StartsWith(small, StringComparison.Ordinal))
                continue;
            var rest = word[small.Length..];
            // Short prefixes also build honest words (по-ставка, с-делать): demand a long word seen on its own.
            if (
                small == "для" ? IsKnown(rest)
                : small == "их" ? rest == "резюме"
                : rest.Length >= 9 && words.Contains(rest) && !rest.EndsWith("ть", StringComparison.Ordinal)
            )
                return small.Length;
        }
        return 0;
    }

    private bool IsKnown(string rest) => rest.Length >= 4 && (words.Contains(rest) || (rest.Length >= 5 && stems.Contains(rest[..5])));

    [GeneratedRegex(@"[\p{IsCyrillic}]+")]
    private static partial Regex Words();

    private static string Apart(Match tight) => tight.Value == "," ? ", " : " (";

    // "a(s)" is an ending, "work(invoices" lost its space.
    [GeneratedRegex(@"(?<=\p{L}{2}),(?=\p{L}{2})|(?<=\p{L}{2})\((?=\p{L}{4})")]
    private static partial Regex Tight();

    [GeneratedRegex(@"^\w{3,14}?(?:ных|ского|ской|ная|ные)(?=\w{4})")]
    private static partial Regex Adjective();

    [GeneratedRegex(@"^\w{3,14}?(?:[аяе]ние|[аяи]ция|ния(?=работ))")]
    private static partial Regex Verbal();
}

/// <summary>Turns value matches into the words they cover.</summary>
internal static class Matches
{
    public static List<string> Collect(this Regex.ValueMatchEnumerator matches, string text)
    {
        var words = new List<string>();
        foreach (var match in matches)
            words.Add(text.Substring(match.Index, match.Length).ToLowerInvariant());
        return words;
    }
}
