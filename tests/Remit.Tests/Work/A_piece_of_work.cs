using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Storage;

// Not Remit.Tests.Work: the pay tests have a method of that name.
namespace Remit.Tests;

public sealed class A_piece_of_work : IAsyncLifetime
{
    private readonly World world = new();
    private Guid duty;

    public async Task InitializeAsync()
    {
        await world.InitializeAsync();
        await using var db = world.Db();
        var position = await db.Set<Position>().SingleAsync();
        var letters = Duty.Of(position.Id, "Post", "1.1", "Send the letters");
        letters.Plan(Frequency.Daily);
        db.AddRange(letters, DutyNorm.Of(letters, new DateOnly(2020, 1, 1), 30, 1, 3));
        await db.SaveChangesAsync();
        duty = letters.Id;
    }

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Logged_then_undone_is_due_again_and_counts_nothing()
    {
        Assert.Contains("Send the letters", await world.Text(""));
        var day = await world.Owner.PostAndRead("work/log", ("duty", duty.ToString()));
        Assert.Contains("Everything due today is done", day);
        Assert.Contains("3 points in", day);
        Assert.Contains("/undo", day);
        day = await world.Owner.PostAndRead($"history/{await LastChange()}/undo", ("to", ""));
        Assert.Contains("0 points in", day);
        Assert.DoesNotContain("Everything due today is done", day);
        await using var db = world.Db();
        Assert.Equal(2, await db.Set<WorkEntry>().CountAsync());
        Assert.Equal(0, await db.Set<WorkEntry>().SumAsync(w => w.QuantityMilli));
    }

    [Fact]
    public async Task Is_reversed_once_and_with_a_reason()
    {
        var entry = await Logged();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post($"work/{entry}/reverse")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"work/{entry}/reverse", ("work_reason", "wrong day"))).StatusCode);
        var again = await world.Post($"work/{entry}/reverse", ("work_reason", "wrong day"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        Assert.Contains("is reversed already", await again.Content.ReadAsStringAsync());
        Assert.Contains("wrong day", await world.Text("work"));
    }

    [Fact]
    public async Task Can_be_neither_altered_nor_deleted()
    {
        var id = await Logged();
        await using var db = world.Db();
        var entry = await db.Set<WorkEntry>().SingleAsync(w => w.Id == id);
        db.Entry(entry).Property(w => w.Points).CurrentValue = 99;
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.SaveChangesAsync());
        await using var other = world.Db();
        other.Remove(await other.Set<WorkEntry>().SingleAsync(w => w.Id == id));
        await Assert.ThrowsAsync<InvalidOperationException>(() => other.SaveChangesAsync());
    }

    [Fact]
    public async Task Is_refused_in_a_closed_month_whoever_writes_it()
    {
        var entry = await Logged();
        var month = Month.Of(DateOnly.FromDateTime(DateTime.UtcNow));
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await world.Post("work/close-month", ("work_month", month.Next.ToString()))).StatusCode
        );
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post("work/close-month", ("work_month", month.ToString()))).StatusCode);
        Assert.Contains(
            "closed already",
            await (await world.Post("work/close-month", ("work_month", month.ToString()))).Content.ReadAsStringAsync()
        );
        Assert.Contains("is closed", await (await world.Post("work/log", ("duty", duty.ToString()))).Content.ReadAsStringAsync());

        await using var db = world.Db();
        var first = await db.Set<WorkEntry>().SingleAsync(w => w.Id == entry);
        db.Add(first.Reversed(month.First, "behind the form's back"));
        Assert.Equal("work.month_closed", (await Assert.ThrowsAsync<Refusal>(() => db.SaveChangesAsync())).Key);

        // A correction goes to the next month by itself.
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"work/{entry}/reverse", ("work_reason", "late"))).StatusCode);
        await using var after = world.Db();
        Assert.Equal(month.Next.Index, (await after.Set<WorkEntry>().SingleAsync(w => w.Reverses == entry)).RecordedMonth);
    }

    [Fact]
    public async Task Of_another_person_is_seen_only_by_those_who_see_pay()
    {
        await Logged();
        var (programmer, _) = await world.SomeoneWhoIs(Role.Programmer);
        Assert.DoesNotContain("Send the letters", await programmer.Text("work"));
        var (accountant, _) = await world.SomeoneWhoIs(Role.Accountant);
        Assert.Contains("Send the letters", await accountant.Text("work"));
        Assert.Equal(HttpStatusCode.NotFound, (await programmer.Post("work/log", ("duty", duty.ToString()))).StatusCode);
    }

    private async Task<Guid> Logged()
    {
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post("work/log", ("duty", duty.ToString()))).StatusCode);
        await using var db = world.Db();
        return await db.Set<WorkEntry>().Select(w => w.Id).SingleAsync();
    }

    private async Task<Guid> LastChange()
    {
        await using var db = world.Db();
        return await db.Journal.OrderByDescending(j => j.Seq).Select(j => j.ChangeId).FirstAsync();
    }
}
