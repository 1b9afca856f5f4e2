using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Pay;

/// <summary>An indicator that no ledger knows (client reviews, say), entered by a person who answers for it.</summary>
public sealed class IndicatorValue : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required string Code { get; init; }
    public required Guid PersonId { get; init; }
    public required int MonthIndex { get; init; }

    /// <summary>Thousandths.</summary>
    public long Milli { get; private set; }
    public Guid EnteredBy { get; private set; }
    public DateTime EnteredAt { get; private set; }
    public int Version { get; set; }
    public string Title => $"{Code} {Month.FromIndex(MonthIndex)}";

    public void Enter(long milli, Guid by, DateTime now)
    {
        // Whoever is paid by a number does not write it.
        Must(by != PersonId, "indicator.own");
        Must(milli is >= 0 and <= 1_000_000_000_000, "indicator.value");
        (Milli, EnteredBy, EnteredAt) = (milli, by, now);
    }
}

/// <summary>
/// A mentor for a person in trial, from a day to a day: so much for each working day that both work, or a share of
/// what the trainee's work earned, or both.
/// </summary>
public sealed class Mentoring : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid MentorId { get; private init; }
    public Guid TraineeId { get; private init; }
    public DateOnly From { get; private init; }
    public DateOnly To { get; private set; }
    public long PerDayMinor { get; private init; }
    public int ShareBasisPoints { get; private init; }

    /// <summary>What is paid once, in the first month of the term in which the trainee's own result reaches the target.</summary>
    public long BonusMinor { get; private init; }

    /// <summary>One of <see cref="Results"/>.</summary>
    public string ResultCode { get; private init; } = "";
    public long ResultMilli { get; private init; }
    public int Version { get; set; }
    public string Title => From.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What a trainee's result is told by: points of a month, or an indicator of one's own; text key <c>pay.fact.{code}</c>.</summary>
    public static readonly IReadOnlyList<string> Results = [Points, .. Indicators.Codes.Where(c => !Measuring.OfTheFirm(c))];
    public const string Points = "points";

    /// <summary>Whether a month's value is the result that was agreed.</summary>
    public bool IsReachedBy(decimal value) =>
        Measuring.LowerIsBetter(ResultCode) ? value * 1000 <= ResultMilli : value * 1000 >= ResultMilli;

    public static Mentoring Of(
        Guid mentor,
        Guid trainee,
        DateOnly from,
        DateOnly to,
        long perDayMinor,
        int shareBasisPoints,
        long bonusMinor = 0,
        string? resultCode = null,
        long resultMilli = 0
    )
    {
        Must(mentor != trainee, "mentor.self");
        Must(to >= from && to <= from.AddYears(1), "mentor.period");
        Must(
            perDayMinor is >= 0 and <= SchemeRules.Most
                && shareBasisPoints is >= 0 and <= 10_000
                && bonusMinor is >= 0 and <= SchemeRules.Most
                && perDayMinor + shareBasisPoints + bonusMinor > 0,
            "mentor.amount"
        );
        Must(
            bonusMinor == 0
                || (Results.Contains(resultCode ?? "") && resultMilli >= 0 && (resultMilli > 0 || Measuring.LowerIsBetter(resultCode!))),
            "mentor.result"
        );
        return new()
        {
            BonusMinor = bonusMinor,
            ResultCode = bonusMinor > 0 ? resultCode! : "",
            ResultMilli = bonusMinor > 0 ? resultMilli : 0,
            MentorId = mentor,
            TraineeId = trainee,
            From = from,
            To = to,
            PerDayMinor = perDayMinor,
            ShareBasisPoints = shareBasisPoints,
        };
    }

    public void End(DateOnly last)
    {
        Must(last >= From && last <= To, "mentor.period");
        To = last;
    }
}

internal sealed class IndicatorValueTable : IEntityTypeConfiguration<IndicatorValue>
{
    public void Configure(EntityTypeBuilder<IndicatorValue> t)
    {
        t.ToTable("indicator_values").Ignore(v => v.Title);
        t.HasIndex(v => new
            {
                v.MonthIndex,
                v.PersonId,
                v.Code,
            })
            .IsUnique();
    }
}

internal sealed class MentoringTable : IEntityTypeConfiguration<Mentoring>
{
    public void Configure(EntityTypeBuilder<Mentoring> t)
    {
        t.ToTable("mentorings").Ignore(v => v.Title);
        t.HasIndex(v => v.MentorId);
    }
}
