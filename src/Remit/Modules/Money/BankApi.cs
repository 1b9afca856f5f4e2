using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Money.Debts;
using Remit.Modules.Money.Statements;
using Remit.Modules.Papers;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Money;

/// <summary>The bank, for other programs: statements in, what they may pay, and a match accepted.</summary>
public static class BankApi
{
    private const int PageSize = 100;

    public static void MapBankApi(this RouteGroupBuilder api)
    {
        api.MapPost("/bank/imports", Import)
            .Needs(Permission.BankEdit)
            .WithSummary("A statement file as the whole body; the same file again adds nothing")
            .Accepts<byte[]>("application/octet-stream", "text/plain");
        api.MapDebtsApi();
        api.MapGet("/bank/documents", List)
            .Needs(Permission.BankSee)
            .WithSummary("Documents of statements, as they came in; state=open, matched or refused");
        api.MapGet("/bank/documents/{id:guid}/matches", Matches)
            .Needs(Permission.BankSee)
            .WithSummary("Invoices that an incoming payment may pay, best first, with reasons");
        api.MapPost("/bank/documents/{id:guid}/accept", Accept).Needs(Permission.BankEdit).WithSummary("Lay the payment against invoices");
    }

    private static async Task<BankImportedJson> Import(Stream body, AppDb db)
    {
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes);
        Must(bytes.Length > 0, "bank.no_file");
        var imported = await BankImport.Run(db, bytes.ToArray());
        return new(
            imported.ImportId,
            imported.New,
            imported.Known,
            [.. imported.Warnings.Select(w => new BankWarningJson(w.Line, w.Text))]
        );
    }

    private static async Task<Listed<BankDocumentJson>> List(AppDb db, string? state, Guid? after)
    {
        var lines = db.Set<BankLine>().AsNoTracking();
        if (state is not null)
        {
            var wanted = Named.Of<BankLineState>(state) ?? throw new Refusal("bank.no_state", ("state", state));
            lines = lines.Where(l => l.State == wanted);
        }
        if (after is { } last)
            lines = lines.Where(l => l.Id.CompareTo(last) > 0);
        return Listed<BankDocumentJson>.Of(
            await lines.OrderBy(l => l.Id).Take(PageSize + 1).ToListAsync(),
            PageSize,
            l => l.Id,
            BankDocumentJson.Of
        );
    }

    private static async Task<IReadOnlyList<BankMatchJson>> Matches(Guid id, AppDb db, Screen screen)
    {
        var line = await db.Set<BankLine>().AsNoTracking().One(id);
        if (line.Direction != "In" || line.State != BankLineState.Open)
            return [];
        return
        [
            .. new PaymentMatcher(await db.OpenInvoices())
                .Candidates(line)
                .Select(c => new BankMatchJson(
                    c.Score,
                    c.Sure,
                    [.. c.Allocations.Select(a => new BankPart(a.InvoiceId, a.Minor))],
                    [.. c.Reasons.Select(r => screen.T.Label(r.Key, r.Values))]
                )),
        ];
    }

    private static async Task<BankDocumentJson> Accept(Guid id, BankParts wanted, AppDb db, Screen screen)
    {
        var line = await db.Set<BankLine>().One(id);
        Must(wanted.Parts is { Count: > 0 } parts && parts.All(p => p is not null), "bank.no_invoice");
        foreach (var part in wanted.Parts!)
            Matching.Accept(db, line, await db.Set<Invoice>().One(part.Invoice), part.Minor, screen.Today);
        await db.SaveChangesAsync();
        return BankDocumentJson.Of(line);
    }
}

/// <summary>What a file brought.</summary>
public sealed record BankImportedJson(Guid Import, int New, int Known, IReadOnlyList<BankWarningJson> Warnings);

public sealed record BankWarningJson(int Line, string Text);

/// <summary>A part of a payment, in minor units, for an invoice.</summary>
public sealed record BankPart(Guid Invoice, long Minor);

public sealed record BankParts(IReadOnlyList<BankPart>? Parts);

/// <summary>What a payment may pay, how sure that is, and why.</summary>
public sealed record BankMatchJson(int Score, bool Sure, IReadOnlyList<BankPart> Parts, IReadOnlyList<string> Reasons);

/// <summary>A document of a statement as other programs see it.</summary>
public sealed record BankDocumentJson(
    Guid Id,
    Guid Import,
    string Direction,
    string Number,
    DateOnly BookedOn,
    Amount Sum,
    long MatchedMinor,
    BankLineState State,
    string PartyName,
    string PartyInn,
    string PartyAccount,
    string Purpose,
    int Version
)
{
    public static BankDocumentJson Of(BankLine l) =>
        new(
            l.Id,
            l.ImportId,
            l.Direction.ToLowerInvariant(),
            l.Number,
            l.BookedOn,
            l.Sum,
            l.MatchedMinor,
            l.State,
            l.PartyName,
            l.PartyInn,
            l.PartyAccount,
            l.Purpose,
            l.Version
        );
}
