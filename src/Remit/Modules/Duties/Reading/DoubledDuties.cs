using System.Text.RegularExpressions;

namespace Remit.Modules.Duties.Reading;

/// <summary>Finds duties of one list that say the same in other words, by the stems they share.</summary>
internal static partial class DoubledDuties
{
    private const int StemLength = 5;

    // A stem in more duties than this says nothing about any two of them, and keeps the search linear.
    private const int Commonplace = 24;

    /// <summary>For each duty that has a likeness, the earlier one it resembles.</summary>
    public static Dictionary<DutyItem, DutyItem> In(IEnumerable<DutyItem> items, ReviewWords words)
    {
        var found = new Dictionary<DutyItem, DutyItem>(ReferenceEqualityComparer.Instance);
        var holders = new Dictionary<string, List<(DutyItem Item, int Size)>>();
        foreach (var item in items)
        {
            var stems = Stems(item.Repaired, words);
            var shared = new Dictionary<DutyItem, (int Count, int Size)>(ReferenceEqualityComparer.Instance);
            foreach (var stem in stems)
                Meet(holders, stem, shared);
            var twin = shared.FirstOrDefault(s => Alike(s.Value.Count, stems.Count, s.Value.Size)).Key;
            if (twin is not null)
                found[item] = twin;
            foreach (var stem in stems)
                Hold(holders, stem, item, stems.Count);
        }
        return found;
    }

    private static void Meet(
        Dictionary<string, List<(DutyItem Item, int Size)>> holders,
        string stem,
        Dictionary<DutyItem, (int Count, int Size)> shared
    )
    {
        foreach (var (item, size) in holders.GetValueOrDefault(stem) ?? [])
        {
            shared[item] = (shared.GetValueOrDefault(item).Count + 1, size);
        }
    }

    private static void Hold(Dictionary<string, List<(DutyItem Item, int Size)>> holders, string stem, DutyItem item, int size)
    {
        if (!holders.TryGetValue(stem, out var list))
            holders[stem] = list = [];
        if (list.Count < Commonplace)
            list.Add((item, size));
    }

    // Two thirds of the shorter one, and not just any two words out of a long sentence.
    private static bool Alike(int shared, int one, int other) =>
        shared >= 2 && shared * 3 >= Math.Min(one, other) * 2 && shared * 5 >= Math.Max(one, other) * 2;

    // What stands in quotation marks is the name of a book or a form, not the work.
    private static string Unquoted(string text) => QuotedName().Replace(text, " ");

    [GeneratedRegex(@"«[^«»]{1,80}»|“[^“”]{1,80}”|""[^""]{1,80}""")]
    private static partial Regex QuotedName();

    private static HashSet<string> Stems(string text, ReviewWords words) =>
        [
            .. DutyWording
                .Tokens(Unquoted(text).ToLowerInvariant().Replace('ё', 'е'))
                .Where(t => t.Length > 2 && !words.Towards.Contains(t) && !words.Idle.Contains(t))
                .Select(t => t.Length > StemLength ? t[..StemLength] : t),
        ];
}
