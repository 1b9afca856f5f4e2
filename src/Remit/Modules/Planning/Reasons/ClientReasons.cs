using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Web;

namespace Remit.Modules.Planning.Reasons;

/// <summary>A client whom nobody met, visited or reached by phone for longer than is usual for their segment.</summary>
internal sealed class NotSeen() : KnownReason("not_seen", Permission.ClientsSee, MeetingKind.ClientUpkeep)
{
    public override async Task<IReadOnlyList<Reason>> Of(PlanAsk ask)
    {
        var rhythms = await ask.Db.Set<SegmentRhythm>().AsNoTracking().ToDictionaryAsync(s => s.Segment, s => s.Days);
        var named = rhythms.Keys.ToList();
        var found = new List<Reason>();
        foreach (var (segment, days) in rhythms)
            found.AddRange(await Unseen(ask, ask.Clients.Where(c => c.Segment == segment), days));
        found.AddRange(await Unseen(ask, ask.Clients.Where(c => !named.Contains(c.Segment)), ask.Settings.NotSeenDays));
        return found;
    }

    private async Task<IEnumerable<Reason>> Unseen(PlanAsk ask, IQueryable<Client> clients, int days)
    {
        var since = ask.Since(days);
        var (met, visited, called, local) = (Seen.Meetings(ask.Db, ask.Now), Seen.Visits(ask.Db), Seen.Calls(ask.Db), ask.Local(since));
        var ids = await clients
            .Where(c => c.CreatedAt < since)
            .Where(c =>
                !met.Any(i => i.ClientId == c.Id && i.StartsAt >= since)
                && !visited.Any(v => v.ClientId == c.Id && v.StartsAt >= local)
                && !called.Any(e => e.ClientId == c.Id && e.At >= since)
            )
            .OrderByDescending(c => c.KeyAccount)
            .ThenBy(c => c.CreatedAt)
            .ThenBy(c => c.Id)
            .Select(c => new { c.Id, c.CreatedAt })
            .Take(PlanAsk.Most)
            .ToListAsync();
        var seen = await Seen.Last(ask, [.. ids.Select(i => i.Id)]);
        return ids.Select(i => Of(ask, i.Id, seen.TryGetValue(i.Id, out var last) ? last : null, ask.Firm.Day(i.CreatedAt), days));
    }

    private Reason Of(PlanAsk ask, Guid client, DateOnly? last, DateOnly known, int days)
    {
        var gone = ask.DaysSince(last ?? known);
        var weight = ask.Weigh(Kind, gone - days, days);
        return last is { } day
            ? new Reason(Kind, client, weight, ("days", gone), ("day", day), ("limit", days))
            : new Reason("never_seen", client, weight, ("day", known), ("limit", days));
    }
}

/// <summary>A client's question that is open, and no meeting about it ahead.</summary>
internal sealed class QuestionAsked() : KnownReason("question", Permission.VisitsSee, MeetingKind.RemoteSession)
{
    public override async Task<IReadOnlyList<Reason>> Of(PlanAsk ask) =>
        [
            .. (await ask.Db.Waiting(ask.Clients, PlanAsk.Most))
                .GroupBy(q => q.ClientId)
                .Select(g => g.First())
                .Select(q => new Reason(Kind, q.ClientId, ask.Weigh(Kind), ("question", q.Title), ("day", ask.Firm.Day(q.AskedAt)))),
        ];
}

/// <summary>A client who came lately and whom nobody has met: a request that must not wait.</summary>
internal sealed class NewClient() : KnownReason("new_client", Permission.ClientsSee, MeetingKind.NewClient, byPhone: false)
{
    public override async Task<IReadOnlyList<Reason>> Of(PlanAsk ask)
    {
        var (met, visited, since) = (Seen.Meetings(ask.Db), Seen.Visits(ask.Db), ask.Since(ask.Settings.NewDays));
        var fresh = await ask
            .Clients.Where(c => c.CreatedAt >= since && !met.Any(i => i.ClientId == c.Id) && !visited.Any(v => v.ClientId == c.Id))
            .OrderBy(c => c.CreatedAt)
            .ThenBy(c => c.Id)
            .Select(c => new { c.Id, c.CreatedAt })
            .Take(PlanAsk.Most)
            .ToListAsync();
        return [.. fresh.Select(c => new Reason(Kind, c.Id, ask.Weigh(Kind), ("day", ask.Firm.Day(c.CreatedAt))))];
    }
}
