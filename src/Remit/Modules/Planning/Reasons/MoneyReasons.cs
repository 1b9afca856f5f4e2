using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Money;
using Remit.Modules.Papers;

namespace Remit.Modules.Planning.Reasons;

/// <summary>An invoice that should have been paid by now, of a client who has not just said when it will be.</summary>
internal sealed class OverdueInvoice() : KnownReason("overdue", Permission.PapersSee, MeetingKind.ClientUpkeep)
{
    private const int Full = 30;

    public override async Task<IReadOnlyList<Reason>> Of(PlanAsk ask)
    {
        var promised = ask.Db.Set<PaymentPromise>().Where(p => p.ReplacedOn == null && p.By >= ask.Today);
        var late = await ask
            .Db.Set<Invoice>()
            .AsNoTracking()
            .Unpaid()
            .Where(i =>
                i.DueOn < ask.Today
                && ask.Clients.Any(c => c.Id == i.ClientId)
                && !promised.Any(p => p.ClientId == i.ClientId && p.Sum.Currency == i.Total.Currency)
            )
            .OrderBy(i => i.DueOn)
            .Take(PlanAsk.Most)
            .ToListAsync();
        return
        [
            .. late.GroupBy(i => (i.ClientId, i.Total.Currency))
                .Select(g =>
                {
                    var days = ask.DaysSince(g.First().DueOn!.Value);
                    return new Reason(
                        Kind,
                        g.Key.ClientId,
                        ask.Weigh(Kind, days, Full),
                        ("n", g.Count()),
                        ("sum", new Amount(g.Sum(i => i.OpenMinor), g.Key.Currency)),
                        ("days", days)
                    );
                }),
        ];
    }
}

/// <summary>A promised payment that has not come though its day has passed.</summary>
internal sealed class PassedPromise() : KnownReason("promise", Permission.PapersSee, MeetingKind.ClientUpkeep)
{
    private const int Full = 30;

    public override async Task<IReadOnlyList<Reason>> Of(PlanAsk ask)
    {
        var asked = ask.Db.Set<PaymentPromise>().AsNoTracking().Where(p => ask.Clients.Any(c => c.Id == p.ClientId));
        var passed = await ask.Db.Unmet(asked, (ask.Today, ask.Today.AddDays(-1)), PlanAsk.Most);
        return
        [
            .. passed
                .GroupBy(o => (o.Promise.ClientId, o.Promise.Sum.Currency))
                .Select(g =>
                {
                    var (by, days) = (g.First().Promise.By, ask.DaysSince(g.First().Promise.By));
                    return new Reason(
                        Kind,
                        g.Key.ClientId,
                        ask.Weigh(Kind, days, Full),
                        ("sum", new Amount(g.Sum(o => o.Left.Minor), g.Key.Currency)),
                        ("day", by),
                        ("days", days)
                    );
                }),
        ];
    }
}

/// <summary>A contract that ends, or has ended, without a word of what follows.</summary>
internal sealed class EndingContract() : KnownReason("contract", Permission.PapersSee, MeetingKind.ClientUpkeep, byPhone: false)
{
    public override async Task<IReadOnlyList<Reason>> Of(PlanAsk ask)
    {
        var ending = await ask
            .Db.Set<Contract>()
            .AsNoTracking()
            .Ending(ask.Sunday)
            .Where(c => !c.Renews && ask.Clients.Any(x => x.Id == c.ClientId))
            .OrderBy(c => c.Until)
            .ThenBy(c => c.Id)
            .Take(PlanAsk.Most)
            .ToListAsync();
        // The nearer the end, the heavier; when it has come, as heavy as it gets.
        return
        [
            .. ending
                .GroupBy(c => c.ClientId)
                .Select(g => g.First())
                .Select(c => new Reason(
                    c.Until < ask.Today ? "contract_over" : Kind,
                    c.ClientId,
                    ask.Weigh(Kind, ask.DaysSince(c.NoticeOn!.Value), Math.Max(1, c.NoticeDays)),
                    ("number", c.Title),
                    ("day", c.Until)
                )),
        ];
    }
}
