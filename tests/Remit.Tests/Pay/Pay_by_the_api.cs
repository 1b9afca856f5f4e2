using System.Net;
using System.Text.Json;
using Remit.Kernel;
using Remit.Tests.Access;
using Remit.Web;

namespace Remit.Tests.Pay;

/// <summary>From a scheme to the paid statement, as another program does it.</summary>
public sealed class Pay_by_the_api(World world) : IClassFixture<World>, IAsyncLifetime
{
    private static readonly Month Before = Month.Of(DateOnly.FromDateTime(DateTime.UtcNow)).Previous;

    private Caller owner = null!;

    public async Task InitializeAsync() => owner = await Caller.Of(world, world.Owner);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_month_goes_from_a_scheme_through_question_and_correction_to_the_paid_statement_and_its_sample()
    {
        var director = await Caller.Of(world, (await world.SomeoneWhoIs(Role.Director)).Visitor);
        var (visitor, person) = await world.SomeoneWhoIs(Role.Programmer);
        var one = await Caller.Of(world, visitor);
        var (position, duty) = await Place(person);
        await Caller.Read(Scheme(position, Before.First), HttpStatusCode.Created);
        Assert.Equal("pay.scheme.same_day", await Key(Scheme(position, Before.First), HttpStatusCode.UnprocessableEntity));
        var entry = await NewId(one.Post("work", new { duty, on = Before.First.AddDays(2) }));

        var hand = Assert.Single((await Caller.Read(owner.Get($"pay/{Before}/indicators"))).EnumerateArray());
        Assert.Equal(("hand:Reviews", JsonValueKind.Null), (Said(hand, "code"), hand.GetProperty("value_milli").ValueKind));
        var value = new
        {
            person,
            code = "hand:Reviews",
            value_milli = 90_000,
        };
        await Caller.Read(owner.Post($"pay/{Before}/indicators", value));

        // Three points at 12.50, and all of the bonus of 100.
        Assert.Equal(("draft", 13_750), await Statement(one, person));
        var asked = await Caller.Read(
            one.Post($"pay/{Before}/{person}/questions", new { question = "Where is the second hour?", entry }),
            HttpStatusCode.Created
        );
        var question = asked.GetProperty("id").GetGuid();
        Assert.Equal("Answer", Said(asked, "about"));
        object Amount(string? why) =>
            new
            {
                minor = 1_000,
                reason = why,
                question,
            };
        Assert.Equal(
            "dispute.answer_first",
            await Key(owner.Post($"pay/{Before}/{person}/corrections", Amount("it was there")), HttpStatusCode.UnprocessableEntity)
        );
        await Caller.Read(owner.Post($"pay/questions/{question}/answer", new { answer = "It was forgotten" }));
        Assert.Equal("It was forgotten", Said((await Caller.Read(one.Get($"pay/{Before}/{person}/questions")))[0], "answer"));
        var made = await Caller.Read(owner.Post($"pay/{Before}/{person}/corrections", Amount("it was there")), HttpStatusCode.Created);
        var correction = made.GetProperty("id").GetGuid();
        Assert.Equal("correction.own", await Key(owner.Post($"pay/corrections/{correction}/approve"), HttpStatusCode.UnprocessableEntity));
        Assert.Equal(HttpStatusCode.NotFound, (await one.Post($"pay/corrections/{correction}/approve")).StatusCode);
        Assert.Equal(
            "pay.no_fines",
            await Key(
                owner.Post($"pay/{Before}/{person}/corrections", new { minor = -5, reason = "late" }),
                HttpStatusCode.UnprocessableEntity
            )
        );
        Assert.Equal(
            "form.amount",
            await Key(
                owner.Post($"pay/{Before}/{person}/corrections", new { minor = long.MinValue, reason = "?" }),
                HttpStatusCode.UnprocessableEntity
            )
        );

        // Seen before the correction counts, it is to be seen again.
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Post($"pay/{Before}/{person}/seen")).StatusCode);
        Assert.Equal("seen", Said(await Caller.Read(one.Post($"pay/{Before}/{person}/seen")), "state"));
        await Caller.Read(director.Post($"pay/corrections/{correction}/approve"));
        Assert.Equal("statement.month_open", await Key(owner.Post($"pay/{Before}/{person}/approve"), HttpStatusCode.UnprocessableEntity));
        Assert.Equal("work.close_at_pay", await Key(owner.Post($"months/{Before}/close"), HttpStatusCode.UnprocessableEntity));
        Assert.Equal($"{Before}", Said(await Caller.Read(owner.Post($"pay/{Before}/close")), "month"));
        Assert.Equal("statement.changed", await Key(owner.Post($"pay/{Before}/{person}/approve"), HttpStatusCode.Conflict));
        Assert.Equal(("draft", 14_750), await Statement(one, person));
        await Caller.Read(one.Post($"pay/{Before}/{person}/seen"));
        Assert.Equal("approved", Said(await Caller.Read(owner.Post($"pay/{Before}/{person}/approve")), "state"));
        Assert.Equal("paid", Said(await Caller.Read(owner.Post($"pay/{Before}/{person}/paid")), "state"));
        Assert.Equal("statement.paid_already", await Key(owner.Post($"pay/{Before}/{person}/paid"), HttpStatusCode.UnprocessableEntity));

        // Another's is not found.
        var stranger = await Caller.Of(world, (await world.SomeoneWhoIs(Role.Programmer)).Visitor);
        foreach (var path in new[] { $"statements?person={person}", $"{person}/questions", $"{person}/corrections" })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"pay/{Before}/{path}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get($"pay/{Before}/samples")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get("pay/schemes")).StatusCode);

        var drawn = Assert.Single((await Caller.Read(director.Get($"pay/{Before}/samples"))).EnumerateArray());
        Assert.Equal((entry, true), (drawn.GetProperty("entry").GetGuid(), drawn.GetProperty("waits").GetBoolean()));
        Assert.Equal(
            "check.no_reason",
            await Key(director.Post($"pay/samples/{entry}", new { word = "failed" }), HttpStatusCode.UnprocessableEntity)
        );
        var failed = await Caller.Read(director.Post($"pay/samples/{entry}", new { word = "failed", reason = "not answered" }));
        Assert.Equal((false, true), (failed.GetProperty("waits").GetBoolean(), failed.GetProperty("failed").GetBoolean()));
        Assert.Contains(
            (await Caller.Read(owner.Get($"work?person={person}"))).EnumerateArray(),
            w => w.GetProperty("reverses").ValueKind != JsonValueKind.Null && w.GetProperty("reverses").GetGuid() == entry
        );

        // What if the point had cost twice as much; and the rate that keeps what was.
        var range = $"position={position}&from={Before}&to={Before}";
        var twice = await Caller.Read(owner.Get($"pay/what-if?{range}&rate_milli=2500000"));
        Assert.Equal((14_750, 18_500), (twice.GetProperty("before_minor").GetInt64(), twice.GetProperty("after_minor").GetInt64()));
        Assert.Equal(
            twice.GetProperty("after_minor").GetInt64(),
            twice.GetProperty("parts").EnumerateArray().Sum(p => p.GetProperty("after_minor").GetInt64())
        );
        var kept = await Caller.Read(owner.Get($"pay/what-if?{range}&bonus_base_minor=0&keep=true"));
        Assert.Equal(14_750, kept.GetProperty("after_minor").GetInt64());
        Assert.True(kept.GetProperty("rate_milli").GetInt64() > 1_250_000);
    }

    [Fact]
    public async Task A_scheme_that_cannot_be_paid_by_is_refused_by_its_place_and_what_is_not_named_goes_on()
    {
        var (position, _) = await Place((await world.SomeoneWhoIs(Role.Programmer)).Id);
        var wrong = new
        {
            position,
            indicators = new object[]
            {
                new
                {
                    code = "paid_on_time",
                    weight = 1,
                    target = 90,
                },
                new
                {
                    code = "duty:none",
                    weight = 1,
                    target = 1,
                },
            },
        };
        var refused = await Caller.Read(owner.Post("pay/schemes", wrong), HttpStatusCode.UnprocessableEntity);
        Assert.Equal(("pay.scheme.no_indicator", "indicators[1]"), (Said(refused, "key"), Said(refused, "field")));
        object Fixed(object? rate) => new { position, @fixed = new[] { rate } };
        Assert.Equal("api.not_read", await Key(owner.Post("pay/schemes", Fixed(null)), HttpStatusCode.UnprocessableEntity));
        refused = await Caller.Read(owner.Post("pay/schemes", Fixed(new { level = 1, minor = 5 })), HttpStatusCode.UnprocessableEntity);
        Assert.Equal(("pay.scheme.rate_without_city", "fixed[0].city"), (Said(refused, "key"), Said(refused, "field")));
        Assert.Equal(
            "pay.scheme.amounts",
            await Key(owner.Post("pay/schemes", new { position, rate_milli = long.MaxValue }), HttpStatusCode.UnprocessableEntity)
        );
        refused = await Caller.Read(Scheme(position, new(2062, 1, 1)), HttpStatusCode.UnprocessableEntity);
        Assert.Equal(("pay.scheme.far", "from"), (Said(refused, "key"), Said(refused, "field")));
        Assert.Equal("api.day", await Key(Scheme(position, new(9999, 12, 31)), HttpStatusCode.UnprocessableEntity));
        await Caller.Read(Scheme(position, Before.Next.First), HttpStatusCode.Created);
        var next = await Caller.Read(
            owner.Post(
                "pay/schemes",
                new
                {
                    position,
                    from = Before.Next.Next.First,
                    rate_milli = 2_000_000,
                }
            ),
            HttpStatusCode.Created
        );
        Assert.Equal(
            (2_000_000, 10_000, "Reviews"),
            (
                next.GetProperty("rate_milli").GetInt64(),
                next.GetProperty("bonus_base_minor").GetInt64(),
                Said(next.GetProperty("indicators")[0], "label")
            )
        );
        Assert.Equal(2, (await Caller.Read(owner.Get($"pay/schemes?position={position}"))).GetArrayLength());
        var change = new { rate_milli = 3_000_000, version = 0 };
        var path = $"pay/schemes/{next.GetProperty("id").GetGuid()}";
        var changed = await Caller.Read(owner.Patch(path, change));
        Assert.Equal(
            (3_000_000, "Reviews"),
            (changed.GetProperty("rate_milli").GetInt64(), Said(changed.GetProperty("indicators")[0], "label"))
        );
        Assert.Equal("api.stale", await Key(owner.Patch(path, change), HttpStatusCode.Conflict));
    }

    [Fact]
    public async Task A_mentor_is_agreed_on_ends_earlier_and_leaves_closed_months_as_they_were_paid()
    {
        var (mentor, trainee) = ((await world.SomeoneWhoIs(Role.Programmer)).Id, (await world.SomeoneWhoIs(Role.Programmer)).Id);
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        object Terms(DateOnly from, DateOnly? to = null, long bonus = 0, string? result = null, long perDay = 500) =>
            new
            {
                mentor,
                trainee,
                from,
                to,
                per_day_minor = perDay,
                bonus_minor = bonus,
                result,
            };
        var made = await Caller.Read(owner.Post("pay/mentors", Terms(today)), HttpStatusCode.Created);
        Assert.Equal($"{today.AddMonths(3):yyyy-MM-dd}", Said(made, "to"));
        Assert.Equal("mentor.result", await Key(owner.Post("pay/mentors", Terms(today, bonus: 100)), HttpStatusCode.UnprocessableEntity));
        Assert.Equal(
            "mentor.amount",
            await Key(owner.Post("pay/mentors", Terms(today, perDay: long.MaxValue)), HttpStatusCode.UnprocessableEntity)
        );
        var term = made.GetProperty("id").GetGuid();
        Assert.Equal(
            "mentor.period",
            await Key(owner.Post($"pay/mentors/{term}/end", new { on = today.AddYears(1) }), HttpStatusCode.UnprocessableEntity)
        );
        var ended = await Caller.Read(owner.Post($"pay/mentors/{term}/end", new { on = today.AddDays(9) }));
        Assert.Equal($"{today.AddDays(9):yyyy-MM-dd}", Said(ended, "to"));
        Assert.Equal(term, (await Caller.Read(owner.Get("pay/mentors")))[0].GetProperty("id").GetGuid());

        await Caller.Read(owner.Post("pay/2020-03/close"));
        Assert.Equal(
            "mentor.month_closed",
            await Key(owner.Post("pay/mentors", Terms(new(2020, 3, 9))), HttpStatusCode.UnprocessableEntity)
        );
        var stranger = await Caller.Of(world, (await world.SomeoneWhoIs(Role.Programmer)).Visitor);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get("pay/mentors")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Post("pay/mentors", Terms(today))).StatusCode);
    }

    /// <summary>The position a person has held for long, and a duty of three points there.</summary>
    private async Task<(Guid Position, Guid Duty)> Place(Guid person)
    {
        var position = await NewId(owner.Post("positions", new { name = "P" + Guid.NewGuid().ToString("N")[..8] }));
        await Caller.Read(
            owner.Post($"positions/{position}/holders", new { person, from = Before.First.AddYears(-1) }),
            HttpStatusCode.Created
        );
        var duties = new[] { new { number = "1", text = "Answer" } };
        var duty = (await Caller.Read(owner.Post("duties", new { position, duties }), HttpStatusCode.Created))[0]
            .GetProperty("id")
            .GetGuid();
        await Caller.Read(owner.Post($"duties/{duty}/norms", new { minutes = 30, from = Before.First }));
        return (position, duty);
    }

    private Task<HttpResponseMessage> Scheme(Guid position, DateOnly from) =>
        owner.Post(
            "pay/schemes",
            new
            {
                position,
                from,
                rate_milli = 1_250_000,
                bonus_base_minor = 10_000,
                samples = 1,
                indicators = new[]
                {
                    new
                    {
                        code = "hand:Reviews",
                        weight = 1,
                        target = 90,
                    },
                },
            }
        );

    private static async Task<(string?, int)> Statement(Caller one, Guid person)
    {
        var statement = Assert.Single((await Caller.Read(one.Get($"pay/{Before}/statements"))).EnumerateArray());
        Assert.Equal(person, statement.GetProperty("person").GetGuid());
        return (Said(statement, "state"), statement.GetProperty("total").GetProperty("minor").GetInt32());
    }

    private static string? Said(JsonElement of, string name) => of.GetProperty(name).GetString();

    private static async Task<Guid> NewId(Task<HttpResponseMessage> sent) =>
        (await Caller.Read(sent, HttpStatusCode.Created)).GetProperty("id").GetGuid();

    private static async Task<string?> Key(Task<HttpResponseMessage> sent, HttpStatusCode status) =>
        Said(await Caller.Read(sent, status), "key");
}
