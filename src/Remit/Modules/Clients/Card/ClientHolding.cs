using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Clients;

/// <summary>The clients a person answers for.</summary>
internal sealed class ClientHolding : IHolding
{
    public string Name => "clients";
    public Permission? HandsOver => Permission.ClientsEdit;

    public async Task<IReadOnlyList<Held>> Of(AppDb db, Guid person, DateOnly today) =>
        [
            .. (
                await db.Set<Client>()
                    .AsNoTracking()
                    .Where(c => c.OwnerId == person)
                    .OrderBy(c => c.NameKey)
                    .Select(c => new { c.Id, c.Name })
                    .ToListAsync()
            ).Select(c => new Held(c.Id, c.Name, $"clients/{c.Id}")),
        ];

    public async Task HandOver(AppDb db, IReadOnlyCollection<Guid> ids, Guid to, DateOnly today)
    {
        foreach (var client in await db.Set<Client>().Where(c => ids.Contains(c.Id)).ToListAsync())
            client.GoTo(to);
    }
}
