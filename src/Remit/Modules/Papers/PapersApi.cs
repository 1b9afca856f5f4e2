using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Papers.Contracts;
using Remit.Modules.Papers.Printing;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Papers;

/// <summary>Invoices and their acts, for other programs.</summary>
public static class PapersApi
{
    private const int PageSize = 100;

    public static void MapPapersApi(this RouteGroupBuilder api)
    {
        api.MapGet("/invoices", List)
            .Needs(Permission.PapersSee)
            .WithSummary("Invoices, newest first; only=unpaid or only=act (the signed act is not back)");
        api.MapPost("/invoices", Make)
            .Needs(Permission.PapersEdit)
            .WithSummary("A draft: for a visit that is done, or for a client with lines");
        api.MapGet("/invoices/{id:guid}", Read).Needs(Permission.PapersSee).WithSummary("One invoice with its lines");
        api.MapPatch("/invoices/{id:guid}", Redraw)
            .Needs(Permission.PapersEdit)
            .WithSummary("Other lines of a draft, or another contract, from the version that was read");
        api.MapDelete("/invoices/{id:guid}", Discard)
            .Needs(Permission.PapersEdit)
            .WithSummary("A draft goes; what has a number is cancelled instead");
        api.MapContractsApi();
        api.MapCompaniesApi();
        api.MapPost("/invoices/{id:guid}/issue", Issue)
            .Needs(Permission.PapersEdit)
            .WithSummary("Give the invoice and its act their numbers");
        api.MapPost("/invoices/{id:guid}/cancel", Cancel)
            .Needs(Permission.PapersEdit)
            .WithSummary("An invoice that was issued and not paid counts no more; its numbers stay with it");
        api.MapPost("/invoices/{id:guid}/act-returned", ActReturned)
            .Needs(Permission.PapersEdit)
            .WithSummary("The signed act came back; without a day, today");
        api.MapGet(
                "/invoices/{id:guid}/invoice.pdf",
                (Guid id, string? lang, AppDb db, Screen screen, FileStore store) =>
                    PrintEndpoints.Pdf(id, PaperKind.Invoice, lang, null, db, screen, store)
            )
            .Needs(Permission.PapersSee)
            .WithSummary("The invoice as PDF, in the client's language or lang")
            .Produces<byte[]>(200, "application/pdf");
        api.MapGet(
                "/invoices/{id:guid}/act.pdf",
                (Guid id, string? lang, AppDb db, Screen screen, FileStore store) =>
                    PrintEndpoints.Pdf(id, PaperKind.Act, lang, null, db, screen, store)
            )
            .Needs(Permission.PapersSee)
            .WithSummary("The act as PDF, in the client's language or lang")
            .Produces<byte[]>(200, "application/pdf");
    }

    private static async Task<Listed<InvoiceJson>> List(AppDb db, string? only, Guid? after)
    {
        var invoices = db.Set<Invoice>().AsNoTracking();
        invoices = only switch
        {
            "unpaid" => invoices.Unpaid(),
            "act" => invoices.ActNotBack(),
            null or "" => invoices,
            _ => throw new Refusal("invoice.no_choice", ("only", only)) { Field = "only" },
        };
        if (after is { } last)
            invoices = invoices.Where(i => i.Id.CompareTo(last) < 0);
        var rows = await invoices.OrderByDescending(i => i.Id).Take(PageSize + 1).ToListAsync();
        return Listed<InvoiceJson>.Of(rows, PageSize, i => i.Id, i => InvoiceJson.Of(i, null));
    }

    private static async Task<Created<InvoiceJson>> Make(NewInvoice wanted, AppDb db, Screen screen, HttpContext http)
    {
        Must(wanted.Visit is null != wanted.Client is null, "invoice.visit_or_client");
        MustBeWhole(wanted.Lines);
        var invoice = wanted.Visit is { } visit
            ? await Drafts.ForVisit(db, visit, screen.Today, wanted.Company)
            : await Drafts.Make(db, wanted.Client!.Value, wanted.Lines ?? [], wanted.Company, wanted.Contract);
        return TypedResults.Created($"{screen.Base}api/v1/invoices/{invoice.Id}", await Whole(db, http, invoice));
    }

    private static async Task<InvoiceJson> Read(Guid id, AppDb db, HttpContext http) =>
        await Whole(db, http, await db.Set<Invoice>().One(id));

    private static async Task<InvoiceJson> Redraw(Guid id, InvoiceChange wanted, AppDb db, HttpContext http)
    {
        MustBeWhole(wanted.Lines);
        var invoice = await db.Set<Invoice>().One(id);
        http.MustMatch(db, invoice, wanted.Version);
        await Drafts.Redrawn(db, invoice, wanted.Contract, wanted.Lines);
        return await Whole(db, http, invoice);
    }

    private static void MustBeWhole(IReadOnlyList<DraftLine>? lines) =>
        Must(lines?.All(l => l is not null) != false, "api.not_read", ("why", "lines: null"));

    private static async Task<NoContent> Discard(Guid id, AppDb db, HttpContext http)
    {
        var invoice = await db.Set<Invoice>().One(id);
        http.MayMatch(db, invoice, null);
        await PapersModule.Discarded(db, invoice);
        return TypedResults.NoContent();
    }

    private static async Task<InvoiceJson> Cancel(Guid id, AppDb db, Screen screen, HttpContext http)
    {
        var invoice = await db.Set<Invoice>().One(id);
        http.MayMatch(db, invoice, null);
        await PapersModule.Cancelled(db, invoice, screen);
        return await Whole(db, http, invoice);
    }

    private static async Task<InvoiceJson> Issue(Guid id, AppDb db, Actor actor, Screen screen, HttpContext http) =>
        await Whole(db, http, await PapersModule.Issued(db, id, actor, screen.Today));

    private static async Task<InvoiceJson> ActReturned(Guid id, DateOnly? on, AppDb db, Actor actor, Screen screen, HttpContext http) =>
        await Whole(db, http, await PapersModule.Returned(db, id, on ?? screen.Today, actor, screen.Today));

    private static async Task<InvoiceJson> Whole(AppDb db, HttpContext http, Invoice invoice)
    {
        var lines = await db.Set<InvoiceLine>()
            .AsNoTracking()
            .Where(l => l.InvoiceId == invoice.Id)
            .OrderBy(l => l.Position)
            .ThenBy(l => l.Id)
            .ToListAsync();
        return InvoiceJson.Of(
            http.Tagged(invoice),
            [.. lines.Select(l => new InvoiceLineJson(l.Text, l.QuantityMilli, l.Unit, l.PriceMinor, l.SumMinor))]
        );
    }
}

/// <summary>Either a visit that is done, or a client and lines, under a contract or none; quantities are thousandths, prices minor units with VAT inside.</summary>
/// <param name="Company">Which own company it is from; without it the contract's, or the preferred one.</param>
public sealed record NewInvoice(Guid? Visit, Guid? Client, IReadOnlyList<DraftLine>? Lines, Guid? Contract = null, Guid? Company = null);

/// <summary>What of a draft changes; what is not named stays.</summary>
/// <param name="Lines">All of them, in their order.</param>
/// <param name="Contract">All zeros: none.</param>
public sealed record InvoiceChange(IReadOnlyList<DraftLine>? Lines, Guid? Contract, int? Version);

/// <summary>An invoice as other programs see it; in lists without its lines.</summary>
public sealed record InvoiceJson(
    Guid Id,
    Guid Client,
    Guid? Visit,
    InvoiceState State,
    long? Number,
    long? ActNumber,
    DateOnly? IssuedOn,
    DateOnly? DueOn,
    DateOnly? ActReturnedOn,
    Amount Total,
    Amount Vat,
    long PaidMinor,
    IReadOnlyList<InvoiceLineJson>? Lines,
    Guid Company,
    Guid? Contract,
    int Version
)
{
    public static InvoiceJson Of(Invoice i, IReadOnlyList<InvoiceLineJson>? lines) =>
        new(
            i.Id,
            i.ClientId,
            i.VisitId,
            i.State,
            i.Number,
            i.ActNumber,
            i.IssuedOn,
            i.DueOn,
            i.ActReturnedOn,
            i.Total,
            i.Vat,
            i.PaidMinor,
            lines,
            i.CompanyId,
            i.ContractId,
            i.Version
        );
}

public sealed record InvoiceLineJson(string Text, long QuantityMilli, string Unit, long PriceMinor, long SumMinor);
