using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Notices;
using Remit.Modules.People;
using Remit.Modules.Work;

namespace Remit.Tests.Dispatch;

public sealed class Questions(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_question_by_the_link_reaches_who_knows_the_product_and_comes_back_answered()
    {
        var (petar, petarId) = await world.SomeoneWhoIs(Role.Programmer);
        await world.SomeoneWhoIs(Role.Programmer);
        var product = await Product("Accounting 3.0", petarId);
        var client = await world.Client("Lagoda");
        await world.Post($"clients/{client}/door");
        var link = await Link(client);
        var guest = world.NewVisitor();
        await guest.Post($"q/{link}", ("question_text", "How do we close March?"), ("product", $"{product}"), ("asked_by", "Anna"));
        var question = await Of(client);
        Assert.Equal((petarId, (Guid?)null), (question.PersonId, question.TakenBy));
        Assert.Contains("knows Accounting 3.0", await petar.Text($"questions/{question.Id}"));
        Assert.Contains("in work", await guest.Text($"q/{link}"));
        Assert.Equal(
            303,
            (int)
                (
                    await petar.Post(
                        $"questions/{question.Id}/answer",
                        ("version", $"{question.Version}"),
                        ("answer", "Run the closing in April.")
                    )
                ).StatusCode
        );
        Assert.Contains("Run the closing in April.", await guest.Text($"q/{link}"));
        await world.RunJobs();
        await using var db = world.Db();
        Assert.Equal(
            ["question.answered", "question.asked"],
            (await db.Set<StatedFact>().Where(f => f.SubjectId == question.Id).Select(f => f.Code).ToListAsync()).Order()
        );
        var owner = await world.OwnerId();
        Assert.Equal(
            ["notice.question_came", "notice.question_replied"],
            (
                await db.Set<NoticeRow>()
                    .Where(n => n.PersonId == owner && n.Path == $"questions/{question.Id}")
                    .Select(n => n.Key)
                    .ToListAsync()
            ).Order()
        );
    }

    [Fact]
    public async Task A_visit_that_is_made_for_a_question_answers_it_and_the_question_is_not_late_before()
    {
        var (petar, petarId) = await world.SomeoneWhoIs(Role.Programmer);
        var client = await world.Client("Asks for a visit");
        await world.Post($"clients/{client}/door");
        var (guest, link) = (world.NewVisitor(), await Link(client));
        await guest.Post($"q/{link}", ("question_text", "The stock is wrong"));
        var question = await Of(client);
        var day = Scene.Workday(9);
        Assert.Equal(
            303,
            (int)
                (
                    await world.Post(
                        "visits/new",
                        ("client", $"{client}"),
                        ("programmer", $"{petarId}"),
                        ("starts_at", $"{day:yyyy-MM-dd}T08:00"),
                        ("duration", "60"),
                        ("subject", "Stock"),
                        ("question", $"{question.Id}")
                    )
                ).StatusCode
        );
        await world.RunJobs(question.DueAt.AddMinutes(1));
        Assert.Null((await Of(client)).EscalatedAt);
        await using var db = world.Db();
        var visit = await db.Set<Visit>().SingleAsync(v => v.QuestionId == question.Id);
        Assert.Contains($"v/{visit.Link}", await guest.Text($"q/{link}"));
        await world.HasCome(visit);
        var done = await petar.Post($"visits/{visit.Id}/sheet/finish", ("works", "Counted anew"), ("duration", "60"));
        Assert.True((int)done.StatusCode == 303, await done.Content.ReadAsStringAsync());
        Assert.Equal(
            (QuestionState.Answered, "Counted anew", (Guid?)petarId),
            ((await Of(client)).State, (await Of(client)).Answer, (await Of(client)).AnsweredBy)
        );
        Assert.Contains("Counted anew", await guest.Text($"q/{link}"));
    }

    [Fact]
    public async Task A_question_that_is_late_is_a_due_and_goes_up_to_the_manager_once()
    {
        var (petar, petarId) = await world.SomeoneWhoIs(Role.Programmer);
        var product = await Product("Payroll", petarId);
        var client = await world.Client("Late Ltd");
        await world.Post("questions/new", ("client", $"{client}"), ("question_text", "Why is the tax wrong?"), ("product", $"{product}"));
        var question = await Of(client);
        await world.RunJobs(question.DueAt.AddMinutes(1));
        await world.RunJobs(question.DueAt.AddDays(2));
        Assert.NotNull((await Of(client)).EscalatedAt);
        Assert.Contains("Why is the tax wrong?", await petar.Text("inbox"));
        Assert.Contains("question is late", await world.Text("inbox"));
        await using var db = world.Db();
        var owner = await world.OwnerId();
        Assert.Equal(
            1,
            await db.Set<NoticeRow>()
                .CountAsync(n => n.PersonId == owner && n.Key == "notice.question_late" && n.Path == $"questions/{question.Id}")
        );
    }

    [Fact]
    public async Task What_is_asked_of_somebody_absent_goes_to_who_stands_in()
    {
        var (_, away) = await world.SomeoneWhoIs(Role.Programmer);
        var (_, standIn) = await world.SomeoneWhoIs(Role.Manager);
        await using (var db = world.Db())
        {
            var position = Position.Named("Senior programmer");
            var today = DateOnly.FromDateTime(DateTime.UtcNow);
            db.Add(position);
            db.Add(Tenure.Of(position, await db.Set<Person>().SingleAsync(p => p.Id == away), today.AddDays(-30)));
            db.Add(
                Tenure.Of(
                    position,
                    await db.Set<Person>().SingleAsync(p => p.Id == standIn),
                    today.AddDays(-1),
                    today.AddDays(5),
                    standIn: true
                )
            );
            await db.SaveChangesAsync();
        }
        var client = await world.Client("Absent Ltd");
        await world.Post(
            "questions/new",
            ("client", $"{client}"),
            ("question_text", "Who is there?"),
            ("product", $"{await Product("Trade", away)}")
        );
        var question = await Of(client);
        Assert.Equal(standIn, question.PersonId);
        Assert.Contains("stands in", await world.Text($"questions/{question.Id}"));
    }

    [Fact]
    public async Task A_segment_has_its_own_limit()
    {
        await world.Post("questions/terms", ("segment", "Gold"), ("hours", "1"));
        Assert.Contains("1 working hour", await world.Text("questions/terms"));
        var client = await world.Client("Golden");
        await using (var db = world.Db())
        {
            (await db.Set<Client>().SingleAsync(c => c.Id == client)).Place("Gold");
            await db.SaveChangesAsync();
        }
        await world.Post("questions/new", ("client", $"{client}"), ("question_text", "Quick?"));
        var usual = await world.Client("Usual");
        await world.Post("questions/new", ("client", $"{usual}"), ("question_text", "Slow?"));
        Assert.True((await Of(client)).DueAt < (await Of(usual)).DueAt);
    }

    [Fact]
    public async Task A_link_that_is_not_one_opens_nothing_and_an_empty_question_is_refused()
    {
        Assert.Equal(404, (int)(await world.NewVisitor().Get("q/" + new string('a', 32))).StatusCode);
        var client = await world.Client("Empty");
        await world.Post($"clients/{client}/door");
        Assert.Equal(422, (int)(await world.NewVisitor().Post($"q/{await Link(client)}", ("question_text", " "))).StatusCode);
    }

    [Fact]
    public void Hours_are_counted_over_nights_and_weekends()
    {
        // Friday 6 March 2026, 16:00; two hours are left of the day, six go to Monday.
        var friday = new DateTime(2026, 3, 6, 16, 0, 0, DateTimeKind.Utc);
        Assert.Equal(new DateTime(2026, 3, 9, 15, 0, 0), Terms.Until(friday, 8, new DispatchSettings(), WorkCalendar.For("BG")));
    }

    [Fact]
    public void The_one_with_least_to_do_of_those_who_know_it()
    {
        Candidate At(string name, bool able, int load, bool knows = false) => new(Guid.NewGuid(), name, able, knows, load);
        var (free, able, busy, friend) = (
            At("Free", false, 0),
            At("Able", true, 2),
            At("Busy", true, 5),
            At("Friend", true, 2, knows: true)
        );
        Assert.Equal(friend.Id, Routing.Choose([free, able, busy, friend], "Trade")!.Value.Person);
        Assert.Equal(free.Id, Routing.Choose([free, able, busy], null)!.Value.Person);
        Assert.Equal("no_skill", Routing.Choose([free], "Trade")!.Value.Why.Key);
        Assert.Null(Routing.Choose([], "Trade"));
    }

    private async Task<Guid> Product(string name, Guid known)
    {
        await world.Post("products", ("product_name", name));
        await using var db = world.Db();
        var id = await db.Set<Product>().Where(p => p.Name == name).Select(p => p.Id).SingleAsync();
        await world.Post($"products/{id}/skills", ("people", $"{known}"));
        return id;
    }

    private async Task<Question> Of(Guid client)
    {
        await using var db = world.Db();
        return await db.Set<Question>().AsNoTracking().SingleAsync(q => q.ClientId == client);
    }

    private async Task<string> Link(Guid client)
    {
        await using var db = world.Db();
        return await db.Set<ClientDoor>().Where(d => d.ClientId == client).Select(d => d.Link).SingleAsync();
    }
}
