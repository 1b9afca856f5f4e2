using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Meetings.Events;
using Remit.Modules.Meetings.Goals;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Meetings;

/// <summary>What meetings, goals and events ask of people. A decision asks through its task.</summary>
internal sealed class MeetingDues : IDueSource
{
    private const int DaysToThink = 3;

    public Permission Needs => Permission.MeetingsSee;

    public async Task<IReadOnlyList<Due>> Open(AppDb db, DueAsk ask) =>
        [.. (await Unheld(db, ask)).Concat(await Goals(db, ask)).Concat(await Thoughts(db, ask)).OrderBy(d => d.On)];

    // A meeting that is over and has no minutes yet; its lead is asked.
    private static async Task<List<Due>> Unheld(AppDb db, DueAsk ask)
    {
        var today = ask.Today.ToDateTime(default, DateTimeKind.Utc);
        var over =
            from m in db.Set<Meeting>().AsNoTracking()
            join s in db.Set<MeetingSeries>().AsNoTracking() on m.MeetingSeriesId equals s.Id
            where m.Stage == MeetingStage.Planned && m.StartsAt < today
            select new
            {
                Meeting = m,
                s.LeadPersonId,
                s.LeadPositionId,
            };
        if (ask.PersonId is { } me)
        {
            var positions = db.PositionsOf(me, ask.Today);
            over = over.Where(r => r.LeadPersonId == me || positions.Contains(r.LeadPositionId));
        }
        var rows = await over.OrderBy(r => r.Meeting.StartsAt).Take(ask.Most).ToListAsync();
        var holders = rows.Exists(r => r.LeadPositionId is not null) ? await db.Holders(ask.Today) : [];
        return
        [
            .. rows.Where(r => r.Meeting.Day <= ask.Until)
                .Select(r => new Due(
                    "meeting_minutes",
                    r.Meeting.Id,
                    r.Meeting.Name,
                    r.Meeting.Day,
                    ask.PersonId ?? r.LeadPersonId ?? Holder(holders, r.LeadPositionId),
                    $"meetings/{r.Meeting.Id}"
                )),
        ];
    }

    private static async Task<List<Due>> Goals(AppDb db, DueAsk ask)
    {
        var goals = db.Set<Goal>().AsNoTracking().Where(g => g.State == GoalState.Running && g.By <= ask.Until);
        if (ask.PersonId is { } me)
        {
            var positions = db.PositionsOf(me, ask.Today);
            goals = goals.Where(g =>
                g.PersonId == me || positions.Contains(g.PositionId) || g.PersonId == null && g.PositionId == null && g.SetBy == me
            );
        }
        var rows = await goals.OrderBy(g => g.By).Take(ask.Most).ToListAsync();
        var holders = rows.Exists(g => g.PositionId is not null) ? await db.Holders(ask.Today) : [];
        return rows.ConvertAll(g => new Due(
            "goal",
            g.Id,
            g.Text,
            g.By,
            ask.PersonId ?? g.PersonId ?? Holder(holders, g.PositionId) ?? g.SetBy,
            $"meetings/goals/{g.Id}"
        ));
    }

    private static async Task<List<Due>> Thoughts(AppDb db, DueAsk ask)
    {
        var asked =
            from g in db.Set<EventGuest>().AsNoTracking()
            join e in db.Set<StaffEvent>().AsNoTracking() on g.StaffEventId equals e.Id
            where
                g.State == GuestState.Attended
                && g.ToldAt == null
                && g.PersonId != null
                && (ask.PersonId == null || g.PersonId == ask.PersonId)
            orderby e.StartsAt
            select new { Event = e, g.PersonId };
        // After a month nobody remembers what it was like.
        var since = ask.Today.AddDays(-30);
        return
        [
            .. (await asked.Where(r => r.Event.StartsAt >= since.ToDateTime(default, DateTimeKind.Utc)).Take(ask.Most).ToListAsync())
                .Select(r => new Due(
                    "event_thoughts",
                    r.Event.Id,
                    r.Event.Name,
                    r.Event.Day.AddDays(DaysToThink),
                    r.PersonId,
                    $"meetings/events/{r.Event.Id}#thoughts"
                ))
                .Where(d => d.On <= ask.Until),
        ];
    }

    private static Guid? Holder(Dictionary<Guid, Guid> holders, Guid? position) =>
        position is { } p && holders.TryGetValue(p, out var holder) ? holder : null;
}
