using Remit.Kernel;

namespace Remit.Modules.Pay;

/// <summary>A measured result that earns a part of the bonus.</summary>
public sealed record Indicator
{
    public required string Code { get; init; }
    public string Label { get; init; } = "";
    public int Weight { get; init; } = 1;
    public decimal Target { get; init; }

    /// <summary>
    /// Where less is better (days late, complaints), the ratio is target ÷ fact, so that curves always rise.
    /// </summary>
    public bool LowerIsBetter { get; init; }

    /// <summary>Payout by ratio: straight lines between the points, flat before the first and after the last.</summary>
    public IReadOnlyList<CurvePoint> Curve { get; init; } = [new(0, 0), new(1, 1)];

    /// <summary>The part of its share of the bonus that this fact earns: 1 is all of it.</summary>
    public decimal Payout(decimal fact)
    {
        var points = Curve.OrderBy(point => point.Ratio).ToArray();
        if (LowerIsBetter && fact <= 0)
            return points[^1].Payout;
        var ratio = LowerIsBetter ? Target / fact : fact / Target;
        if (ratio <= points[0].Ratio)
            return points[0].Payout;
        var after = Array.FindIndex(points, point => ratio <= point.Ratio);
        return after < 0 ? points[^1].Payout : Between(points[after - 1], points[after], ratio);
    }

    public void Check()
    {
        Rules.Must(Weight > 0, "pay.scheme.weight", ("indicator", Label));
        Rules.Must(LowerIsBetter ? Target >= 0 : Target > 0, "pay.scheme.target", ("indicator", Label));
        Rules.Must(
            Curve.Count > 0 && Curve.DistinctBy(point => point.Ratio).Count() == Curve.Count,
            "pay.scheme.curve",
            ("indicator", Label)
        );
        Rules.Must(Curve.All(point => point.Payout >= 0), "pay.no_fines");
    }

    private static decimal Between(CurvePoint a, CurvePoint b, decimal ratio) =>
        a.Payout + (b.Payout - a.Payout) * (ratio - a.Ratio) / (b.Ratio - a.Ratio);
}

/// <summary>At this ratio of fact to target this part is paid.</summary>
public sealed record CurvePoint(decimal Ratio, decimal Payout);
