using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.People;

/// <summary>Who hears of what somebody did not do: the position above theirs, by whoever holds it or stands in on the day.</summary>
public static class Above
{
    /// <summary>The people above a person, never empty in a firm with an owner: up from position to position until one is held by somebody else.</summary>
    public static async Task<IReadOnlyList<Guid>> AboveOf(this AppDb db, Guid? person, DateOnly day)
    {
        var positions = await db.Set<Position>().AsNoTracking().ToDictionaryAsync(p => p.Id);
        var tenures = await db.Set<Tenure>().AsNoTracking().On(day).ToListAsync();
        var active = await db.Set<Person>().AsNoTracking().Where(p => p.Active).Select(p => new { p.Id, p.Role }).ToListAsync();
        // Their own position before one in which they stand in.
        var own = tenures
            .Where(t => t.PersonId == person)
            .OrderBy(t => t.StandIn)
            .ThenBy(t => t.From)
            .Select(t => positions[t.PositionId])
            .ToList();
        foreach (var position in own)
        {
            var seen = new HashSet<Guid> { position.Id };
            // One that is no more leads nowhere, and the owner hears.
            for (var up = position.AboveId; up is { } id && seen.Add(id); up = positions.GetValueOrDefault(id)?.AboveId)
                if (
                    Acting(tenures.Where(t => t.PositionId == id)).Where(p => p != person && active.Any(a => a.Id == p)).ToList() is
                    { Count: > 0 } found
                )
                    return found;
        }
        return
        [
            .. active
                .Where(p => p.Role == Role.Owner && p.Id != person)
                .Select(p => p.Id)
                .DefaultIfEmpty(active.Where(p => p.Role == Role.Owner).Select(p => p.Id).FirstOrDefault())
                .Where(p => p != Guid.Empty),
        ];
    }

    /// <summary>Who stands in for a holder of the same position on this day: the holder is away.</summary>
    public static async Task<Dictionary<Guid, Guid>> StandIns(this AppDb db, DateOnly day)
    {
        var tenures = await db.Set<Tenure>().AsNoTracking().On(day).ToListAsync();
        var standIns = tenures.Where(t => t.StandIn).GroupBy(t => t.PositionId).ToDictionary(g => g.Key, g => g.First().PersonId);
        return tenures
            .Where(t => !t.StandIn && standIns.TryGetValue(t.PositionId, out var other) && other != t.PersonId)
            .GroupBy(t => t.PersonId)
            .ToDictionary(g => g.Key, g => standIns[g.First().PositionId]);
    }

    // While somebody stands in, the holder is away.
    private static IEnumerable<Guid> Acting(IEnumerable<Tenure> tenures) =>
        tenures.GroupBy(t => t.StandIn).OrderByDescending(g => g.Key).FirstOrDefault()?.Select(t => t.PersonId).Distinct() ?? [];
}
