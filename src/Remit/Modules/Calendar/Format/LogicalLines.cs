using System.Text;
using Remit.Kernel;

namespace Remit.Modules.Calendar.Format;

/// <summary>
/// A file's lines with the folds taken out. Folds go before the letters are read: Outlook and Google fold by octets
/// and cut a letter of several octets in two.
/// </summary>
internal sealed class LogicalLines
{
    private readonly string text;
    private readonly List<(int Start, int Line)> starts;

    private LogicalLines(string text, List<(int, int)> starts) => (this.text, this.starts) = (text, starts);

    public int Count => starts.Count;

    public int NumberOf(int index) => starts[index].Line;

    public ReadOnlySpan<char> this[int index]
    {
        get
        {
            var end = index + 1 < starts.Count ? starts[index + 1].Start : text.Length;
            return text.AsSpan(starts[index].Start, end - starts[index].Start).TrimEnd('\n');
        }
    }

    public static LogicalLines Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > TextLimits.Bytes)
            throw new NotReadable(1, new("ics.too_long", ("mb", TextLimits.Bytes >> 20)));
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            bytes = Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(bytes[2..]));
        else if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            bytes = Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(bytes[2..]));
        else if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            bytes = bytes[3..];
        var unfolded = new byte[bytes.Length];
        var numbers = new List<int>();
        var length = Unfold(bytes, unfolded, numbers);
        var text = Letters(unfolded.AsSpan(0, length));
        return new LogicalLines(text, Starts(text, numbers));
    }

    // Ends every logical line with \n; numbers says on which line of the file each begins.
    private static int Unfold(ReadOnlySpan<byte> from, Span<byte> to, List<int> numbers)
    {
        var (length, line) = (0, 0);
        while (from.Length > 0)
        {
            line++;
            var end = from.IndexOfAny((byte)'\n', (byte)'\r');
            var content = end < 0 ? from : from[..end];
            from = end < 0 ? [] : from[(from[end] == '\r' && end + 1 < from.Length && from[end + 1] == '\n' ? end + 2 : end + 1)..];
            if (line > TextLimits.Lines)
                throw new NotReadable(line, new("ics.many_lines", ("n", TextLimits.Lines)));
            if (content.Length > 0 && content[0] is (byte)' ' or (byte)'\t' && length > 0)
            {
                content = content[1..];
                length--;
            }
            else if (content.Length == 0)
                continue;
            else
                numbers.Add(line);
            content.CopyTo(to[length..]);
            length += content.Length;
            // The last line of a file may lack its end, and then there is no room for one.
            if (length < to.Length)
                to[length++] = (byte)'\n';
        }
        return length;
    }

    private static List<(int, int)> Starts(string text, List<int> numbers)
    {
        var starts = new List<(int, int)>(numbers.Count);
        for (int at = 0, i = 0; i < numbers.Count && at < text.Length; i++)
        {
            starts.Add((at, numbers[i]));
            var end = text.IndexOf('\n', at);
            var length = (end < 0 ? text.Length : end) - at;
            if (length > TextLimits.LineCharacters)
                throw new NotReadable(numbers[i], new("ics.long_line", ("n", TextLimits.LineCharacters >> 20)));
            at += length + 1;
        }
        return starts;
    }

    private static string Letters(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return (LooksCyrillic(bytes) ? cyrillic : western).GetString(bytes);
        }
    }

    // In a Cyrillic text the high letters stand side by side; in a Western one they stand alone among plain ones.
    private static bool LooksCyrillic(ReadOnlySpan<byte> bytes)
    {
        var (high, beside) = (0, 0);
        for (var i = 1; i < bytes.Length; i++)
            if (bytes[i] >= 0x80)
            {
                high++;
                if (bytes[i - 1] >= 0x80)
                    beside++;
            }
        return beside * 2 > high;
    }

    private static readonly UTF8Encoding strict = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding cyrillic = CodePagesEncodingProvider.Instance.GetEncoding(1251)!;
    private static readonly Encoding western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
}
