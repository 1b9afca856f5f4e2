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
        var unpaid = await Named(db, db.Set<Invoice>().Unpaid().Where(i => i.DueOn <= ask.Until).OrderBy(i => i.DueOn), ask);
        var acts = await Named(db, db.Set<Invoice>().ActNotBack().Where(i => i.IssuedOn <= issued).OrderBy(i => i.IssuedOn), ask);
        return
        [
            .. unpaid.Select(r => new Due("invoice_unpaid", r.Invoice.Id, $"{r.Invoice.Title} · {r.Client}", r.Invoice.DueOn!.Value, r.Owner, $"papers/{r.Invoice.Id}")),
            .. acts.Select(r => new Due("act_back", r.Invoice.Id, $"№ {r.Invoice.ActNumber} · {r.Client}", r.Invoice.IssuedOn!.Value.AddDays(DaysForAct), r.Owner,
                $"papers/{r.Invoice.Id}", $"papers/{r.Invoice.Id}/act-returned") { Many = back }),
        ];
    }

    private static async Task<List<(Invoice Invoice, string Client, Guid? Owner)>> Named(AppDb db, IOrderedQueryable<Invoice> invoices, DueAsk ask)
    {
        var rows = invoices.Join(db.Set<Client>(), i => i.ClientId, c => c.Id, (i, c) => new { Invoice = i, c.Name, c.OwnerId });
        if (ask.PersonId is { } person) rows = rows.Where(r => r.OwnerId == person);
        return [.. (await rows.Take(ask.Most).AsNoTracking().ToListAsync()).Select(r => (r.Invoice, r.Name, r.OwnerId))];
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
