using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Money;
using Remit.Modules.Papers;
using Remit.Modules.Work;
using Remit.Tests.Access;
using Remit.Tests.Dispatch;

namespace Remit.Tests.Money;

/// <summary>Who owes what and how late, what they promised, and whether they kept it.</summary>
public sealed class Debtors : IAsyncLifetime
{
    private static readonly DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(2));
    private readonly World world = new();

    public Task InitializeAsync() => world.InitializeAsync();

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Debts_stand_by_age_and_currency_with_the_last_talk_and_the_next_step()
    {
        var client = await world.Client("Orbita");
        await Owes(client, 100_00, daysLate: 95);
        await Owes(client, 40_00, daysLate: 10);
        await Owes(client, 30_00, daysLate: -5);
        await Owes(client, 7_00, daysLate: 40, currency: "USD");
        await world.Post(
            $"clients/{client}/calls",
            ("event_text", "They wait for the bank"),
            ("next_text", "Ask again"),
            ("next_due", Day(2))
        );
        var caller = await Caller.Of(world, world.Owner);
        var items = (await Caller.Read(caller.Get("debts")))
            .GetProperty("items")
            .EnumerateArray()
            .OrderBy(d => d.GetProperty("currency").GetString())
            .ToList();
        Assert.Equal(
            ["EUR 17000 3000 4000 0 0 10000", "USD 700 0 0 700 0 0"],
            items.Select(d =>
                string.Join(
                    ' ',
                    new[] { "currency", "total", "ahead", "late30", "late60", "late90", "older" }.Select(n => d.GetProperty(n).ToString())
                )
            )
        );
        var page = await world.Text("debts");
        foreach (var said in new[] { "Orbita", "They wait for the bank", "Ask again" })
            Assert.Contains(said, page);
        Assert.Matches(@"170\.00\s€", page);
        Assert.Contains("Orbita", await world.Text("debts?debt_age=older"));
        Assert.DoesNotContain(">Orbita<", await world.Text("debts?debt_age=late90"));
        Assert.Contains("95 days", await world.Text($"debts/{client}"));
        Assert.Equal(HttpStatusCode.NotFound, (await (await world.SomeoneWhoIs(Role.Programmer)).Visitor.Get("debts")).StatusCode);
    }

    [Fact]
    public async Task A_promise_is_a_fact_asks_when_its_day_has_passed_and_is_kept_by_the_payment()
    {
        var (elena, id) = await world.SomeoneWhoIs(Role.Manager);
        var client = await world.Client("Lagoda");
        var invoice = await Owes(client, 100_00, daysLate: 20);
        await elena.Post(
            $"debts/{client}/promises",
            ("promise_by", Day(0)),
            ("promise_sum", "100"),
            ("promiser", "Anna"),
            ("person", $"{id}")
        );
        await using var db = world.Db();
        var promise = await db.Set<PaymentPromise>().AsNoTracking().SingleAsync(p => p.ClientId == client);
        Assert.True(
            await db.Set<StatedFact>().AnyAsync(f => f.Code == "payment.promised" && f.PersonId == id && f.SubjectId == promise.Id)
        );
        Assert.Equal(PromiseState.Open, await State(client, today));
        Assert.Equal(PromiseState.Broken, await State(client, today.AddDays(1)));
        Assert.Contains("promised payment not in", await elena.Text("inbox"));
        Assert.Contains("by " + DayText(0), await world.Text($"clients/{client}"));
        await Paid(invoice, 60_00, today);
        Assert.Equal(PromiseState.Open, await State(client, today));
        var entry = await Paid(invoice, 40_00, today);
        Assert.Equal(PromiseState.Kept, await State(client, today.AddDays(9)));
        Assert.DoesNotContain("promised payment not in", await elena.Text("inbox"));
        await world.Post($"bank/entries/{entry}/reverse");
        Assert.Equal(PromiseState.Broken, await State(client, today.AddDays(1)));
        Assert.Contains("Lagoda", await world.Text($"people/{id}/holdings"));
    }

    [Fact]
    public async Task A_new_promise_takes_the_place_of_the_broken_one_and_one_undo_puts_that_back()
    {
        var client = await world.Client("Again Ltd");
        await Owes(client, 50_00, daysLate: 30);
        await Promised(client, 50_00, taken: -10, by: -3);
        Assert.Contains("broken", await world.Text($"debts/{client}"));
        Assert.Contains("Again Ltd", await world.Text("debts?promise=passed"));
        await world.Post($"debts/{client}/promises", ("promise_by", Day(4)), ("promise_sum", "50"), ("instead", "on"));
        await using var db = world.Db();
        Assert.Equal([PromiseState.Open, PromiseState.Broken], (await db.PromisesOf([client], today)).Select(o => o.State));
        Assert.DoesNotContain(">Again Ltd<", await world.Text("debts?promise=passed"));
        Assert.Empty(await db.Unmet(db.Set<PaymentPromise>(), (today, today.AddDays(-1)), 10));
        var change = await db
            .Journal.Where(j => j.Record == nameof(PaymentPromise))
            .OrderByDescending(j => j.Seq)
            .Select(j => j.ChangeId)
            .FirstAsync();
        // What a refusal names is said as the reader writes it.
        var replaced = await db.Set<PaymentPromise>().SingleAsync(p => p.ClientId == client && p.ReplacedOn != null);
        var taken = await db.Journal.Where(j => j.RecordId == replaced.Id).OrderBy(j => j.Seq).Select(j => j.ChangeId).FirstAsync();
        var refused = WebUtility.HtmlDecode(await (await world.Post($"history/{taken}/undo")).Content.ReadAsStringAsync());
        Assert.Contains("50.00\u00a0€", refused);
        Assert.DoesNotContain("50.00 EUR", refused);
        await world.Post($"history/{change}/undo");
        Assert.Equal([PromiseState.Broken], (await db.PromisesOf([client], today)).Select(o => o.State));
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await world.Post($"debts/{client}/promises", ("promise_by", Day(-1)), ("promise_sum", "50"))).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await world.Post($"debts/{await world.Client("Free")}/promises", ("promise_by", Day(1)), ("promise_sum", "50"))).StatusCode
        );
    }

    [Fact]
    public void A_payment_counts_once_and_for_the_promise_whose_day_comes_first()
    {
        var client = Guid.NewGuid();
        PaymentPromise Of(int taken, int by, long minor) =>
            PaymentPromise.Of(client, new Amount(minor, "EUR"), today.AddDays(by), today.AddDays(taken), Guid.NewGuid());
        var (first, second) = (Of(-10, -5, 500), Of(-10, 5, 500));
        Assert.Equal(
            [PromiseState.Kept, PromiseState.Open],
            Promises.Weigh([second, first], [(today.AddDays(-6), 700)], today).Select(o => o.State)
        );
        Assert.Equal(200, Promises.Weigh([second, first], [(today.AddDays(-6), 700)], today)[1].PaidMinor);
        Assert.Equal([PromiseState.Late, PromiseState.Kept], Promises.Weigh([first, second], [(today, 1000)], today).Select(o => o.State));
        Assert.Equal(
            [PromiseState.Broken, PromiseState.Open],
            Promises.Weigh([first, second], [(today.AddDays(-20), 1000)], today).Select(o => o.State)
        );
        first.Replace(today.AddDays(-7));
        Assert.Equal(
            [PromiseState.Moved, PromiseState.Kept],
            Promises.Weigh([first, second], [(today.AddDays(-6), 500)], today).Select(o => o.State)
        );
    }

    private async Task<Invoice> Owes(Guid client, long minor, int daysLate, string currency = "EUR")
    {
        await using var db = world.Db();
        var company =
            await db.Set<OwnCompany>().FirstOrDefaultAsync(c => c.Currency == currency)
            ?? OwnCompany.Of("Meridian " + currency, "BG", currency, null);
        if (db.Entry(company).State == EntityState.Detached)
            db.Add(company);
        var invoice = Invoice.For(company, client, null);
        db.Add(invoice);
        db.Add(invoice.Add("Work", 1000, "hour", minor, 0));
        await db.Issue(invoice, today.AddDays(-daysLate - 10), 10);
        await db.SaveChangesAsync();
        return invoice;
    }

    private async Task<Guid> Paid(Invoice invoice, long minor, DateOnly on)
    {
        await using var db = world.Db();
        var line = new BankLine
        {
            Fingerprint = $"{Guid.NewGuid():N}",
            ImportId = Guid.NewGuid(),
            Direction = "In",
            Number = "1",
            BookedOn = on,
            Sum = new Amount(minor, invoice.Total.Currency),
            PartyName = "x",
            PartyInn = "",
            PartyAccount = "",
            PartyBic = "",
            Purpose = "",
        };
        db.Add(line);
        var (_, entry) = await Matching.Lay(db, line, invoice.Id, minor, today);
        await db.SaveChangesAsync();
        return entry.Id;
    }

    private async Task Promised(Guid client, long minor, int taken, int by)
    {
        await using var db = world.Db();
        db.Add(PaymentPromise.Of(client, new Amount(minor, "EUR"), today.AddDays(by), today.AddDays(taken), await world.OwnerId()));
        await db.SaveChangesAsync();
    }

    private async Task<PromiseState> State(Guid client, DateOnly on)
    {
        await using var db = world.Db();
        return Assert.Single(await db.PromisesOf([client], on)).State;
    }

    private static string Day(int after) => today.AddDays(after).ToString("yyyy-MM-dd");

    private static string DayText(int after) => Web.Formats.Day(today.AddDays(after), new Web.T("en"));
}
