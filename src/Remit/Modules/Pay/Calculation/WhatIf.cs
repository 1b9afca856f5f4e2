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
            Before(input), PayCalculator.Total(Under(input, other))))];

    /// <summary>What all of it is made of, as it was and under the other scheme, the fixed part first.</summary>
    public static IReadOnlyList<(string Part, Beside Of)> Parts(IEnumerable<PayInput> inputs, SchemeRules other)
    {
        var sums = new SortedDictionary<string, Beside>(Comparer<string>.Create((a, b) => (Rank(a), a).CompareTo((Rank(b), b))));
        foreach (var input in inputs)
        {
            foreach (var (part, minor) in input.SchemeVersions.Count == 0 ? [] : PayCalculator.Parts(input)) sums[part] = sums.GetValueOrDefault(part) with { Before = sums.GetValueOrDefault(part).Before + minor };
            foreach (var (part, minor) in PayCalculator.Parts(Under(input, other))) sums[part] = sums.GetValueOrDefault(part) with { After = sums.GetValueOrDefault(part).After + minor };
        }
        return [.. sums.Where(s => s.Value != default).Select(s => (s.Key, s.Value))];

        static int Rank(string part) => part switch { "fixed" => 0, "piece" => 1, "bonus" => 2, _ => 3 };
    }

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
        if (!under.HasPoints) return new RateMatch(scheme.RateMilli, before, under.At(scheme.RateMilli));

        var enough = LowestReaching(under, before);
        var reached = under.At(enough);
        var below = under.At(Math.Max(enough - 1, 0));
        var target = Math.Abs(before - below) <= Math.Abs(before - reached) ? below : reached;
        var rate = LowestReaching(under, target);
        return new RateMatch(rate, before, under.At(rate));
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

    // Before the first scheme nothing was paid by one: the comparison begins from nothing.
    private static Amount Before(PayInput input) => input.SchemeVersions.Count == 0 ? Amount.Zero(input.Currency) : PayCalculator.Total(input);

    /// <summary>The other scheme takes the place of every version, whatever day it names.</summary>
    private static PayInput Under(PayInput input, SchemeRules scheme) =>
        input with { SchemeVersions = [scheme with { EffectiveFrom = DateOnly.MinValue }] };
}
