using System.Text;

namespace Remit.Modules.Calendar.Format;

/// <summary>Text inside a value: <c>\n</c>, <c>\,</c>, <c>\;</c> and <c>\\</c>, and lists of texts.</summary>
public static class TextValue
{
    public static string Read(string value)
    {
        if (!value.Contains('\\'))
            return value;
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length)
            {
                text.Append(value[i]);
                continue;
            }
            text.Append(value[++i] is 'n' or 'N' ? '\n' : value[i]);
        }
        return text.ToString();
    }

    public static string Write(string text)
    {
        if (text.AsSpan().IndexOfAny("\\;,\r\n") < 0)
            return text;
        return text.Replace("\\", "\\\\")
            .Replace(";", "\\;")
            .Replace(",", "\\,")
            .Replace("\r\n", "\\n")
            .Replace("\n", "\\n")
            .Replace("\r", "\\n");
    }

    /// <summary>The parts between separators that no backslash stands before, their escapes read.</summary>
    public static IReadOnlyList<string> Parts(string value, char separator)
    {
        var parts = new List<string>();
        var from = 0;
        for (var i = 0; i <= value.Length; i++)
        {
            if (i < value.Length && value[i] == '\\')
            {
                i++;
                continue;
            }
            if (i < value.Length && value[i] != separator)
                continue;
            parts.Add(Read(value[from..Math.Min(i, value.Length)]));
            from = i + 1;
        }
        // A backslash at the very end carries the walk past it.
        if (from <= value.Length && parts.Count == 0 || from < value.Length)
            parts.Add(Read(value[from..]));
        return parts;
    }
}
