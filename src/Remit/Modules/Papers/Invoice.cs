using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Papers;

public enum InvoiceState
{
    Draft,
    Issued,
    Cancelled,
}

/// <summary>An invoice for payment and the act of services that goes with it; both take their gapless numbers at issue.</summary>
public sealed class Invoice : IVersioned, IGuardsUndo
{
    // Beyond any line, and far from where sums overflow.
    private const long Most = 100_000_000_000_000;
    private int written;

    public Guid Id { get; private init; } = Keys.Next();
    public Guid CompanyId { get; private init; }
    public Guid ClientId { get; private init; }
    public Guid? VisitId { get; private init; }

    /// <summary>The contract under which it is billed, where there is one.</summary>
    public Guid? ContractId { get; private set; }

    /// <summary>What ties visit, invoice, act and payment together, so that a later fact meets an earlier work's condition.</summary>
    public Guid ChainId { get; private init; }
    public InvoiceState State { get; private set; }

    /// <summary>The year its numbers were given out in; each year begins at 1.</summary>
    public int? Year { get; private set; }
    public long? Number { get; private set; }
    public long? ActNumber { get; private set; }
    public DateOnly? IssuedOn { get; private set; }
    public DateOnly? DueOn { get; private set; }
    public DateOnly? ActReturnedOn { get; private set; }
    public Amount Total { get; private set; }
    public Amount Vat { get; private set; }

    /// <summary>How much of it payments have covered, kept beside the allocations for lists.</summary>
    public long PaidMinor { get; private set; }

    /// <summary>What of that was not paid but given up, with a reason, as too small a difference.</summary>
    public long WrittenOffMinor { get; private set; }
    public int Version { get; set; }
    public string Title => Number is { } n ? $"№ {n}" : "—";
    public long OpenMinor => Total.Minor - PaidMinor;
    public bool IsPaid => State == InvoiceState.Issued && OpenMinor == 0;

    /// <summary>The rate its VAT was counted by, whole percents; the company's own rate may have changed since.</summary>
    public int VatPercent => Vat.Minor == 0 ? 0 : (int)Math.Round(100m * Vat.Minor / (Total.Minor - Vat.Minor));

    public static Invoice For(OwnCompany company, Guid client, Guid? visit) =>
        new()
        {
            CompanyId = company.Id,
            ClientId = client,
            VisitId = visit,
            ChainId = visit ?? Guid.CreateVersion7(),
            Total = Amount.Zero(company.Currency),
            Vat = Amount.Zero(company.Currency),
        };

    /// <summary>Adds a line; the sum is rounded once, and VAT is inside it.</summary>
    public InvoiceLine Add(string? text, long quantityMilli, string unit, long priceMinor, int vatBasisPoints)
    {
        Must(State == InvoiceState.Draft, "invoice.already_issued", ("number", Title));
        Must(quantityMilli > 0 && priceMinor >= 0, "invoice.line_amount");
        Must(quantityMilli <= Most && priceMinor <= Most && (decimal)quantityMilli * priceMinor <= Most * 1000m, "invoice.line_too_much");
        var sum = new Amount(priceMinor, Total.Currency).Times(quantityMilli, 1000);
        Total += sum;
        Vat += sum.Times(vatBasisPoints, 10_000 + vatBasisPoints);
        return new()
        {
            InvoiceId = Id,
            Position = ++written,
            Text = Filled(text, "invoice.line_text", "text"),
            QuantityMilli = quantityMilli,
            Unit = unit,
            PriceMinor = priceMinor,
            SumMinor = sum.Minor,
        };
    }

    /// <summary>Names the contract it is billed under, or none.</summary>
    public void Under(Contract? contract)
    {
        Must(State == InvoiceState.Draft, "invoice.already_issued", ("number", Title));
        Must(
            contract is null || (contract.ClientId, contract.CompanyId) == (ClientId, CompanyId),
            "invoice.other_contract",
            ("number", contract?.Title)
        );
        Must(contract?.State != ContractState.Draft, "contract.not_signed", ("number", contract?.Title));
        ContractId = contract?.Id;
    }

    /// <summary>Takes the lines off a draft, to write them anew.</summary>
    public void Clear()
    {
        Must(State == InvoiceState.Draft, "invoice.already_issued", ("number", Title));
        (Total, Vat, written) = (Amount.Zero(Total.Currency), Amount.Zero(Vat.Currency), 0);
    }

    public void Issue(long number, long actNumber, DateOnly today, int daysToPay)
    {
        Must(State == InvoiceState.Draft, "invoice.already_issued", ("number", Title));
        Must(Total.Minor > 0, "invoice.empty");
        (State, Year, Number, ActNumber, IssuedOn, DueOn) = (
            InvoiceState.Issued,
            today.Year,
            number,
            actNumber,
            today,
            today.AddDays(daysToPay)
        );
    }

    public void ReturnAct(DateOnly on)
    {
        Must(State == InvoiceState.Issued, "act.not_issued");
        Must(ActReturnedOn is null, "act.returned_already", ("number", ActNumber));
        Must(on >= IssuedOn, "act.returned_early", ("number", ActNumber), ("issued", IssuedOn));
        ActReturnedOn = on;
    }

    public void Cover(long minor)
    {
        Must(State == InvoiceState.Issued, "invoice.not_issued");
        Must(
            PaidMinor + minor >= 0 && PaidMinor + minor <= Total.Minor,
            "invoice.overpaid",
            ("number", Title),
            ("open", new Amount(OpenMinor, Total.Currency))
        );
        PaidMinor += minor;
    }

    /// <summary>Gives up a difference; below zero it is open again.</summary>
    public void WriteOff(long minor)
    {
        Cover(minor);
        WrittenOffMinor += minor;
    }

    public void Cancel()
    {
        Must(State == InvoiceState.Issued && PaidMinor == 0, "invoice.not_cancellable", ("number", Title));
        State = InvoiceState.Cancelled;
    }

    // Tax law forbids gaps: a number that was given out stays with its paper, and the paper is cancelled instead.
    Refusal? IGuardsUndo.WhyNotUndo() =>
        State != InvoiceState.Draft && ActReturnedOn is null && PaidMinor == 0
            ? new Refusal("invoice.number_given", ("number", Title))
            : null;
}

public sealed class InvoiceLine : IRecord
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid InvoiceId { get; init; }
    public int Position { get; init; }
    public required string Text { get; init; }
    public required long QuantityMilli { get; init; }
    public required string Unit { get; init; }
    public required long PriceMinor { get; init; }
    public required long SumMinor { get; init; }
    public string Title => Text;
}

internal sealed class InvoiceTable : IEntityTypeConfiguration<Invoice>
{
    public void Configure(EntityTypeBuilder<Invoice> t)
    {
        t.ToTable("invoices").Ignore(i => i.Title).Ignore(i => i.OpenMinor).Ignore(i => i.IsPaid).Ignore(i => i.VatPercent);
        t.ComplexProperty(i => i.Total);
        t.ComplexProperty(i => i.Vat);
        t.HasIndex(i => new
            {
                i.CompanyId,
                i.Year,
                i.Number,
            })
            .IsUnique();
        t.HasIndex(i => new
            {
                i.CompanyId,
                i.Year,
                i.ActNumber,
            })
            .IsUnique();
        t.HasIndex(i => i.ClientId);
        t.HasIndex(i => i.ChainId);
        t.HasIndex(i => i.ContractId);
        t.HasIndex(i => i.DueOn);
        // Debtors stand in this order, and of all that were ever issued few are unpaid.
        t.HasIndex(i => new { i.DueOn, i.Id }).HasFilter("\"State\" = 'Issued' AND \"PaidMinor\" < \"Total_Minor\"");
        t.HasIndex(i => i.IssuedOn);
    }
}

internal sealed class InvoiceLineTable : IEntityTypeConfiguration<InvoiceLine>
{
    public void Configure(EntityTypeBuilder<InvoiceLine> t)
    {
        t.ToTable("invoice_lines").Ignore(l => l.Title);
        t.HasOne<Invoice>().WithMany().HasForeignKey(l => l.InvoiceId).OnDelete(DeleteBehavior.Cascade);
    }
}
