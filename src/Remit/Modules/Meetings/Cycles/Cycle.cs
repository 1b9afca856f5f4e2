using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Modules.Meetings.Goals;
using Remit.Modules.Pay;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Meetings.Cycles;

/// <summary>Hours of the last whole month: what its duties promise by their frequency, what the ledger says, what the person had.</summary>
/// <param name="Worked">By norm time of what was logged.</param>
public sealed record CycleLoad(Guid PersonId, string Name, bool StandIn, decimal Worked, decimal Had)
{
    public int Percent => Had > 0 ? (int)Math.Round(Worked * 100 / Had) : 0;
}

/// <summary>Plan, organisation, motivation and control of one position, each from the books that hold it.</summary>
/// <param name="PromisedHours">What its regular duties take one person in that month; those as they come are not foreseen.</param>
public sealed record Cycle(
    Position Position,
    Month Month,
    IReadOnlyList<GoalView> Goals,
    IReadOnlyList<(Frequency? Frequency, int Count)> Duties,
    decimal PromisedHours,
    IReadOnlyList<CycleLoad> People,
    Motivation? Motivation,
    IReadOnlyList<(string Whose, Measured Value)> Indicators,
    IReadOnlyList<DecisionLine> Decisions
)
{
    private const int HoursADay = 8;

    public static async Task<Cycle> Of(AppDb db, Position position, Actor actor, Screen screen)
    {
        var (today, month) = (screen.Today, screen.Month.Previous);
        var held = await (
            from tenure in db.Set<Tenure>().On(today)
            join person in db.Set<Person>() on tenure.PersonId equals person.Id
            where tenure.PositionId == position.Id && person.Active
            orderby tenure.StandIn, person.NameKey
            select new
            {
                person.Id,
                person.Name,
                tenure.StandIn,
                tenure.From,
            }
        ).ToListAsync();
        var ids = held.Select(h => h.Id).ToHashSet();
        var names = held.DistinctBy(h => h.Id).ToDictionary(h => h.Id, h => h.Name);
        var calendar = await db.WorkDays(screen.Firm!.Country);
        var duties = await db.Set<Duty>()
            .AsNoTracking()
            .Where(d => d.PositionId == position.Id && !d.Retired)
            .Select(d => new { d.Id, d.Frequency })
            .ToListAsync();
        var norms = (
            await db.Set<DutyNorm>()
                .AsNoTracking()
                .Where(n => n.From <= month.Last && db.Set<Duty>().Any(d => d.Id == n.DutyId && d.PositionId == position.Id))
                .OrderBy(n => n.From)
                .ThenBy(n => n.Id)
                .ToListAsync()
        )
            .GroupBy(n => n.DutyId)
            .ToDictionary(g => g.Key, g => g.Last().Minutes);
        var worked = (
            await db.Set<WorkEntry>()
                .Where(w => ids.Contains(w.PersonId) && w.DoneOn >= month.First && w.DoneOn <= month.Last)
                .GroupBy(w => w.PersonId)
                .Select(g => new { g.Key, Milli = g.Sum(w => w.Minutes * w.QuantityMilli) })
                .ToListAsync()
        ).ToDictionary(w => w.Key, w => w.Milli / 60_000m);
        decimal Had(DateOnly from) =>
            HoursADay
            * Enumerable
                .Range(1, month.Last.Day)
                .Select(d => new DateOnly(month.Year, month.Number, d))
                .Count(d => d >= from && calendar.IsWorkday(d));
        var goals = db.Set<Goal>()
            .SeenBy(db, actor, today)
            .Where(g =>
                g.State == GoalState.Running && (g.PositionId == position.Id || g.PersonId != null && ids.Contains(g.PersonId.Value))
            );
        var decisions = await Agenda.Decisions(
            db,
            db.Set<Decision>().SeenBy(db, actor, today).Where(d => d.State == DecisionState.Open),
            today
        );
        return new(
            position,
            month,
            await GoalViews.Of(db, goals, today),
            [.. duties.GroupBy(d => d.Frequency).OrderBy(g => g.Key is null).ThenBy(g => g.Key).Select(g => (g.Key, g.Count()))],
            Math.Round(duties.Sum(d => Times(d.Frequency, calendar, month) * norms.GetValueOrDefault(d.Id)) / 60, 1),
            [
                .. held.DistinctBy(h => h.Id)
                    .Select(h => new CycleLoad(h.Id, h.Name, h.StandIn, Math.Round(worked.GetValueOrDefault(h.Id), 1), Had(h.From))),
            ],
            await Motivation.Of(db, position.Id, today),
            [
                .. (await Measuring.Targets(db, ids, screen.Month)).Select(m =>
                    (m.PersonId is { } id ? names.GetValueOrDefault(id, "") : "", m)
                ),
            ],
            [.. decisions.Where(d => d.Task.PositionId == position.Id || d.Task.PersonId is { } p && ids.Contains(p))]
        );
    }

    private static decimal Times(Frequency? frequency, WorkCalendar calendar, Month month) =>
        frequency switch
        {
            Frequency.Daily => calendar.WorkdaysIn(month),
            Frequency.Weekly => month.Last.Day / 7m,
            Frequency.Monthly => 1,
            Frequency.Yearly => 1 / 12m,
            _ => 0,
        };
}
