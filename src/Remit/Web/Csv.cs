using System.Text;

namespace Remit.Web;

/// <summary>
/// RFC 4180, and what spreadsheets make of it: the sign between fields is the one the first line has most of, a line may
/// end in either way, a quote inside an unquoted field is a letter. Every text has a reading.
/// </summary>
public static class Csv
{
    private static readonly char[] separators = [';', ',', '\t', '|'];

    public static IEnumerable<string[]> Read(string text)
    {
        var between = Separator(text);
        var line = new List<string>();
        var field = new StringBuilder();
        var (quoted, begun) = (false, false);
        for (var at = 0; at < text.Length; at++)
        {
            var c = text[at];
            if (quoted && c == '"' && at + 1 < text.Length && text[at + 1] == '"') { field.Append('"'); at++; }
            else if (quoted && c == '"') quoted = false;
            else if (quoted) field.Append(c);
            else if (c == '"' && !begun) quoted = begun = true;
            else if (c == between) { line.Add(field.ToString()); field.Clear(); begun = false; }
            else if (c is '\n' or '\r')
            {
                if (c == '\r' && at + 1 < text.Length && text[at + 1] == '\n') at++;
                line.Add(field.ToString());
                yield return [.. line];
                line.Clear();
                field.Clear();
                begun = false;
            }
            else { field.Append(c); begun = true; }
        }
        if (field.Length > 0 || begun || line.Count > 0) yield return [.. line, field.ToString()];
    }

    private static char Separator(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var first = end < 0 ? text : text[..end];
        var best = separators.MaxBy(s => Unquoted(first, s));
        return Unquoted(first, best) > 0 ? best : separators.MaxBy(s => first.Count(c => c == s));
    }

    private static int Unquoted(string line, char sign)
    {
        var (count, quoted) = (0, false);
        foreach (var c in line)
            if (c == '"') quoted = !quoted;
            else if (c == sign && !quoted) count++;
        return count;
    }
}
