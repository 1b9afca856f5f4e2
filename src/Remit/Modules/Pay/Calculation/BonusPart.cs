using Remit.Kernel;

namespace Remit.Modules.Pay.Calculation;

/// <summary>
/// The bonus by indicators. One without data is left out and the others share its weight: nobody loses money because
/// something was not measured.
/// </summary>
internal static class BonusPart
{
    public static Why Of(PayInput input, SchemeRules scheme)
    {
        var facts = input.Indicators.Where(fact => fact.Fact is not null).ToDictionary(fact => fact.Code, fact => fact.Fact!.Value);
        var weights = scheme.Indicators.Where(indicator => facts.ContainsKey(indicator.Code)).Sum(each => each.Weight);
        var parts = scheme
            .Indicators.Select(indicator =>
                facts.TryGetValue(indicator.Code, out var fact)
                    ? Measured(input, scheme, indicator, fact, weights)
                    : Unmeasured(input, indicator)
            )
            .ToList();
        return Why.Sum(
            "pay.bonus",
            input.Currency,
            parts,
            new Dictionary<string, object?> { ["base"] = new Amount(scheme.BonusBaseMinor, input.Currency) },
            weights == 0 ? "pay.note.no_data" : null
        );
    }

    private static Why Measured(PayInput input, SchemeRules scheme, Indicator indicator, decimal fact, int weights)
    {
        var payout = indicator.Payout(fact);
        // Multiplied before it is divided: a third of a weight must not be rounded on the way.
        var minor = Math.Round(scheme.BonusBaseMinor * (indicator.Weight * payout) / weights, MidpointRounding.AwayFromZero);
        return Why.Leaf(
            "pay.indicator",
            new Amount((long)minor, input.Currency),
            new Dictionary<string, object?>
            {
                ["indicator"] = Name(input, indicator),
                ["fact"] = fact,
                ["target"] = indicator.Target,
                ["payout"] = payout,
                ["weight"] = indicator.Weight,
                ["weights"] = weights,
            },
            note: weights < scheme.Indicators.Sum(each => each.Weight) ? "pay.note.reweighted" : null
        );
    }

    private static Why Unmeasured(PayInput input, Indicator indicator) =>
        Why.Leaf(
            "pay.indicator.no_data",
            Amount.Zero(input.Currency),
            new Dictionary<string, object?> { ["indicator"] = Name(input, indicator) },
            note: "pay.note.no_data"
        );

    private static string Name(PayInput input, Indicator indicator) =>
        input.Indicators.FirstOrDefault(fact => fact.Code == indicator.Code)?.Label is { Length: > 0 } label ? label
        : indicator.Label.Length > 0 ? indicator.Label
        : indicator.Code;
}
