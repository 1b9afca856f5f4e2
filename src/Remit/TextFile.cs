using System.Text;
using System.Text.Unicode;

namespace Remit;

/// <summary>Files as people hand them over: any of the usual encodings, or a Word document.</summary>
public static class TextFile
{
    private const int Largest = 64 << 20;

    public static string Read(string path)
    {
        var bytes = Bytes(path);
        if (bytes.AsSpan().StartsWith("PK\u0003\u0004"u8))
            return WordText.Of(bytes) ?? throw new CannotRun($"{path} is an archive and not a Word document.");
        if (
            bytes.AsSpan().StartsWith("%PDF"u8)
            || bytes.AsSpan().StartsWith("{\\rtf"u8)
            || bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])
        )
            throw new CannotRun($"{path} is neither text nor DOCX: save it as one of these first.");
        return Decode(bytes) ?? throw new CannotRun($"{path} is a binary file: a list of duties is text or DOCX.");
    }

    /// <summary>All of a file, or the reason why not. Read by hand, because a device never ends.</summary>
    public static byte[] Bytes(string path)
    {
        if (Directory.Exists(path))
            throw new CannotRun($"{path} is a folder: name a file.");
        if (!File.Exists(path))
            throw new CannotRun($"There is no file {path}.");
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var all = new MemoryStream();
            var buffer = new byte[1 << 16];
            for (int read; (read = file.Read(buffer)) > 0; all.Write(buffer, 0, read))
                if (all.Length + read > Largest)
                    throw new CannotRun($"{path} is larger than {Largest >> 20} MB.");
            return all.ToArray();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRun($"{path} cannot be read: {e.Message}");
        }
    }

    /// <summary>A byte order mark decides, then strict UTF-8; what is neither is Cyrillic of one byte. Null for no text at all.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            bytes = bytes[3..];
        else if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return Encoding.Unicode.GetString(bytes[2..]);
        else if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        if (Unmarked(bytes) is { } wide)
            return wide.GetString(bytes);
        var odd = 0;
        foreach (var b in bytes)
        {
            if (b == 0)
                return null;
            if (b < 32 && b is not (9 or 10 or 11 or 12 or 13 or 26))
                odd++;
        }
        if (odd * 100 > bytes.Length)
            return null;
        return (Utf8.IsValid(bytes) ? Encoding.UTF8 : Cyrillic(bytes)).GetString(bytes);
    }

    /// <summary>Small letters outnumber all others: where they lie tells Windows-1251, KOI8-R and DOS from one another.</summary>
    public static Encoding Cyrillic(ReadOnlySpan<byte> bytes)
    {
        var (windows, koi, dos) = (0, 0, 0);
        foreach (var b in bytes)
            if (b >= 0xE0)
                windows++;
            else if (b >= 0xC0)
                koi++;
            // Without 0xAB, which is « in Windows: these are signs there that hardly anybody writes.
            else if (b is > 0xA0 and <= 0xAF and not 0xAB)
                dos++;
        return Encoding.GetEncoding(
            koi > windows && koi > dos ? 20866
            : dos > windows ? 866
            : 1251
        );
    }

    /// <summary>UTF-16 without its mark: every other byte is one of the few that stand above Latin and Cyrillic letters.</summary>
    private static UnicodeEncoding? Unmarked(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 8 || bytes.Length % 2 != 0 || bytes.IndexOf((byte)0) < 0)
            return null;
        Span<int> high = [0, 0];
        for (var i = 0; i < bytes.Length; i++)
            if (bytes[i] is 0 or 1 or 2 or 4 or 0x20)
                high[i % 2]++;
        var half = bytes.Length / 2;
        // A space or a line end has its own byte below; so the other half must hold far fewer.
        return high[1] * 10 >= half * 9 && high[0] * 2 < half ? new UnicodeEncoding(bigEndian: false, byteOrderMark: false)
            : high[0] * 10 >= half * 9 && high[1] * 2 < half ? new UnicodeEncoding(bigEndian: true, byteOrderMark: false)
            : null;
    }
}
