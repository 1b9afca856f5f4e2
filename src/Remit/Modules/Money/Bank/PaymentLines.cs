using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Papers;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Money;

/// <summary>Payments matched to the client's invoices, on the timeline.</summary>
internal sealed class PaymentLines : ITimelineSource
{
    public Permission Needs => Permission.BankSee;

    public async Task<IReadOnlyList<TimelineItem>> Before(AppDb db, TimelineAsk ask)
    {
        var (day, atStart, id) = (ask.Day, ask.AtStart, ask.BeforeId);
        // Through the client's invoices: by those the entries are indexed.
        var invoices = db.Set<Invoice>().Where(i => i.ClientId == ask.ClientId).Select(i => i.Id);
        var entries = await db.Set<MoneyEntry>()
            .AsNoTracking()
            .Where(m => invoices.Contains(m.InvoiceId) && (m.On < day || (m.On == day && (!atStart || m.Id.CompareTo(id) < 0))))
            .OrderByDescending(m => m.On)
            .ThenByDescending(m => m.Id)
            .Take(ask.Most)
            .ToListAsync();
        return
        [
            .. entries.Select(m => new TimelineItem(
                ask.Firm.Moment(m.On),
                m.Id,
                "payment",
                Formats.Money(m.Sum, ask.T),
                m.Label,
                $"papers/{m.InvoiceId}",
                OnlyDay: true
            )),
        ];
    }
}
