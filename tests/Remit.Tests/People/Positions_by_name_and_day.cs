using Microsoft.EntityFrameworkCore;
using Remit.Modules.People;

namespace Remit.Tests.People;

/// <summary>A position is known by its name; who holds it, by days that may be put right.</summary>
public sealed class Positions_by_name_and_day(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_position_is_renamed_and_no_two_are_called_alike()
    {
        var courier = await Made("Courier");
        await Made("Driver");
        Assert.Contains(
            "There is a position “COURIER” already",
            await world.Owner.PostAndRead("people/positions", ("position_name", "COURIER"))
        );
        Assert.Contains(
            "There is a position “driver” already",
            await world.Owner.PostAndRead($"people/positions/{courier}/name", ("position_name", "driver"))
        );
        Assert.Contains("Messenger", await world.Owner.PostAndRead($"people/positions/{courier}/name", ("position_name", "Messenger")));
    }

    [Fact]
    public async Task A_wrong_first_day_is_put_right_and_nobody_holds_a_position_twice_at_once()
    {
        var (position, person) = (await Made("Archivist"), (await world.OwnerId()).ToString());
        (string, string)[] From(string day) => [("tenure_person", person), ("tenure_from", day)];
        await world.Post($"people/positions/{position}/assign", From("2026-03-05"));
        Assert.Contains(
            "already has this position from 5 Mar 2026",
            await world.Owner.PostAndRead($"people/positions/{position}/assign", From("2026-03-01"))
        );
        await using (var db = world.Db())
        {
            var tenure = await db.Set<Tenure>().SingleAsync(t => t.PositionId == position);
            await world.Post($"people/tenures/{tenure.Id}", ("tenure_from", "2026-03-01"), ("tenure_to", "2026-03-31"));
        }
        await world.Post($"people/positions/{position}/assign", From("2026-04-01"));
        // Who held it before is folded away, with the days, which may still be put right.
        var page = await world.Text("people");
        Assert.Contains("Formerly: 1", page);
        Assert.Contains("until 31 Mar 2026", page[page.IndexOf("Formerly: 1", StringComparison.Ordinal)..]);
        await using var after = world.Db();
        Assert.Equal(
            [new DateOnly(2026, 3, 1), new DateOnly(2026, 4, 1)],
            await after.Set<Tenure>().Where(t => t.PositionId == position).OrderBy(t => t.From).Select(t => t.From).ToListAsync()
        );
    }

    private async Task<Guid> Made(string name)
    {
        await world.Post("people/positions", ("position_name", name));
        await using var db = world.Db();
        return (await db.Set<Position>().SingleAsync(p => p.Name == name)).Id;
    }
}
