using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Pay.Quality;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Pay;

/// <summary>From draft to paid, for other programs: statements, questions about them, corrections, and the sample that is checked.</summary>
internal static class StatementsApi
{
    public static void MapStatementsApi(this RouteGroupBuilder api)
    {
        api.MapGet("/pay/{month}/statements", List)
            .Needs(Permission.PaySeeOwn)
            .WithSummary("How far each statement of a month is, one's own or all; why an amount is what it is says pay/{month}");
        api.MapPost("/pay/{month}/close", Close)
            .Needs(Permission.PayApprove)
            .WithSummary("Close a month for good, so that its statements can be approved");
        var one = api.MapGroup("/pay/{month}/{person:guid}");
        one.MapPost("/seen", Seen).Needs(Permission.PaySeeOwn).WithSummary("One has looked at one's own statement as it is now");
        one.MapPost("/approve", Approve)
            .Needs(Permission.PayApprove)
            .WithSummary("Approve a statement of a closed month as it was seen; 409 where it has changed since, and it is a draft again");
        one.MapPost("/paid", Paid).Needs(Permission.PayApprove).WithSummary("An approved statement is paid");
        one.MapGet("/questions", Questions).Needs(Permission.PaySeeOwn).WithSummary("Questions about a statement, with their answers");
        one.MapPost("/questions", Ask).Needs(Permission.PaySeeOwn).WithSummary("Ask about one's own statement, or about an entry of it");
        api.MapPost("/pay/questions/{id:guid}/answer", Answer)
            .Needs(Permission.PayEdit)
            .WithSummary("Answer a question; whoever asked is told");
        one.MapGet("/corrections", Corrections).Needs(Permission.PaySeeOwn).WithSummary("Corrections of a month, approved or not");
        one.MapPost("/corrections", Correct)
            .Needs(Permission.PayEdit)
            .WithSummary("An amount by hand with its reason; it counts once approved. Below zero it names the correction it takes back");
        api.MapPost("/pay/corrections/{id:guid}/approve", ApproveCorrection)
            .Needs(Permission.PayApprove)
            .WithSummary("Approve a correction that another made");
        api.MapGet("/pay/{month}/samples", Sampled)
            .Needs(Permission.PayApprove)
            .WithSummary("The entries of a closed month that were drawn to be checked");
        api.MapPost("/pay/samples/{entry:guid}", Check)
            .Needs(Permission.PayApprove)
            .WithSummary("The word on an entry of the sample: good, or failed with the reason, which reverses it");
    }

    private static async Task<IReadOnlyList<StatementJson>> List(string month, Guid? person, AppDb db, Screen screen, Actor actor)
    {
        var whose = actor.Can(Permission.PaySeeAll) ? person : person ?? actor.PersonId;
        Slips.Find(whose == actor.PersonId || actor.Can(Permission.PaySeeAll));
        return [.. (await PayRun.Load(db, Api.MonthOf(month), screen.Firm!, whose)).Select(slip => StatementJson.Of(slip, screen.T))];
    }

    private static async Task<ClosedMonthJson> Close(string month, AppDb db, Screen screen, Actor actor, TimeProvider clock)
    {
        var closed = Api.MonthOf(month);
        await PayEndpoints.CloseMonth(db, closed, screen, actor, clock);
        var row = await db.Set<ClosedMonth>().AsNoTracking().SingleAsync(m => m.Index == closed.Index);
        return new(closed.ToString(), row.ClosedAt, row.ClosedBy);
    }

    private static async Task<StatementJson> Seen(Guid person, string month, AppDb db, Screen screen, Actor actor, TimeProvider clock)
    {
        await Slips.Saw(db, screen, actor, person, month, clock.GetUtcNow().UtcDateTime);
        return await Read(person, month, db, screen, actor);
    }

    private static async Task<StatementJson> Approve(Guid person, string month, AppDb db, Screen screen, Actor actor, TimeProvider clock)
    {
        var (slip, asSeen) = await Slips.Approved(db, screen, actor, person, month, clock.GetUtcNow().UtcDateTime);
        return asSeen
            ? await Read(person, month, db, screen, actor)
            : throw new Refused(409, new Refusal("statement.changed", ("name", slip.Name)));
    }

    private static async Task<StatementJson> Paid(Guid person, string month, AppDb db, Screen screen, Actor actor, TimeProvider clock)
    {
        await Slips.Paid(db, screen, actor, person, month, clock.GetUtcNow().UtcDateTime);
        return await Read(person, month, db, screen, actor);
    }

    private static async Task<StatementJson> Read(Guid person, string month, AppDb db, Screen screen, Actor actor) =>
        StatementJson.Of((await Slips.One(db, screen, actor, person, month)).Slip, screen.T);

    private static async Task<IReadOnlyList<PayQuestionJson>> Questions(Guid person, string month, AppDb db, Screen screen, Actor actor)
    {
        var (slip, _) = await Slips.One(db, screen, actor, person, month);
        var asked = await db.Set<Dispute>()
            .AsNoTracking()
            .Where(d => slip.Statement != null && d.StatementId == slip.Statement.Id)
            .OrderBy(d => d.AskedAt)
            .ToListAsync();
        return [.. asked.Select(PayQuestionJson.Of)];
    }

    private static async Task<Created<PayQuestionJson>> Ask(
        Guid person,
        string month,
        NewPayQuestion wanted,
        AppDb db,
        Screen screen,
        Actor actor,
        TimeProvider clock
    ) =>
        TypedResults.Created(
            (string?)null,
            PayQuestionJson.Of(
                (await CorrectionEndpoints.Asked(db, screen, actor, (person, month), wanted.Entry, wanted.Question, clock)).Asked
            )
        );

    private static async Task<PayQuestionJson> Answer(Guid id, PayAnswer said, AppDb db, Actor actor) =>
        PayQuestionJson.Of((await CorrectionEndpoints.Answered(db, id, said.Answer, actor)).Asked);

    private static async Task<IReadOnlyList<CorrectionJson>> Corrections(Guid person, string month, AppDb db, Screen screen, Actor actor)
    {
        var (slip, _) = await Slips.One(db, screen, actor, person, month);
        var index = slip.Input.Month.Index;
        var rows = await db.Set<PayCorrection>()
            .AsNoTracking()
            .Where(c => c.PersonId == person && c.MonthIndex == index)
            .OrderBy(c => c.Id)
            .ToListAsync();
        return [.. rows.Select(CorrectionJson.Of)];
    }

    private static async Task<Created<CorrectionJson>> Correct(
        Guid person,
        string month,
        NewCorrection wanted,
        AppDb db,
        Screen screen,
        Actor actor
    ) =>
        TypedResults.Created(
            (string?)null,
            CorrectionJson.Of((await CorrectionEndpoints.Corrected(db, screen, actor, (person, month), wanted)).Made)
        );

    private static async Task<CorrectionJson> ApproveCorrection(Guid id, AppDb db, Screen screen, Actor actor) =>
        CorrectionJson.Of((await CorrectionEndpoints.Approved(db, screen, actor, id)).Approved);

    private static async Task<IReadOnlyList<SampledJson>> Sampled(string month, AppDb db) =>
        [.. (await Samples.Of(db, Api.MonthOf(month))).Select(SampledJson.Of)];

    private static async Task<SampledJson> Check(Guid entry, Verdict said, AppDb db, Screen screen, Actor actor, TimeProvider clock)
    {
        var (_, month) = await CheckEndpoints.Checked(db, entry, said.Word, said.Reason, screen, actor, clock);
        return SampledJson.Of((await Samples.Of(db, month)).First(s => s.Entry.Id == entry));
    }
}

/// <summary>How far a person's statement is.</summary>
/// <param name="Total">Null where no scheme or salary lets it be computed; <paramref name="Problem"/> says why.</param>
public sealed record StatementJson(
    Guid Person,
    string Name,
    string Month,
    StatementState State,
    Amount? Total,
    Amount? Held,
    string? Problem,
    DateTime? SeenAt,
    DateTime? ApprovedAt,
    DateTime? PaidAt
)
{
    internal static StatementJson Of(PaySlip slip, T t)
    {
        var (sums, problem) = slip.Sum();
        return new(
            slip.Input.Person,
            slip.Name,
            slip.Input.Month.ToString(),
            slip.Statement?.State ?? StatementState.Draft,
            slip.Fixed ?? sums?.Total,
            sums?.Held,
            problem is null ? null : t.Of(problem),
            slip.Statement?.SeenAt,
            slip.Statement?.ApprovedAt,
            slip.Statement?.PaidAt
        );
    }
}

/// <param name="Entry">The entry of the work ledger it is about; left out, the whole statement.</param>
public sealed record NewPayQuestion(string? Question, Guid? Entry);

public sealed record PayAnswer(string? Answer);

public sealed record PayQuestionJson(
    Guid Id,
    string Question,
    string About,
    Guid? Entry,
    DateTime AskedAt,
    string? Answer,
    Guid? AnsweredBy
)
{
    public static PayQuestionJson Of(Dispute d) => new(d.Id, d.Question, d.About, d.EntryId, d.AskedAt, d.Answer, d.AnsweredBy);
}

/// <summary>An amount by hand, in minor units.</summary>
/// <param name="Reverses">The approved correction that a minus takes back.</param>
/// <param name="Question">The answered question it settles.</param>
public sealed record NewCorrection(long Minor, string? Reason, Guid? Reverses, Guid? Question);

/// <param name="ApprovedBy">Null while it waits and does not count.</param>
public sealed record CorrectionJson(Guid Id, long Minor, string Reason, Guid MadeBy, Guid? ApprovedBy, Guid? Reverses, Guid? Question)
{
    public static CorrectionJson Of(PayCorrection c) => new(c.Id, c.Minor, c.Reason, c.MadeBy, c.ApprovedBy, c.Reverses, c.DisputeId);
}

/// <param name="Word">good or failed.</param>
/// <param name="Reason">What is wrong, where it failed.</param>
public sealed record Verdict(string? Word, string? Reason);

/// <param name="Waits">It is still to be checked.</param>
public sealed record SampledJson(
    Guid Entry,
    Guid Person,
    Guid Duty,
    DateOnly DoneOn,
    string Label,
    bool Waits,
    bool? Failed,
    string? Reason
)
{
    internal static SampledJson Of(Sampled s) =>
        new(s.Entry.Id, s.Entry.PersonId, s.Entry.DutyId, s.Entry.DoneOn, s.Entry.Label, s.Waits, s.Check?.Failed, s.Check?.Reason);
}
