using Remit.Kernel;
using Remit.Modules.Papers;

namespace Remit.Tests.Papers;

public sealed class InvoiceRules
{
    private static readonly DateOnly today = new(2026, 3, 2);
    private readonly Invoice invoice = Invoice.For(OwnCompany.Of("Remit", "BG", "EUR", ""), Guid.NewGuid(), null);

    [Fact]
    public void An_invoice_without_lines_cannot_be_issued() =>
        Assert.Equal("invoice.empty", Assert.Throws<Refusal>(() => invoice.Issue(1, 1, today, 10)).Key);

    [Fact]
    public void Vat_is_inside_the_sum()
    {
        invoice.Add("Work", 1500, "hour", 8000, 2000);
        Assert.Equal((12000, 2000, 20), (invoice.Total.Minor, invoice.Vat.Minor, invoice.VatPercent));
    }

    [Fact]
    public void Payment_is_due_in_ten_days() => Assert.Equal(new DateOnly(2026, 3, 12), Issued().DueOn);

    [Fact]
    public void An_issued_invoice_is_not_issued_again() =>
        Assert.Equal("invoice.already_issued", Assert.Throws<Refusal>(() => Issued().Issue(2, 2, today, 10)).Key);

    [Fact]
    public void An_act_does_not_return_before_it_was_issued() =>
        Assert.Equal("act.returned_early", Assert.Throws<Refusal>(() => Issued().ReturnAct(today.AddDays(-1))).Key);

    [Fact]
    public void An_act_returns_once()
    {
        Issued().ReturnAct(today);
        Assert.Equal("act.returned_already", Assert.Throws<Refusal>(() => invoice.ReturnAct(today)).Key);
    }

    [Fact]
    public void A_number_that_was_given_out_is_not_taken_back_by_undo() =>
        Assert.Equal("invoice.number_given", ((IGuardsUndo)Issued()).WhyNotUndo()!.Key);

    [Fact]
    public void A_paid_invoice_cannot_be_cancelled()
    {
        Issued().Cover(100);
        Assert.Equal("invoice.not_cancellable", Assert.Throws<Refusal>(invoice.Cancel).Key);
    }

    private Invoice Issued()
    {
        invoice.Add("Work", 1000, "hour", 6000, 0);
        invoice.Issue(1, 1, today, 10);
        return invoice;
    }
}
