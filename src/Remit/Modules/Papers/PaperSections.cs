using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Papers.Pages;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Papers;

/// <summary>A part of a paper's page that another module brings: its files.</summary>
public interface IPaperSection
{
    /// <summary>Null where this person may not see it.</summary>
    Task<RenderFragment?> For(Invoice invoice, AppDb db, Screen screen);
}

/// <summary>A part of a contract's page that another module brings: its files.</summary>
public interface IContractSection
{
    /// <summary>Null where this person may not see it.</summary>
    Task<RenderFragment?> For(Contract contract, AppDb db, Screen screen);
}

/// <summary>The client's contracts, those in force first, on the client's page.</summary>
public sealed class ClientAgreements : IClientSection
{
    public async Task<RenderFragment?> For(Client client, AppDb db, Screen screen)
    {
        if (!screen.Can(Permission.PapersSee))
            return null;
        var contracts = await db.Set<Contract>()
            .AsNoTracking()
            .Where(c => c.ClientId == client.Id && c.State != ContractState.Extended)
            .OrderByDescending(c => c.From)
            .Take(30)
            .ToListAsync();
        return page =>
        {
            page.OpenComponent<ClientContracts>(0);
            page.AddComponentParameter(1, nameof(ClientContracts.Client), client);
            page.AddComponentParameter(
                2,
                nameof(ClientContracts.Contracts),
                (IReadOnlyList<Contract>)[.. contracts.OrderBy(c => c.State == ContractState.Ended)]
            );
            page.CloseComponent();
        };
    }
}

/// <summary>The client's invoices with their chains, on the client's page.</summary>
public sealed class ClientPapers : IClientSection
{
    public async Task<RenderFragment?> For(Client client, AppDb db, Screen screen)
    {
        if (!screen.Can(Permission.PapersSee))
            return null;
        var invoices = await db.Set<Invoice>()
            .AsNoTracking()
            .Where(i => i.ClientId == client.Id)
            .OrderByDescending(i => i.Id)
            .Take(30)
            .ToListAsync();
        return page =>
        {
            page.OpenComponent<ClientInvoices>(0);
            page.AddComponentParameter(1, nameof(ClientInvoices.ClientId), client.Id);
            page.AddComponentParameter(2, nameof(ClientInvoices.Invoices), invoices);
            page.CloseComponent();
        };
    }
}

/// <summary>The visit's invoice, or the offer to make one, on the visit's page.</summary>
public sealed class VisitPapers : IVisitSection
{
    public async Task<RenderFragment?> For(Visit visit, AppDb db, Screen screen)
    {
        if (!screen.Can(Permission.PapersSee) || visit.State != VisitState.Done)
            return null;
        var invoice = await db.Set<Invoice>().AsNoTracking().OfVisit(visit.Id).FirstOrDefaultAsync();
        var companies = invoice is null ? await db.OwnCompanies() : [];
        return page =>
        {
            page.OpenComponent<VisitInvoice>(0);
            page.AddComponentParameter(1, nameof(VisitInvoice.Visit), visit);
            page.AddComponentParameter(2, nameof(VisitInvoice.Invoice), invoice);
            page.AddComponentParameter(3, nameof(VisitInvoice.Companies), companies);
            page.CloseComponent();
        };
    }
}
