using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Modules.People;
using Remit.Storage;

namespace Remit.Modules.Work;

/// <summary>
/// Who holds which duties by which norms, and which months are closed, read once: for a save that states many facts
/// (a bank statement, an import), where asking for each would cost more than the work itself.
/// </summary>
public sealed class LedgerBook
{
    private readonly ILookup<Guid, Tenure> tenures;
    private readonly ILookup<Guid, Duty> duties;
    private readonly ILookup<Guid, DutyNorm> norms;
    private readonly HashSet<int> closed;

    private LedgerBook(IEnumerable<Tenure> tenures, IEnumerable<Duty> duties, IEnumerable<DutyNorm> norms, IEnumerable<int> closed)
    {
        this.tenures = tenures.ToLookup(t => t.PersonId);
        this.duties = duties.ToLookup(d => d.PositionId);
        this.norms = norms.OrderBy(n => n.From).ThenBy(n => n.Id).ToLookup(n => n.DutyId);
        this.closed = [.. closed];
    }

    public static async Task<LedgerBook> Open(AppDb db) =>
        new(
            await db.Set<Tenure>().AsNoTracking().ToListAsync(),
            await db.Set<Duty>().AsNoTracking().Where(d => !d.Retired).ToListAsync(),
            await db.Set<DutyNorm>().AsNoTracking().ToListAsync(),
            await db.Set<ClosedMonth>().Select(m => m.Index).ToListAsync()
        );

    /// <summary>The duties of the positions a person holds, or stands in for, on a day.</summary>
    public IEnumerable<Duty> DutiesOf(Guid person, DateOnly on) =>
        tenures[person]
            .Where(t => t.From <= on && (t.To is null || t.To >= on))
            .Select(t => t.PositionId)
            .Distinct()
            .SelectMany(p => duties[p]);

    public DutyNorm? Norm(Guid duty, DateOnly on) => norms[duty].LastOrDefault(n => n.From <= on);

    public bool IsClosed(Month month) => closed.Contains(month.Index);

    public Month FirstOpen(Month month)
    {
        while (closed.Contains(month.Index))
            month = month.Next;
        return month;
    }
}
