using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Meetings.Pages;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Meetings;

/// <summary>Decisions: taken at a meeting, closed wherever one sees them.</summary>
internal static class DecisionEndpoints
{
    public static void MapDecisions(this WebApplication app)
    {
        app.MapGet("/meetings/decisions", All).Needs(Permission.MeetingsSee);
        app.MapPost("/meetings/{id:guid}/decisions", Take).Needs(Permission.MeetingsSee);
        app.MapPost("/meetings/decisions/{id:guid}/close", Close).Needs(Permission.MeetingsSee);
    }

    private static async Task<IResult> All(AppDb db, Actor actor, Screen screen, string? state)
    {
        var wanted = Named.Of<DecisionState>(state) ?? DecisionState.Open;
        var seen = db.Set<Decision>().SeenBy(db, actor, screen.Today).Where(d => d.State == wanted);
        return Page<DecisionsPage>(new { Lines = await Agenda.Decisions(db, seen, screen.Today), State = wanted });
    }

    private static async Task<IResult> Take(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var hand =
            await SeriesEndpoints.HandOf(form, "decision_for", db) ?? throw new Refusal("decision.nobody") { Field = "decision_for" };
        var decision = await Taken(
            db,
            id,
            new(form.Text("decision_text"), hand, form.Day("decision_due"), form.Id("point")),
            actor,
            screen,
            clock
        );
        return go.To(
            $"meetings/{id}{(decision.AgendaPointId is { } p ? $"#p{p:N}" : "")}",
            db,
            screen.T["decision.taken", ("decision", decision.Text)]
        );
    }

    internal static async Task<Decision> Taken(AppDb db, Guid id, DecisionDraft draft, Actor actor, Screen screen, TimeProvider clock)
    {
        var (meeting, _) = await MinutesEndpoints.Seen(id, db, actor, screen);
        meeting.MustBeOpen();
        if (draft.Point is { } point)
            await db.Set<AgendaPoint>().AsNoTracking().Where(p => p.MeetingId == id).One(point);
        var due = draft.DueOn ?? throw new Refusal("decision.no_day") { Field = "decision_due" };
        var (decision, task) = Decision.Take(
            meeting,
            draft.Point,
            draft.Text,
            draft.Hand,
            due,
            actor.PersonId,
            clock.GetUtcNow().UtcDateTime
        );
        db.AddRange(decision, task);
        var whom = task.PersonId ?? ((await db.Holders(screen.Today)).TryGetValue(task.PositionId!.Value, out var holder) ? holder : null);
        db.Tell(
            whom,
            "notice.decision",
            $"meetings/{id}",
            ("meeting", meeting.Name),
            ("decision", decision.Text),
            ("day", due.ToString("yyyy-MM-dd", null))
        );
        await db.SaveChangesAsync();
        return decision;
    }

    private static async Task<IResult> Close(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var how = form.Text("how") == "dropped" ? DecisionState.Dropped : DecisionState.Done;
        var decision = await Closed(db, id, how, form.Text("decision_result"), actor, screen, clock);
        return go.To(
            form.Back("meetings/decisions"),
            db,
            screen.T["decision.is_" + how.ToString().ToLowerInvariant(), ("decision", decision.Text)]
        );
    }

    /// <summary>Closes the decision and ticks its task off in one save.</summary>
    internal static async Task<Decision> Closed(
        AppDb db,
        Guid id,
        DecisionState how,
        string? result,
        Actor actor,
        Screen screen,
        TimeProvider clock
    )
    {
        var decision = await db.Set<Decision>().SeenBy(db, actor, screen.Today).One(id);
        var task = await db.Set<WorkTask>().One(decision.WorkTaskId);
        decision.Close(how, result, screen.Today);
        if (task.Open)
            task.Done(actor.PersonId, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        return decision;
    }
}

/// <summary>A decision as it is taken.</summary>
internal sealed record DecisionDraft(string? Text, Hand Hand, DateOnly? DueOn, Guid? Point);
