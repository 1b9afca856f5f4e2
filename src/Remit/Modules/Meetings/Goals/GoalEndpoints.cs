using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Modules.Meetings.Pages;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Meetings.Goals;

/// <summary>Goals: set with the five questions answered, measured, closed.</summary>
internal static class GoalEndpoints
{
    public static void MapGoals(this WebApplication app)
    {
        app.MapGet("/meetings/goals", All).Needs(Permission.MeetingsSee);
        app.MapGet("/meetings/goals/new", New).Needs(Permission.MeetingsSee);
        app.MapPost("/meetings/goals/new", Create).Needs(Permission.MeetingsSee);
        app.MapGet("/meetings/goals/{id:guid}", Show).Needs(Permission.MeetingsSee);
        app.MapGet("/meetings/goals/{id:guid}/edit", Edit).Needs(Permission.MeetingsSee);
        app.MapPost("/meetings/goals/{id:guid}/edit", Save).Needs(Permission.MeetingsSee);
        app.MapPost("/meetings/goals/{id:guid}/values", Enter).Needs(Permission.MeetingsSee);
        app.MapPost("/meetings/goals/{id:guid}/close", Close).Needs(Permission.MeetingsSee);
    }

    private static async Task<IResult> All(AppDb db, Actor actor, Screen screen, string? closed)
    {
        var seen = db.Set<Goal>().SeenBy(db, actor, screen.Today).Where(g => g.State == GoalState.Running == (closed == null));
        return Page<GoalsPage>(new { Goals = await GoalViews.Of(db, seen, screen.Today), Closed = closed is not null });
    }

    private static async Task<IResult> New(AppDb db, Actor actor, Screen screen) =>
        Page<GoalFormPage>(
            new
            {
                Choice = await Choices(db, actor),
                By = screen.Today.AddMonths(3),
                Draft = new GoalDraft(
                    "",
                    "",
                    "",
                    new(Measure.Hand, ""),
                    "",
                    0,
                    0,
                    screen.Today.AddMonths(3),
                    new Hand(actor.PersonId, null)
                ),
            }
        );

    private static async Task<IResult> Create(Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var draft = await Draft(form, db, actor);
        if (await Asked(form, draft, null, db, actor, screen) is { } page)
            return page;
        var goal = await Set(db, draft, actor, screen);
        return go.To($"meetings/goals/{goal.Id}", db, screen.T["goal.set", ("goal", goal.Text)]);
    }

    internal static async Task<Goal> Set(AppDb db, GoalDraft draft, Actor actor, Screen screen)
    {
        var goal = Goal.Set(draft, screen.Today, actor.PersonId);
        db.Add(goal);
        var whom =
            goal.PersonId ?? (goal.PositionId is { } p && (await db.Holders(screen.Today)).TryGetValue(p, out var holder) ? holder : null);
        db.Tell(
            whom,
            "notice.goal_set",
            $"meetings/goals/{goal.Id}",
            ("by", actor.Name),
            ("goal", goal.Text),
            ("day", $"{goal.By:yyyy-MM-dd}")
        );
        await db.SaveChangesAsync();
        return goal;
    }

    private static async Task<IResult> Show(Guid id, AppDb db, Actor actor, Screen screen)
    {
        var view =
            (await GoalViews.Of(db, db.Set<Goal>().SeenBy(db, actor, screen.Today).Where(g => g.Id == id), screen.Today)).SingleOrDefault()
            ?? throw new Web.NotFound();
        var points = await GoalViews.Points(db, view.Goal, view.Goal.ClosedOn ?? screen.Today);
        return Page<GoalPage>(
            new
            {
                View = view,
                Points = points,
                Answers = SmartCheck.Of(DraftOf(view.Goal), null, view.Goal.From),
                Edits = view.Goal.State == GoalState.Running && Sets(view.Goal, actor),
                Enters = await Enters(db, view.Goal, actor, screen),
            }
        );
    }

    private static async Task<IResult> Edit(Guid id, AppDb db, Actor actor, Screen screen)
    {
        var goal = await db.Set<Goal>().AsNoTracking().SeenBy(db, actor, screen.Today).One(id);
        if (!Sets(goal, actor))
            throw new Web.NotFound();
        return Page<GoalFormPage>(
            new
            {
                Choice = await Choices(db, actor),
                Goal = goal,
                Draft = DraftOf(goal),
                goal.By,
            }
        );
    }

    private static async Task<IResult> Save(Guid id, Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var goal = await db.Set<Goal>().SeenBy(db, actor, screen.Today).One(id);
        if (!Sets(goal, actor))
            throw new Web.NotFound();
        form = await form.Merged(db, goal, Typed);
        var draft = await Draft(form, db, actor);
        if (await Asked(form, draft, goal, db, actor, screen) is { } page)
            return page;
        goal.Describe(draft);
        await db.SaveChangesAsync();
        return go.To($"meetings/goals/{id}", db, screen.T["goal.saved", ("goal", goal.Text)]);
    }

    private static async Task<IResult> Enter(Guid id, Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var goal = await db.Set<Goal>().SeenBy(db, actor, screen.Today).One(id);
        if (!await Enters(db, goal, actor, screen))
            throw new Web.NotFound();
        form.Must("value");
        var on = form.Day("value_on") ?? screen.Today;
        Must(on <= screen.Today, "goal.not_yet");
        db.Add(GoalValue.Of(goal, on, form.Minor("value")!.Value * 10, actor.PersonId));
        await db.SaveChangesAsync();
        return go.To($"meetings/goals/{id}", db, screen.T["goal.entered"]);
    }

    private static async Task<IResult> Close(Guid id, Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var how = Named.Of<GoalState>(form.Text("how")) ?? GoalState.Reached;
        var goal = await Closed(db, id, how, form.Text("goal_result"), actor, screen);
        return go.To($"meetings/goals/{id}", db, screen.T["goal.is_" + how.ToString().ToLowerInvariant(), ("goal", goal.Text)]);
    }

    internal static async Task<Goal> Closed(AppDb db, Guid id, GoalState how, string? result, Actor actor, Screen screen)
    {
        var goal = await db.Set<Goal>().SeenBy(db, actor, screen.Today).One(id);
        if (!await Enters(db, goal, actor, screen))
            throw new Web.NotFound();
        if (how != GoalState.Reached)
            goal.GiveUp(how, result, screen.Today);
        else
        {
            goal.Reach(
                (await GoalViews.Of(db, db.Set<Goal>().Where(g => g.Id == id), screen.Today))[0].Now,
                result,
                actor.PersonId,
                screen.Today
            );
            var whose =
                goal.PersonId
                ?? (goal.PositionId is { } p && (await db.Holders(screen.Today)).TryGetValue(p, out var holder) ? holder : goal.SetBy);
            db.State(new Fact("goal.reached", whose, screen.Today, goal.Id, goal.Id, null, goal.Text));
        }
        await db.SaveChangesAsync();
        return goal;
    }

    // Who set it, and who answers for the team.
    internal static bool Sets(Goal goal, Actor actor) =>
        actor.Can(Permission.TeamSee) || goal.SetBy == actor.PersonId && actor.PersonId is not null;

    private static async Task<bool> Enters(AppDb db, Goal goal, Actor actor, Screen screen) =>
        goal.State == GoalState.Running
        && (
            Sets(goal, actor)
            || goal.PersonId == actor.PersonId && actor.PersonId is not null
            || goal.PositionId is { } position && await db.PositionsOf(actor.PersonId, screen.Today).ContainsAsync(position)
        );

    /// <summary>Questions that are not answered yet are shown once more before it is saved; what is meant so is saved so.</summary>
    private static async Task<IResult?> Asked(Form form, GoalDraft draft, Goal? goal, AppDb db, Actor actor, Screen screen)
    {
        if (form.Flag("sure"))
            return null;
        // What no goal can be without is refused before anything is asked.
        if (goal is null)
            Goal.Set(draft, screen.Today, actor.PersonId);
        var now =
            draft.Measure.Kind == "indicator" ? await Pay.Measuring.Value(db, draft.Measure.Of, draft.Whose?.PersonId, screen.Month) : null;
        var answers = SmartCheck.Of(draft, now, screen.Today);
        return answers.All(a => a.Well)
            ? null
            : Page<GoalFormPage>(
                new
                {
                    Choice = await Choices(db, actor),
                    Goal = goal,
                    Draft = draft,
                    draft.By,
                    Answers = answers,
                    Version = form.Int("version"),
                }
            );
    }

    private static async Task<GoalDraft> Draft(Form form, AppDb db, Actor actor)
    {
        Hand? whose =
            form.Text("goal_for") == "firm" ? null : await SeriesEndpoints.HandOf(form, "goal_for", db) ?? new Hand(actor.PersonId, null);
        MaySetFor(whose, actor);
        var measure = Measure.Read(form.Text("measure")) ?? throw new Refusal("goal.no_measure") { Field = "measure" };
        return new(
            form.Text("goal_text"),
            form.Text("reason"),
            form.Text("way"),
            measure,
            form.Text("unit"),
            (form.Minor("start") ?? 0) * 10,
            (form.Minor("target") ?? throw new Refusal("goal.no_target") { Field = "target" }) * 10,
            form.Day("goal_by") ?? throw new Refusal("goal.no_day") { Field = "goal_by" },
            whose
        );
    }

    /// <summary>For oneself anybody sets goals; for others those who run meetings.</summary>
    internal static void MaySetFor(Hand? whose, Actor actor) =>
        Must(whose?.PersonId == actor.PersonId && actor.PersonId is not null || actor.Can(Permission.MeetingsEdit), "goal.not_for_others");

    private static GoalDraft DraftOf(Goal g) =>
        new(
            g.Text,
            g.Reason,
            g.Way,
            g.Measure,
            g.Unit,
            g.StartMilli,
            g.TargetMilli,
            g.By,
            g.PersonId is null && g.PositionId is null ? null : g.Whose
        );

    private static IEnumerable<(string, string)> Typed(Goal g) =>
        [
            ("goal_text", g.Text),
            ("reason", g.Reason),
            ("way", g.Way),
            ("measure", g.MeasuredBy),
            ("unit", g.Unit),
            ("start", Decimal(g.StartMilli)),
            ("target", Decimal(g.TargetMilli)),
            ("goal_by", $"{g.By:yyyy-MM-dd}"),
            ("goal_for", g.PersonId is null && g.PositionId is null ? "firm" : g.Whose.ToString()),
        ];

    internal static string Decimal(long milli) => (milli / 1000m).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<GoalChoice> Choices(AppDb db, Actor actor)
    {
        var others = actor.Can(Permission.MeetingsEdit);
        var hands = await db.Hands();
        return new(
            others ? hands : new([.. hands.People.Where(p => p.Id == actor.PersonId)], []),
            others,
            await db.Set<Duty>().AsNoTracking().Where(d => !d.Retired).OrderBy(d => d.Number).Take(400).ToListAsync()
        );
    }
}

/// <summary>What one may choose in the form of a goal.</summary>
public sealed record GoalChoice(TaskHands Hands, bool Others, IReadOnlyList<Duty> Duties);
