using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Tasks;

/// <summary>
/// Something that one person, or whoever holds a position, is to do by a day. Work that comes again and again is a
/// duty, not a task.
/// </summary>
[PartOf(typeof(IRecord), nameof(RecordId))]
public sealed class WorkTask : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string Text { get; private set; } = "";

    [OrderOf(nameof(Text))]
    public string TextKey { get; private set; } = "";
    public string Details { get; private set; } = "";
    public DateOnly DueOn { get; private set; }
    public bool Urgent { get; private set; }
    public Guid? PersonId { get; private set; }

    /// <summary>Instead of a person: whoever holds this position on the day one looks.</summary>
    public Guid? PositionId { get; private set; }

    /// <summary>The record it is about, where there is one.</summary>
    public string? RecordKind { get; private init; }
    public Guid? RecordId { get; private init; }

    /// <summary>The task whose next step this is.</summary>
    public Guid? After { get; private init; }
    public Guid? GivenBy { get; private init; }
    public DateTime GivenAt { get; private init; }
    public DateTime? DoneAt { get; private set; }
    public Guid? DoneBy { get; private set; }
    public int Version { get; set; }
    public string Title => Text;
    public bool Open => DoneAt is null;

    public static WorkTask Give(
        string? text,
        DateOnly dueOn,
        Guid? person,
        Guid? position,
        Guid? by,
        DateTime now,
        (string Kind, Guid Id)? about = null,
        Guid? after = null
    )
    {
        var task = new WorkTask
        {
            GivenBy = by,
            GivenAt = now,
            RecordKind = about?.Kind,
            RecordId = about?.Id,
            After = after,
        };
        task.Describe(text, null, dueOn, false);
        task.HandTo(person, position);
        return task;
    }

    public void Describe(string? text, string? details, DateOnly dueOn, bool urgent)
    {
        PutOff(dueOn);
        Text = Filled(text, "task.no_text", "task_text");
        Must(Text.Length <= 500, "task.long_text");
        (Details, Urgent) = (details?.Trim() ?? "", urgent);
    }

    public void PutOff(DateOnly dueOn)
    {
        MustBeOpen();
        Must(dueOn.Year is >= 2000 and <= 2100, "task.far_day");
        DueOn = dueOn;
    }

    public void HandTo(Guid? person, Guid? position)
    {
        MustBeOpen();
        Must(person is null != position is null, "task.nobody");
        (PersonId, PositionId) = (person, position);
    }

    public void Done(Guid? by, DateTime now)
    {
        MustBeOpen();
        (DoneAt, DoneBy) = (now, by);
    }

    private void MustBeOpen() => Must(Open, "task.done_already", ("task", Text));
}

/// <summary>The secret link by which a phone's calendar reads what one person has to do. Only its hash is kept.</summary>
public sealed class DueFeed
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PersonId { get; init; }
    public required string TokenHash { get; init; }
}

internal sealed class WorkTaskTable : IEntityTypeConfiguration<WorkTask>
{
    public void Configure(EntityTypeBuilder<WorkTask> t)
    {
        t.ToTable("tasks").Ignore(x => x.Title).Ignore(x => x.Open);
        t.HasIndex(x => new
        {
            x.PersonId,
            x.DoneAt,
            x.DueOn,
        });
        t.HasIndex(x => new { x.PositionId, x.DoneAt });
        t.HasIndex(x => new { x.TextKey, x.Id });
        t.HasIndex(x => x.RecordId);
    }
}

internal sealed class DueFeedTable : IEntityTypeConfiguration<DueFeed>
{
    public void Configure(EntityTypeBuilder<DueFeed> t)
    {
        t.ToTable("due_feeds");
        t.HasIndex(f => f.TokenHash).IsUnique();
        t.HasIndex(f => f.PersonId).IsUnique();
    }
}
