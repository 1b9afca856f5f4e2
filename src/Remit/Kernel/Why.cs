namespace Remit.Kernel;

/// <summary>
/// A computed amount with its reasons: named parts that add up to it exactly, down to the ledger entries.
/// </summary>
/// <param name="Label">A text key, or plain text where it names a record.</param>
/// <param name="Values">What the label's sentence names.</param>
/// <param name="Amount">The sum of the parts wherever there are parts.</param>
/// <param name="Parts">Empty at a leaf.</param>
/// <param name="Entries">Ids of the ledger entries a leaf was computed from.</param>
/// <param name="Note">A text key said beside the amount (how it was computed, or why it is left out).</param>
public sealed record Why(
    string Label,
    IReadOnlyDictionary<string, object?> Values,
    Amount Amount,
    IReadOnlyList<Why> Parts,
    IReadOnlyList<Guid> Entries,
    string? Note = null
)
{
    public static readonly IReadOnlyDictionary<string, object?> None = new Dictionary<string, object?>();

    public static Why Leaf(
        string label,
        Amount amount,
        IReadOnlyDictionary<string, object?>? values = null,
        IReadOnlyList<Guid>? entries = null,
        string? note = null
    ) => new(label, values ?? None, amount, [], entries ?? [], note);

    /// <summary>A node whose amount is the sum of its parts, so that the tree is exact by construction.</summary>
    public static Why Sum(
        string label,
        string currency,
        IReadOnlyList<Why> parts,
        IReadOnlyDictionary<string, object?>? values = null,
        string? note = null
    ) => new(label, values ?? None, parts.Aggregate(Amount.Zero(currency), (sum, part) => sum + part.Amount), parts, [], note);
}
