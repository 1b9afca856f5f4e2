using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Duties;
using Remit.Modules.Money;
using Remit.Modules.Papers;
using Remit.Modules.People;
using Remit.Modules.Work;

namespace Remit.Tests.Money;

/// <summary>Statements brought in and payments laid against invoices, on a real node.</summary>
public sealed class The_bank(World world) : IClassFixture<World>
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(DateTime.UtcNow);

    [Fact]
    public async Task The_same_file_again_adds_nothing()
    {
        var file = StatementFixture.Bytes(StatementFixture.File(StatementFixture.Payment(amount: "77.70")));
        await using var db = world.Db();
        var first = await BankImport.Run(db, file);
        await using var again = world.Db();
        var second = await BankImport.Run(again, file);
        Assert.Equal((1, 0), (first.New, first.Known));
        Assert.Equal((0, 1), (second.New, second.Known));
    }

    [Fact]
    public async Task A_file_that_is_no_statement_is_refused_with_its_sentence()
    {
        await using var db = world.Db();
        var refusal = await Assert.ThrowsAsync<Refusal>(() => BankImport.Run(db, "hello"u8.ToArray()));
        Assert.Equal("statement.not_a_statement", refusal.Key);
    }

    [Fact]
    public async Task Accepting_covers_the_invoice_and_writes_the_work_and_reversing_takes_both_back()
    {
        var (line, invoice, duty) = await APaymentAndItsInvoice(5_050, "518");
        Assert.Contains("Accept", await world.Text("bank"));

        var accepted = await world.Post($"bank/{line}/accept", ("invoice", $"{invoice}"), ("minor", "5050"));
        Assert.Equal(HttpStatusCode.SeeOther, accepted.StatusCode);

        await using var db = world.Db();
        Assert.Equal(0, (await db.Set<Invoice>().AsNoTracking().SingleAsync(i => i.Id == invoice)).OpenMinor);
        Assert.Equal(BankLineState.Matched, (await db.Set<BankLine>().AsNoTracking().SingleAsync(l => l.Id == line)).State);
        var entry = await db.Set<MoneyEntry>().SingleAsync(m => m.LineId == line);
        Assert.Equal(duty, (await db.Set<WorkEntry>().SingleAsync(w => w.SubjectId == entry.Id)).DutyId);

        await world.Post($"bank/entries/{entry.Id}/reverse");
        Assert.Equal(5_050, (await db.Set<Invoice>().AsNoTracking().SingleAsync(i => i.Id == invoice)).OpenMinor);
        Assert.Equal(BankLineState.Open, (await db.Set<BankLine>().AsNoTracking().SingleAsync(l => l.Id == line)).State);
        Assert.Equal(0, (await db.Set<MoneyEntry>().AsNoTracking().Where(m => m.LineId == line).ToListAsync()).Sum(m => m.Sum.Minor));
        Assert.Equal(0, await db.Set<WorkEntry>().Where(w => w.SubjectId == entry.Id).SumAsync(w => w.QuantityMilli));

        var twice = await world.Post($"bank/entries/{entry.Id}/reverse");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, twice.StatusCode);
    }

    [Fact]
    public async Task More_than_the_invoice_asks_is_refused()
    {
        var (line, invoice, _) = await APaymentAndItsInvoice(5_050, "519");
        var answer = await world.Post($"bank/{line}/accept", ("invoice", $"{invoice}"), ("minor", "5051"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task A_programmer_does_not_find_the_bank()
    {
        var (programmer, _) = await world.SomeoneWhoIs(Role.Programmer);
        Assert.Equal(HttpStatusCode.NotFound, (await programmer.Get("bank")).StatusCode);
    }

    private async Task<(Guid Line, Guid Invoice, Guid Duty)> APaymentAndItsInvoice(long minor, string number)
    {
        await using var db = world.Db();
        var company = OwnCompany.Of("Meridian", "BG", "EUR", "");
        var client = Client.New("Romashka", "BG", DateTime.UtcNow);
        var invoice = Invoice.For(company, client.Id, null);
        var row = invoice.Add("Work", 1000, "h", minor, 0);
        invoice.Issue(long.Parse(number), 1, Today, 10);
        var owner = await world.OwnerId();
        var position = await db.Set<Tenure>().Where(t => t.PersonId == owner).Select(t => t.PositionId).FirstAsync();
        var duty = await db.Set<Duty>().FirstOrDefaultAsync(d => d.Trigger == "payment.matched");
        if (duty is null)
        {
            duty = Duty.Of(position, "", "1.1", "Match payments");
            duty.Bind("payment.matched", null);
            db.AddRange(duty, DutyNorm.Of(duty, Today.AddYears(-1), 5, 1, 5));
        }
        var line = new BankLine
        {
            Fingerprint = Guid.NewGuid().ToString(),
            ImportId = Guid.NewGuid(),
            Direction = "In",
            Number = "1",
            BookedOn = Today,
            Sum = new(minor * 2, "EUR"),
            PartyName = "Romashka",
            PartyInn = "",
            PartyAccount = "",
            PartyBic = "",
            Purpose = $"Payment for invoice {number}",
        };
        if (number == "518")
            line = new BankLine
            {
                Fingerprint = Guid.NewGuid().ToString(),
                ImportId = Guid.NewGuid(),
                Direction = "In",
                Number = "1",
                BookedOn = Today,
                Sum = new(minor, "EUR"),
                PartyName = "Romashka",
                PartyInn = "",
                PartyAccount = "",
                PartyBic = "",
                Purpose = $"Payment for invoice {number}",
            };
        db.AddRange(company, client, invoice, row, line);
        await db.SaveChangesAsync();
        return (line.Id, invoice.Id, duty.Id);
    }
}
