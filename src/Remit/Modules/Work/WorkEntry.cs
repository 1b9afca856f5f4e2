using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;

namespace Remit.Modules.Work;

/// <summary>
/// The work ledger: one piece of work done, by whom, for which duty, about what. The norm in force is copied in, so
/// that a later norm cannot change what was earned. Never updated, never deleted; a correction reverses.
/// </summary>
public sealed class WorkEntry : IAppendOnly
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PersonId { get; init; }
    public required Guid DutyId { get; init; }
    public required DateOnly DoneOn { get; init; }

    /// <summary>Month index in which the row was written; later than the work's own when that month was closed.</summary>
    public required int RecordedMonth { get; init; }
    public required int Points { get; init; }
    public required int Minutes { get; init; }

    /// <summary>Thousandths of a unit; negative in a reversal.</summary>
    public required long QuantityMilli { get; init; }

    /// <summary>The fact that wrote it; null when logged by hand.</summary>
    public string? Fact { get; init; }

    /// <summary>The fact it waits for, on the same chain, before it is paid.</summary>
    public string? Condition { get; init; }
    public Guid? SubjectId { get; init; }
    public Guid? ChainId { get; init; }
    public Guid? ClientId { get; init; }
    public required string Label { get; init; }
    public Guid? Reverses { get; init; }
    public string? Reason { get; init; }
    public string Title => Label;

    public WorkEntry Reversed(DateOnly today, string? reason) =>
        new()
        {
            PersonId = PersonId,
            DutyId = DutyId,
            DoneOn = DoneOn,
            RecordedMonth = Month.Of(today).Index,
            Points = Points,
            Minutes = Minutes,
            QuantityMilli = -QuantityMilli,
            Fact = Fact,
            Condition = Condition,
            SubjectId = SubjectId,
            ChainId = ChainId,
            ClientId = ClientId,
            Label = Label,
            Reverses = Id,
            Reason = reason,
        };

    IAppendOnly? IAppendOnly.Reversal(DateOnly today, Actor by) => Reverses is null ? Reversed(today, by.Name) : null;
}

/// <summary>A fact as it was stated: the proof a condition is met, kept beside the ledger. A reversal withdraws it.</summary>
public sealed class StatedFact : IProof
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Code { get; init; }
    public Guid? PersonId { get; init; }
    public required DateOnly On { get; init; }
    public required int RecordedMonth { get; init; }
    public required Guid SubjectId { get; init; }
    public required Guid ChainId { get; init; }
    public Guid? ClientId { get; init; }
    public required string Label { get; init; }
    public Guid? Reverses { get; init; }
    public string Title => Label;

    IAppendOnly? IAppendOnly.Reversal(DateOnly today, Actor by) =>
        Reverses is not null
            ? null
            : new StatedFact
            {
                Code = Code,
                PersonId = PersonId,
                On = On,
                RecordedMonth = Month.Of(today).Index,
                SubjectId = SubjectId,
                ChainId = ChainId,
                ClientId = ClientId,
                Label = Label,
                Reverses = Id,
            };
}

/// <summary>A month whose ledgers take no more entries. Opening again is not offered: what comes late counts in the next month.</summary>
public sealed class ClosedMonth : IGuardsUndo
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required int Index { get; init; }
    public required DateTime ClosedAt { get; init; }
    public required Guid? ClosedBy { get; init; }
    public string Title => Month.FromIndex(Index).ToString();

    public Refusal WhyNotUndo() => new("work.closing_is_final", ("month", Month.FromIndex(Index)));
}

internal sealed class WorkEntryTable : IEntityTypeConfiguration<WorkEntry>
{
    public void Configure(EntityTypeBuilder<WorkEntry> t)
    {
        t.ToTable("work_entries").Ignore(w => w.Title);
        t.HasIndex(w => new { w.PersonId, w.DoneOn });
        t.HasIndex(w => w.ChainId);
        t.HasIndex(w => w.DoneOn);
        t.HasIndex(w => w.RecordedMonth);
        t.HasIndex(w => new { w.PersonId, w.RecordedMonth });
        // Few wait, and pay asks for all that do.
        t.HasIndex(w => new { w.Condition, w.DoneOn }).HasFilter("\"Condition\" IS NOT NULL");
        // A reversal is written once: two people undoing at the same time do not take it back twice.
        t.HasIndex(w => w.Reverses).IsUnique();
    }
}

internal sealed class StatedFactTable : IEntityTypeConfiguration<StatedFact>
{
    public void Configure(EntityTypeBuilder<StatedFact> t)
    {
        t.ToTable("facts").Ignore(f => f.Title);
        t.HasIndex(f => new { f.ChainId, f.Code });
        t.HasIndex(f => f.Reverses).IsUnique();
    }
}

internal sealed class ClosedMonthTable : IEntityTypeConfiguration<ClosedMonth>
{
    public void Configure(EntityTypeBuilder<ClosedMonth> t)
    {
        t.ToTable("closed_months").Ignore(m => m.Title);
        t.HasIndex(m => m.Index).IsUnique();
    }
}
