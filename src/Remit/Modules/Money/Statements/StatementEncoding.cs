using System.Text;

namespace Remit.Modules.Money.Statements;

/// <summary>
/// Finds the encoding of a statement from its bytes. The header line «Кодировка» is known to lie (UTF-8 files labelled
/// Windows or DOS), so it only breaks ties.
/// </summary>
public static class StatementEncoding
{
    private static readonly Encoding Windows = Encoding.GetEncoding(1251);
    private static readonly Encoding Dos = Encoding.GetEncoding(866);

    /// <summary>The text and the name of its encoding.</summary>
    public static (string Text, string Name) Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            return (Encoding.UTF8.GetString(bytes[3..]), "utf-8");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return (Encoding.Unicode.GetString(bytes[2..]), "utf-16");
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return (Encoding.BigEndianUnicode.GetString(bytes[2..]), "utf-16");
        if (System.Text.Unicode.Utf8.IsValid(bytes))
            return (Encoding.UTF8.GetString(bytes), "utf-8");

        var windows = Windows.GetString(bytes);
        var dos = Dos.GetString(bytes);
        // One damaged byte must not turn a whole UTF-8 file into noise, so lenient UTF-8 competes too.
        var utf8 = Encoding.UTF8.GetString(bytes);
        var (w, d, u) = (KnownKeys(windows), KnownKeys(dos), KnownKeys(utf8));
        if (u > w && u > d)
            return (utf8, "utf-8");
        return d > w || (w == d && bytes.IndexOf("=DOS"u8) >= 0) ? (Mixed(bytes, Dos), "cp866") : (Mixed(bytes, Windows), "windows-1251");
    }

    // Some programs glue a last line in UTF-8 to a file in an eight-bit code page.
    private static string Mixed(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        var text = new StringBuilder(bytes.Length);
        while (bytes.Length > 0)
        {
            var length = bytes.IndexOf((byte)'\n') is var end and >= 0 ? end + 1 : bytes.Length;
            var line = bytes[..length];
            var foreign = !Ascii.IsValid(line) && System.Text.Unicode.Utf8.IsValid(line) && KnownKeys(Encoding.UTF8.GetString(line)) > 0;
            text.Append((foreign ? Encoding.UTF8 : encoding).GetString(line));
            bytes = bytes[length..];
        }
        return text.ToString();
    }

    private static int KnownKeys(string text)
    {
        var known = 0;
        var keys = StatementKeys.All.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            var at = line.IndexOf('=');
            if (keys.Contains((at < 0 ? line : line[..at]).Trim()))
                known++;
        }
        return known;
    }
}
