using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Money;

/// <summary>
/// A small difference that was given up, with the reason: what an invoice still lacked, or what a payment had too much.
/// A row of a ledger: it is reversed together with the matching it closed.
/// </summary>
public sealed class WriteOff : IAppendOnly
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>The matching that left the difference.</summary>
    public required Guid EntryId { get; init; }
    public required Guid LineId { get; init; }
    public required Guid InvoiceId { get; init; }
    public required Guid ClientId { get; init; }
    public required DateOnly On { get; init; }

    /// <summary>Below zero where the client paid too much.</summary>
    public required Amount Sum { get; init; }
    public required string Reason { get; init; }
    public Guid? Reverses { get; init; }
    public string Title => Reason;

    IAppendOnly? IAppendOnly.Reversal(DateOnly today, Actor by) =>
        Reverses is not null
            ? null
            : new WriteOff
            {
                EntryId = EntryId,
                LineId = LineId,
                InvoiceId = InvoiceId,
                ClientId = ClientId,
                On = today,
                Sum = -Sum,
                Reason = Reason,
                Reverses = Id,
            };
}

/// <summary>An account from which a client was once seen to pay: the next payment from it is known.</summary>
public sealed class PayerAccount : IRecord
{
    /// <summary>An account from which more clients pay is a bank's or an agent's, and says nothing of who paid.</summary>
    public const int MostClients = 5;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid ClientId { get; private init; }
    public string Account { get; private init; } = "";

    /// <summary>The line it was learnt from. It is forgotten when no matching of a line from this account stands any more.</summary>
    public Guid LineId { get; private init; }
    public string Title => Account;

    public static PayerAccount Of(Guid client, BankLine line) =>
        new()
        {
            ClientId = client,
            Account = line.PartyAccount,
            LineId = line.Id,
        };
}

internal sealed class WriteOffTable : IEntityTypeConfiguration<WriteOff>
{
    public void Configure(EntityTypeBuilder<WriteOff> t)
    {
        t.ToTable("write_offs").Ignore(w => w.Title);
        t.ComplexProperty(w => w.Sum);
        t.HasIndex(w => w.EntryId);
        t.HasIndex(w => w.Reverses).IsUnique();
    }
}

internal sealed class PayerAccountTable : IEntityTypeConfiguration<PayerAccount>
{
    public void Configure(EntityTypeBuilder<PayerAccount> t)
    {
        t.ToTable("payer_accounts").Ignore(p => p.Title);
        t.HasIndex(p => new { p.Account, p.ClientId }).IsUnique();
        t.HasIndex(p => p.LineId);
    }
}
