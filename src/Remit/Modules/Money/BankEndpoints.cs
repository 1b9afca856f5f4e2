using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Money.Debts;
using Remit.Modules.Money.Pages;
using Remit.Modules.Money.Statements;
using Remit.Modules.Papers;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Money;

/// <summary>The bank: statements in, payments laid against invoices.</summary>
internal static class BankEndpoints
{
    private const int Shown = 50;

    public static void MapBank(this WebApplication app)
    {
        app.MapGet("/bank", Show).Needs(Permission.BankSee);
        app.MapList(BankList.List);
        app.MapPost("/bank/import", Import).Needs(Permission.BankEdit);
        app.MapPost("/bank/sure", Sure).Needs(Permission.BankEdit);
        app.MapPost("/bank/{line:guid}/accept", Accept).Needs(Permission.BankEdit);
        app.MapPost("/bank/{line:guid}/refuse", Refuse).Needs(Permission.BankEdit);
        app.MapPost("/bank/entries/{entry:guid}/reverse", Reverse).Needs(Permission.BankEdit);
    }

    private static async Task<IResult> Show(AppDb db)
    {
        var invoices = await db.OpenInvoices();
        var matcher = new PaymentMatcher(invoices);
        var waiting = db.Set<BankLine>().AsNoTracking().Where(l => l.Direction == "In" && l.State == BankLineState.Open);
        var lines = await waiting.OrderBy(l => l.BookedOn).ThenBy(l => l.Id).Take(Shown).ToListAsync();
        var matched = await db.Standing()
            .OrderByDescending(m => m.Id)
            .Take(20)
            .Join(db.Set<Client>(), m => m.ClientId, c => c.Id, (m, c) => new BankMatch(m, c.Name))
            .ToListAsync();
        return new RazorComponentResult<BankPage>(
            new
            {
                Lines = (IReadOnlyList<BankProposal>)
                    [
                        .. lines
                            .Select(l => new BankProposal(l, matcher.Candidates(l)))
                            .OrderByDescending(p => p.Candidates.FirstOrDefault()?.Score ?? -1),
                    ],
                Count = await waiting.CountAsync(),
                Invoices = invoices,
                Matched = (IReadOnlyList<BankMatch>)[.. matched.OrderByDescending(m => m.Entry.Id)],
            }
        );
    }

    private static async Task<IResult> Import(Form form, AppDb db, Screen screen, Go go)
    {
        var file = form.Files["file"] ?? throw new Refusal("bank.no_file") { Field = "file" };
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        var imported = await BankImport.Run(db, bytes.ToArray());
        return imported.Warnings.Count > 0
            ? new RazorComponentResult<ImportedPage>(
                new
                {
                    File = file.FileName,
                    Imported = imported,
                    Change = db.LastChange,
                }
            )
            : go.To("bank", db, $"{screen.T["bank.new", ("count", imported.New)]}, {screen.T["bank.known", ("count", imported.Known)]}");
    }

    private static async Task<IResult> Sure(AppDb db, Screen screen, Go go)
    {
        var count = await Matching.AcceptSure(db, screen.Today);
        await db.SaveChangesAsync();
        return go.To("bank", db, screen.T["bank.sure_done", ("count", count)]);
    }

    private static async Task<IResult> Accept(Guid line, Form form, AppDb db, Screen screen, Go go)
    {
        var payment = await db.Set<BankLine>().One(line);
        (Invoice Of, MoneyEntry Entry)? last = null;
        foreach (var (id, minor) in Parts(form))
            last = await Matching.Lay(db, payment, id, minor, screen.Today);
        // Whoever says why the difference is given up gives it up.
        if (form.Text("reason") is { } why && last is { } closed)
            Differences.Close(db, payment, closed.Of, closed.Entry, why, screen.Today);
        await db.SaveChangesAsync();
        return go.To("bank", db, screen.T["bank.accepted", ("line", payment.Title)]);
    }

    private static async Task<IResult> Refuse(Guid line, AppDb db, Screen screen, Go go)
    {
        var payment = await db.Set<BankLine>().One(line);
        payment.Refuse();
        await db.SaveChangesAsync();
        return go.To("bank", db, screen.T["bank.refused", ("line", payment.Title)]);
    }

    private static async Task<IResult> Reverse(Guid entry, AppDb db, Screen screen, Go go)
    {
        var matched = await db.Set<MoneyEntry>().One(entry);
        await Matching.Reverse(db, matched, screen.Today);
        await db.SaveChangesAsync();
        return go.To("bank", db, screen.T["bank.reverse_done", ("entry", matched.Label)]);
    }

    /// <summary>Invoice and minor units, pair by pair; or one invoice with an amount typed by hand.</summary>
    private static List<(Guid Invoice, long Minor)> Parts(Form form)
    {
        var invoices = form.All("invoice")
            .Select(v => Guid.TryParse(v, out var id) ? id : throw new Refusal("bank.no_invoice") { Field = "invoice" })
            .ToList();
        Must(invoices.Count > 0, "bank.no_invoice");
        if (form.Minor("amount") is { } typed)
            return [(invoices[0], typed)];
        var minors = form.All("minor").Select(v => long.TryParse(v, CultureInfo.InvariantCulture, out var n) ? n : 0).ToList();
        Must(minors.Count == invoices.Count, "bank.no_invoice");
        return [.. invoices.Zip(minors)];
    }
}

/// <summary>A payment that waits, with what it may pay, best first.</summary>
public sealed record BankProposal(BankLine Line, IReadOnlyList<MatchCandidate> Candidates);

/// <summary>A matching that stands.</summary>
public sealed record BankMatch(MoneyEntry Entry, string Client);

public static class MoneyModule
{
    public static void MapMoney(this WebApplication app)
    {
        app.MapBank();
        app.MapDebts();
    }

    public static void AddMoney(this IServiceCollection services)
    {
        services.AddSingleton<ITimelineSource, PaymentLines>();
        services.AddSingleton<ITimelineSource, PromiseLines>();
        services.AddSingleton<IDueSource, PromiseDues>();
        services.AddSingleton<IHolding, PromiseHolding>();
        services.AddSingleton<IClientSection, ClientDebt>();
    }
}
