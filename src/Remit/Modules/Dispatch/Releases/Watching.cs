using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Dispatch;

/// <summary>Every morning each watched page gets a look of its own, so that one that hangs holds up no other.</summary>
internal sealed class MorningLook : IDailyJob
{
    public string Kind => "releases.morning";
    public TimeOnly At => new(6, 30);

    public async Task Run(JobWork work)
    {
        foreach (var watch in await work.Db.Set<ReleaseWatch>().Select(w => w.Id).ToListAsync())
            work.Db.Later(Look.Job(watch));
    }
}

/// <summary>Looks at one supplier's page; a version not seen before is announced like one that was noted by hand.</summary>
internal sealed class Look(OutsideWeb web) : IJobHandler
{
    public const string Name = "releases.look";

    public sealed record Of(Guid Watch);

    public string Kind => Name;

    public static Job Job(Guid watch) => Storage.Job.Of(Name, new Of(watch));

    public async Task Run(JobWork work)
    {
        var id = work.Job.Read<Of>().Watch;
        if (await work.Db.Set<ReleaseWatch>().SingleOrDefaultAsync(w => w.Id == id) is not { } watch)
            return;
        try
        {
            var answer = await web.Send(new OutsideRequest("GET", new Uri(watch.Address)), work.Cancel);
            Rules.Must(answer.Good, "watch.status", ("status", answer.Status));
            var seen = SupplierPage.Read(answer.Body, watch.Pattern) ?? throw new Refusal("watch.nothing");
            if (watch.Saw(seen.Version, work.Now))
                await Announce(work, watch, seen);
        }
        catch (Refusal refusal)
        {
            watch.Failed(work.T.Of(refusal), work.Now);
        }
    }

    private static async Task Announce(JobWork work, ReleaseWatch watch, Seen seen)
    {
        var db = work.Db;
        // Somebody may have noted it by hand before.
        if (await db.Set<Release>().AnyAsync(r => r.ProductId == watch.ProductId && r.Number == seen.Version))
            return;
        var product = await db.Set<Product>().SingleAsync(p => p.Id == watch.ProductId);
        var people = await db.Set<Person>().AsNoTracking().Where(p => p.Active).ToListAsync();
        var by = people.Find(p => p.Id == watch.SetBy) ?? people.Find(p => p.Role == Role.Owner);
        var release = Release.Of(
            product,
            seen.Version,
            seen.Notes.Length > 0 ? seen.Notes + "\n" + watch.Address : watch.Address,
            work.Today,
            by?.Id
        );
        db.Add(release);
        await ReleaseEndpoints.Announced(db, product, release, by?.Id, new Here(work.Firm, "", work.Now));
        if (by is not null)
            db.Tell(by.Id, "notice.release", $"releases/{release.Id}", ("product", product.Name), ("number", release.Number));
    }
}
