using Remit.Kernel;

namespace Remit.Modules.Pay.Calculation;

/// <summary>
/// Decides for every entry when it is paid. Both the quick total and the explained
/// tree read it, so that they cannot disagree.
/// </summary>
internal sealed class PieceWork(PayInput input)
{
    private readonly SchemeHistory schemes = new(input.SchemeVersions);
    private readonly int month = input.Month.Index;
    private Dictionary<Guid, PayEntry>? byId;

    /// <summary>Entries paid in the month or held in it; those paid before and those done later are left out.</summary>
    public IEnumerable<PieceLine> Lines()
    {
        foreach (var entry in input.Entries)
            if (Read(entry) is var line && line.Concerns(month))
                yield return line;
    }

    /// <summary>What the entry waits for at the end of the month; null where only the closed month put it off.</summary>
    public string? WaitsFor(PieceLine line) =>
        line.Norm.Condition is { } condition && !(line.Norm.ConditionMetOn is { } met && met <= input.Month.Last) ? condition : null;

    private PieceLine Read(PayEntry entry)
    {
        Rules.Must(entry.QuantityMilli >= 0 || entry.Reverses is not null, "pay.no_fines");
        var norm = entry.Reverses is null ? entry : Original(entry);
        var done = Month.Of(entry.DoneOn).Index;
        return new PieceLine
        {
            Entry = entry,
            Norm = norm,
            Scheme = schemes.On(norm.DoneOn),
            DoneIn = done,
            PaidIn = Math.Max(Math.Max(done, entry.RecordedMonth.Index), PayableFrom(entry, norm)),
            PointsMilli = checked(norm.Points * entry.QuantityMilli),
        };
    }

    /// <summary>The month before which the entry cannot be paid: its condition, and for a reversal its original.</summary>
    private static int PayableFrom(PayEntry entry, PayEntry norm)
    {
        var met =
            norm.Condition is null ? 0
            : norm.ConditionMetOn is { } day ? Month.Of(day).Index
            : PieceLine.Never;
        return ReferenceEquals(entry, norm) ? met : Math.Max(met, Math.Max(Month.Of(norm.DoneOn).Index, norm.RecordedMonth.Index));
    }

    private PayEntry Original(PayEntry entry)
    {
        byId ??= input.Entries.ToDictionary(each => each.Id);
        // A reversal may itself be reversed; the ledger only grows, so a chain longer than a few is a broken ledger.
        for (var step = 0; step < 16; step++)
        {
            if (entry.Reverses is not { } id)
                return entry;
            if (!byId.TryGetValue(id, out var original))
                break;
            entry = original;
        }
        throw new Refusal("pay.reversal_without_original", ("entry", entry.Label));
    }
}
