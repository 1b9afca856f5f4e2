using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Pay;

/// <summary>The pay scheme of a position from a day on. A version can be put right until a month that it pays is closed.</summary>
public sealed class Scheme : IVersioned
{
    private DateOnly from;
    private string rules = "";

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PositionId { get; init; }
    public required DateOnly From
    {
        get => from;
        init => from = value;
    }

    /// <summary>The rules as JSON of <see cref="Calculation.SchemeRules"/>.</summary>
    public required string Rules
    {
        get => rules;
        init => rules = value;
    }
    public int Version { get; set; }
    public string Title => From.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public void Rewrite(DateOnly from, string rules) => (this.from, this.rules) = (from, rules);
}

public enum StatementState
{
    Draft,
    Seen,
    Approved,
    Paid,
}

/// <summary>A person's pay for a month, from the moment it is fixed: the amount and its reasons as they stood then.</summary>
public sealed class PayStatement : IVersioned, IGuardsUndo
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PersonId { get; init; }
    public required int MonthIndex { get; init; }
    public StatementState State { get; private set; }
    public Amount Total { get; set; }
    public DateTime? SeenAt { get; private set; }
    public DateTime? ApprovedAt { get; private set; }
    public DateTime? PaidAt { get; private set; }
    public int Version { get; set; }
    public string Title => Month.FromIndex(MonthIndex).ToString();

    public void See(DateTime now)
    {
        Must(State == StatementState.Draft, "statement.not_draft");
        (State, SeenAt) = (StatementState.Seen, now);
    }

    public void Approve(DateTime now)
    {
        Must(State == StatementState.Seen, "statement.not_seen");
        (State, ApprovedAt) = (StatementState.Approved, now);
    }

    public void Pay(DateTime now)
    {
        Must(State != StatementState.Paid, "statement.paid_already");
        Must(State == StatementState.Approved, "statement.not_approved");
        (State, PaidAt) = (StatementState.Paid, now);
    }

    /// <summary>The amount changed after it was seen: it must be seen again.</summary>
    public void Redraft(Amount total)
    {
        Must(State is StatementState.Draft or StatementState.Seen, "statement.fixed", ("month", Month.FromIndex(MonthIndex)));
        (State, SeenAt, Total) = (StatementState.Draft, null, total);
    }

    Refusal? IGuardsUndo.WhyNotUndo() => State == StatementState.Paid ? new Refusal("statement.paid") : null;
}

/// <summary>A person's question about a line of a statement, and the answer; accepted ones lead to a correction.</summary>
public sealed class Dispute : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid StatementId { get; init; }
    public required string Question { get; init; }
    public required Guid AskedBy { get; init; }
    public required DateTime AskedAt { get; init; }

    /// <summary>The line of the statement it is about, in the words the person saw; empty where it is about the whole.</summary>
    public string About { get; init; } = "";
    public Guid? EntryId { get; init; }
    public string? Answer { get; private set; }
    public Guid? AnsweredBy { get; private set; }
    public int Version { get; set; }
    public string Title => Question;

    public void Reply(string? answer, Guid by)
    {
        Must(Answer is null, "dispute.answered");
        (Answer, AnsweredBy) = (Filled(answer, "dispute.no_answer", "answer"), by);
    }
}

/// <summary>An amount added by hand, with its reason; counts once approved by another than its author, where there is another who may.</summary>
public sealed class PayCorrection : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PersonId { get; init; }
    public required int MonthIndex { get; init; }
    public required long Minor { get; init; }
    public required string Reason { get; init; }
    public required Guid MadeBy { get; init; }
    public Guid? Reverses { get; init; }

    /// <summary>The question that led to it.</summary>
    public Guid? DisputeId { get; init; }
    public Guid? ApprovedBy { get; private set; }
    public int Version { get; set; }
    public string Title => Reason;

    /// <param name="alone">Nobody else in the firm could approve it.</param>
    public void Approve(Guid by, bool alone)
    {
        Must(ApprovedBy is null, "correction.approved");
        Must(by != MadeBy || alone, "correction.own");
        ApprovedBy = by;
    }
}

internal sealed class SchemeTable : IEntityTypeConfiguration<Scheme>
{
    public void Configure(EntityTypeBuilder<Scheme> t)
    {
        t.ToTable("pay_schemes").Ignore(s => s.Title);
        t.HasIndex(s => new { s.PositionId, s.From });
    }
}

internal sealed class PayStatementTable : IEntityTypeConfiguration<PayStatement>
{
    public void Configure(EntityTypeBuilder<PayStatement> t)
    {
        t.ToTable("pay_statements").Ignore(s => s.Title);
        t.ComplexProperty(s => s.Total);
        t.HasIndex(s => new { s.PersonId, s.MonthIndex }).IsUnique();
    }
}

internal sealed class DisputeTable : IEntityTypeConfiguration<Dispute>
{
    public void Configure(EntityTypeBuilder<Dispute> t)
    {
        t.ToTable("pay_disputes").Ignore(s => s.Title);
        t.HasIndex(s => s.StatementId);
    }
}

internal sealed class PayCorrectionTable : IEntityTypeConfiguration<PayCorrection>
{
    public void Configure(EntityTypeBuilder<PayCorrection> t)
    {
        t.ToTable("pay_corrections").Ignore(s => s.Title);
        t.HasIndex(s => new { s.PersonId, s.MonthIndex });
    }
}
