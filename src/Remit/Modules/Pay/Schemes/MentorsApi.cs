using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Pay;

/// <summary>Who is whose mentor, and on what terms, for other programs.</summary>
internal static class MentorsApi
{
    public static void MapMentorsApi(this RouteGroupBuilder api)
    {
        api.MapGet("/pay/mentors", List).Needs(Permission.PayEdit).WithSummary("Mentors and their terms, the latest first");
        api.MapPost("/pay/mentors", Add)
            .Needs(Permission.PayEdit)
            .WithSummary(
                "A mentor from a day of an open month, without one from today, for three months or to a day: a sum for a day, a share, a bonus for a result"
            );
        api.MapPost("/pay/mentors/{id:guid}/end", End)
            .Needs(Permission.PayEdit)
            .WithSummary("An earlier last day; without one, today. What a closed month was paid by stays");
    }

    private static async Task<IReadOnlyList<MentoringJson>> List(AppDb db) =>
        [
            .. (await db.Set<Mentoring>().AsNoTracking().OrderByDescending(m => m.From).ThenBy(m => m.Id).ToListAsync()).Select(
                MentoringJson.Of
            ),
        ];

    private static async Task<Created<MentoringJson>> Add(NewMentoring wanted, AppDb db, Screen screen)
    {
        var (term, _, _) = await TermEndpoints.Mentored(db, wanted, screen);
        return TypedResults.Created((string?)null, MentoringJson.Of(term));
    }

    private static async Task<MentoringJson> End(Guid id, MentoringEnd last, AppDb db, Screen screen, HttpContext http)
    {
        var term = await db.Set<Mentoring>().One(id);
        http.MayMatch(db, term, null);
        return MentoringJson.Of(http.Tagged(await TermEndpoints.Ended(db, term, last.On ?? screen.Today)));
    }
}

/// <summary>The terms of a mentor, in a form or by another program. At least one of the three sums is above zero.</summary>
/// <param name="ShareBasisPoints">Of what the trainee's work earned: 1000 is 10 %.</param>
/// <param name="BonusMinor">Paid once, in the first month in which the trainee's result reaches the target.</param>
/// <param name="Result">What it is measured by: <c>points</c>, or the code of an indicator of one's own.</param>
/// <param name="TargetMilli">Thousandths.</param>
public sealed record NewMentoring(
    Guid Mentor,
    Guid Trainee,
    DateOnly? From,
    DateOnly? To,
    long PerDayMinor = 0,
    int ShareBasisPoints = 0,
    long BonusMinor = 0,
    string? Result = null,
    long TargetMilli = 0
);

public sealed record MentoringEnd(DateOnly? On);

/// <param name="Result">Null where no bonus is agreed.</param>
public sealed record MentoringJson(
    Guid Id,
    Guid Mentor,
    Guid Trainee,
    DateOnly From,
    DateOnly To,
    long PerDayMinor,
    int ShareBasisPoints,
    long BonusMinor,
    string? Result,
    long TargetMilli,
    int Version
)
{
    public static MentoringJson Of(Mentoring m) =>
        new(
            m.Id,
            m.MentorId,
            m.TraineeId,
            m.From,
            m.To,
            m.PerDayMinor,
            m.ShareBasisPoints,
            m.BonusMinor,
            m.ResultCode.Length > 0 ? m.ResultCode : null,
            m.ResultMilli,
            m.Version
        );
}
