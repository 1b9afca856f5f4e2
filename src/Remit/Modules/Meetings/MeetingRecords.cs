using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Meetings.Events;
using Remit.Modules.Meetings.Goals;
using Remit.Modules.Meetings.Pages;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Meetings;

/// <summary>What others hang on a meeting. Only those who are in it see it there.</summary>
internal sealed class MeetingRecord(TimeProvider clock) : IRecordKind
{
    public string Name => "meeting";
    public Permission See => Permission.MeetingsSee;
    public Permission Edit => Permission.MeetingsSee;

    public string Path(Guid id) => $"meetings/{id}";

    public Task<Dictionary<Guid, string>> Titles(AppDb db, IReadOnlyCollection<Guid> ids) =>
        db.Set<Meeting>().Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, m => m.Name);

    public async Task<bool> Sees(AppDb db, Actor actor, Guid id)
    {
        var today = (await Firm.Of(db)).Day(clock.GetUtcNow().UtcDateTime);
        return await db.Set<Meeting>().SeenBy(db, actor, today).AnyAsync(m => m.Id == id);
    }
}

/// <summary>What others hang on an event for staff.</summary>
internal sealed class EventRecord : IRecordKind
{
    public string Name => "staff_event";
    public Permission See => Permission.MeetingsSee;
    public Permission Edit => Permission.MeetingsEdit;

    public string Path(Guid id) => $"meetings/events/{id}";

    public Task<Dictionary<Guid, string>> Titles(AppDb db, IReadOnlyCollection<Guid> ids) =>
        db.Set<StaffEvent>().Where(e => ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Name);
}

/// <summary>Meetings about a client on its timeline. They are kept by the firm's clock, so the point asked for is turned into it.</summary>
internal sealed class MeetingLines(IHttpContextAccessor http) : ITimelineSource
{
    public Permission Needs => Permission.MeetingsSee;

    public async Task<IReadOnlyList<TimelineItem>> Before(AppDb db, TimelineAsk ask)
    {
        // A meeting is its members' own, on a client's page too.
        if (http.HttpContext?.RequestServices.GetRequiredService<Screen>() is not { Person: { } actor } screen)
            return [];
        var before = DateTime.SpecifyKind(ask.Firm.Local(ask.Before), DateTimeKind.Utc);
        var about = db.Set<MeetingSeries>().SeenBy(db, actor, screen.Today).Where(s => s.ClientId == ask.ClientId).Select(s => s.Id);
        var meetings = await db.Set<Meeting>()
            .AsNoTracking()
            .Where(m =>
                about.Contains(m.MeetingSeriesId)
                && m.Stage == MeetingStage.Held
                && (m.StartsAt < before || (m.StartsAt == before && m.Id.CompareTo(ask.BeforeId) < 0))
            )
            .OrderByDescending(m => m.StartsAt)
            .ThenByDescending(m => m.Id)
            .Take(ask.Most)
            .ToListAsync();
        return
        [
            .. meetings.Select(m => new TimelineItem(
                ask.Firm.Moment(m.StartsAt),
                m.Id,
                "meeting_minutes",
                m.Name,
                m.Present,
                $"meetings/{m.Id}",
                m.HeldBy
            )),
        ];
    }
}

/// <summary>On one's day: meetings and events of today, one's goals, events that ask for an answer.</summary>
internal sealed class MeetingsDay : IDaySection
{
    public bool Wide => false;

    public async Task<RenderFragment?> For(AppDb db, Screen screen)
    {
        if (!screen.Can(Permission.MeetingsSee) || screen.Person is not { PersonId: { } me })
            return null;
        var (dawn, night) = (
            screen.Today.ToDateTime(default, DateTimeKind.Utc),
            screen.Today.AddDays(1).ToDateTime(default, DateTimeKind.Utc)
        );
        // Only what one is in oneself, also for those who see all.
        var plain = new Actor(me, "", Role.Programmer);
        var meetings = await db.Set<Meeting>()
            .AsNoTracking()
            .SeenBy(db, plain, screen.Today)
            .Where(m => m.Stage == MeetingStage.Planned && m.StartsAt >= dawn && m.StartsAt < night)
            .OrderBy(m => m.StartsAt)
            .ToListAsync();
        var asked = await (
            from g in db.Set<EventGuest>().AsNoTracking()
            join e in db.Set<StaffEvent>().AsNoTracking() on g.StaffEventId equals e.Id
            where
                g.PersonId == me
                && e.Stage == EventStage.Planned
                && e.StartsAt >= dawn
                && (g.State == GuestState.Invited || g.State == GuestState.Coming && e.StartsAt < night)
            orderby e.StartsAt
            select e
        )
            .Take(10)
            .ToListAsync();
        var goals = await GoalViews.Of(
            db,
            db.Set<Goal>()
                .Where(g => g.State == GoalState.Running && (g.PersonId == me || db.PositionsOf(me, screen.Today).Contains(g.PositionId))),
            screen.Today
        );
        return meetings.Count + asked.Count + goals.Count == 0
            ? null
            : page =>
            {
                page.OpenComponent<MeetingsDayBox>(0);
                page.AddComponentParameter(1, nameof(MeetingsDayBox.Meetings), meetings);
                page.AddComponentParameter(2, nameof(MeetingsDayBox.Events), asked);
                page.AddComponentParameter(3, nameof(MeetingsDayBox.Goals), goals);
                page.CloseComponent();
            };
    }
}
