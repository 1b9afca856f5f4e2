using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Files;

/// <summary>A file at a record, as other modules may know it.</summary>
public sealed record FileLine(Guid RecordId, Guid Id, string Name, string Type, long Size);

/// <summary>What other modules may do with files: put one at a record, name them, show them.</summary>
public sealed class FileDoor(RecordFiles files, FileStore store)
{
    /// <summary>The bytes go to the store now, the record with the caller's save.</summary>
    /// <exception cref="Kernel.Refusal">The file is larger than is taken, or an archive made to burst.</exception>
    public Task<FileLine> Put(AppDb db, string firm, (string Kind, Guid Id) record, string name, byte[] bytes, DateTime now) =>
        Put(db, store, firm, record, name, bytes, now);

    /// <summary>The same where a firm is made up and nobody asks.</summary>
    public static async Task<FileLine> Put(
        AppDb db,
        FileStore store,
        string firm,
        (string Kind, Guid Id) record,
        string name,
        byte[] bytes,
        DateTime now
    )
    {
        using var stream = new MemoryStream(bytes, writable: false);
        var type = FileType.Of(stream);
        var (sha256, size) =
            await store.Take(firm, stream, FilesModule.Largest)
            ?? throw new Kernel.Refusal("file.too_big", ("name", name), ("most", FilesModule.Largest >> 20));
        var file = Attachment.At(record.Kind, record.Id, name, type, size, sha256, db.Actor.PersonId, now);
        db.Add(file);
        return new FileLine(record.Id, file.Id, file.Name, file.Type, file.Size);
    }

    public static async Task<ILookup<Guid, FileLine>> Of(AppDb db, string kind, IReadOnlyCollection<Guid> records) =>
        (
            records.Count == 0
                ? []
                : await db.Set<Attachment>()
                    .AsNoTracking()
                    .Where(a => a.RecordKind == kind && records.Contains(a.RecordId))
                    .OrderBy(a => a.Id)
                    .Select(a => new FileLine(a.RecordId, a.Id, a.Name, a.Type, a.Size))
                    .ToListAsync()
        ).ToLookup(f => f.RecordId);

    /// <summary>The files of a record as a part of its page, to look at only.</summary>
    public Task<RenderFragment?> Box(string kind, Guid record, AppDb db, Screen screen) => files.For(kind, record, db, screen, only: true);
}
