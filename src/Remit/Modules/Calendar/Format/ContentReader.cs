using System.Text;
using Remit.Kernel;

namespace Remit.Modules.Calendar.Format;

/// <summary>
/// Reads iCalendar (RFC 5545, and vCalendar 1.0) and vCard (2.1, 3.0, 4.0) into a tree of components. What it cannot
/// understand it leaves out and says so; what it does not know it keeps.
/// </summary>
public static class ContentReader
{
    public static ReadFile Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    /// <exception cref="NotReadable">Nothing in it begins a component, or it is bigger than <see cref="TextLimits"/>.</exception>
    public static ReadFile Read(ReadOnlySpan<byte> bytes)
    {
        var lines = LogicalLines.Of(bytes);
        var notes = new List<Note>();
        var roots = new List<Component>();
        var open = new Stack<Component>();
        for (var i = 0; i < lines.Count; i++)
        {
            var at = lines.NumberOf(i);
            if (LineParser.Parse(lines[i], at, out var broken) is not { } line)
            {
                if (lines[i].Trim().Length > 0)
                    Say(notes, at, new(broken));
                continue;
            }
            while (LineParser.GoesOn(line) && i + 1 < lines.Count)
                line = line.With(line.Value[..^1] + lines[++i].ToString());
            Place(LineParser.Decode(line), open, roots, notes);
        }
        foreach (var left in open)
            Say(notes, left.At, new("ics.no_end", ("name", left.Name)));
        if (roots.Count == 0)
            throw new NotReadable(notes.Count > 0 ? notes[0].Line : 1, new("ics.no_begin"));
        return new ReadFile(roots, notes);
    }

    private static void Place(ContentLine line, Stack<Component> open, List<Component> roots, List<Note> notes)
    {
        if (line.Is("BEGIN"))
        {
            if (open.Count == TextLimits.Depth)
                throw new NotReadable(line.At, new("ics.too_deep", ("n", TextLimits.Depth)));
            var component = new Component(Canonical(line.Value), line.At);
            if (component.Name.Length == 0)
            {
                Say(notes, line.At, new("ics.no_name"));
                return;
            }
            if (open.TryPeek(out var outer))
                outer.Components.Add(component);
            else
                roots.Add(component);
            open.Push(component);
        }
        else if (line.Is("END"))
            Close(line, open, notes);
        else if (open.TryPeek(out var inside))
            inside.Lines.Add(line);
        else
            Say(notes, line.At, new("ics.outside", ("name", line.Name)));
    }

    private static void Close(ContentLine line, Stack<Component> open, List<Note> notes)
    {
        var name = Canonical(line.Value);
        if (!open.Any(c => c.Name == name))
        {
            Say(notes, line.At, new("ics.closes_nothing", ("name", name)));
            return;
        }
        while (open.Pop() is { } closed && closed.Name != name)
            Say(notes, closed.At, new("ics.no_end", ("name", closed.Name)));
    }

    private static string Canonical(string name) =>
        name.Trim().ToUpperInvariant() is { Length: < 64 } n && n.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? n : "";

    private static void Say(List<Note> notes, int line, Refusal reason)
    {
        if (notes.Count < TextLimits.Notes)
            notes.Add(new Note(line, reason));
    }
}
