using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Tasks;

/// <summary>Every morning: whoever has something newly overdue is told once, however much it is.</summary>
internal sealed class Overdue(IEnumerable<IDueSource> sources) : IDailyJob
{
    public string Kind => "dues.overdue";
    public TimeOnly At => new(7, 0);

    public async Task Run(JobWork work)
    {
        // From the day it should have run: a morning on which no node ran is made up for.
        var since = work.Firm.Day(work.Job.DueAt).AddDays(-1);
        foreach (var person in await work.Db.Set<Person>().AsNoTracking().Where(p => p.Active).ToListAsync(work.Cancel))
        {
            var late = await sources.Open(
                work.Db,
                new DueAsk(work.Today, work.Today.AddDays(-1), person.Id),
                new Actor(person.Id, person.Name, person.Role)
            );
            var fresh = late.Where(d => d.On >= since).ToList();
            if (fresh.Count > 0)
                work.Db.Tell(
                    person.Id,
                    "notice.overdue",
                    "inbox",
                    ("n", fresh.Count.ToString(CultureInfo.InvariantCulture)),
                    ("task", fresh[0].Text)
                );
        }
    }
}
