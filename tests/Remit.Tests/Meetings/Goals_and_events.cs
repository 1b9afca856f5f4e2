using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Mail;
using Remit.Modules.Meetings.Events;
using Remit.Modules.Meetings.Goals;
using Remit.Modules.Papers;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;

namespace Remit.Tests.Meetings;

/// <summary>Goals that say how much by when, and events people sign up for.</summary>
public sealed class Goals_and_events : IAsyncLifetime
{
    private static readonly DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(2));
    private readonly World world = new();

    public Task InitializeAsync() => world.InitializeAsync();

    public Task DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData("Улучшить работу с клиентами", "Улучшить")]
    [InlineData("Да подобрим обслужването на клиентите", "подобрим")]
    [InlineData("Müştəri xidmətini yaxşılaşdırmaq lazımdır", "yaxşılaşdırmaq")]
    [InlineData("Improve how we serve clients", "Improve")]
    public void A_wish_is_no_goal_in_any_of_the_four_languages(string text, string word)
    {
        var answer = SmartCheck.Of(Draft(text), null, today)[0];
        Assert.Equal(("s", "vague"), (answer.Letter, answer.Reason));
        Assert.Contains(word, (string)answer.Values[0].Value!);
    }

    [Fact]
    public void A_goal_with_a_number_a_way_a_reason_and_a_day_leaves_no_question_open()
    {
        var good = Draft("Вернуть подписанными 90 % актов за 14 дней") with
        {
            Measure = new("indicator", "acts_returned_14d"),
            Start = 60_000,
            Target = 90_000,
            Way = "звонок на седьмой день",
            Reason = "деньги приходят раньше",
        };
        Assert.All(SmartCheck.Of(good, 60, today), a => Assert.True(a.Well, a.Reason));
        Assert.Equal("over_hundred", SmartCheck.Of(good with { Target = 120_000 }, 60, today)[2].Reason);
        Assert.Equal("there_already", SmartCheck.Of(good, 95, today)[2].Reason);
        Assert.Equal("far_day", SmartCheck.Of(good with { By = today.AddYears(2) }, 60, today)[4].Reason);
    }

    [Fact]
    public async Task A_vague_goal_is_asked_about_first_and_saved_when_it_is_meant_so()
    {
        (string, string)[] fields =
        [
            ("goal_text", "Improve"),
            ("measure", "hand"),
            ("start", "0"),
            ("target", "10"),
            ("goal_by", $"{today.AddDays(30):yyyy-MM-dd}"),
        ];
        var asked = WebUtility.HtmlDecode(await (await world.Post("meetings/goals/new", fields)).Content.ReadAsStringAsync());
        Assert.Contains("«Improve»", asked);
        await using var db = world.Db();
        Assert.Empty(await db.Set<Goal>().ToListAsync());
        await Saved(world.Post("meetings/goals/new", [.. fields, ("sure", "on")]));
        Assert.Equal("Improve", await db.Set<Goal>().Select(g => g.Text).SingleAsync());
    }

    [Fact]
    public async Task Progress_is_counted_from_the_ledger_and_a_goal_is_reached_only_when_its_measure_says_so()
    {
        var goal = await Set("fact:visit.done", 0, 2);
        await Happened("visit.done");
        Assert.Contains("1 / 2", await world.Text("meetings/goals"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post($"meetings/goals/{goal}/close", ("how", "Reached"))).StatusCode);
        await Happened("visit.done");
        await Saved(world.Post($"meetings/goals/{goal}/close", ("how", "Reached"), ("goal_result", "Both in time")));
        await using var db = world.Db();
        Assert.Equal(1, await db.Set<StatedFact>().CountAsync(f => f.Code == "goal.reached"));
        Assert.Contains("<svg", await world.Text($"meetings/goals/{goal}"));
    }

    [Fact]
    public async Task An_indicator_is_measured_over_the_goals_own_days()
    {
        var goal = await Set("indicator:acts_returned_14d", 0, 90);
        await using (var db = world.Db())
        {
            var set = await db.Set<Goal>().SingleAsync(g => g.Id == goal);
            // Set forty days ago: two acts that had fallen due since, one of them in time; one that had before, in time too.
            db.Entry(set).Property(g => g.From).CurrentValue = today.AddDays(-40);
            var client = Modules.Clients.Client.New("Delta", "BG", DateTime.UtcNow);
            var company = Modules.Papers.OwnCompany.Of("Remit", "BG", "EUR", null);
            db.AddRange(client, company);
            foreach (var (issued, back) in new[] { (-50, -45), (-30, -20), (-60, -50) })
            {
                var invoice = Modules.Papers.Invoice.For(company, client.Id, null);
                db.AddRange(invoice, invoice.Add("Work", 1000, "hour", 10_000, 0));
                await db.Issue(invoice, today.AddDays(issued), 10);
                if (issued != -50)
                    invoice.ReturnAct(today.AddDays(back));
            }
            await db.SaveChangesAsync();
        }
        Assert.Contains("50 / 90", await world.Text("meetings/goals"));
    }

    [Fact]
    public async Task Nobody_sees_or_closes_anothers_goal_nor_sets_one_for_others_without_the_right()
    {
        var (elena, id) = await world.SomeoneWhoIs(Role.Manager);
        var (kim, _) = await world.SomeoneWhoIs(Role.Programmer);
        var goal = await Set("hand", 0, 5, id);
        Assert.Equal(HttpStatusCode.OK, (await elena.Get($"meetings/goals/{goal}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await kim.Get($"meetings/goals/{goal}")).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await kim.Post($"meetings/goals/{goal}/close", ("how", "Dropped"), ("goal_result", "x"))).StatusCode
        );
        Assert.Equal(HttpStatusCode.NotFound, (await kim.Post($"meetings/goals/{goal}/values", ("value", "5"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await elena.Post($"meetings/goals/{goal}/edit", ("goal_text", "Mine now"))).StatusCode);
        var own = await kim.Post(
            "meetings/goals/new",
            ("goal_text", "Do it all for her"),
            ("measure", "hand"),
            ("target", "3"),
            ("goal_by", $"{today.AddDays(9):yyyy-MM-dd}"),
            ("goal_for", $"{id}"),
            ("sure", "on")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, own.StatusCode);
        // The number is her own, so another closes it.
        await Saved(elena.Post($"meetings/goals/{goal}/values", ("value", "5")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await elena.Post($"meetings/goals/{goal}/close", ("how", "Reached"))).StatusCode);
        await Saved(world.Post($"meetings/goals/{goal}/close", ("how", "Reached")));
    }

    [Fact]
    public async Task The_last_place_goes_to_the_first_the_next_waits_and_moves_up_and_all_are_asked_afterwards()
    {
        await Mail();
        var (elena, first) = await world.SomeoneWhoIs(Role.Manager);
        await Saved(
            world.Post(
                "meetings/events/new",
                ("event_name", "Evening with a cosmonaut"),
                ("starts_at", $"{today:yyyy-MM-dd}T23:30"),
                ("duration", "60"),
                ("places", "1"),
                ("invite", $"{first}"),
                ("guests", "Иван Петров ivan@outsource.example bg")
            )
        );
        await using var db = world.Db();
        var what = await db.Set<StaffEvent>().SingleAsync();
        var guest = await db.Set<EventGuest>().AsNoTracking().SingleAsync(g => g.PersonId == null);
        Assert.Equal(("Иван Петров", "bg"), (guest.Name, guest.Language));
        Assert.Contains("Покана: Evening", await Letters(guest.Email));
        await Saved(elena.Post($"meetings/events/{what.Id}/answer", ("comes", "yes")));
        var outside = world.NewVisitor();
        Assert.Contains("Ще дойда", await outside.Text($"e/{guest.Link}"));
        await Saved(outside.Post($"e/{guest.Link}/answer", ("comes", "yes")));
        Assert.Contains("чакате ред", await outside.Text($"e/{guest.Link}"));
        Assert.True(await db.Set<CalendarItem>().AnyAsync(i => i.Summary == "Evening with a cosmonaut"));
        await Saved(elena.Post($"meetings/events/{what.Id}/answer", ("comes", "no")));
        Assert.Contains("Записани сте", await outside.Text($"e/{guest.Link}"));
        Assert.Contains("Има място за вас", await Letters(guest.Email));
        Assert.False(await db.Set<CalendarItem>().AnyAsync(i => i.Summary == "Evening with a cosmonaut"));
        await Saved(elena.Post($"meetings/events/{what.Id}/answer", ("comes", "yes")));
        var here = await db.Set<EventGuest>().AsNoTracking().SingleAsync(g => g.PersonId == first);
        await Saved(world.Post($"meetings/events/{what.Id}/hold", ("came", $"{guest.Id}"), ("came", $"{here.Id}")));
        Assert.Equal(1, await db.Set<StatedFact>().CountAsync(f => f.Code == "event.attended" && f.PersonId == first));
        await Saved(outside.Post($"e/{guest.Link}/thoughts", ("mark", "5"), ("thoughts", "Чудесно")));
        // Of two answers it would be seen whose they are: neither mark nor words are shown, and that is said before one sends.
        await Saved(elena.Post($"meetings/events/{what.Id}/thoughts", ("mark", "4"), ("thoughts", "Too long")));
        var few = await world.Text($"meetings/events/{what.Id}");
        Assert.DoesNotContain("Чудесно", few);
        Assert.DoesNotContain("4.5 / 5", few);
        Assert.Contains("from 3 answers on", await elena.Text($"meetings/events/{what.Id}"));
        var third = EventGuest.Of(what, null, new("Third", "third@outsource.example", "en"));
        third.Note(came: true);
        third.Think(await db.Set<StaffEvent>().AsNoTracking().SingleAsync(), 3, "", DateTime.UtcNow);
        db.Add(third);
        await db.SaveChangesAsync();
        Assert.Contains("Чудесно", await elena.Text($"meetings/events/{what.Id}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await outside.Post($"e/{guest.Link}/answer", ("comes", "no"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await outside.Get($"e/{new string('0', 32)}")).StatusCode);
    }

    [Fact]
    public async Task A_line_without_an_address_is_refused_by_what_it_says()
    {
        var answer = await world.Post(
            "meetings/events/new",
            ("event_name", "Talk"),
            ("starts_at", $"{today.AddDays(9):yyyy-MM-dd}T18:00"),
            ("guests", "Ivan without address")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Ivan without address", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    private static GoalDraft Draft(string text) => new(text, "", "", new("hand", ""), "", 0, 10_000, today.AddDays(60), null);

    private async Task<Guid> Set(string measure, int start, int target, Guid? whose = null)
    {
        await Saved(
            world.Post(
                "meetings/goals/new",
                ("goal_text", "Two visits are done"),
                ("measure", measure),
                ("start", $"{start}"),
                ("target", $"{target}"),
                ("goal_by", $"{today.AddDays(30):yyyy-MM-dd}"),
                ("goal_for", whose is { } id ? $"{id}" : "firm"),
                ("sure", "on")
            )
        );
        await using var db = world.Db();
        return await db.Set<Goal>().Select(g => g.Id).SingleAsync();
    }

    private async Task Happened(string code)
    {
        await using var db = world.Db();
        db.State(new Fact(code, null, today, Guid.NewGuid(), Guid.NewGuid(), null, "A visit"));
        await db.SaveChangesAsync();
    }

    private async Task Mail() =>
        await Saved(
            world.Post(
                "mail",
                ("mail_host", "localhost"),
                ("mail_port", "2525"),
                ("mail_sender", "firm@example.com"),
                ("mail_sender_name", "Firm")
            )
        );

    private async Task<string> Letters(string to)
    {
        await using var db = world.Db();
        return string.Join(
            '\n',
            (await db.Set<Job>().AsNoTracking().Where(j => j.Kind == Letter.Kind).ToListAsync())
                .Select(j => j.Read<Letter>())
                .Where(l => l.To == to)
                .Select(l => $"{l.Subject}\n{l.Text}")
        );
    }

    private static async Task Saved(Task<HttpResponseMessage> answer)
    {
        var got = await answer;
        Assert.True(got.StatusCode == HttpStatusCode.SeeOther, $"{got.StatusCode}: {await got.Content.ReadAsStringAsync()}");
    }
}
