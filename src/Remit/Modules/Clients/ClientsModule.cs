using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients.Import;
using Remit.Modules.Clients.Merge;
using Remit.Modules.Clients.Pages;
using Remit.Modules.People;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Clients;

/// <summary>The organisations the firm serves and the people there.</summary>
public static class ClientsModule
{
    public static void MapClients(this WebApplication app)
    {
        app.MapList(ClientList.List);
        app.MapList(ContactList.List);
        app.MapClientImport();
        app.MapClientMerge();
        app.MapClientTrash();
        app.MapGet(
                "/clients/new",
                async (AppDb db, string? name, string? to) =>
                    Page<ClientForm>(
                        new
                        {
                            Managers = await Managers(db),
                            Name = name is { Length: <= 300 } ? name : "",
                            Back = to ?? "",
                        }
                    )
            )
            .Needs(Permission.ClientsEdit);
        app.MapGet("/clients/like", Alike.Said).Needs(Permission.ClientsSee);
        app.MapPost("/clients/new", Create).Needs(Permission.ClientsEdit);
        app.MapGet("/clients/{id:guid}", Show).Needs(Permission.ClientsSee);
        app.MapGet(
                "/clients/{id:guid}/edit",
                async (Guid id, AppDb db) =>
                    Page<ClientForm>(new { Client = await db.Set<Client>().One(id), Managers = await Managers(db) })
            )
            .Needs(Permission.ClientsEdit);
        app.MapPost("/clients/{id:guid}/edit", Edit).Needs(Permission.ClientsEdit);
        app.MapGet(
                "/clients/{id:guid}/contacts/new",
                async (Guid id, AppDb db) => Page<ContactForm>(new { Client = await db.Set<Client>().One(id) })
            )
            .Needs(Permission.ClientsEdit);
        app.MapPost("/clients/{id:guid}/contacts/new", AddContact).Needs(Permission.ClientsEdit);
        app.MapGet("/contacts/{id:guid}", ShowContact).Needs(Permission.ClientsEdit);
        app.MapPost("/contacts/{id:guid}", EditContact).Needs(Permission.ClientsEdit);
        app.MapPost("/contacts/{id:guid}/delete", DeleteContact).Needs(Permission.ClientsEdit);
        app.MapEvents();
    }

    private static async Task<IResult> Create(Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var client = await Add(db, ClientFields.Of(form), actor, screen.Today, clock.GetUtcNow().UtcDateTime);
        // Made in the midst of something else, it comes back there chosen.
        var to = form.Back("") is { Length: > 0 } back
            ? $"{back}{(back.Contains('?') ? back.EndsWith('?') ? "" : "&" : "?")}client={client.Id}"
            : $"clients/{client.Id}";
        return go.To(to, db, screen.T["client.created", ("client", client.Name)]);
    }

    internal static async Task<Client> Add(AppDb db, ClientFields fields, Actor actor, DateOnly today, DateTime now)
    {
        var client = Client.New(fields.Name, Countries.Of(fields.Country ?? "").Code, now);
        fields.Fill(client);
        await MustBeNew(db, client, fields);
        Begin(db, client, actor, today);
        await db.SaveChangesAsync();
        return client;
    }

    /// <summary>A client of whom no more is known than a name: somebody wrote. Saved by the caller.</summary>
    internal static async Task<Client> Meet(AppDb db, string? name, Firm firm, Actor actor, DateTime now)
    {
        var client = Client.New(name, firm.Country, now);
        client.Describe(firm.Language, null, false, null, actor.PersonId);
        await MustBeNew(db, client, new ClientFields());
        Begin(db, client, actor, firm.Day(now));
        return client;
    }

    private static void Begin(AppDb db, Client client, Actor actor, DateOnly today)
    {
        db.Add(client);
        db.State(new Fact("client.created", actor.PersonId, today, client.Id, client.Id, client.Id, client.Name));
    }

    private static async Task<IResult> Show(
        Guid id,
        string? before,
        AppDb db,
        Screen screen,
        IEnumerable<IClientSection> sections,
        IEnumerable<ITimelineSource> told,
        IEnumerable<ITimelineFoot> feet,
        IPostOffice post,
        Go go
    )
    {
        var client = await db.Set<Client>().One(id);
        if (client.MergedInto is { } other)
            return go.To($"clients/{other}");
        var shown = new List<RenderFragment>();
        foreach (var section in sections)
            if (await section.For(client, db, screen) is { } fragment)
                shown.Add(fragment);
        var timeline = await Timeline.Of(id, before, db, screen, told);
        var under = new Dictionary<Guid, List<RenderFragment>>();
        foreach (var foot in feet)
        foreach (var (line, fragment) in await foot.Under(id, timeline.Items, db, screen))
            (under.TryGetValue(line, out var there) ? there : under[line] = []).Add(fragment);
        var contacts = await db.Set<Contact>()
            .Where(c => c.ClientId == id)
            .OrderByDescending(c => c.DecisionMaker)
            .ThenBy(c => c.NameKey)
            .ToListAsync();
        var names = await db.NamesOfPeople();
        return Page<ClientPage>(
            new
            {
                Client = client,
                Contacts = contacts,
                Manager = names.GetValueOrDefault(client.OwnerId ?? Guid.Empty, ""),
                Sections = shown,
                Timeline = timeline,
                Under = under,
                Mail = await post.IsOpen(db),
                Hands = await db.Hands(),
                Names = names,
            }
        );
    }

    private static async Task<IResult> Edit(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        var client = await db.Set<Client>().One(id);
        await Save(db, client, ClientFields.Of(await form.Merged(db, client, Typed)));
        return go.To($"clients/{id}", db, screen.T["client.saved", ("client", client.Name)]);
    }

    internal static async Task Save(AppDb db, Client client, ClientFields fields)
    {
        fields.Fill(client);
        await MustBeNew(db, client, fields);
        await db.SaveChangesAsync();
    }

    private static async Task<IResult> AddContact(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        var contact = Contact.At(
            await db.Set<Client>().One(id),
            form.Text("name"),
            form.Text("post"),
            form.Text("phone"),
            form.Text("email"),
            form.Flag("decision_maker")
        );
        contact.WasBorn(form.Day("birthday"));
        db.Add(contact);
        await db.SaveChangesAsync();
        return go.To($"clients/{id}", db, screen.T["contact.saved", ("contact", contact.Name)]);
    }

    private static async Task<IResult> ShowContact(Guid id, AppDb db)
    {
        var contact = await db.Set<Contact>().One(id);
        return Page<ContactForm>(new { Contact = contact, Client = await db.Set<Client>().One(contact.ClientId) });
    }

    private static async Task<IResult> EditContact(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        var contact = await db.Set<Contact>().One(id);
        form = await form.Merged(db, contact, TypedContact);
        contact.Describe(form.Text("name"), form.Text("post"), form.Text("phone"), form.Text("email"), form.Flag("decision_maker"));
        if (form.Sent("birthday") is not null)
            contact.WasBorn(form.Day("birthday"));
        await db.SaveChangesAsync();
        return go.To($"clients/{contact.ClientId}", db, screen.T["contact.saved", ("contact", contact.Name)]);
    }

    private static async Task<IResult> DeleteContact(Guid id, AppDb db, Screen screen, Go go)
    {
        var contact = await db.Set<Contact>().One(id);
        await Deleted(db, contact);
        return go.To($"clients/{contact.ClientId}", db, screen.T["trash.deleted", ("title", contact.Name)]);
    }

    internal static async Task Deleted(AppDb db, Contact contact)
    {
        await db.Discard(contact);
        await db.SaveChangesAsync();
    }

    /// <summary>A client as its form shows it, field by field; two people's edits are compared by it.</summary>
    private static IEnumerable<(string, string)> Typed(Client c) =>
        [
            ("client_title", c.Name),
            ("country", c.Country),
            ("tax_id", c.TaxId),
            ("kpp", c.Kpp),
            ("lang", c.Language),
            ("account", c.BankAccount),
            ("bic", c.Bic),
            ("segment", c.Segment),
            ("manager", c.OwnerId?.ToString() ?? ""),
            ("legal_address", c.Address),
            ("route", c.Route),
            ("key_account", c.KeyAccount ? "on" : ""),
            ("time_zone", c.TimeZone),
        ];

    private static IEnumerable<(string, string)> TypedContact(Contact c) =>
        [
            ("name", c.Name),
            ("post", c.Post),
            ("phone", c.Phone),
            ("email", c.Email),
            ("decision_maker", c.DecisionMaker ? "on" : ""),
            ("birthday", $"{c.Birthday:yyyy-MM-dd}"),
        ];

    // Two branches of one company may share a tax number, so likeness asks and does not forbid.
    private static async Task MustBeNew(AppDb db, Client client, ClientFields fields)
    {
        if (fields.SameIsFine)
            return;
        var other = await db.LookingLike(client);
        Must(other is null, "client.looks_like", ("other", other?.Name), ("id", other?.TaxId));
    }

    private static Task<List<Person>> Managers(AppDb db) =>
        db.Set<Person>().AsNoTracking().Where(p => p.Active).OrderBy(p => p.NameKey).ToListAsync();
}
