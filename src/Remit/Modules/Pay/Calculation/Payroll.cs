using Remit.Kernel;

namespace Remit.Modules.Pay.Calculation;

/// <summary>
/// A payroll as a function of the rate: what does not depend on it, and how many leaves have how many points. A leaf
/// and its reversal in the same months cancel here, exactly as they do in pay.
/// </summary>
internal sealed class Payroll
{
    private readonly long constant;
    private readonly (long PointsMilli, long Count)[] leaves;

    private Payroll(long constant, IEnumerable<(long, long)> leaves) => (this.constant, this.leaves) = (constant, [.. leaves]);

    public bool HasPoints => leaves.Length > 0;

    public static Payroll Under(IReadOnlyList<PayInput> inputs)
    {
        var counts = new Dictionary<long, long>();
        foreach (var input in inputs)
        foreach (var line in new PieceWork(input).Lines().Where(line => line.PaidIn == input.Month.Index))
            counts[Math.Abs(line.PointsMilli)] = counts.GetValueOrDefault(Math.Abs(line.PointsMilli)) + Math.Sign(line.PointsMilli);
        return new Payroll(
            inputs.Sum(input => PayCalculator.Total(Free(input)).Minor),
            counts.Where(each => each.Key != 0 && each.Value != 0).Select(each => (each.Key, each.Value))
        );
    }

    public long At(long rateMilli)
    {
        var sum = constant;
        foreach (var (points, count) in leaves)
            sum = checked(sum + count * PieceLine.Price(points, rateMilli));
        return sum;
    }

    private static PayInput Free(PayInput input) => input with { Entries = [] };
}
