using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>Visits on a client's timeline. They are kept in the firm's local time, so the point asked for is turned into it.</summary>
internal sealed class VisitLines : ITimelineSource
{
    public Permission Needs => Permission.VisitsSee;

    public async Task<IReadOnlyList<TimelineItem>> Before(AppDb db, TimelineAsk ask)
    {
        var before = DateTime.SpecifyKind(ask.Firm.Local(ask.Before), DateTimeKind.Utc);
        var visits = await db.Set<Visit>()
            .AsNoTracking()
            .Where(v => v.ClientId == ask.ClientId && (v.StartsAt < before || (v.StartsAt == before && v.Id.CompareTo(ask.BeforeId) < 0)))
            .OrderByDescending(v => v.StartsAt)
            .ThenByDescending(v => v.Id)
            .Take(ask.Most)
            .ToListAsync();
        return
        [
            .. visits.Select(v => new TimelineItem(
                ask.Firm.Moment(v.StartsAt),
                v.Id,
                "visit",
                v.Subject,
                ask.T["visit.state." + v.State],
                $"visits/{v.Id}",
                v.ProgrammerId
            )),
        ];
    }
}
