using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients.Import;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Clients;

/// <summary>Clients and the people there, for other programs.</summary>
public static class ClientsApi
{
    private const int PageSize = 100;

    public static void MapClientsApi(this RouteGroupBuilder api)
    {
        api.MapGet("/clients", List)
            .Needs(Permission.ClientsSee)
            .WithSummary("Clients by name; q looks in the name, the tax number and the address");
        api.MapPost("/clients", Create).Needs(Permission.ClientsEdit).WithSummary("A new client");
        api.MapImportApi();
        api.MapGet("/clients/{id:guid}", Read).Needs(Permission.ClientsSee).WithSummary("One client");
        api.MapPatch("/clients/{id:guid}", Change)
            .Needs(Permission.ClientsEdit)
            .WithSummary("Change what is named, from the version that was read");
        api.MapDelete("/clients/{id:guid}", Delete)
            .Needs(Permission.ClientsEdit)
            .WithSummary("Into the trash, with contacts and notes; refused while papers, money, visits or counted work hold it");
        api.MapPost(
                "/clients/{id:guid}/archive",
                (Guid id, AppDb db, Screen screen, HttpContext http) => Archive(id, screen.Today, db, http)
            )
            .Needs(Permission.ClientsEdit)
            .WithSummary("Served no more: it leaves lists and choices, and all that was done stays");
        api.MapPost("/clients/{id:guid}/unarchive", (Guid id, AppDb db, HttpContext http) => Archive(id, null, db, http))
            .Needs(Permission.ClientsEdit)
            .WithSummary("Served again");
        api.MapGet("/clients/{id:guid}/contacts", Contacts).Needs(Permission.ClientsSee).WithSummary("The people at a client");
        api.MapPost("/clients/{id:guid}/contacts", AddContact).Needs(Permission.ClientsEdit).WithSummary("A new contact");
        api.MapGet("/contacts/{id:guid}", ReadContact).Needs(Permission.ClientsSee).WithSummary("One contact");
        api.MapPatch("/contacts/{id:guid}", ChangeContact)
            .Needs(Permission.ClientsEdit)
            .WithSummary("Change what is named, from the version that was read");
        api.MapDelete("/contacts/{id:guid}", DeleteContact).Needs(Permission.ClientsEdit).WithSummary("Into the trash");
    }

    private static async Task<Listed<ClientJson>> List(AppDb db, string? q, Guid? after)
    {
        var last = after is { } id ? await db.Set<Client>().AsNoTracking().One(id) : null;
        var clients = db.Set<Client>().AsNoTracking().Saying(db, q);
        // The key tells two of the same name apart.
        if (last is not null)
            clients = clients.Where(c =>
                string.Compare(c.Folded, last.Folded) > 0 || (c.Folded == last.Folded && c.Id.CompareTo(last.Id) > 0)
            );
        var rows = await clients.OrderBy(c => c.Folded).ThenBy(c => c.Id).Take(PageSize + 1).ToListAsync();
        return Listed<ClientJson>.Of(rows, PageSize, c => c.Id, ClientJson.Of);
    }

    private static async Task<Created<ClientJson>> Create(
        ClientFields fields,
        AppDb db,
        Actor actor,
        Screen screen,
        TimeProvider clock,
        HttpContext http
    )
    {
        var client = await ClientsModule.Add(
            db,
            fields with
            {
                Country = fields.Country ?? screen.Firm!.Country,
            },
            actor,
            screen.Today,
            clock.GetUtcNow().UtcDateTime
        );
        return TypedResults.Created($"{screen.Base}api/v1/clients/{client.Id}", ClientJson.Of(http.Tagged(client)));
    }

    private static async Task<ClientJson> Read(Guid id, AppDb db, HttpContext http) =>
        ClientJson.Of(http.Tagged(await db.Set<Client>().One(id)));

    private static async Task<ClientJson> Change(Guid id, ClientFields fields, AppDb db, HttpContext http)
    {
        var client = await db.Set<Client>().One(id);
        http.MustMatch(db, client, fields.Version);
        await ClientsModule.Save(db, client, fields);
        return ClientJson.Of(http.Tagged(client));
    }

    private static async Task<NoContent> Delete(Guid id, AppDb db, Screen screen, HttpContext http)
    {
        await db.StartWriting();
        var client = await db.Set<Client>().One(id);
        http.MayMatch(db, client, null);
        var held = (await ClientTrash.Deleted(db, client))
            .GroupBy(h => Titles.Entity(h.Record, screen.T))
            .Select(h => $"{h.Key} — {h.Sum(one => one.Count)}")
            .ToList();
        Must(held.Count == 0, "client.held_by", ("client", client.Name), ("what", string.Join(", ", held)));
        return TypedResults.NoContent();
    }

    private static async Task<ClientJson> Archive(Guid id, DateOnly? on, AppDb db, HttpContext http)
    {
        var client = await db.Set<Client>().One(id);
        http.MayMatch(db, client, null);
        return ClientJson.Of(http.Tagged(await ClientTrash.Archived(db, client, on)));
    }

    private static async Task<IReadOnlyList<ContactJson>> Contacts(Guid id, AppDb db)
    {
        var client = await db.Set<Client>().AsNoTracking().One(id);
        return
        [
            .. (await db.Set<Contact>().AsNoTracking().Where(c => c.ClientId == client.Id).OrderBy(c => c.NameKey).ToListAsync()).Select(
                ContactJson.Of
            ),
        ];
    }

    private static async Task<Created<ContactJson>> AddContact(Guid id, ContactFields fields, AppDb db, Screen screen, HttpContext http)
    {
        var contact = Contact.At(await db.Set<Client>().One(id), fields.Name, null, null, null, false);
        fields.Fill(contact);
        db.Add(contact);
        await db.SaveChangesAsync();
        return TypedResults.Created($"{screen.Base}api/v1/contacts/{contact.Id}", ContactJson.Of(http.Tagged(contact)));
    }

    private static async Task<ContactJson> ReadContact(Guid id, AppDb db, HttpContext http) =>
        ContactJson.Of(http.Tagged(await db.Set<Contact>().One(id)));

    private static async Task<ContactJson> ChangeContact(Guid id, ContactFields fields, AppDb db, HttpContext http)
    {
        var contact = await db.Set<Contact>().One(id);
        http.MustMatch(db, contact, fields.Version);
        fields.Fill(contact);
        await db.SaveChangesAsync();
        return ContactJson.Of(http.Tagged(contact));
    }

    private static async Task<NoContent> DeleteContact(Guid id, AppDb db, HttpContext http)
    {
        var contact = await db.Set<Contact>().One(id);
        http.MayMatch(db, contact, null);
        await ClientsModule.Deleted(db, contact);
        return TypedResults.NoContent();
    }
}

/// <summary>A client as other programs see it.</summary>
/// <param name="ArchivedOn">Since when they are served no more; null while they are.</param>
public sealed record ClientJson(
    Guid Id,
    string Name,
    string Country,
    string TaxId,
    string Kpp,
    string Address,
    string Account,
    string Bic,
    string Lang,
    string Segment,
    bool KeyAccount,
    string Route,
    string TimeZone,
    Guid? Manager,
    DateTime CreatedAt,
    DateOnly? ArchivedOn,
    int Version
)
{
    public static ClientJson Of(Client c) =>
        new(
            c.Id,
            c.Name,
            c.Country,
            c.TaxId,
            c.Kpp,
            c.Address,
            c.BankAccount,
            c.Bic,
            c.Language,
            c.Segment,
            c.KeyAccount,
            c.Route,
            c.TimeZone,
            c.OwnerId,
            c.CreatedAt,
            c.ArchivedOn,
            c.Version
        );
}

/// <summary>A contact as other programs see it.</summary>
public sealed record ContactJson(
    Guid Id,
    Guid Client,
    string Name,
    string Post,
    string Phone,
    string Email,
    bool DecisionMaker,
    DateOnly? Birthday,
    int Version
)
{
    public static ContactJson Of(Contact c) =>
        new(c.Id, c.ClientId, c.Name, c.Post, c.Phone, c.Email, c.DecisionMaker, c.Birthday, c.Version);
}
