using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Work;

/// <summary>The work ledger, for other programs. One's own, unless one sees everybody's pay.</summary>
public static class WorkApi
{
    public static void MapWorkApi(this RouteGroupBuilder api)
    {
        api.MapGet("/work", List)
            .Needs(Permission.Home)
            .WithSummary(
                "Entries of the work ledger recorded in a month (2026-10; without it, the present one), of all one may see or of one person"
            );
        api.MapPost("/work", Log).Needs(Permission.Home).WithSummary("Log a duty of one's own on a day of an open month");
    }

    private static async Task<IReadOnlyList<WorkJson>> List(AppDb db, Actor actor, Screen screen, string? month, Guid? person)
    {
        var asked = month is null
            ? screen.Month
            : Month.Read(month) ?? throw new Refusal("api.month", ("month", month)) { Field = "month" };
        var entries = await db.Set<WorkEntry>()
            .AsNoTracking()
            .SeenBy(actor)
            .Where(w => w.RecordedMonth == asked.Index && (person == null || w.PersonId == person))
            .OrderBy(w => w.DoneOn)
            .ThenBy(w => w.Id)
            .ToListAsync();
        return [.. entries.Select(WorkJson.Of)];
    }

    private static async Task<Created<WorkJson>> Log(WorkLog log, AppDb db, Actor actor, Screen screen)
    {
        var entry = await WorkModule.Logged(db, log, actor, screen.Today);
        return TypedResults.Created((string?)null, WorkJson.Of(entry));
    }
}

/// <summary>A piece of one's own work; without a day, today's.</summary>
public sealed record WorkLog(Guid Duty, DateOnly? On, int? Quantity, string? Note);

/// <summary>An entry of the work ledger as other programs see it.</summary>
public sealed record WorkJson(
    Guid Id,
    Guid Person,
    Guid Duty,
    DateOnly DoneOn,
    string Month,
    int Points,
    int Minutes,
    long QuantityMilli,
    string? Fact,
    string? Condition,
    Guid? Subject,
    Guid? Client,
    string Label,
    Guid? Reverses,
    string? Reason
)
{
    public static WorkJson Of(WorkEntry w) =>
        new(
            w.Id,
            w.PersonId,
            w.DutyId,
            w.DoneOn,
            Kernel.Month.FromIndex(w.RecordedMonth).ToString(),
            w.Points,
            w.Minutes,
            w.QuantityMilli,
            w.Fact,
            w.Condition,
            w.SubjectId,
            w.ClientId,
            w.Label,
            w.Reverses,
            w.Reason
        );
}
