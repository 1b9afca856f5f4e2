using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Papers;

/// <summary>Papers that ask for something: invoices past their day, acts whose signed original is not back. They are the manager's whose client it is.</summary>
internal sealed class PaperDues : IDueSource
{
    /// <summary>How long a signed act may take.</summary>
    internal const int DaysForAct = 14;

    private static readonly DueActs back = new("papers", Permission.PapersEdit, ("act_returned", "r"));

    public Permission Needs => Permission.PapersSee;

    public async Task<IReadOnlyList<Due>> Open(AppDb db, DueAsk ask)
    {
        var issued = ask.Until.AddDays(-DaysForAct);
        IQueryable<Client> clients = db.Set<Client>();
        if (ask.PersonId is { } person)
            clients = clients.Where(c => c.OwnerId == person);
        var unpaid = await (
            from paper in db.Set<Invoice>().AsNoTracking().Unpaid()
            join client in clients on paper.ClientId equals client.Id
            where paper.DueOn <= ask.Until
            orderby paper.DueOn
            select new
            {
                paper,
                client.Name,
                client.OwnerId,
            }
        )
            .Take(ask.Most)
            .ToListAsync();
        var acts = await (
            from paper in db.Set<Invoice>().AsNoTracking().ActNotBack()
            join client in clients on paper.ClientId equals client.Id
            where paper.IssuedOn <= issued
            orderby paper.IssuedOn
            select new
            {
                paper,
                client.Name,
                client.OwnerId,
            }
        )
            .Take(ask.Most)
            .ToListAsync();
        return
        [
            .. unpaid.Select(i => new Due(
                "invoice_unpaid",
                i.paper.Id,
                $"{i.paper.Title} · {i.Name}",
                i.paper.DueOn!.Value,
                i.OwnerId,
                $"papers/{i.paper.Id}"
            )),
            .. acts.Select(i => new Due(
                "act_back",
                i.paper.Id,
                $"№ {i.paper.ActNumber} · {i.Name}",
                i.paper.IssuedOn!.Value.AddDays(DaysForAct),
                i.OwnerId,
                $"papers/{i.paper.Id}",
                $"papers/{i.paper.Id}/act-returned"
            )
            {
                Many = back,
            }),
        ];
    }
}

/// <summary>What others hang on an invoice and its act.</summary>
internal sealed class PaperRecord : IRecordKind
{
    public string Name => "paper";
    public Permission See => Permission.PapersSee;
    public Permission Edit => Permission.PapersEdit;

    public string Path(Guid id) => $"papers/{id}";

    public async Task<Dictionary<Guid, string>> Titles(AppDb db, IReadOnlyCollection<Guid> ids) =>
        (await db.Set<Invoice>().AsNoTracking().Where(i => ids.Contains(i.Id)).ToListAsync()).ToDictionary(i => i.Id, i => i.Title);
}
