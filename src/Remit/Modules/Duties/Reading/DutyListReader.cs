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
        var (number, begun) = (0, false);
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            var line = new SourceLine(++number, raw.ToString().Trim().Trim('\uFEFF', '\u200B').Trim());
            begun |= IsMarked(line);
            if (!begun && Opening(line.Text) is > 0 and var at)
            {
                begun = true;
                lines.Add(line with { Text = line.Text[..at].TrimEnd() });
                line = line with { Text = line.Text[at..] };
            }
            lines.Add(line);
        }
        return lines;
    }

    /// <summary>Where the list begins in a line of prose: "Our list: 1. Mail 1.1. Sending…".</summary>
    private static int Opening(ReadOnlySpan<char> text)
    {
        for (var at = 2; at < text.Length; at++)
            if (
                text[at] == '1'
                && Blank.Is(text[at - 1])
                && text[..at].TrimEnd() is [.., ':']
                && Marker.Number(text[at..]) is { Closer: '.' or ')' }
            )
                return at;
        return 0;
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
