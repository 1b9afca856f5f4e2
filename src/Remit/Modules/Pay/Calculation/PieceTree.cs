using Remit.Kernel;

namespace Remit.Modules.Pay.Calculation;

/// <summary>The piece part opened to the entry: what is paid by duty, what is held by reason and duty.</summary>
internal static class PieceTree
{
    /// <summary>Conditions that have a sentence of their own; any other code is named in a general one.</summary>
    private static readonly HashSet<string> Worded = ["act.returned", "visit.confirmed", "payment.matched"];

    public static (Why Paid, Why Held, IReadOnlyList<PayEntry> Withdrawn) Build(PayInput input)
    {
        var work = new PieceWork(input);
        var lines = work.Lines().ToLookup(line => line.PaidIn == input.Month.Index);
        var waiting = lines[false].GroupBy(line => line.Norm.Id).ToLookup(Stands);
        var held = waiting[true]
            .SelectMany(one => one)
            .GroupBy(work.WaitsFor)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => Reason(group.Key, Duties(group, input.Currency), input.Currency))
            .ToList();
        return (
            Why.Sum("pay.piece", input.Currency, Duties(lines[true], input.Currency)),
            Why.Sum("pay.held", input.Currency, held),
            [.. waiting[false].SelectMany(one => one).Select(line => line.Entry)]
        );
    }

    // What was taken back before it was ever paid was never anybody's.
    private static bool Stands(IEnumerable<PieceLine> one) =>
        one.Sum(line => line.PointsMilli) != 0 || one.Sum(line => line.Minor) != 0 || one.All(line => line.Entry.Reverses is null);

    private static Why Reason(string? condition, List<Why> duties, string currency) =>
        condition switch
        {
            null => Why.Sum("pay.held.next_open_month", currency, duties),
            _ when Worded.Contains(condition) => Why.Sum("pay.held." + condition, currency, duties),
            _ => Why.Sum("pay.held.other", currency, duties, new Dictionary<string, object?> { ["condition"] = condition }),
        };

    private static List<Why> Duties(IEnumerable<PieceLine> lines, string currency) =>
        [
            .. lines
                .GroupBy(line => line.Norm.DutyId)
                .OrderBy(duty => Alphabet.Key(duty.First().Norm.DutyNumber), StringComparer.Ordinal)
                .ThenBy(duty => duty.Key)
                .Select(duty => Duty([.. duty.OrderBy(line => line.Entry.DoneOn).ThenBy(line => line.Entry.Id)], currency)),
        ];

    private static Why Duty(IReadOnlyList<PieceLine> lines, string currency) =>
        Why.Sum(
            "pay.piece.duty",
            currency,
            [.. lines.Select(line => Entry(line, currency))],
            new Dictionary<string, object?>
            {
                ["number"] = lines[0].Norm.DutyNumber,
                ["duty"] = lines[0].Norm.DutyText.TrimEnd('.'),
                ["count"] = lines.Count,
                ["points"] = lines.Sum(line => line.PointsMilli) / 1000m,
            }
        );

    private static Why Entry(PieceLine line, string currency) =>
        Why.Leaf(
            line.Entry.Reverses is null ? "pay.entry"
                : line.Entry.Reason.Length > 0 ? "pay.entry.reversal_because"
                : "pay.entry.reversal",
            new Amount(line.Minor, currency),
            new Dictionary<string, object?>
            {
                ["date"] = line.Entry.DoneOn,
                ["label"] = line.Entry.Label.TrimEnd('.'),
                ["points"] = line.Norm.Points,
                ["quantity"] = line.Entry.QuantityMilli / 1000m,
                ["unit"] = line.Norm.Unit is { Length: > 0 } unit ? $" ({unit})" : "",
                ["counted"] = line.PointsMilli / 1000m,
                ["rate"] = new Rate(line.Scheme.RateMilli, currency),
                ["reason"] = line.Entry.Reason,
            },
            [line.Entry.Id],
            line.PaidIn is not PieceLine.Never && line.PaidIn > line.DoneIn ? "pay.note.earlier_work" : null
        );
}
