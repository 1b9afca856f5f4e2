using System.Text.RegularExpressions;

namespace Remit.Modules.Duties.Reading;

/// <summary>Guesses in which of the four languages a list is written, from letters and endings only they use.</summary>
public static partial class ListLanguage
{
    /// <summary>"ru", "bg", "az" or "en"; "en" when there is nothing to judge by.</summary>
    public static string Of(string text)
    {
        var (cyrillic, azeri, letters) = (0, 0, 0);
        foreach (var c in text)
        {
            var low = char.ToLowerInvariant(c);
            if (low is >= 'а' and <= 'ё')
                cyrillic++;
            if (low is 'ə' or 'ğ' or 'ş' or 'ı')
                azeri++;
            if (char.IsLetter(low))
                letters++;
        }
        if (cyrillic * 2 > letters)
            return Bulgarian().Count(text) > Russian().Count(text) ? "bg" : "ru";
        return azeri * 100 > letters ? "az" : "en";
    }

    [GeneratedRegex(@"[ыэё]|(?:ние|ии|ами|ях|ов|ть|ого)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Russian();

    // ъ stands for a vowel in Bulgarian, so it is met in every other line; in Russian it is rare.
    [GeneratedRegex(@"ъ|(?:ане|ене|ите|ата|ето)\b|\b(?:се|са|ще)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bulgarian();
}
