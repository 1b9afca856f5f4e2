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
        api.MapPost("/work/{id:guid}/reverse", Reverse)
            .Needs(Permission.Home)
            .WithSummary("Take an entry back, with the reason, in the first open month; the answer is the reversal");
        api.MapGet("/day", Day)
            .Needs(Permission.Home)
            .WithSummary("One's own day: duties due now, those that come as they come, entries of this week, points of this month");
        api.MapGet("/months", Months).Needs(Permission.Home).WithSummary("The months that are closed, the latest first");
        api.MapPost("/months/{month}/close", Close)
            .Needs(Permission.PayApprove)
            .WithSummary("Close a month for good; where there is a pay scheme, pay/{month}/close does");
        api.MapPost("/work", Log).Needs(Permission.Home).WithSummary("Log a duty of one's own on a day of an open month");
    }

    private static async Task<IReadOnlyList<WorkJson>> List(AppDb db, Actor actor, Screen screen, string? month, Guid? person)
    {
        var asked = month is null ? screen.Month : Api.MonthOf(month);
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

    private static async Task<WorkJson> Reverse(Guid id, WorkReason why, AppDb db, Actor actor, Screen screen) =>
        WorkJson.Of(
            await WorkModule.Reversed(
                db,
                id,
                why.Reason?.Trim() is { Length: > 0 } reason
                    ? reason
                    : throw new Refusal("form.empty", ("field", "field.work_reason")) { Field = "reason" },
                actor,
                screen
            )
        );

    private static async Task<DayJson> Day(AppDb db, Actor actor, Screen screen)
    {
        var day = await MyDay.Of(db, actor.PersonId!.Value, screen.Today);
        return new(
            day.Today,
            [.. day.Due.Select(DayDutyJson.Of)],
            [.. day.AsItComes.Select(DayDutyJson.Of)],
            [.. day.Week.Select(WorkJson.Of)],
            day.Points
        );
    }

    private static async Task<IReadOnlyList<ClosedMonthJson>> Months(AppDb db) =>
        [
            .. (await db.Set<ClosedMonth>().AsNoTracking().OrderByDescending(m => m.Index).ToListAsync()).Select(m => new ClosedMonthJson(
                Month.FromIndex(m.Index).ToString(),
                m.ClosedAt,
                m.ClosedBy
            )),
        ];

    private static async Task<ClosedMonthJson> Close(string month, AppDb db, Actor actor, Screen screen, TimeProvider clock, IMonthEnd end)
    {
        await WorkModule.CloseMonth(db, Api.MonthOf(month), actor, screen, clock, end);
        return (await Months(db))[0];
    }
}

public sealed record WorkReason(string? Reason);

/// <summary>One's own day.</summary>
/// <param name="Points">Of what is recorded in this month.</param>
public sealed record DayJson(
    DateOnly Today,
    IReadOnlyList<DayDutyJson> Due,
    IReadOnlyList<DayDutyJson> AsItComes,
    IReadOnlyList<WorkJson> Week,
    decimal Points
);

/// <param name="Points">Null where no norm is set yet: it cannot be logged.</param>
public sealed record DayDutyJson(Guid Duty, string Number, string Text, Frequency? Frequency, string? Trigger, int? Points)
{
    internal static DayDutyJson Of(MyDay.Item item) =>
        new(item.Duty.Id, item.Duty.Number, item.Duty.Text, item.Duty.Frequency, item.Duty.Trigger, item.Points);
}

public sealed record ClosedMonthJson(string Month, DateTime ClosedAt, Guid? ClosedBy);

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
