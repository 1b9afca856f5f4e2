using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Papers;

/// <summary>Invoices issued and acts that came back, on a client's timeline.</summary>
internal sealed class PaperLines : ITimelineSource
{
    public Permission Needs => Permission.PapersSee;

    public async Task<IReadOnlyList<TimelineItem>> Before(AppDb db, TimelineAsk ask)
    {
        var (day, atStart, id) = (ask.Day, ask.AtStart, ask.BeforeId);
        var mine = db.Set<Invoice>().AsNoTracking().Where(i => i.ClientId == ask.ClientId);
        var issued = await mine.Where(i => i.IssuedOn < day || (i.IssuedOn == day && (!atStart || i.Id.CompareTo(id) < 0)))
            .OrderByDescending(i => i.IssuedOn)
            .ThenByDescending(i => i.Id)
            .Take(ask.Most)
            .ToListAsync();
        var back = await mine.Where(i => i.ActReturnedOn < day || (i.ActReturnedOn == day && (!atStart || i.Id.CompareTo(id) < 0)))
            .OrderByDescending(i => i.ActReturnedOn)
            .ThenByDescending(i => i.Id)
            .Take(ask.Most)
            .ToListAsync();
        return
        [
            .. issued.Select(i => new TimelineItem(
                ask.Firm.Moment(i.IssuedOn!.Value),
                i.Id,
                "invoice",
                i.Title,
                Formats.Money(i.Total, ask.T),
                $"papers/{i.Id}",
                OnlyDay: true
            )),
            .. back.Select(i => new TimelineItem(
                ask.Firm.Moment(i.ActReturnedOn!.Value),
                i.Id,
                "act_back",
                $"№ {i.ActNumber}",
                null,
                $"papers/{i.Id}",
                OnlyDay: true
            )),
        ];
    }
}
