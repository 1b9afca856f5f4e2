using System.Text;

namespace Remit.Web;

/// <summary>The two rules by which every line of an iCalendar file (RFC 5545) is written.</summary>
public static class CalendarText
{
    public static string Escape(string text) =>
        text.Replace("\\", "\\\\").Replace(";", "\\;").Replace(",", "\\,").ReplaceLineEndings("\\n");

    /// <summary>The value of a parameter, such as somebody's name.</summary>
    public static string Quoted(string text) => $"\"{string.Concat(text.Where(c => c != '"' && !char.IsControl(c)))}\"";

    /// <summary>At most 75 octets to a line; a letter of more than one octet is not cut in two.</summary>
    public static void Line(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > 75)
            {
                text.Append("\r\n ");
                octets = 1;
            }
            text.Append(rune);
            octets += rune.Utf8SequenceLength;
        }
        text.Append("\r\n");
    }
}
