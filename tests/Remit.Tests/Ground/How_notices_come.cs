using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Notices;
using Remit.Modules.Notices.Inbox;
using Remit.Storage;
using Remit.Web;

namespace Remit.Tests.Ground;

public sealed class How_notices_come(World world) : IClassFixture<World>
{
    [Fact]
    public async Task An_open_page_is_told_at_once_and_in_quiet_hours_not_at_all()
    {
        var (manager, id) = await world.SomeoneWhoIs(Role.Manager);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var ask = new HttpRequestMessage(HttpMethod.Get, manager.Full("notices/stream"))
        {
            Headers = { { "Accept", "text/event-stream" } },
        };
        using var answer = await manager.Client.SendAsync(ask, HttpCompletionOption.ResponseHeadersRead, stop.Token);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(stop.Token));
        Assert.Equal(": open", await lines.ReadLineAsync(stop.Token));
        await Tell(id, "One");
        await world.RunJobs();
        Assert.Contains("One", await Data(lines, stop.Token));

        var hour = world.Firm().Local(DateTime.UtcNow).Hour;
        await manager.Post("notices/settings", ("quiet_from", $"{hour}"), ("quiet_to", $"{(hour + 2) % 24}"), ("ring_Mine", "on"));
        await Tell(id, "Two");
        await world.RunJobs();
        await lines.ReadLineAsync(stop.Token);
        Assert.StartsWith(":", await lines.ReadLineAsync(stop.Token));
        Assert.Contains("Two", await manager.Text("notices"));
    }

    [Fact]
    public async Task A_digest_goes_at_the_chosen_hour_with_what_is_new_and_only_once()
    {
        var (manager, id) = await world.SomeoneWhoIs(Role.Manager);
        await world.Post("mail", ("mail_host", "localhost"), ("mail_port", "2525"), ("mail_sender", "office@example.com"));
        await manager.Post("notices/settings", ("digest_hour", "8"), ("ring_Mine", "on"));
        await Tell(id, "Water the plants");
        await world.RunJobs();
        await using var db = world.Db();
        var digest = await db.Set<Job>().AsNoTracking().SingleAsync(j => j.Kind == "notice.digest");
        Assert.Equal(8, world.Firm().Local(digest.DueAt).Hour);
        await db.Set<Job>().Where(j => j.Kind == Letter.Kind).ExecuteDeleteAsync();
        await world.RunJobs(digest.DueAt.AddMinutes(1));
        Assert.Equal(1, await db.Set<Job>().CountAsync(j => j.Kind == Letter.Kind && j.Payload.Contains("Water the plants")));
        Assert.False(await db.Set<Job>().AnyAsync(j => j.Kind == "notice.digest"));
    }

    [Fact]
    public async Task A_notice_put_off_is_out_of_sight_until_its_hour()
    {
        var (manager, id) = await world.SomeoneWhoIs(Role.Manager);
        await Tell(id, "Call the bank");
        await world.RunJobs();
        await using var db = world.Db();
        var notice = await db.Set<NoticeRow>().AsNoTracking().SingleAsync(n => n.PersonId == id);
        await manager.Post($"notices/{notice.Id}/snooze", ("until", "tomorrow"));
        Assert.DoesNotContain("Call the bank", await manager.Text("notices"));
        Assert.Contains("Call the bank", await manager.Text("notices?show=snoozed"));
        Assert.Equal(
            9,
            world.Firm().Local((await db.Set<NoticeRow>().AsNoTracking().SingleAsync(n => n.Id == notice.Id)).SnoozedUntil!.Value).Hour
        );
        await manager.Post($"notices/{notice.Id}/reopen");
        Assert.Contains("Call the bank", await manager.Text("notices"));
    }

    [Theory]
    [InlineData(22, 7, 23, true)]
    [InlineData(22, 7, 6, true)]
    [InlineData(22, 7, 7, false)]
    [InlineData(9, 12, 10, true)]
    [InlineData(9, 12, 12, false)]
    public void Quiet_hours_may_go_over_midnight(int from, int to, int hour, bool quiet)
    {
        var settings = NoticeSettings.Of(Guid.NewGuid());
        settings.Choose(null, from, to, [], "");
        Assert.Equal(quiet, settings.IsQuiet(hour));
    }

    private static async Task<string> Data(StreamReader lines, CancellationToken stop)
    {
        while (await lines.ReadLineAsync(stop) is { } line)
            if (line.StartsWith("data:", StringComparison.Ordinal))
                return line;
        return "";
    }

    private async Task Tell(Guid person, string task)
    {
        await using var db = world.Db();
        db.Tell(person, "notice.task_given", "inbox", ("by", "Olga"), ("task", task), ("day", "2026-12-01"));
        await db.SaveChangesAsync();
    }
}
