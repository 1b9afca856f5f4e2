using System.Text;
using Remit.Kernel;

namespace Remit.Web;

/// <summary>
/// A table as somebody brings it, read row by row and never held as a whole: a heading, then rows of texts, all as wide
/// as the widest of the first rows; what stands further right in a later row is left out.
/// </summary>
public sealed class SheetFile
{
    public const int MostColumns = 60,
        MostText = 2000;
    private const int Measured = 1000;

    public IReadOnlyList<string> Head { get; }

    /// <summary>To be gone through once, while the file is open.</summary>
    public IEnumerable<string[]> Rows { get; }

    private SheetFile(IReadOnlyList<string> head, IEnumerable<string[]> rows) => (Head, Rows) = (head, rows);

    /// <summary>Reads XLSX, or text with commas, semicolons or tabs in UTF-8, UTF-16 or Windows-1251.</summary>
    /// <param name="file">A stream that can be read again from its beginning; it stays open.</param>
    /// <exception cref="Refusal">The file is no table, or is wider than can be taken. Rows may refuse too, when they are reached.</exception>
    public static SheetFile Open(Stream file, string name)
    {
        var start = new byte[4];
        file.ReadAtLeast(start, 4, throwOnEndOfStream: false);
        file.Position = 0;
        if (start.AsSpan().StartsWith("PK"u8))
            return Of(WorkbookFile.Read(file, name), name);
        if (start.AsSpan().SequenceEqual((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            throw new Refusal("sheet.old_excel", ("file", name));
        return Of(Csv.Read(Decoded(file)), name);
    }

    /// <summary>The same of what was pasted.</summary>
    public static SheetFile Paste(string text) => Of(Csv.Read(new StringReader(text)), "");

    /// <summary>The same of lines that something else has read.</summary>
    public static SheetFile Of(IEnumerable<string[]> lines, string name)
    {
        var all = lines.Where(l => l.Any(c => c.Length > 0)).Select(Bounded).GetEnumerator();
        var first = new List<string[]>();
        while (first.Count <= Measured && all.MoveNext())
            first.Add(all.Current);
        if (first.Count < 2)
            throw new Refusal("sheet.no_rows", ("file", name));
        var width = first.Max(l => l.Length);
        return new SheetFile(Wide(first[0], width), first.Skip(1).Concat(Rest(all)).Select(l => Wide(l, width)));
    }

    private static IEnumerable<string[]> Rest(IEnumerator<string[]> lines)
    {
        while (lines.MoveNext())
            yield return lines.Current;
    }

    private static string[] Bounded(string[] line) =>
        line.Length > MostColumns
            ? throw new Refusal("sheet.too_wide", ("most", MostColumns))
            : [.. line.Select(c => c.Trim() is var text && text.Length > MostText ? text[..MostText] : text)];

    private static string[] Wide(string[] line, int width) =>
        line.Length == width ? line
        : line.Length > width ? line[..width]
        : [.. line, .. Enumerable.Repeat("", width - line.Length)];

    private static StreamReader Decoded(Stream file)
    {
        var mark = new byte[2];
        file.ReadAtLeast(mark, 2, throwOnEndOfStream: false);
        file.Position = 0;
        if (mark is [0xFF, 0xFE] || IsUtf8(file))
            return new StreamReader(file, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        return new StreamReader(file, Encoding.GetEncoding(1251), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
    }

    private static bool IsUtf8(Stream file)
    {
        var (decoder, bytes) = (new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder(), new byte[1 << 16]);
        try
        {
            for (var n = file.Read(bytes); ; n = file.Read(bytes))
            {
                decoder.GetCharCount(bytes, 0, n, flush: n == 0);
                if (n == 0)
                    return true;
                decoder.GetChars(bytes, 0, n, new char[n + 4], 0, flush: false);
            }
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
        finally
        {
            file.Position = 0;
        }
    }
}

/// <summary>A kind of file that a module knows how to read as a table.</summary>
public interface ISheetFormat
{
    /// <summary>Whether a file that begins so is of this kind.</summary>
    bool Knows(ReadOnlySpan<byte> start);

    /// <exception cref="Refusal">It cannot be read.</exception>
    SheetFile Read(Stream file, string name);
}
