using System.Globalization;

namespace Remit.Kernel;

/// <summary>
/// An amount as it is written out on papers. Each language keeps its own custom: Russian and English begin with a
/// capital and leave the minor units in digits, Bulgarian and Azerbaijani spell both out in small letters.
/// </summary>
public static partial class AmountInWords
{
    /// <summary>The amount in ru, bg, az or en; another language gets English.</summary>
    public static string Of(Amount amount, string lang)
    {
        var size = amount.Minor < 0 ? (ulong)-(amount.Minor + 1) + 1 : (ulong)amount.Minor;
        var (major, minor) = ((long)(size / 100), (int)(size % 100));
        var text = lang switch
        {
            "ru" => RussianSum(major, minor, amount.Currency),
            "bg" => BulgarianSum(major, minor, amount.Currency),
            "az" => AzerbaijaniSum(major, minor, amount.Currency),
            _ => EnglishSum(major, minor, amount.Currency),
        };
        if (amount.Minor < 0)
            text =
                lang switch
                {
                    "ru" or "bg" => "минус ",
                    "az" => "mənfi ",
                    _ => "minus ",
                } + text;
        return lang is "bg" or "az" ? text : Sentence(text, lang);
    }

    /// <summary>A whole number in words, for counting: masculine in Russian, neuter in Bulgarian.</summary>
    public static string Number(long number, string lang) =>
        lang switch
        {
            "ru" => Russian(number, feminine: false),
            "bg" => Bulgarian(number, Gender.Neuter),
            "az" => Azerbaijani(number),
            _ => English(number),
        };

    /// <summary>The text with its first letter made a capital, by the language's own rule (Azerbaijani i → İ).</summary>
    public static string Sentence(string text, string lang) =>
        text.Length == 0 ? text : (lang == "az" && text[0] == 'i' ? 'İ' : char.ToUpper(text[0], CultureInfo.InvariantCulture)) + text[1..];

    private enum Gender
    {
        Masculine,
        Feminine,
        Neuter,
    }

    /// <summary>Splits into groups of three digits, the highest first, leaving out empty ones.</summary>
    private static IEnumerable<(int Value, int Power)> Groups(long number)
    {
        for (var power = 6; power >= 0; power--)
        {
            var value = (int)(number / (long)Math.Pow(1000, power) % 1000);
            if (value > 0)
                yield return (value, power);
        }
    }
}
