using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;

namespace Remit.Tests.Storage;

public sealed class The_journal : IAsyncLifetime
{
    private readonly World world = new();

    public Task InitializeAsync() => world.InitializeAsync();

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Holds_until_a_line_of_it_is_altered()
    {
        await world.Post("people/positions", ("position_name", "Courier"));
        await using var db = world.Db();
        var (held, broken) = await db.Verify();
        Assert.True(held >= 5 && broken is null);
        await db.Database.ExecuteSqlRawAsync("UPDATE journal SET \"Title\" = 'Nobody' WHERE \"Seq\" = 2");
        Assert.Equal((1, 2), await db.Verify());
    }

    [Theory]
    [InlineData("""DELETE FROM journal WHERE "Seq" = (SELECT MAX("Seq") FROM journal)""", false)]
    [InlineData("""DELETE FROM journal WHERE "Seq" = 1""", true)]
    [InlineData("""UPDATE journal SET "Kind" = 'Mended' WHERE "Seq" = 1""", true)]
    public async Task Misses_what_is_gone_at_either_end_and_names_what_nobody_wrote(string damage, bool first)
    {
        await using var db = world.Db();
        await db.Database.ExecuteSqlRawAsync(damage);
        var (held, broken) = await db.Verify();
        Assert.True(first ? held == 0 && broken is 1 or 2 : broken == held + 1 && held > 1, $"{held}, {broken}");
        // What is written after it hides nothing.
        await world.Post("people/positions", ("position_name", "Courier"));
        await using var after = world.Db();
        Assert.NotNull((await after.Verify()).Broken);
    }

    [Theory]
    [InlineData("DROP TABLE journal")]
    [InlineData("DROP TABLE counters")]
    public async Task Does_not_hold_in_a_database_that_lacks_a_table_of_it(string damage)
    {
        await using var db = world.Db();
        await db.Database.ExecuteSqlRawAsync(damage);
        Assert.Equal((0, 1), await db.Verify());
    }

    [Fact]
    public async Task Shows_no_secrets_and_no_pay_level_to_those_who_do_not_see_pay()
    {
        await world.Post(
            "people",
            ("name", "Petar"),
            ("email", "petar@example.com"),
            ("role", "Programmer"),
            ("level", "3"),
            ("password", World.Password)
        );
        await using var db = world.Db();
        var petar = await db.Set<Person>().SingleAsync(p => p.Name == "Petar");
        var seen = await world.Text($"history/{petar.Id}");
        Assert.Contains("Level", seen);
        Assert.DoesNotContain(petar.Stamp, seen);
        var (hr, _) = await world.SomeoneWhoIs(Role.Hr);
        Assert.DoesNotContain("Level", await hr.Text($"history/{petar.Id}"));
        Assert.DoesNotContain("name=\"level\"", await hr.Text($"people/{petar.Id}"));
    }

    [Fact]
    public async Task A_value_is_put_back_and_what_one_may_not_edit_one_may_not_undo()
    {
        var page = await world.Owner.PostAndRead(
            "people",
            ("name", "Petar"),
            ("email", "petar@example.com"),
            ("role", "Programmer"),
            ("password", World.Password)
        );
        Assert.Contains("Petar", page);
        await using var db = world.Db();
        var petar = await db.Set<Person>().AsNoTracking().SingleAsync(p => p.Name == "Petar");
        await world.Post($"people/{petar.Id}", ("version", "0"), ("name", "Pyotr"), ("email", petar.Email), ("role", "Programmer"));
        var line = await db.Journal.AsNoTracking().OrderByDescending(j => j.Seq).FirstAsync();
        Assert.Equal(
            HttpStatusCode.Conflict,
            (
                await world.Post($"people/{petar.Id}", ("version", "0"), ("name", "Stale"), ("email", petar.Email), ("role", "Programmer"))
            ).StatusCode
        );

        var (manager, _) = await world.SomeoneWhoIs(Role.Manager);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.Post($"history/{line.ChangeId}/undo")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.Post($"history/{line.Seq}/restore", ("property", "Name"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"history/{line.Seq}/restore", ("property", "Name"))).StatusCode);
        Assert.Contains("Petar", await world.Text("people"));
        Assert.Contains("Pyotr", await world.Text($"history/{petar.Id}"));
        Assert.Contains("Petar", await world.Text("history"));
    }

    [Fact]
    public async Task Hr_lifts_nobody_to_a_role_above()
    {
        var (hr, _) = await world.SomeoneWhoIs(Role.Hr);
        var lifted = await hr.Post("people", ("name", "X"), ("email", "x@example.com"), ("role", "Owner"), ("password", World.Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, lifted.StatusCode);
        var stolen = await hr.Post(
            $"people/{await world.OwnerId()}",
            ("name", "X"),
            ("email", "x@example.com"),
            ("role", "Hr"),
            ("new_password", World.Password)
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, stolen.StatusCode);
    }

    [Fact]
    public async Task A_position_is_filled_and_left()
    {
        await world.Post("people/positions", ("position_name", "Courier"));
        await using var db = world.Db();
        var courier = await db.Set<Position>().SingleAsync(p => p.Name == "Courier");
        var answer = await world.Post(
            $"people/positions/{courier.Id}/assign",
            ("tenure_person", (await world.OwnerId()).ToString()),
            ("tenure_from", "2026-01-01"),
            ("stand_in", "on")
        );
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Contains("Courier · Stands in", await world.Text("people"));

        var creation = await db.Journal.Where(j => j.RecordId == courier.Id).Select(j => j.ChangeId).SingleAsync();
        Assert.Contains("Other records use Courier", await (await world.Post($"history/{creation}/undo")).Content.ReadAsStringAsync());
        var tenure = await db.Set<Tenure>().SingleAsync(t => t.PositionId == courier.Id);
        await world.Post($"people/tenures/{tenure.Id}", ("tenure_to", "2026-02-01"));
        Assert.DoesNotContain("Courier · Stands in", await world.Text("people"));
    }
}
