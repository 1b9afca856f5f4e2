using Microsoft.EntityFrameworkCore;
using Remit.Modules.Calendar;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Meetings;

/// <summary>
/// Keeps a series' next meetings ready to be prepared, and its times in the calendars of those who are in it today.
/// What people wrote for a meeting travels with it when the series gets other times.
/// </summary>
public static class MeetingPlan
{
    public const int DaysAhead = 35;
    private const int YearsToLook = 5;

    /// <summary>The series as it stands in calendars, with what was moved and cancelled. The caller saves.</summary>
    public static async Task Refresh(this AppDb db, MeetingSeries series, Firm firm, DateTime now)
    {
        var today = firm.Day(now);
        var meetings = await db.Set<Meeting>().Where(m => m.MeetingSeriesId == series.Id).OrderBy(m => m.Slot).ToListAsync();
        meetings =
        [
            .. meetings
                .Union(
                    db.ChangeTracker.Entries<Meeting>()
                        .Where(e => e.State == EntityState.Added && e.Entity.MeetingSeriesId == series.Id)
                        .Select(e => e.Entity)
                )
                .OrderBy(m => m.Slot),
        ];
        await Slots(db, series, meetings, firm, today);
        var left = meetings.Where(m => db.Entry(m).State != EntityState.Deleted).ToList();
        var circle = await Circle.Of(db, series, today);
        await db.PutInCalendars(Shown(series, left), circle.Ids, firm, now);
    }

    /// <summary>How a series stands in a calendar.</summary>
    public static Appointment Shown(MeetingSeries series, IReadOnlyCollection<Meeting> meetings) =>
        Bare(series) with
        {
            Without = [.. meetings.Where(m => m.Stage == MeetingStage.Cancelled).Select(m => m.Slot)],
            Moved =
            [
                .. meetings
                    .Where(m => m.Stage != MeetingStage.Cancelled && (m.StartsAt != m.Slot || m.Place != series.Place))
                    .Select(m => new AppointmentMove(m.Slot, m.StartsAt, m.Minutes, m.Place)),
            ],
        };

    private static Appointment Bare(MeetingSeries series) =>
        new($"meeting-{series.Id:N}", series.Name, series.Place, series.Purpose, series.StartsAt, series.Minutes, series.Rule)
        {
            Last = series.EndsOn,
        };

    // The meetings that are still to come take the series' next times, one after the other.
    private static async Task Slots(AppDb db, MeetingSeries series, List<Meeting> meetings, Firm firm, DateOnly today)
    {
        var was = db.Entry(series).Property(s => s.Place).OriginalValue;
        var held = meetings.Where(m => m.Stage != MeetingStage.Planned || m.Day < today).Select(m => m.Slot).ToHashSet();
        var open = meetings.Where(m => m.Stage == MeetingStage.Planned && m.Day >= today).ToList();
        var slots = Ahead(series, firm, today).Where(s => !held.Contains(s)).ToList();
        for (var n = 0; n < Math.Max(slots.Count, open.Count); n++)
        {
            if (n >= open.Count)
                Add(db, meetings, Meeting.Of(series, slots[n]));
            else if (n < slots.Count)
                open[n].Take(series, slots[n], was);
            else if (await IsUntouched(db, open[n]))
                db.Remove(open[n]);
            else
                open[n].Cancel();
        }
    }

    private static void Add(AppDb db, List<Meeting> meetings, Meeting meeting)
    {
        db.Add(meeting);
        meetings.Add(meeting);
        foreach (var kind in new[] { PointKind.Decisions, PointKind.Done, PointKind.Indicators, PointKind.Goals })
            db.Add(AgendaPoint.Filling(meeting.Id, kind));
    }

    /// <summary>The times from today on that are within reach; where none is, the next one however far.</summary>
    private static List<DateTime> Ahead(MeetingSeries series, Firm firm, DateOnly today)
    {
        var (bare, from) = (Bare(series), today.ToDateTime(default));
        var near = bare.Times(from, from.AddDays(DaysAhead), firm).Select(t => t.Was).ToList();
        return near.Count > 0 ? near : [.. bare.Times(from, from.AddYears(YearsToLook), firm).Take(1).Select(t => t.Was)];
    }

    private static async Task<bool> IsUntouched(AppDb db, Meeting meeting) =>
        !await db.Set<AgendaPoint>().AnyAsync(p => p.MeetingId == meeting.Id && (p.Kind == PointKind.Own || p.Notes != ""))
        && !await db.Set<Decision>().AnyAsync(d => d.MeetingId == meeting.Id);
}

/// <summary>Every night: the next meetings of every series, and calendars of those who hold its positions now.</summary>
internal sealed class MeetingsAhead : IDailyJob
{
    public string Kind => "meetings.ahead";
    public TimeOnly At => new(3, 30);

    public async Task Run(JobWork work)
    {
        foreach (
            var series in await work.Db.Set<MeetingSeries>().Where(s => s.EndsOn == null || s.EndsOn >= work.Today).ToListAsync(work.Cancel)
        )
            await work.Db.Refresh(series, work.Firm, work.Now);
    }
}
