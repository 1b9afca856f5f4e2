using Remit.Kernel;

namespace Remit.Modules.Pay.Calculation;

/// <summary>
/// All that one person's pay for one month is computed from.
/// </summary>
public sealed record PayInput
{
    public required Month Month { get; init; }
    public required Guid Person { get; init; }
    public required string Currency { get; init; }
    public int Level { get; init; }
    public string City { get; init; } = "";
    public int WorkedDays { get; init; }
    public int TotalDays { get; init; }

    /// <summary>
    /// Everything not yet paid, and the originals of all reversals. The whole ledger of the person is always right;
    /// entries paid earlier are skipped.
    /// </summary>
    public IReadOnlyList<PayEntry> Entries { get; init; } = [];

    public IReadOnlyList<IndicatorFact> Indicators { get; init; } = [];

    /// <summary>Payments from the person's own clients that count in this month.</summary>
    public IReadOnlyList<Receipt> Receipts { get; init; } = [];

    /// <summary>Amounts for mentoring in this month, agreed elsewhere.</summary>
    public IReadOnlyList<MentorLine> Mentoring { get; init; } = [];

    public IReadOnlyList<Correction> Corrections { get; init; } = [];
    public required IReadOnlyList<SchemeRules> SchemeVersions { get; init; }
}

/// <summary>Work done, as the ledger has it.</summary>
public sealed record PayEntry
{
    public required Guid Id { get; init; }
    public required Guid DutyId { get; init; }
    public string DutyNumber { get; init; } = "";
    public string DutyText { get; init; } = "";

    /// <summary>What a quantity of one is, by the norm of the day the work was done; empty where nobody said.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Points for a quantity of one, by the norm of the day the work was done.</summary>
    public int Points { get; init; }

    /// <summary>Thousandths: 1000 is one. Negative only in a reversal.</summary>
    public long QuantityMilli { get; init; } = 1000;

    public required DateOnly DoneOn { get; init; }

    /// <summary>Set where the entry itself says what it waits for; otherwise the scheme says it for the duty.</summary>
    public string? Condition { get; init; }

    public DateOnly? ConditionMetOn { get; init; }

    /// <summary>Why a reversal took its entry back, as it was written then.</summary>
    public string Reason { get; init; } = "";

    /// <summary>
    /// The first month that was open when the last fact about the entry (the work, then its condition) was recorded.
    /// A closed month never changes: what is learnt later is paid in this month.
    /// </summary>
    public required Month RecordedMonth { get; init; }

    /// <summary>The entry this one takes back, wholly or in part, by the norms of that one.</summary>
    public Guid? Reverses { get; init; }

    public string Label { get; init; } = "";
}

/// <summary>What was measured; null where there is no data.</summary>
public sealed record IndicatorFact(string Code, string Label, decimal? Fact);

/// <summary>A payment received from an own client.</summary>
public sealed record Receipt(Guid Id, string Label, long AmountMinor, DateOnly ReceivedOn);

/// <summary>An amount for mentoring, with what its sentence names.</summary>
public sealed record MentorLine(Guid Id, string Label, long AmountMinor)
{
    public string Key { get; init; } = "pay.mentor.line";
    public IReadOnlyDictionary<string, object?> Values { get; init; } = Why.None;
}

/// <summary>
/// A change by hand with its reason. Counts once approved; a negative one must name what it reverses, for there are
/// no fines.
/// </summary>
public sealed record Correction(Guid Id, long AmountMinor, string ReasonText, bool Approved, Guid? Reverses = null);

/// <summary>What is paid, and what waits, each explained down to the entries.</summary>
public sealed record PayResult(Guid Person, Month Month, Why Total, Why Held)
{
    /// <summary>Work taken back while it was held, and what took it back: neither paid nor waiting.</summary>
    public IReadOnlyList<PayEntry> Withdrawn { get; init; } = [];
}
