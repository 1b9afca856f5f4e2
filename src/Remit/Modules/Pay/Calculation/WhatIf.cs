using Remit.Kernel;

namespace Remit.Modules.Pay.Calculation;

/// <summary>One person's month under the scheme that was, and under another.</summary>
/// <param name="Parts">What both are made of; they add up to them.</param>
public sealed record WhatIfLine(Guid Person, Month Month, Amount Before, Amount After, IReadOnlyList<(string Part, Beside Of)> Parts)
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
        [.. inputs.Select(input => Compare(input, other))];

    public static WhatIfLine Compare(PayInput input, SchemeRules other)
    {
        // Before the first scheme nothing was paid by one: the comparison begins from nothing.
        var parts = Added([
            .. (input.SchemeVersions.Count == 0 ? [] : PayCalculator.Parts(input)).Select(p => (p.Part, new Beside(p.Minor, 0))),
            .. PayCalculator.Parts(Under(input, other)).Select(p => (p.Part, new Beside(0, p.Minor))),
        ]);
        return new(
            input.Person,
            input.Month,
            new(parts.Sum(p => p.Of.Before), input.Currency),
            new(parts.Sum(p => p.Of.After), input.Currency),
            parts
        );
    }

    /// <summary>What all of it is made of, the fixed part first.</summary>
    public static IReadOnlyList<(string Part, Beside Of)> Parts(IEnumerable<WhatIfLine> lines) =>
        Added(lines.SelectMany(line => line.Parts));

    private static List<(string Part, Beside Of)> Added(IEnumerable<(string Part, Beside Of)> parts) =>
        [
            .. parts
                .GroupBy(p => p.Part)
                .Select(g => (g.Key, new Beside(g.Sum(p => p.Of.Before), g.Sum(p => p.Of.After))))
                .Where(p => p.Item2 != default)
                .OrderBy(p =>
                    p.Key switch
                    {
                        "fixed" => 0,
                        "piece" => 1,
                        "bonus" => 2,
                        _ => 3,
                    }
                )
                .ThenBy(p => p.Key, StringComparer.Ordinal),
        ];

    /// <summary>
    /// The rate per point with which the other scheme pays in all as nearly as possible what was paid; of rates that
    /// come equally near, the lowest. Inputs of one currency.
    /// </summary>
    /// <param name="payroll">The payroll to meet where there was no scheme before, or another is wished for.</param>
    public static RateMatch RateKeepingPayroll(IEnumerable<PayInput> inputs, SchemeRules scheme, long? payroll = null)
    {
        var all = inputs.ToList();
        Rules.Must(all.DistinctBy(input => input.Currency).Count() <= 1, "pay.whatif.one_currency");
        var before = payroll ?? all.Sum(input => Before(input).Minor);
        var under = Payroll.Under([.. all.Select(input => Under(input, scheme with { RateMilli = 0 }))]);
        if (!under.HasPoints)
            return new RateMatch(scheme.RateMilli, before, under.At(scheme.RateMilli));

        var enough = LowestReaching(under, before);
        var reached = under.At(enough);
        var below = under.At(Math.Max(enough - 1, 0));
        var target = Math.Abs(before - below) <= Math.Abs(before - reached) ? below : reached;
        var rate = LowestReaching(under, target);
        return new RateMatch(rate, before, under.At(rate));
    }

    /// <summary>
    /// Bisection: the payroll never falls as the rate rises, so the lowest rate that reaches is exact. (Only
    /// reversals of work paid outside the inputs make it waver, by their rounding alone.)
    /// </summary>
    private static long LowestReaching(Payroll payroll, long minor)
    {
        long low = 0,
            high = 1;
        while (high < HighestRate && payroll.At(high) < minor)
            (low, high) = (high + 1, high * 2);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (payroll.At(middle) >= minor)
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    private static Amount Before(PayInput input) =>
        input.SchemeVersions.Count == 0 ? Amount.Zero(input.Currency) : PayCalculator.Total(input);

    /// <summary>The other scheme takes the place of every version, whatever day it names.</summary>
    private static PayInput Under(PayInput input, SchemeRules scheme) =>
        input with
        {
            SchemeVersions = [scheme with { EffectiveFrom = DateOnly.MinValue }],
        };
}
