using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Tasks;

/// <summary>Named questions to tasks.</summary>
public static class TaskQueries
{
    /// <summary>Given to the person, or to a position they hold or stand in for on that day.</summary>
    public static IQueryable<WorkTask> Of(this IQueryable<WorkTask> tasks, AppDb db, Guid person, DateOnly day)
    {
        var positions = db.Set<Tenure>().On(day).Where(t => t.PersonId == person).Select(t => (Guid?)t.PositionId);
        return tasks.Where(t => t.PersonId == person || positions.Contains(t.PositionId));
    }

    /// <summary>What this person may change: their own, what they gave, and everyone's for those who answer for the team.</summary>
    public static IQueryable<WorkTask> Within(this IQueryable<WorkTask> tasks, AppDb db, Actor actor, DateOnly day)
    {
        if (actor.Can(Permission.TeamSee))
            return tasks;
        var me = actor.PersonId!.Value;
        var mine = db.Set<WorkTask>().Of(db, me, day).Select(t => t.Id);
        return tasks.Where(t => t.GivenBy == me || mine.Contains(t.Id));
    }

    public static IQueryable<WorkTask> About(this IQueryable<WorkTask> tasks, string kind, Guid id) =>
        tasks.Where(t => t.RecordKind == kind && t.RecordId == id);

    /// <summary>Who holds positions on a day; the holder before the one who stands in.</summary>
    public static async Task<Dictionary<Guid, Guid>> Holders(this AppDb db, DateOnly day) =>
        (await db.Set<Tenure>().AsNoTracking().On(day).OrderBy(t => t.StandIn).ThenBy(t => t.From).ToListAsync())
            .GroupBy(t => t.PositionId)
            .ToDictionary(g => g.Key, g => g.First().PersonId);

    /// <summary>People and positions that a task can be given to.</summary>
    public static Task<TaskHands> Hands(this AppDb db) =>
        db.Keep(
            "hands",
            [typeof(Person), typeof(Position)],
            async () =>
                new TaskHands(
                    await db.Set<Person>().AsNoTracking().Where(p => p.Active).OrderBy(p => p.NameKey).ToListAsync(),
                    await db.Set<Position>().AsNoTracking().OrderBy(p => p.NameKey).ToListAsync()
                )
        );

    private static readonly DueActs many = new(
        "tasks",
        Permission.Home,
        ("task_done", "e"),
        ("task_tomorrow", "t"),
        ("task_week", "w"),
        ("task_give", "a")
    );

    /// <summary>Open tasks as dues; <paramref name="holders"/> name the person behind a position.</summary>
    internal static Due AsDue(this WorkTask task, IReadOnlyDictionary<Guid, Guid> holders) =>
        new(
            "task",
            task.Id,
            task.Text,
            task.DueOn,
            task.PersonId ?? (holders.TryGetValue(task.PositionId!.Value, out var holder) ? holder : null),
            $"tasks/{task.Id}",
            $"tasks/{task.Id}/done",
            task.Urgent
        )
        {
            Many = many,
            Record = task is { RecordKind: { Length: > 0 } kind, RecordId: { } record } ? (kind, record) : null,
        };

    /// <summary>The same with the names of the records they hang on: «call» alone does not say whom.</summary>
    internal static async Task<IReadOnlyList<Due>> Named(this IReadOnlyList<Due> dues, AppDb db, RecordKinds kinds, Actor actor)
    {
        var titles = new Dictionary<Guid, string>();
        foreach (var of in dues.Select(d => d.Record).OfType<(string Kind, Guid Id)>().GroupBy(r => r.Kind, r => r.Id))
            if (kinds.Find(of.Key) is { } kind && actor.Can(kind.See))
                foreach (var (id, title) in await kind.Titles(db, [.. of.Distinct()]))
                    titles[id] = title;
        return
        [
            .. dues.Select(d =>
                d.Record is { } r && titles.TryGetValue(r.Id, out var title) && !d.Text.Contains(title) ? d with { About = title } : d
            ),
        ];
    }
}

/// <summary>Whom one can choose.</summary>
public sealed record TaskHands(IReadOnlyList<Person> People, IReadOnlyList<Position> Positions);

/// <summary>Tasks in the inbox.</summary>
internal sealed class TaskDues : Remit.Web.IDueSource
{
    public Permission Needs => Permission.Home;

    public async Task<IReadOnlyList<Due>> Open(AppDb db, DueAsk ask)
    {
        var tasks = db.Set<WorkTask>().AsNoTracking().Where(t => t.DoneAt == null && t.DueOn <= ask.Until);
        if (ask.PersonId is { } person)
            tasks = tasks.Of(db, person, ask.Today);
        var found = await tasks.OrderBy(t => t.DueOn).ThenBy(t => t.Id).Take(ask.Most).ToListAsync();
        var holders = ask.PersonId is null && found.Exists(t => t.PositionId is not null) ? await db.Holders(ask.Today) : [];
        return [.. found.Select(t => ask.PersonId is { } me ? t.AsDue(holders) with { PersonId = me } : t.AsDue(holders))];
    }
}
