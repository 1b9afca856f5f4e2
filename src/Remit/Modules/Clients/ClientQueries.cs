using Remit.Kernel;

namespace Remit.Modules.Clients;

/// <summary>Named questions to the list of clients; they compose.</summary>
public static class ClientQueries
{
    /// <summary>Those that are served: neither merged into another nor archived.</summary>
    public static IQueryable<Client> Served(this IQueryable<Client> clients) =>
        clients.Where(c => c.MergedInto == null && c.ArchivedOn == null);

    /// <summary>Others that look like the same client: the same tax number, or the same name whatever its case.</summary>
    public static IQueryable<Client> LookingLike(this IQueryable<Client> clients, Client client)
    {
        // The folded text begins with the name; the length tells «Meridian» from «Meridian Plus». Compared as a range, which the index serves.
        var (id, taxId, length, from) = (client.Id, client.TaxId, client.Name.Length, Folding.Of(client.Name) + " ");
        var to = from[..^1] + "!";
        return clients
            .Where(c => c.Id != id && c.MergedInto == null && taxId != "" && c.TaxId == taxId)
            .Concat(
                clients.Where(c =>
                    c.Id != id
                    && c.MergedInto == null
                    && c.Name.Length == length
                    && string.Compare(c.Folded, from) >= 0
                    && string.Compare(c.Folded, to) < 0
                )
            );
    }
}
