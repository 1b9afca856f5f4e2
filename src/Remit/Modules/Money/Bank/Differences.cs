using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Papers;
using Remit.Storage;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Money;

/// <summary>Closing what a payment leaves over or leaves open, and remembering from where a client pays.</summary>
internal static class Differences
{
    /// <summary>A tenth of the invoice; a larger difference is no matter for a click.</summary>
    private const int Part = 10;

    /// <summary>
    /// Gives up the difference behind a matching: what the payment has over, else what the invoice still lacks.
    /// </summary>
    public static void Close(AppDb db, BankLine line, Invoice invoice, MoneyEntry entry, string? reason, DateOnly today)
    {
        var why = Filled(reason, "bank.no_reason", "reason");
        Must(why.Length <= 300, "bank.long_reason");
        var over = line.Sum.Minor - line.MatchedMinor;
        var minor = over > 0 ? over : invoice.OpenMinor;
        Must(minor > 0, "bank.no_difference", ("number", invoice.Title));
        Must(
            minor <= invoice.Total.Minor / Part,
            "bank.large_difference",
            ("difference", new Amount(minor, line.Sum.Currency)),
            ("most", new Amount(invoice.Total.Minor / Part, line.Sum.Currency))
        );
        if (over > 0)
            line.Allocate(minor);
        else
            invoice.WriteOff(minor);
        db.Add(
            new WriteOff
            {
                EntryId = entry.Id,
                LineId = line.Id,
                InvoiceId = invoice.Id,
                ClientId = invoice.ClientId,
                On = today,
                Sum = new Amount(over > 0 ? -minor : minor, line.Sum.Currency),
                Reason = why,
            }
        );
    }

    /// <summary>With a matching taken back, what it gave up is open again and what it taught is forgotten.</summary>
    public static async Task TakeBack(AppDb db, MoneyEntry entry, DateOnly today)
    {
        var line = await db.Set<BankLine>().SingleAsync(l => l.Id == entry.LineId);
        var invoice = await db.Set<Invoice>().SingleAsync(i => i.Id == entry.InvoiceId);
        foreach (
            var given in await db.Set<WriteOff>()
                .Where(w => w.EntryId == entry.Id && w.Reverses == null && !db.Set<WriteOff>().Any(r => r.Reverses == w.Id))
                .ToListAsync()
        )
        {
            if (given.Sum.Minor < 0)
                line.Release(-given.Sum.Minor);
            else
                invoice.WriteOff(-given.Sum.Minor);
            db.Add(((IAppendOnly)given).Reversal(await db.OpenDay(today), db.Actor)!);
        }
        if (!await PaysOtherwise(db, entry, line.PartyAccount))
            db.RemoveRange(
                await db.Set<PayerAccount>().Where(p => p.Account == line.PartyAccount && p.ClientId == entry.ClientId).ToListAsync()
            );
    }

    // Whether another matching that stands says of the same account that this client pays from it.
    private static Task<bool> PaysOtherwise(AppDb db, MoneyEntry entry, string account)
    {
        // Through the client's invoices: by those the entries are indexed.
        var invoices = db.Set<Invoice>().Where(i => i.ClientId == entry.ClientId).Select(i => i.Id);
        var lines = db.Set<BankLine>().Where(l => l.PartyAccount == account).Select(l => l.Id);
        return db.Standing().AnyAsync(m => m.Id != entry.Id && invoices.Contains(m.InvoiceId) && lines.Contains(m.LineId));
    }

    /// <summary>From which accounts these clients paid.</summary>
    public static async Task Learn(AppDb db, IReadOnlyCollection<(BankLine Line, Guid Client)> paid)
    {
        var accounts = paid.Select(p => p.Line.PartyAccount).Where(a => a.Length > 0).Distinct();
        foreach (var part in accounts.Chunk(500))
            await db.Set<PayerAccount>().Where(p => part.Contains(p.Account)).LoadAsync();
        // Thousands are laid at once, and none of them is an account: no look at what else has changed.
        var looks = db.ChangeTracker.AutoDetectChangesEnabled;
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var known = db
            .ChangeTracker.Entries<PayerAccount>()
            .GroupBy(e => e.Entity.Account, e => e.Entity.ClientId)
            .ToDictionary(g => g.Key, g => g.ToHashSet());
        db.ChangeTracker.AutoDetectChangesEnabled = looks;
        foreach (var (line, client) in paid.Where(p => p.Line.PartyAccount.Length > 0))
        {
            if (!known.TryGetValue(line.PartyAccount, out var clients))
                known[line.PartyAccount] = clients = [];
            if (clients.Count <= PayerAccount.MostClients && clients.Add(client))
                db.Add(PayerAccount.Of(client, line));
        }
    }
}
