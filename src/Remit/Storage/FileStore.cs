using System.Security.Cryptography;

namespace Remit.Storage;

/// <summary>
/// The bytes of attached files, each under its own SHA-256: <c>{data}/files/{firm}/ab/abcdef…</c>. What is stored never
/// changes, so the same file attached twice lies there once, and a copy can be checked against its name.
/// </summary>
public sealed class FileStore(string data)
{
    public string Folder(string firm) => Path.Combine(data, "files", firm);

    public string Place(string firm, string sha256) => Path.Combine(Folder(firm), sha256[..2], sha256);

    /// <summary>Takes a stream in, up to a size; null where it is longer.</summary>
    public async Task<(string Sha256, long Size)?> Take(string firm, Stream from, long most, CancellationToken cancel = default)
    {
        var folder = Folder(firm);
        Directory.CreateDirectory(folder);
        // Written aside and renamed when whole: a name in the store always stands for all its bytes.
        var part = Path.Combine(folder, Guid.NewGuid().ToString("N") + ".part");
        try
        {
            var (sha256, size) = ("", 0L);
            await using (var file = new FileStream(part, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16, useAsync: true))
            {
                using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                var buffer = new byte[1 << 16];
                for (int read; (read = await from.ReadAsync(buffer, cancel)) > 0; size += read)
                {
                    if (size + read > most)
                        return null;
                    hash.AppendData(buffer, 0, read);
                    await file.WriteAsync(buffer.AsMemory(0, read), cancel);
                }
                sha256 = Convert.ToHexStringLower(hash.GetHashAndReset());
                // The record that points here is saved durably; so are the bytes.
                file.Flush(flushToDisk: true);
            }
            var place = Place(firm, sha256);
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            if (!File.Exists(place))
                File.Move(part, place, overwrite: true);
            return (sha256, size);
        }
        finally
        {
            File.Delete(part);
        }
    }

    public FileStream Open(string firm, string sha256) =>
        new(Place(firm, sha256), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: true);

    /// <summary>All that is stored for a firm, by hash; what lies there under another sort of name is not ours.</summary>
    public IEnumerable<string> All(string firm) =>
        !Directory.Exists(Folder(firm))
            ? []
            : Directory.EnumerateFiles(Folder(firm), "*", SearchOption.AllDirectories).Select(f => Path.GetFileName(f)).Where(IsHash);

    public static bool IsHash(string name) => name.Length == 64 && name.All(char.IsAsciiHexDigitLower);

    public void Drop(string firm)
    {
        if (Directory.Exists(Folder(firm)))
            Directory.Delete(Folder(firm), recursive: true);
    }
}
