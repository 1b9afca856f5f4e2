using Microsoft.EntityFrameworkCore;
using Remit.Modules.Dispatch;
using Remit.Storage;

namespace Remit.Modules.Papers.Contracts;

/// <summary>Tells dispatch which class of service a client's contracts agree.</summary>
internal sealed class ContractService : IAgreedService
{
    public IQueryable<AgreedClass> On(AppDb db, DateOnly day) =>
        db.Set<Contract>()
            .AsNoTracking()
            .InForce(day)
            .Where(c => c.ServiceClassId != null)
            .Select(c => new AgreedClass
            {
                ClientId = c.ClientId,
                ClassId = c.ServiceClassId!.Value,
                PaperId = c.Id,
            });

    public async Task<(string Title, string Path)> Paper(AppDb db, Guid id) =>
        ((await db.Set<Contract>().AsNoTracking().SingleAsync(c => c.Id == id)).Title, $"contracts/{id}");
}
