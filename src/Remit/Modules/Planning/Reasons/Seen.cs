using Microsoft.EntityFrameworkCore;
using Remit.Modules.Calendar;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Planning.Reasons;

/// <summary>What counts as having seen a client: a meeting, a visit, a call that was answered.</summary>
internal static class Seen
{
    public static IQueryable<CalendarItem> Meetings(AppDb db, DateTime? until = null) =>
        db.Set<CalendarItem>().Where(i => i.State != MeetingState.Missed && (until == null || i.StartsAt <= until));

    public static IQueryable<Visit> Visits(AppDb db) => db.Set<Visit>().Where(v => v.State != VisitState.Cancelled);

    public static IQueryable<ClientEvent> Calls(AppDb db) => db.Set<ClientEvent>().Where(e => e.Kind == EventKind.Call && e.Reached);

    /// <summary>When clients were seen last.</summary>
    public static async Task<Dictionary<Guid, DateOnly>> Last(PlanAsk ask, IReadOnlyCollection<Guid> clients)
    {
        var (db, now, local) = (ask.Db, ask.Now, ask.Local(ask.Now));
        var meetings = await Meetings(db, now)
            .Where(i => i.ClientId != null && clients.Contains(i.ClientId.Value))
            .GroupBy(i => i.ClientId!.Value)
            .Select(g => new { g.Key, Last = g.Max(i => i.StartsAt) })
            .ToListAsync();
        var visits = await Visits(db)
            .Where(v => clients.Contains(v.ClientId) && v.StartsAt <= local)
            .GroupBy(v => v.ClientId)
            .Select(g => new { g.Key, Last = g.Max(v => v.StartsAt) })
            .ToListAsync();
        var calls = await Calls(db)
            .Where(e => clients.Contains(e.ClientId) && e.At <= now)
            .GroupBy(e => e.ClientId)
            .Select(g => new { g.Key, Last = g.Max(e => e.At) })
            .ToListAsync();
        return meetings
            .Concat(calls)
            .Select(l => (l.Key, Day: ask.Firm.Day(l.Last)))
            .Concat(visits.Select(v => (v.Key, Day: DateOnly.FromDateTime(v.Last))))
            .GroupBy(l => l.Key)
            .ToDictionary(g => g.Key, g => g.Max(l => l.Day));
    }
}
