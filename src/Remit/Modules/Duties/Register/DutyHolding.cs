using Microsoft.EntityFrameworkCore;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Duties;

/// <summary>Duties come with a position and go with it; shown, so that whoever takes over sees what they take.</summary>
internal sealed class DutyHolding : IHolding
{
    public string Name => "duties";

    public async Task<IReadOnlyList<Held>> Of(AppDb db, Guid person, DateOnly today)
    {
        var positions = db.Set<Tenure>().Where(t => t.PersonId == person && (t.To == null || t.To > today)).Select(t => t.PositionId);
        var duties = await db.Set<Duty>().AsNoTracking().Where(d => !d.Retired && positions.Contains(d.PositionId)).ToListAsync();
        return [.. duties.OrderBy(d => d.NumberKey, StringComparer.Ordinal).Select(d => new Held(d.Id, d.Title))];
    }
}
