using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Storage;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Meetings.Goals;

public enum GoalState
{
    Running,
    Reached,
    Missed,
    Dropped,
}

/// <summary>Where a goal's number comes from: an indicator of pay, facts counted, entries of a duty counted, or a value entered by hand.</summary>
/// <param name="Kind"><c>indicator</c>, <c>fact</c>, <c>duty</c> or <c>hand</c>.</param>
public readonly record struct Measure(string Kind, string Of)
{
    public const string Hand = "hand";

    public static Measure? Read(string? text)
    {
        if (text == Hand)
            return new(Hand, "");
        if (text?.Split(':', 2) is not [var kind, var of])
            return null;
        var known = kind switch
        {
            "indicator" => Pay.Measuring.Codes.Contains(of),
            "fact" => FactCatalogue.All.Any(f => f.Code == of),
            "duty" => Guid.TryParse(of, out _),
            _ => false,
        };
        return known ? new(kind, of) : null;
    }

    /// <summary>Counted one by one since the goal was set; an indicator is measured over the same days.</summary>
    public bool Counts => Kind is "fact" or "duty";

    public override string ToString() => Kind == Hand ? Hand : $"{Kind}:{Of}";
}

/// <summary>What is to be reached by a day, by whom, and the number that shows it. Thousandths, as indicators are.</summary>
public sealed class Goal : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string Text { get; private set; } = "";

    /// <summary>What it serves, and how it can be reached: the R and the A of SMART.</summary>
    public string Reason { get; private set; } = "";
    public string Way { get; private set; } = "";
    public string MeasuredBy { get; private set; } = Meetings.Goals.Measure.Hand;

    /// <summary>In what the number is counted, where it is entered by hand.</summary>
    public string Unit { get; private set; } = "";
    public long StartMilli { get; private set; }
    public long TargetMilli { get; private set; }
    public DateOnly From { get; private init; }
    public DateOnly By { get; private set; }

    /// <summary>Whose it is; with neither it is the whole firm's.</summary>
    public Guid? PersonId { get; private set; }
    public Guid? PositionId { get; private set; }
    public Guid? SetBy { get; private init; }
    public GoalState State { get; private set; }
    public string Result { get; private set; } = "";
    public DateOnly? ClosedOn { get; private set; }
    public int Version { get; set; }
    public string Title => Text;
    public Measure Measure => Meetings.Goals.Measure.Read(MeasuredBy)!.Value;
    public Hand Whose => new(PersonId, PositionId);
    public bool Lower => TargetMilli < StartMilli;

    public static Goal Set(GoalDraft draft, DateOnly today, Guid? by)
    {
        var goal = new Goal { From = today, SetBy = by };
        goal.Describe(draft);
        return goal;
    }

    public void Describe(GoalDraft draft)
    {
        MustRun();
        Text = Filled(draft.Text, "goal.no_text", "goal_text");
        Must(Text.Length <= 500, "goal.long");
        Must(
            draft.Start is >= -1_000_000_000_000 and <= 1_000_000_000_000 && draft.Target is >= -1_000_000_000_000 and <= 1_000_000_000_000,
            "goal.number"
        );
        Must(draft.Start != draft.Target, "goal.no_way_to_go");
        Must(draft.By > From && draft.By <= From.AddYears(5), "goal.day", ("day", From));
        (Reason, Way, Unit) = (
            MeetingSeries.Short(draft.Reason, 2000),
            MeetingSeries.Short(draft.Way, 2000),
            MeetingSeries.Short(draft.Unit, 40)
        );
        (MeasuredBy, StartMilli, TargetMilli, By, PersonId, PositionId) = (
            draft.Measure.ToString(),
            draft.Start,
            draft.Target,
            draft.By,
            draft.Whose?.PersonId,
            draft.Whose?.PositionId
        );
    }

    public void HandTo(Guid person)
    {
        MustRun();
        (PersonId, PositionId) = (person, null);
    }

    /// <summary>What it should be by a day if it moved evenly.</summary>
    public decimal Expected(DateOnly day)
    {
        var part = Math.Clamp((day.DayNumber - From.DayNumber) / (decimal)(By.DayNumber - From.DayNumber), 0, 1);
        return (StartMilli + (TargetMilli - StartMilli) * part) / 1000;
    }

    /// <summary>How much of the way is behind, in percent; past the target it is more than a hundred.</summary>
    public int Progress(decimal now) =>
        (int)Math.Clamp(Math.Floor((now * 1000 - StartMilli) * 100 / (TargetMilli - StartMilli)), -999, 999);

    /// <param name="now">What the measure says.</param>
    public void Reach(decimal? now, string? result, Guid? by, DateOnly on)
    {
        MustRun();
        Must(now is { } value && Progress(value) >= 100, "goal.not_there", ("now", now), ("target", TargetMilli / 1000m));
        // A number that one enters oneself proves nothing to others: another says that it is reached.
        Must(MeasuredBy != Meetings.Goals.Measure.Hand || PersonId is null || PersonId != by || SetBy == by, "goal.by_another");
        (State, Result, ClosedOn) = (GoalState.Reached, MeetingSeries.Short(result, 2000), on);
    }

    /// <summary>It was not reached, or is not wanted any more; the reason is kept.</summary>
    public void GiveUp(GoalState how, string? result, DateOnly on)
    {
        MustRun();
        Must(how is GoalState.Missed or GoalState.Dropped, "goal.how");
        (State, Result, ClosedOn) = (how, Filled(result, "goal.no_result", "goal_result"), on);
    }

    private void MustRun() => Must(State == GoalState.Running, "goal.closed", ("goal", Text));
}

/// <summary>A goal as it is set or changed.</summary>
public sealed record GoalDraft(
    string? Text,
    string? Reason,
    string? Way,
    Measure Measure,
    string? Unit,
    long Start,
    long Target,
    DateOnly By,
    Hand? Whose
);

/// <summary>The number of a goal on a day, entered by hand.</summary>
public sealed class GoalValue : IRecord
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid GoalId { get; private init; }
    public DateOnly On { get; private init; }
    public long Milli { get; private init; }
    public Guid? EnteredBy { get; private init; }
    public string Title => $"{Milli / 1000m}";

    public static GoalValue Of(Goal goal, DateOnly on, long milli, Guid? by)
    {
        Must(goal.State == GoalState.Running, "goal.closed", ("goal", goal.Text));
        Must(goal.MeasuredBy == Measure.Hand, "goal.measured");
        Must(on >= goal.From && on <= goal.By.AddYears(1), "goal.day", ("day", goal.From));
        Must(milli is >= -1_000_000_000_000 and <= 1_000_000_000_000, "goal.number");
        return new()
        {
            GoalId = goal.Id,
            On = on,
            Milli = milli,
            EnteredBy = by,
        };
    }
}

public static class GoalQueries
{
    /// <summary>Goals of these people, of positions they hold that day, and of the firm.</summary>
    public static IQueryable<Goal> Of(this IQueryable<Goal> goals, AppDb db, IReadOnlyCollection<Guid> people, DateOnly day)
    {
        var positions = db.Set<People.Tenure>()
            .Where(t => t.From <= day && (t.To == null || t.To >= day) && people.Contains(t.PersonId))
            .Select(t => (Guid?)t.PositionId);
        return goals.Where(g =>
            g.PersonId == null && g.PositionId == null
            || g.PersonId != null && people.Contains(g.PersonId.Value)
            || positions.Contains(g.PositionId)
        );
    }

    /// <summary>One's own, those one set, the firm's; all of them for those who answer for the team.</summary>
    public static IQueryable<Goal> SeenBy(this IQueryable<Goal> goals, AppDb db, Actor actor, DateOnly day)
    {
        if (actor.Can(Permission.TeamSee))
            return goals;
        var (me, positions) = (actor.PersonId, db.PositionsOf(actor.PersonId, day));
        return goals.Where(g =>
            g.PersonId == null && g.PositionId == null || g.PersonId == me || g.SetBy == me || positions.Contains(g.PositionId)
        );
    }
}

internal sealed class GoalTable : IEntityTypeConfiguration<Goal>
{
    public void Configure(EntityTypeBuilder<Goal> t)
    {
        t.ToTable("goals").Ignore(g => g.Title).Ignore(g => g.Measure).Ignore(g => g.Whose).Ignore(g => g.Lower);
        t.HasIndex(g => new { g.State, g.By });
        t.HasIndex(g => g.PersonId);
    }
}

internal sealed class GoalValueTable : IEntityTypeConfiguration<GoalValue>
{
    public void Configure(EntityTypeBuilder<GoalValue> t)
    {
        t.ToTable("goal_values").Ignore(v => v.Title);
        t.HasIndex(v => new { v.GoalId, v.On });
    }
}
