using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Files;

/// <summary>Files at records: put there, looked at, taken away. Who may see the record may see its files.</summary>
public static class FilesModule
{
    public const long Largest = 25 << 20;
    private const int MostAtOnce = 20,
        MostAtRecord = 500;

    public static void MapFiles(this WebApplication app)
    {
        app.MapPost("/files", Add).Needs(Permission.Home);
        app.MapGet("/files/{id:guid}", Open).Needs(Permission.Home);
        app.MapPost("/files/{id:guid}/remove", Remove).Needs(Permission.Home);
    }

    private static async Task<IResult> Add(
        Form form,
        AppDb db,
        Actor actor,
        Screen screen,
        FileStore store,
        RecordKinds kinds,
        TimeProvider clock,
        Go go
    )
    {
        var record = form.Id("record_id") ?? throw new NotFound();
        var (kind, _) = await kinds.One(db, actor, form.Text("record_kind"), record);
        MustEdit(actor, kind);
        var now = clock.GetUtcNow().UtcDateTime;
        var files = form.Files.Where(f => f.Length > 0).ToList();
        Must(files.Count > 0, "file.none");
        Must(files.Count <= MostAtOnce, "file.many", ("most", MostAtOnce));
        Must(
            await db.Set<Attachment>().CountAsync(a => a.RecordKind == kind.Name && a.RecordId == record) + files.Count <= MostAtRecord,
            "file.record_full",
            ("most", MostAtRecord)
        );
        var taken = new List<Attachment>();
        foreach (var file in files)
        {
            var name = Attachment.Plain(file.FileName);
            await using var bytes = file.OpenReadStream();
            var type = FileType.Of(bytes);
            var (sha256, size) =
                await store.Take(screen.Slug!, bytes, Largest)
                ?? throw new Refusal("file.too_big", ("name", name), ("most", Largest >> 20));
            taken.Add(Attachment.At(kind.Name, record, name, type, size, sha256, actor.PersonId, now));
        }
        // A phone that lost the answer sends them again.
        if (!await db.FirstTime(form.Id("op"), now))
            return go.To(form.Back(kind.Path(record)));
        db.AddRange(taken);
        await db.SaveChangesAsync();
        return go.To(form.Back(kind.Path(record)), db, screen.T["file.added", ("n", files.Count)]);
    }

    private static async Task<IResult> Open(
        Guid id,
        AppDb db,
        Actor actor,
        Screen screen,
        FileStore store,
        RecordKinds kinds,
        HttpContext http
    )
    {
        var file = await Seen(id, db, actor, kinds);
        if (!File.Exists(store.Place(screen.Slug!, file.Sha256)))
            throw new Refusal("file.lost", ("name", file.Name));
        // Whatever it is, it may run nothing here; the bytes of a hash never change.
        http.Response.Headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; img-src 'self' data:; frame-ancestors 'none'";
        http.Response.Headers.CacheControl = "private, no-cache";
        http.Response.Headers.ETag = $"\"{file.Sha256}\"";
        var disposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue(
            FileType.IsInline(file.Type) && kinds.Find(file.RecordKind) is not { FromStrangers: true } ? "inline" : "attachment"
        );
        disposition.SetHttpFileName(file.Name);
        http.Response.Headers.ContentDisposition = disposition.ToString();
        return Results.Stream(store.Open(screen.Slug!, file.Sha256), file.Type, enableRangeProcessing: true);
    }

    private static async Task<IResult> Remove(Guid id, AppDb db, Actor actor, Screen screen, RecordKinds kinds, Go go)
    {
        var file = await Seen(id, db, actor, kinds);
        var kind = kinds.Find(file.RecordKind)!;
        MustEdit(actor, kind);
        // Only the record goes; the bytes stay, so that undo and history can bring it back.
        db.Remove(file);
        await db.SaveChangesAsync();
        return go.To(kind.Path(file.RecordId), db, screen.T["file.removed", ("name", file.Name)]);
    }

    private static async Task<Attachment> Seen(Guid id, AppDb db, Actor actor, RecordKinds kinds)
    {
        var file = await db.Set<Attachment>().One(id);
        await kinds.One(db, actor, file.RecordKind, file.RecordId);
        return file;
    }

    private static void MustEdit(Actor actor, IRecordKind kind)
    {
        if (!actor.Can(kind.Edit))
            throw new NotFound();
    }
}
