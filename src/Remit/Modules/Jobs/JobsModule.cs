using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Jobs.Pages;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Jobs;

/// <summary>What Remit still has to do by itself, and what it could not do.</summary>
public static class JobsModule
{
    private const int Shown = 200;

    public static void MapJobs(this WebApplication app)
    {
        app.MapGet("/jobs", List).Needs(Permission.FirmEdit);
        app.MapPost("/jobs/{id:guid}/retry", Retry).Needs(Permission.FirmEdit);
        app.MapPost("/jobs/{id:guid}/drop", Drop).Needs(Permission.FirmEdit);
    }

    private static async Task<IResult> List(AppDb db, JobRunner runner)
    {
        var jobs = db.Set<Job>().AsNoTracking();
        var waiting = await jobs.Where(j => j.State == JobState.Waiting).OrderBy(j => j.DueAt).ThenBy(j => j.Id).Take(Shown).ToListAsync();
        return new RazorComponentResult<JobsPage>(
            new
            {
                Failed = await jobs.Where(j => j.State == JobState.Failed).OrderByDescending(j => j.Id).Take(Shown).ToListAsync(),
                Waiting = waiting,
                Unknown = waiting.Select(j => j.Kind).Where(kind => !runner.Knows(kind)).ToHashSet(),
            }
        );
    }

    private static async Task<IResult> Retry(Guid id, AppDb db, Screen screen, Go go)
    {
        (await Find(db, id)).Retry();
        await db.SaveChangesAsync();
        return go.To("jobs", null, screen.T["job.retried"]);
    }

    private static async Task<IResult> Drop(Guid id, AppDb db, JobRunner runner, Screen screen, Go go)
    {
        var job = await Find(db, id);
        Rules.Must(job.State == JobState.Failed || !runner.Knows(job.Kind), "job.not_failed");
        db.Remove(job);
        await db.SaveChangesAsync();
        return go.To("jobs", null, screen.T["job.dropped"]);
    }

    // A job that has been done is gone: its button was pressed on an old page.
    private static async Task<Job> Find(AppDb db, Guid id) =>
        await db.Set<Job>().SingleOrDefaultAsync(j => j.Id == id) ?? throw new Web.NotFound();
}
