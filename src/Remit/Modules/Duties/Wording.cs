using Remit.Modules.Duties.Reading;

namespace Remit.Modules.Duties;

/// <summary>How plainly a sentence about work is written; the reviewer of duty lists and whoever asks for goals read by the same words.</summary>
public static class Wording
{
    /// <summary>The words of a text that hide what is meant, whole as they stand in it.</summary>
    /// <param name="lang">ru, bg, az or en; judged from the text when null.</param>
    public static IReadOnlyList<string> Vague(string text, string? lang = null) =>
        [.. new DutyWording(text, ReviewWords.Of(lang ?? ListLanguage.Of(text))).VagueWords.Select(word => Whole(text, word)).Distinct()];

    /// <summary>The word of a text that begins so, to its end.</summary>
    public static string Whole(string text, string beginning)
    {
        var at = text.IndexOf(beginning, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return beginning;
        var end = at + beginning.Length;
        while (end < text.Length && char.IsLetter(text[end]))
            end++;
        return text[at..end];
    }
}
