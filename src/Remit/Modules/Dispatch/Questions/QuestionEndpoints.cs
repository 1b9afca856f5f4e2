using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch.Pages;
using Remit.Modules.Mail;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;

namespace Remit.Modules.Dispatch;

/// <summary>Clients' questions: taken from a call, given to the right programmer, answered in time.</summary>
internal static class QuestionEndpoints
{
    private const int Before = 3;

    public static void MapQuestions(this WebApplication app)
    {
        app.MapList(QuestionList.List);
        app.MapGet("/questions/new", NewForm).Needs(Permission.VisitsEdit);
        app.MapPost("/questions/new", Take).Needs(Permission.VisitsEdit);
        app.MapGet("/questions/{id:guid}", Show).Needs(Permission.VisitsSee);
        app.MapPost("/questions/{id:guid}/answer", Reply).Needs(Permission.VisitsEdit);
        app.MapPost("/questions/{id:guid}/give", Give).Needs(Permission.VisitsEdit);
        app.MapServices();
        app.MapQuestionDoor();
    }

    private static async Task<IResult> NewForm(AppDb db, Guid? client, string? q)
    {
        if (client is { } id)
            return Page<NewQuestionPage>(
                new
                {
                    Client = await db.Set<Client>().One(id),
                    Products = await db.Products(),
                    Contacts = await db.Set<Contact>().AsNoTracking().Where(c => c.ClientId == id).OrderBy(c => c.NameKey).ToListAsync(),
                }
            );
        var found = await db.Set<Client>().AsNoTracking().Served().FirstSaying(db, q, 20);
        return Page<NewQuestionPage>(new { Found = found, Words = q ?? "" });
    }

    private static async Task<IResult> Take(Form form, AppDb db, Actor actor, TimeLimits limits, Screen screen, TimeProvider clock, Go go)
    {
        var client = await db.Set<Client>().One(form.Id("client") ?? throw new Web.NotFound());
        var question = await db.Ask(
            new(client, form.Text("question_text"), form.Text("asked_by"), actor.PersonId, form.Id("product")),
            limits,
            screen.Firm!,
            clock.GetUtcNow().UtcDateTime
        );
        await db.SaveChangesAsync();
        return go.To($"questions/{question.Id}", db, screen.T["question.taken", ("client", client.Name)]);
    }

    private static async Task<IResult> Show(Guid id, AppDb db, Screen screen, IEnumerable<IQuestionSection> sections)
    {
        var question = await db.Set<Question>().AsNoTracking().One(id);
        var client = await db.Set<Client>().AsNoTracking().One(question.ClientId);
        var door = await db.Set<ClientDoor>()
            .AsNoTracking()
            .Where(d => d.ClientId == client.Id)
            .OrderBy(d => d.Id)
            .Select(d => d.Link)
            .FirstOrDefaultAsync();
        var shown = new List<RenderFragment>();
        foreach (var section in sections)
            if (await section.For(question, db, screen) is { } fragment)
                shown.Add(fragment);
        return Page<QuestionPage>(
            new
            {
                Question = question,
                Sections = shown,
                Client = client,
                People = await db.Programmers(),
                Link = door is null ? "" : $"{screen.Root}q/{door}",
                Product = await db.Set<Product>().Where(p => p.Id == question.ProductId).Select(p => p.Name).SingleOrDefaultAsync(),
                Names = await db.NamesOfPeople(),
                Visit = (await db.VisitsFor([id])).GetValueOrDefault(id),
                Before = await db.Set<Question>()
                    .AsNoTracking()
                    .Where(q => q.ClientId == client.Id && q.AskedAt < question.AskedAt)
                    .OrderByDescending(q => q.AskedAt)
                    .Take(Before)
                    .ToListAsync(),
            }
        );
    }

    private static async Task<IResult> Reply(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var question = await db.Set<Question>().One(id);
        var client = await db.Set<Client>().One(question.ClientId);
        if (question.State == QuestionState.Open)
            await form.Seen(db, question, q => [("person", $"{q.PersonId}"), ("state", $"{q.State}")]);
        await db.Answer(question, client, form.Text("answer"), actor.PersonId, Here.Of(screen, clock));
        await db.SaveChangesAsync();
        return go.To($"questions/{id}", db, screen.T["question.answered", ("client", client.Name)]);
    }

    /// <summary>Answered, told to who has to do with it, and sent to the client. The caller saves.</summary>
    internal static async Task Answer(this AppDb db, Question question, Client client, string? answer, Guid? by, Here here)
    {
        question.Reply(answer, by, here.Now);
        db.State(new Fact("question.answered", by, here.Today, question.Id, question.Id, client.Id, $"{question.Title} · {client.Name}"));
        foreach (var person in new[] { question.ManagerId, question.TakenBy, question.PersonId }.OfType<Guid>().Distinct())
            Told(db, question, client, "question_replied", person);
        if (await db.Addressee(client.Id) is { } contact && await db.Set<MailSettings>().AnyAsync())
        {
            var t = new T(client.Language);
            var link = $"{here.Root}q/{(await db.Door(client.Id)).Link}";
            db.Later(
                new Letter(
                    contact.Email,
                    t["letter.subject_answered", ("question", question.Title)],
                    t["letter.answered", ("firm", here.Firm.Name), ("question", question.Text), ("answer", question.Answer), ("link", link)]
                )
                {
                    About = question.About(),
                }.Job()
            );
        }
    }

    private static async Task<IResult> Give(Guid id, Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var question = await db.Set<Question>().One(id);
        var person = await db.Set<Person>().One(form.Id("person") ?? question.PersonId);
        question.GoTo(person.Id, new RouteWhy("hand", person.Name, By: actor.Name));
        Told(db, question, await db.Set<Client>().One(question.ClientId), "question_given", person.Id);
        await db.SaveChangesAsync();
        return go.To($"questions/{id}", db, screen.T["question.given", ("person", person.Name)]);
    }

    internal static void Told(AppDb db, Question question, Client client, string what, Guid? person) =>
        db.Tell(person, "notice." + what, $"questions/{question.Id}", ("client", client.Name), ("question", question.Title));

    /// <summary>The client's door, made when it is first needed.</summary>
    internal static async Task<ClientDoor> Door(this AppDb db, Guid client)
    {
        if (await db.Set<ClientDoor>().OrderBy(d => d.Id).FirstOrDefaultAsync(d => d.ClientId == client) is { } door)
            return door;
        db.Add(door = ClientDoor.Of(client));
        return door;
    }

    /// <summary>The visit that is made for each question, the latest that still stands.</summary>
    internal static async Task<Dictionary<Guid, Visit>> VisitsFor(this AppDb db, IReadOnlyCollection<Guid> questions) =>
        (
            await db.Set<Visit>()
                .AsNoTracking()
                .Where(v => v.QuestionId != null && questions.Contains(v.QuestionId.Value) && v.State != VisitState.Cancelled)
                .ToListAsync()
        )
            .GroupBy(v => v.QuestionId!.Value)
            .ToDictionary(g => g.Key, g => g.MaxBy(v => v.StartsAt)!);
}

/// <summary>What is asked, as it comes in.</summary>
/// <param name="By">Who at the client asks.</param>
