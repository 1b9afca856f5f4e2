using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Papers;
using Remit.Storage;

namespace Remit.Modules.Money.Debts;

/// <summary>What a client owes, what was promised, and how this client has paid until now.</summary>
public sealed record Debt(IReadOnlyList<Invoice> Unpaid, IReadOnlyList<PromiseOutcome> Promises, PayHabit Habit)
{
    public IEnumerable<(string Currency, long Open, long Overdue)> Sums(DateOnly today) =>
        Unpaid
            .GroupBy(i => i.Total.Currency)
            .Select(g => (g.Key, g.Sum(i => i.OpenMinor), g.Where(i => i.DueOn < today).Sum(i => i.OpenMinor)));

    public static async Task<Debt> Of(AppDb db, Guid client, DateOnly today) =>
        new(
            await db.Set<Invoice>()
                .AsNoTracking()
                .Unpaid()
                .Where(i => i.ClientId == client)
                .OrderBy(i => i.DueOn)
                .ThenBy(i => i.Number)
                .ToListAsync(),
            await db.PromisesOf(client, today),
            await PayHabit.Of(db, client, today)
        );
}

/// <summary>How a client paid within a year, by our own books: of so many invoices so many in time, and how late on average.</summary>
public sealed record PayHabit(int Paid, int InTime, int MeanDays)
{
    public static async Task<PayHabit> Of(AppDb db, Guid client, DateOnly today)
    {
        var since = today.AddYears(-1);
        var rows = await (
            from invoice in db.Set<Invoice>()
            join entry in db.Set<MoneyEntry>() on invoice.Id equals entry.InvoiceId
            join line in db.Set<BankLine>() on entry.LineId equals line.Id
            where
                invoice.ClientId == client
                && invoice.State == InvoiceState.Issued
                && invoice.PaidMinor == invoice.Total.Minor
                && invoice.IssuedOn >= since
            select new
            {
                invoice.Id,
                invoice.DueOn,
                line.BookedOn,
            }
        ).ToListAsync();
        var late = rows.GroupBy(r => r.Id).Select(g => g.Max(r => r.BookedOn).DayNumber - g.First().DueOn!.Value.DayNumber).ToList();
        return late.Count == 0
            ? new(0, 0, 0)
            : new(late.Count, late.Count(d => d <= 0), (int)Math.Round(late.Average(d => Math.Max(d, 0))));
    }
}
