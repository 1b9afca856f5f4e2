using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Notices.Inbox;
using Remit.Modules.Notices.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;
using Remit.Web.Lists;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Notices;

/// <summary>What a person should know: a bell with a number, and a list to be done with.</summary>
public static class NoticesModule
{
    private const int Shown = 100;

    public static void MapNotices(this WebApplication app)
    {
        app.MapGet("/notices", List).Needs(Permission.Home);
        app.MapList(NoticeList.List);
        app.MapGet("/notices/stream", NoticeStream.Open).Needs(Permission.Home);
        app.MapPost("/notices/{id:guid}/open", Open).Needs(Permission.Home);
        app.MapPost("/notices/{id:guid}/reopen", Reopen).Needs(Permission.Home);
        app.MapPost("/notices/{id:guid}/snooze", Snooze).Needs(Permission.Home);
        app.MapPost("/notices/done", AllDone).Needs(Permission.Home);
        app.MapPost("/notices/settings", Choose).Needs(Permission.Home);
    }

    public static void AddNotices(this IServiceCollection services)
    {
        services.AddSingleton<NoticeHub>();
        services.AddSingleton<IJobHandler, NoticeSender>();
        services.AddSingleton<IJobHandler, Digest>();
        services.AddSingleton<IBadge, NoticeBadge>();
        services.AddSingleton<IProfileSection, NoticeChoices>();
    }

    private static async Task<IResult> List(string? show, AppDb db, Actor actor, TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var mine = db.Set<NoticeRow>().AsNoTracking().Where(n => n.PersonId == actor.PersonId);
        var fresh = mine.Fresh(actor.PersonId!.Value, now);
        var counts = await fresh
            .GroupBy(n => n.Sort)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count);
        var sort = Named.Of<NoticeSort>(show);
        var listed =
            show == "snoozed"
                ? mine.Where(n => n.DoneAt == null && n.SnoozedUntil > now)
                : fresh.Where(n => sort == null || n.Sort == sort);
        return new RazorComponentResult<NoticesPage>(
            new
            {
                Show = show == "snoozed" ? show : sort?.ToString() ?? "",
                Counts = counts,
                Snoozed = await mine.CountAsync(n => n.DoneAt == null && n.SnoozedUntil > now),
                Fresh = await listed.OrderByDescending(n => n.At).Take(Shown).ToListAsync(),
                Old = await mine.Where(n => n.DoneAt != null && (sort == null || n.Sort == sort))
                    .OrderByDescending(n => n.DoneAt)
                    .Take(Shown / 4)
                    .ToListAsync(),
            }
        );
    }

    /// <summary>Marks one as done; with <c>go</c> it also leads there.</summary>
    private static async Task<IResult> Open(Guid id, Form form, AppDb db, Actor actor, TimeProvider clock, Go go)
    {
        var notice = await Mine(id, db, actor);
        notice.Done(clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        return go.To(form.Flag("go") ? notice.Path : form.Back("notices"));
    }

    private static async Task<IResult> Reopen(Guid id, Form form, AppDb db, Actor actor, Go go)
    {
        (await Mine(id, db, actor)).Reopen();
        await db.SaveChangesAsync();
        return go.To(form.Back("notices"));
    }

    private static async Task<IResult> Snooze(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var notice = await Mine(id, db, actor);
        var now = clock.GetUtcNow().UtcDateTime;
        notice.Snooze(SnoozeTimes.Until(form.Must("until"), screen, now));
        await db.SaveChangesAsync();
        return go.To(
            form.Back("notices"),
            null,
            screen.T["notice.snoozed_until", ("when", Formats.Moment(notice.SnoozedUntil!.Value, screen))]
        );
    }

    private static async Task<IResult> AllDone(Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var sort = Named.Of<NoticeSort>(form.Text("sort"));
        var count = await db.Set<NoticeRow>()
            .Fresh(actor.PersonId!.Value, now)
            .Where(n => sort == null || n.Sort == sort)
            .ExecuteUpdateAsync(s => s.SetProperty(n => n.DoneAt, now));
        return go.To(form.Back("notices"), null, screen.T["notice.done_count", ("n", count)]);
    }

    private static async Task<IResult> Choose(Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        await db.StartWriting();
        var settings = await db.Set<NoticeSettings>().SingleOrDefaultAsync(s => s.PersonId == actor.PersonId);
        if (settings is null)
            db.Add(settings = NoticeSettings.Of(actor.PersonId!.Value));
        settings.Choose(
            form.Int("digest_hour"),
            form.Int("quiet_from"),
            form.Int("quiet_to"),
            Enum.GetValues<NoticeSort>().Where(s => !form.Flag("ring_" + s)),
            screen.Root
        );
        await db.SaveChangesAsync();
        return go.To("profile", null, screen.T["notice.chosen"]);
    }

    private static async Task<NoticeRow> Mine(Guid id, AppDb db, Actor actor) =>
        await db.Set<NoticeRow>().SingleOrDefaultAsync(n => n.Id == id && n.PersonId == actor.PersonId) ?? throw new NotFound();
}

/// <summary>The number beside the bell.</summary>
internal sealed class NoticeBadge(TimeProvider clock) : IBadge
{
    public string Name => "notices";

    public async Task<int> Count(AppDb db, Actor actor, DateOnly today)
    {
        var settings = await db.Set<NoticeSettings>().AsNoTracking().SingleOrDefaultAsync(s => s.PersonId == actor.PersonId);
        var ringing = Enum.GetValues<NoticeSort>().Where(s => settings?.Rings(s) != false).ToList();
        return await db.Set<NoticeRow>()
            .Fresh(actor.PersonId!.Value, clock.GetUtcNow().UtcDateTime)
            .Where(n => ringing.Contains(n.Sort))
            .Take(IBadge.Most)
            .CountAsync();
    }
}

/// <summary>Puts a notice into the list of the person it is for, and rings.</summary>
internal sealed class NoticeSender(NoticeHub hub) : IJobHandler
{
    public string Kind => Notice.Kind;

    public async Task Run(JobWork work)
    {
        var notice = work.Job.Read<Notice>();
        var settings = await work.Db.Set<NoticeSettings>().AsNoTracking().SingleOrDefaultAsync(s => s.PersonId == notice.PersonId);
        var same =
            notice.Sort == NoticeSort.Followed
                ? await work
                    .Db.Set<NoticeRow>()
                    .Fresh(notice.PersonId, work.Now)
                    .FirstOrDefaultAsync(n => n.Key == notice.Key && n.Path == notice.Path, work.Cancel)
                : null;
        if (same is not null)
            same.Again(notice, work.Now);
        else
            work.Db.Add(NoticeRow.Of(notice, work.Now));
        if (settings?.Rings(notice.Sort) == false)
            return;
        if (
            settings is not null
            && await work.Db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == notice.PersonId) is { } person
        )
            await Digest.Order(work, settings, person);
        work.Db.Then(() => hub.Ring(work.Slug, notice.PersonId));
    }
}
