using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Papers;
using Remit.Web;

namespace Remit.Modules.Planning.Reasons;

/// <summary>A client whom nobody met, visited or reached by phone for longer than is usual for their segment.</summary>
internal sealed class NotSeen : IMeetingReason
{
    public string Kind => "not_seen";
    public Permission Needs => Permission.ClientsSee;
    public bool ByPhone => true;
    public MeetingKind Meeting => MeetingKind.ClientUpkeep;

    public async Task<IReadOnlyList<Reason>> Of(PlanAsk ask)
    {
        var rhythms = await ask.Db.Set<SegmentRhythm>().AsNoTracking().ToDictionaryAsync(s => s.Segment, s => s.Days);
        var named = rhythms.Keys.ToList();
        var found = new List<Reason>();
        foreach (var (segment, days) in rhythms) found.AddRange(await Unseen(ask, ask.Clients.Where(c => c.Segment == segment), days));
        found.AddRange(await Unseen(ask, ask.Clients.Where(c => !named.Contains(c.Segment)), ask.Settings.NotSeenDays));
        return found;
    }

    private async Task<IEnumerable<Reason>> Unseen(PlanAsk ask, IQueryable<Client> clients, int days)
    {
        var (db, now, since) = (ask.Db, ask.Now, ask.Since(days));
        var local = DateTime.SpecifyKind(ask.Firm.Local(since), DateTimeKind.Utc);
        var ids = await clients.Where(c => c.CreatedAt < since)
            .Where(c => !db.Set<CalendarItem>().Any(i => i.ClientId == c.Id && i.State != MeetingState.Missed && i.StartsAt >= since && i.StartsAt <= now))
            .Where(c => !db.Set<Visit>().Any(v => v.ClientId == c.Id && v.State != VisitState.Cancelled && v.StartsAt >= local))
            .Where(c => !db.Set<ClientEvent>().Any(e => e.ClientId == c.Id && e.Kind == EventKind.Call && e.Reached && e.At >= since))
            .OrderByDescending(c => c.KeyAccount).ThenBy(c => c.CreatedAt).ThenBy(c => c.Id).Select(c => new { c.Id, c.CreatedAt }).Take(PlanAsk.Most).ToListAsync();
        var seen = await LastSeen.Of(ask, [.. ids.Select(i => i.Id)]);
        return ids.Select(i => Of(ask, i.Id, seen.TryGetValue(i.Id, out var last) ? last : null, ask.Firm.Day(i.CreatedAt), days));
    }

    private Reason Of(PlanAsk ask, Guid client, DateOnly? last, DateOnly known, int days)
    {
        var gone = ask.Today.DayNumber - (last ?? known).DayNumber;
        // Twice as long unseen pushes twice as hard, and no harder.
        var weight = ask.Settings.WeightOf(Kind) * Math.Clamp(gone, days, days * 2) / days;
        return last is { } day ? new Reason(Kind, client, weight, ("days", gone), ("day", day), ("limit", days)) : new Reason("never_seen", client, weight, ("day", known), ("limit", days));
    }
}

/// <summary>When clients were seen last: a meeting, a visit done, a call that was answered.</summary>
internal static class LastSeen
{
    public static async Task<Dictionary<Guid, DateOnly>> Of(PlanAsk ask, IReadOnlyCollection<Guid> clients)
    {
        var (db, now) = (ask.Db, ask.Now);
        var local = DateTime.SpecifyKind(ask.Firm.Local(now), DateTimeKind.Utc);
        var meetings = await db.Set<CalendarItem>().Where(i => i.ClientId != null && clients.Contains(i.ClientId.Value) && i.State != MeetingState.Missed && i.StartsAt <= now)
            .GroupBy(i => i.ClientId!.Value).Select(g => new { g.Key, Last = g.Max(i => i.StartsAt) }).ToListAsync();
        var visits = await db.Set<Visit>().Where(v => clients.Contains(v.ClientId) && v.State != VisitState.Cancelled && v.StartsAt <= local)
            .GroupBy(v => v.ClientId).Select(g => new { g.Key, Last = g.Max(v => v.StartsAt) }).ToListAsync();
        var calls = await db.Set<ClientEvent>().Where(e => clients.Contains(e.ClientId) && e.Kind == EventKind.Call && e.Reached && e.At <= now)
            .GroupBy(e => e.ClientId).Select(g => new { g.Key, Last = g.Max(e => e.At) }).ToListAsync();
        return meetings.Concat(calls).Select(l => (l.Key, Day: ask.Firm.Day(l.Last))).Concat(visits.Select(v => (v.Key, Day: DateOnly.FromDateTime(v.Last))))
            .GroupBy(l => l.Key).ToDictionary(g => g.Key, g => g.Max(l => l.Day));
    }
}

/// <summary>A client's question that is open, and no meeting about it ahead.</summary>
internal sealed class QuestionAsked : IMeetingReason
{
    public string Kind => "question";
    public Permission Needs => Permission.VisitsSee;
    public bool ByPhone => true;
    public MeetingKind Meeting => MeetingKind.RemoteSession;

    public async Task<IReadOnlyList<Reason>> Of(PlanAsk ask)
    {
        var open = await ask.Db.Waiting(ask.Clients, PlanAsk.Most);
        return [.. open.GroupBy(q => q.ClientId).Select(g => g.First()).Select(q => new Reason(Kind, q.ClientId, ask.Settings.WeightOf(Kind), ("question", q.Title), ("day", ask.Firm.Day(q.AskedAt))))];
    }
}

/// <summary>An invoice that should have been paid by now.</summary>
internal sealed class OverdueInvoice : IMeetingReason
{
    private const int Heaviest = 30;

    public string Kind => "overdue";
    public Permission Needs => Permission.PapersSee;
    public bool ByPhone => true;
    public MeetingKind Meeting => MeetingKind.ClientUpkeep;

    public async Task<IReadOnlyList<Reason>> Of(PlanAsk ask)
    {
        var late = await ask.Db.Set<Invoice>().AsNoTracking().Unpaid().Where(i => i.DueOn < ask.Today && ask.Clients.Any(c => c.Id == i.ClientId)).OrderBy(i => i.DueOn).Take(PlanAsk.Most).ToListAsync();
        return [.. late.GroupBy(i => (i.ClientId, i.Total.Currency)).Select(g =>
        {
            var days = ask.Today.DayNumber - g.First().DueOn!.Value.DayNumber;
            return new Reason(Kind, g.Key.ClientId, ask.Settings.WeightOf(Kind) * (Heaviest + Math.Min(days, Heaviest)) / Heaviest,
                ("n", g.Count()), ("sum", new Amount(g.Sum(i => i.OpenMinor), g.Key.Currency)), ("days", days));
        })];
    }
}

/// <summary>A client who came lately and whom nobody has met: a request that must not wait.</summary>
internal sealed class NewClient : IMeetingReason
{
    public string Kind => "new_client";
    public Permission Needs => Permission.ClientsSee;
    public bool ByPhone => false;
    public MeetingKind Meeting => MeetingKind.NewClient;

    public async Task<IReadOnlyList<Reason>> Of(PlanAsk ask)
    {
        var (db, since) = (ask.Db, ask.Since(ask.Settings.NewDays));
        var fresh = await ask.Clients.Where(c => c.CreatedAt >= since)
            .Where(c => !db.Set<CalendarItem>().Any(i => i.ClientId == c.Id && i.State != MeetingState.Missed) && !db.Set<Visit>().Any(v => v.ClientId == c.Id && v.State != VisitState.Cancelled))
            .OrderBy(c => c.CreatedAt).ThenBy(c => c.Id).Select(c => new { c.Id, c.CreatedAt }).Take(PlanAsk.Most).ToListAsync();
        return [.. fresh.Select(c => new Reason(Kind, c.Id, ask.Settings.WeightOf(Kind), ("day", ask.Firm.Day(c.CreatedAt))))];
    }
}
