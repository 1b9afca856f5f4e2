using Remit.Kernel;

namespace Remit.Modules.Pay.Calculation;

/// <summary>
/// The most points that are paid for one duty and one month of work. The earlier-paid entries use the cap first, so a
/// month that was closed stays as it was; a reversal frees what its original had used.
/// </summary>
internal static class PointCap
{
    public static IEnumerable<PieceLine> Apply(IEnumerable<PieceLine> lines) =>
        lines.GroupBy(line => (line.Norm.DutyId, Month.Of(line.Norm.DoneOn))).SelectMany(Group);

    private static IEnumerable<PieceLine> Group(IEnumerable<PieceLine> lines)
    {
        long done = 0, counted = 0;
        foreach (var line in lines.OrderBy(line => line.PaidIn).ThenBy(line => line.Entry.DoneOn)
                     .ThenBy(line => line.Entry.Reverses is not null).ThenBy(line => line.Entry.Id))
        {
            var points = line.PointsMilli;
            done += points;
            var counts = Math.Clamp(Math.Min(done, line.Cap!.Value * 1000L) - counted, Math.Min(points, 0), Math.Max(points, 0));
            yield return line with { PointsMilli = counts, BeforeMilli = counted, IsCut = counts != points };
            counted += counts;
        }
    }
}
