using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Money.Statements;
using Remit.Modules.Papers;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Money;

/// <summary>Lays payments against invoices, and takes them off again.</summary>
public static class Matching
{
    /// <summary>Invoices that wait for money; a query of every page that proposes.</summary>
    public static IQueryable<Invoice> Waiting(this IQueryable<Invoice> invoices) =>
        invoices.Where(i => i.State == InvoiceState.Issued && i.PaidMinor < i.Total.Minor);

    public static async Task<IReadOnlyList<OpenInvoice>> OpenInvoices(this AppDb db)
    {
        var rows = await db.Set<Invoice>()
            .AsNoTracking()
            .Waiting()
            .Join(
                db.Set<Client>(),
                i => i.ClientId,
                c => c.Id,
                (i, c) =>
                    new
                    {
                        i.Id,
                        i.Number,
                        i.IssuedOn,
                        Open = i.Total.Minor - i.PaidMinor,
                        i.Total.Currency,
                        i.ClientId,
                        c.TaxId,
                        c.Name,
                        c.BankAccount,
                    }
            )
            .ToListAsync();
        // Learnt once, known from then on: from which accounts a client pays.
        var seen = (await db.Set<PayerAccount>().AsNoTracking().ToListAsync())
            .GroupBy(p => p.Account)
            .Where(of => of.Count() <= PayerAccount.MostClients)
            .SelectMany(of => of)
            .ToLookup(p => p.ClientId, p => p.Account);
        return
        [
            .. rows.OrderBy(r => r.IssuedOn)
                .ThenBy(r => r.Number)
                .Select(r => new OpenInvoice(
                    r.Id,
                    $"{r.Number}",
                    r.IssuedOn ?? default,
                    r.Open,
                    r.Currency,
                    r.ClientId,
                    r.TaxId,
                    r.Name,
                    seen.Contains(r.ClientId) ? [.. seen[r.ClientId].Append(r.BankAccount).Where(a => a.Length > 0).Distinct()]
                        : r.BankAccount.Length > 0 ? [r.BankAccount]
                        : []
                )),
        ];
    }

    /// <summary>What is left of a line, as the matcher reads it.</summary>
    public static IReadOnlyList<MatchCandidate> Candidates(this PaymentMatcher matcher, BankLine line) =>
        matcher.Candidates(
            new Document
            {
                Line = 0,
                Number = line.Number,
                BookedOn = line.BookedOn,
                AmountMinor = line.Sum.Minor - line.MatchedMinor,
                Currency = line.Sum.Currency,
                Direction = Direction.In,
                Payer = new(line.PartyName, line.PartyInn, "", line.PartyAccount, line.PartyBic, ""),
                Payee = new("", "", "", "", "", ""),
                Purpose = line.Purpose,
            }
        );

    /// <summary>Lays a part of a payment against an invoice: from where the client pays is known from then on.</summary>
    public static async Task<(Invoice Of, MoneyEntry Entry)> Lay(AppDb db, BankLine line, Guid id, long minor, DateOnly today)
    {
        var invoice = await db.Set<Invoice>().One(id);
        var entry = Accept(db, line, invoice, minor, today);
        await Differences.Learn(db, [(line, invoice.ClientId)]);
        return (invoice, entry);
    }

    private static MoneyEntry Accept(AppDb db, BankLine line, Invoice invoice, long minor, DateOnly today)
    {
        Must(
            invoice.Total.Currency == line.Sum.Currency,
            "bank.currency",
            ("line", line.Title),
            ("number", invoice.Title),
            ("paid", line.Sum.Currency),
            ("billed", invoice.Total.Currency)
        );
        line.Allocate(minor);
        invoice.Cover(minor);
        var entry = new MoneyEntry
        {
            LineId = line.Id,
            InvoiceId = invoice.Id,
            ClientId = invoice.ClientId,
            On = today,
            Sum = new Amount(minor, line.Sum.Currency),
            Label = $"{line.Title} → {invoice.Title}",
        };
        db.Add(entry);
        db.State(new Fact("payment.matched", db.Actor.PersonId, today, entry.Id, invoice.ChainId, invoice.ClientId, entry.Label));
        return entry;
    }

    /// <summary>Books every line whose best candidate leaves no doubt; those that would cover an invoice twice stay.</summary>
    public static async Task<int> AcceptSure(AppDb db, DateOnly today)
    {
        var matcher = new PaymentMatcher(await db.OpenInvoices());
        var lines = await db.Set<BankLine>()
            .Where(l => l.Direction == "In" && l.State == BankLineState.Open)
            .OrderBy(l => l.BookedOn)
            .ToListAsync();
        var sure = lines
            .AsParallel()
            .AsOrdered()
            .Select(line => (Line: line, Best: matcher.Candidates(line).FirstOrDefault()))
            .Where(p => p.Best is { Sure: true })
            .ToList();
        var ids = sure.SelectMany(p => p.Best!.Allocations).Select(a => a.InvoiceId).Distinct().ToList();
        var invoices = new Dictionary<Guid, Invoice>();
        foreach (var part in ids.Chunk(500))
        foreach (var invoice in await db.Set<Invoice>().Where(i => part.Contains(i.Id)).ToListAsync())
            invoices[invoice.Id] = invoice;
        var (accepted, paid) = (0, new List<(BankLine, Guid)>());
        foreach (var (line, best) in sure)
        {
            if (best!.Allocations.Any(a => invoices[a.InvoiceId].OpenMinor < a.Minor))
                continue;
            foreach (var part in best.Allocations)
            {
                Accept(db, line, invoices[part.InvoiceId], part.Minor, today);
                paid.Add((line, invoices[part.InvoiceId].ClientId));
            }
            accepted++;
        }
        await Differences.Learn(db, paid);
        return accepted;
    }

    /// <summary>Matchings that stand.</summary>
    public static IQueryable<MoneyEntry> Standing(this AppDb db) =>
        db.Set<MoneyEntry>().AsNoTracking().Where(m => m.Reverses == null && !db.Set<MoneyEntry>().Any(r => r.Reverses == m.Id));

    /// <summary>Reverses a matching: the money row, the invoice's cover, the fact, and the work it wrote.</summary>
    public static async Task Reverse(AppDb db, MoneyEntry entry, DateOnly today)
    {
        Must(
            entry.Reverses is null && !await db.Set<MoneyEntry>().AnyAsync(m => m.Reverses == entry.Id),
            "bank.reversed",
            ("entry", entry.Label)
        );
        await Differences.TakeBack(db, entry, today);
        (await db.Set<BankLine>().One(entry.LineId)).Release(entry.Sum.Minor);
        (await db.Set<Invoice>().One(entry.InvoiceId)).Cover(-entry.Sum.Minor);
        List<IAppendOnly> rows =
        [
            entry,
            .. await db.Set<StatedFact>().Where(f => f.SubjectId == entry.Id && f.Reverses == null).ToListAsync(),
            .. await db.Set<WorkEntry>().Where(w => w.SubjectId == entry.Id && w.Reverses == null).ToListAsync(),
        ];
        var open = await db.OpenDay(today);
        foreach (var row in rows)
            if (row.Reversal(open, db.Actor) is { } reversal)
                db.Add(reversal);
    }
}
