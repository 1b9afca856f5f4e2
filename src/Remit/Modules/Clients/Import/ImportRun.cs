using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Clients.Import;

/// <summary>Names the import a job goes on with.</summary>
public sealed record ImportJob(Guid Import)
{
    public const string Kind = "clients.import";

    public Job Job() => Storage.Job.Of(Kind, this);
}

/// <summary>
/// Takes an import part by part, and takes it back the same way. Each part is one save, in which the part says that it is
/// behind: a node that dies between two leaves nothing half, and whoever goes on begins with the next.
/// </summary>
public sealed class ImportRun(TimeProvider clock) : IJobHandler
{
    // Well below what a job may take; what is left then is another job.
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(90);

    // From here on the search index and the counts of tables are put in order at once.
    private const int Many = 5_000;

    public string Kind => ImportJob.Kind;

    public async Task Run(JobWork work)
    {
        var (db, id, since) = (work.Db, work.Job.Read<ImportJob>().Import, clock.GetTimestamp());
        var maker = await db.Set<ClientImport>().Where(i => i.Id == id).Select(i => i.MadeBy).SingleAsync(work.Cancel);
        var person = await db.Set<Person>().AsNoTracking().One(maker);
        db.Actor = new Actor(person.Id, person.Name, person.Role);
        while (await Step(db, id, work.Firm, person.Language, work.Today, work.Now))
        {
            work.Cancel.ThrowIfCancellationRequested();
            if (clock.GetElapsedTime(since) < longest)
                continue;
            db.Later(new ImportJob(id).Job());
            return;
        }
        db.Actor = Actor.Remit;
        if (await db.Set<ClientImport>().AnyAsync(i => i.Id == id && i.Total >= Many))
            db.Later(CountNow.Job());
        db.Tell(maker, "notice.import_ready", $"clients/import/{id}");
    }

    /// <summary>One part further; whether there is more to do.</summary>
    public static async Task<bool> Step(AppDb db, Guid id, Firm firm, string language, DateOnly today, DateTime now)
    {
        db.ChangeTracker.Clear();
        await db.StartWriting();
        var import = await db.Set<ClientImport>().SingleAsync(i => i.Id == id);
        if (import.State == ImportState.Running)
            await Take(db, import, firm, new T(language), now);
        else if (import.State == ImportState.Reverting)
            await TakeBack(db, import, new T(language), today);
        else
            await db.SaveChangesAsync();
        return import.Moving;
    }

    private static async Task Take(AppDb db, ClientImport import, Firm firm, T t, DateTime now)
    {
        var part = await db.Set<ImportPart>().SingleAsync(p => p.ImportId == import.Id && p.Number == import.At);
        var rows = part.Table;
        var plan = await ImportPlan.Of(import, rows, db, firm, now, write: true);
        var changes = plan.Count(ImportKind.New) + plan.Count(ImportKind.Update) > 0;
        // The change is named before it is made, so that the part can say in the same save which one it was.
        db.NextChange = changes ? Guid.CreateVersion7() : null;
        part.Took(
            db.NextChange,
            [.. plan.Rows.Where(r => r.Kind == ImportKind.Wrong).Select(r => (string[])[t.Of(r.Refusal!), .. rows[r.Index]])]
        );
        import.Took(plan);
        await db.SaveChangesAsync();
    }

    private static async Task TakeBack(AppDb db, ClientImport import, T t, DateOnly today)
    {
        var part = await db.Set<ImportPart>().SingleAsync(p => p.ImportId == import.Id && p.Number == import.Parts - 1 - import.At);
        try
        {
            if (import.At == 0)
                await db.MustBeLast(
                    await db.Set<ImportPart>()
                        .Where(p => p.ImportId == import.Id && p.ChangeId != null)
                        .Select(p => p.ChangeId!.Value)
                        .ToListAsync()
                );
            var change = part.ChangeId;
            part.TookBack();
            import.TookBack();
            // A part may have been taken back from the history already.
            if (change is { } made && !await db.Journal.AnyAsync(j => j.Undoes == made))
                await db.UndoChange(made, today);
            else
                await db.SaveChangesAsync();
        }
        catch (Refusal refusal)
        {
            db.ChangeTracker.Clear();
            var kept = await db.Set<ClientImport>().SingleAsync(i => i.Id == import.Id);
            kept.StopBack(t.Of(refusal));
            import.StopBack("");
            await db.SaveChangesAsync();
        }
    }
}
