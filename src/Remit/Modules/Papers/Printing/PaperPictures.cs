using System.Buffers.Binary;
using Remit.Kernel;
using Remit.Storage;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Papers.Printing;

/// <summary>A company's stamp and signature for its papers, as PNG; null where there is none.</summary>
public sealed record PaperPictures(byte[]? Stamp, byte[]? Signature)
{
    public const int Largest = 1 << 20;
    private const int MostPixels = 2000;

    /// <summary>Only a PNG of a bounded size: it is drawn, and never anything else.</summary>
    public static void Check(ReadOnlySpan<byte> bytes, string file)
    {
        ReadOnlySpan<byte> mark = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
        Must(
            bytes.Length is > 33 and <= Largest && bytes.StartsWith(mark) && bytes[12..16].SequenceEqual("IHDR"u8),
            "company.picture",
            ("file", file)
        );
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(bytes[16..]), BinaryPrimitives.ReadInt32BigEndian(bytes[20..]));
        Must(
            width is > 0 and <= MostPixels && height is > 0 and <= MostPixels,
            "company.picture_size",
            ("file", file),
            ("most", MostPixels)
        );
    }

    public static async Task<PaperPictures?> Of(OwnCompany company, FileStore store, string firm)
    {
        var pictures = new PaperPictures(await Read(company.Stamp, store, firm), await Read(company.Signature, store, firm));
        return pictures.Stamp is null && pictures.Signature is null ? null : pictures;
    }

    private static async Task<byte[]?> Read(string sha256, FileStore store, string firm) =>
        sha256.Length > 0 && store.Place(firm, sha256) is var place && File.Exists(place) ? await File.ReadAllBytesAsync(place) : null;
}
