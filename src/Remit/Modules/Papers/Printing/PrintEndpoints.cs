using System.Buffers.Text;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Papers.Printing;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Papers;

/// <summary>Papers as PDF: one, or many in one file; with stamp and signature where the company has given pictures of them.</summary>
internal static class PrintEndpoints
{
    /// <summary>What one address can name, and what a printer is fed at once.</summary>
    public const int Most = 200;

    public static void MapPrinting(this WebApplication app)
    {
        app.MapGet(
                "/papers/{id:guid}/invoice.pdf",
                (Guid id, string? lang, string? plain, AppDb db, Screen screen, FileStore store) =>
                    Pdf(id, PaperKind.Invoice, lang, plain, db, screen, store)
            )
            .Needs(Permission.PapersSee);
        app.MapGet(
                "/papers/{id:guid}/act.pdf",
                (Guid id, string? lang, string? plain, AppDb db, Screen screen, FileStore store) =>
                    Pdf(id, PaperKind.Act, lang, plain, db, screen, store)
            )
            .Needs(Permission.PapersSee);
        app.MapGet("/papers/print/{kind}.pdf", Many).Needs(Permission.PapersSee);
        app.MapPost("/papers/companies/{id:guid}/pictures", Take).Needs(Permission.FirmEdit);
        app.MapGet("/papers/companies/{id:guid}/{which}.png", Picture).Needs(Permission.PapersSee);
    }

    /// <summary>Where many papers of a kind are printed.</summary>
    public static string Path(IReadOnlyList<Guid> ids, PaperKind kind)
    {
        Must(ids.Count <= Most, "papers.print_many", ("most", Most));
        return $"papers/print/{(kind == PaperKind.Act ? "acts" : "invoices")}.pdf?ids={string.Join('.', ids.Select(id => Base64Url.EncodeToString(id.ToByteArray())))}";
    }

    internal static async Task<IResult> Pdf(Guid id, PaperKind kind, string? lang, string? plain, AppDb db, Screen screen, FileStore store)
    {
        var invoice = await db.Set<Invoice>().AsNoTracking().One(id);
        Must(invoice.Number is not null, "invoice.not_issued");
        var company = await db.Set<OwnCompany>().AsNoTracking().One(invoice.CompanyId);
        var (paper, language) = await Paper(invoice, company, kind, lang, db);
        if (plain is null)
            paper = paper with { Pictures = await PaperPictures.Of(company, store, screen.Slug!) };
        return Results.Bytes(
            kind == PaperKind.Invoice ? PaperPrint.Invoice(paper, language) : PaperPrint.Act(paper, language),
            "application/pdf"
        );
    }

    private static async Task<IResult> Many(string kind, string ids, AppDb db, Screen screen, FileStore store)
    {
        var of = kind switch
        {
            "invoices" => PaperKind.Invoice,
            "acts" => PaperKind.Act,
            _ => throw new NotFound(),
        };
        var asked = ids.Split('.').Take(Most + 1).Select(Id).ToList();
        Must(asked.Count <= Most, "papers.print_many", ("most", Most));
        var invoices = await db.Set<Invoice>().AsNoTracking().Where(i => asked.Contains(i.Id) && i.Number != null).ToListAsync();
        // What is not issued has no number, and so no paper; the rest is printed in the order of the numbers.
        Must(invoices.Count > 0, "invoice.not_issued");
        var companies = new Dictionary<Guid, (OwnCompany Company, PaperPictures? Pictures)>();
        var papers = new List<(PaperData, string)>();
        foreach (var invoice in invoices.OrderBy(i => i.Year).ThenBy(i => i.Number))
        {
            if (!companies.TryGetValue(invoice.CompanyId, out var own))
            {
                var company = await db.Set<OwnCompany>().AsNoTracking().One(invoice.CompanyId);
                companies[invoice.CompanyId] = own = (company, await PaperPictures.Of(company, store, screen.Slug!));
            }
            var (paper, language) = await Paper(invoice, own.Company, of, null, db);
            papers.Add((paper with { Pictures = own.Pictures }, language));
        }
        return Results.Bytes(PaperPrint.Many(papers), "application/pdf");
    }

    private static async Task<(PaperData, string)> Paper(Invoice invoice, OwnCompany company, PaperKind kind, string? lang, AppDb db)
    {
        var client = await db.Set<Client>().AsNoTracking().One(invoice.ClientId);
        var lines = await db.Set<InvoiceLine>()
            .AsNoTracking()
            .Where(l => l.InvoiceId == invoice.Id)
            .OrderBy(l => l.Position)
            .ThenBy(l => l.Id)
            .ToListAsync();
        var contract = invoice.ContractId is { } agreed
            ? await db.Set<Contract>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == agreed)
            : null;
        var language = new T(lang ?? client.Language);
        return (PaperOf.Invoice(invoice, lines, (company, client, contract), kind, language), language.Language);
    }

    private static async Task<IResult> Take(Guid id, Form form, AppDb db, Screen screen, FileStore store, Go go)
    {
        var company = await db.Set<OwnCompany>().One(id);
        var (stamp, signature) = (
            await Taken(form, "stamp", company.Stamp, screen, store),
            await Taken(form, "signature", company.Signature, screen, store)
        );
        company.Picture(stamp, signature);
        await db.SaveChangesAsync();
        return go.To($"papers/companies/{id}", db, screen.T["company.saved", ("company", company.Name)]);
    }

    private static async Task<string> Taken(Form form, string name, string now, Screen screen, FileStore store)
    {
        if (form.Files[name] is not { Length: > 0 } file)
            return form.Flag("no_" + name) ? "" : now;
        Must(file.Length <= PaperPictures.Largest, "company.picture", ("file", file.FileName));
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        PaperPictures.Check(bytes.ToArray(), file.FileName);
        bytes.Position = 0;
        return (await store.Take(screen.Slug!, bytes, PaperPictures.Largest))!.Value.Sha256;
    }

    private static async Task<IResult> Picture(Guid id, string which, AppDb db, Screen screen, FileStore store)
    {
        var company = await db.Set<OwnCompany>().AsNoTracking().One(id);
        var pictures = await PaperPictures.Of(company, store, screen.Slug!);
        var bytes = which switch
        {
            "stamp" => pictures?.Stamp,
            "signature" => pictures?.Signature,
            _ => null,
        };
        return bytes is null ? throw new NotFound() : Results.Bytes(bytes, "image/png");
    }

    private static Guid Id(string text) =>
        text.Length == 22 && Base64Url.IsValid(text) ? new Guid(Base64Url.DecodeFromChars(text)) : throw new NotFound();
}
