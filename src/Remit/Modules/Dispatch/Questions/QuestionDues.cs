using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Dispatch;

/// <summary>Open questions as dues of whoever has them; those that are late as dues of the manager too.</summary>
internal sealed class QuestionDues : IDueSource
{
    public Permission Needs => Permission.VisitsSee;

    public async Task<IReadOnlyList<Due>> Open(AppDb db, DueAsk ask)
    {
        var firm = await Firm.Of(db);
        var until = firm.Moment(ask.Until.AddDays(1));
        var open = db.Set<Question>().AsNoTracking().Where(q => q.State == QuestionState.Open && q.DueAt < until);
        if (ask.PersonId is { } person)
            open = open.Where(q => q.PersonId == person || (q.ManagerId == person && q.EscalatedAt != null));
        var rows = await open.Join(db.Set<Client>(), q => q.ClientId, c => c.Id, (q, c) => new { Question = q, c.Name })
            .OrderBy(r => r.Question.DueAt)
            .Take(ask.Most)
            .ToListAsync();
        return
        [
            .. rows.Select(r => new Due(
                r.Question.EscalatedAt is null ? "question" : "question_late",
                r.Question.Id,
                $"{r.Question.Title} · {r.Name}",
                firm.Day(r.Question.DueAt),
                ask.PersonId ?? r.Question.PersonId,
                $"questions/{r.Question.Id}",
                Urgent: r.Question.EscalatedAt is not null
            )),
        ];
    }
}

/// <summary>At the hour by which a question was to be answered: if it is not, the manager hears of it; and as much time later, whoever is above.</summary>
internal sealed class LateQuestion : IJobHandler
{
    public const string Name = "question.late";

    public sealed record Of(Guid Question, bool Above = false);

    public string Kind => Name;

    public async Task Run(JobWork work)
    {
        var (id, above) = work.Job.Read<Of>();
        if (
            await work.Db.Set<Question>().SingleOrDefaultAsync(q => q.Id == id) is not { State: QuestionState.Open } question
            || question.EscalatedAt is null == above
        )
            return;
        // A visit is agreed: it is late only when that has passed without an answer.
        if ((await work.Db.VisitsFor([id])).GetValueOrDefault(id) is { IsAhead: true } visit && work.Firm.Moment(visit.EndsAt) > work.Now)
        {
            work.Db.Later(Job.Of(Name, new Of(id, above), work.Firm.Moment(visit.EndsAt).AddHours(1)));
            return;
        }
        question.Escalate(work.Now);
        var client = await work.Db.Set<Client>().AsNoTracking().SingleAsync(c => c.Id == question.ClientId);
        var hear =
            !above && question.ManagerId is { } manager
                ? [manager]
                : await work.Db.AboveOf(question.ManagerId ?? question.PersonId, work.Today);
        if (!above && question.ManagerId is not null)
            work.Db.Later(Job.Of(Name, new Of(id, Above: true), work.Now + Again(question)));
        // Who was told at first is not told again.
        foreach (var person in above ? hear.Where(o => o != question.ManagerId) : hear.Append(question.PersonId).Distinct())
            QuestionEndpoints.Told(work.Db, question, client, "question_late", person);
    }

    // Half of what was allowed, between an hour and a day.
    private static TimeSpan Again(Question question) =>
        TimeSpan.FromHours(Math.Clamp((question.DueAt - question.AskedAt).TotalHours / 2, 1, 24));
}

/// <summary>Questions that a person is still to answer.</summary>
internal sealed class QuestionHolding : IHolding
{
    public string Name => "questions";
    public Permission? HandsOver => Permission.VisitsEdit;

    public async Task<IReadOnlyList<Held>> Of(AppDb db, Guid person, DateOnly today) =>
        [
            .. (
                await db.Set<Question>()
                    .AsNoTracking()
                    .Where(q => q.PersonId == person && q.State == QuestionState.Open)
                    .OrderBy(q => q.DueAt)
                    .ToListAsync()
            ).Select(q => new Held(q.Id, q.Title, $"questions/{q.Id}")),
        ];

    public async Task HandOver(AppDb db, IReadOnlyCollection<Guid> ids, Guid to, DateOnly today)
    {
        var person = await db.Set<Person>().One(to);
        foreach (var question in await db.Set<Question>().Where(q => ids.Contains(q.Id)).ToListAsync())
        {
            question.GoTo(to, new RouteWhy("hand", person.Name, By: db.Actor.Name));
            QuestionEndpoints.Told(db, question, await db.Set<Client>().One(question.ClientId), "question_given", to);
        }
    }
}
