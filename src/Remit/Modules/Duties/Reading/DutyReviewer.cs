using System.Globalization;

namespace Remit.Modules.Duties.Reading;

/// <summary>Reads a list as a careful colleague would and marks duties that cannot yet be graded or paid for.</summary>
public static class DutyReviewer
{
    /// <summary>The same list with flags on its duties.</summary>
    /// <param name="list">A list as read.</param>
    /// <param name="lang">The language the list is written in (ru, bg, az, en); judged from the text when null.</param>
    public static DutyList Review(DutyList list, string? lang = null)
    {
        ArgumentNullException.ThrowIfNull(list);
        var words = ReviewWords.Of(lang ?? ListLanguage.Of(string.Join('\n', list.Items.Take(200).Select(i => i.Text))));
        // Doubles are sought within one list only: an edited copy of a list repeats the first one on purpose.
        var doubles = list
            .Sections.GroupBy(s => s.ListIndex)
            .ToDictionary(g => g.Key, g => DoubledDuties.In(g.SelectMany(s => s.Items), words));
        return list with { Sections = [.. list.Sections.Select(s => Reviewed(s, words, doubles[s.ListIndex]))] };
    }

    private static DutySection Reviewed(DutySection section, ReviewWords words, Dictionary<DutyItem, DutyItem> doubles) =>
        section with
        {
            Items = [.. section.Items.Select(i => i with { Flags = [.. FlagsOf(i, words, doubles)] })],
        };

    private static IEnumerable<Flag> FlagsOf(DutyItem item, ReviewWords words, Dictionary<DutyItem, DutyItem> doubles)
    {
        var duty = new DutyWording(item.Repaired, words);
        if (duty.VagueWords is { Count: > 0 } vague)
        {
            yield return Flagged("vague", "words", string.Join(", ", vague), Fill(words.Concrete, duty.WithoutVague));
        }
        if (doubles.TryGetValue(item, out var other))
            yield return Flagged("doubled", "number", other.Number, Fill(words.Merged, other.Number));
        if (duty.IsTooBig)
            yield return Flagged("too_big", "count", duty.Parts.ToString(CultureInfo.InvariantCulture), duty.Split);
        else if (duty.IsTooSmall)
            yield return Flagged("too_small", "text", duty.Bare, Fill(words.Folded, duty.Bare));
        else if (duty.LacksResult)
            yield return Flagged("no_result", "text", duty.Bare, Fill(words.WithResult, duty.Bare));
    }

    private static Flag Flagged(string code, string name, string value, string suggestion) =>
        new(code, $"duty.flag.{code}", new Dictionary<string, string> { [name] = value }, suggestion);

    private static string Fill(string form, string value) => form.Replace("{0}", value, StringComparison.Ordinal);
}
