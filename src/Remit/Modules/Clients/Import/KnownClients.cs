using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;

namespace Remit.Modules.Clients.Import;

/// <summary>
/// The clients that some rows may be about, fetched in a few queries instead of one for every row: by tax number and name
/// through their indexes, by a contact's e-mail or phone through the contacts.
/// </summary>
internal sealed class KnownClients(AppDb db, string knownBy, bool azerbaijani, bool write)
{
    private const int Batch = 1000;
    private readonly Dictionary<Guid, Client> clients = [];
    private readonly Dictionary<string, Client> byTaxId = [],
        byName = [],
        byContact = [];
    private readonly Dictionary<Guid, List<Contact>> contacts = [];

    public async Task Remember(IReadOnlyList<RowValues> rows)
    {
        if (knownBy is "auto" or "tax_id")
            foreach (var part in Values(rows, r => r.TaxId).Chunk(Batch))
                await Take(All.Where(c => part.Contains(c.TaxId)));
        if (knownBy is "auto" or "client_title")
            foreach (var part in Values(rows, r => r.Name is null ? null : Alphabet.Key(r.Name, azerbaijani)).Chunk(Batch))
                await Take(All.Where(c => part.Contains(c.NameKey)));
        if (knownBy == "email")
            foreach (var part in Values(rows, r => r["email"]).SelectMany(e => new[] { e, e.ToLowerInvariant() }).Distinct().Chunk(Batch))
                await Owners(db.Set<Contact>().Where(c => part.Contains(c.Email)));
        if (knownBy == "phone")
            await ByPhone(rows);
        foreach (var part in clients.Keys.Chunk(Batch))
        foreach (var contact in await db.Set<Contact>().AsNoTracking().Where(c => part.Contains(c.ClientId)).ToListAsync())
            Learn(contact, clients[contact.ClientId]);
    }

    /// <summary>The client a row is about, if it is there or came with a row before.</summary>
    /// <exception cref="Refusal">The row says nothing in the column by which clients are to be known.</exception>
    public Client? Find(RowValues row)
    {
        if (knownBy != "auto" && Key(row) is null)
            throw new Refusal("import.row_no_key", ("field", "field." + knownBy)) { Field = knownBy };
        return knownBy switch
        {
            "tax_id" => byTaxId.GetValueOrDefault(row.TaxId!),
            "email" or "phone" => byContact.GetValueOrDefault(Key(row)!),
            "client_title" => byName.GetValueOrDefault(Key(row)!),
            _ => row.TaxId is { } id && byTaxId.TryGetValue(id, out var client) ? client
            : byName.TryGetValue(Folding.Of(row.Name), out var named) && (row.TaxId is null || named.TaxId.Length == 0) ? named
            : null,
        };
    }

    public void Learn(Client client)
    {
        clients.TryAdd(client.Id, client);
        if (client.TaxId.Length > 0)
            byTaxId.TryAdd(client.TaxId, client);
        byName.TryAdd(Folding.Of(client.Name), client);
    }

    public void Learn(Contact contact, Client client)
    {
        (contacts.TryGetValue(client.Id, out var list) ? list : contacts[client.Id] = []).Add(contact);
        if (knownBy == "email" && contact.Email.Length > 0)
            byContact.TryAdd(contact.Email.ToLowerInvariant(), client);
        if (knownBy == "phone" && Digits(contact.Phone) is { } digits)
            byContact.TryAdd(digits, client);
    }

    /// <summary>Whether somebody is at the client whom the row means: of this name, or where it says none, of this address or number.</summary>
    public bool HasContact(Client client, RowValues row) =>
        contacts.TryGetValue(client.Id, out var there)
        && there.Any(c =>
            row["contact_name"] is { } name ? Folding.Of(c.Name) == Folding.Of(name)
            : row["email"] is { } email ? c.Email.Equals(email, StringComparison.OrdinalIgnoreCase)
            : Digits(c.Phone) == Digits(row["phone"])
        );

    private IQueryable<Client> All =>
        (write ? db.Set<Client>().AsTracking() : db.Set<Client>().AsNoTracking()).Where(c => c.MergedInto == null);

    private string? Key(RowValues row) =>
        knownBy switch
        {
            "tax_id" => row.TaxId,
            "email" => row["email"]?.ToLowerInvariant(),
            "phone" => Digits(row["phone"]),
            _ => row.Name is { } name ? Folding.Of(name) : null,
        };

    // Numbers stand in a hundred spellings, which no index knows: their keys alone are looked through.
    private async Task ByPhone(IReadOnlyList<RowValues> rows)
    {
        var meant = Values(rows, r => Digits(r["phone"])).ToHashSet();
        var owners = new HashSet<Guid>();
        await foreach (
            var contact in db.Set<Contact>().Where(c => c.Phone != "").Select(c => new { c.ClientId, c.Phone }).AsAsyncEnumerable()
        )
            if (Digits(contact.Phone) is { } digits && meant.Contains(digits))
                owners.Add(contact.ClientId);
        foreach (var part in owners.Chunk(Batch))
            await Take(All.Where(c => part.Contains(c.Id)));
    }

    private Task Owners(IQueryable<Contact> theirs) => Take(All.Where(c => theirs.Any(t => t.ClientId == c.Id)));

    private async Task Take(IQueryable<Client> found)
    {
        foreach (var client in await found.OrderBy(c => c.Id).ToListAsync())
            if (!clients.ContainsKey(client.Id))
                Learn(client);
    }

    private static IEnumerable<string> Values(IReadOnlyList<RowValues> rows, Func<RowValues, string?> value) =>
        rows.Select(value).OfType<string>().Distinct();

    /// <summary>A number as it is dialled, without the 8 or 00 before it; shorter ones tell nobody apart.</summary>
    private static string? Digits(string? phone)
    {
        var digits = new string([.. (phone ?? "").Where(char.IsAsciiDigit)]).TrimStart('0');
        return digits.Length < 7 ? null
            : digits.Length > 10 ? digits[^10..]
            : digits;
    }
}

/// <summary>One row, read by the fields of its columns; an empty cell says nothing.</summary>
internal readonly record struct RowValues(string[] Row, string[] Fields)
{
    public string? this[string field] =>
        Array.IndexOf(Fields, field) is >= 0 and var at && at < Row.Length && Row[at].Length > 0 ? Row[at] : null;
    public string? Name => this["client_title"];
    public string? TaxId => this["tax_id"]?.Replace(" ", "");
}
