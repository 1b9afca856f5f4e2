using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Duties;

public enum Frequency
{
    Daily,
    Weekly,
    Monthly,
    Yearly,
    OnEvent,
}

/// <summary>
/// One duty of a position: an action on something with a result; how often, how long, how complex, what it is worth,
/// and the fact that proves it. Norms have dates: the row in <see cref="DutyNorm"/> in force on the day of the work counts.
/// </summary>
public sealed class Duty : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid PositionId { get; private init; }
    public string Section { get; private set; } = "";
    public string Number { get; private set; } = "";

    [OrderOf(nameof(Number))]
    public string NumberKey { get; set; } = "";
    public string Text { get; private set; } = "";

    /// <summary>What is counted when it is done once: an act, a call, an hour.</summary>
    public string Unit { get; private set; } = "";

    /// <summary>What is there when it is done.</summary>
    public string Result { get; private set; } = "";

    /// <summary>What shows it to somebody else: the signed act, the client's word, the minutes.</summary>
    public string Proof { get; private set; } = "";
    public Frequency? Frequency { get; private set; }

    /// <summary>The code of the fact that logs this duty by itself; null where it is logged by hand.</summary>
    public string? Trigger { get; private set; }

    /// <summary>The fact that must follow on the same chain before the work is paid.</summary>
    public string? Condition { get; private set; }
    public bool Retired { get; private set; }
    public int Version { get; set; }
    public string Title => $"{Number} {Text}".Trim();

    public static Duty Of(Guid positionId, string? section, string? number, string? text)
    {
        var duty = new Duty { PositionId = positionId };
        duty.Describe(section, number, text);
        return duty;
    }

    public void Describe(string? section, string? number, string? text)
    {
        Text = Filled(text, "duty.no_text", "text");
        Within(Text.Length <= 2000, "duty.too_long", "text");
        (section, number) = (section?.Trim() ?? "", number?.Trim() ?? "");
        Within(section.Length <= 300, "duty.section_too_long", "section");
        Within(number.Length <= 40, "duty.number_too_long", "number");
        (Section, Number) = (section, number);
    }

    public void Expect(string? unit, string? result, string? proof)
    {
        (unit, result, proof) = (unit?.Trim() ?? "", result?.Trim() ?? "", proof?.Trim() ?? "");
        Within(unit.Length <= 40, "duty.unit_too_long", "unit");
        Within(result.Length <= 500, "duty.expected_too_long", "result");
        Within(proof.Length <= 500, "duty.expected_too_long", "proof");
        (Unit, Result, Proof) = (unit, result, proof);
    }

    public void Plan(Frequency? frequency) => Frequency = frequency;

    public void Bind(string? trigger, string? condition)
    {
        Must(trigger is null || FactCatalogue.All.Any(f => f.Code == trigger), "duty.unknown_fact");
        Must(condition is null || FactCatalogue.Conditions.Contains(condition), "duty.unknown_fact");
        (Trigger, Condition) = (trigger, condition);
    }

    public void Retire() => Retired = true;
}

/// <summary>What a duty is worth from a day on. A new norm is a new row; the old one stays for the work it measured.</summary>
public sealed class DutyNorm : IRecord
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid DutyId { get; private init; }
    public DateOnly From { get; private init; }

    /// <summary>What minutes and points are for one of: the duty's unit on the day the norm was set, so that older work says what it counted.</summary>
    public string Unit { get; private init; } = "";
    public int Minutes { get; private init; }

    /// <summary>1 (routine) to 5 (needs knowledge, responsibility, talk); 0 is not graded yet and counts as the simplest.</summary>
    public int Complexity { get; private init; }
    public int Points { get; private init; }

    /// <summary>Said when it is set; nobody changes a norm afterwards.</summary>
    public string Title { get; private init; } = "";

    /// <param name="points">Left out, they follow time and complexity.</param>
    public static DutyNorm Of(Duty duty, DateOnly from, int minutes, int complexity, int? points)
    {
        Within(minutes is > 0 and <= 10_000, "duty.minutes", "minutes");
        Within(complexity is >= 0 and <= 5, "duty.complexity", "complexity");
        Within(points is null or (>= 0 and <= 10_000), "duty.points", "points");
        return new()
        {
            DutyId = duty.Id,
            Title = duty.Text,
            From = from,
            Unit = duty.Unit,
            Minutes = minutes,
            Complexity = complexity,
            Points = points ?? PointsOf(complexity, minutes),
        };
    }

    public static int PointsOf(int complexity, int minutes) =>
        Remit.Modules.Duties.Complexity.Points.From(Math.Max(1, complexity), minutes);
}

internal sealed class DutyTable : IEntityTypeConfiguration<Duty>
{
    public void Configure(EntityTypeBuilder<Duty> t)
    {
        t.ToTable("duties").Ignore(d => d.Title);
        t.HasIndex(d => d.PositionId);
        t.HasIndex(d => d.Trigger);
    }
}

internal sealed class DutyNormTable : IEntityTypeConfiguration<DutyNorm>
{
    public void Configure(EntityTypeBuilder<DutyNorm> t)
    {
        t.ToTable("duty_norms").Ignore(n => n.Title);
        t.HasIndex(n => new { n.DutyId, n.From });
    }
}
