using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Tasks;

/// <summary>One line of a task's checklist.</summary>
[PartOf(typeof(WorkTask), nameof(TaskId))]
public sealed class TaskItem : IRecord
{
    public const int Most = 100;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid TaskId { get; private init; }
    public int Position { get; private init; }
    public string Text { get; private init; } = "";
    public DateTime? DoneAt { get; private set; }
    public Guid? DoneBy { get; private set; }
    public string Title => Text;

    public static TaskItem Of(WorkTask task, int position, string text)
    {
        Must(position < Most, "task.many_items", ("most", Most));
        Must(text.Length is > 0 and <= 300, "task.item_text");
        return new()
        {
            TaskId = task.Id,
            Position = position,
            Text = text,
        };
    }

    /// <summary>Done, or not done after all.</summary>
    public void Tick(Guid? by, DateTime now) => (DoneAt, DoneBy) = DoneAt is null ? (now, by) : ((DateTime?)null, (Guid?)null);
}

internal sealed class TaskItemTable : IEntityTypeConfiguration<TaskItem>
{
    public void Configure(EntityTypeBuilder<TaskItem> t)
    {
        t.ToTable("task_items").Ignore(i => i.Title);
        t.HasIndex(i => new { i.TaskId, i.Position });
    }
}
