using System.IO.Compression;
using System.Text;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Files;

/// <summary>What a file is, told by its bytes. A name is only a claim: «photo.png» may be a page with a script in it.</summary>
public static class FileType
{
    public const string Unknown = "application/octet-stream";
    private const int MostEntries = 10_000,
        MostRatio = 200;
    private const long MostUnpacked = 1L << 30;

    /// <summary>What a browser may show in place; everything else is handed over to be saved.</summary>
    private static readonly HashSet<string> inline = ["image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"];

    private static readonly (string Part, string Type)[] office =
    [
        ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ];

    public static bool IsInline(string type) => inline.Contains(type);

    public static bool IsImage(string type) => type.StartsWith("image/", StringComparison.Ordinal) && IsInline(type);

    /// <summary>The type of a stream that can be read again from its beginning.</summary>
    public static string Of(Stream file)
    {
        var head = new byte[4096];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return Of(head.AsSpan(0, length)) switch
        {
            "application/zip" => OfZip(file),
            var type => type,
        };
    }

    internal static string Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((byte[])[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
            return "image/png";
        if (head.StartsWith((byte[])[0xFF, 0xD8, 0xFF]))
            return "image/jpeg";
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8))
            return "image/gif";
        if (head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8))
            return "image/webp";
        if (head.StartsWith("%PDF-"u8))
            return "application/pdf";
        if (head.StartsWith("PK\x03\x04"u8) || head.StartsWith("PK\x05\x06"u8))
            return "application/zip";
        if (head.StartsWith((byte[])[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
            return "application/x-ole-storage";
        return IsText(head) ? "text/plain" : Unknown;
    }

    // Only the list of contents is read, never the contents; its claims are bounded all the same, because whoever
    // opens the file next will believe them.
    private static string OfZip(Stream file)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            Must(zip.Entries.Count <= MostEntries, "file.zip_entries", ("most", MostEntries));
            var (packed, unpacked) = (zip.Entries.Sum(e => e.CompressedLength), zip.Entries.Sum(e => e.Length));
            Must(unpacked <= MostUnpacked && unpacked <= Math.Max(1, packed) * MostRatio, "file.zip_bomb");
            if (zip.GetEntry("[Content_Types].xml") is null)
                return "application/zip";
            return office.FirstOrDefault(o => zip.Entries.Any(e => e.FullName.StartsWith(o.Part, StringComparison.Ordinal))).Type
                ?? "application/zip";
        }
        catch (InvalidDataException)
        {
            return Unknown;
        }
        catch (OverflowException)
        {
            throw new Refusal("file.zip_bomb");
        }
        finally
        {
            file.Position = 0;
        }
    }

    private static bool IsText(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty || head.ContainsAnyInRange((byte)0, (byte)8) || head.ContainsAnyInRange((byte)14, (byte)31))
            return false;
        // The last letter may be cut by the end of what was read.
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        try
        {
            decoder.GetCharCount(head, flush: false);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
