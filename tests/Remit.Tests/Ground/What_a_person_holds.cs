using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.People;
using Remit.Modules.Tasks;

namespace Remit.Tests.Ground;

/// <summary>Nobody leaves while something is still theirs; all of it goes over in one save and comes back in one.</summary>
public sealed class What_a_person_holds : IAsyncLifetime
{
    private static readonly DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(2));
    private readonly World world = new();
    private Guid leaver,
        next;

    public async Task InitializeAsync()
    {
        await world.InitializeAsync();
        (_, leaver) = await world.SomeoneWhoIs(Role.Manager);
        (_, next) = await world.SomeoneWhoIs(Role.Programmer);
        await using var db = world.Db();
        var person = await db.Set<Person>().SingleAsync(p => p.Id == leaver);
        var courier = Position.Named("Courier");
        var (one, two) = (Client.New("Orbita", "BG", DateTime.UtcNow), Client.New("Vega", "BG", DateTime.UtcNow));
        foreach (var client in new[] { one, two })
            client.Describe("en", "", false, "", leaver);
        db.AddRange(
            courier,
            Tenure.Of(courier, person, today.AddDays(-30)),
            one,
            two,
            WorkTask.Give("Write the report", today, leaver, null, null, DateTime.UtcNow),
            Visit.Plan(one.Id, leaver, today.AddDays(2).ToDateTime(new TimeOnly(9, 0)), 60, false, "Setup", leaver)
        );
        await db.SaveChangesAsync();
    }

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Leaving_is_refused_with_what_is_held_until_all_is_handed_over()
    {
        var refused = await world.Owner.PostAndRead($"people/{leaver}/leave");
        Assert.Contains("Positions — 1, Clients — 2, Tasks — 1, Visits — 1", refused);
        var page = await world.Text($"people/{leaver}/holdings");
        foreach (var held in new[] { "Courier", "Orbita", "Vega", "Write the report", "Setup" })
            Assert.Contains(held, page);
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"people/{leaver}/holdings", ("all", next.ToString()))).StatusCode);
        Assert.Contains("holds nothing", await world.Text($"people/{leaver}/holdings"));
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"people/{leaver}/leave")).StatusCode);
        await using var db = world.Db();
        Assert.Equal(2, await db.Set<Client>().CountAsync(c => c.OwnerId == next));
        var tenures = await db.Set<Tenure>().Where(t => t.PersonId == leaver || t.PersonId == next).OrderBy(t => t.From).ToListAsync();
        Assert.Equal([(leaver, (DateOnly?)today), (next, null)], tenures.Select(t => (t.PersonId, t.To)));
        Assert.Equal(today.AddDays(1), tenures[1].From);
    }

    [Fact]
    public async Task Each_thing_may_go_to_another_and_one_undo_brings_all_back()
    {
        await using var db = world.Db();
        var vega = await db.Set<Client>().Where(c => c.Name == "Vega").Select(c => c.Id).SingleAsync();
        var owner = await world.OwnerId();
        await world.Post(
            $"people/{leaver}/holdings",
            ("all", next.ToString()),
            ("all_tasks", owner.ToString()),
            ($"to_{vega}", owner.ToString())
        );
        Assert.Equal(owner, await db.Set<Client>().Where(c => c.Id == vega).Select(c => c.OwnerId).SingleAsync());
        Assert.Equal(owner, await db.Set<WorkTask>().Select(t => t.PersonId).SingleAsync());
        Assert.Equal(next, await db.Set<Visit>().Select(v => v.ProgrammerId).SingleAsync());
        var change = await db.Journal.OrderByDescending(j => j.Seq).Select(j => j.ChangeId).FirstAsync();
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"history/{change}/undo")).StatusCode);
        Assert.Equal(2, await db.Set<Client>().CountAsync(c => c.OwnerId == leaver));
        Assert.Equal(leaver, await db.Set<WorkTask>().Select(t => t.PersonId).SingleAsync());
        Assert.Single(await db.Set<Tenure>().Where(t => t.PersonId == leaver && t.To == null).ToListAsync());
        Assert.False(await db.Set<Tenure>().AnyAsync(t => t.PersonId == next));
    }

    [Fact]
    public async Task A_visit_does_not_go_to_one_who_is_elsewhere_then_and_then_nothing_goes()
    {
        await using var db = world.Db();
        var client = await db.Set<Client>().Select(c => c.Id).FirstAsync();
        db.Add(Visit.Plan(client, next, today.AddDays(2).ToDateTime(new TimeOnly(9, 30)), 60, false, "Other", next));
        await db.SaveChangesAsync();
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await world.Post($"people/{leaver}/holdings", ("all", next.ToString()))).StatusCode
        );
        Assert.Equal(2, await db.Set<Client>().CountAsync(c => c.OwnerId == leaver));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post($"people/{leaver}/holdings")).StatusCode);
    }
}
