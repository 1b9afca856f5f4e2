using Remit.Storage;

namespace Remit.Web.Jobs;

/// <summary>
/// Before the day begins the search index is put in order, and the database counts its tables. SQLite never does so by
/// itself, and then takes long ways in a large firm.
/// </summary>
internal sealed class NightCount : IDailyJob
{
    public string Kind => "storage.count";
    public TimeOnly At => new(4, 0);

    public Task Run(JobWork work) => Tidy(work);

    public static async Task Tidy(JobWork work)
    {
        await SearchIndex.Order(work.Db, work.Cancel);
        await work.Db.Engine.Count(work.Db);
    }
}

/// <summary>What the night does, without waiting for it: after many rows came in at once.</summary>
public sealed class CountNow : IJobHandler
{
    private const string Name = "storage.count_now";
    public string Kind => Name;

    public static Job Job() => Storage.Job.Of(Name, new { });

    public Task Run(JobWork work) => NightCount.Tidy(work);
}
