using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Meetings.Goals;
using Remit.Modules.Meetings.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Meetings.Cycles;

/// <summary>Plan, organise, motivate, control: a position on one page.</summary>
internal static class CycleEndpoints
{
    public static void MapCycle(this WebApplication app) => app.MapGet("/meetings/cycle", Show).Needs(Permission.MeetingsSee);

    private static async Task<IResult> Show(AppDb db, Actor actor, Screen screen, Guid? position)
    {
        var positions = await Seen(db, actor, screen.Today).OrderBy(p => p.NameKey).ToListAsync();
        if (position is not null && positions.All(p => p.Id != position))
            throw new Web.NotFound();
        // Where something is aimed at there is most to see.
        var goals = await db.Set<Goal>()
            .Where(g => g.State == GoalState.Running && g.PositionId != null)
            .GroupBy(g => g.PositionId!.Value)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count);
        var chosen = positions.FirstOrDefault(p => p.Id == position) ?? positions.MaxBy(p => goals.GetValueOrDefault(p.Id));
        return Page<CyclePage>(new { Positions = positions, Cycle = chosen is null ? null : await Cycle.Of(db, chosen, actor, screen) });
    }

    /// <summary>The positions one holds or stands in on; all of them for those who answer for the team.</summary>
    private static IQueryable<Position> Seen(AppDb db, Actor actor, DateOnly day)
    {
        var positions = db.Set<Position>().AsNoTracking();
        if (actor.Can(Permission.TeamSee))
            return positions;
        var mine = db.PositionsOf(actor.PersonId, day);
        return positions.Where(p => mine.Contains(p.Id));
    }
}
