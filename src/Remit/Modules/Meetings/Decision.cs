using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Modules.Tasks;
using Remit.Storage;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Meetings;

public enum DecisionState
{
    Open,
    Done,
    Dropped,
}

/// <summary>What a meeting decided, who sees to it, and by when. It is a task from the same save on, and comes back until it is closed.</summary>
public sealed class Decision : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid MeetingId { get; private init; }
    public Guid MeetingSeriesId { get; private init; }

    /// <summary>The point of the agenda under which it was taken.</summary>
    public Guid? AgendaPointId { get; private init; }
    public string Text { get; private init; } = "";
    public Guid WorkTaskId { get; private init; }
    public DateOnly TakenOn { get; private init; }
    public DecisionState State { get; private set; }
    public DateOnly? ClosedOn { get; private set; }
    public string Result { get; private set; } = "";
    public int Version { get; set; }
    public string Title => Text;

    /// <summary>The decision with its task; the caller adds both.</summary>
    public static (Decision, WorkTask) Take(Meeting meeting, Guid? point, string? text, Hand hand, DateOnly dueOn, Guid? by, DateTime now)
    {
        var said = Filled(text, "decision.no_text", "decision_text");
        Must(said.Length <= 500, "decision.long");
        Must(dueOn >= meeting.Day, "decision.before", ("day", meeting.Day));
        var task = WorkTask.Give(said, dueOn, hand.PersonId, hand.PositionId, by, now, ("meeting", meeting.Id));
        return (
            new()
            {
                MeetingId = meeting.Id,
                MeetingSeriesId = meeting.MeetingSeriesId,
                AgendaPointId = point,
                Text = said,
                WorkTaskId = task.Id,
                TakenOn = meeting.Day,
            },
            task
        );
    }

    public void Close(DecisionState how, string? result, DateOnly on)
    {
        Must(State == DecisionState.Open, "decision.closed", ("decision", Text));
        // What is let go is let go for a reason; what is done says so itself.
        (State, Result, ClosedOn) = (
            how,
            how == DecisionState.Dropped ? Filled(result, "decision.why_dropped", "decision_result") : MeetingSeries.Short(result, 1000),
            on
        );
    }

    public void Reopen() => (State, Result, ClosedOn) = (DecisionState.Open, "", null);
}

/// <summary>A decision lives as its task does: whoever ticks the task off, wherever, closes the decision, and an undo opens both.</summary>
internal sealed class DecisionsFollow(TimeProvider clock) : IFactListener
{
    public async Task Heard(AppDb db, IReadOnlyList<Fact> facts)
    {
        var touched = db
            .ChangeTracker.Entries<WorkTask>()
            .Where(e => e.State == EntityState.Modified && e.Entity.RecordKind == "meeting" && e.Property(t => t.DoneAt).IsModified)
            .Select(e => e.Entity)
            .ToList();
        foreach (var task in touched)
        {
            if (await db.Set<Decision>().SingleOrDefaultAsync(d => d.WorkTaskId == task.Id) is not { } decision)
                continue;
            var today = (await db.Set<Web.Firm>().AsNoTracking().SingleAsync()) is var firm
                ? Web.FirmTime.Day(firm, clock.GetUtcNow().UtcDateTime)
                : default;
            if (!task.Open && decision.State == DecisionState.Open)
                decision.Close(DecisionState.Done, null, today);
            // An undo puts the decision back by itself, from the same change.
            if (!task.Open && db.Undoes is null && decision.State == DecisionState.Done)
                db.State(new Fact("decision.done", task.DoneBy, today, decision.Id, decision.Id, null, decision.Text));
        }
    }
}

internal sealed class DecisionTable : IEntityTypeConfiguration<Decision>
{
    public void Configure(EntityTypeBuilder<Decision> t)
    {
        t.ToTable("decisions").Ignore(d => d.Title);
        t.HasIndex(d => new { d.MeetingSeriesId, d.State });
        t.HasIndex(d => d.MeetingId);
        t.HasIndex(d => d.WorkTaskId).IsUnique();
    }
}
