using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Papers;
using Remit.Storage;

namespace Remit.Modules.Money;

public enum PromiseState
{
    Open,
    Kept,
    Late,
    Broken,
    Moved,
}

/// <summary>What became of a promise.</summary>
/// <param name="PaidMinor">How much of it payments since then have covered.</param>
/// <param name="PaidOn">When that was all of it.</param>
public sealed record PromiseOutcome(PaymentPromise Promise, PromiseState State, long PaidMinor, DateOnly? PaidOn)
{
    public Amount Left => Promise.Sum with { Minor = Promise.Sum.Minor - PaidMinor };
}

/// <summary>Promises held against payments. A payment counts once, for the promise whose day comes first.</summary>
public static class Promises
{
    // Who promised more than a year ago and still has not paid is asked by the debt itself.
    private const int Remembered = 366;

    /// <summary>Those of one client in one currency, in the order of their days.</summary>
    public static IReadOnlyList<PromiseOutcome> Weigh(
        IEnumerable<PaymentPromise> promises,
        IEnumerable<(DateOnly On, long Minor)> payments,
        DateOnly today
    )
    {
        var (ordered, money) = (
            promises.OrderBy(p => p.By).ThenBy(p => p.Id).ToList(),
            payments.OrderBy(p => p.On).Select(p => (p.On, Left: p.Minor)).ToArray()
        );
        var outcomes = new List<PromiseOutcome>();
        foreach (var promise in ordered)
        {
            var (paid, paidOn) = (0L, (DateOnly?)null);
            for (var n = 0; n < money.Length && paid < promise.Sum.Minor; n++)
            {
                if (money[n].On < promise.TakenOn || money[n].On >= promise.ReplacedOn)
                    continue;
                var part = Math.Min(promise.Sum.Minor - paid, money[n].Left);
                (paid, money[n].Left) = (paid + part, money[n].Left - part);
                if (paid == promise.Sum.Minor)
                    paidOn = money[n].On;
            }
            outcomes.Add(new(promise, State(promise, paidOn, today), paid, paidOn));
        }
        return outcomes;
    }

    /// <summary>All promises of one client with what became of them, the latest day first; their page shows them twice.</summary>
    public static Task<IReadOnlyList<PromiseOutcome>> PromisesOf(this AppDb db, Guid client, DateOnly today) =>
        db.Keep(
            $"promises {client} {today}",
            [typeof(PaymentPromise), typeof(MoneyEntry), typeof(BankLine), typeof(Invoice)],
            () => db.PromisesOf([client], today)
        );

    /// <summary>All promises of these clients with what became of them, the latest day first.</summary>
    public static async Task<IReadOnlyList<PromiseOutcome>> PromisesOf(this AppDb db, IReadOnlyCollection<Guid> clients, DateOnly today)
    {
        var promises = await db.Set<PaymentPromise>().AsNoTracking().Where(p => clients.Contains(p.ClientId)).ToListAsync();
        if (promises.Count == 0)
            return [];
        var since = promises.Min(p => p.TakenOn);
        var with = promises.Select(p => p.ClientId).Distinct().ToList();
        // Through the invoices: a client that was merged into another takes the payments along. A reversal has its payment's day, so the two cancel out.
        var rows = await (
            from entry in db.Set<MoneyEntry>()
            join invoice in db.Set<Invoice>() on entry.InvoiceId equals invoice.Id
            join line in db.Set<BankLine>() on entry.LineId equals line.Id
            where with.Contains(invoice.ClientId) && line.BookedOn >= since
            select new
            {
                invoice.ClientId,
                entry.Sum.Currency,
                entry.Sum.Minor,
                line.BookedOn,
                entry.LineId,
            }
        ).ToListAsync();
        var payments = rows.GroupBy(r => (r.ClientId, r.Currency, r.LineId, r.BookedOn))
            .ToLookup(g => (g.Key.ClientId, g.Key.Currency), g => (g.Key.BookedOn, g.Sum(r => r.Minor)));
        return
        [
            .. promises
                .GroupBy(p => (p.ClientId, p.Sum.Currency))
                .SelectMany(g => Weigh(g, payments[g.Key], today))
                .OrderByDescending(o => o.Promise.By)
                .ThenByDescending(o => o.Promise.Id),
        ];
    }

    /// <summary>Promises that are not met yet, by a client who still owes: those whose day is over, and those whose day comes by then.</summary>
    public static async Task<IReadOnlyList<PromiseOutcome>> Unmet(
        this AppDb db,
        IQueryable<PaymentPromise> promises,
        (DateOnly Today, DateOnly Until) days,
        int most
    )
    {
        var (until, since) = (days.Until, days.Today.AddDays(-Remembered));
        var asked = await promises
            .Where(p =>
                p.ReplacedOn == null
                && p.By <= until
                && p.By >= since
                && db.Set<Invoice>().Unpaid().Any(i => i.ClientId == p.ClientId && i.Total.Currency == p.Sum.Currency)
            )
            .OrderBy(p => p.By)
            .Select(p => new { p.Id, p.ClientId })
            .Take(most)
            .ToListAsync();
        var ids = asked.Select(a => a.Id).ToHashSet();
        return
        [
            .. (await db.PromisesOf([.. asked.Select(a => a.ClientId).Distinct()], days.Today))
                .Where(o => ids.Contains(o.Promise.Id) && o.State is PromiseState.Open or PromiseState.Broken)
                .OrderBy(o => o.Promise.By)
                .ThenBy(o => o.Promise.Id),
        ];
    }

    private static PromiseState State(PaymentPromise promise, DateOnly? paidOn, DateOnly today) =>
        paidOn is { } day
            ? day <= promise.By
                ? PromiseState.Kept
                : PromiseState.Late
            : promise.ReplacedOn is { } replaced
                ? replaced <= promise.By
                    ? PromiseState.Moved
                    : PromiseState.Broken
                : today > promise.By
                    ? PromiseState.Broken
                    : PromiseState.Open;
}
