using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;

namespace Remit.Modules.Clients.Import;

public enum ImportKind
{
    New,
    Update,
    Same,
    Wrong,
}

/// <summary>What would become of one row: a new client, an update, nothing, or why it cannot be taken.</summary>
public sealed record ImportRow(int Index, ImportKind Kind, string Name, Refusal? Refusal);

/// <summary>
/// Goes through rows one by one with the rules that the client's own page has. Called to look, it changes nothing; called
/// to do, what it adds and changes waits in the database's context for one save.
/// </summary>
public sealed class ImportPlan
{
    private readonly AppDb db;
    private readonly ClientImport import;
    private readonly ImportWords words;
    private readonly KnownClients known;
    private readonly DateTime now;
    private readonly bool write;

    public IReadOnlyList<ImportRow> Rows { get; private set; } = [];

    public int Count(ImportKind kind) => Rows.Count(r => r.Kind == kind);

    /// <param name="write">Whether the context is to save what comes out.</param>
    internal static async Task<ImportPlan> Of(
        ClientImport import,
        IReadOnlyList<string[]> rows,
        AppDb db,
        Web.Firm firm,
        DateTime now,
        bool write
    )
    {
        var plan = new ImportPlan(import, db, await ImportWords.Of(db, firm), now, write);
        var values = rows.Select(r => new RowValues(r, plan.fields)).ToList();
        await plan.known.Remember(values);
        plan.Rows = [.. values.Select(plan.Take)];
        return plan;
    }

    private readonly string[] fields;

    private ImportPlan(ClientImport import, AppDb db, ImportWords words, DateTime now, bool write)
    {
        (this.import, this.db, this.words, this.now, this.write, fields) = (import, db, words, now, write, import.FieldOf);
        known = new KnownClients(db, import.KnownBy, words.Country == "AZ", write);
    }

    private ImportRow Take(RowValues row, int index)
    {
        var name = row.Name ?? "";
        try
        {
            var there = known.Find(row);
            if (there is null ? !import.Creates : !import.Updates)
                return new(index, ImportKind.Same, name, null);
            return new(index, there is null ? Make(row) : Update(there, row), name, null);
        }
        catch (Refusal refusal)
        {
            return new(index, ImportKind.Wrong, name, refusal);
        }
    }

    private ImportKind Make(RowValues row)
    {
        var client = Client.New(row.Name, words.Country, now);
        client.Describe(words.Language, "", keyAccount: false, "", owner: null);
        Fill(client, row);
        var contact = NewContact(client, row);
        if (write)
            db.Add(client);
        known.Learn(client);
        Keep(contact, client);
        return ImportKind.New;
    }

    private ImportKind Update(Client client, RowValues row)
    {
        // Tried on a copy first: a row that is refused half-way must leave the client as it was.
        var before = client.Copy();
        Fill(client.Copy(), row);
        var contact = NewContact(client, row);
        Fill(client, row);
        known.Learn(client);
        Keep(contact, client);
        return contact is null && client.SameAs(before) ? ImportKind.Same : ImportKind.Update;
    }

    private void Keep(Contact? contact, Client client)
    {
        if (contact is null)
            return;
        if (write)
            db.Add(contact);
        known.Learn(contact, client);
    }

    private void Fill(Client client, RowValues row)
    {
        if (row.Name is { } name)
            client.Rename(name);
        client.Register(
            words.CountryOf(row["country"]) ?? client.Country,
            row["tax_id"] ?? client.TaxId,
            row["kpp"] ?? client.Kpp,
            row["legal_address"] ?? client.Address
        );
        client.PayFrom(row["account"] ?? client.BankAccount, row["bic"] ?? client.Bic);
        client.Describe(
            words.LanguageOf(row["lang"]) ?? client.Language,
            row["segment"] ?? client.Segment,
            row["key_account"] is { } key ? ImportWords.Yes(key) : client.KeyAccount,
            row["route"] ?? client.Route,
            words.ManagerOf(row["manager"]) ?? client.OwnerId
        );
    }

    private Contact? NewContact(Client client, RowValues row)
    {
        var (name, phone, email) = (row["contact_name"], row["phone"], row["email"]);
        var called = name ?? email ?? phone;
        return called is null || known.HasContact(client, row) ? null : Contact.At(client, called, row["post"], phone, email, false);
    }
}

/// <summary>How the words of a table's cells are understood: countries, languages and people by their names.</summary>
internal sealed class ImportWords
{
    private static readonly Lazy<Dictionary<string, string>> countries = new(() => Named(Countries.All.Select(c => c.Code), "country."));
    private static readonly Lazy<Dictionary<string, string>> languages = new(() => Named(Web.Texts.Languages, "lang."));
    private Dictionary<string, Guid> managers = [];

    /// <summary>What a client is given whose row says nothing of it.</summary>
    public required string Country { get; init; }
    public required string Language { get; init; }

    public static async Task<ImportWords> Of(AppDb db, Web.Firm firm) =>
        new()
        {
            Country = firm.Country,
            Language = firm.Language,
            managers = (await db.Set<Person>().AsNoTracking().Where(p => p.Active).ToListAsync())
                .SelectMany(p => new[] { (Folding.Of(p.Name), p.Id), (Folding.Of(p.Email), p.Id) })
                .DistinctBy(p => p.Item1)
                .ToDictionary(p => p.Item1, p => p.Id),
        };

    public string? CountryOf(string? text) => Read(countries.Value, text, "import.country", "country");

    public string? LanguageOf(string? text) => Read(languages.Value, text, "import.language", "lang");

    public Guid? ManagerOf(string? text) =>
        text is null ? null
        : managers.TryGetValue(Folding.Of(text), out var id) ? id
        : throw new Refusal("import.manager", ("text", text)) { Field = "manager" };

    public static bool Yes(string text) => Folding.Of(text) is "1" or "+" or "x" or "yes" or "true" or "да" or "истина" or "bəli";

    private static string? Read(Dictionary<string, string> named, string? text, string refusal, string field) =>
        text is null ? null
        : named.TryGetValue(Folding.Of(text), out var code) ? code
        : throw new Refusal(refusal, ("text", text)) { Field = field };

    private static Dictionary<string, string> Named(IEnumerable<string> codes, string key)
    {
        var named = new Dictionary<string, string>();
        foreach (var code in codes)
        {
            named.TryAdd(Folding.Of(code), code);
            foreach (var language in Web.Texts.Languages)
                named.TryAdd(Folding.Of(new Web.T(language)[key + code]), code);
        }
        return named;
    }
}
