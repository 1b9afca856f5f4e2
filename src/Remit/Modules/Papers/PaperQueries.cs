using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Papers;

/// <summary>An invoice with the name its row shows.</summary>
public sealed record NamedInvoice(Invoice Invoice, string Client);

/// <summary>Named questions to invoices and the firm's own companies.</summary>
public static class PaperQueries
{
    public static IQueryable<Invoice> Unpaid(this IQueryable<Invoice> invoices) =>
        invoices.Where(i => i.State == InvoiceState.Issued && i.PaidMinor < i.Total.Minor);

    public static IQueryable<Invoice> ActNotBack(this IQueryable<Invoice> invoices) =>
        invoices.Where(i => i.State == InvoiceState.Issued && i.ActReturnedOn == null);

    /// <summary>Those that bill a visit and still stand; a cancelled invoice frees its visit.</summary>
    public static IQueryable<Invoice> OfVisit(this IQueryable<Invoice> invoices, Guid visit) =>
        invoices.Where(i => i.VisitId == visit && i.State != InvoiceState.Cancelled);

    /// <summary>The firm's own companies, the one that is preferred first.</summary>
    public static async Task<List<OwnCompany>> OwnCompanies(this AppDb db) =>
        await db.Set<OwnCompany>().OrderByDescending(c => c.IsDefault).ThenBy(c => c.Id).ToListAsync();

    /// <summary>The company asked for, or the preferred one.</summary>
    public static async Task<OwnCompany> Seller(this AppDb db, Guid? asked = null)
    {
        if (asked is { } id)
            return await db.Set<OwnCompany>().One(id);
        var company = (await db.OwnCompanies()).FirstOrDefault();
        Must(company is not null, "company.none");
        return company!;
    }

    /// <summary>Takes the next numbers of the company's year, gapless, and issues the invoice with its act.</summary>
    public static async Task Issue(this AppDb db, Invoice invoice, DateOnly today, int daysToPay, Blank? blank = null)
    {
        await db.StartWriting();
        // A blank that lies filled in at the client's took its number when it was printed.
        Rules.Must(
            blank is null || (blank.CompanyId, blank.Year) == (invoice.CompanyId, today.Year),
            "blank.other_year",
            ("number", blank?.Title)
        );
        blank?.Use(invoice);
        invoice.Issue(
            await db.Next($"invoice/{invoice.CompanyId}/{today.Year}"),
            blank?.Number ?? await db.Next($"act/{invoice.CompanyId}/{today.Year}"),
            today,
            daysToPay
        );
    }

    public static async Task<IReadOnlyList<NamedInvoice>> Named(this IReadOnlyList<Invoice> invoices, AppDb db)
    {
        var ids = invoices.Select(i => i.ClientId).Distinct().ToList();
        var names = await db.Set<Client>().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name);
        return [.. invoices.Select(i => new NamedInvoice(i, names.GetValueOrDefault(i.ClientId, "—")))];
    }
}
