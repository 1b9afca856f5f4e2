using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Dispatch;

/// <summary>Visits, for other programs.</summary>
public static class VisitsApi
{
    private const int MostDays = 366;

    public static void MapVisitsApi(this RouteGroupBuilder api)
    {
        api.MapGet("/visits", List)
            .Needs(Permission.VisitsSee)
            .WithSummary("Visits from one day to another, both included; without days, the seven from today");
        api.MapPost("/visits", Plan).Needs(Permission.VisitsEdit).WithSummary("Plan a visit; starts_at is the firm's local time");
        api.MapGet("/visits/{id:guid}", Read).Needs(Permission.VisitsSee).WithSummary("One visit");
        api.MapPost("/visits/{id:guid}/confirm", Confirm)
            .Needs(Permission.VisitsEdit)
            .WithSummary("The client has agreed; said by somebody else than the one who planned it");
        api.MapPost("/visits/{id:guid}/accept", Accept).Needs(Permission.VisitsEdit).WithSummary("The programmer comes at this time");
        api.MapPatch("/visits/{id:guid}", Move)
            .Needs(Permission.VisitsEdit)
            .WithSummary("Another time or another programmer, from the version that was read; both sides are asked anew");
        api.MapPost("/visits/{id:guid}/finish", Finish)
            .Needs(Permission.VisitsEdit)
            .WithSummary(
                "It was done: minutes worked and what was done. One that is finished is corrected until it is billed, from the version that was read"
            );
        api.MapPost("/visits/{id:guid}/cancel", Cancel)
            .Needs(Permission.VisitsEdit)
            .WithSummary("It does not take place; both sides are told");
        api.MapGet("/visits/{id:guid}/times", Times)
            .Needs(Permission.VisitsSee)
            .WithSummary(
                "When its programmer is free in the next days, the firm's local time: what client and programmer choose another time from"
            );
        api.MapGet("/visits/{id:guid}/links", Links)
            .Needs(Permission.VisitsEdit)
            .WithSummary("The addresses by which client and programmer give their word without signing in");
    }

    private static async Task<IReadOnlyList<VisitJson>> List(AppDb db, Screen screen, DateOnly? from, DateOnly? to, Guid? programmer)
    {
        var first = from ?? screen.Today;
        var last = to ?? (first.IsPlausible() ? first.AddDays(6) : first);
        Must(
            first.IsPlausible() && last.IsPlausible() && last >= first && last.DayNumber - first.DayNumber < MostDays,
            "visit.span",
            ("days", MostDays)
        );
        var visits = await db.Set<Visit>()
            .AsNoTracking()
            .Between(first, last)
            .Where(v => programmer == null || v.ProgrammerId == programmer)
            .ToListAsync();
        return [.. visits.Select(VisitJson.Of)];
    }

    private static async Task<Created<VisitJson>> Plan(
        VisitPlan plan,
        AppDb db,
        Actor actor,
        Screen screen,
        TimeProvider clock,
        HttpContext http
    )
    {
        Must(plan.StartsAt.Kind == DateTimeKind.Unspecified, "visit.local_time");
        var visit = await DispatchModule.Planned(db, plan, actor, screen, clock);
        return TypedResults.Created($"{screen.Base}api/v1/visits/{visit.Id}", VisitJson.Of(http.Tagged(visit)));
    }

    private static async Task<VisitJson> Read(Guid id, AppDb db, HttpContext http) =>
        VisitJson.Of(http.Tagged(await db.Set<Visit>().One(id)));

    private static async Task<VisitJson> Confirm(Guid id, AppDb db, Actor actor, Screen screen, TimeProvider clock, HttpContext http)
    {
        var visit = await db.Set<Visit>().One(id);
        await ProgrammerLink.ConfirmFor(db, visit, actor, Here.Of(screen, clock));
        return VisitJson.Of(http.Tagged(visit));
    }

    private static async Task<VisitJson> Accept(Guid id, AppDb db, Screen screen, TimeProvider clock, HttpContext http)
    {
        var visit = await db.Set<Visit>().One(id);
        await VisitWord.Agreed(db, visit, await db.Set<Client>().One(visit.ClientId), Side.Programmer, Here.Of(screen, clock));
        return VisitJson.Of(http.Tagged(visit));
    }

    private static async Task<VisitJson> Move(Guid id, VisitMove wanted, AppDb db, Screen screen, TimeProvider clock, HttpContext http)
    {
        var visit = await db.Set<Visit>().One(id);
        http.MustMatch(db, visit, wanted.Version);
        Must(wanted.StartsAt is not { Kind: not DateTimeKind.Unspecified }, "visit.local_time");
        await DispatchModule.Moved(db, visit, wanted.StartsAt ?? visit.StartsAt, wanted.Programmer ?? visit.ProgrammerId, screen, clock);
        return VisitJson.Of(http.Tagged(visit));
    }

    private static async Task<VisitJson> Finish(Guid id, VisitDone done, AppDb db, Screen screen, TimeProvider clock, HttpContext http)
    {
        await db.StartWriting();
        var visit = await db.Set<Visit>().One(id);
        await db.Finish(visit, done.Minutes, done.Works, http.MayMatch(db, visit, done.Version), Here.Of(screen, clock));
        return VisitJson.Of(http.Tagged(visit));
    }

    private static async Task<VisitJson> Cancel(Guid id, AppDb db, Screen screen, HttpContext http)
    {
        var visit = await db.Set<Visit>().One(id);
        http.MayMatch(db, visit, null);
        await DispatchModule.Cancelled(db, visit, screen);
        return VisitJson.Of(http.Tagged(visit));
    }

    private static async Task<IReadOnlyList<string>> Times(Guid id, AppDb db, Screen screen, FreeTimes free)
    {
        var visit = await db.Set<Visit>().AsNoTracking().One(id);
        return [.. (await VisitWord.Times(db, visit, screen.Firm!, free)).Select(VisitJson.Local)];
    }

    private static async Task<VisitLinksJson> Links(Guid id, AppDb db, Screen screen)
    {
        var visit = await db.Set<Visit>().AsNoTracking().One(id);
        return new($"{screen.Root}v/{visit.Link}", visit.HasProgrammer ? $"{screen.Root}p/{visit.ProgrammerLink}" : null);
    }
}

/// <summary>What of a visit changes; what is not named stays. starts_at is the firm's local time.</summary>
/// <param name="Programmer">All zeros: nobody yet.</param>
public sealed record VisitMove(DateTime? StartsAt, Guid? Programmer, int? Version);

/// <summary>Minutes worked and what was done.</summary>
public sealed record VisitDone(int Minutes, string? Works, int? Version);

/// <param name="Programmer">Null where nobody goes yet.</param>
public sealed record VisitLinksJson(string Client, string? Programmer);

/// <summary>A visit as it is planned, in a form or by another program.</summary>
public sealed record VisitPlan
{
    public Guid Client { get; init; }
    public Guid Programmer { get; init; }
    public DateTime StartsAt { get; init; }
    public int Duration { get; init; }
    public bool Remote { get; init; }
    public string? Subject { get; init; }

    /// <summary>The client's question it is made for, if one is.</summary>
    public Guid? Question { get; init; }
}

/// <summary>A visit as other programs see it; its times are the firm's local ones.</summary>
public sealed record VisitJson(
    Guid Id,
    Guid Client,
    Guid Programmer,
    string StartsAt,
    int Duration,
    bool Remote,
    string Subject,
    VisitState State,
    DateTime? AcceptedAt,
    int WorkedMinutes,
    string Works,
    int Version
)
{
    public static VisitJson Of(Visit v) =>
        new(
            v.Id,
            v.ClientId,
            v.ProgrammerId,
            Local(v.StartsAt),
            v.PlannedMinutes,
            v.Remote,
            v.Subject,
            v.State,
            v.AcceptedAt,
            v.WorkedMinutes,
            v.Works,
            v.Version
        );

    internal static string Local(DateTime at) => at.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
