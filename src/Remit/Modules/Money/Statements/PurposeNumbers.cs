using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Remit.Modules.Money.Statements;

/// <summary>What a number in a purpose is likely to be the number of.</summary>
public enum NumberContext
{
    /// <summary>After «счёт», «сч.», «с-ф», «invoice», or looking like an invoice number by itself.</summary>
    Invoice,
    Plain,

    /// <summary>After «договор», «акт», «заказ»: seldom an invoice.</summary>
    Other,
}

/// <summary>A number found in a purpose: as written, normalized, and its last run of digits.</summary>
public sealed record PurposeNumber(string Written, string Key, string Digits, NumberContext Context);

/// <summary>Finds invoice numbers and dates in the purpose of a payment.</summary>
public static partial class PurposeNumbers
{
    private const int Most = 64;

    // Cyrillic capitals that look like Latin ones: people type either.
    private const string Cyrillic = "АВЕКМНОРСТУХ",
        Latin = "ABEKMHOPCTYX";

    /// <summary>The numbers of a purpose, in order, each once; dates, sums and percentages are no numbers.</summary>
    public static (IReadOnlyList<PurposeNumber> Numbers, IReadOnlySet<DateOnly> Dates) Find(string purpose)
    {
        var dates = new HashSet<DateOnly>();
        var text = Day()
            .Replace(
                purpose,
                m =>
                {
                    if (StatementFields.Date(m.Value) is { } day)
                        dates.Add(day);
                    return " \u2020 ";
                }
            );
        text = Money().Replace(text, " \u2021 ");
        var numbers = new List<PurposeNumber>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        NumberContext? context = NumberContext.Plain;
        foreach (Match match in Token().Matches(text))
        {
            var word = match.Value;
            if (!word.AsSpan().ContainsAnyInRange('0', '9'))
            {
                context = After(word.ToLowerInvariant(), context);
                continue;
            }
            if (Glued().Match(word) is { Success: true } glued)
            {
                // «сч518», «N518»: the word and its number without a blank.
                word = word[glued.Length..];
                if (glued.Groups["i"].Success)
                    context = NumberContext.Invoice;
            }
            if (context is null)
                continue;
            var key = Normalize(word);
            if (key.Length == 0 || key.Length > 30 || !seen.Add(key))
                continue;
            var letters = word.Length > 1 && char.IsLetter(word[0]) && context == NumberContext.Plain;
            numbers.Add(new(word, key, LastDigits(key), letters ? NumberContext.Invoice : context.Value));
            if (numbers.Count == Most)
                break;
        }
        return (numbers, dates);
    }

    /// <summary>
    /// A number as it is compared: capitals, look-alike letters folded, only letters and digits, no leading zeros in
    /// any run of digits, so that «СФ-00518» and «сф 518» are one.
    /// </summary>
    public static string Normalize(string number)
    {
        if (!number.AsSpan().ContainsAnyExceptInRange('0', '9'))
            return number.TrimStart('0');
        var key = new StringBuilder(number.Length);
        var inRun = false;
        foreach (var raw in number)
        {
            var c = char.ToUpper(raw, CultureInfo.InvariantCulture);
            if (c is >= '0' and <= '9')
            {
                if (c == '0' && !inRun)
                    continue;
                inRun = true;
                key.Append(c);
                continue;
            }
            // Two runs of digits must not flow together: 1-18 is not 118.
            if (inRun && !char.IsLetter(c))
                key.Append('/');
            inRun = false;
            var at = Cyrillic.IndexOf(c, StringComparison.Ordinal);
            if (char.IsLetter(c))
                key.Append(at < 0 ? c : Latin[at]);
        }
        return key.ToString().TrimEnd('/');
    }

    /// <summary>The last run of digits of a normalized number.</summary>
    public static string LastDigits(string key)
    {
        var end = key.AsSpan().LastIndexOfAnyInRange('0', '9');
        if (end < 0)
            return "";
        var start = end;
        while (start > 0 && key[start - 1] is >= '0' and <= '9')
            start--;
        return key[start..(end + 1)];
    }

    private static NumberContext? After(string word, NumberContext? before) =>
        word switch
        {
            "и" or "от" or "за" or "n" or "no" or "номер" or "№" or "на" or "оплату" or "оплаты" or "г" or "\u2020" => before,
            "сч"
            or "сф"
            or "с/ф"
            or "с-ф"
            or "счф"
            or "invoice"
            or "inv"
            or "инвойс"
            or "фактура"
            or "фактуре"
            or "инвойсу"
            or "счет-фактура"
            or "счет-фактуре"
            or "hesab"
            or "faktura" => NumberContext.Invoice,
            _ when word.StartsWith("счет", StringComparison.Ordinal)
                    || word.StartsWith("счёт", StringComparison.Ordinal)
                    || word.StartsWith("сч-", StringComparison.Ordinal) => NumberContext.Invoice,
            "дог" or "акт" or "акту" or "акта" or "упд" or "тн" or "ттн" => NumberContext.Other,
            _ when word.StartsWith("договор", StringComparison.Ordinal)
                    || word.StartsWith("контракт", StringComparison.Ordinal)
                    || word.StartsWith("заказ", StringComparison.Ordinal)
                    || word.StartsWith("наклад", StringComparison.Ordinal)
                    || word.StartsWith("заявк", StringComparison.Ordinal) => NumberContext.Other,
            "инн" or "кпп" or "ндс" or "бик" or "сумма" or "сумме" or "сумму" or "р/с" or "руб" or "уин" => null,
            _ => NumberContext.Plain,
        };

    [GeneratedRegex(
        @"(?<![0-9])[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4}(?![0-9])|(?<![0-9])[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Day();

    [GeneratedRegex(
        @"(?<![0-9])[0-9]{1,3}(?:[ \u00A0][0-9]{3})*[.,=\-][0-9]{2}\s*(?:руб|р\.|RUB)|(?<![0-9/\-])[0-9]{1,12}[.,][0-9]{2}(?![0-9])|(?<![0-9])[0-9]+(?:[.,][0-9]+)?\s*%|(?<![0-9])[0-9]{1,12}(?=\s*(?:руб|р\.|коп))",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex Money();

    [GeneratedRegex(@"^(?:(?<i>сч[её]т[а-я]?|сч)|n|no)[-/_]?(?=[0-9])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Glued();

    [GeneratedRegex(@"[\p{L}0-9]+(?:[-/_][\p{L}0-9]+)*|№|\u2020|\u2021", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
