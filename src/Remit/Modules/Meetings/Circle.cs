using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;

namespace Remit.Modules.Meetings;

/// <summary>Who is in a meeting: members that are positions are whoever holds them, or stands in, on the day.</summary>
public sealed record Circle(IReadOnlyList<Person> People, IReadOnlyList<MeetingMember> Guests, Guid? Lead)
{
    public static async Task<Circle> Of(AppDb db, MeetingSeries series, DateOnly day)
    {
        var members = await db.Set<MeetingMember>().AsNoTracking().Where(m => m.MeetingSeriesId == series.Id).ToListAsync();
        // Those that this very save brings or takes count already.
        var tracked = db.ChangeTracker.Entries<MeetingMember>().Where(e => e.Entity.MeetingSeriesId == series.Id).ToList();
        members.RemoveAll(m => tracked.Exists(e => e.State == EntityState.Deleted && e.Entity.Id == m.Id));
        members.AddRange(tracked.Where(e => e.State == EntityState.Added).Select(e => e.Entity));
        var positions = members.Select(m => m.PositionId).Append(series.LeadPositionId).OfType<Guid>().ToList();
        var held = await db.Set<Tenure>()
            .AsNoTracking()
            .On(day)
            .Where(t => positions.Contains(t.PositionId))
            .OrderBy(t => t.StandIn)
            .ThenBy(t => t.From)
            .ToListAsync();
        var lead = series.LeadPersonId ?? held.FirstOrDefault(t => t.PositionId == series.LeadPositionId)?.PersonId;
        var ids = members.Select(m => m.PersonId).Append(lead).OfType<Guid>().Concat(held.Select(t => t.PersonId)).ToHashSet();
        var people = await db.Set<Person>().AsNoTracking().Where(p => ids.Contains(p.Id) && p.Active).OrderBy(p => p.NameKey).ToListAsync();
        return new(people, [.. members.Where(m => m.Email.Length > 0).OrderBy(m => m.Name)], lead);
    }

    public IReadOnlyList<Guid> Ids => [.. People.Select(p => p.Id)];
}

/// <summary>Named questions to meetings, decisions and goals: what this person may see of them.</summary>
public static class MeetingQueries
{
    /// <summary>Series that the person is in, leads or made; all of them for those who answer for the team.</summary>
    public static IQueryable<MeetingSeries> SeenBy(this IQueryable<MeetingSeries> series, AppDb db, Actor actor, DateOnly day)
    {
        if (actor.Can(Permission.TeamSee))
            return series;
        var me = actor.PersonId;
        var positions = db.PositionsOf(me, day);
        return series.Where(s =>
            s.CreatedBy == me
            || s.LeadPersonId == me
            || positions.Contains(s.LeadPositionId)
            || db.Set<MeetingMember>()
                .Any(m => m.MeetingSeriesId == s.Id && ((m.PersonId != null && m.PersonId == me) || positions.Contains(m.PositionId)))
        );
    }

    public static IQueryable<Meeting> SeenBy(this IQueryable<Meeting> meetings, AppDb db, Actor actor, DateOnly day)
    {
        var series = db.Set<MeetingSeries>().SeenBy(db, actor, day).Select(s => s.Id);
        return actor.Can(Permission.TeamSee) ? meetings : meetings.Where(m => series.Contains(m.MeetingSeriesId));
    }

    public static IQueryable<Decision> SeenBy(this IQueryable<Decision> decisions, AppDb db, Actor actor, DateOnly day)
    {
        var series = db.Set<MeetingSeries>().SeenBy(db, actor, day).Select(s => s.Id);
        return actor.Can(Permission.TeamSee) ? decisions : decisions.Where(d => series.Contains(d.MeetingSeriesId));
    }

    /// <summary>Who leads it, who made it and who answers for the team may change it, close it and send its minutes.</summary>
    public static async Task<bool> IsRunBy(this MeetingSeries series, AppDb db, Actor actor, DateOnly day) =>
        actor.Can(Permission.TeamSee)
        || series.CreatedBy == actor.PersonId
        || series.LeadPersonId == actor.PersonId && actor.PersonId is not null
        || series.LeadPositionId is { } position && await db.PositionsOf(actor.PersonId, day).ContainsAsync(position);

    internal static IQueryable<Guid?> PositionsOf(this AppDb db, Guid? person, DateOnly day) =>
        db.Set<Tenure>().On(day).Where(t => t.PersonId == person).Select(t => (Guid?)t.PositionId);
}
