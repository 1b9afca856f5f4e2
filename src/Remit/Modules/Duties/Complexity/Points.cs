namespace Remit.Modules.Duties.Complexity;

/// <summary>What a duty done once is worth, so that work of different kinds adds up.</summary>
public static class Points
{
    /// <summary>A point is ten minutes of the simplest work.</summary>
    public const int MinutesPerPoint = 10;

    /// <summary>points = minutes ÷ 10 × (1 + (grade − 1) ÷ 4), rounded half up, at least 1 for any time at all.</summary>
    /// <param name="grade">1 to 5: the most complex work is worth twice the simplest, minute for minute.</param>
    /// <param name="normMinutes">The time the duty takes by norm.</param>
    public static int From(int grade, int normMinutes)
    {
        if (grade is < 1 or > 5)
            throw new ArgumentOutOfRangeException(nameof(grade));
        return Rounded(1 + (grade - 1) / 4m, normMinutes);
    }

    /// <summary>points = minutes ÷ 10 × (weight × count), the factor kept between 1 and 2.</summary>
    /// <param name="weight">The duty's share from a pairwise comparison.</param>
    /// <param name="count">How many duties were compared: weight × count is 1.5 for half as complex again as the average.</param>
    /// <param name="normMinutes">The time the duty takes by norm.</param>
    public static int From(double weight, int count, int normMinutes)
    {
        if (!(weight is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(weight));
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return Rounded((decimal)Math.Clamp(weight * count, 1, 2), normMinutes);
    }

    private static int Rounded(decimal factor, int normMinutes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(normMinutes);
        var points = (int)Math.Round(normMinutes * factor / MinutesPerPoint, MidpointRounding.AwayFromZero);
        return normMinutes == 0 ? 0 : Math.Max(1, points);
    }
}
