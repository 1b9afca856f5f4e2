using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Remit.Storage;

public enum JobState
{
    Waiting,
    Failed,
}

/// <summary>
/// Work to do after a save has committed: a letter, a notice, a check. It is written in the transaction that causes it,
/// so what was not saved causes nothing, and what was saved is never forgotten. Gone when done; no journal is kept of it.
/// </summary>
public sealed class Job
{
    /// <summary>Sorts before everything that has an hour.</summary>
    public static readonly DateTime AtOnce = DateTime.UnixEpoch;

    /// <summary>From half a minute to some six hours between tries; after the last a person has to look.</summary>
    public const int MostAttempts = 8;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string Kind { get; private init; } = "";
    public string Payload { get; private init; } = "";
    public DateTime DueAt { get; private set; }
    public JobState State { get; private set; }
    public int Attempts { get; private set; }
    public string LastError { get; private set; } = "";

    /// <summary>Which run holds it. A run that lost its hold cannot save what it did.</summary>
    public Guid? Taken { get; private set; }

    /// <summary>A node that died does not keep its job for ever.</summary>
    public DateTime? TakenUntil { get; private set; }

    /// <summary>Set on what recurs: there is one of it in a firm.</summary>
    public string? Once { get; private init; }

    public static Job Of(string kind, object payload, DateTime? dueAt = null, string? once = null) =>
        new()
        {
            Kind = kind,
            Payload = JsonSerializer.Serialize(payload, JournalWriter.Json),
            DueAt = dueAt ?? AtOnce,
            Once = once,
        };

    public TPayload Read<TPayload>() => JsonSerializer.Deserialize<TPayload>(Payload, JournalWriter.Json)!;

    /// <summary>How long to wait after a try that failed.</summary>
    public static TimeSpan Pause(int attempts) => TimeSpan.FromSeconds(30 * Math.Pow(3, Math.Max(0, attempts - 1)));

    /// <summary>Done for this time; the next is at <paramref name="next"/>.</summary>
    public void Again(DateTime next) =>
        (DueAt, Attempts, LastError, Taken, TakenUntil, State) = (next, 0, "", null, null, JobState.Waiting);

    /// <summary>A person saw to the cause: it may be tried again, from the beginning.</summary>
    public void Retry() => (DueAt, Attempts, Taken, TakenUntil, State) = (AtOnce, 0, null, null, JobState.Waiting);
}

internal sealed class JobTable : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> t)
    {
        t.ToTable("jobs");
        t.Property(j => j.Taken).IsConcurrencyToken();
        t.HasIndex(j => new { j.State, j.DueAt });
        t.HasIndex(j => j.Once).IsUnique();
    }
}
