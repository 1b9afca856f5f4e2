using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Clients;

/// <summary>What others hang on a client.</summary>
internal sealed class ClientRecord : IRecordKind
{
    public const string Of = "client";
    public string Name => Of;
    public Permission See => Permission.ClientsSee;
    public Permission Edit => Permission.ClientsEdit;

    public string Path(Guid id) => $"clients/{id}";

    public Task<Dictionary<Guid, string>> Titles(AppDb db, IReadOnlyCollection<Guid> ids) =>
        db.Set<Client>().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name);
}
