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
        Assert.Equal(("duty.minutes", "duties[1].minutes"), (Said(refused, "key"), Said(refused, "field")));
        var longer = new[] { Duty(new string('1', 41), "Answer calls") };
        refused = await Caller.Read(owner.Post("duties", new { position, duties = longer }), HttpStatusCode.UnprocessableEntity);
        Assert.Equal(("duty.number_too_long", "duties[0].number"), (Said(refused, "key"), Said(refused, "field")));
        var endless = new[] { new { section = new string('s', 301), text = "Answer calls" } };
        refused = await Caller.Read(owner.Post("duties", new { position, duties = endless }), HttpStatusCode.UnprocessableEntity);
        Assert.Equal(("duty.section_too_long", "duties[0].section"), (Said(refused, "key"), Said(refused, "field")));
        Assert.Equal(4, (await Caller.Read(owner.Get($"duties?position={position}"))).GetArrayLength());

        using var torn = new ByteArrayContent([1, 0, 2, 0, 3, 0, 4]);
        Assert.Equal("duty.list.not_text", await Key(owner.Post("duties/lists", torn), HttpStatusCode.UnprocessableEntity));
        var programmer = await Caller.Of(world, (await world.SomeoneWhoIs(Role.Programmer)).Visitor);
        using var again = new StringContent(Raw);
        Assert.Equal(HttpStatusCode.NotFound, (await programmer.Post("duties/lists", again)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await programmer.Post("duties", new { position, duties = sent })).StatusCode);
    }

    [Fact]
    public async Task A_refusal_names_the_field_as_the_document_that_was_sent_does()
    {
        var position = await NewId(owner.Post("positions", new { name = Name() }));
        var (_, person) = await world.SomeoneWhoIs(Role.Programmer);
        foreach (
            var (path, body, field) in new (string, object, string)[]
            {
                ("positions", new { name = " " }, "name"),
                (
                    "goals",
                    new
                    {
                        text = "",
                        measure = "hand",
                        target = 1,
                        by = "2027-01-01",
                    },
                    "text"
                ),
                ("duties", new { duties = new[] { Duty("1", "Visit") } }, "position_name"),
                (
                    $"positions/{position}/holders",
                    new
                    {
                        person,
                        from = "2026-05-01",
                        to = "2026-04-30",
                    },
                    "to"
                ),
            }
        )
            Assert.Equal(field, Said(await Caller.Read(owner.Post(path, body), HttpStatusCode.UnprocessableEntity), "field"));
    }

    [Fact]
    public async Task The_description_asks_for_no_more_than_a_call_needs_and_promises_no_more_than_an_answer_has()
    {
        var schemas = (await Caller.Read(owner.Get("/openapi.json"))).GetProperty("components").GetProperty("schemas");
        string[] Required(string schema) =>
            schemas.GetProperty(schema).TryGetProperty("required", out var names)
                ? [.. names.EnumerateArray().Select(n => n.GetString()!)]
                : [];
        Assert.Equal(["duty"], Required("WorkLog"));
        Assert.Empty(Required("DutyChange"));
        Assert.Equal(["position"], Required("NewScheme"));
        Assert.Contains("text", Required("DutyItemJson"));
        Assert.DoesNotContain("parted", Required("DutyItemJson"));
        Assert.Contains("norm", Required("DutyJson"));
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
        Assert.Equivalent(new[] { first, second }, entries.EnumerateArray().Select(e => e.GetProperty("invoice").GetGuid()), strict: true);
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

    [Fact]
    public async Task A_person_joins_holds_a_position_and_has_a_day_whose_work_is_logged_and_taken_back()
    {
        var position = await NewId(owner.Post("positions", new { name = Name() }));
        var above = await NewId(owner.Post("positions", new { name = Name() }));
        await Caller.Read(owner.Patch($"positions/{position}", new { above }, "\"0\""));
        Assert.Equal(
            "position.circle",
            await Key(owner.Patch($"positions/{above}", new { above = position, version = 0 }), HttpStatusCode.UnprocessableEntity)
        );
        var email = Name().ToLowerInvariant() + "@example.com";
        var joined = await Caller.Read(
            owner.Post(
                "people",
                new
                {
                    name = "Nina",
                    email,
                    role = "programmer",
                    city = "Sofia",
                }
            ),
            HttpStatusCode.Created
        );
        Assert.Contains("/join/", Said(joined, "join_link"));
        var person = joined.GetProperty("person").GetProperty("id").GetGuid();
        Assert.Equal(
            "api.stale",
            await Key(owner.Patch($"people/{person}", new { name = "Nina N", version = 7 }), HttpStatusCode.Conflict)
        );
        var changed = await Caller.Read(owner.Patch($"people/{person}", new { level = 2, version = 0 }));
        Assert.Equal(("Nina", "Sofia", 2), (Said(changed, "name"), Said(changed, "city"), changed.GetProperty("level").GetInt32()));
        // HR lifts nobody above themselves.
        var hr = await Caller.Of(world, (await world.SomeoneWhoIs(Role.Hr)).Visitor);
        Assert.Equal(
            "person.role_too_high",
            await Key(
                hr.Post(
                    "people",
                    new
                    {
                        name = "Boss",
                        email = Name() + "@example.com",
                        role = "owner",
                    }
                ),
                HttpStatusCode.UnprocessableEntity
            )
        );
        var holder = await NewId(
            owner.Post(
                $"positions/{position}/holders",
                new
                {
                    person,
                    stand_in = true,
                    from = "2026-01-01",
                }
            )
        );
        Assert.Equal(
            "tenure.ends_before",
            await Key(owner.Post($"holders/{holder}/end", new { on = "2025-12-01" }), HttpStatusCode.UnprocessableEntity)
        );
        Assert.Equal("2026-01-31", Said(await Caller.Read(owner.Post($"holders/{holder}/end", new { on = "2026-01-31" })), "to"));
        var again = new
        {
            person,
            stand_in = true,
            from = "2026-02-10",
            to = "2026-02-20",
        };
        await NewId(owner.Post($"positions/{position}/holders", again));
        Assert.Equal(
            "tenure.held",
            await Key(owner.Post($"holders/{holder}/end", new { on = "2026-02-15" }), HttpStatusCode.UnprocessableEntity)
        );
        Assert.False((await Caller.Read(owner.Post($"people/{person}/leave"))).GetProperty("active").GetBoolean());

        var (visitor, worker) = await world.SomeoneWhoIs(Role.Programmer);
        var one = await Caller.Of(world, visitor);
        await Caller.Read(
            owner.Post($"positions/{position}/holders", new { person = worker, from = "2026-01-01" }),
            HttpStatusCode.Created
        );
        var duties = new[] { Duty("1", "Answer", minutes: 30, frequency: "daily") };
        var duty = (await Caller.Read(owner.Post("duties", new { position, duties }), HttpStatusCode.Created))[0]
            .GetProperty("id")
            .GetGuid();
        Assert.Equal(
            duty,
            Assert.Single((await Caller.Read(one.Get("day"))).GetProperty("due").EnumerateArray()).GetProperty("duty").GetGuid()
        );
        var entry = await NewId(one.Post("work", new { duty }));
        var day = await Caller.Read(one.Get("day"));
        Assert.Equal((0, 3), (day.GetProperty("due").GetArrayLength(), day.GetProperty("points").GetInt32()));
        Assert.Equal("form.empty", await Key(one.Post($"work/{entry}/reverse"), HttpStatusCode.UnprocessableEntity));
        var stranger = await Caller.Of(world, (await world.SomeoneWhoIs(Role.Programmer)).Visitor);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Post($"work/{entry}/reverse", new { reason = "x" })).StatusCode);
        var reversal = await Caller.Read(one.Post($"work/{entry}/reverse", new { reason = "twice" }));
        Assert.Equal(entry, reversal.GetProperty("reverses").GetGuid());
        Assert.Equal(1, (await Caller.Read(one.Get("day"))).GetProperty("due").GetArrayLength());
        Assert.Equal("work.close_future", await Key(owner.Post("months/2099-01/close"), HttpStatusCode.UnprocessableEntity));
        Assert.Equal("api.month", await Key(owner.Post("months/soon/close"), HttpStatusCode.UnprocessableEntity));
        Assert.Equal("2020-01", Said(await Caller.Read(owner.Post("months/2020-01/close")), "month"));
        Assert.Equal("2020-01", Said((await Caller.Read(one.Get("months")))[0], "month"));
        Assert.Equal(HttpStatusCode.NotFound, (await one.Post("months/2020-02/close")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await one.Post($"people/{person}/leave")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await one.Post($"positions/{position}/holders", new { person })).StatusCode);
    }

    [Fact]
    public async Task A_visit_is_moved_accepted_finished_corrected_and_another_cancelled()
    {
        var client = await NewId(owner.Post("clients", new { name = Name(), country = "BG" }));
        var (visitor, programmer) = await world.SomeoneWhoIs(Role.Programmer);
        var one = await Caller.Of(world, visitor);
        async Task<Guid> Plan(string at) =>
            await NewId(
                owner.Post(
                    "visits",
                    new
                    {
                        client,
                        programmer,
                        starts_at = at,
                        duration = 60,
                        subject = "Update",
                    }
                )
            );
        var visit = await Plan("2026-03-02T10:00");
        Assert.Equal(
            "api.no_version",
            await Key(owner.Patch($"visits/{visit}", new { starts_at = "2026-03-03T12:00" }), HttpStatusCode.PreconditionRequired)
        );
        var moved = await Caller.Read(owner.Patch($"visits/{visit}", new { starts_at = "2026-03-03T12:00" }, "\"0\""));
        Assert.Equal(("2026-03-03T12:00", programmer), (Said(moved, "starts_at"), moved.GetProperty("programmer").GetGuid()));
        Assert.NotNull(Said(await Caller.Read(one.Post($"visits/{visit}/accept")), "accepted_at"));

        // The client gives their word by the link, without any account.
        var link = Said(await Caller.Read(owner.Get($"visits/{visit}/links")), "client")!;
        var path = new Uri(link).AbsolutePath;
        await world.NewVisitor().Post(path + "/confirm");
        Assert.Equal("confirmed", Said(await Caller.Read(owner.Get($"visits/{visit}")), "state"));

        var done = await Caller.Read(one.Post($"visits/{visit}/finish", new { minutes = 45, works = "Updated" }));
        Assert.Equal(("done", 45), (Said(done, "state"), done.GetProperty("worked_minutes").GetInt32()));
        var version = done.GetProperty("version").GetInt32();
        // Sent again it changes nothing; who has seen that it is done corrects it.
        Assert.Equal(
            "visit.is_over",
            await Key(one.Post($"visits/{visit}/finish", new { minutes = 60, works = "Updated" }), HttpStatusCode.UnprocessableEntity)
        );
        Assert.Equal(
            "api.stale",
            await Key(
                one.Post(
                    $"visits/{visit}/finish",
                    new
                    {
                        minutes = 60,
                        works = "Updated",
                        version = version - 1,
                    }
                ),
                HttpStatusCode.Conflict
            )
        );
        var corrected = await Caller.Read(
            one.Post(
                $"visits/{visit}/finish",
                new
                {
                    minutes = 60,
                    works = "Updated",
                    version,
                }
            )
        );
        Assert.Equal(60, corrected.GetProperty("worked_minutes").GetInt32());
        Assert.Equal("visit.is_over", await Key(owner.Post($"visits/{visit}/cancel"), HttpStatusCode.UnprocessableEntity));
        Assert.Equal("cancelled", Said(await Caller.Read(owner.Post($"visits/{await Plan("2026-03-05T10:00")}/cancel")), "state"));
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Post($"visits/{Guid.NewGuid()}/finish", new { minutes = 1 })).StatusCode);
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
