using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>Visits that a person is still to make. The client confirms anew: another one comes.</summary>
internal sealed class VisitHolding(IHttpContextAccessor http) : IHolding
{
    public string Name => "visits";
    public Permission? HandsOver => Permission.VisitsEdit;

    public async Task<IReadOnlyList<Held>> Of(AppDb db, Guid person, DateOnly today)
    {
        var visits = await Ahead(db)
            .AsNoTracking()
            .Where(v => v.ProgrammerId == person)
            .Join(db.Set<Client>(), v => v.ClientId, c => c.Id, (v, c) => new { Visit = v, c.Name })
            .OrderBy(r => r.Visit.StartsAt)
            .ToListAsync();
        return
        [
            .. visits.Select(r => new Held(
                r.Visit.Id,
                $"{r.Visit.StartsAt:yyyy-MM-dd HH:mm} · {r.Name} · {r.Visit.Subject}",
                $"visits/{r.Visit.Id}"
            )),
        ];
    }

    public async Task HandOver(AppDb db, IReadOnlyCollection<Guid> ids, Guid to, DateOnly today)
    {
        await db.StartWriting();
        foreach (var visit in await Ahead(db).Where(v => ids.Contains(v.Id)).ToListAsync())
        {
            var former = visit.ProgrammerId;
            visit.Move(visit.StartsAt, to, today);
            await db.MustBeFree(visit);
            await db.Told(
                visit,
                await db.Set<Client>().One(visit.ClientId),
                "moved",
                new Reach(http.HttpContext?.RequestServices.GetRequiredService<Screen>().Root, former)
            );
        }
    }

    private static IQueryable<Visit> Ahead(AppDb db) =>
        db.Set<Visit>().Where(v => v.State == VisitState.Planned || v.State == VisitState.Confirmed);
}
