using System.Threading.Channels;
using Remit.Storage;

namespace Remit.Web.Jobs;

/// <summary>Does the jobs of all firms of this node: at once after a save that left some, and by the clock.</summary>
public sealed class JobWorker(JobRunner runner, FirmStore firms, TimeProvider clock, ILogger<JobWorker> log) : BackgroundService
{
    // What another node enqueued and then died over, and what waits for its hour.
    private static readonly TimeSpan rounds = TimeSpan.FromSeconds(20);
    private readonly Channel<string> calls = Channel.CreateUnbounded<string>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        firms.JobsWait += Called;
        try
        {
            var names = await All();
            while (!stoppingToken.IsCancellationRequested)
            {
                await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = stoppingToken },
                    async (name, stop) => await Serve(name, stop));
                names = await Next(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            firms.JobsWait -= Called;
        }
    }

    private void Called(string firm) => calls.Writer.TryWrite(firm);

    private async Task Serve(string firm, CancellationToken stop)
    {
        try
        {
            if (!await firms.Exists(firm)) return;
            // One at a time with a fresh clock: the hold on a job counts from when it was really taken.
            while (await runner.RunDue(firm, clock.GetUtcNow().UtcDateTime, most: 1, stop) > 0 && !stop.IsCancellationRequested) { }
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            log.LogWarning(e, "Jobs of {Firm}", firm);
        }
    }

    /// <summary>The firms that were called for, or all of them when it was quiet for a round.</summary>
    private async Task<IReadOnlyCollection<string>> Next(CancellationToken stop)
    {
        using var round = CancellationTokenSource.CreateLinkedTokenSource(stop);
        round.CancelAfter(rounds);
        try
        {
            var called = new HashSet<string> { await calls.Reader.ReadAsync(round.Token) };
            while (calls.Reader.TryRead(out var more)) called.Add(more);
            return called;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return await All();
        }
    }

    private async Task<IReadOnlyCollection<string>> All()
    {
        // A copy that is being restored under a passing name has no business sending letters.
        try { return [.. (await firms.Firms()).Where(f => !f.StartsWith("restoring-", StringComparison.Ordinal))]; }
        catch (Exception e) { log.LogWarning(e, "The firms could not be listed"); return []; }
    }
}

internal static class JobsSetup
{
    /// <summary><c>REMIT_JOBS=off</c>: this node leaves jobs to others.</summary>
    public static void AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IJobHandler, NightCount>();
        services.AddSingleton<JobRunner>();
        if (configuration["REMIT_JOBS"] != "off") services.AddHostedService<JobWorker>();
    }
}
