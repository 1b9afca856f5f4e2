using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Papers;
using Remit.Modules.People;
using Remit.Modules.Tasks;

namespace Remit.Tests.Ground;

/// <summary>What someone must do by a day, from every module, in one list; and the notices that tell of it.</summary>
public sealed class The_inbox : IAsyncLifetime
{
    private static readonly DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(2));
    private readonly World world = new();

    public Task InitializeAsync() => world.InitializeAsync();

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_task_is_given_told_of_done_in_one_tap_and_the_next_step_is_asked_for()
    {
        var (elena, id) = await world.SomeoneWhoIs(Role.Manager);
        await Saved(world.Post("tasks", ("task_text", "Call the bank"), ("task_due", Day(-1)), ("task_for", id.ToString())));
        Assert.Equal(1, await world.RunJobs());
        Assert.Contains("Olga Owner: task “Call the bank”", await elena.Text("notices"));
        Assert.Equal(1, (await Badges(elena)).GetProperty("notices").GetInt32());
        Assert.Equal(1, (await Badges(elena)).GetProperty("dues").GetInt32());
        Assert.Contains("Overdue", await elena.Text("inbox"));
        Assert.Contains("Call the bank", await elena.Text(""));
        var task = await Task();
        var after = await elena.PostAndRead($"tasks/{task.Id}/done");
        Assert.Contains("Next step?", after);
        Assert.Contains("/undo\"", after);
        Assert.Equal(0, (await Badges(elena)).GetProperty("dues").GetInt32());
        await Saved(elena.Post("tasks", ("task_text", "Send the papers"), ("task_due", Day(3)), ("after", task.Id.ToString())));
        Assert.Contains("Send the papers", await elena.Text("inbox"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await elena.Post($"tasks/{task.Id}/done")).StatusCode);
    }

    [Fact]
    public async Task The_inbox_is_asked_by_kind_person_and_words_and_many_tasks_are_put_off_at_once()
    {
        var (elena, id) = await world.SomeoneWhoIs(Role.Manager);
        foreach (var text in (string[])["Call Rila", "Call Vitosha", "Write to Pirin"])
            await Saved(world.Post("tasks", ("task_text", text), ("task_due", Day(0)), ("task_for", id.ToString())));
        var found = await elena.Text("inbox?who=mine&kind=task&q=call");
        Assert.Contains("Call Rila", found);
        Assert.DoesNotContain("Write to Pirin", found);
        Assert.Contains("Write to Pirin", await world.Text($"inbox?who=team&person={id}"));
        Assert.DoesNotContain("Write to Pirin", await world.Text("inbox?who=team&person=none"));

        await using var db = world.Db();
        var calls = await db.Set<WorkTask>().AsNoTracking().Where(t => t.Text.StartsWith("Call")).ToListAsync();
        var answer = await elena.Post(
            "tasks/bulk",
            [("act", "task_week"), ("to", "inbox?who=mine&q=call"), .. calls.Select(t => ("ids", $"{t.Id}"))]
        );
        Assert.EndsWith("inbox?who=mine&q=call", answer.Headers.Location!.OriginalString);
        Assert.All(
            await db.Set<WorkTask>().AsNoTracking().Where(t => t.Text.StartsWith("Call")).ToListAsync(),
            t => Assert.Equal(today.AddDays(7), t.DueOn)
        );
        var (stranger, _) = await world.SomeoneWhoIs(Role.Programmer);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await stranger.Post("tasks/bulk", ("act", "task_done"), ("ids", $"{calls[0].Id}"))).StatusCode
        );
    }

    [Fact]
    public async Task What_was_done_is_undone_by_who_did_it()
    {
        var (kim, id) = await world.SomeoneWhoIs(Role.Programmer);
        await Saved(kim.Post("tasks", ("task_text", "Buy paper"), ("task_due", Day(0))));
        var task = await Task();
        await Saved(kim.Post($"tasks/{task.Id}/done"));
        await using var db = world.Db();
        var change = await db.Journal.OrderByDescending(j => j.Seq).Select(j => j.ChangeId).FirstAsync();
        await Saved(kim.Post($"history/{change}/undo", ("to", "inbox")));
        Assert.Contains("Buy paper", await kim.Text("inbox"));
    }

    [Fact]
    public async Task A_task_of_a_position_is_whoevers_holds_it_that_day()
    {
        var (elena, id) = await world.SomeoneWhoIs(Role.Manager);
        var (other, _) = await world.SomeoneWhoIs(Role.Programmer);
        await using var db = world.Db();
        var courier = Position.Named("Courier");
        db.AddRange(courier, Tenure.Of(courier, await db.Set<Person>().SingleAsync(p => p.Id == id), today.AddDays(-3)));
        await db.SaveChangesAsync();
        await Saved(world.Post("tasks", ("task_text", "Take the letters"), ("task_due", Day(0)), ("task_for", $"position:{courier.Id}")));
        Assert.Contains("Take the letters", await elena.Text("inbox"));
        Assert.DoesNotContain("Take the letters", await other.Text("inbox"));
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"tasks/{(await Task()).Id}")).StatusCode);
        await world.RunJobs();
        Assert.Contains("Take the letters", await elena.Text("notices"));
    }

    [Fact]
    public async Task Papers_and_visits_give_their_dues_and_an_act_comes_back_in_one_tap()
    {
        var (elena, id) = await world.SomeoneWhoIs(Role.Manager);
        await using var db = world.Db();
        var client = Client.New("Orbita", "BG", DateTime.UtcNow);
        client.Describe("en", "", false, "", id);
        var company = OwnCompany.Of("Remit", "BG", "EUR", null);
        var invoice = Invoice.For(company, client.Id, null);
        var line = invoice.Add("Work", 1000, "hour", 6000, 2000);
        invoice.Issue(1, 1, today.AddDays(-20), 10);
        var ahead = Visit.Plan(client.Id, id, today.AddDays(1).ToDateTime(new TimeOnly(10, 0)), 60, false, "Setup", id);
        var behind = Visit.Plan(client.Id, id, today.AddDays(-2).ToDateTime(new TimeOnly(10, 0)), 60, false, "Repair", id);
        db.AddRange(client, company, invoice, line, ahead, behind);
        await db.SaveChangesAsync();
        var page = await elena.Text("inbox");
        foreach (
            var said in new[]
            {
                "invoice unpaid",
                "act not back",
                "visit to be confirmed",
                "hours of the visit",
                "Setup · Orbita",
                "Repair · Orbita",
            }
        )
            Assert.Contains(said, page);
        Assert.DoesNotContain("Orbita", await world.Text("inbox"));
        Assert.Contains("Orbita", await world.Text("inbox?who=team"));
        Assert.DoesNotContain("Team", await elena.Text("inbox?who=team"));
        Assert.EndsWith(
            "/inbox",
            (await elena.Post($"papers/{invoice.Id}/act-returned", ("to", "inbox"))).Headers.Location!.OriginalString
        );
        Assert.DoesNotContain("act not back", await elena.Text("inbox"));
    }

    [Fact]
    public async Task Each_morning_the_newly_overdue_is_told_once()
    {
        var owner = await world.OwnerId();
        await Saved(world.Post("tasks", ("task_text", "Pay the rent"), ("task_due", Day(0))));
        var morning = today.AddDays(1).ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc);
        await world.RunJobs(morning.AddDays(-1));
        await world.RunJobs(morning);
        await world.RunJobs(morning.AddDays(1));
        Assert.Single(
            System.Text.RegularExpressions.Regex.Matches(await world.Text("notices"), "Overdue: 1 thing. First: Pay the rent</button>")
        );
        await world.Post("notices/done");
        Assert.Contains("No new notices", await world.Text("notices"));
    }

    [Fact]
    public async Task A_phone_reads_dues_by_a_secret_link_until_it_is_turned_off()
    {
        await Saved(world.Post("tasks", ("task_text", "Ring Ivan; ask, then write"), ("task_due", Day(2))));
        var page = await (await world.Post("inbox/feed")).Content.ReadAsStringAsync();
        var path = System.Text.RegularExpressions.Regex.Match(page, "dues/[0-9a-f]{64}\\.ics").Value;
        var guest = world.NewVisitor();
        var calendar = await guest.Text(path);
        Assert.Contains("SUMMARY:Ring Ivan\\; ask\\, then write\r\n", calendar);
        Assert.Contains($"DTSTART;VALUE=DATE:{today.AddDays(2):yyyyMMdd}", calendar);
        Assert.Equal(HttpStatusCode.NotFound, (await guest.Get($"dues/{new string('0', 64)}.ics")).StatusCode);
        await world.Post("inbox/feed/end");
        Assert.Equal(HttpStatusCode.NotFound, (await guest.Get(path)).StatusCode);
    }

    [Fact]
    public async Task A_closed_month_tells_each_of_their_own_statement()
    {
        var (elena, id) = await world.SomeoneWhoIs(Role.Manager);
        await Saved(world.Post("work/close-month", ("work_month", $"{today:yyyy-MM}")));
        Assert.Equal(1, await world.RunJobs());
        var page = await elena.Text("notices");
        Assert.Contains("Your pay statement for", page);
        var notice = System.Text.RegularExpressions.Regex.Match(page, "notices/([0-9a-f-]{36})/open").Groups[1].Value;
        Assert.EndsWith(
            $"/pay/{id}/{today:yyyy-MM}",
            (await elena.Post($"notices/{notice}/open", ("go", "1"))).Headers.Location!.OriginalString
        );
        Assert.Equal(HttpStatusCode.NotFound, (await world.Post($"notices/{notice}/open")).StatusCode);
        Assert.Contains("No new notices", await world.Text("notices"));
    }

    [Fact]
    public async Task Many_of_a_kind_fold_into_one_line_so_that_todays_call_is_seen()
    {
        await using var db = world.Db();
        var owner = await world.OwnerId();
        var client = Client.New("Orbita", "BG", DateTime.UtcNow);
        db.Add(client);
        for (var n = 1; n <= 5; n++)
            db.Add(Visit.Plan(client.Id, owner, today.AddDays(-n).ToDateTime(new TimeOnly(10, 0)), 60, false, $"Repair {n}", owner));
        await db.SaveChangesAsync();
        await Saved(world.Post("tasks", ("task_text", "Ring Ivan"), ("task_due", Day(0))));
        var day = await world.Text("");
        Assert.Contains("class=\"fold\"", day);
        Assert.True(day.IndexOf("Ring Ivan") < day.IndexOf("class=\"fold\""));
    }

    [Fact]
    public async Task A_task_hangs_only_on_a_record_that_its_giver_may_see()
    {
        var (kim, _) = await world.SomeoneWhoIs(Role.Programmer);
        var answer = await kim.Post(
            "tasks",
            ("task_text", "x"),
            ("task_due", Day(0)),
            ("record_kind", "paper"),
            ("record_id", Guid.NewGuid().ToString())
        );
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private static string Day(int from) => today.AddDays(from).ToString("yyyy-MM-dd");

    private async Task<WorkTask> Task()
    {
        await using var db = world.Db();
        return await db.Set<WorkTask>().AsNoTracking().OrderByDescending(t => t.Id).FirstAsync();
    }

    private static async Task<JsonElement> Badges(World.Visitor who) => JsonDocument.Parse(await who.Text("badges")).RootElement;

    private static async Task Saved(Task<HttpResponseMessage> sent)
    {
        var answer = await sent;
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
