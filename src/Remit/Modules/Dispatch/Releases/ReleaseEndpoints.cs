using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch.Pages;
using Remit.Modules.People;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Dispatch;

/// <summary>A client of a call round with what its row shows.</summary>
public sealed record NamedCall(ReleaseCall Call, string Client, string UsedVersion, Guid? Caller);

/// <summary>New releases: noted once, then told to programmers by a notice and to clients by a call round.</summary>
internal static class ReleaseEndpoints
{
    public static void MapReleases(this WebApplication app)
    {
        app.MapPost("/products/{id:guid}/releases", Note).Needs(Permission.VisitsEdit);
        app.MapGet("/releases/{id:guid}", Show).Needs(Permission.VisitsSee);
        app.MapPost("/releases/{id:guid}/calls/{call:guid}", Told).Needs(Permission.VisitsEdit);
    }

    private static async Task<IResult> Note(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var product = await db.Set<Product>().One(id);
        var release = Release.Of(product, form.Text("release_number"), form.Text("release_notes"), form.Day("released_on") ?? screen.Today, actor.PersonId);
        await db.StartWriting();
        Must(!await db.Set<Release>().AnyAsync(r => r.ProductId == id && r.Number == release.Number), "release.there", ("product", product.Name), ("number", release.Number));
        db.Add(release);
        await TellProgrammers(db, product, release);
        var calls = await CallRound(db, product, release, actor, screen, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        return go.To($"releases/{release.Id}", db, screen.T["release.noted", ("product", product.Name), ("number", release.Number), ("n", calls)]);
    }

    // Those who know the product, or all programmers where nobody is noted.
    private static async Task TellProgrammers(AppDb db, Product product, Release release)
    {
        var able = await db.Set<Skill>().Where(s => s.ProductId == product.Id).Select(s => s.PersonId).ToListAsync();
        var people = await db.Set<Person>().Where(p => p.Active && (able.Count > 0 ? able.Contains(p.Id) : p.Role == Role.Programmer)).Select(p => p.Id).ToListAsync();
        foreach (var person in people) db.Tell(NoticeSort.System, person, "notice.release", $"releases/{release.Id}", ("product", product.Name), ("number", release.Number));
    }

    // One task for each client who has another version, with the manager of the client.
    private static async Task<int> CallRound(AppDb db, Product product, Release release, Actor actor, Screen screen, DateTime now)
    {
        var active = await db.Set<Person>().Where(p => p.Active).Select(p => p.Id).ToListAsync();
        var users = await db.Set<ClientProduct>().Where(u => u.ProductId == product.Id && u.UsedVersion != release.Number)
            .Join(db.Set<Client>(), u => u.ClientId, c => c.Id, (_, c) => new { c.Id, c.Name, c.NameKey, c.OwnerId }).Distinct().OrderBy(c => c.NameKey).ToListAsync();
        foreach (var user in users)
        {
            var caller = user.OwnerId is { } owner && active.Contains(owner) ? owner : actor.PersonId!.Value;
            var words = screen.T["release.call", ("client", user.Name), ("product", product.Name), ("number", release.Number)];
            var task = WorkTask.Give(words, screen.Today.AddDays(7), caller, null, actor.PersonId, now, (ClientRecord.Of, user.Id));
            db.Add(task);
            db.Add(ReleaseCall.To(release, user.Id, task.Id));
        }
        return users.Count;
    }

    private static async Task<IResult> Show(Guid id, AppDb db)
    {
        var release = await db.Set<Release>().AsNoTracking().One(id);
        var calls = await (from call in db.Set<ReleaseCall>()
                           where call.ReleaseId == id
                           join client in db.Set<Client>() on call.ClientId equals client.Id
                           orderby client.Name
                           select new { Call = call, client.Name, client.Id }).AsNoTracking().ToListAsync();
        var used = (await db.Set<ClientProduct>().AsNoTracking().Where(u => u.ProductId == release.ProductId).ToListAsync())
            .GroupBy(u => u.ClientId).ToDictionary(g => g.Key, g => g.First().UsedVersion);
        var tasks = calls.Select(c => c.Call.TaskId).ToList();
        var callers = await db.Set<WorkTask>().Where(t => tasks.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.PersonId);
        return new RazorComponentResult<ReleasePage>(new
        {
            Release = release, Product = await db.Set<Product>().AsNoTracking().One(release.ProductId),
            Calls = calls.Select(c => new NamedCall(c.Call, c.Name, used.GetValueOrDefault(c.Id, ""), callers.GetValueOrDefault(c.Call.TaskId))).ToList(),
            Names = await db.Set<Person>().AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Name),
        });
    }

    /// <summary>The client was told: whether they want it. The task of the call is done with that.</summary>
    private static async Task<IResult> Told(Guid id, Guid call, Form form, AppDb db, Actor actor, TimeProvider clock, Go go)
    {
        var told = await db.Set<ReleaseCall>().Where(c => c.ReleaseId == id).One(call);
        var now = clock.GetUtcNow().UtcDateTime;
        told.Told(form.Flag("wants"), actor.PersonId, now);
        if (await db.Set<WorkTask>().SingleOrDefaultAsync(t => t.Id == told.TaskId) is { Open: true } task) task.Done(actor.PersonId, now);
        await db.SaveChangesAsync();
        return go.To($"releases/{id}");
    }
}
