using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.People;

/// <summary>Positions that a person holds, or stands in for, beyond today. Handing over ends theirs today; the other's begins tomorrow.</summary>
internal sealed class PositionHolding : IHolding
{
    public string Name => "positions";
    public Permission? HandsOver => Permission.PeopleEdit;

    public async Task<IReadOnlyList<Held>> Of(AppDb db, Guid person, DateOnly today)
    {
        var held = await Beyond(db, today)
            .Where(t => t.PersonId == person)
            .Join(db.Set<Position>(), t => t.PositionId, p => p.Id, (t, p) => new { t.Id, p.Name })
            .ToListAsync();
        return [.. held.Select(t => new Held(t.Id, t.Name, "people"))];
    }

    public async Task HandOver(AppDb db, IReadOnlyCollection<Guid> ids, Guid to, DateOnly today)
    {
        var next = await db.Set<Person>().One(to);
        foreach (var tenure in await Beyond(db, today).Where(t => ids.Contains(t.Id)).ToListAsync())
        {
            var position = await db.Set<Position>().One(tenure.PositionId);
            var from = tenure.From > today ? tenure.From : today.AddDays(1);
            // One who holds it already goes on holding it.
            if (!await Beyond(db, today).AnyAsync(t => t.PersonId == to && t.PositionId == position.Id && t.StandIn == tenure.StandIn))
                db.Add(Tenure.Of(position, next, from, tenure.To, tenure.StandIn));
            if (tenure.From > today)
                db.Remove(tenure);
            else
                tenure.End(today);
        }
    }

    private static IQueryable<Tenure> Beyond(AppDb db, DateOnly today) => db.Set<Tenure>().Where(t => t.To == null || t.To > today);
}
