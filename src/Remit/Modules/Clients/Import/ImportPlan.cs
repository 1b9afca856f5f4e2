using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;

namespace Remit.Modules.Clients.Import;

public enum ImportKind { New, Update, Same, Wrong }

/// <summary>What would become of one row: a new client, an update, nothing, or why it cannot be taken.</summary>
public sealed record ImportRow(int Index, ImportKind Kind, string Name, Refusal? Refusal);

/// <summary>
/// Goes through a table row by row with the rules that the client's own page has. Called to look, it changes nothing;
/// called to do, what it adds and changes waits in the database's context for one save.
/// </summary>
public sealed class ImportPlan
{
    private readonly Dictionary<string, Client> byTaxId = [], byName = [];
    private readonly Dictionary<Guid, List<Contact>> contacts = [];
    private Dictionary<string, Guid> managers = [];
    private string country = "", language = "";

    public IReadOnlyList<ImportRow> Rows { get; private set; } = [];
    public int Count(ImportKind kind) => Rows.Count(r => r.Kind == kind);

    /// <param name="write">Whether the context is to save what comes out.</param>
    public static async Task<ImportPlan> Of(ClientImport import, AppDb db, string country, string language, DateTime now, bool write)
    {
        var plan = new ImportPlan { country = country, language = language };
        var (sheet, fields) = (import.Sheet, import.FieldOf);
        await plan.Remember(db, sheet.Rows, fields, write);
        plan.Rows = [.. sheet.Rows.Select((row, index) => plan.Take(index, row, fields, import.Updates, db, now, write))];
        return plan;
    }

    // One look at what is there, instead of one for every row.
    private async Task Remember(AppDb db, IReadOnlyList<string[]> rows, string[] fields, bool write)
    {
        var all = (write ? db.Set<Client>().AsTracking() : db.Set<Client>().AsNoTracking()).Where(c => c.MergedInto == null);
        var (taxAt, nameAt) = (Array.IndexOf(fields, "tax_id"), Array.IndexOf(fields, "client_title"));
        var ids = new HashSet<Guid>();
        if (taxAt >= 0)
            foreach (var part in rows.Select(r => r[taxAt].Replace(" ", "")).Where(t => t.Length > 0).Distinct().Chunk(5000))
                foreach (var client in await all.Where(c => part.Contains(c.TaxId)).ToListAsync()) { byTaxId.TryAdd(client.TaxId, client); ids.Add(client.Id); }
        // Names are compared folded, which the database cannot do: their keys are fetched alone.
        var names = (await db.Set<Client>().Where(c => c.MergedInto == null).Select(c => new { c.Id, c.Name }).ToListAsync()).ToLookup(c => Folding.Of(c.Name), c => c.Id);
        var meant = rows.Select(r => names[Folding.Of(r[nameAt])].FirstOrDefault()).Where(id => id != default && !ids.Contains(id)).Distinct();
        foreach (var part in meant.Chunk(5000))
            foreach (var client in await all.Where(c => part.Contains(c.Id)).ToListAsync()) ids.Add(client.Id);
        foreach (var client in write ? db.ChangeTracker.Entries<Client>().Select(e => e.Entity) : await ByIds(all, ids)) byName.TryAdd(Folding.Of(client.Name), client);
        foreach (var part in ids.Chunk(5000))
            foreach (var contact in await db.Set<Contact>().AsNoTracking().Where(c => part.Contains(c.ClientId)).ToListAsync())
                (contacts.TryGetValue(contact.ClientId, out var list) ? list : contacts[contact.ClientId] = []).Add(contact);
        managers = (await db.Set<Person>().Where(p => p.Active).ToListAsync()).SelectMany(p => new[] { (Folding.Of(p.Name), p.Id), (p.Email, p.Id) }).DistinctBy(p => p.Item1).ToDictionary(p => p.Item1, p => p.Id);
    }

    private static async Task<List<Client>> ByIds(IQueryable<Client> all, HashSet<Guid> ids)
    {
        var found = new List<Client>();
        foreach (var part in ids.Chunk(5000)) found.AddRange(await all.Where(c => part.Contains(c.Id)).ToListAsync());
        return found;
    }

    private ImportRow Take(int index, string[] row, string[] fields, bool updates, AppDb db, DateTime now, bool write)
    {
        string? Value(string field) => Array.IndexOf(fields, field) is >= 0 and var at && row[at].Length > 0 ? row[at] : null;
        var name = Value("client_title") ?? "";
        try
        {
            var known = Known(Value("tax_id")?.Replace(" ", ""), name);
            if (known is not null && !updates) return new(index, ImportKind.Same, name, null);
            // Tried on a copy first: a row that is refused half-way must leave the client as it was.
            Fill(known?.Copy() ?? Blank(name, now), Value);
            var before = known?.Copy();
            var client = known ?? Blank(name, now);
            Fill(client, Value);
            var contact = NewContact(client, Value);
            if (write && known is null) db.Add(client);
            if (write && contact is not null) db.Add(contact);
            if (contact is not null) (contacts.TryGetValue(client.Id, out var list) ? list : contacts[client.Id] = []).Add(contact);
            if (client.TaxId.Length > 0) byTaxId.TryAdd(client.TaxId, client);
            byName.TryAdd(Folding.Of(client.Name), client);
            return new(index, known is null ? ImportKind.New : contact is null && client.SameAs(before!) ? ImportKind.Same : ImportKind.Update, name, null);
        }
        catch (Refusal refusal)
        {
            return new(index, ImportKind.Wrong, name, refusal);
        }
    }

    private Client? Known(string? taxId, string name) =>
        taxId is not null && byTaxId.TryGetValue(taxId, out var client) ? client
        : byName.TryGetValue(Folding.Of(name), out var named) && (taxId is null || named.TaxId.Length == 0) ? named : null;

    private Client Blank(string name, DateTime now)
    {
        var client = Client.New(name, country, now);
        client.Describe(language, "", keyAccount: false, "", owner: null);
        return client;
    }

    private void Fill(Client client, Func<string, string?> value)
    {
        if (value("client_title") is { } name) client.Rename(name);
        client.Register(CountryOf(value("country")) ?? client.Country, value("tax_id") ?? client.TaxId, value("kpp") ?? client.Kpp, value("legal_address") ?? client.Address);
        client.PayFrom(value("account") ?? client.BankAccount, value("bic") ?? client.Bic);
        client.Describe(LanguageOf(value("lang")) ?? client.Language, value("segment") ?? client.Segment,
            value("key_account") is { } key ? Yes(key) : client.KeyAccount, value("route") ?? client.Route, ManagerOf(value("manager")) ?? client.OwnerId);
    }

    private Contact? NewContact(Client client, Func<string, string?> value)
    {
        var (name, phone, email) = (value("contact_name"), value("phone"), value("email"));
        if (name is null && phone is null && email is null) return null;
        var called = name ?? email ?? phone!;
        if (contacts.TryGetValue(client.Id, out var there) && there.Any(c => Folding.Of(c.Name) == Folding.Of(called))) return null;
        return Contact.At(client, called, value("post"), phone, email, false);
    }

    private static string? CountryOf(string? text) => text is null ? null
        : Countries.All.FirstOrDefault(c => c.Code.Equals(text, StringComparison.OrdinalIgnoreCase))?.Code
        ?? Countries.All.FirstOrDefault(c => Web.Texts.Languages.Any(l => Folding.Of(new Web.T(l)["country." + c.Code]) == Folding.Of(text)))?.Code
        ?? throw new Refusal("import.country", ("text", text)) { Field = "country" };

    private static string? LanguageOf(string? text) => text is null ? null
        : Web.Texts.Languages.FirstOrDefault(l => l.Equals(text, StringComparison.OrdinalIgnoreCase) || Web.Texts.Languages.Any(o => Folding.Of(new Web.T(o)["lang." + l]) == Folding.Of(text)))
        ?? throw new Refusal("import.language", ("text", text)) { Field = "lang" };

    private Guid? ManagerOf(string? text) => text is null ? null
        : managers.TryGetValue(Folding.Of(text), out var id) ? id : throw new Refusal("import.manager", ("text", text)) { Field = "manager" };

    private static bool Yes(string text) => Folding.Of(text) is "1" or "+" or "x" or "yes" or "true" or "да" or "истина" or "bəli";
}
