using System.Collections.Frozen;
using System.Text;

namespace Remit.Modules.Calendar.Format;

/// <summary>One logical line taken apart.</summary>
internal static class LineParser
{
    /// <summary>Null with the text key of the reason where the line is no property.</summary>
    public static ContentLine? Parse(ReadOnlySpan<char> line, int at, out string broken)
    {
        broken = "";
        var name = NameAt(line);
        string? group = null;
        if (name > 0 && name < line.Length && line[name] == '.')
        {
            group = line[..name].ToString();
            line = line[(name + 1)..];
            name = NameAt(line);
        }
        if (name == 0 || name == line.Length || line[name] is not (':' or ';'))
        {
            broken = "ics.no_property";
            return null;
        }
        var rest = line[name..];
        List<Parameter>? parameters = null;
        while (rest.Length > 0 && rest[0] == ';')
        {
            rest = rest[1..];
            if (rest.Length > 0 && rest[0] is ';' or ':')
                continue;
            if (ReadParameter(ref rest) is not { } parameter)
            {
                broken = "ics.parameter_open";
                return null;
            }
            (parameters ??= []).Add(parameter);
            if (parameters.Count > TextLimits.Parameters)
            {
                broken = "ics.many_parameters";
                return null;
            }
        }
        if (rest.Length == 0 || rest[0] != ':')
        {
            broken = "ics.no_value";
            return null;
        }
        return new ContentLine(group, Known(line[..name]), parameters ?? (IReadOnlyList<Parameter>)[], rest[1..].ToString(), at);
    }

    /// <summary>Whether a quoted-printable value is broken off and continues on the next line.</summary>
    public static bool GoesOn(ContentLine line) =>
        line.Value.EndsWith('=') && IsQuotedPrintable(line) && line.Value.Length < TextLimits.LineCharacters;

    /// <summary>The same line with its quoted-printable value read and no encoding named.</summary>
    public static ContentLine Decode(ContentLine line)
    {
        if (line.Parameters.Count == 0 || !IsQuotedPrintable(line))
            return line;
        var kept = line.Parameters.Where(p =>
            !Same(p.Name, "ENCODING") && !Same(p.Name, "CHARSET") && !(p.Values.Count == 0 && Same(p.Name, Encoded))
        );
        return new ContentLine(line.Group, line.Name, [.. kept], QuotedPrintable.Read(line.Value, line.Of("CHARSET")), line.At);
    }

    private const string Encoded = "QUOTED-PRINTABLE";

    private static bool IsQuotedPrintable(ContentLine line)
    {
        foreach (var p in line.Parameters)
            if (Same(p.Name, "ENCODING") ? p.Values.Count > 0 && Same(p.Values[0], Encoded) : p.Values.Count == 0 && Same(p.Name, Encoded))
                return true;
        return false;
    }

    private static int NameAt(ReadOnlySpan<char> text)
    {
        var n = 0;
        while (n < text.Length && (char.IsAsciiLetterOrDigit(text[n]) || text[n] is '-' or '_'))
            n++;
        return n;
    }

    private static Parameter? ReadParameter(ref ReadOnlySpan<char> rest)
    {
        var n = rest.IndexOfAny("=;:\"");
        if (n <= 0 || rest[n] == '"' || rest[..n].Trim().IsEmpty)
            return null;
        var name = Known(rest[..n].Trim());
        if (rest[n] != '=')
        {
            rest = rest[n..];
            return new Parameter(name, []);
        }
        rest = rest[(n + 1)..];
        var values = new List<string>(1);
        while (true)
        {
            if (Value(ref rest) is not { } value)
                return null;
            values.Add(value);
            if (rest.Length == 0 || rest[0] != ',')
                return new Parameter(name, values);
            rest = rest[1..];
        }
    }

    private static string? Value(ref ReadOnlySpan<char> rest)
    {
        var value = "";
        while (rest.Length > 0 && rest[0] == '"')
        {
            var close = rest[1..].IndexOf('"');
            if (close < 0)
                return null;
            value += rest.Slice(1, close).ToString();
            rest = rest[(close + 2)..];
            // Text after a closing quote is no one's rule and many a program's habit: it belongs to the value.
            var more = rest.IndexOfAny(",;:\"");
            if (more < 0)
                return null;
            value += rest[..more].ToString();
            rest = rest[more..];
            if (value.Length > TextLimits.LineCharacters)
                return null;
        }
        if (value.Length > 0)
            return Unsign(value);
        var end = rest.IndexOfAny(",;:");
        if (end < 0)
            return null;
        value = rest[..end].ToString();
        rest = rest[end..];
        return Unsign(value);
    }

    // RFC 6868: ^n is a line break, ^' a quote, ^^ the sign itself; any other stays.
    private static string Unsign(string value)
    {
        if (!value.Contains('^'))
            return value;
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var next = value[i] == '^' && i + 1 < value.Length ? value[i + 1] : '\0';
            if (next is 'n' or '^' or '\'')
            {
                text.Append(
                    next == 'n' ? '\n'
                    : next == '\'' ? '"'
                    : '^'
                );
                i++;
            }
            else
                text.Append(value[i]);
        }
        return text.ToString();
    }

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);

    // The names that stand on nearly every line are kept once.
    private static string Known(ReadOnlySpan<char> name) => known.TryGetValue(name, out var same) ? same : name.ToString();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> known = (
        (string[])
            [
                "BEGIN",
                "END",
                "VERSION",
                "PRODID",
                "UID",
                "DTSTAMP",
                "DTSTART",
                "DTEND",
                "DURATION",
                "SUMMARY",
                "DESCRIPTION",
                "LOCATION",
                "STATUS",
                "CLASS",
                "RRULE",
                "RDATE",
                "EXDATE",
                "RECURRENCE-ID",
                "CREATED",
                "LAST-MODIFIED",
                "SEQUENCE",
                "TRANSP",
                "ATTENDEE",
                "ORGANIZER",
                "CATEGORIES",
                "TRIGGER",
                "ACTION",
                "TZID",
                "TZOFFSETFROM",
                "TZOFFSETTO",
                "TZNAME",
                "VALUE",
                "CN",
                "PARTSTAT",
                "ROLE",
                "RSVP",
                "CUTYPE",
                "TYPE",
                "type",
                "N",
                "FN",
                "ORG",
                "TITLE",
                "TEL",
                "EMAIL",
                "ADR",
                "URL",
                "NOTE",
                "REV",
                "CALSCALE",
                "METHOD",
                "X-WR-CALNAME",
                "X-WR-TIMEZONE",
                "PRIORITY",
                "DUE",
                "COMPLETED",
            ]
    )
        .ToFrozenSet(StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();
}
