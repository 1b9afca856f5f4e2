namespace Remit.Modules.Duties.Complexity;

/// <summary>One side of complexity: how much it matters and the mark from 1 (least) to 5 (most).</summary>
public readonly record struct Criterion(double Weight, int Mark);

/// <summary>
/// Complexity of a duty from marks by criteria. Routine counts the other way round: the more routine, the simpler.
/// </summary>
public sealed record CriteriaGrade(Criterion Knowledge, Criterion Responsibility, Criterion Communication, Criterion Routine)
{
    /// <summary>Criteria of equal weight.</summary>
    public static CriteriaGrade Even(int knowledge, int responsibility, int communication, int routine) =>
        new(new(1, knowledge), new(1, responsibility), new(1, communication), new(1, routine));

    /// <summary>The weighted mean mark, 1 to 5, before rounding.</summary>
    public double Mean
    {
        get
        {
            Criterion[] all = [Knowledge, Responsibility, Communication, Routine with { Mark = 6 - Routine.Mark }];
            if (all.Any(c => c.Mark is < 1 or > 5))
                throw new ArgumentOutOfRangeException(nameof(Criterion.Mark));
            if (all.Any(c => !(c.Weight >= 0 && c.Weight < 1e6)))
                throw new ArgumentOutOfRangeException(nameof(Criterion.Weight));
            var weight = all.Sum(c => c.Weight);
            return weight > 0 ? all.Sum(c => c.Weight * c.Mark) / weight : all.Average(c => c.Mark);
        }
    }

    /// <summary>Complexity grade from 1 (simple) to 5 (most complex).</summary>
    public int Grade => (int)Math.Round(Mean, MidpointRounding.AwayFromZero);
}
