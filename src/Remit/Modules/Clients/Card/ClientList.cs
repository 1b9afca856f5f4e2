using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;

namespace Remit.Modules.Clients;

/// <summary>A client as the list shows it.</summary>
public sealed record ClientRow : IIdentified
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string NameKey { get; init; }
    public required string TaxId { get; init; }
    public required string Address { get; init; }
    public required string Segment { get; init; }
    public required string SegmentKey { get; init; }
    public required string Country { get; init; }
    public required bool KeyAccount { get; init; }
    public required DateOnly? ArchivedOn { get; init; }
    public required Guid? ManagerId { get; init; }
    public required string? Manager { get; init; }
    public required string? ManagerKey { get; init; }
    public required DateTime CreatedAt { get; init; }
}

/// <summary>The list of clients.</summary>
public static class ClientList
{
    public static readonly ListOf<ClientRow> List = new()
    {
        Usually = ("archived", r => r.ArchivedOn == null),
        Path = "clients",
        Title = "menu.clients",
        Needs = Permission.ClientsSee,
        Sort = "client_title",
        Empty = "client.none",
        Rows = Rows,
        Open = row => $"clients/{row.Id}",
        Found = (rows, lines) => rows.Where(r => lines.Select(l => l.OwnerId).Contains(r.Id)),
        Look = (rows, db, words) => rows.Where(r => db.Holding(words).Any(l => l.OwnerId == r.Id)),
        Columns =
        [
            Column<ClientRow>.Of(
                "client_title",
                r => r.Name,
                sort: r => r.NameKey,
                marks: Marks,
                edit: Edit((client, value) => client.Rename(value))
            ),
            Column<ClientRow>.Of(
                "tax_id",
                r => r.TaxId,
                sort: r => r.TaxId,
                edit: Edit((client, value) => client.Register(client.Country, value, client.Kpp, client.Address))
            ),
            Column<ClientRow>.Of(
                "legal_address",
                r => r.Address,
                edit: Edit((client, value) => client.Register(client.Country, client.TaxId, client.Kpp, value))
            ),
            Column<ClientRow>.Of("segment", r => r.Segment, sort: r => r.SegmentKey, edit: Edit((client, value) => client.Place(value))),
            Column<ClientRow>.Of("manager", r => r.Manager, sort: r => r.ManagerKey ?? ""),
            Column<ClientRow>.Of("country", r => r.Country, hidden: true, show: (r, t) => t["country." + r.Country]),
            Column<ClientRow>.Of("created_on", r => r.CreatedAt, hidden: true),
        ],
        Filters =
        [
            Filter<ClientRow>.Person("manager", r => r.ManagerId, Managers),
            Filter<ClientRow>.OneOf("segment", r => r.Segment, Segments),
            Filter<ClientRow>.Flag("key_account", r => r.KeyAccount),
            Filter<ClientRow>.Flag("archived", r => r.ArchivedOn != null),
            Filter<ClientRow>.OneOf(
                "country",
                r => r.Country,
                (_, screen) =>
                    Task.FromResult<IReadOnlyList<Choice>>([
                        .. Countries.All.Select(c => new Choice(c.Code, screen.T["country." + c.Code])),
                    ])
            ),
        ],
        Presets =
        [
            new("client.only.mine", "manager=me"),
            new("client.only.key", "key_account=yes"),
            new("client.only.archived", "archived=yes"),
        ],
        Acts =
        [
            new(
                "manager",
                Permission.ClientsEdit,
                (db, ids, value, _) => Each(db, ids, c => c.GoTo(Guid.TryParse(value, out var id) ? id : null)),
                async (db, screen) => [.. await Managers(db, screen), new Choice("none", screen.T["list.nobody"])]
            ),
            new("segment", Permission.ClientsEdit, (db, ids, value, _) => Each(db, ids, c => c.Place(value)), Segments),
            new("key", Permission.ClientsEdit, (db, ids, _, _) => Each(db, ids, c => c.Favour(true))),
            new("not_key", Permission.ClientsEdit, (db, ids, _, _) => Each(db, ids, c => c.Favour(false))),
            new("archive", Permission.ClientsEdit, (db, ids, _, screen) => Each(db, ids, c => c.Archive(screen.Today))),
            new("unarchive", Permission.ClientsEdit, (db, ids, _, _) => Each(db, ids, c => c.Unarchive())),
            new("delete", Permission.ClientsEdit, (db, ids, _, screen) => ClientTrash.DeleteMany(db, ids, screen)),
        ],
        Buttons =
        [
            new("client.new", "clients/new", Permission.ClientsEdit, Main: true),
            new("merge.duplicates", "clients/duplicates", Permission.ClientsEdit),
            new("import.title", "clients/import", Permission.ClientsEdit),
            new("contact.all", "contacts", Permission.ClientsSee),
        ],
    };

    private static IQueryable<ClientRow> Rows(AppDb db, Screen screen) =>
        from client in db.Set<Client>().Where(c => c.MergedInto == null)
        join person in db.Set<Person>() on client.OwnerId equals person.Id into managers
        from manager in managers.DefaultIfEmpty()
        select new ClientRow
        {
            Id = client.Id,
            Name = client.Name,
            NameKey = client.NameKey,
            TaxId = client.TaxId,
            Address = client.Address,
            Segment = client.Segment,
            SegmentKey = client.SegmentKey,
            Country = client.Country,
            KeyAccount = client.KeyAccount,
            ArchivedOn = client.ArchivedOn,
            ManagerId = client.OwnerId,
            CreatedAt = client.CreatedAt,
            Manager = manager == null ? null : manager.Name,
            ManagerKey = manager == null ? null : manager.NameKey,
        };

    private static IEnumerable<Mark> Marks(ClientRow row)
    {
        if (row.KeyAccount)
            yield return new("client.key", "info");
        if (row.ArchivedOn is not null)
            yield return new("client.is_archived");
    }

    private static CellEdit Edit(Action<Client, string> write) =>
        new(Permission.ClientsEdit, async (db, id, value) => write(await db.Set<Client>().One(id), value));

    private static async Task Each(AppDb db, IReadOnlyList<Guid> ids, Action<Client> act)
    {
        foreach (var client in await db.Set<Client>().Where(c => ids.Contains(c.Id)).ToListAsync())
            act(client);
    }

    private static async Task<IReadOnlyList<Choice>> Managers(AppDb db, Screen screen) =>
        [
            .. (await db.Set<Person>().AsNoTracking().Where(p => p.Active).OrderBy(p => p.NameKey).ToListAsync()).Select(p => new Choice(
                $"{p.Id}",
                p.Name
            )),
        ];

    private static async Task<IReadOnlyList<Choice>> Segments(AppDb db, Screen screen) =>
        [
            .. (
                await db.Set<Client>().Select(c => c.Segment).Where(s => s != "").Distinct().OrderBy(s => s).Take(100).ToListAsync()
            ).Select(s => new Choice(s, s)),
        ];
}
