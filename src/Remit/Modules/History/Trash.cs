using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.History.Pages;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.History;

/// <summary>What was deleted in the last days, with its way back. The journal keeps the whole record, so nothing else has to.</summary>
internal static class Trash
{
    private const int Days = 30;
    private const int Shown = 200;

    public static void MapTrash(this WebApplication app)
    {
        app.MapGet("/trash", Show).Needs(Permission.Home);
        app.MapPost("/trash/{change:guid}/restore", Restore).Needs(Permission.Home);
    }

    private static async Task<IResult> Show(AppDb db, Actor actor, TimeProvider clock) =>
        new RazorComponentResult<TrashPage>(new { Gone = await Gone(db, actor, clock) });

    /// <summary>What this person may bring back, the last deletion first.</summary>
    internal static async Task<IReadOnlyList<Deletion>> Gone(AppDb db, Actor actor, TimeProvider clock)
    {
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-Days);
        var lines = await Lying(db, actor).Where(j => j.At >= since).OrderByDescending(j => j.Seq).Take(Shown * 5).ToListAsync();
        return
        [
            .. lines
                .Where(l => HistorySight.MayTouch(l, actor, db))
                .GroupBy(l => l.ChangeId)
                .Take(Shown)
                .Select(g => new Deletion(g.Last(), g.Count())),
        ];
    }

    private static async Task<IResult> Restore(Guid change, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var lines = await Restored(db, change, actor, clock);
        return go.To("trash", db, screen.T["trash.restored", ("title", Titles.Named(lines[0].Record, lines[0].Title, screen.T))]);
    }

    /// <summary>Brings back what went in one save. Saves.</summary>
    internal static async Task<IReadOnlyList<JournalEntry>> Restored(AppDb db, Guid change, Actor actor, TimeProvider clock)
    {
        await db.StartWriting();
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-Days);
        var lines = await Lying(db, actor).Where(j => j.ChangeId == change && j.At >= since).OrderBy(j => j.Seq).ToListAsync();
        if (lines.Count == 0 || !lines.All(l => HistorySight.MayTouch(l, actor, db)))
            throw new NotFound();
        await db.BringBack(lines);
        return lines;
    }

    /// <summary>Deletions of records that have not come back since.</summary>
    private static IQueryable<JournalEntry> Lying(AppDb db, Actor actor) =>
        db
            .Journal.AsNoTracking()
            .SeenBy(actor, db)
            .Where(j => j.Kind == JournalKind.Deleted && !db.Journal.Any(later => later.RecordId == j.RecordId && later.Seq > j.Seq));
}

/// <summary>What went in one save: the record it was about, and how many went together.</summary>
public sealed record Deletion(JournalEntry First, int Count);
