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

    /// <summary>Month indexes.</summary>
    public int DoneIn { get; init; }
    public int PaidIn { get; init; }

    /// <summary>Thousandths.</summary>
    public long PointsMilli { get; init; }

    public long Minor => Price(PointsMilli, Scheme.RateMilli);

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
