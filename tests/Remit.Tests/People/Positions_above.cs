using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Web;

namespace Remit.Tests.People;

/// <summary>Positions report to one another; who is above somebody is asked for a day.</summary>
public sealed class Positions_above(World world) : IClassFixture<World>
{
    [Fact]
    public void None_reports_to_itself_by_way_of_others()
    {
        Position[] all = [Position.Named("Programmer"), Position.Named("Manager"), Position.Named("Director")];
        all[0].ReportTo(all[1], all);
        all[1].ReportTo(all[2], all);
        Assert.Equal("position.circle", Assert.Throws<Refusal>(() => all[2].ReportTo(all[0], all)).Key);
        Assert.Equal("position.circle", Assert.Throws<Refusal>(() => all[2].ReportTo(all[2], all)).Key);
        all[1].ReportTo(null, all);
        all[2].ReportTo(all[0], all);
    }

    [Fact]
    public async Task Who_is_above_is_who_holds_the_position_that_day_or_stands_in_and_where_it_is_empty_the_next()
    {
        var (today, ids) = (world.Firm().Day(DateTime.UtcNow), new List<Guid>());
        foreach (var role in new[] { Role.Programmer, Role.Director, Role.Manager })
            ids.Add((await world.SomeoneWhoIs(role)).Id);
        Guid programmer = Guid.Empty,
            lead = Guid.Empty,
            director = Guid.Empty;
        await using (var db = world.Db())
        {
            Position[] all = [Position.Named("Programmer"), Position.Named("Lead"), Position.Named("Director")];
            (programmer, lead, director) = (all[0].Id, all[1].Id, all[2].Id);
            var people = await db.Set<Person>().ToDictionaryAsync(p => p.Id);
            db.AddRange(all);
            db.AddRange(
                Tenure.Of(all[0], people[ids[0]], today.AddDays(-9)),
                Tenure.Of(all[2], people[ids[1]], today.AddDays(-9)),
                Tenure.Of(all[2], people[ids[2]], today.AddDays(1), today.AddDays(3), standIn: true)
            );
            await db.SaveChangesAsync();
        }
        foreach (var (from, above) in new[] { (programmer, lead), (lead, director) })
            Assert.Equal(303, (int)(await world.Post($"people/positions/{from}/above", ("above", $"{above}"))).StatusCode);
        Assert.Equal(422, (int)(await world.Post($"people/positions/{director}/above", ("above", $"{programmer}"))).StatusCode);
        await using (var db = world.Db())
        {
            // Nobody is lead: it goes on to the director, and to who stands in for them.
            Assert.Equal([ids[1]], await db.AboveOf(ids[0], today));
            Assert.Equal([ids[2]], await db.AboveOf(ids[0], today.AddDays(2)));
            Assert.Equal([await world.OwnerId()], await db.AboveOf(ids[1], today));
        }
        await world.Post($"people/positions/{programmer}/above", ("above", ""));
        await using (var db = world.Db())
            Assert.Equal([await world.OwnerId()], await db.AboveOf(ids[0], today));

        // The making of a position is taken back while another reports to it.
        await world.Post($"people/positions/{programmer}/above", ("above", $"{lead}"));
        await using (var db = world.Db())
        {
            db.Remove(await db.Set<Position>().SingleAsync(p => p.Id == lead));
            await db.SaveChangesAsync();
            Assert.Equal([await world.OwnerId()], await db.AboveOf(ids[0], today));
        }
    }
}
