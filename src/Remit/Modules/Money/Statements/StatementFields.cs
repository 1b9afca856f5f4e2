using System.Globalization;
using System.Text.RegularExpressions;

namespace Remit.Modules.Money.Statements;

/// <summary>How single values of a statement are read: money, dates, names, currencies.</summary>
public static partial class StatementFields
{
    private static readonly string[] DateForms = ["dd.MM.yyyy", "d.M.yyyy", "yyyy-MM-dd", "dd/MM/yyyy"];

    /// <summary>
    /// Minor units, exactly; null when the text is no amount or could mean two amounts («1,234»). Accepts a dot or a
    /// comma, blanks between groups, and whole numbers.
    /// </summary>
    public static long? Amount(string text)
    {
        var match = AmountForm().Match(text.Trim());
        if (!match.Success)
            return null;
        var fraction = match.Groups["f"].Value;
        if (fraction.Length > 2)
        {
            // Three digits may be a thousands group; longer tails are fine as long as nothing is lost.
            if (fraction.Length == 3 || fraction.AsSpan(2).ContainsAnyExcept('0'))
                return null;
            fraction = fraction[..2];
        }
        var digits = Separators().Replace(match.Groups["w"].Value, "") + fraction.PadRight(2, '0');
        if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var minor))
            return null;
        return match.Groups["s"].Value is "-" or "−" ? -minor : minor;
    }

    /// <summary>A day; null when the text is none.</summary>
    public static DateOnly? Date(string text)
    {
        var day = text.Trim();
        var blank = day.IndexOf(' ');
        if (blank > 0)
            day = day[..blank];
        return DateOnly.TryParseExact(day, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
    }

    /// <summary>The name without «ИНН 7707049388» or «7707049388,» before it, and the number that was there.</summary>
    public static (string Name, string Inn) Name(string text, string knownInn)
    {
        var name = text.Trim();
        var match = InnPrefix().Match(name);
        if (!match.Success || match.Length == 0)
        {
            if (knownInn.Length >= 10 && name.StartsWith(knownInn + " ", StringComparison.Ordinal))
                return (name[knownInn.Length..].TrimStart(' ', ','), knownInn);
            return (name, "");
        }
        return (name[match.Length..].Trim(), match.Groups["i"].Value);
    }

    /// <summary>The tax number, or nothing: banks fill the field of a private person with zeros.</summary>
    public static string Inn(string text)
    {
        var inn = text.Trim();
        return inn.AsSpan().ContainsAnyExcept('0', '-') ? inn : "";
    }

    /// <summary>The currency told by digits 6–8 of a twenty-digit account; null when they tell none.</summary>
    public static string? Currency(string account) =>
        account.Length != 20 || account.AsSpan().ContainsAnyExceptInRange('0', '9')
            ? null
            : account.AsSpan(5, 3) switch
            {
                "810" or "643" => "RUB",
                "840" => "USD",
                "978" => "EUR",
                "933" => "BYN",
                "944" => "AZN",
                "975" => "BGN",
                "398" => "KZT",
                "156" => "CNY",
                "826" => "GBP",
                "756" => "CHF",
                "949" => "TRY",
                "784" => "AED",
                _ => null,
            };

    /// <summary>The money of the country an IBAN names, for want of a better sign; null for what is no IBAN of a country known here.</summary>
    public static string? CurrencyAbroad(string account) =>
        account.Length < 15
            ? null
            : account[..2].ToUpperInvariant() switch
            {
                "BY" => "BYN",
                "AZ" => "AZN",
                "BG" => "EUR",
                _ => null,
            };

    [GeneratedRegex(
        @"^(?<s>[-−+]?)\s*(?:(?<w>[0-9]+)|(?<w>[0-9]{1,3}(?:[\s'’][0-9]{3})+)|(?<w>[0-9]{1,3}(?:,[0-9]{3})+)(?=\.)|(?<w>[0-9]{1,3}(?:\.[0-9]{3})+)(?=,))(?:[.,](?<f>[0-9]*))?$",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex AmountForm();

    [GeneratedRegex(@"[\s'’.,]", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    [GeneratedRegex(
        @"^(?:ИНН[\s:/]*(?<i>[0-9]{10}(?:[0-9]{2})?|0+)(?![0-9])|(?<i>[0-9]{10}(?:[0-9]{2})?)\s*,)[\s,;/]*(?:КПП[\s:]*[0-9]{9}[\s,;/]+)?",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase
    )]
    private static partial Regex InnPrefix();
}
