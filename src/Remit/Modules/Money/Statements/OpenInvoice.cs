namespace Remit.Modules.Money.Statements;

/// <summary>An invoice that still waits for money, as much of it as matching needs.</summary>
/// <param name="OpenMinor">What is left to pay, in minor units.</param>
public sealed record OpenInvoice(
    Guid Id,
    string Number,
    DateOnly IssuedOn,
    long OpenMinor,
    string Currency,
    Guid ClientId,
    string? ClientInn,
    string ClientName,
    IReadOnlyList<string> ClientAccounts
);

/// <summary>The part of a payment that goes to one invoice.</summary>
public sealed record Allocation(Guid InvoiceId, long Minor);

/// <summary>Why a candidate was proposed: a text key and the values its sentence names.</summary>
public sealed record MatchReason(string Key, IReadOnlyDictionary<string, object?> Values);

/// <summary>A proposal of what a payment pays.</summary>
public sealed record MatchCandidate
{
    public required IReadOnlyList<Allocation> Allocations { get; init; }

    /// <summary>0 to 100; see <see cref="PaymentMatcher.SureScore"/>.</summary>
    public required int Score { get; init; }
    public required IReadOnlyList<MatchReason> Reasons { get; init; }

    /// <summary>What is over when the payment is larger than the invoices: an advance, in minor units.</summary>
    public long RemainderMinor { get; init; }

    /// <summary>Good enough to book without asking: a high score and no rival near it.</summary>
    public bool Sure { get; init; }
}
