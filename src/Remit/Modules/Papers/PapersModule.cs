using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Papers.Contracts;
using Remit.Modules.Papers.Pages;
using Remit.Modules.Papers.Printing;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;
using Remit.Web.Lists;

namespace Remit.Modules.Papers;

/// <summary>Invoices and the acts that go with them.</summary>
public static class PapersModule
{
    private const int DaysToPay = 10;

    public static void MapPapers(this WebApplication app)
    {
        app.MapList(PaperList.List);
        app.MapGet("/papers/{id:guid}", Show).Needs(Permission.PapersSee);
        app.MapPost("/papers/{id:guid}/issue", Issue).Needs(Permission.PapersEdit);
        app.MapPost("/papers/{id:guid}/act-returned", ActReturned).Needs(Permission.PapersEdit);
        app.MapPost("/papers/{id:guid}/cancel", Cancel).Needs(Permission.PapersEdit);
        app.MapPrinting();
        app.MapCompanies();
        app.MapDrafts();
        app.MapDictation();
        app.MapBlanks();
        app.MapContracts();
    }

    public static void AddPapers(this IServiceCollection services)
    {
        services.AddSingleton<IClientSection, ClientAgreements>();
        services.AddSingleton<IClientSection, ClientPapers>();
        services.AddSingleton<IClientSection, ClientDictation>();
        services.AddSingleton<IVisitSection, VisitPapers>();
        services.AddSingleton<IDueSource, PaperDues>();
        services.AddSingleton<IDueSource, BlankDues>();
        services.AddSingleton<IDueSource, ContractDues>();
        services.AddSingleton<IHolding, BlankHolding>();
        services.AddSingleton<IHolding, ContractHolding>();
        services.AddSingleton<ITimelineSource, PaperLines>();
        services.AddSingleton<ITimelineSource, ContractLines>();
        services.AddSingleton<IRecordKind, PaperRecord>();
        services.AddSingleton<IRecordKind, ContractRecord>();
        services.AddSingleton<IJobHandler, ContractRenewal>();
        services.AddSingleton<IAgreedService, ContractService>();
    }

    private static async Task<IResult> Show(Guid id, AppDb db, Screen screen, IEnumerable<IPaperSection> sections)
    {
        var invoice = await db.Set<Invoice>().One(id);
        var shown = new List<RenderFragment>();
        foreach (var section in sections)
            if (await section.For(invoice, db, screen) is { } fragment)
                shown.Add(fragment);
        var lines = await db.Set<InvoiceLine>().Where(l => l.InvoiceId == id).OrderBy(l => l.Position).ThenBy(l => l.Id).ToListAsync();
        var company = await db.Set<OwnCompany>().One(invoice.CompanyId);
        var contract = await db.Set<Contract>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == invoice.ContractId);
        return Page<InvoicePage>(
            new
            {
                Invoice = invoice,
                Contract = contract,
                Lines = lines,
                Company = company,
                Client = await db.Set<Client>().One(invoice.ClientId),
                Sections = shown,
            }
        );
    }

    private static async Task<IResult> Issue(Guid id, AppDb db, Actor actor, Screen screen, Go go)
    {
        var invoice = await Issued(db, id, actor, screen.Today);
        return go.To($"papers/{id}", null, screen.T["invoice.issued", ("number", invoice.Title), ("act", $"№ {invoice.ActNumber}")]);
    }

    internal static async Task<Invoice> Issued(AppDb db, Guid id, Actor actor, DateOnly today, Guid? blank = null)
    {
        // Read when the lock is held, so that two clicks never issue one draft twice.
        await db.StartWriting();
        var invoice = await db.Set<Invoice>().One(id);
        var client = await db.Set<Client>().One(invoice.ClientId);
        Rules.Must(invoice.State == InvoiceState.Draft, "invoice.already_issued", ("number", invoice.Title));
        await db.Issue(invoice, today, DaysToPay, blank is { } of ? await db.Set<Blank>().One(of) : null);
        foreach (var (code, number) in new[] { ("invoice.issued", invoice.Number), ("act.issued", invoice.ActNumber) })
            db.State(new Fact(code, actor.PersonId, today, id, invoice.ChainId, client.Id, $"№ {number} · {client.Name}"));
        await db.SaveChangesAsync();
        return invoice;
    }

    private static async Task<IResult> ActReturned(Guid id, Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var invoice = await Returned(db, id, form.Day("returned_on") ?? screen.Today, actor, screen.Today);
        return go.To(form.Back($"papers/{id}"), db, screen.T["act.returned", ("number", $"№ {invoice.ActNumber}")]);
    }

    internal static async Task<Invoice> Returned(AppDb db, Guid id, DateOnly day, Actor actor, DateOnly today)
    {
        var invoice = await db.Set<Invoice>().One(id);
        var client = await db.Set<Client>().One(invoice.ClientId);
        Rules.Must(day <= today, "act.returned_ahead", ("day", day));
        invoice.ReturnAct(day);
        db.State(new Fact("act.returned", actor.PersonId, day, id, invoice.ChainId, client.Id, $"№ {invoice.ActNumber} · {client.Name}"));
        await db.SaveChangesAsync();
        return invoice;
    }

    private static async Task<IResult> Cancel(Guid id, AppDb db, Screen screen, Go go)
    {
        var invoice = await db.Set<Invoice>().One(id);
        if (invoice.State == InvoiceState.Draft)
        {
            await Discarded(db, invoice);
            return go.To("papers", null, screen.T["invoice.discarded"]);
        }
        await Cancelled(db, invoice, screen);
        return go.To($"papers/{id}", null, screen.T["invoice.cancelled", ("number", invoice.Title)]);
    }

    /// <summary>A draft has no number yet, so it may simply go. Saves.</summary>
    internal static async Task Discarded(AppDb db, Invoice invoice)
    {
        Rules.Must(invoice.State == InvoiceState.Draft, "invoice.already_issued", ("number", invoice.Title));
        db.RemoveRange(await db.Set<InvoiceLine>().Where(l => l.InvoiceId == invoice.Id).ToListAsync());
        db.Remove(invoice);
        await db.SaveChangesAsync();
    }

    internal static async Task Cancelled(AppDb db, Invoice invoice, Screen screen)
    {
        invoice.Cancel();
        // The work its issue wrote would wait for an act that never comes.
        db.Withdraw(
            new Withdrawal(invoice.Id, screen.Today, new T(screen.Firm!.Language)["invoice.cancelled_why", ("number", invoice.Title)])
        );
        await db.SaveChangesAsync();
    }
}
