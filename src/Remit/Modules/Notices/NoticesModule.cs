using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Notices.Pages;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Notices;

/// <summary>What a person should know: a bell with a number, and a list to be done with.</summary>
public static class NoticesModule
{
    private const int Shown = 100;

    public static void MapNotices(this WebApplication app)
    {
        app.MapGet("/notices", List).Needs(Permission.Home);
        app.MapPost("/notices/{id:guid}/open", Open).Needs(Permission.Home);
        app.MapPost("/notices/done", AllDone).Needs(Permission.Home);
    }

    private static async Task<IResult> List(AppDb db, Actor actor) => new RazorComponentResult<NoticesPage>(new
    {
        Fresh = await Mine(db, actor).AsNoTracking().Where(n => n.DoneAt == null).OrderByDescending(n => n.Id).Take(Shown).ToListAsync(),
        Old = await Mine(db, actor).AsNoTracking().Where(n => n.DoneAt != null).OrderByDescending(n => n.Id).Take(Shown / 4).ToListAsync(),
    });

    /// <summary>Marks one as done; with <c>go</c> it also leads there.</summary>
    private static async Task<IResult> Open(Guid id, Form form, AppDb db, Actor actor, TimeProvider clock, Go go)
    {
        var notice = await Mine(db, actor).SingleOrDefaultAsync(n => n.Id == id) ?? throw new Web.NotFound();
        notice.Done(clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        return go.To(form.Flag("go") ? notice.Path : "notices");
    }

    private static async Task<IResult> AllDone(AppDb db, Actor actor, TimeProvider clock, Go go)
    {
        foreach (var notice in await Mine(db, actor).Where(n => n.DoneAt == null).ToListAsync()) notice.Done(clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        return go.To("notices");
    }

    private static IQueryable<NoticeRow> Mine(AppDb db, Actor actor) => db.Set<NoticeRow>().Where(n => n.PersonId == actor.PersonId);
}

/// <summary>The number beside the bell.</summary>
internal sealed class NoticeBadge : IBadge
{
    public string Name => "notices";

    public Task<int> Count(AppDb db, Actor actor, DateOnly today) =>
        db.Set<NoticeRow>().Where(n => n.PersonId == actor.PersonId && n.DoneAt == null).Take(IBadge.Most).CountAsync();
}

/// <summary>Puts a notice into the list of the person it is for.</summary>
internal sealed class NoticeSender : IJobHandler
{
    public string Kind => Notice.Kind;

    public Task Run(JobWork work)
    {
        work.Db.Add(NoticeRow.Of(work.Job.Read<Notice>(), work.Now));
        return Task.CompletedTask;
    }
}
