namespace Remit.Modules.Clients;

/// <summary>Named questions to the list of clients; they compose.</summary>
public static class ClientQueries
{
    public const int PageSize = 50;

    /// <summary>Every word typed stands somewhere in the name, tax number or address.</summary>
    public static IQueryable<Client> Saying(this IQueryable<Client> clients, string? words)
    {
        foreach (var word in (words ?? "").ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(6))
            clients = clients.Where(c => c.Folded.Contains(word));
        return clients;
    }

    /// <summary>The next page by name; the key tells two of the same name apart.</summary>
    public static IQueryable<Client> After(this IQueryable<Client> clients, string? name, Guid? id)
    {
        if (name is not null && id is { } last)
            clients = clients.Where(c => string.Compare(c.Name, name) > 0 || (c.Name == name && c.Id.CompareTo(last) > 0));
        return clients.OrderBy(c => c.Name).ThenBy(c => c.Id).Take(PageSize + 1);
    }

    /// <summary>Others that look like the same client: the same tax number, or the same name whatever its case.</summary>
    public static IQueryable<Client> LookingLike(this IQueryable<Client> clients, Client client)
    {
        var (id, taxId, length, folded) = (client.Id, client.TaxId, client.Name.Length, client.Name.ToLowerInvariant() + " ");
        // The folded text begins with the name; the length tells «Meridian» from «Meridian Plus».
        return clients.Where(c => c.Id != id && ((taxId != "" && c.TaxId == taxId) || (c.Name.Length == length && c.Folded.StartsWith(folded))));
    }
}
