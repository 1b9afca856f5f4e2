using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Modules.Money;
using Remit.Modules.Papers;
using Remit.Modules.People;
using Remit.Web;

namespace Remit.Tests.Access;

/// <summary>The steps of a firm's month as another program takes them.</summary>
public sealed class A_month_by_the_api(World world) : IClassFixture<World>, IAsyncLifetime
{
    private const string Raw =
        "1. Почта\n1.1. Отправка корреспонденции клиентам до 17 часов.\n1.2. Работа с письмами.\n2. Счета\n2.1. Выставление счёта клиенту.\n";

    private Caller owner = null!;

    public async Task InitializeAsync() => owner = await Caller.Of(world, world.Owner);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_raw_list_is_read_as_the_command_reads_it_and_what_is_chosen_becomes_duties()
    {
        using var body = new ByteArrayContent(Encoding.GetEncoding(1251).GetBytes(Raw));
        body.Headers.ContentType = new("text/plain");
        var list = await Caller.Read(owner.Post("duties/lists", body));
        var mail = list.GetProperty("sections")[0];
        Assert.Equal(["list", "number", "title", "items"], mail.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["sections", "unplaced", "findings"], list.EnumerateObject().Select(p => p.Name));
        Assert.Contains(
            mail.GetProperty("items")[1].GetProperty("flags").EnumerateArray(),
            f => f.GetProperty("code").GetString() == "vague" && !f.GetProperty("reason").GetString()!.Contains('{')
        );

        var name = Name();
        var sent = new[]
        {
            Duty("1.1", "Send the post", result: "the post is sent"),
            Duty("1.2", "1) Open the letters\n2) Answer them"),
            Duty("2.1", "Issue an invoice", minutes: 30, frequency: "daily"),
        };
        var taken = (await Caller.Read(owner.Post("duties", new { position_name = name, duties = sent }), HttpStatusCode.Created))
            .EnumerateArray()
            .ToList();
        Assert.Equal(["1.1", "1.2.1", "1.2.2", "2.1"], taken.Select(d => d.GetProperty("number").GetString()));
        Assert.Equal(3, taken[3].GetProperty("norm").GetProperty("points").GetInt32());
        var position = taken[0].GetProperty("position").GetGuid();
        Assert.Contains(name, await world.Text($"duties/{position}"));

        // One that cannot be taken is named, and none is.
        var refused = await Caller.Read(
            owner.Post("duties", new { position, duties = new[] { Duty("3", "Answer calls"), Duty("4", "Call back", minutes: 20_000) } }),
            HttpStatusCode.UnprocessableEntity
        );
        Assert.Equal(("duty.minutes", "duties[1]"), (Said(refused, "key"), Said(refused, "field")));
        Assert.Equal(4, (await Caller.Read(owner.Get($"duties?position={position}"))).GetArrayLength());

        using var torn = new ByteArrayContent([1, 0, 2, 0, 3, 0, 4]);
        Assert.Equal("duty.list.not_text", await Key(owner.Post("duties/lists", torn), HttpStatusCode.UnprocessableEntity));
        var programmer = await Caller.Of(world, (await world.SomeoneWhoIs(Role.Programmer)).Visitor);
        using var again = new StringContent(Raw);
        Assert.Equal(HttpStatusCode.NotFound, (await programmer.Post("duties/lists", again)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await programmer.Post("duties", new { position, duties = sent })).StatusCode);
    }

    [Fact]
    public async Task A_duty_is_reworded_bound_to_a_fact_graded_and_measured()
    {
        var taken = await Caller.Read(
            owner.Post(
                "duties",
                new { position_name = Name(), duties = new[] { Duty("1", "Visit", minutes: 60), Duty("2", "Call", minutes: 60) } }
            ),
            HttpStatusCode.Created
        );
        var (position, id, other) = (
            taken[0].GetProperty("position").GetGuid(),
            taken[0].GetProperty("id").GetGuid(),
            taken[1].GetProperty("id").GetGuid()
        );
        Assert.Contains(
            (await Caller.Read(owner.Get("facts"))).EnumerateArray(),
            f => Said(f, "code") == "act.returned" && f.GetProperty("is_condition").GetBoolean()
        );
        Assert.Equal(
            "api.no_version",
            await Key(owner.Patch($"duties/{id}", new { trigger = "visit.done" }), HttpStatusCode.PreconditionRequired)
        );
        var bound = await Caller.Read(
            owner.Patch(
                $"duties/{id}",
                new
                {
                    trigger = "visit.done",
                    condition = "act.returned",
                    frequency = "on_event",
                },
                "\"0\""
            )
        );
        Assert.Equal(
            ("Visit", "visit.done", "on_event", 1),
            (Said(bound, "text"), Said(bound, "trigger"), Said(bound, "frequency"), bound.GetProperty("version").GetInt32())
        );
        Assert.Equal(
            "duty.unknown_fact",
            await Key(owner.Patch($"duties/{id}", new { trigger = "no.such", version = 1 }), HttpStatusCode.UnprocessableEntity)
        );
        Assert.Equal(
            JsonValueKind.Null,
            (await Caller.Read(owner.Patch($"duties/{id}", new { condition = "", version = 1 }))).GetProperty("condition").ValueKind
        );

        var marks = new
        {
            knowledge = 5,
            responsibility = 5,
            communication = 5,
            routine = 1,
        };
        var graded = (await Caller.Read(owner.Post($"duties/{id}/grade", marks))).GetProperty("norm");
        Assert.Equal((5, 12), (graded.GetProperty("complexity").GetInt32(), graded.GetProperty("points").GetInt32()));
        var weighed = await Caller.Read(
            owner.Post(
                $"positions/{position}/comparison",
                new
                {
                    harder = other,
                    easier = id,
                    times = 3,
                }
            )
        );
        Assert.Equal((1, 0.0), (weighed.GetProperty("judged").GetInt32(), weighed.GetProperty("inconsistency").GetDouble()));
        Assert.Equal(other, weighed.GetProperty("result")[0].GetProperty("duty").GetGuid());
        await Caller.Read(owner.Post($"positions/{position}/comparison/take"));
        Assert.Equal(1, (await Caller.Read(owner.Get($"duties/{id}"))).GetProperty("norm").GetProperty("complexity").GetInt32());
        Assert.Equal(
            7,
            (await Caller.Read(owner.Post($"duties/{id}/norms", new { minutes = 70 }))).GetProperty("norm").GetProperty("points").GetInt32()
        );
        await Caller.Read(owner.Post($"duties/{other}/retire"));
        Assert.Equal(1, (await Caller.Read(owner.Get($"duties?position={position}"))).GetArrayLength());
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Get($"positions/{Guid.NewGuid()}/comparison")).StatusCode);
    }

    [Fact]
    public async Task A_payment_is_split_over_invoices_taken_back_and_refused()
    {
        await world.Post("papers/company", ("company_title", "Remit"), ("hour_price", "60"), ("vat", "20"), ("version", "0"));
        var client = await NewId(owner.Post("clients", new { name = Name(), country = "BG" }));
        var (first, second) = (await Issued(client, 3000), await Issued(client, 5000));
        var line = await Payment(8000);
        var read = await Caller.Read(owner.Get($"bank/documents/{line}"));
        Assert.Equal(("open", 8000), (Said(read, "state"), read.GetProperty("sum").GetProperty("minor").GetInt32()));

        // What is too much is named by its place, and nothing of the split is kept.
        var refused = await Caller.Read(
            owner.Post($"bank/documents/{line}/accept", Split((first, 3000), (second, 5001))),
            HttpStatusCode.UnprocessableEntity
        );
        Assert.Equal(("bank.too_much", "parts[1]"), (Said(refused, "key"), Said(refused, "field")));
        Assert.Equal(0, (await Caller.Read(owner.Get($"invoices/{first}"))).GetProperty("paid_minor").GetInt32());

        var paid = await Caller.Read(owner.Post($"bank/documents/{line}/accept", Split((first, 3000), (second, 5000))));
        Assert.Equal("matched", Said(paid, "state"));
        Assert.Equal(5000, (await Caller.Read(owner.Get($"invoices/{second}"))).GetProperty("paid_minor").GetInt32());
        var entries = await Caller.Read(owner.Get($"bank/documents/{line}/entries"));
        Assert.Equal([first, second], entries.EnumerateArray().Select(e => e.GetProperty("invoice").GetGuid()));
        await using (var db = world.Db())
            Assert.True(await db.Set<PayerAccount>().AnyAsync(p => p.ClientId == client));

        Assert.Equal("bank.partly_matched", await Key(owner.Post($"bank/documents/{line}/refuse"), HttpStatusCode.UnprocessableEntity));
        foreach (var entry in entries.EnumerateArray().Select(e => e.GetProperty("id").GetGuid()))
        {
            Assert.Equal("open", Said(await Caller.Read(owner.Post($"bank/entries/{entry}/reverse")), "state"));
            Assert.Equal("bank.reversed", await Key(owner.Post($"bank/entries/{entry}/reverse"), HttpStatusCode.UnprocessableEntity));
        }
        Assert.Equal(0, (await Caller.Read(owner.Get($"bank/documents/{line}/entries"))).GetArrayLength());
        Assert.Equal("refused", Said(await Caller.Read(owner.Post($"bank/documents/{line}/refuse")), "state"));
        Assert.Equal(
            "bank.not_incoming",
            await Key(owner.Post($"bank/documents/{line}/accept", Split((first, 3000))), HttpStatusCode.UnprocessableEntity)
        );

        // Ten of 3000 are missing and given up.
        var almost = await Payment(2990);
        var closed = new { parts = new[] { new { invoice = first, minor = 2990 } }, write_off = "the bank's fee" };
        Assert.Equal("matched", Said(await Caller.Read(owner.Post($"bank/documents/{almost}/accept", closed)), "state"));
        Assert.DoesNotContain(
            (await Caller.Read(owner.Get("invoices?only=unpaid"))).GetProperty("items").EnumerateArray(),
            i => i.GetProperty("id").GetGuid() == first
        );
        Assert.True((await Caller.Read(owner.Post("bank/sure"))).GetProperty("accepted").GetInt32() >= 0);
        var programmer = await Caller.Of(world, (await world.SomeoneWhoIs(Role.Programmer)).Visitor);
        Assert.Equal(HttpStatusCode.NotFound, (await programmer.Get($"bank/documents/{line}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await programmer.Post($"bank/documents/{line}/refuse")).StatusCode);
    }

    private async Task<Guid> Issued(Guid client, int minor)
    {
        var lines = new[]
        {
            new
            {
                text = "Setup",
                quantity_milli = 1000,
                unit = "hour",
                price_minor = minor,
            },
        };
        var invoice = await NewId(owner.Post("invoices", new { client, lines }));
        await Caller.Read(owner.Post($"invoices/{invoice}/issue"));
        return invoice;
    }

    private async Task<Guid> Payment(long minor)
    {
        await using var db = world.Db();
        var line = new BankLine
        {
            Fingerprint = Name(),
            ImportId = Guid.NewGuid(),
            Direction = "In",
            Number = "5",
            BookedOn = new(2026, 3, 9),
            Sum = new Amount(minor, "EUR"),
            PartyName = "Orbita",
            PartyInn = "",
            PartyAccount = Name(),
            PartyBic = "",
            Purpose = "For invoices",
        };
        db.Add(line);
        await db.SaveChangesAsync();
        return line.Id;
    }

    private static object Split(params (Guid Invoice, int Minor)[] parts) =>
        new { parts = parts.Select(p => new { invoice = p.Invoice, minor = p.Minor }) };

    private static object Duty(string number, string text, string? result = null, int? minutes = null, string? frequency = null) =>
        new
        {
            section = "1 Work",
            number,
            text,
            result,
            minutes,
            frequency,
        };

    private static string Name() => "M" + Guid.NewGuid().ToString("N")[..10];

    private static string? Said(JsonElement of, string name) => of.GetProperty(name).GetString();

    private static async Task<Guid> NewId(Task<HttpResponseMessage> sent) =>
        (await Caller.Read(sent, HttpStatusCode.Created)).GetProperty("id").GetGuid();

    private static async Task<string?> Key(Task<HttpResponseMessage> sent, HttpStatusCode status) =>
        Said(await Caller.Read(sent, status), "key");
}
