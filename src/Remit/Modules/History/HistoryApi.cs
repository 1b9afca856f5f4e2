using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.History;

/// <summary>What happened to a record, taking a change back, and the trash, for other programs.</summary>
public static class HistoryApi
{
    public static void MapHistoryApi(this RouteGroupBuilder api)
    {
        api.MapGet("/changes", Changes)
            .Needs(Permission.History)
            .WithSummary("What happened to a record, the newest first; also to one that was deleted");
        api.MapPost("/changes/{id:guid}/undo", Undo)
            .Needs(Permission.Home)
            .WithSummary("Take back a change, named by the Remit-Change of the answer that made it");
        api.MapGet("/trash", Lying)
            .Needs(Permission.Home)
            .WithSummary("What was deleted in the last thirty days and can be brought back, the last first");
        api.MapPost("/trash/{change:guid}/restore", Restore)
            .Needs(Permission.Home)
            .WithSummary("Bring back what went in one change, as it was");
    }

    private static async Task<IReadOnlyList<ChangeJson>> Changes(Guid record, AppDb db, Actor actor)
    {
        var lines = await HistoryModule.Lines(db, record, actor);
        var undone = await HistoryModule.Undone(db, lines);
        return
        [
            .. lines.Select(l => new ChangeJson(
                l.ChangeId,
                l.At,
                l.ActorId,
                l.ActorName,
                l.Kind,
                l.Title,
                l.Undoes,
                undone.Contains(l.ChangeId)
            )),
        ];
    }

    private static async Task<TitlesJson> Undo(Guid id, AppDb db, Actor actor, Screen screen) =>
        TitlesJson.Of(await HistoryModule.Undone(db, id, actor, screen.Today));

    private static async Task<IReadOnlyList<DeletionJson>> Lying(AppDb db, Actor actor, TimeProvider clock) =>
        [.. (await Trash.Gone(db, actor, clock)).Select(DeletionJson.Of)];

    private static async Task<TitlesJson> Restore(Guid change, AppDb db, Actor actor, TimeProvider clock) =>
        TitlesJson.Of(await Trash.Restored(db, change, actor, clock));
}

/// <summary>What one save did to the record.</summary>
/// <param name="Undoes">The change it took back, where it did.</param>
/// <param name="Undone">It was taken back.</param>
public sealed record ChangeJson(
    Guid Change,
    DateTime At,
    Guid? Person,
    string By,
    JournalKind Kind,
    string Title,
    Guid? Undoes,
    bool Undone
);

/// <summary>The records that are as they were before.</summary>
public sealed record TitlesJson(IReadOnlyList<string> Titles)
{
    public static TitlesJson Of(IEnumerable<JournalEntry> lines) => new([.. lines.Select(l => l.Title)]);
}

/// <summary>What went in one save.</summary>
/// <param name="Kind">What it was, such as client or contact.</param>
/// <param name="Records">How many went together.</param>
public sealed record DeletionJson(Guid Change, string Kind, Guid Id, string Title, int Records, DateTime At, string By)
{
    internal static DeletionJson Of(Deletion gone) =>
        new(
            gone.First.ChangeId,
            Titles.Snake(gone.First.Record),
            gone.First.RecordId,
            gone.First.Title,
            gone.Count,
            gone.First.At,
            gone.First.ActorName
        );
}
