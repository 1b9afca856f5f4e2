using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>For whom and how long a time is looked for, and which visit is to be moved there, if one is.</summary>
public sealed record Wish(Guid Programmer, int Minutes, bool Remote, Guid? Visit = null);

/// <summary>When a programmer could be at a client: on workdays, in working hours, with time for the way.</summary>
public sealed class FreeTimes(IEnumerable<IBusyTimes> others, TimeProvider clock)
{
    public const int DaysAhead = 14;
    private const int Step = 30,
        MostOfDay = 6;

    /// <summary>Nobody sets out at once.</summary>
    private static readonly TimeSpan notice = TimeSpan.FromHours(2);

    /// <summary>Starts that would suit this visit, by the firm's clock.</summary>
    public Task<IReadOnlyList<DateTime>> For(AppDb db, Visit visit, Firm firm) =>
        For(db, new Wish(visit.ProgrammerId, visit.PlannedMinutes, visit.Remote, visit.Id), firm);

    /// <summary>The same before there is a visit.</summary>
    public async Task<IReadOnlyList<DateTime>> For(AppDb db, Wish wish, Firm firm)
    {
        var settings = await DispatchSettings.Now(db);
        var now = firm.Local(clock.GetUtcNow().UtcDateTime);
        var (from, to) = (
            DateTime.SpecifyKind(now.Date, DateTimeKind.Utc),
            DateTime.SpecifyKind(now.Date.AddDays(DaysAhead + 1), DateTimeKind.Utc)
        );
        var visits = await db.Set<Visit>()
            .AsNoTracking()
            .Where(v =>
                v.ProgrammerId == wish.Programmer
                && v.Id != wish.Visit
                && v.State != VisitState.Cancelled
                && v.StartsAt < to
                && v.StartsAt >= from.AddDays(-1)
            )
            .ToListAsync();
        var busy = visits.Select(v => Around(v, wish.Remote && v.Remote ? 0 : settings.Travel)).ToList();
        foreach (var other in others)
            busy.AddRange((await other.Of(db, [wish.Programmer], from, to, firm)).Select(t => t.Time));
        return Of(busy, DateOnly.FromDateTime(now), wish.Minutes, settings, await db.WorkDays(firm.Country), now + notice);
    }

    /// <summary>The rule itself.</summary>
    public static IReadOnlyList<DateTime> Of(
        IReadOnlyCollection<Busy> busy,
        DateOnly first,
        int minutes,
        DispatchSettings settings,
        WorkCalendar calendar,
        DateTime notBefore
    )
    {
        var free = new List<DateTime>();
        for (var day = first; day <= first.AddDays(DaysAhead); day = day.AddDays(1))
        {
            if (!calendar.IsWorkday(day))
                continue;
            var midnight = day.ToDateTime(default, DateTimeKind.Utc);
            var (start, closes) = (midnight.AddHours(settings.Opens), midnight.AddHours(settings.Closes - (calendar.IsShort(day) ? 1 : 0)));
            var found = new List<DateTime>();
            for (; start.AddMinutes(minutes) <= closes; start = start.AddMinutes(Step))
                if (start >= notBefore && !busy.Any(b => b.From < start.AddMinutes(minutes) && start < b.To))
                    found.Add(start);
            free.AddRange(Spread(found));
        }
        return free;
    }

    // A client chooses among a few over the whole day, not among the first few of the morning.
    private static IEnumerable<DateTime> Spread(List<DateTime> found) =>
        found.Count <= MostOfDay ? found : Enumerable.Range(0, MostOfDay).Select(n => found[n * (found.Count - 1) / (MostOfDay - 1)]);

    private static Busy Around(Visit visit, int way) => new(visit.StartsAt.AddMinutes(-way), visit.EndsAt.AddMinutes(way));
}
