using System.Globalization;
using System.Text.RegularExpressions;
using Remit.Kernel;
using Remit.Web;

namespace Remit.Modules.Duties.Reading;

/// <summary>A list that somebody keeps as a table: a line of headings, then a duty in each line, its columns in any order.</summary>
internal sealed partial class DutyTable
{
    private const int Measured = 50,
        LongestHeading = 60,
        // What is longer says more than a measure, such as the rows that a torn quote has swallowed.
        LongestMeasure = 60;

    private readonly List<(string Title, int Line, List<DutyItem> Items)> sections = [];
    private readonly List<Unplaced> unplaced = [];
    private readonly List<Finding> findings = [];
    private readonly string[] head;
    private readonly string[] fields;

    private DutyTable(string[] head, string[] fields) => (this.head, this.fields) = (head, fields);

    /// <summary>The duties of a table; null where the first line is no line of headings or what follows is no table.</summary>
    public static DutyList? Read(string text)
    {
        var rows = Rows(text).GetEnumerator();
        if (!rows.MoveNext())
            return null;
        var (head, fields) = (rows.Current.Cells, DutyColumns.Of(rows.Current.Cells));
        if (!fields.Contains("text") || fields.Count(f => f.Length > 0) < 2 || head.Any(h => h.Length > LongestHeading))
            return null;
        var all = new List<(int Line, string[] Cells)>();
        while (rows.MoveNext())
            all.Add(rows.Current);
        var first = all.Take(Measured).ToList();
        if (first.Count == 0 || first.Count(r => r.Cells.Length == head.Length) * 10 < first.Count * 6)
            return null;
        return new DutyTable(head, fields).Of(all);
    }

    /// <summary>A table without headings, as the list that its lines make.</summary>
    public static string Plain(string text) =>
        string.Join('\n', Rows(text).Select(r => string.Join(' ', r.Cells.Where(c => c.Length > 0).Select(c => Blank.Squeeze(c)))));

    /// <summary>The lines that say anything, each with the line of the file where it begins: a quoted cell may go over several.</summary>
    private static IEnumerable<(int Line, string[] Cells)> Rows(string text)
    {
        var line = 1;
        foreach (var cells in Csv.Read(text))
        {
            var trimmed = cells.Select(c => c.Trim().Trim('\uFEFF', '\u200B').Trim()).ToArray();
            if (trimmed.Any(c => c.Length > 0))
                yield return (line, trimmed);
            line += 1 + cells.Sum(c => c.AsSpan().Count('\n') + (c.Contains('\n') ? 0 : c.AsSpan().Count('\r')));
        }
    }

    private DutyList Of(List<(int Line, string[] Cells)> rows)
    {
        var heading = "";
        for (var at = 0; at < rows.Count; at++)
        {
            var (line, cells) = rows[at];
            string Cell(string field) => Array.IndexOf(fields, field) is >= 0 and var i && i < cells.Length ? Blank.Squeeze(cells[i]) : "";
            var (number, text, section) = (Cell("number"), Cell("text"), Cell("section"));
            Leftover(line, cells);
            var said = cells
                .Where((c, i) => i < fields.Length && fields[i].Length > 0 && c.Length > 0)
                .Select(c => Blank.Squeeze(c))
                .ToList();
            if (text.Length == 0 && said is [var only] && only == section)
                Under(heading = section, line);
            else if (text.Length == 0 && said.Count > 0)
                Set(line, string.Join(' ', said), "duty.unplaced.no_text");
            else if (text.Length == 0)
                continue;
            else if (said.Count == 2 && Heads(number, rows, at))
                Under(heading = $"{number.TrimEnd('.', ')')} {text}", line);
            else
                Add(section.Length > 0 ? section : heading, number, text, line, Given(line, Cell));
        }
        foreach (var (title, line, _) in sections.Where(s => s.Items.Count == 0))
            findings.Add(new("duty.list.section_empty", 0, line, new Dictionary<string, string> { ["section"] = title }));
        var known = GluedWords.Knowing(sections.SelectMany(s => s.Items).Select(i => i.Text));
        return new([.. sections.Select(s => Section(s.Title, s.Items, known))], unplaced, findings);
    }

    // «1» above «1.1» is the name of a section.
    private bool Heads(string number, List<(int Line, string[] Cells)> rows, int at)
    {
        var bare = number.TrimEnd('.', ')');
        var column = Array.IndexOf(fields, "number");
        return bare.Length > 0
            && !bare.Contains('.')
            && at + 1 < rows.Count
            && column < rows[at + 1].Cells.Length
            && rows[at + 1].Cells[column].StartsWith(bare + ".", StringComparison.Ordinal)
            && rows[at + 1].Cells[column].Length > bare.Length + 1;
    }

    private DutyGiven Given(int line, Func<string, string> cell) =>
        new(
            cell("unit"),
            cell("result"),
            cell("proof"),
            cell("position"),
            Understood(line, "frequency", cell("frequency"), DutyColumns.HowOften),
            Understood(line, "minutes", cell("minutes"), text => DutyColumns.Minutes(text, head[Array.IndexOf(fields, "minutes")])),
            Understood(line, "complexity", cell("complexity"), text => DutyColumns.Whole(text, 1, 5)),
            Understood(line, "points", cell("points"), text => DutyColumns.Whole(text, 0, 10_000))
        );

    private TValue? Understood<TValue>(int line, string field, string text, Func<string, TValue?> read)
        where TValue : struct
    {
        if (text.Length == 0)
            return null;
        if (text.Length <= LongestMeasure && read(text) is { } value)
            return value;
        findings.Add(
            new(
                "duty.list.bad_" + field,
                0,
                line,
                new Dictionary<string, string> { ["column"] = head[Array.IndexOf(fields, field)], ["text"] = text }
            )
        );
        return null;
    }

    private void Leftover(int line, string[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
            if (cells[i].Length > 0 && (i >= fields.Length || fields[i].Length == 0))
                Set(
                    line,
                    i < head.Length && head[i].Length > 0 ? $"{head[i]}: {Blank.Squeeze(cells[i])}" : Blank.Squeeze(cells[i]),
                    "duty.unplaced.column"
                );
    }

    private void Set(int line, string text, string reason) => unplaced.Add(new(line, text, reason));

    private void Add(string section, string number, string text, int line, DutyGiven given)
    {
        var items = Under(section, line);
        var bare = number.TrimEnd('.', ')');
        items.Add(new(bare.Length > 0 ? bare : Next(section, items.Count + 1), text, text, number, line) { Given = given });
    }

    private List<DutyItem> Under(string section, int line)
    {
        if (sections.Find(s => s.Title == section).Items is { } known)
            return known;
        sections.Add((section, line, []));
        return sections[^1].Items;
    }

    private static string Next(string title, int n) =>
        Numbered().Match(title) is { Success: true } m ? $"{m.Groups[1].Value}.{n}" : n.ToString(CultureInfo.InvariantCulture);

    private static DutySection Section(string title, List<DutyItem> items, GluedWords known)
    {
        var m = Numbered().Match(title);
        var named = m.Success ? m.Groups[2].Value : title;
        return new(0, m.Success ? m.Groups[1].Value : "", named, "", items.ConvertAll(i => i with { Repaired = known.Repair(i.Text) }))
        {
            Repaired = known.Repair(named),
        };
    }

    [GeneratedRegex(@"^(\d{1,3})[.)]?\s+(.+)$")]
    private static partial Regex Numbered();
}
