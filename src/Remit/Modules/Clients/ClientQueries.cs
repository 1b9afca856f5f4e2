using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;

namespace Remit.Modules.Clients;

/// <summary>Named questions to the list of clients; they compose.</summary>
public static class ClientQueries
{
    /// <summary>Those that are served: neither merged into another nor archived.</summary>
    public static IQueryable<Client> Served(this IQueryable<Client> clients) =>
        clients.Where(c => c.MergedInto == null && c.ArchivedOn == null);

    private static readonly Func<AppDb, Guid, string, int, string, string, Task<Client?>> alike = EF.CompileAsyncQuery(
        (AppDb db, Guid id, string taxId, int length, string from, string to) =>
            db.Set<Client>()
                .AsNoTracking()
                .Where(c => c.Id != id && c.MergedInto == null && taxId != "" && c.TaxId == taxId)
                .Concat(
                    db.Set<Client>()
                        .AsNoTracking()
                        .Where(c =>
                            c.Id != id
                            && c.MergedInto == null
                            && c.Name.Length == length
                            && string.Compare(c.Folded, from) >= 0
                            && string.Compare(c.Folded, to) < 0
                        )
                )
                .FirstOrDefault()
    );

    /// <summary>Another that looks like the same client: the same tax number, or the same name whatever its case.</summary>
    public static Task<Client?> LookingLike(this AppDb db, Client client)
    {
        // The folded text begins with the name; the length tells «Meridian» from «Meridian Plus». Compared as a range, which the index serves.
        var from = Folding.Of(client.Name) + " ";
        return alike(db, client.Id, client.TaxId, client.Name.Length, from, from[..^1] + "!");
    }
}
