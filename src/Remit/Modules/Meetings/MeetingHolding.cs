using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Meetings.Events;
using Remit.Modules.Meetings.Goals;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Meetings;

/// <summary>Series that a person leads in their own name; those led by a position go with it. Decisions go with their tasks.</summary>
internal sealed class SeriesHolding : IHolding
{
    public string Name => "meetings";
    public Permission? HandsOver => Permission.MeetingsEdit;

    public async Task<IReadOnlyList<Held>> Of(AppDb db, Guid person, DateOnly today) =>
        [
            .. (
                await db.Set<MeetingSeries>()
                    .AsNoTracking()
                    .Where(s => s.LeadPersonId == person && (s.EndsOn == null || s.EndsOn >= today))
                    .OrderBy(s => s.Name)
                    .ToListAsync()
            ).Select(s => new Held(s.Id, s.Name, $"meetings/series/{s.Id}")),
        ];

    public async Task HandOver(AppDb db, IReadOnlyCollection<Guid> ids, Guid to, DateOnly today)
    {
        foreach (var series in await db.Set<MeetingSeries>().Where(s => ids.Contains(s.Id)).ToListAsync())
            series.LedBy(new(to, null));
    }
}

/// <summary>A person's running goals; those of a position stay with it.</summary>
internal sealed class GoalHolding : IHolding
{
    public string Name => "goals";
    public Permission? HandsOver => Permission.MeetingsEdit;

    public async Task<IReadOnlyList<Held>> Of(AppDb db, Guid person, DateOnly today) =>
        [
            .. (
                await db.Set<Goal>()
                    .AsNoTracking()
                    .Where(g => g.PersonId == person && g.State == GoalState.Running)
                    .OrderBy(g => g.By)
                    .ToListAsync()
            ).Select(g => new Held(g.Id, g.Text, $"meetings/goals/{g.Id}")),
        ];

    public async Task HandOver(AppDb db, IReadOnlyCollection<Guid> ids, Guid to, DateOnly today)
    {
        foreach (var goal in await db.Set<Goal>().Where(g => ids.Contains(g.Id)).ToListAsync())
            goal.HandTo(to);
    }
}

/// <summary>Events that a person is preparing.</summary>
internal sealed class EventHolding : IHolding
{
    public string Name => "staff_events";
    public Permission? HandsOver => Permission.MeetingsEdit;

    public async Task<IReadOnlyList<Held>> Of(AppDb db, Guid person, DateOnly today) =>
        [
            .. (
                await db.Set<StaffEvent>()
                    .AsNoTracking()
                    .Where(e => e.OrganisedBy == person && e.Stage == EventStage.Planned)
                    .OrderBy(e => e.StartsAt)
                    .ToListAsync()
            ).Select(e => new Held(e.Id, e.Name, $"meetings/events/{e.Id}")),
        ];

    public async Task HandOver(AppDb db, IReadOnlyCollection<Guid> ids, Guid to, DateOnly today)
    {
        foreach (var what in await db.Set<StaffEvent>().Where(e => ids.Contains(e.Id)).ToListAsync())
            what.HandTo(to);
    }
}
