using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Duties;
using Remit.Modules.Papers;
using Remit.Modules.People;
using Remit.Modules.Tasks;
using Remit.Modules.Work;

namespace Remit.Tests.Ground;

/// <summary>All that happened with a client, in one order, page after page; and a call that counts as work.</summary>
public sealed class A_clients_timeline : IAsyncLifetime
{
    private static readonly DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(2));
    private readonly World world = new();
    private Guid client;

    public async Task InitializeAsync()
    {
        await world.InitializeAsync();
        await world.Post("clients/new", ("client_title", "Orbita"), ("country", "BG"), ("lang", "en"));
        await using var db = world.Db();
        client = await db.Set<Client>().Select(c => c.Id).SingleAsync();
    }

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Notes_calls_tasks_visits_papers_and_changes_stand_in_one_list()
    {
        await Saved($"clients/{client}/notes", ("event_text", "They move in May"));
        await Saved(
            $"clients/{client}/calls",
            ("event_text", "Agreed on a visit"),
            ("event_incoming", "on"),
            ("next_text", "Send the plan"),
            ("next_due", $"{today.AddDays(2):yyyy-MM-dd}")
        );
        await Saved($"clients/{client}/calls", ("event_missed", "on"));
        await Saved(
            "tasks",
            ("task_text", "Prepare the offer"),
            ("task_due", $"{today:yyyy-MM-dd}"),
            ("record_kind", "client"),
            ("record_id", client.ToString()),
            ("to", $"clients/{client}")
        );
        var version = await Version();
        await Saved(
            $"clients/{client}/edit",
            ("version", version),
            ("client_title", "Orbita"),
            ("country", "BG"),
            ("lang", "en"),
            ("segment", "A")
        );
        await using var db = world.Db();
        var company = OwnCompany.Of("Remit", "BG", "EUR", null);
        var invoice = Invoice.For(company, client, null);
        db.AddRange(
            company,
            invoice,
            invoice.Add("Work", 1000, "hour", 6000, 2000),
            Visit.Plan(client, await world.OwnerId(), today.ToDateTime(new TimeOnly(0, 30)), 60, false, "Setup", null)
        );
        invoice.Issue(7, 7, today, 10);
        await db.SaveChangesAsync();
        var page = await world.Text($"clients/{client}");
        foreach (
            var said in new[]
            {
                "They move in May",
                "Agreed on a visit",
                "call in",
                "no answer",
                "Send the plan",
                "Prepare the offer",
                "№ 7",
                "Setup",
                "client created",
                "<a href=\"history/",
            }
        )
            Assert.Contains(said, page);
        Assert.DoesNotContain("⟦", page);
        Assert.Contains("Send the plan", await world.Text("inbox"));
    }

    [Fact]
    public async Task A_call_that_was_answered_states_its_fact_and_counts_for_the_duty_bound_to_it()
    {
        await using var db = world.Db();
        var owner = await db.Set<Person>().SingleAsync();
        var position = await db.Set<Position>().FirstAsync();
        var duty = Duty.Of(position.Id, "", "1", "Call clients");
        duty.Bind("call.logged", null);
        db.AddRange(duty, DutyNorm.Of(duty, today.AddDays(-30), 5, 1, 2));
        await db.SaveChangesAsync();
        await Saved($"clients/{client}/calls", ("event_missed", "on"));
        Assert.False(await db.Set<WorkEntry>().AnyAsync());
        await Saved($"clients/{client}/calls", ("event_text", "All is well"));
        var entry = await db.Set<WorkEntry>().SingleAsync();
        Assert.Equal(("call.logged", owner.Id, client), (entry.Fact, entry.PersonId, entry.ClientId!.Value));
        var change = await db.Journal.OrderByDescending(j => j.Seq).Select(j => j.ChangeId).FirstAsync();
        await Saved($"history/{change}/undo");
        Assert.Equal(0, await db.Set<WorkEntry>().SumAsync(w => w.QuantityMilli));
        Assert.DoesNotContain("All is well", await world.Text($"clients/{client}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post($"clients/{client}/calls")).StatusCode);
    }

    [Fact]
    public async Task Earlier_pages_show_every_line_once_even_where_many_share_a_moment_or_a_day()
    {
        await using var db = world.Db();
        var orbita = await db.Set<Client>().SingleAsync();
        var owner = await world.OwnerId();
        var noon = new DateTime(2026, 2, 3, 12, 0, 0, DateTimeKind.Utc);
        var company = OwnCompany.Of("Remit", "BG", "EUR", null);
        db.Add(company);
        for (var n = 0; n < 30; n++)
        {
            db.Add(ClientEvent.Note(orbita, $"note {n:00}.", owner, noon));
            db.Add(WorkTask.Give($"task {n:00}.", today, owner, null, owner, noon, ("client", client)));
            var invoice = Invoice.For(company, client, null);
            db.AddRange(
                invoice,
                invoice.Add("Work", 1000, "hour", 100, 0),
                Visit.Plan(client, owner, noon.AddDays(n - 10), 15, true, $"visit {n:00}.", owner)
            );
            invoice.Issue(100 + n, 100 + n, new DateOnly(2026, 2, 3), 10);
        }
        await db.SaveChangesAsync();
        var seen = new List<string>();
        for (var path = $"clients/{client}"; path is not null; )
        {
            var page = await world.Text(path);
            var timeline = page[page.IndexOf("id=\"timeline\"")..];
            timeline = timeline[..timeline.IndexOf("</section>")];
            seen.AddRange(Regex.Matches(timeline, @"(?:note|task|visit) \d\d\.|№ 1\d\d").Select(m => m.Value));
            path = Regex.Match(timeline, "href=\"([^\"]*before=[^\"#]*)").Groups[1].Value is { Length: > 0 } next ? next : null;
        }
        Assert.Equal(120, seen.Count);
        Assert.Equal(120, seen.Distinct().Count());
        foreach (var nonsense in new[] { "x", "1-2", "99999999999999999999-0", $"0-{Guid.Empty:N}", $"{long.MaxValue}-{Guid.Empty:N}" })
            Assert.Equal(HttpStatusCode.OK, (await world.Owner.Get($"clients/{client}?before={nonsense}")).StatusCode);
    }

    [Fact]
    public async Task Each_sees_only_the_lines_of_what_they_may_see()
    {
        await using var db = world.Db();
        var company = OwnCompany.Of("Remit", "BG", "EUR", null);
        var invoice = Invoice.For(company, client, null);
        db.AddRange(company, invoice, invoice.Add("Work", 1000, "hour", 6000, 2000));
        invoice.Issue(7, 7, today, 10);
        await db.SaveChangesAsync();
        var (programmer, _) = await world.SomeoneWhoIs(Role.Programmer);
        await programmer.Post($"clients/{client}/notes", ("event_text", "Till closes at noon"));
        var page = await programmer.Text($"clients/{client}");
        Assert.Contains("Till closes at noon", page);
        Assert.DoesNotContain("№ 7", page);
        Assert.DoesNotContain("client created", page);
    }

    private async Task<string> Version()
    {
        await using var db = world.Db();
        return (await db.Set<Client>().SingleAsync()).Version.ToString();
    }

    private async Task Saved(string path, params (string, string)[] fields)
    {
        var answer = await world.Post(path, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
