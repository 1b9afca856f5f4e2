using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Modules.Pay;
using Remit.Modules.People;
using Remit.Modules.Tasks;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Meetings.Goals;

/// <summary>A goal as it stands today.</summary>
/// <param name="Now">Null while the measure has no data.</param>
/// <param name="Expected">What it should be by today if it moved evenly.</param>
public sealed record GoalView(Goal Goal, string Whose, string SetBy, string Measure, decimal? Now, decimal Expected)
{
    public int? Progress => Now is { } now ? Goal.Progress(now) : null;

    /// <summary>At least as far as by today it should be.</summary>
    public bool? OnTrack =>
        Now is not { } now ? null
        : Goal.Lower ? now <= Expected
        : now >= Expected;

    public string Said(T t) =>
        t[
            "goal.said",
            ("now", GoalViews.Figure(Now, t)),
            ("target", GoalViews.Figure(Goal.TargetMilli / 1000m, t)),
            ("day", Goal.By),
            ("whose", Whose)
        ];
}

/// <summary>Goals measured over their own days, from the one they were set on: by the firm's indicators, or by what the ledger counts.</summary>
public static class GoalViews
{
    public const int Most = 200;
    private const int MostPoints = 16;

    public static async Task<IReadOnlyList<GoalView>> Of(AppDb db, IQueryable<Goal> goals, DateOnly today)
    {
        var found = await goals
            .AsNoTracking()
            .OrderBy(g => g.State == GoalState.Running ? 0 : 1)
            .ThenBy(g => g.By)
            .ThenBy(g => g.Id)
            .Take(Most)
            .ToListAsync();
        if (found.Count == 0)
            return [];
        var people = await db.NamesOfPeople();
        var positions = await db.Set<Position>().AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Name);
        var duties = found.Where(g => g.Measure.Kind == "duty").Select(g => Guid.Parse(g.Measure.Of)).ToList();
        var titles = await db.Set<Duty>().AsNoTracking().Where(d => duties.Contains(d.Id)).ToDictionaryAsync(d => d.Id, d => d.Title);
        var holders = await db.Holders(today);
        var spans = new Dictionary<(DateOnly, DateOnly), Func<string, Guid?, decimal?>>();
        var codes = found.Where(g => g.Measure.Kind == "indicator").Select(g => g.Measure.Of).ToHashSet();
        var views = new List<GoalView>();
        foreach (var goal in found)
        {
            var day = goal.ClosedOn ?? today;
            if (goal.Measure.Kind == "indicator" && !spans.ContainsKey((goal.From, day)))
                spans[(goal.From, day)] = await Measuring.Values(db, codes, goal.From, day);
            var now =
                goal.Measure.Kind == "indicator" ? spans[(goal.From, day)](goal.Measure.Of, PersonOf(goal, holders))
                : (await Points(db, goal, day, holders)).LastOrDefault() is { Day: var on, Value: var value } && on != default ? value
                : null;
            var whose =
                goal.PersonId is { } p ? people.GetValueOrDefault(p, "")
                : goal.PositionId is { } q ? positions.GetValueOrDefault(q, "")
                : "";
            views.Add(
                new(
                    goal,
                    whose,
                    goal.SetBy is { } by ? people.GetValueOrDefault(by, "") : "Remit",
                    MeasureLabel(goal.Measure, titles),
                    now,
                    goal.Expected(day)
                )
            );
        }
        return views;
    }

    /// <summary>How the number went, from the day the goal was set.</summary>
    public static async Task<IReadOnlyList<(DateOnly Day, decimal? Value)>> Points(
        AppDb db,
        Goal goal,
        DateOnly until,
        IReadOnlyDictionary<Guid, Guid>? holders = null
    )
    {
        holders ??= await db.Holders(until);
        switch (goal.Measure.Kind)
        {
            case "indicator":
                var points = new List<(DateOnly, decimal?)>();
                foreach (var day in Days(goal.From, until))
                    if (
                        (await Measuring.Values(db, new HashSet<string> { goal.Measure.Of }, goal.From, day))(
                            goal.Measure.Of,
                            PersonOf(goal, holders)
                        ) is
                        { } value
                    )
                        points.Add((day, value));
                return points;
            case "hand":
                return
                [
                    .. (
                        await db.Set<GoalValue>()
                            .AsNoTracking()
                            .Where(v => v.GoalId == goal.Id && v.On <= until)
                            .OrderBy(v => v.On)
                            .ThenBy(v => v.Id)
                            .ToListAsync()
                    ).Select(v => (v.On, (decimal?)v.Milli / 1000m)),
                ];
            default:
                return Sums(goal, await Counted(db, goal, until, PersonOf(goal, holders)), until);
        }
    }

    /// <summary>The days on which the way is looked at: week by week while the goal is young, further apart later, and always the last.</summary>
    private static IEnumerable<DateOnly> Days(DateOnly from, DateOnly until)
    {
        var step = Math.Max(7, (until.DayNumber - from.DayNumber) / MostPoints + 1);
        for (var day = from.AddDays(step); day < until; day = day.AddDays(step))
            yield return day;
        yield return until;
    }

    /// <summary>A figure as it is written, or a dash where there is none.</summary>
    public static string Figure(decimal? value, T t) => value is { } v ? Formats.Quantity((long)(v * 1000), t) : "–";

    private static Guid? PersonOf(Goal goal, IReadOnlyDictionary<Guid, Guid> holders) =>
        goal.PersonId ?? (goal.PositionId is { } position && holders.TryGetValue(position, out var holder) ? holder : null);

    private static async Task<List<(DateOnly On, long Milli)>> Counted(AppDb db, Goal goal, DateOnly until, Guid? person)
    {
        if (goal.Measure.Kind == "fact")
            return (
                await db.Set<StatedFact>()
                    .AsNoTracking()
                    .Where(f =>
                        f.Code == goal.Measure.Of
                        && f.On >= goal.From
                        && f.On <= until
                        && (person == null || f.PersonId == person)
                        && f.Reverses == null
                        && !db.Set<StatedFact>().Any(r => r.Reverses == f.Id)
                    )
                    .GroupBy(f => f.On)
                    .Select(g => new { g.Key, Count = g.Count() })
                    .ToListAsync()
            ).ConvertAll(r => (r.Key, r.Count * 1000L));
        var duty = Guid.Parse(goal.Measure.Of);
        return (
            await db.Set<WorkEntry>()
                .AsNoTracking()
                .Where(w => w.DutyId == duty && w.DoneOn >= goal.From && w.DoneOn <= until && (person == null || w.PersonId == person))
                .GroupBy(w => w.DoneOn)
                .Select(g => new { g.Key, Sum = g.Sum(w => w.QuantityMilli) })
                .ToListAsync()
        ).ConvertAll(r => (r.Key, r.Sum));
    }

    private static List<(DateOnly, decimal?)> Sums(Goal goal, List<(DateOnly On, long Milli)> counted, DateOnly until)
    {
        var (sum, points) = (goal.StartMilli, new List<(DateOnly, decimal?)> { (goal.From, goal.StartMilli / 1000m) });
        foreach (var (on, milli) in counted.OrderBy(c => c.On))
        {
            // Counted down where less is aimed at: complaints, say.
            sum += goal.Lower ? -milli : milli;
            points.Add((on, sum / 1000m));
        }
        if (points[^1].Item1 < until)
            points.Add((until, sum / 1000m));
        return points;
    }

    internal static string MeasureLabel(Measure measure, IReadOnlyDictionary<Guid, string> duties) =>
        measure.Kind switch
        {
            "indicator" => "pay.fact." + measure.Of,
            "fact" => "fact." + measure.Of,
            "duty" => duties.GetValueOrDefault(Guid.Parse(measure.Of), ""),
            _ => "goal.measure_hand",
        };
}
