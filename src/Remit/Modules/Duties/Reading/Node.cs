using System.Text;

namespace Remit.Modules.Duties.Reading;

/// <summary>A heading or a duty while the text is still being read; wrapped lines are added to it.</summary>
internal sealed class Node(int list, int[] path, string marker, int line)
{
    private readonly StringBuilder text = new();

    public int List { get; } = list;
    public int[] Path { get; } = path;
    public string Marker { get; } = marker;
    public int Line { get; } = line;
    public string Text => text.ToString();
    public char Last => text.Length == 0 ? '\0' : text[^1];

    public void Add(ReadOnlySpan<char> more)
    {
        var squeezed = Blank.Squeeze(more);
        if (squeezed.Length > 0 && text.Length > 0)
            text.Append(' ');
        text.Append(squeezed);
    }
}
