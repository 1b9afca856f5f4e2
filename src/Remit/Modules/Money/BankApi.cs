using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Money.Debts;
using Remit.Modules.Money.Statements;
using Remit.Modules.Papers;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Money;

/// <summary>The bank, for other programs: statements in, what they may pay, and matches accepted, split, refused and taken back.</summary>
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
        api.MapGet("/bank/documents/{id:guid}", Read).Needs(Permission.BankSee).WithSummary("One document of a statement");
        api.MapPost("/bank/documents/{id:guid}/accept", Accept)
            .Needs(Permission.BankEdit)
            .WithSummary("Lay the payment against one invoice or split it over several; with write_off a small difference is given up");
        api.MapPost("/bank/documents/{id:guid}/refuse", Refuse)
            .Needs(Permission.BankEdit)
            .WithSummary("The payment pays no invoice: it is asked about no more");
        api.MapPost("/bank/sure", Sure).Needs(Permission.BankEdit).WithSummary("Accept every payment whose best match leaves no doubt");
        api.MapGet("/bank/documents/{id:guid}/entries", Entries)
            .Needs(Permission.BankSee)
            .WithSummary("What the payment was laid against and still is");
        api.MapPost("/bank/entries/{id:guid}/reverse", Reverse)
            .Needs(Permission.BankEdit)
            .WithSummary("Take a matching back: payment and invoice are open again");
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

    private static async Task<BankDocumentJson> Read(Guid id, AppDb db, HttpContext http) =>
        BankDocumentJson.Of(http.Tagged(await db.Set<BankLine>().One(id)));

    private static async Task<BankDocumentJson> Accept(Guid id, BankParts wanted, AppDb db, Screen screen, HttpContext http)
    {
        var line = await db.Set<BankLine>().One(id);
        Must(wanted.Parts is { Count: > 0 }, "bank.no_invoice");
        (Invoice Of, MoneyEntry Entry)? last = null;
        await Api.Each("parts", wanted.Parts, async part => last = await Matching.Lay(db, line, part.Invoice, part.Minor, screen.Today));
        if (wanted.WriteOff is { } reason && last is { } closed)
            Differences.Close(db, line, closed.Of, closed.Entry, reason, screen.Today);
        await db.SaveChangesAsync();
        return BankDocumentJson.Of(http.Tagged(line));
    }

    private static async Task<BankDocumentJson> Refuse(Guid id, AppDb db, HttpContext http)
    {
        var line = await db.Set<BankLine>().One(id);
        line.Refuse();
        await db.SaveChangesAsync();
        return BankDocumentJson.Of(http.Tagged(line));
    }

    private static async Task<BankAcceptedJson> Sure(AppDb db, Screen screen)
    {
        var accepted = await Matching.AcceptSure(db, screen.Today);
        await db.SaveChangesAsync();
        return new(accepted);
    }

    private static async Task<IReadOnlyList<BankEntryJson>> Entries(Guid id, AppDb db)
    {
        var line = await db.Set<BankLine>().AsNoTracking().One(id);
        return
        [
            .. (await db.Standing().Where(m => m.LineId == line.Id).OrderBy(m => m.Id).ToListAsync()).Select(m => new BankEntryJson(
                m.Id,
                m.InvoiceId,
                m.ClientId,
                m.On,
                m.Sum
            )),
        ];
    }

    private static async Task<BankDocumentJson> Reverse(Guid id, AppDb db, Screen screen, HttpContext http)
    {
        var entry = await db.Set<MoneyEntry>().One(id);
        await Matching.Reverse(db, entry, screen.Today);
        await db.SaveChangesAsync();
        return await Read(entry.LineId, db, http);
    }
}

/// <summary>What a file brought.</summary>
public sealed record BankImportedJson(Guid Import, int New, int Known, IReadOnlyList<BankWarningJson> Warnings);

public sealed record BankWarningJson(int Line, string Text);

/// <summary>A part of a payment, in minor units, for an invoice.</summary>
public sealed record BankPart(Guid Invoice, long Minor);

/// <param name="WriteOff">Why the small difference behind the last part is given up; null keeps it open.</param>
public sealed record BankParts(IReadOnlyList<BankPart>? Parts, string? WriteOff = null);

public sealed record BankAcceptedJson(int Accepted);

/// <summary>A part of a payment that lies against an invoice.</summary>
public sealed record BankEntryJson(Guid Id, Guid Invoice, Guid Client, DateOnly On, Amount Sum);

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
