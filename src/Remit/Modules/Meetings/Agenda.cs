using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Modules.Meetings.Goals;
using Remit.Modules.Pay;
using Remit.Modules.People;
using Remit.Modules.Tasks;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Meetings;

/// <summary>One piece of work behind a number of the agenda: the answer to «why?».</summary>
public sealed record DoneEntry(DateOnly On, string Label, string? Path);

/// <summary>What one person did for one duty since the last meeting.</summary>
public sealed record DoneDuty(string Duty, long QuantityMilli, IReadOnlyList<DoneEntry> Entries);

public sealed record DoneBy(string Person, IReadOnlyList<DoneDuty> Duties);

/// <summary>A decision with the task that carries it.</summary>
public sealed record DecisionLine(Decision Decision, WorkTask Task, string Whose, string From)
{
    public bool Late(DateOnly today) => Decision.State == DecisionState.Open && Task.DueOn < today;
}

/// <summary>What an agenda filled itself with.</summary>
public sealed record AgendaContent(
    DateOnly Since,
    DateOnly Until,
    IReadOnlyList<DoneBy> Done,
    IReadOnlyList<(string Whose, Measured Value)> Indicators,
    IReadOnlyList<DecisionLine> Decisions,
    IReadOnlyList<GoalView> Goals
)
{
    /// <summary>Those whose own page the reader may open: a meeting shows the goals of all its people.</summary>
    public required IReadOnlySet<Guid> Opens { get; init; }
}

/// <summary>Fills an agenda from the books: what was done, what is measured, what was decided, what is aimed at.</summary>
public static class Agenda
{
    private const int MostEntries = 2_000;

    public static async Task<AgendaContent> Of(AppDb db, Meeting meeting, Circle circle, Screen screen)
    {
        var until = meeting.Day < screen.Today ? meeting.Day : screen.Today;
        var before = await db.Set<Meeting>()
            .AsNoTracking()
            .Where(m => m.MeetingSeriesId == meeting.MeetingSeriesId && m.Stage == MeetingStage.Held && m.StartsAt < meeting.StartsAt)
            .OrderByDescending(m => m.StartsAt)
            .FirstOrDefaultAsync();
        // With none before it, a week is what people remember.
        var since = before?.Day ?? until.AddDays(-7);
        var names = circle.People.ToDictionary(p => p.Id, p => p.Name);
        var goals = db.Set<Goal>().Of(db, circle.Ids, screen.Today).Where(g => g.State == GoalState.Running);
        return new(
            since,
            until,
            await Done(db, circle, since, until, screen),
            [
                .. (await Measuring.Targets(db, circle.Ids, Month.Of(until))).Select(m =>
                    (m.PersonId is { } id ? names.GetValueOrDefault(id, "") : "", m)
                ),
            ],
            await Decisions(
                db,
                db.Set<Decision>()
                    .Where(d => d.MeetingSeriesId == meeting.MeetingSeriesId && d.State == DecisionState.Open && d.MeetingId != meeting.Id),
                screen.Today
            ),
            await GoalViews.Of(db, goals, screen.Today)
        )
        {
            Opens = (await goals.SeenBy(db, screen.Person!, screen.Today).Select(g => g.Id).ToListAsync()).ToHashSet(),
        };
    }

    public static async Task<IReadOnlyList<DecisionLine>> Decisions(AppDb db, IQueryable<Decision> decisions, DateOnly today)
    {
        var rows = await (
            from d in decisions.AsNoTracking()
            join t in db.Set<WorkTask>().AsNoTracking() on d.WorkTaskId equals t.Id
            join m in db.Set<Meeting>().AsNoTracking() on d.MeetingId equals m.Id
            orderby t.DueOn, d.Id
            select new
            {
                Decision = d,
                Task = t,
                m.Name,
                m.StartsAt,
            }
        )
            .Take(500)
            .ToListAsync();
        var people = await db.NamesOfPeople();
        var positions = await db.Set<Position>().AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Name);
        var holders = await db.Holders(today);
        string Whose(WorkTask t) =>
            t.PersonId is { } p
                ? people.GetValueOrDefault(p, "")
                : positions.GetValueOrDefault(t.PositionId!.Value, "")
                    + (holders.TryGetValue(t.PositionId.Value, out var h) ? $" ({people.GetValueOrDefault(h)})" : "");
        return [.. rows.Select(r => new DecisionLine(r.Decision, r.Task, Whose(r.Task), r.Name))];
    }

    private static async Task<IReadOnlyList<DoneBy>> Done(AppDb db, Circle circle, DateOnly since, DateOnly until, Screen screen)
    {
        var ids = circle.Ids;
        var rows = await (
            from w in db.Set<WorkEntry>().AsNoTracking()
            where
                ids.Contains(w.PersonId)
                && w.DoneOn >= since
                && w.DoneOn <= until
                && w.Reverses == null
                && !db.Set<WorkEntry>().Any(r => r.Reverses == w.Id)
            join d in db.Set<Duty>() on w.DutyId equals d.Id
            orderby w.DoneOn, w.Id
            select new
            {
                w.PersonId,
                d.Number,
                d.Text,
                w.QuantityMilli,
                w.DoneOn,
                w.Label,
                w.ClientId,
                w.Fact,
                w.SubjectId,
            }
        )
            .Take(MostEntries)
            .ToListAsync();
        string? Path(Guid? client, string? fact, Guid? subject) =>
            fact?.StartsWith("visit.", StringComparison.Ordinal) == true && screen.Can(Permission.VisitsSee) ? $"visits/{subject}"
            : client is { } c && screen.Can(Permission.ClientsSee) ? $"clients/{c}"
            : null;
        return
        [
            .. circle.People.Select(p => new DoneBy(
                p.Name,
                [
                    .. rows.Where(r => r.PersonId == p.Id)
                        .GroupBy(r => (r.Number, r.Text))
                        .Select(g => new DoneDuty(
                            $"{g.Key.Number} {g.Key.Text}".Trim(),
                            g.Sum(r => r.QuantityMilli),
                            [.. g.Select(r => new DoneEntry(r.DoneOn, r.Label, Path(r.ClientId, r.Fact, r.SubjectId)))]
                        ))
                        .OrderByDescending(d => d.Entries.Count),
                ]
            )),
        ];
    }

    /// <summary>The content of a point as plain lines: what is kept with the minutes, printed and sent.</summary>
    public static string Lines(this AgendaContent content, PointKind kind, T t, DateOnly today) =>
        string.Join(
            '\n',
            kind switch
            {
                PointKind.Done => content
                    .Done.Where(d => d.Duties.Count > 0)
                    .SelectMany(d => d.Duties.Select(x => $"{d.Person}: {x.Duty} — {Formats.Quantity(x.QuantityMilli, t)}")),
                PointKind.Indicators => content.Indicators.Select(i =>
                    $"{(i.Whose.Length > 0 ? i.Whose + ": " : "")}{t.Label(i.Value.Label)} — {GoalViews.Figure(i.Value.Value, t)} / {GoalViews.Figure(i.Value.Target, t)}"
                ),
                PointKind.Decisions => content.Decisions.Select(d =>
                    $"{d.Decision.Text} — {d.Whose}, {Formats.Day(d.Task.DueOn, t)}{(d.Late(today) ? $" ({t["meetings.late"]})" : "")}"
                ),
                PointKind.Goals => content.Goals.Select(g => $"{g.Goal.Text} — {g.Said(t)}"),
                _ => [],
            }
        );
}
