using Remit.Kernel;

namespace Remit.Modules.Pay.Calculation;

/// <summary>One person's month under the scheme that was, and under another.</summary>
public sealed record WhatIfLine(Guid Person, Month Month, Amount Before, Amount After)
{
    public Amount Difference => After - Before;
}

/// <summary>The rate found, and how near the payroll comes with it.</summary>
public sealed record RateMatch(long RateMilli, long BeforeMinor, long AfterMinor);

/// <summary>What real past months would have paid under other rules.</summary>
public static class WhatIf
{
    // Ten million roubles a point: beyond any price, and far from where products overflow.
    private const long HighestRate = 1_000_000_000_000;

    public static IReadOnlyList<WhatIfLine> Compare(IEnumerable<PayInput> inputs, SchemeRules other) =>
        [.. inputs.Select(input => new WhatIfLine(input.Person, input.Month,
            PayCalculator.Total(input), PayCalculator.Total(Under(input, other))))];

    /// <summary>
    /// The rate per point with which the other scheme pays in all as nearly as possible what was paid; of rates that
    /// come equally near, the lowest. Inputs of one currency.
    /// </summary>
    public static RateMatch RateKeepingPayroll(IEnumerable<PayInput> inputs, SchemeRules scheme)
    {
        var all = inputs.ToList();
        Rules.Must(all.DistinctBy(input => input.Currency).Count() <= 1, "pay.whatif.one_currency");
        var before = all.Sum(input => PayCalculator.Total(input).Minor);
        var payroll = Payroll.Under([.. all.Select(input => Under(input, scheme with { RateMilli = 0 }))]);
        if (!payroll.HasPoints) return new RateMatch(scheme.RateMilli, before, payroll.At(scheme.RateMilli));

        var enough = LowestReaching(payroll, before);
        var reached = payroll.At(enough);
        var below = payroll.At(Math.Max(enough - 1, 0));
        var target = Math.Abs(before - below) <= Math.Abs(before - reached) ? below : reached;
        var rate = LowestReaching(payroll, target);
        return new RateMatch(rate, before, payroll.At(rate));
    }

    /// <summary>
    /// Bisection: the payroll never falls as the rate rises, so the lowest rate that reaches is exact. (Only
    /// reversals of work paid outside the inputs, and caps partly used there, make it waver, by their rounding alone.)
    /// </summary>
    private static long LowestReaching(Payroll payroll, long minor)
    {
        long low = 0, high = 1;
        while (high < HighestRate && payroll.At(high) < minor) (low, high) = (high + 1, high * 2);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (payroll.At(middle) >= minor) high = middle; else low = middle + 1;
        }
        return low;
    }

    /// <summary>The other scheme takes the place of every version, whatever day it names.</summary>
    private static PayInput Under(PayInput input, SchemeRules scheme) =>
        input with { SchemeVersions = [scheme with { EffectiveFrom = DateOnly.MinValue }] };
}
