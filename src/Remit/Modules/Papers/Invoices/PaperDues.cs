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
        // Whose clients they are is asked first: nearly every paper is older than the day, and PostgreSQL would look at them all.
        var mine = ask.PersonId is { } person
            ? await db.Set<Client>().Where(c => c.OwnerId == person).Select(c => c.Id).ToListAsync()
            : null;
        var unpaid = await First(db.Set<Invoice>().Unpaid().Where(i => i.DueOn <= ask.Until).OrderBy(i => i.DueOn), mine, ask.Most);
        var acts = await First(db.Set<Invoice>().ActNotBack().Where(i => i.IssuedOn <= issued).OrderBy(i => i.IssuedOn), mine, ask.Most);
        var ids = unpaid.Concat(acts).Select(i => i.ClientId).Distinct().ToList();
        var clients =
            ids.Count == 0
                ? []
                : await db.Set<Client>()
                    .Where(c => ids.Contains(c.Id))
                    .Select(c => new
                    {
                        c.Id,
                        c.Name,
                        c.OwnerId,
                    })
                    .ToDictionaryAsync(c => c.Id);
        return
        [
            .. unpaid.Select(i => new Due(
                "invoice_unpaid",
                i.Id,
                $"{i.Title} · {clients[i.ClientId].Name}",
                i.DueOn!.Value,
                clients[i.ClientId].OwnerId,
                $"papers/{i.Id}"
            )),
            .. acts.Select(i => new Due(
                "act_back",
                i.Id,
                $"№ {i.ActNumber} · {clients[i.ClientId].Name}",
                i.IssuedOn!.Value.AddDays(DaysForAct),
                clients[i.ClientId].OwnerId,
                $"papers/{i.Id}",
                $"papers/{i.Id}/act-returned"
            )
            {
                Many = back,
            }),
        ];
    }

    private static Task<List<Invoice>> First(IQueryable<Invoice> invoices, List<Guid>? of, int most) =>
        (of is null ? invoices : invoices.Where(i => of.Contains(i.ClientId))).Take(most).AsNoTracking().ToListAsync();
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
