using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Remit.Kernel;

namespace Remit.Web;

/// <summary>Every text of the program in four languages, each read from the modules' flat JSON files when first asked for.</summary>
public static class Texts
{
    public static readonly IReadOnlyList<string> Languages = ["ru", "bg", "az", "en"];

    private static readonly FrozenDictionary<string, Lazy<FrozenDictionary<string, string>>> all = Languages.ToFrozenDictionary(
        l => l,
        l => new Lazy<FrozenDictionary<string, string>>(() => Load(l))
    );

    public static FrozenDictionary<string, string> Of(string language) => all[language].Value;

    private static FrozenDictionary<string, string> Load(string language)
    {
        var texts = new Dictionary<string, string>();
        var assembly = typeof(Texts).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.EndsWith($"Texts/{language}.json", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (key, text) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
                if (!texts.TryAdd(key, text))
                    throw new InvalidOperationException($"{name}: the key {key} stands in another file too.");
        }
        return texts.ToFrozenDictionary();
    }
}

/// <summary>
/// Texts in one person's language. <c>{name}</c> puts a value in; <c>{n|запись|записи|записей}</c> chooses the plural
/// form by the value (Russian three forms, the others one or two).
/// </summary>
public sealed class T(string language)
{
    private readonly FrozenDictionary<string, string> texts = Texts.Of(Texts.Languages.Contains(language) ? language : "en");

    public string Language { get; } = Texts.Languages.Contains(language) ? language : "en";

    public string this[string key, params (string Name, object? Value)[] values] => Find(key) is { } text ? Fill(text, values) : $"⟦{key}⟧";

    public bool Has(string key) => Find(key) is not null;

    public string Of(Refusal refusal) => this[refusal.Key, [.. refusal.Values]];

    /// <summary>A key where it is one, else the text itself: a duty's own words stay as they are.</summary>
    public string Label(string keyOrText, IReadOnlyDictionary<string, object?>? values = null) =>
        Find(keyOrText) is { } text ? Fill(text, [.. (values ?? Why.None).Select(v => (v.Key, v.Value))]) : keyOrText;

    private string? Find(string key) => texts.GetValueOrDefault(key);

    private string Fill(string text, (string Name, object? Value)[] values)
    {
        if (!text.Contains('{'))
            return text;
        var result = new StringBuilder();
        for (var at = 0; at < text.Length; )
        {
            var open = text.IndexOf('{', at);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0)
                return result.Append(text, at, text.Length - at).ToString();
            result.Append(text, at, open - at);
            var parts = text[(open + 1)..close].Split('|');
            var value = values.FirstOrDefault(v => v.Name == parts[0]).Value;
            var said = parts.Length == 1 ? Formats.Any(value, this) : parts[Math.Min(parts.Length - 1, 1 + Plural(value))];
            // A sentence may begin with a month: «Ноябрь 2026 ещё не кончился».
            result.Append(value is Month && result.Length == 0 ? Begun(said) : said);
            at = close + 1;
        }
        return result.ToString();
    }

    private string Begun(string said) => (Language == "az" && said[0] == 'i' ? 'İ' : char.ToUpperInvariant(said[0])) + said[1..];

    private int Plural(object? value)
    {
        // «13,5 балла»: a fraction takes the form of two.
        if (value is decimal fraction && fraction != Math.Truncate(fraction))
            return 1;
        if (value is null || !long.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), out var n))
            return 2;
        n = Math.Abs(n);
        if (Language != "ru")
            return n == 1 ? 0 : 1;
        if (n % 10 == 1 && n % 100 != 11)
            return 0;
        return n % 10 is >= 2 and <= 4 && n % 100 is < 12 or > 14 ? 1 : 2;
    }
}
