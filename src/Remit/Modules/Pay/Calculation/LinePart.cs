using Remit.Kernel;

namespace Remit.Modules.Pay.Calculation;

/// <summary>The parts that are lists of single lines: share of payments, mentoring, corrections.</summary>
internal static class LinePart
{
    public static Why Share(PayInput input, SchemeHistory schemes) =>
        Why.Sum(
            "pay.share",
            input.Currency,
            [
                .. input.Receipts.Select(receipt =>
                {
                    var (paid, points) = (new Amount(receipt.AmountMinor, input.Currency), schemes.On(receipt.ReceivedOn).ShareBasisPoints);
                    return Line(
                        "pay.share.receipt",
                        paid.Times(points, 10_000),
                        receipt.Id,
                        ("label", receipt.Label),
                        ("received", paid),
                        ("percent", points / 100m),
                        ("date", receipt.ReceivedOn)
                    );
                }),
            ]
        );

    public static Why Mentor(PayInput input)
    {
        Rules.Must(input.Mentoring.All(line => line.AmountMinor >= 0), "pay.no_fines");
        return Why.Sum(
            "pay.mentor",
            input.Currency,
            [
                .. input.Mentoring.Select(line =>
                    Line(
                        line.Key,
                        new Amount(line.AmountMinor, input.Currency),
                        line.Id,
                        [("label", line.Label), .. line.Values.Select(v => (v.Key, v.Value))]
                    )
                ),
            ]
        );
    }

    public static Why Corrected(PayInput input)
    {
        foreach (var correction in input.Corrections)
        {
            Rules.Must(correction.AmountMinor >= 0 || correction.Reverses is not null, "pay.no_fines");
            Rules.Filled(correction.ReasonText, "pay.correction_without_reason");
        }
        return Why.Sum(
            "pay.corrections",
            input.Currency,
            [
                .. input
                    .Corrections.Where(each => each.Approved)
                    .Select(each =>
                        Line(
                            each.Reverses is null ? "pay.correction" : "pay.correction.reversal",
                            new Amount(each.AmountMinor, input.Currency),
                            each.Id,
                            ("reason", each.ReasonText)
                        )
                    ),
            ],
            note: input.Corrections.All(each => each.Approved) ? null : "pay.note.not_approved"
        );
    }

    private static Why Line(string label, Amount amount, Guid source, params (string Name, object? Value)[] values) =>
        Why.Leaf(label, amount, values.ToDictionary(value => value.Name, value => value.Value), [source]);
}
