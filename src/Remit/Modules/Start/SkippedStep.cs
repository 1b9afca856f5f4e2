using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Remit.Modules.Start;

/// <summary>A first step that the owner chose to pass over. What is done is seen from what there is; only this has to be remembered.</summary>
public sealed class SkippedStep
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string Step { get; private init; } = "";

    public static SkippedStep Of(string step) => new() { Step = step };
}

internal sealed class SkippedStepTable : IEntityTypeConfiguration<SkippedStep>
{
    public void Configure(EntityTypeBuilder<SkippedStep> t)
    {
        t.ToTable("skipped_steps");
        t.HasIndex(s => s.Step).IsUnique();
    }
}
