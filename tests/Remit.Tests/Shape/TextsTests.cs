using System.Text.RegularExpressions;
using Remit.Web;

namespace Remit.Tests.Shape;

public sealed partial class TextsTests
{
    [GeneratedRegex(@"\{([^}|]*)")]
    private static partial Regex Placeholder { get; }

    [Fact]
    public void Four_languages_have_the_same_keys()
    {
        var wrong = new List<string>();
        foreach (var language in Texts.Languages)
        foreach (var other in Texts.Languages)
            wrong.AddRange(Texts.Of(other).Keys.Except(Texts.Of(language).Keys).Select(key => $"{language} lacks {key}"));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct().Order()));
    }

    [Fact]
    public void A_text_names_the_same_values_in_every_language()
    {
        var wrong = new List<string>();
        foreach (var (key, text) in Texts.Of("en"))
        foreach (var language in Texts.Languages)
            if (Texts.Of(language).TryGetValue(key, out var other) && !Names(text).SetEquals(Names(other)))
                wrong.Add($"{language} {key}: «{other}» against «{text}»");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void No_text_is_empty() =>
        Assert.Empty(
            Texts.Languages.SelectMany(l => Texts.Of(l).Where(t => string.IsNullOrWhiteSpace(t.Value)).Select(t => $"{l} {t.Key}"))
        );

    private static HashSet<string> Names(string text) => [.. Placeholder.Matches(text).Select(m => m.Groups[1].Value)];
}
