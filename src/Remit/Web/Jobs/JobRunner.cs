using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;

namespace Remit.Web.Jobs;

/// <summary>Takes due jobs of a firm and does them, one after the other. Any number of nodes may do so at once.</summary>
public sealed class JobRunner(FirmStore firms, IEnumerable<IJobHandler> handlers, ILogger<JobRunner> log)
{
    private static readonly TimeSpan hold = TimeSpan.FromMinutes(5),
        longest = TimeSpan.FromMinutes(4);
    private readonly Dictionary<string, IJobHandler> byKind = handlers.ToDictionary(h => h.Kind);
    private readonly string[] kinds = [.. handlers.Select(h => h.Kind)];
    private readonly string[] everyDay = [.. handlers.OfType<IDailyJob>().Select(h => h.Kind)];

    /// <summary>Whether this version does jobs of this kind; another node may be a newer one.</summary>
    public bool Knows(string kind) => byKind.ContainsKey(kind);

    /// <summary>Does what is due at <paramref name="now"/>, at most so many; says how many were tried.</summary>
    public async Task<int> RunDue(string firm, DateTime now, int most = int.MaxValue, CancellationToken stop = default)
    {
        if (!await IsAnything(firm, now) || await FirmOf(firm) is not { } facts)
            return 0;
        await PlanDaily(firm, facts, now);
        var tried = 0;
        while (tried < most && await Take(firm, now) is { } job)
        {
            await Run(firm, facts, job, now, stop);
            tried++;
        }
        return tried;
    }

    // Past the mapper: a node that has just started, and one with many quiet firms, mostly finds nothing (docs/decisions/0099).
    private async Task<bool> IsAnything(string firm, DateTime now)
    {
        await using var connection = firms.Engine.Connection(firm);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        var known = string.Concat(everyDay.Select((_, n) => ", @p" + n));
        command.CommandText = $"""
            SELECT CASE WHEN EXISTS (SELECT 1 FROM jobs WHERE "State" = 'Waiting' AND "DueAt" <= @now)
                OR (SELECT count(*) FROM jobs WHERE "Once" IN (''{known})) < {everyDay.Length}
                THEN 1 ELSE 0 END
            """;
        foreach (var (name, value) in everyDay.Select((kind, n) => ("@p" + n, (object)kind)).Prepend(("@now", now)))
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        return Convert.ToInt32(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture) == 1;
    }

    private async Task<Firm?> FirmOf(string firm)
    {
        await using var db = firms.Open(firm);
        return await db.Set<Firm>().AsNoTracking().SingleOrDefaultAsync();
    }

    // The unique index lets one of two nodes that plan at the same time win.
    private async Task PlanDaily(string firm, Firm facts, DateTime now)
    {
        await using var db = firms.Open(firm);
        var planned = await db.Set<Job>().Where(j => j.Once != null).Select(j => j.Once).ToListAsync();
        var missing = byKind.Values.OfType<IDailyJob>().Where(d => !planned.Contains(d.Kind)).ToList();
        if (missing.Count == 0)
            return;
        foreach (var daily in missing)
            db.Later(Job.Of(daily.Kind, new { }, facts.Next(daily.At, now), once: daily.Kind));
        try
        {
            await db.SaveChangesAsync();
        }
        catch (DbUpdateException) { }
    }

    // A kind that this version does not know is left to a node that does. One UPDATE with the condition inside it: each database lets exactly one of two takers change the row.
    private async Task<Job?> Take(string firm, DateTime now)
    {
        await using var db = firms.Open(firm);
        var due = db.Set<Job>()
            .Where(j => j.State == JobState.Waiting && j.DueAt <= now && (j.TakenUntil == null || j.TakenUntil < now))
            .Where(j => kinds.Contains(j.Kind));
        while (await due.OrderBy(j => j.DueAt).ThenBy(j => j.Id).Select(j => (Guid?)j.Id).FirstOrDefaultAsync() is { } id)
        {
            var (run, until) = (Guid.CreateVersion7(), now + hold);
            var taken = await due.Where(j => j.Id == id)
                .ExecuteUpdateAsync(s =>
                    s.SetProperty(j => j.Taken, run).SetProperty(j => j.TakenUntil, until).SetProperty(j => j.Attempts, j => j.Attempts + 1)
                );
            if (taken == 1)
                return await db.Set<Job>().AsNoTracking().SingleAsync(j => j.Id == id);
        }
        return null;
    }

    private async Task Run(string firm, Firm facts, Job job, DateTime now, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(longest);
        try
        {
            await using var db = firms.Open(firm);
            db.Attach(job);
            var handler = byKind[job.Kind];
            var work = new JobWork(db, firm, facts, job, now, limit.Token);
            await handler.Run(work);
            if (handler is IDailyJob daily)
                job.Again(facts.Next(daily.At, now));
            else if (handler is IComesAgain && work.Next is { } next)
                job.Again(next);
            else
                db.Remove(job);
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (Refusal refusal)
        {
            await Failed(firm, facts, job, now, new T(facts.Language).Of(refusal), final: true);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Release(firm, job);
        }
        catch (Exception e)
        {
            log.LogWarning(e, "Job {Kind} {Id} of {Firm}, try {Attempts}", job.Kind, job.Id, firm, job.Attempts);
            await Failed(firm, facts, job, now, e.Message, final: job.Attempts >= Job.MostAttempts);
        }
    }

    private async Task Failed(string firm, Firm facts, Job job, DateTime now, string error, bool final)
    {
        // What recurs has another day; it is never given up.
        var daily = final && byKind.GetValueOrDefault(job.Kind) is IDailyJob d ? facts.Next(d.At, now) : (DateTime?)null;
        var (state, due) = (final && daily is null ? JobState.Failed : JobState.Waiting, daily ?? now + Job.Pause(job.Attempts));
        var (attempts, said) = (daily is null ? job.Attempts : 0, error.Length > 1000 ? error[..1000] : error);
        await using var db = firms.Open(firm);
        await Mine(db, job)
            .ExecuteUpdateAsync(s =>
                s.SetProperty(j => j.State, state)
                    .SetProperty(j => j.DueAt, due)
                    .SetProperty(j => j.Attempts, attempts)
                    .SetProperty(j => j.LastError, said)
                    .SetProperty(j => j.Taken, (Guid?)null)
                    .SetProperty(j => j.TakenUntil, (DateTime?)null)
            );
    }

    // The node is stopping: another, or this one later, begins anew.
    private async Task Release(string firm, Job job)
    {
        await using var db = firms.Open(firm);
        await Mine(db, job)
            .ExecuteUpdateAsync(s =>
                s.SetProperty(j => j.Attempts, j => j.Attempts - 1)
                    .SetProperty(j => j.Taken, (Guid?)null)
                    .SetProperty(j => j.TakenUntil, (DateTime?)null)
            );
    }

    private static IQueryable<Job> Mine(AppDb db, Job job)
    {
        var (id, run) = (job.Id, job.Taken);
        return db.Set<Job>().Where(j => j.Id == id && j.Taken == run);
    }
}
