using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Clients;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>Clients' contacts as files.</summary>
internal static class ContactFiles
{
    private const int Tags = 5_000;

    /// <summary>A contact as a phone knows it; without the contact where only its tag was asked for.</summary>
    public sealed record Row(Guid Id, string Path, string Etag, Contact? Contact, string Client, string? Kept)
    {
        public Component Card => CardText.Card(Contact!, Client, Kept);
        public string? Text => Contact is null ? null : ContentWriter.Write(Card);
    }

    private sealed class Joined
    {
        public required Contact Contact { get; init; }
        public required string Client { get; init; }
        public required int ClientVersion { get; init; }
        public required ContactCard? Card { get; init; }
    }

    public static FileResource File(DavRequest r, Row row) =>
        new(r.Paths.OfCard(row.Path), row.Etag, row.Text, R + "address-data", "text/vcard; charset=utf-8");

    /// <summary>All contacts in the order of their keys, read by handfuls.</summary>
    public static async IAsyncEnumerable<Row> All(DavRequest r, bool texts)
    {
        var (last, handful) = (Guid.Empty, texts ? ItemFiles.Handful : Tags);
        while (true)
        {
            var rows = await Rows(All(r).Where(j => j.Contact.Id.CompareTo(last) > 0).OrderBy(j => j.Contact.Id).Take(handful), texts);
            foreach (var row in rows)
                yield return row;
            if (rows.Count < handful)
                yield break;
            last = rows[^1].Id;
        }
    }

    public static Task<List<Row>> Of(DavRequest r, IReadOnlyCollection<Guid> ids, bool texts) =>
        Rows(All(r).Where(j => ids.Contains(j.Contact.Id)), texts);

    /// <summary>The contacts of these addresses, a handful: each by the name a phone gave it, or by its key.</summary>
    public static async Task<List<Row>> Named(DavRequest r, IReadOnlyCollection<string> names)
    {
        var ids = await r.Db.Set<ContactCard>().Where(c => names.Contains(c.Path)).Select(c => c.Id).ToListAsync();
        ids.AddRange(names.Select(KeyIn).OfType<Guid>());
        // A contact that a phone gave a name has no other address beside it.
        return (await Of(r, ids, true)).FindAll(row => names.Contains(row.Path));
    }

    private static IQueryable<Joined> All(DavRequest r) =>
        from contact in r.Db.Set<Contact>().AsNoTracking()
        join client in r.Db.Set<Client>() on contact.ClientId equals client.Id
        join kept in r.Db.Set<ContactCard>().AsNoTracking() on contact.Id equals kept.Id into cards
        from card in cards.DefaultIfEmpty()
        select new Joined
        {
            Contact = contact,
            Client = client.Name,
            ClientVersion = client.Version,
            Card = card,
        };

    private static async Task<List<Row>> Rows(IQueryable<Joined> some, bool texts)
    {
        if (texts)
            return (await some.ToListAsync()).ConvertAll(j =>
                Made(j.Contact.Id, j.Contact.Version, j.ClientVersion, j.Card?.Path, j.Card?.Version, j)
            );
        var tags = await some.Select(j => new
            {
                j.Contact.Id,
                j.Contact.Version,
                j.ClientVersion,
                Path = j.Card == null ? null : j.Card.Path,
                Card = j.Card == null ? (int?)null : j.Card.Version,
            })
            .ToListAsync();
        return tags.ConvertAll(t => Made(t.Id, t.Version, t.ClientVersion, t.Path, t.Card, null));
    }

    private static Row Made(Guid id, int version, int client, string? path, int? card, Joined? whole) =>
        new(
            id,
            path ?? $"{id:N}.vcf",
            $"\"{id:N}-{version}-{client}-{card ?? 0}\"",
            whole?.Contact,
            whole?.Client ?? "",
            whole?.Card?.Text
        );

    public static async Task<Row?> One(DavRequest r) => (await Named(r, [r.File])).SingleOrDefault();

    private static Guid? KeyIn(string name) =>
        name.EndsWith(".vcf", StringComparison.Ordinal) && Guid.TryParseExact(name[..^4], "N", out var key) ? key : null;

    public static async Task<IResult> Get(DavRequest r)
    {
        if (!r.Actor.Can(Permission.ClientsSee))
            throw new DavError(404);
        var row = await One(r) ?? throw new DavError(404);
        r.Http.Response.Headers.ETag = row.Etag;
        return Results.Text(row.Text!, "text/vcard", System.Text.Encoding.UTF8);
    }

    public static async Task<IResult> Put(DavRequest r)
    {
        if (!r.Actor.Can(Permission.ClientsEdit))
            throw new DavError(403, D + "need-privileges");
        if (r.File.Length is 0 or > 250)
            throw new DavError(400);
        var bytes = await Bytes(r.Http.Request, CalendarItem.MostBytes);
        var (card, text) = (CardText.Read(bytes), System.Text.Encoding.UTF8.GetString(bytes));
        await r.Db.StartWriting();
        var row = await One(r);
        r.MustMatch(row?.Etag);
        var client = await ClientOf(r, card, row);
        var contact = row is null
            ? Contact.At(client, CardText.NameOf(card), null, null, null, false)
            : await r.Db.Set<Contact>().SingleAsync(c => c.Id == row.Id);
        contact.Describe(
            CardText.NameOf(card),
            card.Text("TITLE"),
            CardText.First(card, "TEL"),
            CardText.First(card, "EMAIL"),
            contact.DecisionMaker
        );
        contact.WasBorn(CardText.Born(card));
        if (row is null)
            r.Db.Add(contact);
        if (await r.Db.FindAsync<ContactCard>(contact.Id) is { } kept)
            kept.Write(text);
        else
            r.Db.Add(ContactCard.Of(contact.Id, r.File, text));
        await r.Db.SaveChangesAsync();
        // What is read back may differ from what was sent (the client's own name stands in ORG), so no tag is given.
        return new DavResult(row is null ? 201 : 204, []);
    }

    public static async Task<IResult> Delete(DavRequest r)
    {
        if (!r.Actor.Can(Permission.ClientsEdit))
            throw new DavError(403, D + "need-privileges");
        await r.Db.StartWriting();
        var row = await One(r) ?? throw new DavError(404);
        r.MustMatch(row.Etag);
        r.Db.Remove(await r.Db.Set<Contact>().SingleAsync(c => c.Id == row.Id));
        if (await r.Db.FindAsync<ContactCard>(row.Id) is { } card)
            r.Db.Remove(card);
        await r.Db.SaveChangesAsync();
        return new DavResult(204, []);
    }

    // A contact stays with its client; a new one must name a client that is there.
    private static async Task<Client> ClientOf(DavRequest r, Component card, Row? row)
    {
        if (row is not null)
            return await r.Db.Set<Client>().SingleAsync(c => c.Id == row.Contact!.ClientId);
        var named = CardText.Organisation(card);
        var (folded, length) = (Folding.Of(named) + " ", named.Length);
        return await r.Db.Set<Client>().OrderBy(c => c.Id).FirstOrDefaultAsync(c => c.Name.Length == length && c.Folded.StartsWith(folded))
            ?? throw new Refusal("contact.no_client", ("client", named));
    }
}
