using System.Text;
using System.Text.Unicode;

namespace Remit.Modules.Received.Reading;

/// <summary>
/// Which letters the bytes stand for. Programs that write Cyrillic have named every charset but the right one for
/// thirty years, so what is named is held against what is there.
/// </summary>
internal static class LetterCharset
{
    public static string Decode(ReadOnlySpan<byte> bytes, string? named)
    {
        var said = Named(named);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return TextFile.Decode(bytes) ?? Encoding.Latin1.GetString(bytes);
        // Multi-byte charsets other than UTF-8 cannot be mistaken for a neighbour.
        if (said is { IsSingleByte: false, CodePage: not 65001 })
            return said.GetString(bytes);
        if (Utf8.IsValid(bytes))
            return Encoding.UTF8.GetString(bytes);
        return (
            said is null or { CodePage: 65001 or 20127 } || IsWestern(said) && MostlyHigh(bytes) ? TextFile.Cyrillic(bytes) : said
        ).GetString(bytes);
    }

    private static Encoding? Named(string? name)
    {
        try
        {
            return string.IsNullOrWhiteSpace(name)
                ? null
                : Encoding.GetEncoding(
                    name.Trim().Trim('"', '\'') switch
                    {
                        "cp-1251" or "win-1251" or "windows1251" => "windows-1251",
                        "koi8r" => "koi8-r",
                        var n => n,
                    }
                );
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool IsWestern(Encoding said) => said.CodePage is 28591 or 28605 or 1252;

    private static bool MostlyHigh(ReadOnlySpan<byte> bytes)
    {
        var (high, low) = (0, 0);
        foreach (var b in bytes)
            if (b >= 0xC0)
                high++;
            else if (char.IsAsciiLetter((char)b))
                low++;
        return high > low;
    }
}
