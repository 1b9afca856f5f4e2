namespace Remit.Modules.Duties.Complexity;

/// <summary>
/// Duties weighed two at a time ("this one is three times as hard"). Gives each a weight, and says whether the
/// judgements agree with each other. Pairs nobody judged are filled in from the ones that were.
/// </summary>
public sealed class PairwiseComparison
{
    /// <summary>Above this ratio the judgements contradict each other and should be looked at again (Saaty).</summary>
    public const double TolerableInconsistency = 0.10;

    // Saaty's mean consistency index of random matrices, by size.
    private static readonly double[] RandomIndex = [0, 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59];

    private const int MaxRounds = 2000;
    private const double Settled = 1e-10;

    private readonly double[,] judged;

    /// <summary>Opens a comparison of so many duties, none judged yet.</summary>
    public PairwiseComparison(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, 200);
        judged = new double[count, count];
        for (var i = 0; i < count; i++)
            judged[i, i] = 1;
    }

    public int Count => judged.GetLength(0);

    /// <summary>How many pairs are still to be judged.</summary>
    public int PairsLeft => judged.Cast<double>().Count(v => v == 0) / 2;

    /// <summary>Says that one duty is so many times as complex as another; the reverse follows.</summary>
    /// <param name="times">From 1/9 to 9.</param>
    public PairwiseComparison Judge(int one, int other, double times)
    {
        if (one == other)
            throw new ArgumentException("A duty is not compared with itself.", nameof(other));
        if (!(times >= 1 / 9.0 - Settled && times <= 9))
            throw new ArgumentOutOfRangeException(nameof(times));
        (judged[one, other], judged[other, one]) = (times, 1 / times);
        return this;
    }

    /// <summary>Weights that add up to 1: the geometric mean of each row.</summary>
    public IReadOnlyList<double> Weights()
    {
        var matrix = Complete();
        var means = new double[Count];
        for (var i = 0; i < Count; i++)
        {
            var sum = 0.0;
            for (var j = 0; j < Count; j++)
                sum += Math.Log(matrix[i, j]);
            means[i] = Math.Exp(sum / Count);
        }
        var total = means.Sum();
        return [.. means.Select(m => m / total)];
    }

    /// <summary>0 when judgements agree fully; above <see cref="TolerableInconsistency"/> they need another look.</summary>
    public double ConsistencyRatio()
    {
        if (Count < 3)
            return 0;
        var (matrix, weights) = (Complete(), Weights());
        var greatest = 0.0;
        for (var i = 0; i < Count; i++)
        {
            var row = 0.0;
            for (var j = 0; j < Count; j++)
                row += matrix[i, j] * weights[j];
            greatest += row / weights[i] / Count;
        }
        var index = (greatest - Count) / (Count - 1);
        return Math.Max(0, index / RandomIndex[Math.Min(Count, RandomIndex.Length - 1)]);
    }

    // A missing pair is the ratio of weights that fit the judged pairs best (least squares of logarithms),
    // so it never adds a contradiction of its own. Duties nobody compared count as equal.
    private double[,] Complete()
    {
        var matrix = (double[,])judged.Clone();
        if (PairsLeft == 0)
            return matrix;
        var fit = Fit();
        for (var i = 0; i < Count; i++)
        {
            for (var j = 0; j < Count; j++)
            {
                if (matrix[i, j] == 0)
                    matrix[i, j] = Math.Exp(fit[i] - fit[j]);
            }
        }
        return matrix;
    }

    private double[] Fit()
    {
        var fit = new double[Count];
        for (var round = 0; round < MaxRounds; round++)
        {
            var moved = 0.0;
            for (var i = 0; i < Count; i++)
            {
                var better = Neighbourly(fit, i);
                moved = Math.Max(moved, Math.Abs(better - fit[i]));
                fit[i] = better;
            }
            if (moved < Settled)
                break;
        }
        return fit;
    }

    private double Neighbourly(double[] fit, int i)
    {
        var (sum, known) = (0.0, 0);
        for (var j = 0; j < Count; j++)
        {
            if (j == i || judged[i, j] == 0)
                continue;
            sum += Math.Log(judged[i, j]) + fit[j];
            known++;
        }
        return known == 0 ? 0 : sum / known;
    }
}
