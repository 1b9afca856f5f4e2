using Remit.Web;

namespace Remit.Modules.Money.Statements;

/// <summary>Which way the money went, seen from the accounts of the file.</summary>
public enum Direction
{
    /// <summary>Neither side is a known own account; the reader does not guess.</summary>
    Unknown,
    In,
    Out,

    /// <summary>Both sides are own accounts: a transfer that is neither income nor cost.</summary>
    Own,
}

/// <summary>One side of a payment. Texts that the file does not give are empty, never null.</summary>
public sealed record Party(string Name, string Inn, string Kpp, string Account, string Bic, string Bank);

/// <summary>A section of balances as the bank wrote it: one per account, or one per account and day. Minor units.</summary>
public sealed record StatementAccount(string Account, long? Opening, long? In, long? Out, long? Closing, DateOnly? From, DateOnly? To);

/// <summary>Something in the file a person should look at; the reading went on.</summary>
public sealed record StatementWarning(int Line, string Key, params (string Name, object? Value)[] Values)
{
    private static readonly T English = new("en");

    /// <summary>The sentence as other programs get it.</summary>
    public string Text => English[Key, Values];
}

/// <summary>One payment of a bank statement.</summary>
public sealed record Document
{
    /// <summary>The line of the file, from 1, on which the document begins.</summary>
    public required int Line { get; init; }
    public string Type { get; init; } = "";
    public string Number { get; init; } = "";

    /// <summary>The date written on the document.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>The day the money moved on the own account; falls back to <see cref="Date"/>.</summary>
    public DateOnly? BookedOn { get; init; }
    public required long AmountMinor { get; init; }
    public string Currency { get; init; } = "RUB";
    public Direction Direction { get; init; }
    public required Party Payer { get; init; }
    public required Party Payee { get; init; }
    public string Purpose { get; init; } = "";

    /// <summary>The same for the same payment in every file it appears in; see <see cref="Fingerprints"/>.</summary>
    public string Fingerprint { get; init; } = "";
}

/// <summary>A bank statement that has been read, with all that was odd about it.</summary>
public sealed record Statement
{
    public string Format { get; init; } = "1CClientBankExchange";
    public string Version { get; init; } = "";

    /// <summary>The encoding the bytes are really in, whatever the header claims: utf-8, windows-1251, cp866, utf-16.</summary>
    public required string Encoding { get; init; }
    public required IReadOnlyList<StatementAccount> Accounts { get; init; }
    public required IReadOnlyList<Document> Documents { get; init; }
    public required IReadOnlyList<StatementWarning> Warnings { get; init; }
}

/// <summary>The bytes are no statement of this format. <see cref="Exception.Message"/> is a plain English sentence.</summary>
public sealed class NotAStatement(string message) : Exception(message)
{
    /// <summary>The text key of the sentence in the person's language.</summary>
    public string Key { get; } = "statement.not_a_statement";
}
