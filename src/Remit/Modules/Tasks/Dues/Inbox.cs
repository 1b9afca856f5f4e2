using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Modules.Tasks.Pages;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Tasks;

/// <summary>One list of everything that must be done by a day, whatever module it comes from.</summary>
internal static class Inbox
{
    // A year ahead: a renewal next autumn stands at the end of the list, one in ten years does not.
    private const int Ahead = 365;

    public static void MapInbox(this WebApplication app)
    {
        app.MapGet("/inbox", Show).Needs(Permission.Home);
        app.MapDueFeed();
    }

    /// <summary>The inbox one was in, asking for the step after this task.</summary>
    internal static string AskingNext(string back, Guid task)
    {
        var here = back.StartsWith("inbox", StringComparison.Ordinal) ? back : "inbox";
        return $"{here}{(here.Contains('?') ? '&' : '?')}next={task}";
    }

    private static async Task<IResult> Show(
        string? who,
        string[] kind,
        string? person,
        string? q,
        Guid? next,
        AppDb db,
        Actor actor,
        Screen screen,
        IEnumerable<IDueSource> sources,
        RecordKinds kinds
    )
    {
        var shown = who is "given" || (who is "team" && actor.Can(Permission.TeamSee)) ? who : "mine";
        var until = screen.Today.AddDays(Ahead);
        var dues = shown switch
        {
            "given" => await Given(db, actor, screen),
            "team" => await sources.Open(db, new DueAsk(screen.Today, until, null), actor),
            _ => await sources.Open(db, new DueAsk(screen.Today, until, actor.PersonId), actor),
        };
        var done = next is { } id
            ? await db.Set<WorkTask>().AsNoTracking().SingleOrDefaultAsync(t => t.Id == id && t.DoneBy == actor.PersonId)
            : null;
        return new RazorComponentResult<InboxPage>(
            new
            {
                All = await dues.Named(db, kinds, actor),
                Ask = new InboxAsk(shown, kind, person is { Length: > 0 } ? person : null, q?.Trim() ?? ""),
                Hands = await db.Hands(),
                Next = done,
                About = done is null ? null : await About(db, done, actor, kinds),
                Names = await db.NamesOfPeople(),
                HasFeed = await db.Set<DueFeed>().AnyAsync(f => f.PersonId == actor.PersonId),
            }
        );
    }

    private static async Task<IReadOnlyList<Due>> Given(AppDb db, Actor actor, Screen screen)
    {
        var tasks = await db.Set<WorkTask>()
            .AsNoTracking()
            .Where(t => t.GivenBy == actor.PersonId && t.DoneAt == null && t.PersonId != actor.PersonId)
            .OrderBy(t => t.DueOn)
            .ThenBy(t => t.Id)
            .Take(200)
            .ToListAsync();
        var holders = await db.Holders(screen.Today);
        return [.. tasks.Select(t => t.AsDue(holders))];
    }

    private static async Task<string?> About(AppDb db, WorkTask task, Actor actor, RecordKinds kinds) =>
        task.RecordId is { } record && kinds.Find(task.RecordKind) is { } kind && actor.Can(kind.See)
            ? (await kind.Titles(db, [record])).GetValueOrDefault(record)
            : null;
}

/// <summary>On one's day: what is overdue, due today and tomorrow.</summary>
internal sealed class DayDues(IEnumerable<IDueSource> sources, RecordKinds kinds) : IDaySection
{
    public bool Wide => true;

    public async Task<RenderFragment?> For(AppDb db, Screen screen)
    {
        if (screen.Person is not { PersonId: { } me } person)
            return null;
        var dues = await sources.Open(db, new DueAsk(screen.Today, screen.Today.AddDays(1), me), person);
        if (dues.Count == 0)
            return null;
        var named = await dues.Named(db, kinds, person);
        return page =>
        {
            page.OpenComponent<DayDuesBox>(0);
            page.AddComponentParameter(1, nameof(DayDuesBox.Dues), named);
            page.CloseComponent();
        };
    }
}

/// <summary>The number beside the inbox: overdue and due today.</summary>
internal sealed class DueBadge(IEnumerable<IDueSource> sources) : IBadge
{
    public string Name => "dues";

    public async Task<int> Count(AppDb db, Actor actor, DateOnly today) =>
        (await sources.Open(db, new DueAsk(today, today, actor.PersonId, IBadge.Most), actor)).Count;
}
