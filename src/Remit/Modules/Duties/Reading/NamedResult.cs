using System.Text.RegularExpressions;

namespace Remit.Modules.Duties.Reading;

/// <summary>The result that a duty's text names by itself: «Issue the act — result: the client has it».</summary>
internal static partial class NamedResult
{
    /// <summary>What is done, and what comes of it; a purpose («in order to …») is a result too and stays in the text, for without it the sentence is torn.</summary>
    public static (string Text, string Result) Part(string text)
    {
        if (Said().Match(text) is { Success: true } said && Clean(text[..said.Index]) is { Length: > 0 } done)
            return (done, Filled(Clean(text[(said.Index + said.Length)..])));
        return Purpose().Match(text) is { Success: true } purpose
            ? (text, Filled(Clean(text[(purpose.Index + purpose.Length)..])))
            : (text, "");
    }

    private static string Clean(string text) => text.Trim().Trim('—', '–', '-', ',', ';', ':', '.', '(', ')', ' ');

    // A proposal leaves its places in angle brackets; those are for a person to fill, not to keep.
    private static string Filled(string result) => result.Length > 500 || (result.StartsWith('<') && result.EndsWith('>')) ? "" : result;

    [GeneratedRegex(
        @"(?<!\p{L})(?:(?:ожидаемый|очакван|gözlənilən|expected)\s+)?(?:результат|резултат|итог|nəticəsi|nəticə|result|outcome)\s*[:—–]|\s[-—–]\s+(?:результат|резултат|nəticə|result)\s+-\s",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Said();

    [GeneratedRegex(@",\s*(?:чтобы|за да|so that|in order to)\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Purpose();
}
