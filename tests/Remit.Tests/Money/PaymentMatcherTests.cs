using Remit.Modules.Money.Statements;
using Xunit.Abstractions;

namespace Remit.Tests.Money;

public sealed class PaymentMatcherTests(ITestOutputHelper output)
{
    private static readonly Guid Romashka = new("00000000-0000-0000-0000-000000000001");
    private static readonly Guid Vasilek = new("00000000-0000-0000-0000-000000000002");

    private static OpenInvoice Invoice(string number, long minor, Guid? client = null, int day = 2) =>
        new(
            Guid.NewGuid(),
            number,
            new DateOnly(2026, 10, day),
            minor,
            "RUB",
            client ?? Romashka,
            client == Vasilek ? "7700000023" : "7700000016",
            client == Vasilek ? "ООО «Василёк»" : "ООО «Ромашка»",
            [client == Vasilek ? "40702810000000000002" : "40702810000000000001"]
        );

    private static Document Pay(
        long minor,
        string purpose,
        string inn = "7700000016",
        string account = "",
        string name = "",
        Direction direction = Direction.In
    ) =>
        new()
        {
            Line = 1,
            AmountMinor = minor,
            Purpose = purpose,
            BookedOn = new DateOnly(2026, 10, 20),
            Direction = direction,
            Payer = new Party(name, inn, "", account, "", ""),
            Payee = new Party("", "", "", "", "", ""),
        };

    [Theory]
    [InlineData("Оплата по счету № 518 от 02.10.2026. НДС не облагается")]
    [InlineData("сч.518")]
    [InlineData("СФ-00518 в т.ч. НДС 20% - 16.67")]
    [InlineData("за услуги по сч-фактуре сф 000518 по договору 7")]
    [InlineData("Сч518 за материалы, сумма 100-00")]
    [InlineData("Оплата N518 от 02.10.26")]
    public void A_number_is_found_however_it_is_written(string purpose)
    {
        var wanted = Invoice("СФ-00518", 10000);
        var best = new PaymentMatcher([wanted, Invoice("СФ-00519", 10000), Invoice("СФ-00007", 10000)]).Candidates(Pay(10000, purpose))[0];
        Assert.Equal([new Allocation(wanted.Id, 10000)], best.Allocations);
        Assert.True(best.Sure);
        Assert.Contains(best.Reasons, r => r.Key == "match.number_in_purpose" && (string?)r.Values["number"] == "СФ-00518");
    }

    [Fact]
    public void Several_invoices_in_one_payment_sum_up()
    {
        var (a, b, c) = (Invoice("518", 10000), Invoice("519", 5000), Invoice("520", 15000));
        var best = new PaymentMatcher([a, b, c]).Candidates(Pay(15000, "сч.518, 519"))[0];
        Assert.Equal([new Allocation(a.Id, 10000), new Allocation(b.Id, 5000)], best.Allocations);
        Assert.True(best.Sure);
        Assert.Contains(best.Reasons, r => r.Key == "match.sum_of_several");
    }

    [Fact]
    public void The_oldest_invoices_that_sum_up_are_proposed_but_not_surely()
    {
        var matcher = new PaymentMatcher([Invoice("1", 10000, day: 1), Invoice("2", 5000), Invoice("3", 700, day: 3)]);
        var best = matcher.Candidates(Pay(15000, "Оплата за услуги"))[0];
        Assert.Equal(2, best.Allocations.Count);
        Assert.False(best.Sure);
    }

    [Fact]
    public void A_part_is_allocated_as_it_is_and_what_is_over_is_told()
    {
        var invoice = Invoice("518", 10000);
        var matcher = new PaymentMatcher([invoice]);
        Assert.Equal([new Allocation(invoice.Id, 4000)], matcher.Candidates(Pay(4000, "аванс по счету 518"))[0].Allocations);
        var over = matcher.Candidates(Pay(12000, "счет 518"))[0];
        Assert.Equal((10000, 2000), (over.Allocations[0].Minor, over.RemainderMinor));
        Assert.True(over.Sure);
    }

    [Fact]
    public void The_only_invoice_of_the_payer_over_this_sum_is_sure_and_two_of_them_are_not()
    {
        var one = Invoice("518", 10000);
        Assert.True(new PaymentMatcher([one, Invoice("9", 10000, Vasilek)]).Candidates(Pay(10000, "За услуги"))[0].Sure);
        Assert.False(new PaymentMatcher([one, Invoice("519", 10000)]).Candidates(Pay(10000, "За услуги"))[0].Sure);
    }

    [Fact]
    public void A_number_of_another_client_is_not_sure()
    {
        var matcher = new PaymentMatcher([Invoice("518", 10000, Vasilek)]);
        Assert.False(matcher.Candidates(Pay(10000, "счет 518"))[0].Sure);
    }

    [Fact]
    public void Account_and_name_help_where_there_is_no_tax_number()
    {
        var matcher = new PaymentMatcher([Invoice("518", 10000), Invoice("518", 10000, Vasilek)]);
        var byAccount = matcher.Candidates(Pay(10000, "счет 518", inn: "", account: "40702810000000000002"))[0];
        var byName = matcher.Candidates(Pay(10000, "счет 518", inn: "", name: "Общество с ограниченной ответственностью \"ВАСИЛЕК\""))[0];
        Assert.Contains(byAccount.Reasons, r => r.Key == "match.payer_account");
        Assert.Contains(byName.Reasons, r => r.Key == "match.name_similar");
        Assert.True(byAccount.Sure && byName.Sure);
        Assert.Equal(byAccount.Allocations, byName.Allocations);
    }

    [Fact]
    public void Money_that_went_out_matches_nothing() =>
        Assert.Empty(new PaymentMatcher([Invoice("518", 10000)]).Candidates(Pay(10000, "счет 518", direction: Direction.Out)));

    [Fact]
    public void Ten_thousand_payments_find_their_invoices_among_fifty_thousand()
    {
        var (invoices, payments) = MatchingBook.Generate(50_000, 10_000, seed: 7);
        var matcher = new PaymentMatcher(invoices);
        var (matched, sure, sureRight) = (0, 0, 0);
        foreach (var (document, right) in payments)
        {
            if (matcher.Candidates(document) is not [var best, ..])
                continue;
            var isRight = best.Allocations.Select(a => a.InvoiceId).ToHashSet().SetEquals(right);
            if (isRight)
                matched++;
            if (!best.Sure)
                continue;
            sure++;
            if (isRight)
                sureRight++;
        }
        output.WriteLine($"{matched} matched, {sure} sure, {sureRight} of them right");
        Assert.True(matched >= payments.Count * 0.95, $"{matched} matched");
        Assert.True(sureRight >= sure * 0.999, $"{sureRight} of {sure} sure ones right");
    }
}
