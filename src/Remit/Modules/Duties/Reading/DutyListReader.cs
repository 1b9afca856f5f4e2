namespace Remit.Modules.Duties.Reading;

/// <summary>Reads a raw list of duties as people paste it. Takes any text; nothing visible is ever dropped.</summary>
public static class DutyListReader
{
    /// <summary>Splits the text into lists, sections and duties, and names what fits nowhere; a table with headings is read by its columns.</summary>
    /// <param name="isTable">It is known to be a table, such as a file that is called so: without headings its cells are put together.</param>
    public static DutyList Read(string text, bool isTable = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (DutyTable.Read(text) is { } table)
            return table;
        if (isTable)
            text = DutyTable.Plain(text);
        var lines = Lines(text);
        var reading = new LineReader(lines.Any(IsNumbered));
        if (lines.Any(IsMarked))
        {
            foreach (var line in lines)
                reading.Line(line);
        }
        else if (LooksLikeList(lines))
        {
            foreach (var line in lines.Where(l => l.Text.Length > 0))
                reading.Plain(line);
        }
        else
        {
            foreach (var line in lines.Where(l => l.Text.Length > 0))
                reading.Aside(line);
        }
        return Assembly.Of(reading.Nodes, reading.Unplaced);
    }

    private static List<SourceLine> Lines(string text)
    {
        var lines = new List<SourceLine>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            lines.Add(new(lines.Count + 1, line.ToString().Trim().Trim('\uFEFF', '\u200B').Trim()));
        }
        return lines;
    }

    private static bool IsMarked(SourceLine line) => Marker.Bullet(line.Text) is not null || IsNumbered(line);

    private static bool IsNumbered(SourceLine line) => Marker.Number(line.Text) is { } m && new Sequence().AcceptsAtStart(m.Path);

    // Short lines, most of them a single sentence: people who list duties do not write paragraphs.
    private static bool LooksLikeList(List<SourceLine> lines)
    {
        var full = lines.Where(l => l.Text.Length > 0).ToList();
        var plain = full.Count(l => l.Text.Length <= 160 && l.Text.AsSpan(0, l.Text.Length - 1).IndexOf(". ") < 0);
        return full.Count >= 2 && plain * 10 >= full.Count * 8;
    }
}

/// <summary>One line of the source without the blanks around it.</summary>
internal readonly record struct SourceLine(int Number, string Text);
