using Remit.Kernel;

namespace Remit.Modules.Pay.Calculation;

/// <summary>
/// The pay of one person for one month: computed from what is passed in and from nothing else, so the same input
/// gives the same kopecks for ever.
/// </summary>
public static class PayCalculator
{
    /// <summary>The amount alone, without the tree: for forecasts and what-if over many people.</summary>
    public static Amount Total(PayInput input) => Sums(input).Total;

    /// <summary>The amount and what is held, without their trees: for lists of many people.</summary>
    public static (Amount Total, Amount Held) Sums(PayInput input)
    {
        var (month, paid, held) = (input.Month.Index, 0L, 0L);
        foreach (var line in new PieceWork(input).Lines())
            if (line.PaidIn == month)
                paid = checked(paid + line.Minor);
            else
                held = checked(held + line.Minor);
        return (new(checked(paid + OtherParts(input).Sum(part => part.Amount.Minor)), input.Currency), new(held, input.Currency));
    }

    /// <summary>What the amount is made of, without the entries: fixed, piece, bonus and so on; text key <c>pay.part.{part}</c>.</summary>
    public static IReadOnlyList<(string Part, long Minor)> Parts(PayInput input) =>
        [
            ("piece", new PieceWork(input).Lines().Where(line => line.PaidIn == input.Month.Index).Sum(line => line.Minor)),
            .. OtherParts(input).Select(part => (part.Label is FixedPart.Group ? "fixed" : part.Label["pay.".Length..], part.Amount.Minor)),
        ];

    /// <summary>The same amount with its reasons down to the entries, and what is held with the reason it waits.</summary>
    public static PayResult Explain(PayInput input)
    {
        var (paid, held, withdrawn) = PieceTree.Build(input);
        var parts = OtherParts(input).ToList();
        parts.Insert(parts.Count > 0 && parts[0].Label is FixedPart.Key or FixedPart.Group ? 1 : 0, paid);
        var total = Why.Sum("pay.total", input.Currency, parts, new Dictionary<string, object?> { ["month"] = input.Month });
        return new PayResult(input.Person, input.Month, total, held) { Withdrawn = withdrawn };
    }

    /// <summary>What work done from one day to another earned of this month's piece part: the base of a mentor's share.</summary>
    public static long PieceMinor(PayInput input, DateOnly from, DateOnly to) =>
        checked(
            new PieceWork(input)
                .Lines()
                .Where(line => line.PaidIn == input.Month.Index && line.Norm.DoneOn >= from && line.Norm.DoneOn <= to)
                .Sum(line => line.Minor)
        );

    /// <summary>Everything but the piece part has few leaves, so both ways of computing build the same nodes.</summary>
    private static IEnumerable<Why> OtherParts(PayInput input)
    {
        var schemes = new SchemeHistory(input.SchemeVersions);
        var scheme = schemes.For(input.Month);
        if (scheme.Fixed.Count > 0)
            yield return FixedPart.WithMentoring(input, scheme);
        else if (input.Mentoring.Count > 0)
            yield return LinePart.Mentor(input);
        if (scheme.Indicators.Count > 0)
            yield return BonusPart.Of(input, scheme);
        if (input.Receipts.Count > 0)
            yield return LinePart.Share(input, schemes);
        if (input.Corrections.Count > 0)
            yield return LinePart.Corrected(input);
    }
}
