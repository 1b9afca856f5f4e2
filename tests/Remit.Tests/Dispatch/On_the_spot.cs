using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Dispatch;
using Remit.Storage;
using Remit.Web;

namespace Remit.Tests.Dispatch;

/// <summary>Forms of the sheet come late and twice from a phone without network.</summary>
public sealed class On_the_spot(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_form_that_comes_twice_is_done_once_and_counts_from_the_tap()
    {
        var (petar, id) = await world.SomeoneWhoIs(Role.Programmer);
        var visit = await world.Visit(await world.Client("Late"), id, Scene.Workday(2));
        var (op, now) = ($"{Guid.NewGuid()}", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        // The phone's own clock is an hour wrong; what counts is how long ago it was tapped.
        var tapped = now + 3_600_000 - 1_800_000;
        (string, string)[] form = [("op", op), ("at", $"{tapped}"), ("sent", $"{now + 3_600_000}")];
        for (var n = 0; n < 2; n++) Assert.Equal(303, (int)(await petar.Post($"visits/{visit.Id}/sheet/start", form)).StatusCode);
        await using var db = world.Db();
        var sheet = await db.Set<VisitSheet>().SingleAsync(s => s.VisitId == visit.Id);
        Assert.InRange((DateTime.UtcNow - sheet.StartedAt!.Value).TotalMinutes, 29, 35);
        Assert.Equal(1, await db.Set<SentOnce>().CountAsync());
    }

    [Fact]
    public async Task A_form_that_was_refused_may_come_again()
    {
        var (petar, id) = await world.SomeoneWhoIs(Role.Programmer);
        var visit = await world.Visit(await world.Client("Refused"), id, Scene.Workday(3));
        var op = $"{Guid.NewGuid()}";
        Assert.Equal(422, (int)(await petar.Post($"visits/{visit.Id}/sheet/stop", ("op", op))).StatusCode);
        await petar.Post($"visits/{visit.Id}/sheet/start");
        Assert.Equal(303, (int)(await petar.Post($"visits/{visit.Id}/sheet/stop", ("op", op))).StatusCode);
    }

    [Fact]
    public async Task The_phone_is_told_what_to_keep_and_only_ones_own_of_these_days()
    {
        var (petar, id) = await world.SomeoneWhoIs(Role.Programmer);
        var (_, other) = await world.SomeoneWhoIs(Role.Programmer);
        var client = await world.Client("Today");
        var day = world.Firm().Day(DateTime.UtcNow);
        var mine = await world.Visit(client, id, day, "23:00");
        var others = await world.Visit(client, other, day, "23:00");
        var later = await world.Visit(client, id, day.AddDays(20));
        var kept = await petar.Text("visits/pocket.json");
        Assert.Contains($"visits/{mine.Id}/sheet", kept);
        foreach (var not in new[] { others, later }) Assert.DoesNotContain($"{not.Id}", kept);
        Assert.Equal($"{id}", Assert.Single((await petar.Get($"visits/{mine.Id}/sheet")).Headers.GetValues("Remit-For")));
        Assert.Contains("const shell", await world.NewVisitor().Text("sw.js"));
    }

    [Fact]
    public async Task Works_that_two_people_noted_are_put_side_by_side()
    {
        var (petar, id) = await world.SomeoneWhoIs(Role.Programmer);
        var visit = await world.Visit(await world.Client("Both note"), id, Scene.Workday(4));
        await world.Post($"visits/{visit.Id}/sheet/note", ("version", "-1"), ("works", "Office"), ("duration", "60"));
        var answer = await petar.Post($"visits/{visit.Id}/sheet/note", ("version", "-1"), ("works", "On the spot"), ("duration", "60"));
        Assert.Equal(409, (int)answer.StatusCode);
        // What one noted oneself one may write over, from the same page.
        await world.Post($"visits/{visit.Id}/sheet/note", ("version", "-1"), ("works", "Office again"), ("duration", "60"));
        await using var db = world.Db();
        Assert.Equal("Office again", (await db.Set<VisitSheet>().SingleAsync(s => s.VisitId == visit.Id)).Works);
    }
}
