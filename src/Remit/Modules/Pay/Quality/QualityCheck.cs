using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Pay.Quality;

/// <summary>
/// The head's word on one entry of the sample: good, or failed with a reason. A failed one was reversed in the same
/// save, so the word stands for good, like the reversal.
/// </summary>
public sealed class QualityCheck : IGuardsUndo
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid EntryId { get; init; }
    public required Guid PersonId { get; init; }
    public required int MonthIndex { get; init; }
    public required bool Failed { get; init; }
    public required string Reason { get; init; }
    public required string Label { get; init; }
    public required Guid CheckedBy { get; init; }
    public required DateTime CheckedAt { get; init; }
    public string Title => Label;

    public static QualityCheck Of(Work.WorkEntry entry, Month month, bool failed, string? reason, Guid by, DateTime now)
    {
        Must(by != entry.PersonId, "check.own");
        return new()
        {
            EntryId = entry.Id,
            PersonId = entry.PersonId,
            MonthIndex = month.Index,
            Failed = failed,
            Label = entry.Label,
            CheckedBy = by,
            CheckedAt = now,
            Reason = failed ? Filled(reason, "check.no_reason", "reason") : reason?.Trim() ?? "",
        };
    }

    Refusal? IGuardsUndo.WhyNotUndo() => Failed ? new Refusal("check.stands", ("title", Label)) : null;
}

internal sealed class QualityCheckTable : IEntityTypeConfiguration<QualityCheck>
{
    public void Configure(EntityTypeBuilder<QualityCheck> t)
    {
        t.ToTable("quality_checks").Ignore(c => c.Title);
        t.HasIndex(c => c.EntryId).IsUnique();
        t.HasIndex(c => new { c.MonthIndex, c.PersonId });
    }
}
