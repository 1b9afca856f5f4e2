using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Money;
using Remit.Modules.Papers;
using Remit.Modules.Pay;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Tests.Access;

namespace Remit.Tests.Pay;

/// <summary>What a month was paid by does not change when the person, or the client, moves on.</summary>
public sealed class A_past_month_stays : IAsyncLifetime
{
    private static readonly Month Present = Month.Of(DateOnly.FromDateTime(DateTime.UtcNow));
    private static readonly Month Before = Present.Previous;

    private readonly World world = new();
    private Guid person;

    public async Task InitializeAsync()
    {
        await world.InitializeAsync();
        (_, person) = await world.SomeoneWhoIs(Role.Manager);
        await using var db = world.Db();
        var held = Position.Named("Manager");
        var one = await db.Set<Person>().SingleAsync(p => p.Id == person);
        one.Place(1, "Sofia");
        var from = Before.First.AddMonths(-6);
        var rules = new SchemeRules
        {
            EffectiveFrom = from,
            Fixed = [new(1, "Sofia", 100_000), new(2, "Sofia", 200_000), new(3, "Varna", 300_000)],
            ShareBasisPoints = 1000,
        };
        db.AddRange(
            held,
            Tenure.Of(held, one, from),
            new Scheme
            {
                PositionId = held.Id,
                From = from,
                Rules = System.Text.Json.JsonSerializer.Serialize(rules),
            }
        );
        await db.SaveChangesAsync();
    }

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_level_is_paid_from_its_month_on_and_earlier_months_by_the_one_they_had()
    {
        await Change(level: 2, "Sofia", from: Present);
        Assert.Equal((100_000, 200_000), (await Total(Before), await Total(Present)));
        // The change turns out to have begun a month earlier, and with another city.
        await Change(level: 3, "Varna", from: Before);
        Assert.Equal((100_000, 300_000, 300_000), (await Total(Before.Previous), await Total(Before), await Total(Present)));
    }

    [Fact]
    public async Task A_level_does_not_change_in_a_closed_month_and_what_was_typed_stays_in_the_form()
    {
        await CloseBefore();
        using var answer = await Post(level: 2, "Sofia", Before);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("is closed: level and city", await answer.Content.ReadAsStringAsync());
        Assert.Equal(100_000, await Total(Before));
    }

    [Fact]
    public async Task A_level_is_put_back_with_the_months_it_held_in_and_not_alone()
    {
        await Change(level: 2, "Sofia", from: Present);
        await using var db = world.Db();
        var line = await db.Journal.OrderByDescending(j => j.Seq).FirstAsync(j => j.RecordId == person && j.Record == nameof(Person));
        using var alone = await world.Post($"history/{line.Seq}/restore", ("property", nameof(Person.Level)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, alone.StatusCode);
        Assert.Equal((100_000, 200_000), (await Total(Before), await Total(Present)));
        using var whole = await world.Post($"history/{line.ChangeId}/undo");
        Assert.Equal(HttpStatusCode.SeeOther, whole.StatusCode);
        Assert.Equal((100_000, 100_000), (await Total(Before), await Total(Present)));
    }

    [Fact]
    public async Task A_client_given_to_another_takes_no_share_of_earlier_payments_along()
    {
        await using (var db = world.Db())
        {
            var client = Client.New("Own", "BG", DateTime.UtcNow);
            client.Describe("en", "", false, "", person);
            var company = OwnCompany.Of("Seller", "BG", "EUR", null);
            var invoice = Invoice.For(company, client.Id, null);
            var line = new BankLine
            {
                Fingerprint = "1",
                ImportId = company.Id,
                Direction = "In",
                Number = "1",
                BookedOn = Before.First,
                Sum = new(50_000, "EUR"),
                PartyName = "Own",
                PartyInn = "",
                PartyAccount = "",
                PartyBic = "",
                Purpose = "",
            };
            db.AddRange(
                client,
                company,
                invoice,
                line,
                new MoneyEntry
                {
                    LineId = line.Id,
                    InvoiceId = invoice.Id,
                    ClientId = client.Id,
                    On = Before.First,
                    Sum = line.Sum,
                    Label = "1",
                }
            );
            await db.SaveChangesAsync();
            Assert.Equal(105_000, await Total(Before));
            client.GoTo(await world.OwnerId());
            await db.SaveChangesAsync();
        }
        Assert.Equal(105_000, await Total(Before));
    }

    [Fact]
    public async Task Who_held_a_paid_position_in_a_closed_month_stays_for_forms_programs_and_undo()
    {
        var owner = await Caller.Of(world, world.Owner);
        Tenure held;
        await using (var db = world.Db())
            held = await db.Set<Tenure>().SingleAsync(t => t.PersonId == person);
        Task<HttpResponseMessage> Days(DateOnly from, DateOnly? to) => owner.Post($"holders/{held.Id}/days", new { from, to });
        async Task<string?> Refused(Task<HttpResponseMessage> sent)
        {
            var refused = await Caller.Read(sent, HttpStatusCode.UnprocessableEntity);
            Assert.Contains(Web.Formats.Day(Present.First, new Web.T("en")), refused.GetProperty("detail").GetString());
            return $"{refused.GetProperty("key").GetString()} {refused.GetProperty("field").GetString()}";
        }
        var ten = await Days(held.From, Before.First.AddDays(9));
        Assert.Equal(HttpStatusCode.OK, ten.StatusCode);
        var change = ten.Headers.GetValues("Remit-Change").Single();
        await CloseBefore();
        await using (var db = world.Db())
            Assert.InRange((await Slip(db)).Input.WorkedDays, 5, 9);

        Assert.Equal("tenure.month_closed tenure_to", await Refused(owner.Post($"changes/{change}/undo")));
        Assert.Equal("tenure.month_closed to", await Refused(Days(held.From, null)));
        Assert.Equal("tenure.month_closed from", await Refused(Days(Before.First.AddDays(1), Before.First.AddDays(9))));
        using var form = await world.Post($"people/tenures/{held.Id}", ("tenure_from", $"{held.From:yyyy-MM-dd}"), ("tenure_to", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, form.StatusCode);

        // From the open month on, as a stand-in, and where nobody is paid by a scheme, the register is free.
        Task<HttpResponseMessage> Give(Guid position, DateOnly from, bool standIn = false) =>
            owner.Post(
                $"positions/{position}/holders",
                new
                {
                    person,
                    from,
                    stand_in = standIn,
                }
            );
        Assert.Equal("tenure.month_closed from", await Refused(Give(held.PositionId, Before.Last)));
        var again = await Give(held.PositionId, Present.First);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        await Caller.Read(owner.Post($"changes/{again.Headers.GetValues("Remit-Change").Single()}/undo"));
        Assert.Equal(HttpStatusCode.Created, (await Give(held.PositionId, Before.First, standIn: true)).StatusCode);
        var made = await Caller.Read(owner.Post("positions", new { name = "Unpaid" }), HttpStatusCode.Created);
        Assert.Equal(HttpStatusCode.Created, (await Give(made.GetProperty("id").GetGuid(), Before.First)).StatusCode);
    }

    [Fact]
    public async Task Neither_a_scheme_nor_a_level_that_paid_a_closed_month_is_undone_out_of_it()
    {
        await Change(level: 2, "Sofia", from: Before);
        await CloseBefore();
        await using var db = world.Db();
        foreach (var record in new[] { person, (await db.Set<Scheme>().SingleAsync()).Id })
        {
            var line = await db.Journal.OrderByDescending(j => j.Seq).FirstAsync(j => j.RecordId == record);
            using var undo = await world.Post($"history/{line.ChangeId}/undo");
            Assert.Equal(HttpStatusCode.UnprocessableEntity, undo.StatusCode);
        }
        Assert.Equal(200_000, await Total(Before));
    }

    private async Task CloseBefore()
    {
        await using var db = world.Db();
        db.Add(
            new ClosedMonth
            {
                Index = Before.Index,
                ClosedAt = DateTime.UtcNow,
                ClosedBy = null,
            }
        );
        await db.SaveChangesAsync();
    }

    private async Task<PaySlip> Slip(Remit.Storage.AppDb db) =>
        (await PayRun.Load(db, Before, await db.Set<Web.Firm>().AsNoTracking().SingleAsync(), person)).Single();

    private async Task Change(int level, string city, Month from)
    {
        using var answer = await Post(level, city, from);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> Post(int level, string city, Month from)
    {
        await using var db = world.Db();
        var now = await db.Set<Person>().AsNoTracking().SingleAsync(p => p.Id == person);
        return await world.Post(
            $"people/{person}",
            ("name", now.Name),
            ("email", now.Email),
            ("role", $"{now.Role}"),
            ("level", $"{level}"),
            ("city", city),
            ("level_from", $"{from}"),
            ("version", $"{now.Version}")
        );
    }

    private async Task<long> Total(Month month)
    {
        await using var db = world.Db();
        var slip = (await PayRun.Load(db, month, await db.Set<Web.Firm>().AsNoTracking().SingleAsync(), person)).Single();
        // A running month is paid by its days; the whole of it is what the level says.
        return PayCalculator.Total(slip.Input with { WorkedDays = slip.Input.TotalDays }).Minor;
    }
}
