using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Dispatch;

/// <summary>A question as it comes in: by a call that somebody writes down, by the client's link, by mail.</summary>
/// <param name="AskedBy">Who at the client asks, as they called themselves.</param>
/// <param name="TakenBy">Who wrote it down; null where the client did.</param>
public sealed record AskedQuestion(Client Client, string? Text, string? AskedBy, Guid? TakenBy = null, Guid? ProductId = null)
{
    public bool ByMail { get; init; }

    /// <summary>What was answered before and is asked about again: it goes to the same person.</summary>
    public Question? Again { get; init; }
}

/// <summary>Written down, given to somebody, and watched.</summary>
public static class AskedQuestions
{
    public const int MostOpen = 20;

    /// <summary>Whether so many questions of this client are open that no more are taken unseen.</summary>
    public static async Task<bool> AreMany(this AppDb db, Guid client) =>
        await db.Set<Question>().CountAsync(q => q.ClientId == client && q.State == QuestionState.Open) >= MostOpen;

    /// <summary>Saved by the caller.</summary>
    public static async Task<Question> Ask(this AppDb db, AskedQuestion asked, TimeLimits limits, Firm firm, DateTime now)
    {
        await db.StartWriting();
        var client = asked.Client;
        var product =
            (asked.ProductId ?? asked.Again?.ProductId) is { } id ? await db.Set<Product>().One(id)
            : asked.ByMail ? await OnlyProduct(db, client.Id)
            : null;
        var dueAt = firm.Moment(
            Terms.Until(
                firm.Local(now),
                (await limits.For(db, client, firm.Day(now))).Hours,
                await DispatchSettings.Now(db),
                await db.WorkDays(firm.Country)
            )
        );
        var question = Question.Ask(
            client.Id,
            product?.Id,
            asked.Text,
            asked.AskedBy,
            asked.TakenBy,
            client.OwnerId ?? asked.TakenBy,
            now,
            dueAt
        );
        if (asked.ByMail)
            question.CameByMail();
        var (person, why) = await Same(db, asked.Again) ?? await Routing.For(db, client.Id, product, firm.Day(now));
        question.GoTo(person, why);
        db.Add(question);
        await db.Door(client.Id);
        db.State(
            new Fact(
                "question.asked",
                asked.TakenBy,
                firm.Day(now),
                question.Id,
                question.Id,
                client.Id,
                $"{question.Title} · {client.Name}"
            )
        );
        QuestionEndpoints.Told(db, question, client, "question_given", person);
        if (asked.TakenBy is null)
            QuestionEndpoints.Told(db, question, client, "question_came", question.ManagerId);
        db.Later(Job.Of(LateQuestion.Name, new LateQuestion.Of(question.Id), dueAt));
        return question;
    }

    /// <summary>Where an answer to a letter about this question belongs.</summary>
    public static LetterAbout About(this Question question) =>
        new("question", question.Id, $"questions/{question.Id}", question.ClientId, question.PersonId);

    // A letter names no product; where the client uses one, it is about that.
    private static async Task<Product?> OnlyProduct(AppDb db, Guid client) =>
        await db.Set<ClientProduct>().Where(u => u.ClientId == client).Select(u => u.ProductId).Distinct().Take(2).ToListAsync()
            is [var only]
            ? await db.Set<Product>().SingleOrDefaultAsync(p => p.Id == only)
            : null;

    private static async Task<(Guid Person, RouteWhy Why)?> Same(AppDb db, Question? before) =>
        before is not null
        && await db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == before.PersonId && p.Active) is { } person
            ? (person.Id, new RouteWhy("again", person.Name))
            : null;
}
