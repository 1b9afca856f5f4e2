using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Pay;

/// <summary>Pay statements not yet seen. They are the person's own, so nobody else can take them; they do not keep anyone from leaving.</summary>
internal sealed class StatementHolding : IHolding
{
    public string Name => "statements";

    public async Task<IReadOnlyList<Held>> Of(AppDb db, Guid person, DateOnly today) =>
        [
            .. (
                await db.Set<PayStatement>()
                    .AsNoTracking()
                    .Where(s => s.PersonId == person && s.State == StatementState.Draft)
                    .OrderBy(s => s.MonthIndex)
                    .ToListAsync()
            ).Select(s => new Held(s.Id, s.Title, $"pay/{person}/{Month.FromIndex(s.MonthIndex)}")),
        ];
}
