using System.Threading.Channels;
using Remit.Storage;

namespace Remit.Web.Jobs;

/// <summary>Does the jobs of all firms of this node: at once after a save that left some, and by the clock.</summary>
public sealed class JobWorker(JobRunner runner, FirmStore firms, TimeProvider clock, ILogger<JobWorker> log) : BackgroundService
{
    // What another node enqueued and then died over, and what waits for its hour.
    private static readonly TimeSpan rounds = TimeSpan.FromSeconds(20);
    private const int Places = 4;
    private readonly Channel<string> calls = Channel.CreateUnbounded<string>();
    private readonly SemaphoreSlim places = new(Places);
    private readonly Lock gate = new();

    /// <summary>The firms that are being served, and whether each was called for meanwhile.</summary>
    private readonly Dictionary<string, bool> serving = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        firms.JobsWait += Called;
        try
        {
            var names = await All();
            while (!stoppingToken.IsCancellationRequested)
            {
                foreach (var name in names)
                    Begin(name, stoppingToken);
                names = await Next(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }
        finally
        {
            firms.JobsWait -= Called;
            // Whoever has a place brings to its end what it does; who waits for one has gone.
            for (var n = 0; n < Places; n++)
                await places.WaitAsync(CancellationToken.None);
        }
    }

    private void Called(string firm) => calls.Writer.TryWrite(firm);

    // Each firm by itself: a server that hangs, or a mailbox that never ends, holds up no other firm.
    private void Begin(string firm, CancellationToken stop)
    {
        lock (gate)
        {
            if (!serving.TryAdd(firm, false))
            {
                serving[firm] = true;
                return;
            }
        }
        _ = Task.Run(() => Serve(firm, stop), CancellationToken.None);
    }

    private async Task Serve(string firm, CancellationToken stop)
    {
        try
        {
            do while (await Turn(firm, stop) > 0) { }
            while (WasCalled(firm));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
        catch (Exception e)
        {
            log.LogWarning(e, "Jobs of {Firm}", firm);
            lock (gate)
                serving.Remove(firm);
        }
    }

    // One at a time with a fresh clock: the hold on a job counts from when it was really taken, and the next firm has its turn.
    private async Task<int> Turn(string firm, CancellationToken stop)
    {
        await places.WaitAsync(stop);
        try
        {
            return await firms.Exists(firm) ? await runner.RunDue(firm, clock.GetUtcNow().UtcDateTime, most: 1, stop) : 0;
        }
        finally
        {
            places.Release();
        }
    }

    private bool WasCalled(string firm)
    {
        lock (gate)
        {
            if (!serving[firm])
                return !serving.Remove(firm);
            serving[firm] = false;
            return true;
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
            while (calls.Reader.TryRead(out var more))
                called.Add(more);
            return called;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return await All();
        }
    }

    private async Task<IReadOnlyCollection<string>> All()
    {
        try
        {
            return [.. await firms.Firms()];
        }
        catch (Exception e)
        {
            log.LogWarning(e, "The firms could not be listed");
            return [];
        }
    }
}

internal static class JobsSetup
{
    /// <summary><c>REMIT_JOBS=off</c>: this node leaves jobs to others.</summary>
    public static void AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IJobHandler, NightCount>();
        services.AddSingleton<IJobHandler, CountNow>();
        services.AddSingleton<JobRunner>();
        if (configuration["REMIT_JOBS"] != "off")
            services.AddHostedService<JobWorker>();
    }
}
