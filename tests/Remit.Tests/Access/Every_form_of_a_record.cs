using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Remit.Modules.Demo;
using Remit.Storage;

namespace Remit.Tests.Access;

/// <summary>
/// The pages of a firm that is alive, walked by their links. A form that shows what was saved says which version it shows;
/// sent from an old one, it is asked which of two edits shall stand, and nothing typed is lost.
/// </summary>
[Collection("The demo firm")]
public sealed partial class Every_form_of_a_record(World world) : IClassFixture<World>
{
    private const int PagesOfAKind = 3;

    // What these show is proposed, not saved: they add a record or state what happened; a clock is one's own.
    private static readonly HashSet<string> adding =
    [
        "bank/{}/accept",
        "calendar/clock",
        "calendar/new",
        "debts/{}/promises",
        "letters/{}/client",
        "meetings/events/new",
        "papers/blanks",
        "papers/companies/new",
        "pay/schemes",
        "questions/terms",
    ];

    [Fact]
    public async Task Says_what_it_was_opened_on_and_asks_where_another_changed_the_same()
    {
        var visitor = world.NewVisitor();
        await visitor.Post("/demo", ("lang", "en"));
        var forms = await Walk(visitor);
        var (silent, unasked, asked) = (new List<string>(), new List<string>(), new List<string>());
        foreach (var (kind, form) in forms)
        {
            var shown = Fields(form).Where(f => f.Typed && f.Value.Length > 0).ToList();
            if (shown.Count == 0 || adding.Contains(kind))
                continue;
            if (!Opened().IsMatch(form))
                silent.Add($"{kind}: {string.Join(", ", shown.Select(f => f.Name))}");
            else if (form.Contains("name=\"version\"", StringComparison.Ordinal))
                (
                    await IsAsked(visitor, form, shown) switch
                    {
                        true => asked,
                        false => unasked,
                        null => [],
                    }
                ).Add(kind);
        }
        await world.App.Services.GetRequiredService<FirmStore>().Remove(DemoFirm.Address);
        Assert.True(silent.Count == 0, "No version: " + string.Join(", ", silent));
        Assert.True(unasked.Count == 0, "Not asked: " + string.Join(", ", unasked));
        Assert.True(asked.Count > 20, string.Join(", ", asked));
    }

    /// <summary>One form of each kind, by its address with keys left out.</summary>
    private static async Task<Dictionary<string, string>> Walk(World.Visitor visitor)
    {
        var (forms, seen, waiting) = (new Dictionary<string, string>(), new Dictionary<string, int>(), new Queue<string>([""]));
        while (waiting.TryDequeue(out var path))
        {
            if (seen.TryGetValue(Kind(path), out var times) && times >= PagesOfAKind)
                continue;
            seen[Kind(path)] = times + 1;
            var answer = await visitor.Client.GetAsync(Full(path));
            if (answer.Content.Headers.ContentType?.MediaType != "text/html" || answer.StatusCode != HttpStatusCode.OK)
                continue;
            var page = await answer.Content.ReadAsStringAsync();
            foreach (Match form in Forms().Matches(page))
                forms.TryAdd(Kind(WebUtility.HtmlDecode(form.Groups[1].Value)), form.Value);
            foreach (Match link in Links().Matches(page))
                waiting.Enqueue(WebUtility.HtmlDecode(link.Groups[1].Value));
        }
        return forms;
    }

    /// <summary>Null where the form takes no other text in any of its fields.</summary>
    private static async Task<bool?> IsAsked(World.Visitor visitor, string form, IReadOnlyList<Field> shown)
    {
        var action = Full(WebUtility.HtmlDecode(Forms().Match(form).Groups[1].Value));
        var sent = Fields(form).Select(f => (f.Name, f.Value)).ToList();
        foreach (var field in shown)
        {
            (string, string)[] With(string text) => [.. sent.Select(f => f == (field.Name, field.Value) ? (f.Name, text) : f)];
            var (first, second) = long.TryParse(field.Value, out var n) ? ($"{n + 1}", $"{n + 2}") : (field.Value + "a", field.Value + "b");
            if ((await visitor.PostBare(action, With(first))).StatusCode != HttpStatusCode.SeeOther)
                continue;
            var answer = await visitor.PostBare(action, With(second));
            return answer.StatusCode == HttpStatusCode.Conflict
                && Regex.IsMatch(await answer.Content.ReadAsStringAsync(), $"type=\"radio\" name=\"{field.Name}(\\.\\d+)?\"");
        }
        return null;
    }

    private sealed record Field(string Name, string Value, bool Typed);

    /// <summary>What a browser would send.</summary>
    private static IEnumerable<Field> Fields(string form)
    {
        foreach (Match m in Controls().Matches(form))
        {
            var (tag, name) = (m.Groups["tag"].Value, m.Groups["name"].Value);
            if (tag == "textarea")
                yield return new(name, WebUtility.HtmlDecode(m.Groups["text"].Value), true);
            else if (tag == "select")
                yield return new(name, Option(m.Value), false);
            else if (Type(m.Value) is not ("checkbox" or "radio") || m.Value.Contains(" checked", StringComparison.Ordinal))
                yield return new(
                    name,
                    Value(m.Value, Type(m.Value) is "checkbox" ? "on" : ""),
                    Type(m.Value) is "" or "text" or "email" or "tel" or "number"
                );
        }
    }

    private static string Option(string select) =>
        Options().Matches(select) is { Count: > 0 } all
            ? Value((all.FirstOrDefault(o => o.Value.Contains(" selected", StringComparison.Ordinal)) ?? all[0]).Value, "")
            : "";

    private static string Type(string input) => Attribute("type", input) ?? "";

    private static string Value(string tag, string otherwise) => WebUtility.HtmlDecode(Attribute("value", tag) ?? otherwise);

    private static string? Attribute(string name, string tag) =>
        Regex.Match(tag, $" {name}=\"([^\"]*)\"") is { Success: true } m ? m.Groups[1].Value : null;

    private static string Full(string path) => $"/~{DemoFirm.Address}/{path}";

    private static string Kind(string path) => Keys().Replace(path.Split('?', '#')[0], "{}");

    [GeneratedRegex("<form method=\"post\" action=\"([^\"]*)\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<a [^>]*?href=\"([^\"/:][^\":]*)\"")]
    private static partial Regex Links();

    [GeneratedRegex(
        "<(?:(?<tag>input)[^>]*? name=\"(?<name>[^\"]*)\"[^>]*>|(?<tag>textarea)[^>]*? name=\"(?<name>[^\"]*)\"[^>]*>(?<text>[^<]*)|(?<tag>select)[^>]*? name=\"(?<name>[^\"]*)\".*?</select>)",
        RegexOptions.Singleline
    )]
    private static partial Regex Controls();

    [GeneratedRegex("<option[^>]*>")]
    private static partial Regex Options();

    [GeneratedRegex("name=\"(?:version|had_\\w+)\"")]
    private static partial Regex Opened();

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f-]{27}|\\d{4}-\\d{2}(?:-\\d{2})?")]
    private static partial Regex Keys();
}
