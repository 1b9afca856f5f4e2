using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.History;

/// <summary>Taking a change back, for other programs.</summary>
public static class HistoryApi
{
    public static void MapHistoryApi(this RouteGroupBuilder api) =>
        api.MapPost("/changes/{id:guid}/undo", Undo)
            .Needs(Permission.Home)
            .WithSummary("Take back a change, named by the Remit-Change of the answer that made it");

    private static async Task<UndoneJson> Undo(Guid id, AppDb db, Actor actor, Screen screen)
    {
        var lines = await HistoryModule.Undone(db, id, actor, screen.Today);
        return new([.. lines.Select(l => l.Title)]);
    }
}

/// <summary>The records that are as they were before.</summary>
public sealed record UndoneJson(IReadOnlyList<string> Titles);
