using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Duties.Complexity;

/// <summary>A duty's marks by criteria, kept so that a grade can be looked at again and argued about.</summary>
public sealed class DutyGrade : IVersioned
{
    public static readonly IReadOnlyList<string> Criteria = ["knowledge", "responsibility", "communication", "routine"];

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid DutyId { get; private init; }
    public int Knowledge { get; private set; }
    public int Responsibility { get; private set; }
    public int Communication { get; private set; }
    public int Routine { get; private set; }
    public int Version { get; set; }
    public string Title => $"{of} {Knowledge}·{Responsibility}·{Communication}·{Routine}".Trim();
    private string? of;
    public int Grade => CriteriaGrade.Even(Knowledge, Responsibility, Communication, Routine).Grade;

    public static DutyGrade Of(Duty duty) => new() { DutyId = duty.Id, of = duty.Title };

    public void Mark(int knowledge, int responsibility, int communication, int routine)
    {
        Must(new[] { knowledge, responsibility, communication, routine }.All(m => m is >= 1 and <= 5), "duty.criteria.all");
        (Knowledge, Responsibility, Communication, Routine) = (knowledge, responsibility, communication, routine);
    }

    public int Of(string criterion) =>
        criterion switch
        {
            "knowledge" => Knowledge,
            "responsibility" => Responsibility,
            "communication" => Communication,
            _ => Routine,
        };
}

/// <summary>
/// «This duty is three times as hard as that one»: one judgment of a pair. The pair stands in the order of its keys,
/// so that it is judged once, whichever side it was shown on.
/// </summary>
public sealed class DutyJudgment : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid PositionId { get; private init; }
    public Guid OneId { get; private init; }
    public Guid OtherId { get; private init; }

    /// <summary>0 alike; 2: the one is three times as hard; −2: the other is. At most 8, nine times.</summary>
    public int Strength { get; private set; }
    public int Version { get; set; }
    public string Title =>
        Strength == 0 ? "1 : 1"
        : Strength > 0 ? $"{Strength + 1} : 1"
        : $"1 : {1 - Strength}";
    public double Times => Strength >= 0 ? Strength + 1 : 1.0 / (1 - Strength);

    public static DutyJudgment Of(Guid position, Guid left, Guid right)
    {
        Must(left != right, "duty.compare.same");
        var (one, other) = InOrder(left, right);
        return new()
        {
            PositionId = position,
            OneId = one,
            OtherId = other,
        };
    }

    /// <param name="left">The duty the strength is said of.</param>
    public void Say(Guid left, int strength)
    {
        Must(strength is >= -8 and <= 8, "duty.compare.strength");
        Strength = left == OneId ? strength : -strength;
    }

    // Both databases must see the same order, so it is that of the text.
    public static (Guid One, Guid Other) InOrder(Guid left, Guid right) =>
        string.CompareOrdinal(left.ToString(), right.ToString()) < 0 ? (left, right) : (right, left);
}

internal sealed class DutyGradeTable : IEntityTypeConfiguration<DutyGrade>
{
    public void Configure(EntityTypeBuilder<DutyGrade> t)
    {
        t.ToTable("duty_grades").Ignore(g => g.Title).Ignore(g => g.Grade);
        t.HasIndex(g => g.DutyId).IsUnique();
    }
}

internal sealed class DutyJudgmentTable : IEntityTypeConfiguration<DutyJudgment>
{
    public void Configure(EntityTypeBuilder<DutyJudgment> t)
    {
        t.ToTable("duty_judgments").Ignore(j => j.Title).Ignore(j => j.Times);
        t.HasIndex(j => j.PositionId);
        t.HasIndex(j => new { j.OneId, j.OtherId }).IsUnique();
    }
}
