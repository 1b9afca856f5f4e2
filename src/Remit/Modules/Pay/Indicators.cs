using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Money.Bank;
using Remit.Modules.Papers;
using Remit.Modules.Pay.Calculation;
using Remit.Storage;

namespace Remit.Modules.Pay;

/// <summary>What bonuses can be measured by, computed for the whole firm from its own books; null where a month has no data.</summary>
internal static class Indicators
{
    public static readonly IReadOnlyList<string> Codes = ["paid_on_time", "acts_returned_14d"];

    public static async Task<IReadOnlyList<IndicatorFact>> Measure(AppDb db, Month month) =>
        [new("paid_on_time", "pay.fact.paid_on_time", await PaidOnTime(db, month)), new("acts_returned_14d", "pay.fact.acts_returned_14d", await ActsReturned(db, month))];

    private static async Task<decimal?> PaidOnTime(AppDb db, Month month)
    {
        var due = await db.Set<Invoice>().AsNoTracking().Where(i => i.State == InvoiceState.Issued && i.DueOn >= month.First && i.DueOn <= month.Last)
            .Select(i => new { i.Id, i.DueOn, i.Total }).ToListAsync();
        if (due.Count == 0) return null;
        var paid = (await db.Set<MoneyEntry>().AsNoTracking()
            .Where(m => db.Set<Invoice>().Any(i => i.Id == m.InvoiceId && i.State == InvoiceState.Issued && i.DueOn >= month.First && i.DueOn <= month.Last))
            .Join(db.Set<BankLine>(), m => m.LineId, l => l.Id, (m, l) => new { m.InvoiceId, m.Sum, l.BookedOn }).ToListAsync()).ToLookup(m => m.InvoiceId);
        return Percent(due.Count(i => paid[i.Id].Where(m => m.BookedOn <= i.DueOn).Sum(m => m.Sum.Minor) >= i.Total.Minor), due.Count);
    }

    private static async Task<decimal?> ActsReturned(AppDb db, Month month)
    {
        var acts = await db.Set<Invoice>().AsNoTracking().Where(i => i.State == InvoiceState.Issued && i.IssuedOn >= month.First && i.IssuedOn <= month.Last)
            .Select(i => new { i.IssuedOn, i.ActReturnedOn }).ToListAsync();
        return acts.Count == 0 ? null : Percent(acts.Count(a => a.ActReturnedOn <= a.IssuedOn!.Value.AddDays(14)), acts.Count);
    }

    private static decimal Percent(int part, int whole) => Math.Round(part * 100m / whole, 2);
}
