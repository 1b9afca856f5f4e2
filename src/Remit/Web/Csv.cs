using System.Text;

namespace Remit.Web;

/// <summary>
/// RFC 4180, and what spreadsheets make of it: the sign between fields is the one the first line has most of, a line may
/// end in either way, a quote inside an unquoted field is a letter. Every text has a reading.
/// </summary>
public static class Csv
{
    private const int LongestHead = 1 << 20;
    private static readonly char[] separators = [';', ',', '\t', '|'];

    public static IEnumerable<string[]> Read(string text) => Read(new StringReader(text));

    /// <summary>Line by line, holding no more than one.</summary>
    public static IEnumerable<string[]> Read(TextReader text)
    {
        var (first, between) = Beginning(text);
        var line = new List<string>();
        var field = new StringBuilder();
        var (quoted, begun, at) = (false, false, 0);
        int Next() => at < first.Length ? first[at++] : text.Read();
        int Ahead() => at < first.Length ? first[at] : text.Peek();
        while (Next() is >= 0 and var read)
        {
            var c = (char)read;
            if (quoted && c == '"' && Ahead() == '"')
            {
                field.Append('"');
                Next();
            }
            else if (quoted && c == '"')
                quoted = false;
            else if (quoted)
                field.Append(c);
            else if (c == '"' && !begun)
                quoted = begun = true;
            else if (c == between)
            {
                line.Add(field.ToString());
                field.Clear();
                begun = false;
            }
            else if (c is '\n' or '\r')
            {
                if (c == '\r' && Ahead() == '\n')
                    Next();
                line.Add(field.ToString());
                yield return [.. line];
                line.Clear();
                field.Clear();
                begun = false;
            }
            else
            {
                field.Append(c);
                begun = true;
            }
        }
        if (field.Length > 0 || begun || line.Count > 0)
            yield return [.. line, field.ToString()];
    }

    /// <summary>What was read to find the sign between fields: the first line, its end included.</summary>
    private static (string Read, char Between) Beginning(TextReader text)
    {
        var read = new StringBuilder();
        while (read.Length < LongestHead && text.Read() is >= 0 and var c)
        {
            read.Append((char)c);
            if (c is '\n' or '\r')
                break;
        }
        var first = read.ToString().TrimEnd('\r', '\n');
        var best = separators.MaxBy(s => Unquoted(first, s));
        return (read.ToString(), Unquoted(first, best) > 0 ? best : separators.MaxBy(s => first.Count(c => c == s)));
    }

    private static int Unquoted(string line, char sign)
    {
        var (count, quoted) = (0, false);
        foreach (var c in line)
            if (c == '"')
                quoted = !quoted;
            else if (c == sign && !quoted)
                count++;
        return count;
    }
}
