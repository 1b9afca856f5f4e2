using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties.Complexity;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Duties;

/// <summary>Grading, for other programs: by criteria, or two duties at a time.</summary>
internal static class ComplexityApi
{
    public static void MapComplexityApi(this RouteGroupBuilder api)
    {
        api.MapPost("/duties/{id:guid}/grade", Mark)
            .Needs(Permission.DutiesEdit)
            .WithSummary("Marks by criteria, 1 to 5 each; they make the complexity and, where there is a time, the points from a day on");
        api.MapGet("/positions/{id:guid}/comparison", Compare)
            .Needs(Permission.DutiesEdit)
            .WithSummary(
                "The duties of a position weighed two at a time: how far, whether the judgments agree, and the grades that follow"
            );
        api.MapPost("/positions/{id:guid}/comparison", Judge)
            .Needs(Permission.DutiesEdit)
            .WithSummary("One judgment: the harder duty is so many times as hard as the other, 1 to 9; said again it replaces the word");
        api.MapPost("/positions/{id:guid}/comparison/take", Take)
            .Needs(Permission.DutiesEdit)
            .WithSummary("Make the grades of the comparison norms from a day on, without one from this month on");
    }

    private static async Task<DutyJson> Mark(Guid id, DutyMarks marks, AppDb db, Screen screen, HttpContext http)
    {
        var from = marks.From ?? screen.Month.First;
        var (line, _, _) = await ComplexityEndpoints.Marked(
            db,
            id,
            from,
            (marks.Knowledge, marks.Responsibility, marks.Communication, marks.Routine)
        );
        return await DutyApi.Whole(db, http, line.Duty, from);
    }

    private static async Task<ComparisonJson> Compare(Guid id, AppDb db, Screen screen)
    {
        await db.Set<Position>().AsNoTracking().One(id);
        return ComparisonJson.Of(await ComplexityEndpoints.Load(db, id, screen.Today));
    }

    private static async Task<ComparisonJson> Judge(Guid id, PairJudged said, AppDb db, Screen screen)
    {
        await ComplexityEndpoints.Judged(db, id, (said.Harder, said.Easier), said.Times, rightIsHarder: false, screen.Today);
        return await Compare(id, db, screen);
    }

    private static async Task<ComparisonJson> Take(Guid id, DateOnly? from, AppDb db, Screen screen)
    {
        await ComplexityEndpoints.Taken(db, id, from ?? screen.Month.First);
        return await Compare(id, db, screen);
    }
}

/// <summary>Marks of a duty, 1 (least) to 5 (most); routine counts the other way round.</summary>
public sealed record DutyMarks(int Knowledge, int Responsibility, int Communication, int Routine, DateOnly? From);

/// <param name="Times">1: alike.</param>
public sealed record PairJudged(Guid Harder, Guid Easier, int Times);

/// <summary>A comparison as it stands.</summary>
/// <param name="Enough">So many judgments give a grade to each, and show contradictions.</param>
/// <param name="Inconsistency">0 where all judgments agree; above 0.10 they contradict each other.</param>
/// <param name="Next">The pair to be judged next; null where all are.</param>
/// <param name="LookAgain">The pair farthest from what all the others say, where they contradict each other.</param>
public sealed record ComparisonJson(
    int Judged,
    int Enough,
    int All,
    double Inconsistency,
    bool Agrees,
    PairJson? Next,
    PairJson? LookAgain,
    IReadOnlyList<WeighedJson> Result
)
{
    public static ComparisonJson Of(Comparison c) =>
        new(
            c.Judged,
            c.Enough,
            c.All,
            Math.Round(c.Ratio, 4),
            c.Agrees,
            c.Next is { } next ? Pair(next) : null,
            !c.Agrees && c.MostContradictory is { } worst ? Pair(worst.Pair) : null,
            [.. c.Result.Select(w => new WeighedJson(w.Line.Duty.Id, Math.Round(w.Factor, 4), w.Grade, w.Points))]
        );

    private static PairJson Pair(Pair pair) => new(pair.Left.Duty.Id, pair.Right.Duty.Id);
}

public sealed record PairJson(Guid Left, Guid Right);

/// <param name="Factor">How complex beside the average of the compared.</param>
/// <param name="Points">Null where no time is set yet.</param>
public sealed record WeighedJson(Guid Duty, double Factor, int Grade, int? Points);
