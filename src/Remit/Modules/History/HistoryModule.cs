using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.History.Pages;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.History;

/// <summary>The journal as people read it, and taking changes back.</summary>
public static class HistoryModule
{
    private const int Page = 200;

    public static void MapHistory(this WebApplication app)
    {
        app.MapList(HistoryList.List);
        app.MapGet("/history/changes/{change:guid}", OfChange).Needs(Permission.History);
        app.MapGet("/history/{record:guid}", OfRecord).Needs(Permission.History);
        app.MapPost("/history/{change:guid}/undo", Undo).Needs(Permission.Home);
        app.MapPost("/history/{seq:long}/restore", Restore).Needs(Permission.History);
        app.MapTrash();
    }

    private static async Task<IResult> OfChange(Guid change, AppDb db, Actor actor, Screen screen)
    {
        var lines = await db
            .Journal.AsNoTracking()
            .SeenBy(actor, db)
            .Where(j => j.ChangeId == change)
            .OrderBy(j => j.Seq)
            .Take(Page)
            .ToListAsync();
        return await Said(lines, ofChange: true, db, actor, screen);
    }

    private static async Task<IResult> OfRecord(Guid record, AppDb db, Actor actor, Screen screen) =>
        await Said(await Lines(db, record, actor), ofChange: false, db, actor, screen);

    /// <summary>What happened to a record, the newest first, as far as this person sees it.</summary>
    internal static async Task<List<JournalEntry>> Lines(AppDb db, Guid record, Actor actor)
    {
        var lines = await db
            .Journal.AsNoTracking()
            .SeenBy(actor, db)
            .Where(j => j.RecordId == record)
            .OrderByDescending(j => j.Seq)
            .Take(Page)
            .ToListAsync();
        return lines.Count > 0 ? lines : throw new NotFound();
    }

    /// <summary>Which of these changes were taken back.</summary>
    internal static async Task<HashSet<Guid>> Undone(AppDb db, IEnumerable<JournalEntry> lines)
    {
        var changes = lines.Select(l => l.ChangeId).ToList();
        return await db
            .Journal.Where(j => j.Undoes != null && changes.Contains(j.Undoes.Value))
            .Select(j => j.Undoes!.Value)
            .ToHashSetAsync();
    }

    private static async Task<IResult> Said(List<JournalEntry> lines, bool ofChange, AppDb db, Actor actor, Screen screen)
    {
        if (lines.Count == 0)
            throw new NotFound();
        var said = await HistorySaid.Of(db, screen, actor, lines);
        var undone = await Undone(db, lines);
        return new RazorComponentResult<RecordHistoryPage>(
            new
            {
                Lines = lines
                    .Select(l => new HistoryLine(
                        l,
                        said.Values(l, actor),
                        HistorySight.MayTouch(l, actor, db),
                        undone.Contains(l.ChangeId)
                    ))
                    .ToList(),
                OfChange = ofChange,
            }
        );
    }

    private static async Task<IResult> Undo(Guid change, Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var lines = await Undone(db, change, actor, screen.Today);
        var title =
            lines.Count == 1 ? Titles.Named(lines[0].Record, lines[0].Title, screen.T) : screen.T["history.lines", ("n", lines.Count)];
        return go.To(Standing(Back(form.Text("to")), lines), db, screen.T["undo.done", ("title", title)]);
    }

    /// <summary>Takes a change back, where this person sees all of it and may touch all of it.</summary>
    internal static async Task<List<JournalEntry>> Undone(AppDb db, Guid change, Actor actor, DateOnly today)
    {
        var lines = await db.Journal.AsNoTracking().SeenBy(actor, db).Where(j => j.ChangeId == change).ToListAsync();
        Must(lines.Count > 0, "undo.unknown");
        var all = await db.Journal.CountAsync(j => j.ChangeId == change);
        if (all != lines.Count || !lines.All(l => HistorySight.MayTouch(l, actor, db)))
            throw new NotFound();
        if (!actor.Can(Permission.History) && lines[0].ActorId != actor.PersonId)
            throw new NotFound();
        await db.UndoChange(change, today);
        return lines;
    }

    // The page of a record that the undo took away is gone with it: one goes to the list it stood in.
    private static string Standing(string to, List<JournalEntry> lines) =>
        lines.Any(l => l.Kind == JournalKind.Created && to.Contains(l.RecordId.ToString(), StringComparison.Ordinal))
            ? to.Split('/')[0]
            : to;

    private static async Task<IResult> Restore(long seq, Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var line = await db.Journal.AsNoTracking().SeenBy(actor, db).SingleOrDefaultAsync(j => j.Seq == seq) ?? throw new NotFound();
        var property = form.Must("property");
        if (!HistorySight.MayTouch(line, actor, db) || !HistorySight.Seen(line, actor).Any(v => v.Key == property))
            throw new NotFound();
        Must(line.Kind == JournalKind.Updated, "undo.unknown");
        await db.Restore(line, property);
        return go.To(
            $"history/{line.RecordId}",
            db,
            screen.T["history.restored", ("title", Titles.Named(line.Record, line.Title, screen.T))]
        );
    }

    /// <summary>Only a page of this firm: a relative path, no other host.</summary>
    private static string Back(string? to) => to is null || to.Contains(':') || to.StartsWith('/') || to.Contains('\\') ? "" : to;
}

/// <summary>One line with the values that may be seen.</summary>
public sealed record HistoryLine(JournalEntry Line, IReadOnlyList<HistoryValue> Values, bool MayTouch, bool Undone);

/// <param name="Name">The property by which it is restored.</param>
/// <param name="Label">What the reader calls it.</param>
public sealed record HistoryValue(string Name, string Label, string? Before, string? After);
