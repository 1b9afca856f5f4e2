using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Meetings.Goals;
using Remit.Modules.People;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Meetings;

/// <summary>Decisions and goals, for other programs.</summary>
public static class MeetingsApi
{
    public static void MapMeetingsApi(this RouteGroupBuilder api)
    {
        api.MapGet("/decisions", Decisions)
            .Needs(Permission.MeetingsSee)
            .WithSummary("Decisions of the meetings one is in; open ones unless a state is named");
        api.MapPost("/decisions", Take)
            .Needs(Permission.MeetingsSee)
            .WithSummary("Take a decision at a meeting that is not closed; it becomes a task");
        api.MapPost("/decisions/{id:guid}/close", Close)
            .Needs(Permission.MeetingsSee)
            .WithSummary("Close a decision as Done, or as Dropped with the reason; its task is ticked off");
        api.MapGet("/goals", Goals)
            .Needs(Permission.MeetingsSee)
            .WithSummary("Goals with what their measure says today; running ones unless a state is named");
        api.MapPost("/goals", Set)
            .Needs(Permission.MeetingsSee)
            .WithSummary("Set a goal; measure is hand, indicator:CODE, fact:CODE or duty:ID");
        api.MapGet("/goals/{id:guid}", Goal).Needs(Permission.MeetingsSee).WithSummary("One goal");
        api.MapPost("/goals/{id:guid}/close", CloseGoal)
            .Needs(Permission.MeetingsSee)
            .WithSummary("Close a goal as Reached, Missed or Dropped with its result");
    }

    private static async Task<IReadOnlyList<DecisionJson>> Decisions(AppDb db, Actor actor, Screen screen, DecisionState? state)
    {
        var wanted = state ?? DecisionState.Open;
        return
        [
            .. (
                await Agenda.Decisions(db, db.Set<Decision>().SeenBy(db, actor, screen.Today).Where(d => d.State == wanted), screen.Today)
            ).Select(DecisionJson.Of),
        ];
    }

    private static async Task<Created<DecisionJson>> Take(DecisionBody body, AppDb db, Actor actor, Screen screen, TimeProvider clock)
    {
        var decision = await DecisionEndpoints.Taken(
            db,
            body.Meeting,
            new(body.Text, await HandOf(db, body.Person, body.Position), body.DueOn, null),
            actor,
            screen,
            clock
        );
        return TypedResults.Created($"{screen.Base}api/v1/decisions", DecisionJson.Of((await One(db, decision.Id, screen))));
    }

    private static async Task<DecisionJson> Close(Guid id, CloseBody body, AppDb db, Actor actor, Screen screen, TimeProvider clock)
    {
        var how = Named.Of<DecisionState>(body.State) is (DecisionState.Done or DecisionState.Dropped) and { } state
            ? state
            : throw new Refusal("decision.how");
        await DecisionEndpoints.Closed(db, id, how, body.Result, actor, screen, clock);
        return DecisionJson.Of(await One(db, id, screen));
    }

    private static async Task<IReadOnlyList<GoalJson>> Goals(AppDb db, Actor actor, Screen screen, GoalState? state)
    {
        var wanted = state ?? GoalState.Running;
        return
        [
            .. (await GoalViews.Of(db, db.Set<Goal>().SeenBy(db, actor, screen.Today).Where(g => g.State == wanted), screen.Today)).Select(
                GoalJson.Of
            ),
        ];
    }

    private static async Task<Created<GoalJson>> Set(GoalBody body, AppDb db, Actor actor, Screen screen)
    {
        Hand? whose =
            body.Firm ? null
            : body.Person is null && body.Position is null ? new Hand(actor.PersonId, null)
            : await HandOf(db, body.Person, body.Position);
        GoalEndpoints.MaySetFor(whose, actor);
        var measure = Measure.Read(body.Measure) ?? throw new Refusal("goal.no_measure");
        Must(Math.Abs(body.Start) <= 1_000_000_000 && Math.Abs(body.Target) <= 1_000_000_000, "goal.number");
        var goal = await GoalEndpoints.Set(
            db,
            new(
                body.Text,
                body.Reason,
                body.Way,
                measure,
                body.Unit,
                (long)(body.Start * 1000),
                (long)(body.Target * 1000),
                body.By,
                whose
            ),
            actor,
            screen
        );
        return TypedResults.Created($"{screen.Base}api/v1/goals/{goal.Id}", await View(db, goal.Id, actor, screen));
    }

    private static Task<GoalJson> Goal(Guid id, AppDb db, Actor actor, Screen screen) => View(db, id, actor, screen);

    private static async Task<GoalJson> CloseGoal(Guid id, CloseBody body, AppDb db, Actor actor, Screen screen)
    {
        var how = Named.Of<GoalState>(body.State) ?? throw new Refusal("goal.how");
        await GoalEndpoints.Closed(db, id, how, body.Result, actor, screen);
        return await View(db, id, actor, screen);
    }

    private static async Task<GoalJson> View(AppDb db, Guid id, Actor actor, Screen screen) =>
        GoalJson.Of(
            (await GoalViews.Of(db, db.Set<Goal>().SeenBy(db, actor, screen.Today).Where(g => g.Id == id), screen.Today)).SingleOrDefault()
                ?? throw new Web.NotFound()
        );

    private static async Task<DecisionLine> One(AppDb db, Guid id, Screen screen) =>
        (await Agenda.Decisions(db, db.Set<Decision>().Where(d => d.Id == id), screen.Today))[0];

    private static async Task<Hand> HandOf(AppDb db, Guid? person, Guid? position)
    {
        Must(person is null != position is null, "decision.nobody");
        if (person is { } p)
            Must((await db.Set<Person>().AsNoTracking().One(p)).Active, "meetings.has_left");
        else
            await db.Set<Position>().AsNoTracking().One(position!.Value);
        return new(person, position);
    }
}

/// <summary>A decision to be taken; exactly one of person and position.</summary>
public sealed record DecisionBody(Guid Meeting, string? Text, Guid? Person, Guid? Position, DateOnly DueOn);

/// <summary>How something ends, and what came of it.</summary>
public sealed record CloseBody(string? State, string? Result);

/// <summary>A goal to be set; with neither person nor position it is one's own, or the whole firm's where it says so.</summary>
public sealed record GoalBody(
    string? Text,
    string? Reason,
    string? Way,
    string? Measure,
    string? Unit,
    decimal Start,
    decimal Target,
    DateOnly By,
    Guid? Person,
    Guid? Position,
    bool Firm
);

public sealed record DecisionJson(
    Guid Id,
    Guid Meeting,
    string Text,
    Guid? Person,
    Guid? Position,
    DateOnly TakenOn,
    DateOnly DueOn,
    DecisionState State,
    DateOnly? ClosedOn,
    string Result,
    Guid Task
)
{
    internal static DecisionJson Of(DecisionLine l) =>
        new(
            l.Decision.Id,
            l.Decision.MeetingId,
            l.Decision.Text,
            l.Task.PersonId,
            l.Task.PositionId,
            l.Decision.TakenOn,
            l.Task.DueOn,
            l.Decision.State,
            l.Decision.ClosedOn,
            l.Decision.Result,
            l.Task.Id
        );
}

public sealed record GoalJson(
    Guid Id,
    string Text,
    string Reason,
    string Way,
    string Measure,
    string Unit,
    decimal Start,
    decimal Target,
    decimal? Now,
    decimal Expected,
    int? Progress,
    DateOnly From,
    DateOnly By,
    Guid? Person,
    Guid? Position,
    Guid? SetBy,
    GoalState State,
    string Result,
    DateOnly? ClosedOn
)
{
    internal static GoalJson Of(GoalView v) =>
        new(
            v.Goal.Id,
            v.Goal.Text,
            v.Goal.Reason,
            v.Goal.Way,
            v.Goal.MeasuredBy,
            v.Goal.Unit,
            v.Goal.StartMilli / 1000m,
            v.Goal.TargetMilli / 1000m,
            v.Now,
            Math.Round(v.Expected, 2),
            v.Progress,
            v.Goal.From,
            v.Goal.By,
            v.Goal.PersonId,
            v.Goal.PositionId,
            v.Goal.SetBy,
            v.Goal.State,
            v.Goal.Result,
            v.Goal.ClosedOn
        );
}
