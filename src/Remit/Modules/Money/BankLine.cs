using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Money;

public enum BankLineState
{
    Open,
    Matched,
    Refused,
}

/// <summary>One document of a bank statement, as the bank wrote it, and what became of it.</summary>
public sealed class BankLine : IVersioned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The same line in another file has the same fingerprint and is not taken twice.</summary>
    public required string Fingerprint { get; init; }
    public required Guid ImportId { get; init; }
    public required string Direction { get; init; }
    public required string Number { get; init; }
    public required DateOnly BookedOn { get; init; }
    public required Amount Sum { get; init; }
    public required string PartyName { get; init; }

    [OrderOf(nameof(PartyName))]
    public string PartyKey { get; private set; } = "";
    public required string PartyInn { get; init; }
    public required string PartyAccount { get; init; }
    public required string PartyBic { get; init; }
    public required string Purpose { get; init; }
    public BankLineState State { get; private set; }
    public long MatchedMinor { get; private set; }
    public int Version { get; set; }
    public string Title => $"№ {Number} · {PartyName}";

    public void Allocate(long minor)
    {
        Must(Direction == "In" && State != BankLineState.Refused, "bank.not_incoming", ("line", Title));
        Must(
            minor > 0 && MatchedMinor + minor <= Sum.Minor,
            "bank.too_much",
            ("line", Title),
            ("left", new Amount(Sum.Minor - MatchedMinor, Sum.Currency))
        );
        MatchedMinor += minor;
        State = MatchedMinor == Sum.Minor ? BankLineState.Matched : BankLineState.Open;
    }

    /// <summary>Takes back a part that was laid against the wrong invoice; the line waits again.</summary>
    public void Release(long minor)
    {
        Must(minor > 0 && minor <= MatchedMinor, "bank.not_matched", ("line", Title));
        MatchedMinor -= minor;
        State = BankLineState.Open;
    }

    public void Refuse()
    {
        Must(MatchedMinor == 0, "bank.partly_matched", ("line", Title));
        State = BankLineState.Refused;
    }
}

/// <summary>The money ledger: an amount of a payment laid against an invoice. A wrong one is reversed, never deleted.</summary>
public sealed class MoneyEntry : IAppendOnly
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid LineId { get; init; }
    public required Guid InvoiceId { get; init; }
    public required Guid ClientId { get; init; }
    public required DateOnly On { get; init; }
    public required Amount Sum { get; init; }
    public required string Label { get; init; }
    public Guid? Reverses { get; init; }
    public string Title => Label;

    IAppendOnly? IAppendOnly.Reversal(DateOnly today, Actor by) =>
        Reverses is not null
            ? null
            : new MoneyEntry
            {
                LineId = LineId,
                InvoiceId = InvoiceId,
                ClientId = ClientId,
                On = today,
                Sum = -Sum,
                Label = Label,
                Reverses = Id,
            };
}

internal sealed class BankLineTable : IEntityTypeConfiguration<BankLine>
{
    public void Configure(EntityTypeBuilder<BankLine> t)
    {
        t.ToTable("bank_lines").Ignore(l => l.Title);
        t.ComplexProperty(l => l.Sum);
        t.HasIndex(l => l.Fingerprint).IsUnique();
        t.HasIndex(l => new { l.State, l.BookedOn });
        t.HasIndex(l => new { l.PartyKey, l.Id });
    }
}

internal sealed class MoneyEntryTable : IEntityTypeConfiguration<MoneyEntry>
{
    public void Configure(EntityTypeBuilder<MoneyEntry> t)
    {
        t.ToTable("money_entries").Ignore(m => m.Title);
        t.ComplexProperty(m => m.Sum);
        t.HasIndex(m => m.InvoiceId);
        t.HasIndex(m => m.LineId);
        t.HasIndex(m => m.Reverses).IsUnique();
    }
}
