using System.Text;

namespace Remit.Modules.Calendar.Format;

/// <summary>The encoding that vCard 2.1 and vCalendar 1.0 use for letters and line breaks: <c>=D0=9F</c>.</summary>
internal static class QuotedPrintable
{
    /// <summary>The text, with line breaks written as today's formats write them: <c>\n</c>.</summary>
    public static string Read(ReadOnlySpan<char> encoded, string? charset)
    {
        var bytes = new List<byte>(encoded.Length);
        for (var i = 0; i < encoded.Length; i++)
        {
            if (
                encoded[i] == '='
                && i + 2 < encoded.Length
                && Hex(encoded[i + 1]) is >= 0 and var high
                && Hex(encoded[i + 2]) is >= 0 and var low
            )
            {
                bytes.Add((byte)(high * 16 + low));
                i += 2;
            }
            // A lone = is what a line broken inside the text leaves behind.
            else if (encoded[i] == '=')
                continue;
            else if (encoded[i] < 0x80)
                bytes.Add((byte)encoded[i]);
            else
            {
                var pair = char.IsHighSurrogate(encoded[i]) && i + 1 < encoded.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(encoded.Slice(i, pair).ToString()));
                i += pair - 1;
            }
        }
        var text = Named(charset).GetString([.. bytes]);
        return text.Replace("\r\n", "\\n").Replace("\n", "\\n").Replace("\r", "\\n");
    }

    private static int Hex(char c) =>
        c switch
        {
            >= '0' and <= '9' => c - '0',
            >= 'A' and <= 'F' => c - 'A' + 10,
            >= 'a' and <= 'f' => c - 'a' + 10,
            _ => -1,
        };

    private static Encoding Named(string? charset)
    {
        if (charset is null)
            return Encoding.UTF8;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }
}
