using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Modules.Tasks.Pages;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Tasks;

/// <summary>Tasks that people give themselves and each other.</summary>
public static class TasksModule
{
    public static void MapTasks(this WebApplication app)
    {
        app.MapInbox();
        app.MapList(TaskList.List);
        app.MapTaskItems();
        app.MapPost("/tasks", Give).Needs(Permission.Home);
        app.MapGet("/tasks/{id:guid}", Show).Needs(Permission.Home);
        app.MapPost("/tasks/{id:guid}", Save).Needs(Permission.Home);
        app.MapPost("/tasks/{id:guid}/done", Done).Needs(Permission.Home);
        app.MapPost("/tasks/{id:guid}/delete", Delete).Needs(Permission.Home);
    }

    private static async Task<IResult> Give(Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, RecordKinds kinds, Go go)
    {
        (string, Guid)? about = null;
        if (form.Text("record_kind") is { } name && form.Id("record_id") is { } id)
        {
            var (kind, title) = await kinds.One(db, actor, name, id);
            about = (name, id);
            await db.TellMentioned($"{form.Text("task_text")} {form.Text("task_details")}", kind, id, title, actor);
        }
        var (person, position) = await Whom(form, db, actor);
        var task = WorkTask.Give(
            form.Text("task_text"),
            form.Day("task_due") ?? screen.Today,
            person,
            position,
            actor.PersonId,
            clock.GetUtcNow().UtcDateTime,
            about,
            form.Id("after")
        );
        task.Describe(task.Text, form.Text("task_details"), task.DueOn, form.Flag("task_urgent"));
        db.Add(task);
        await Tell(db, task, actor, screen);
        await db.SaveChangesAsync();
        return go.To(form.Back("inbox"), db, screen.T["task.given", ("task", task.Text)]);
    }

    private static async Task<IResult> Show(
        Guid id,
        AppDb db,
        Actor actor,
        Screen screen,
        RecordKinds kinds,
        IEnumerable<ITaskSection> sections
    )
    {
        var task = await db.Set<WorkTask>().AsNoTracking().One(id);
        var about =
            task.RecordId is { } record
            && kinds.Find(task.RecordKind) is { } kind
            && actor.Can(kind.See)
            && await kind.Sees(db, actor, record)
            && (await kind.Titles(db, [record])).TryGetValue(record, out var title)
                ? (title, kind.Path(record))
                : ((string, string)?)null;
        if (about is null && !await IsHis(db, task, actor, screen))
            throw new NotFound();
        var names = await db.NamesOfPeople();
        var shown = new List<Microsoft.AspNetCore.Components.RenderFragment>();
        foreach (var section in sections)
            if (await section.For(task, db, screen) is { } fragment)
                shown.Add(fragment);
        var items = await db.Set<TaskItem>().AsNoTracking().Where(i => i.TaskId == id).OrderBy(i => i.Position).ToListAsync();
        return new RazorComponentResult<TaskPage>(
            new
            {
                Items = items,
                Sections = shown,
                Task = task,
                About = about,
                Names = names,
                Hands = await db.Hands(),
                Edits = task.Open && await IsHis(db, task, actor, screen),
            }
        );
    }

    private static async Task<IResult> Save(Guid id, Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var task = await His(db, id, actor, screen);
        form = await form.Merged(
            db,
            task,
            t =>
                [
                    ("task_text", t.Text),
                    ("task_details", t.Details),
                    ("task_due", $"{t.DueOn:yyyy-MM-dd}"),
                    ("task_urgent", t.Urgent ? "on" : ""),
                    ("task_for", t.PositionId is { } position ? $"position:{position}" : $"{t.PersonId}"),
                ]
        );
        var before = (task.PersonId, task.PositionId);
        task.Describe(form.Text("task_text"), form.Text("task_details"), form.Day("task_due") ?? task.DueOn, form.Flag("task_urgent"));
        var (person, position) = await Whom(form, db, actor);
        task.HandTo(person, position);
        if (before != (task.PersonId, task.PositionId))
            await Tell(db, task, actor, screen);
        await db.SaveChangesAsync();
        return go.To("inbox", db, screen.T["task.saved", ("task", task.Text)]);
    }

    /// <summary>One tap; the inbox then asks for the next step.</summary>
    private static async Task<IResult> Done(Guid id, AppDb db, Actor actor, Form form, Screen screen, TimeProvider clock, Go go)
    {
        var task = await His(db, id, actor, screen);
        task.Done(actor.PersonId, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        return go.To(Inbox.AskingNext(form.Back("inbox"), id), db, screen.T["task.done", ("task", task.Text)]);
    }

    private static async Task<IResult> Delete(Guid id, AppDb db, Actor actor, Screen screen, Go go)
    {
        var task = await His(db, id, actor, screen);
        await db.Discard(task);
        await db.SaveChangesAsync();
        return go.To("inbox", db, screen.T["trash.deleted", ("title", task.Text)]);
    }

    internal static async Task<WorkTask> His(AppDb db, Guid id, Actor actor, Screen screen)
    {
        var task = await db.Set<WorkTask>().One(id);
        return await IsHis(db, task, actor, screen) ? task : throw new NotFound();
    }

    private static Task<bool> IsHis(AppDb db, WorkTask task, Actor actor, Screen screen) =>
        db.Set<WorkTask>().Within(db, actor, screen.Today).AnyAsync(t => t.Id == task.Id);

    private static async Task<(Guid? Person, Guid? Position)> Whom(Form form, AppDb db, Actor actor)
    {
        if (form.Text("task_for") is not { } whom)
            return (actor.PersonId, null);
        if (whom.StartsWith("position:", StringComparison.Ordinal))
            return (
                null,
                (
                    await db.Set<Position>()
                        .One(Guid.TryParse(whom["position:".Length..], out var position) ? position : throw new NotFound())
                ).Id
            );
        var person = await db.Set<Person>().One(Guid.TryParse(whom, out var id) ? id : throw new NotFound());
        Must(person.Active, "task.has_left", ("person", person.Name));
        return (person.Id, null);
    }

    private static async Task Tell(AppDb db, WorkTask task, Actor actor, Screen screen)
    {
        var whom = task.PersonId ?? ((await db.Holders(screen.Today)).TryGetValue(task.PositionId!.Value, out var holder) ? holder : null);
        db.TellGiven(task, whom, actor);
    }

    internal static void TellGiven(this AppDb db, WorkTask task, Guid? whom, Actor by) =>
        db.Tell(
            whom,
            "notice.task_given",
            $"tasks/{task.Id}",
            ("by", by.Name),
            ("task", task.Text),
            ("day", task.DueOn.ToString("yyyy-MM-dd", null))
        );
}
