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

    public async Task Run(JobWork work)
    {
        await SearchIndex.Order(work.Db);
        await work.Db.Engine.Count(work.Db);
    }
}
