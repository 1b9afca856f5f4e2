namespace Remit.Modules.Duties.Reading;

/// <summary>One pass over the lines, remembering the running number and the duty a wrapped line belongs to.</summary>
internal sealed class LineReader(bool numbered)
{
    private readonly Sequence sequence = new();
    private Node? open;
    private int[] parent = [];
    private int bullets;
    private char sectionCloser;
    private int lastLength;

    public List<Node> Nodes { get; } = [];
    public List<Unplaced> Unplaced { get; } = [];

    /// <summary>Reads a line of a text that has numbers or bullets somewhere.</summary>
    public void Line(SourceLine line)
    {
        if (line.Text.Length == 0)
            open = null;
        else if (Marker.Bullet(line.Text) is { } bullet)
            Bullet(line, bullet);
        else if (Marker.Number(line.Text) is { } number && sequence.AcceptsAtStart(Rooted(number)))
            Numbered(line, number);
        else if (Wraps(line.Text))
            Spread(line, line.Text);
        else if (line.Text[^1] == ':' && !numbered)
            Heading(line);
        else
            Aside(line);
        lastLength = line.Text.Length;
    }

    /// <summary>Takes the whole line as one duty.</summary>
    public void Plain(SourceLine line)
    {
        Begin([0, ++bullets], "", line.Number);
        open!.Add(line.Text);
    }

    /// <summary>Sets a line of prose aside.</summary>
    public void Aside(SourceLine line)
    {
        open = null;
        Unplaced.Add(new(line.Number, Blank.Squeeze(line.Text), "duty.unplaced.prose"));
    }

    private void Numbered(SourceLine line, Marker marker)
    {
        var path = Rooted(marker);
        if (marker.Path.Length == 1 && path.Length == 1 && sectionCloser == '\0')
            sectionCloser = marker.Closer;
        Take(path, line.Text[..marker.Length], line.Number);
        Spread(line, line.Text.AsSpan(marker.Length));
    }

    // "1) 2) 3)" under "2. Clients" are its duties: the bracket says they are of a lower rank.
    private int[] Rooted(Marker marker) =>
        marker.Path.Length == 1 && marker.Closer == ')' && sectionCloser == '.' && parent.Length > 0
            ? [parent[0], marker.Path[0]]
            : marker.Path;

    private void Bullet(SourceLine line, Marker marker)
    {
        int[] path = parent.Length == 0 ? [0, ++bullets] : [.. parent, ++bullets];
        Begin(path, line.Text[..marker.Length], line.Number);
        open!.Add(line.Text.AsSpan(marker.Length));
    }

    // A title above bullets gets a number of its own, so that its duties can be pointed at.
    private void Heading(SourceLine line)
    {
        (parent, bullets) = ([parent.Length == 0 ? 1 : parent[0] + 1], 0);
        Begin(parent, "", line.Number);
        open!.Add(line.Text);
        open = null;
    }

    private void Spread(SourceLine line, ReadOnlySpan<char> text)
    {
        var from = 0;
        for (var at = 1; at < text.Length; at++)
        {
            if (!char.IsAsciiDigit(text[at]) || !(Blank.Is(text[at - 1]) || ".;!?)".Contains(text[at - 1])))
                continue;
            if (Marker.Number(text[at..]) is not { } marker || (!Blank.Is(text[at - 1]) && marker.Path.Length == 1))
                continue;
            if (!sequence.AcceptsInside(marker, text[from..at], text[(at + marker.Length)..]))
                continue;
            open!.Add(text[from..at]);
            Take(marker.Path, text.Slice(at, marker.Length).ToString(), line.Number);
            (from, at) = (at + marker.Length, at + marker.Length);
        }
        open!.Add(text[from..]);
    }

    private void Take(int[] path, string marker, int line)
    {
        if (sequence.Take(path))
            sectionCloser = '\0';
        (parent, bullets) = (path, 0);
        Begin(path, marker, line);
    }

    private void Begin(int[] path, string marker, int line)
    {
        open = new(sequence.List, path, marker.Trim(), line);
        Nodes.Add(open);
    }

    // A wrapped line goes on in lower case, or follows a long line that had not ended its sentence.
    private bool Wraps(string text) =>
        open is not null && (char.IsLower(text[0]) || ",;)»".Contains(text[0]) || (lastLength >= 60 && !".!?:;".Contains(open.Last)));
}
