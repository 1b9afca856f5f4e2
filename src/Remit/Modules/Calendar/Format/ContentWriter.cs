using System.Text;

namespace Remit.Modules.Calendar.Format;

/// <summary>Writes components exactly: lines folded at 75 octets between letters, parameters quoted where they must be, CRLF.</summary>
public static class ContentWriter
{
    private const int Octets = 75;

    public static string Write(params IEnumerable<Component> components)
    {
        var text = new StringBuilder(1024);
        foreach (var component in components)
            Write(text, component);
        return text.ToString();
    }

    private static void Write(StringBuilder text, Component component)
    {
        Fold(text, "BEGIN:" + component.Name);
        foreach (var line in component.Lines)
            Fold(text, Line(line));
        foreach (var inside in component.Components)
            Write(text, inside);
        Fold(text, "END:" + component.Name);
    }

    private static string Line(ContentLine line)
    {
        if (line.Group is null && line.Parameters.Count == 0)
            return $"{line.Name}:{line.Value}";
        var text = new StringBuilder();
        if (line.Group is { } group)
            text.Append(group).Append('.');
        text.Append(line.Name);
        foreach (var parameter in line.Parameters)
        {
            text.Append(';').Append(parameter.Name);
            for (var i = 0; i < parameter.Values.Count; i++)
                text.Append(i == 0 ? '=' : ',').Append(Quoted(parameter.Values[i]));
        }
        return text.Append(':').Append(line.Value).ToString();
    }

    private static string Quoted(string value)
    {
        if (value.AsSpan().IndexOfAny("^\n\"") >= 0)
            value = value.Replace("^", "^^").Replace("\n", "^n").Replace("\"", "^'");
        return value.AsSpan().IndexOfAny(",;:") >= 0 ? $"\"{value}\"" : value;
    }

    private static void Fold(StringBuilder text, string line)
    {
        var (from, octets) = (0, 0);
        if (line.Length * 3 > Octets)
            for (var i = 0; i < line.Length; i++)
            {
                var pair = char.IsHighSurrogate(line[i]) && i + 1 < line.Length;
                var width =
                    pair ? 4
                    : line[i] < 0x80 ? 1
                    : line[i] < 0x800 ? 2
                    : 3;
                if (octets + width > Octets)
                {
                    text.Append(line, from, i - from).Append("\r\n ");
                    (from, octets) = (i, 1);
                }
                octets += width;
                if (pair)
                    i++;
            }
        text.Append(line, from, line.Length - from).Append("\r\n");
    }
}
