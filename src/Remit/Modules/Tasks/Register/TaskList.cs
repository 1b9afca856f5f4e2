using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;

namespace Remit.Modules.Tasks;

/// <summary>A task as the list shows it.</summary>
public sealed record TaskRow : IIdentified
{
    public required Guid Id { get; init; }
    public required string Text { get; init; }
    public required string TextKey { get; init; }
    public required DateOnly DueOn { get; init; }
    public required bool Urgent { get; init; }
    public required bool Done { get; init; }
    public required bool Late { get; init; }
    public required Guid? PersonId { get; init; }
    public required string Whose { get; init; }
    public required string WhoseKey { get; init; }
    public required Guid? GivenById { get; init; }
    public required string GivenBy { get; init; }
    public required string GivenByKey { get; init; }
}

/// <summary>All tasks, done ones too; what is due to oneself stands in the inbox.</summary>
public static class TaskList
{
    public static readonly ListOf<TaskRow> List = new()
    {
        Path = "tasks",
        Title = "task.all",
        Needs = Permission.Home,
        Sort = "-task_due",
        Empty = "task.none",
        Rows = Rows,
        Open = row => $"tasks/{row.Id}",
        Columns =
        [
            Column<TaskRow>.Of(
                "task_text",
                r => r.Text,
                sort: r => r.TextKey,
                marks: r => r.Urgent ? [new Mark("task.urgent", "bad")] : [],
                edit: Edit((task, value) => task.Describe(value, task.Details, task.DueOn, task.Urgent))
            ),
            Column<TaskRow>.Of(
                "task_due",
                r => r.DueOn,
                edit: Edit((task, value) => task.Describe(task.Text, task.Details, Day(value), task.Urgent))
            ),
            Column<TaskRow>.Of("task_for", r => r.Whose, sort: r => r.WhoseKey),
            Column<TaskRow>.Of("task_given_by", r => r.GivenBy, sort: r => r.GivenByKey),
            Column<TaskRow>.Of(
                "task_state",
                r => r.Done,
                show: (_, _) => "",
                marks: r =>
                    [
                        r.Done ? new Mark("task.state.done", "ok")
                        : r.Late ? new Mark("task.state.late", "overdue")
                        : new Mark("task.state.open", "planned"),
                    ]
            ),
        ],
        Filters =
        [
            Filter<TaskRow>.Person("task_for", r => r.PersonId, People),
            Filter<TaskRow>.Person("task_given_by", r => r.GivenById, People),
            Filter<TaskRow>.Flag("task_open", r => !r.Done),
            Filter<TaskRow>.Period("task_due", r => r.DueOn),
            Filter<TaskRow>.Flag("task_urgent", r => r.Urgent),
        ],
        Presets =
        [
            new("list.mine", "task_for=me&task_open=yes"),
            new("task.state.open", "task_open=yes"),
            new("task.late", "task_open=yes&task_due=past"),
        ],
        Acts =
        [
            new("task_done", Permission.Home, (db, ids, _, screen) => Each(db, ids, t => t.Done(screen.Person!.PersonId, screen.Now))),
            new("task_tomorrow", Permission.Home, (db, ids, _, screen) => Each(db, ids, t => t.PutOff(screen.Today.AddDays(1)))),
            new("task_week", Permission.Home, (db, ids, _, screen) => Each(db, ids, t => t.PutOff(screen.Today.AddDays(7)))),
            new("task_give", Permission.Home, Give, People),
        ],
        Buttons = [new("task.new", "create?as=Task", Permission.Home, Main: true), new("menu.inbox", "inbox", Permission.Home)],
    };

    private static IQueryable<TaskRow> Rows(AppDb db, Screen screen)
    {
        var today = screen.Today;
        return from task in db.Set<WorkTask>().Within(db, screen.Person!, today)
            select new TaskRow
            {
                Id = task.Id,
                Text = task.Text,
                TextKey = task.TextKey,
                DueOn = task.DueOn,
                Urgent = task.Urgent,
                Done = task.DoneAt != null,
                Late = task.DoneAt == null && task.DueOn < today,
                PersonId = task.PersonId,
                GivenById = task.GivenBy,
                Whose =
                    db.Set<Person>().Where(p => p.Id == task.PersonId).Select(p => p.Name).FirstOrDefault()
                    ?? db.Set<Position>().Where(p => p.Id == task.PositionId).Select(p => p.Name).FirstOrDefault()
                    ?? "",
                WhoseKey =
                    db.Set<Person>().Where(p => p.Id == task.PersonId).Select(p => p.NameKey).FirstOrDefault()
                    ?? db.Set<Position>().Where(p => p.Id == task.PositionId).Select(p => p.NameKey).FirstOrDefault()
                    ?? "",
                GivenBy = db.Set<Person>().Where(p => p.Id == task.GivenBy).Select(p => p.Name).FirstOrDefault() ?? "",
                GivenByKey = db.Set<Person>().Where(p => p.Id == task.GivenBy).Select(p => p.NameKey).FirstOrDefault() ?? "",
            };
    }

    // What is done already stays as it is.
    private static Task<List<WorkTask>> Open(AppDb db, IReadOnlyList<Guid> ids) =>
        db.Set<WorkTask>().Where(t => ids.Contains(t.Id) && t.DoneAt == null).ToListAsync();

    private static async Task Each(AppDb db, IReadOnlyList<Guid> ids, Action<WorkTask> act) => (await Open(db, ids)).ForEach(act);

    private static async Task Give(AppDb db, IReadOnlyList<Guid> ids, string value, Screen screen)
    {
        var whom = await db.Set<Person>().One(Guid.TryParse(value, out var id) ? id : Guid.Empty);
        foreach (var task in (await Open(db, ids)).Where(t => t.PersonId != whom.Id))
        {
            task.HandTo(whom.Id, null);
            db.TellGiven(task, whom.Id, screen.Person!);
        }
    }

    private static CellEdit Edit(Action<WorkTask, string> write) =>
        new(Permission.Home, async (db, id, value) => write(await db.Set<WorkTask>().One(id), value));

    private static DateOnly Day(string text) =>
        DateOnly.TryParseExact(text, ["yyyy-MM-dd", "dd.MM.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw new Refusal("form.day", ("field", "field.task_due"), ("text", text)) { Field = "task_due" };

    private static async Task<IReadOnlyList<Choice>> People(AppDb db, Screen screen) =>
        [
            .. (await db.Set<Person>().AsNoTracking().Where(p => p.Active).OrderBy(p => p.NameKey).ToListAsync()).Select(p => new Choice(
                $"{p.Id}",
                p.Name
            )),
        ];
}
