using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;

namespace Remit.Modules.Clients;

/// <summary>A contact as the list shows it.</summary>
public sealed record ContactRow : IIdentified
{
    public required Guid Id { get; init; }
    public required Guid ClientId { get; init; }
    public required string Client { get; init; }
    public required string ClientKey { get; init; }
    public required string Name { get; init; }
    public required string NameKey { get; init; }
    public required string Post { get; init; }
    public required string PostKey { get; init; }
    public required string Phone { get; init; }
    public required string Email { get; init; }
    public required bool DecisionMaker { get; init; }
}

/// <summary>The people at the clients, all in one list.</summary>
public static class ContactList
{
    public static readonly ListOf<ContactRow> List = new()
    {
        Path = "contacts",
        Title = "contact.all",
        Needs = Permission.ClientsSee,
        Sort = "contact_name",
        Empty = "contact.none",
        Rows = Rows,
        Open = row => $"clients/{row.ClientId}",
        Search = (rows, db, words) => rows.Where(r => db.Saying(words).Select(l => l.RecordId).Contains(r.Id)),
        Columns =
        [
            Column<ContactRow>.Of(
                "contact_name",
                r => r.Name,
                sort: r => r.NameKey,
                marks: r => r.DecisionMaker ? [new Mark("contact.decides", "ok")] : [],
                edit: Edit((c, v) => c.Describe(v, c.Post, c.Phone, c.Email, c.DecisionMaker))
            ),
            Column<ContactRow>.Of("client", r => r.Client, sort: r => r.ClientKey, link: r => $"clients/{r.ClientId}"),
            Column<ContactRow>.Of(
                "post",
                r => r.Post,
                sort: r => r.PostKey,
                edit: Edit((c, v) => c.Describe(c.Name, v, c.Phone, c.Email, c.DecisionMaker))
            ),
            Column<ContactRow>.Of(
                "phone",
                r => r.Phone,
                sort: r => r.Phone,
                link: r => r.Phone.Length > 0 ? "tel:" + r.Phone.Replace(" ", "") : null,
                edit: Edit((c, v) => c.Describe(c.Name, c.Post, v, c.Email, c.DecisionMaker))
            ),
            Column<ContactRow>.Of(
                "email",
                r => r.Email,
                sort: r => r.Email,
                link: r => r.Email.Length > 0 ? "mailto:" + r.Email : null,
                edit: Edit((c, v) => c.Describe(c.Name, c.Post, c.Phone, v, c.DecisionMaker))
            ),
        ],
        Filters = [Filter<ContactRow>.Flag("decision_maker", r => r.DecisionMaker)],
        Presets = [new("contact.decides", "decision_maker=yes")],
        Buttons = [new("menu.clients", "clients", Permission.ClientsSee)],
    };

    private static IQueryable<ContactRow> Rows(AppDb db, Screen screen) =>
        from contact in db.Set<Contact>()
        select new ContactRow
        {
            Id = contact.Id,
            ClientId = contact.ClientId,
            Name = contact.Name,
            NameKey = contact.NameKey,
            Post = contact.Post,
            PostKey = contact.PostKey,
            Phone = contact.Phone,
            Email = contact.Email,
            DecisionMaker = contact.DecisionMaker,
            Client = db.Set<Client>().Where(c => c.Id == contact.ClientId).Select(c => c.Name).FirstOrDefault() ?? "",
            ClientKey = db.Set<Client>().Where(c => c.Id == contact.ClientId).Select(c => c.NameKey).FirstOrDefault() ?? "",
        };

    private static CellEdit Edit(Action<Contact, string> write) =>
        new(Permission.ClientsEdit, async (db, id, value) => write(await db.Set<Contact>().One(id), value));
}
