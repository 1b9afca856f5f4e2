using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Clients;
using Remit.Modules.Money;
using Remit.Modules.Money.Statements;
using Remit.Modules.Papers;

namespace Remit.Tests.Money;

public sealed class Small_differences(World world) : IClassFixture<World>
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);

    [Fact]
    public async Task Nine_hundred_and_ninety_for_a_thousand_closes_with_a_reason_and_opens_again_when_taken_back()
    {
        var (line, invoice) = await Payment(paid: 99_000, billed: 100_000, 7001, "ACC-1");
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await world.Post($"bank/{line}/accept", ("invoice", $"{invoice}"), ("minor", "99000"), ("reason", "bank charge"))).StatusCode
        );
        await using var db = world.Db();
        var paid = await db.Set<Invoice>().AsNoTracking().SingleAsync(i => i.Id == invoice);
        Assert.Equal((0, 1_000), (paid.OpenMinor, paid.WrittenOffMinor));
        Assert.Equal("bank charge", (await db.Set<WriteOff>().SingleAsync(w => w.InvoiceId == invoice)).Reason);
        Assert.Contains("Written off", await world.Text($"papers/{invoice}"));

        var entry = await db.Set<MoneyEntry>().SingleAsync(m => m.InvoiceId == invoice);
        await world.Post($"bank/entries/{entry.Id}/reverse");
        paid = await db.Set<Invoice>().AsNoTracking().SingleAsync(i => i.Id == invoice);
        Assert.Equal((100_000, 0), (paid.OpenMinor, paid.WrittenOffMinor));
        Assert.Equal(0, (await db.Set<WriteOff>().AsNoTracking().Where(w => w.InvoiceId == invoice).ToListAsync()).Sum(w => w.Sum.Minor));
    }

    [Fact]
    public async Task What_was_paid_too_much_closes_the_line_and_a_large_difference_does_not()
    {
        var (line, invoice) = await Payment(paid: 101_000, billed: 100_000, 7002, "ACC-2");
        await world.Post($"bank/{line}/accept", ("invoice", $"{invoice}"), ("minor", "100000"), ("reason", "rounding"));
        await using var db = world.Db();
        Assert.Equal(BankLineState.Matched, (await db.Set<BankLine>().SingleAsync(l => l.Id == line)).State);
        Assert.Equal(-1_000, (await db.Set<WriteOff>().SingleAsync(w => w.LineId == line)).Sum.Minor);

        var (much, other) = await Payment(paid: 80_000, billed: 100_000, 7003, "ACC-3");
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await world.Post($"bank/{much}/accept", ("invoice", $"{other}"), ("minor", "80000"), ("reason", "no wish"))).StatusCode
        );
        Assert.Equal(100_000, (await db.Set<Invoice>().AsNoTracking().SingleAsync(i => i.Id == other)).OpenMinor);
    }

    [Fact]
    public async Task An_account_matched_once_to_a_client_is_known_until_the_matching_is_taken_back()
    {
        var (line, invoice) = await Payment(paid: 50_000, billed: 50_000, 7004, "SISTER-COMPANY-ACCOUNT");
        await world.Post($"bank/{line}/accept", ("invoice", $"{invoice}"), ("minor", "50000"));
        await using var db = world.Db();
        var client = (await db.Set<Invoice>().SingleAsync(i => i.Id == invoice)).ClientId;
        await Another(db, client, 60_000, 7005);
        var open = (await db.OpenInvoices()).Single(i => i.Number == "7005");
        Assert.Contains("SISTER-COMPANY-ACCOUNT", open.ClientAccounts);
        await world.Post($"bank/entries/{(await db.Set<MoneyEntry>().SingleAsync(m => m.LineId == line)).Id}/reverse");
        await using var again = world.Db();
        Assert.DoesNotContain("SISTER-COMPANY-ACCOUNT", (await again.OpenInvoices()).Single(i => i.Number == "7005").ClientAccounts);
    }

    [Fact]
    public async Task Sure_payments_accepted_together_teach_accounts_as_one_by_one_does_but_none_that_many_clients_share()
    {
        var (line, invoice) = await Payment(paid: 40_000, billed: 40_000, 7101, "MOTHER-ACCOUNT");
        for (var n = 0; n < PayerAccount.MostClients + 2; n++)
            await Payment(41_000 + n, 41_000 + n, 7110 + n, "AGENT-ACCOUNT");
        await world.Post("bank/sure");
        await using var db = world.Db();
        var client = (await db.Set<Invoice>().SingleAsync(i => i.Id == invoice)).ClientId;
        Assert.Equal("MOTHER-ACCOUNT", (await db.Set<PayerAccount>().SingleAsync(p => p.ClientId == client)).Account);
        var agents = await db.Set<PayerAccount>().Where(p => p.Account == "AGENT-ACCOUNT").Select(p => p.ClientId).ToListAsync();
        Assert.Equal(PayerAccount.MostClients + 1, agents.Count);
        await Another(db, client, 60_000, 7102);
        await Another(db, agents[0], 60_000, 7103);
        var open = await db.OpenInvoices();
        Assert.Contains("MOTHER-ACCOUNT", open.Single(i => i.Number == "7102").ClientAccounts);
        Assert.DoesNotContain("AGENT-ACCOUNT", open.Single(i => i.Number == "7103").ClientAccounts);
        await world.Post($"bank/entries/{(await db.Set<MoneyEntry>().SingleAsync(m => m.LineId == line)).Id}/reverse");
        Assert.False(await db.Set<PayerAccount>().AnyAsync(p => p.ClientId == client));
    }

    [Fact]
    public async Task An_account_is_known_until_the_last_part_paid_from_it_is_taken_back()
    {
        var (line, first) = await Payment(paid: 70_000, billed: 40_000, 7201, "SPLIT-ACCOUNT");
        await using var db = world.Db();
        var client = (await db.Set<Invoice>().SingleAsync(i => i.Id == first)).ClientId;
        var second = await Another(db, client, 30_000, 7202);
        foreach (var (invoice, minor) in new[] { (first, "40000"), (second, "30000") })
            await world.Post($"bank/{line}/accept", ("invoice", $"{invoice}"), ("minor", minor));
        foreach (var (invoice, known) in new[] { (first, true), (second, false) })
        {
            await world.Post($"bank/entries/{(await db.Set<MoneyEntry>().SingleAsync(m => m.InvoiceId == invoice)).Id}/reverse");
            Assert.Equal(known, await db.Set<PayerAccount>().AnyAsync(p => p.ClientId == client));
        }
    }

    [Fact]
    public async Task Chosen_by_hand_no_invoice_is_chosen_yet_and_those_of_who_may_have_paid_stand_first()
    {
        await Payment(paid: 81_000, billed: 81_000, 7301, "");
        var (line, invoice) = await Payment(paid: 82_000, billed: 83_000, 7302, "");
        var page = await world.Text("bank");
        var form = page[page.IndexOf($"bank/{line}/accept", StringComparison.Ordinal)..];
        var offered = System.Text.RegularExpressions.Regex.Matches(form[..form.IndexOf("</select>")], "<option value(?:=\"([^\"]*)\")?");
        Assert.Equal(["", $"{invoice}"], offered.Take(2).Select(o => o.Groups[1].Value));
    }

    private async Task<(Guid Line, Guid Invoice)> Payment(long paid, long billed, long number, string account)
    {
        await using var db = world.Db();
        var client = Client.New($"Client {number}", "BG", DateTime.UtcNow);
        db.Add(client);
        var invoice = await Another(db, client.Id, billed, number);
        var line = new BankLine
        {
            Fingerprint = $"difference-{number}",
            ImportId = Guid.NewGuid(),
            Direction = "In",
            Number = $"{number}",
            BookedOn = Today,
            Sum = new(paid, "EUR"),
            PartyName = client.Name,
            PartyInn = "",
            PartyAccount = account,
            PartyBic = "",
            Purpose = $"Invoice {number}",
        };
        db.Add(line);
        await db.SaveChangesAsync();
        return (line.Id, invoice);
    }

    private static async Task<Guid> Another(Remit.Storage.AppDb db, Guid client, long billed, long number)
    {
        var company = await db.Set<OwnCompany>().FirstOrDefaultAsync();
        if (company is null)
            db.Add(company = OwnCompany.Of("Register Ltd", "BG", "EUR", null));
        var invoice = Invoice.For(company, client, null);
        db.Add(invoice);
        db.Add(invoice.Add("Service", 1000, "service", billed, 0));
        invoice.Issue(number, number, Today, 10);
        await db.SaveChangesAsync();
        return invoice.Id;
    }
}
