using Remit.Kernel;
using Remit.Storage;

namespace Remit.Web;

/// <summary>A number beside an entry of the menu, such as how much is due. Fetched after the page, so that no page waits for it.</summary>
public interface IBadge
{
    /// <summary>Counting further than people read costs and tells nothing.</summary>
    const int Most = 100;
    string Name { get; }
    Task<int> Count(AppDb db, Actor actor, DateOnly today);
}

public static class Badges
{
    public static void MapBadges(this WebApplication app) => app.MapGet("/badges", Counts).Needs(Permission.Home);

    private static async Task<IResult> Counts(AppDb db, Actor actor, Screen screen, IEnumerable<IBadge> badges)
    {
        var counts = new Dictionary<string, int>();
        foreach (var badge in badges)
            counts[badge.Name] = await badge.Count(db, actor, screen.Today);
        return Results.Json(counts);
    }
}
