using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Notices;
using Remit.Modules.Talk;
using Remit.Modules.Tasks;
using Remit.Web;

namespace Remit.Tests.Ground;

public sealed class Talk_and_notices(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Whoever_is_named_in_a_comment_or_a_note_is_told_once_and_as_named()
    {
        var (manager, id) = await Someone(Role.Manager, "Nina Winter");
        var task = await Task("Write the offer", id);
        await world.Post("talk", ("record_kind", "task"), ("record_id", $"{task}"), ("comment_text", "Look here, @Nina Winter, please"));
        var client = await Client("Poplar");
        await world.Post($"clients/{client}/notes", ("event_text", "@Nina Winter knows them"));
        await world.RunJobs();
        var list = await manager.Text("notices?show=Mention");
        Assert.Contains("named you in “Write the offer”", list);
        Assert.Contains("named you in “Poplar”", list);
        await using var db = world.Db();
        Assert.Equal(2, await db.Set<NoticeRow>().CountAsync(n => n.PersonId == id && n.Sort == NoticeSort.Mention));
    }

    [Fact]
    public async Task Who_may_not_see_a_task_neither_comments_on_it_nor_hears_of_it()
    {
        var (programmer, id) = await Someone(Role.Programmer, "Owen Thorn");
        var task = await Task("Decide on pay", await world.OwnerId());
        await world.Post("talk", ("record_kind", "task"), ("record_id", $"{task}"), ("comment_text", "@Owen Thorn should not read this"));
        await world.RunJobs();
        Assert.DoesNotContain("Decide on pay", await programmer.Text("notices"));
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await programmer.Post("talk", ("record_kind", "task"), ("record_id", $"{task}"), ("comment_text", "hi"))).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await programmer.Post("follow", ("record_kind", "task"), ("record_id", $"{task}"))).StatusCode
        );
    }

    [Fact]
    public async Task Followers_hear_what_others_change_in_one_line_and_no_more_when_they_stop()
    {
        var (manager, id) = await Someone(Role.Manager, "Daria White");
        var client = await Client("Granite");
        await manager.Post("follow", ("record_kind", "client"), ("record_id", $"{client}"));
        await Rename(client, 0, "Granite One");
        await Rename(client, 1, "Granite Two");
        await world.RunJobs();
        await using (var db = world.Db())
            Assert.Equal(1, await db.Set<NoticeRow>().CountAsync(n => n.PersonId == id && n.Sort == NoticeSort.Followed));
        Assert.Contains("Olga Owner changed “Granite Two”", await manager.Text("notices?show=Followed"));

        await manager.Post("notices/done", ("sort", "Followed"));
        await manager.Post("follow", ("record_kind", "client"), ("record_id", $"{client}"));
        await Rename(client, 2, "Granite Three");
        await world.RunJobs();
        Assert.DoesNotContain("Granite Three", await manager.Text("notices"));
    }

    [Fact]
    public async Task A_sign_given_twice_is_taken_back_and_a_strange_one_is_refused()
    {
        var task = await Task("Plan the party", await world.OwnerId());
        await world.Post("talk", ("record_kind", "task"), ("record_id", $"{task}"), ("comment_text", "Saturday?"));
        await using var db = world.Db();
        var comment = await db.Set<Comment>().Where(c => c.AboutId == task).Select(c => c.Id).SingleAsync();
        await world.Post($"talk/{comment}/react", ("sign", "✔"));
        Assert.Equal(1, await db.Set<Reaction>().CountAsync(r => r.OnId == comment));
        await world.Post($"talk/{comment}/react", ("sign", "✔"));
        Assert.Equal(0, await db.Set<Reaction>().CountAsync(r => r.OnId == comment));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post($"talk/{comment}/react", ("sign", "💩"))).StatusCode);
    }

    [Fact]
    public async Task A_line_of_a_clients_timeline_takes_signs_and_tells_whoever_wrote_it_and_those_who_follow()
    {
        var (manager, id) = await Someone(Role.Manager, "Vera Brook");
        var (follower, followerId) = await Someone(Role.Manager, "Stan Mill");
        var client = await Client("Lagoon");
        await follower.Post("follow", ("record_kind", "client"), ("record_id", $"{client}"));
        await manager.Post($"clients/{client}/calls", ("event_text", "They want a second licence, @Olga Owner"));
        await manager.Post(
            "tasks",
            ("record_kind", "client"),
            ("record_id", $"{client}"),
            ("task_text", "Send the price"),
            ("task_due", "2027-01-15"),
            ("task_for", $"{id}")
        );

        var page = await world.Text($"clients/{client}");
        var line = System
            .Text.RegularExpressions.Regex.Match(
                page[page.IndexOf("second licence", StringComparison.Ordinal)..],
                "name=\"line\" value=\"([^\"]+)\""
            )
            .Groups[1]
            .Value;
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await world.Post($"clients/{client}/timeline/react", ("line", line), ("sign", "♥"))).StatusCode
        );
        Assert.Contains("aria-label=\"♥ 1\"", await manager.Text($"clients/{client}"));
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await world.Post($"clients/{await Client("Cedar")}/timeline/react", ("line", line), ("sign", "♥"))).StatusCode
        );

        await world.RunJobs();
        Assert.Contains("Olga Owner ♥ Lagoon · They want a second licence", await manager.Text("notices"));
        Assert.Contains("named you in “Lagoon”", await world.Text("notices"));
        Assert.Contains("Vera Brook in “Lagoon”: Send the price", await follower.Text("notices?show=Followed"));
        await world.Post($"clients/{client}/timeline/react", ("line", line), ("sign", "♥"));
        await using var db = world.Db();
        Assert.Equal(0, await db.Set<Reaction>().CountAsync(r => r.PersonId != followerId && r.Sign == "♥"));
    }

    [Fact]
    public async Task A_checklist_takes_many_lines_at_once_and_is_ticked_line_by_line()
    {
        var task = await Task("Move the office", await world.OwnerId());
        await world.Post($"tasks/{task}/items", ("item_text", "Boxes\nKeys\r\n\nPhones"));
        await using var db = world.Db();
        var items = await db.Set<TaskItem>().AsNoTracking().Where(i => i.TaskId == task).OrderBy(i => i.Position).ToListAsync();
        Assert.Equal(["Boxes", "Keys", "Phones"], items.Select(i => i.Text));
        await world.Post($"tasks/{task}/items/{items[1].Id}/tick");
        Assert.Contains("1 of 3", await world.Text($"tasks/{task}"));
        var (stranger, _) = await Someone(Role.Programmer, "Ian Laver");
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Post($"tasks/{task}/items/{items[0].Id}/tick")).StatusCode);
    }

    private async Task Rename(Guid client, int version, string name) =>
        await world.Post(
            $"clients/{client}/edit",
            ("version", $"{version}"),
            ("client_title", name),
            ("country", "BG"),
            ("lang", "en"),
            ("same_is_fine", "on")
        );

    private async Task<Guid> Task(string text, Guid person)
    {
        await world.Post("tasks", ("task_text", text), ("task_due", "2027-01-15"), ("task_for", $"{person}"));
        await using var db = world.Db();
        return await db.Set<WorkTask>().Where(t => t.Text == text).Select(t => t.Id).SingleAsync();
    }

    private async Task<Guid> Client(string name)
    {
        await world.Post("clients/new", ("client_title", name), ("country", "BG"), ("lang", "en"), ("same_is_fine", "on"));
        await using var db = world.Db();
        return await db.Set<Client>().Where(c => c.Name == name).Select(c => c.Id).SingleAsync();
    }

    private async Task<(World.Visitor Visitor, Guid Id)> Someone(Role role, string name)
    {
        var (visitor, id) = await world.SomeoneWhoIs(role);
        await using var db = world.Db();
        var person = await db.Set<Remit.Modules.People.Person>().SingleAsync(p => p.Id == id);
        person.Describe(name, person.Email, role);
        await db.SaveChangesAsync();
        return (visitor, id);
    }
}
