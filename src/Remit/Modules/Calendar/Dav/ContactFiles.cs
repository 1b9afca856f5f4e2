using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>Clients' contacts as files.</summary>
internal static class ContactFiles
{
    public sealed record Row(Contact Contact, string Client, int ClientVersion, ContactCard? Card)
    {
        public string Path => Card?.Path ?? $"{Contact.Id:N}.vcf";
        public string Etag => $"\"{Contact.Id:N}-{Contact.Version}-{ClientVersion}-{Card?.Version ?? 0}\"";
        public string Text => CardText.Write(Contact, Client, Card?.Text);
    }

    public static FileResource File(DavRequest r, Row row) => new(r.Paths.OfCard(row.Path), row.Etag, row.Text, R + "address-data", "text/vcard; charset=utf-8");

    public static async Task<List<Row>> All(DavRequest r, IReadOnlyCollection<Guid>? only = null)
    {
        var contacts = r.Db.Set<Contact>().AsNoTracking();
        if (only is not null) contacts = contacts.Where(c => only.Contains(c.Id));
        var rows = await contacts.Join(r.Db.Set<Client>(), c => c.ClientId, c => c.Id, (contact, client) => new { contact, client.Name, client.Version }).ToListAsync();
        var cards = await r.Db.Set<ContactCard>().AsNoTracking().Where(c => only == null || only.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        return [.. rows.Select(x => new Row(x.contact, x.Name, x.Version, cards.GetValueOrDefault(x.contact.Id)))];
    }

    /// <summary>The contacts of these addresses: each by the name a phone gave it, or by its key.</summary>
    public static async Task<List<Row>> Named(DavRequest r, IReadOnlyCollection<string> names)
    {
        var rows = new List<Row>();
        foreach (var some in names.Chunk(500))
        {
            var ids = await r.Db.Set<ContactCard>().Where(c => some.Contains(c.Path)).Select(c => c.Id).ToListAsync();
            ids.AddRange(some.Select(KeyIn).OfType<Guid>());
            // A contact that a phone gave a name has no other address beside it.
            rows.AddRange((await All(r, ids.Distinct().ToList())).Where(row => some.Contains(row.Path)));
        }
        return rows;
    }

    public static async Task<Row?> One(DavRequest r) => (await Named(r, [r.File])).SingleOrDefault();

    private static Guid? KeyIn(string name) => name.EndsWith(".vcf", StringComparison.Ordinal) && Guid.TryParseExact(name[..^4], "N", out var key) ? key : null;

    public static async Task<IResult> Get(DavRequest r)
    {
        if (!r.Actor.Can(Permission.ClientsSee)) throw new DavError(404);
        var row = await One(r) ?? throw new DavError(404);
        r.Http.Response.Headers.ETag = row.Etag;
        return Results.Text(row.Text, "text/vcard", System.Text.Encoding.UTF8);
    }

    public static async Task<IResult> Put(DavRequest r)
    {
        if (!r.Actor.Can(Permission.ClientsEdit)) throw new DavError(403, D + "need-privileges");
        if (r.File.Length is 0 or > 250) throw new DavError(400);
        var bytes = await Bytes(r.Http.Request, CalendarItem.MostBytes);
        var (card, text) = (CardText.Read(bytes), System.Text.Encoding.UTF8.GetString(bytes));
        await r.Db.StartWriting();
        var row = await One(r);
        r.MustMatch(row?.Etag);
        var client = await ClientOf(r, card, row);
        var contact = row is null ? Contact.At(client, CardText.NameOf(card), null, null, null, false) : await r.Db.Set<Contact>().SingleAsync(c => c.Id == row.Contact.Id);
        contact.Describe(CardText.NameOf(card), card.Text("TITLE"), CardText.First(card, "TEL"), CardText.First(card, "EMAIL"), contact.DecisionMaker);
        contact.WasBorn(CardText.Born(card));
        if (row is null) r.Db.Add(contact);
        if (await r.Db.FindAsync<ContactCard>(contact.Id) is { } kept) kept.Write(text);
        else r.Db.Add(ContactCard.Of(contact.Id, r.File, text));
        await r.Db.SaveChangesAsync();
        // What is read back may differ from what was sent (the client's own name stands in ORG), so no tag is given.
        return new DavResult(row is null ? 201 : 204, []);
    }

    public static async Task<IResult> Delete(DavRequest r)
    {
        if (!r.Actor.Can(Permission.ClientsEdit)) throw new DavError(403, D + "need-privileges");
        await r.Db.StartWriting();
        var row = await One(r) ?? throw new DavError(404);
        r.MustMatch(row.Etag);
        r.Db.Remove(await r.Db.Set<Contact>().SingleAsync(c => c.Id == row.Contact.Id));
        if (await r.Db.FindAsync<ContactCard>(row.Contact.Id) is { } card) r.Db.Remove(card);
        await r.Db.SaveChangesAsync();
        return new DavResult(204, []);
    }

    // A contact stays with its client; a new one must name a client that is there.
    private static async Task<Client> ClientOf(DavRequest r, Format.Component card, Row? row)
    {
        if (row is not null) return await r.Db.Set<Client>().SingleAsync(c => c.Id == row.Contact.ClientId);
        var named = CardText.Organisation(card);
        var (folded, length) = (Folding.Of(named) + " ", named.Length);
        return await r.Db.Set<Client>().OrderBy(c => c.Id).FirstOrDefaultAsync(c => c.Name.Length == length && c.Folded.StartsWith(folded))
            ?? throw new Refusal("contact.no_client", ("client", named));
    }
}
