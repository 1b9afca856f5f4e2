using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Remit.Kernel;
using Remit.Storage;
using Remit.Storage.Engines;
using Remit.Web.Jobs;

namespace Remit.Tests.Ground;

/// <summary>Jobs: written with what causes them, done once, tried again, given up, shown.</summary>
public sealed class Work_after_the_save : IAsyncLifetime
{
    private static readonly DateTime noon = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);
    private readonly World world = new();
    private FirmStore Store => world.App.Services.GetRequiredService<FirmStore>();

    public Task InitializeAsync() => world.InitializeAsync();

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_job_is_done_once_after_its_save_and_what_was_not_saved_causes_none()
    {
        var done = new List<string>();
        var runner = Runner(new Doing(w => done.Add(w.Job.Read<string>())));
        await using (var db = world.Db())
            db.Later(Job.Of("test", "never"));
        await Enqueue("once");
        await Enqueue("tomorrow", noon.AddDays(1));
        Assert.Equal(1, await runner.RunDue(world.Slug, noon));
        Assert.Equal(0, await runner.RunDue(world.Slug, noon));
        // A program that starts anew goes on where the last one stopped.
        Assert.Equal(
            1,
            await Runner(new Doing(w => done.Add(w.Job.Read<string>())), new FirmStore(Store.Engine, []))
                .RunDue(world.Slug, noon.AddDays(1))
        );
        Assert.Equal(["once", "tomorrow"], done);
    }

    [Fact]
    public async Task Four_nodes_do_each_of_forty_jobs_once()
    {
        var done = new ConcurrentBag<int>();
        for (var n = 0; n < 40; n++)
            await Enqueue(n);
        var tried = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => Runner(new Doing(w => done.Add(w.Job.Read<int>()))).RunDue(world.Slug, noon)))
        );
        Assert.Equal(40, tried.Sum());
        Assert.Equal(Enumerable.Range(0, 40), done.Order());
    }

    [Fact]
    public async Task What_fails_waits_longer_each_time_then_stands_on_the_page_until_someone_retries_it()
    {
        var works = false;
        var runner = Runner(
            new Doing(_ =>
            {
                if (!works)
                    throw new IOException("the line is dead");
            })
        );
        await Enqueue("x");
        var pauses = new List<TimeSpan>();
        for (var now = noon; ; )
        {
            Assert.Equal(1, await runner.RunDue(world.Slug, now));
            Assert.Equal(0, await runner.RunDue(world.Slug, now));
            var job = await Only();
            if (job.State == JobState.Failed)
                break;
            pauses.Add(job.DueAt - now);
            now = job.DueAt;
        }
        Assert.Equal(Job.MostAttempts - 1, pauses.Count);
        Assert.Equal(pauses.Order(), pauses);
        Assert.Equal(0, await runner.RunDue(world.Slug, noon.AddYears(1)));
        Assert.Contains("the line is dead", await world.Text("jobs"));
        await world.Post($"jobs/{(await Only()).Id}/retry");
        works = true;
        Assert.Equal(1, await runner.RunDue(world.Slug, noon));
        Assert.DoesNotContain("the line is dead", await world.Text("jobs"));
    }

    [Fact]
    public async Task A_job_of_a_newer_version_waits_for_a_node_that_knows_it_and_is_shown_meanwhile()
    {
        await Enqueue("x");
        Assert.Equal(0, await new JobRunner(Store, [], NullLogger<JobRunner>.Instance).RunDue(world.Slug, noon));
        Assert.Equal((JobState.Waiting, 0), ((await Only()).State, (await Only()).Attempts));
        var page = await world.Text("jobs");
        Assert.Contains("This Remit knows no job “test”", page);
        Assert.DoesNotContain("No job has failed", page);
        Assert.Equal(1, await Runner(new Doing(_ => { })).RunDue(world.Slug, noon));
        await Enqueue("y");
        await world.Post($"jobs/{(await Only()).Id}/drop");
        Assert.Contains("No job has failed", await world.Text("jobs"));
        await using var db = world.Db();
        Assert.False(await db.Set<Job>().AnyAsync(j => j.Kind == "test"));
    }

    [Fact]
    public async Task A_broken_rule_fails_at_once_with_its_sentence_and_can_be_dropped()
    {
        await Enqueue("x");
        await Runner(new Doing(_ => throw new Refusal("task.no_text"))).RunDue(world.Slug, noon);
        Assert.Contains("It is not said what to do", await world.Text("jobs"));
        await world.Post($"jobs/{(await Only()).Id}/drop");
        await using var db = world.Db();
        Assert.False(await db.Set<Job>().AnyAsync(j => j.Once == null));
    }

    [Fact]
    public async Task A_dead_nodes_job_is_taken_again_and_the_dead_node_saves_nothing()
    {
        await Enqueue("x");
        var runs = 0;
        var second = Runner(new Doing(_ => runs++));
        var first = Runner(
            new Doing(async w =>
            {
                // While this one hangs, its hold runs out and another takes the job to its end.
                Assert.Equal(0, await second.RunDue(world.Slug, noon));
                Assert.Equal(1, await second.RunDue(world.Slug, noon.AddMinutes(6)));
                w.Db.Later(Job.Of("never", "x"));
            })
        );
        await first.RunDue(world.Slug, noon);
        Assert.Equal(1, runs);
        await using var db = world.Db();
        Assert.False(await db.Set<Job>().AnyAsync(j => j.Once == null));
    }

    [Fact]
    public async Task A_daily_job_runs_at_its_hour_of_the_firm_every_day_even_after_it_failed()
    {
        var runs = new List<DateTime>();
        var runner = Runner(
            new Daily(w =>
            {
                runs.Add(w.Now);
                if (runs.Count == 2)
                    throw new Refusal("task.no_text");
            })
        );
        Assert.Equal(0, await runner.RunDue(world.Slug, noon));
        // Sofia is two hours ahead in March: seven there is five o'clock UTC.
        for (var day = 1; day <= 3; day++)
        {
            var seven = noon.Date.AddDays(day).AddHours(5);
            Assert.Equal(0, await runner.RunDue(world.Slug, seven.AddMinutes(-1)));
            Assert.Equal(1, await runner.RunDue(world.Slug, seven));
        }
        Assert.Equal(3, runs.Count);
    }

    [Fact]
    public async Task The_worker_wakes_at_once_when_a_save_leaves_a_job()
    {
        var engine = new OnlyFirm(Store.Engine, world.Slug);
        var store = new FirmStore(engine, []);
        var came = new TaskCompletionSource();
        var runner = Runner(new Doing(_ => came.TrySetResult()), store);
        using var worker = new JobWorker(runner, store, TimeProvider.System, NullLogger<JobWorker>.Instance);
        await worker.StartAsync(default);
        // Its first round is over when it has asked for the firms; what comes now comes by the call.
        await engine.Asked.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await using (var db = store.Open(world.Slug))
        {
            db.Later(Job.Of("test", "x"));
            await db.SaveChangesAsync();
        }
        await came.Task.WaitAsync(TimeSpan.FromSeconds(15));
        await worker.StopAsync(default);
    }

    [Fact]
    public async Task A_job_that_hangs_holds_up_its_own_firm_alone()
    {
        var other = new World();
        await other.InitializeAsync();
        try
        {
            var engine = new OnlyFirm(Store.Engine, world.Slug)
            {
                Other = (other.Slug, other.App.Services.GetRequiredService<FirmStore>().Engine),
            };
            var store = new FirmStore(engine, []);
            var (began, ends, came) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
            var runner = Runner(
                new Doing(async w =>
                {
                    if (w.Slug != world.Slug)
                    {
                        came.TrySetResult();
                        return;
                    }
                    began.TrySetResult();
                    await ends.Task;
                }),
                store
            );
            await Enqueue("x");
            using var worker = new JobWorker(runner, store, TimeProvider.System, NullLogger<JobWorker>.Instance);
            await worker.StartAsync(default);
            await began.Task.WaitAsync(TimeSpan.FromSeconds(60));
            await using (var db = store.Open(other.Slug))
            {
                db.Later(Job.Of("test", "x"));
                await db.SaveChangesAsync();
            }
            await came.Task.WaitAsync(TimeSpan.FromSeconds(60));
            ends.SetResult();
            await worker.StopAsync(default);
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    [Fact]
    public async Task Only_who_runs_the_firm_sees_jobs()
    {
        var (director, _) = await world.SomeoneWhoIs(Role.Director);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await director.Get("jobs")).StatusCode);
        Assert.DoesNotContain("⟦", await world.Text("jobs"));
    }

    private async Task Enqueue(object payload, DateTime? due = null)
    {
        await using var db = world.Db();
        db.Later(Job.Of("test", payload, due));
        await db.SaveChangesAsync();
    }

    private async Task<Job> Only()
    {
        await using var db = world.Db();
        return await db.Set<Job>().AsNoTracking().SingleAsync(j => j.Kind == "test");
    }

    private JobRunner Runner(IJobHandler handler, FirmStore? store = null) =>
        new(store ?? Store, [handler], NullLogger<JobRunner>.Instance);

    private sealed class Doing(Func<JobWork, Task> what) : IJobHandler
    {
        public Doing(Action<JobWork> what)
            : this(w =>
            {
                what(w);
                return Task.CompletedTask;
            }) { }

        public string Kind => "test";

        public Task Run(JobWork work) => what(work);
    }

    private sealed class Daily(Action<JobWork> what) : IDailyJob
    {
        public string Kind => "daily.test";
        public TimeOnly At => new(7, 0);

        public Task Run(JobWork work)
        {
            what(work);
            return Task.CompletedTask;
        }
    }

    /// <summary>A server that other tests use too, seen as if it held this one firm; or this and one of another server.</summary>
    private sealed class OnlyFirm(IEngine server, string firm) : IEngine
    {
        public TaskCompletionSource Asked { get; } = new();
        public (string Firm, IEngine Server)? Other { get; init; }
        public string Name => server.Name;

        public void Configure(DbContextOptionsBuilder options, string name) => Of(name).Configure(options, name);

        public DbConnection Connection(string name) => Of(name).Connection(name);

        public Task<IReadOnlyList<string>> Firms()
        {
            Asked.TrySetResult();
            return Task.FromResult<IReadOnlyList<string>>(Other is { } other ? [firm, other.Firm] : [firm]);
        }

        public ValueTask<bool> Has(string name) => Of(name).Has(name);

        public ValueTask<IDisposable?> Turn(AppDb db) => server.Turn(db);

        public Task Create(string name) => server.Create(name);

        public Task Drop(string name) => server.Drop(name);

        public ValueTask<IAsyncDisposable?> Migrating(string name) => Of(name).Migrating(name);

        public string? LockWriters => server.LockWriters;

        public Task OnDisk(AppDb db) => server.OnDisk(db);

        public Task Count(AppDb db) => server.Count(db);

        public IQueryable<SearchLine> Having(AppDb db, IReadOnlyList<string> parts) => server.Having(db, parts);

        private IEngine Of(string name) => Other is { } other && other.Firm == name ? other.Server : server;

        public ValueTask<bool> AreCommon(AppDb db, IReadOnlyList<string> parts) => server.AreCommon(db, parts);
    }
}
