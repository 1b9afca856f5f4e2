using Remit.Kernel;

namespace Remit.Modules.Pay.Calculation;

/// <summary>An entry with its norms applied.</summary>
internal readonly record struct PieceLine
{
    public const int Never = int.MaxValue;

    public PayEntry Entry { get; init; }
    /// <summary>The entry whose norms apply: the original of a reversal, otherwise the entry itself.</summary>
    public PayEntry Norm { get; init; }
    public SchemeRules Scheme { get; init; }
    public string? Condition { get; init; }
    /// <summary>Month indexes.</summary>
    public int DoneIn { get; init; }
    public int PaidIn { get; init; }
    /// <summary>Points that count, in thousandths.</summary>
    public long PointsMilli { get; init; }
    public int? Cap { get; init; }
    public bool IsCut { get; init; }

    /// <summary>Points of the duty and month already counted, where there is a cap; otherwise zero.</summary>
    public long BeforeMilli { get; init; }

    // Under a cap a reversal frees other splits of a point than were counted; the difference of two rounded running
    // sums comes back to exactly zero, where separately rounded splits would leave a kopeck.
    public long Minor => BeforeMilli == 0
        ? Price(PointsMilli, Scheme.RateMilli)
        : Price(BeforeMilli + PointsMilli, Scheme.RateMilli) - Price(BeforeMilli, Scheme.RateMilli);

    /// <summary>Paid in this month, or done by then and still waiting.</summary>
    public bool Concerns(int month) => PaidIn == month || IsHeldIn(month);

    public bool IsHeldIn(int month) => DoneIn <= month && PaidIn > month;

    /// <summary>Thousandths of points × thousandths of a minor unit, rounded once, half away from zero.</summary>
    public static long Price(long pointsMilli, long rateMilli)
    {
        const long unit = 1_000_000;
        var high = Math.BigMul(pointsMilli, rateMilli, out var low);
        if (high == low >> 63 && low is > long.MinValue / 2 and < long.MaxValue / 2)
            return (low + (low < 0 ? -unit / 2 : unit / 2)) / unit;
        var product = (Int128)pointsMilli * rateMilli;
        return checked((long)((product + (product < 0 ? -unit / 2 : unit / 2)) / unit));
    }
}
