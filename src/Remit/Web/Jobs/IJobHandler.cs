using Remit.Kernel;
using Remit.Storage;

namespace Remit.Web.Jobs;

/// <summary>
/// Does one kind of job. What it adds to <see cref="JobWork.Db"/> is saved together with the job's end, so it happens
/// once; what leaves the program (a letter) may happen twice where a node dies between doing and saving.
/// A <see cref="Refusal"/> ends the job as failed at once, anything else thrown is tried again later.
/// </summary>
public interface IJobHandler
{
    string Kind { get; }
    Task Run(JobWork work);
}

/// <summary>A job of every firm, every day at an hour of the firm.</summary>
public interface IDailyJob : IJobHandler
{
    TimeOnly At { get; }
}

/// <summary>A job that says itself when it is to come again, through <see cref="JobWork.Next"/>; without a word it is done for good.</summary>
public interface IComesAgain : IJobHandler;

/// <summary>What a handler is given.</summary>
public sealed record JobWork(AppDb Db, string Slug, Firm Firm, Job Job, DateTime Now, CancellationToken Cancel)
{
    public DateOnly Today => Firm.Day(Now);
    public T T => new(Firm.Language);

    /// <summary>When a job that comes again is to do so.</summary>
    public DateTime? Next { get; set; }
}
