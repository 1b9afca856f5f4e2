using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch.Pages;
using Remit.Modules.Mail;
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
        app.MapPost("/releases/{id:guid}/calls/{call:guid}/has", Has).Needs(Permission.VisitsEdit);
        app.MapPost("/releases/{id:guid}/letters", Write).Needs(Permission.VisitsEdit);
        app.MapWatches();
    }

    private static async Task<IResult> Note(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var product = await db.Set<Product>().One(id);
        var release = Release.Of(
            product,
            form.Text("release_number"),
            form.Text("release_notes"),
            form.Day("released_on") ?? screen.Today,
            actor.PersonId
        );
        await db.StartWriting();
        Must(
            !await db.Set<Release>().AnyAsync(r => r.ProductId == id && r.Number == release.Number),
            "release.there",
            ("product", product.Name),
            ("number", release.Number)
        );
        db.Add(release);
        var calls = await Announced(db, product, release, actor.PersonId, Here.Of(screen, clock));
        await db.SaveChangesAsync();
        return go.To(
            $"releases/{release.Id}",
            db,
            screen.T["release.noted", ("product", product.Name), ("number", release.Number), ("n", calls)]
        );
    }

    /// <summary>Tells programmers and lays out the call round; says how many clients are to be called. The caller saves.</summary>
    internal static async Task<int> Announced(AppDb db, Product product, Release release, Guid? by, Here here)
    {
        await TellProgrammers(db, product, release);
        return await CallRound(db, product, release, by, here);
    }

    // Those who know the product, or all programmers where nobody is noted.
    private static async Task TellProgrammers(AppDb db, Product product, Release release)
    {
        var able = await db.Set<Skill>().Where(s => s.ProductId == product.Id).Select(s => s.PersonId).ToListAsync();
        var people = await db.Set<Person>()
            .Where(p => p.Active && (able.Count > 0 ? able.Contains(p.Id) : p.Role == Role.Programmer))
            .Select(p => p.Id)
            .ToListAsync();
        foreach (var person in people)
            db.Tell(
                NoticeSort.System,
                person,
                "notice.release",
                $"releases/{release.Id}",
                ("product", product.Name),
                ("number", release.Number)
            );
    }

    // One task for each client who has another version, with the manager of the client.
    private static async Task<int> CallRound(AppDb db, Product product, Release release, Guid? by, Here here)
    {
        var languages = await db.Set<Person>().Where(p => p.Active).ToDictionaryAsync(p => p.Id, p => p.Language);
        var users = await db.Set<ClientProduct>()
            .Where(u => u.ProductId == product.Id && u.UsedVersion != release.Number)
            .Join(
                db.Set<Client>(),
                u => u.ClientId,
                c => c.Id,
                (_, c) =>
                    new
                    {
                        c.Id,
                        c.Name,
                        c.NameKey,
                        c.OwnerId,
                    }
            )
            .Distinct()
            .OrderBy(c => c.NameKey)
            .ToListAsync();
        foreach (var user in users)
        {
            if ((user.OwnerId is { } owner && languages.ContainsKey(owner) ? owner : by) is not { } caller)
                continue;
            var words = new T(languages.GetValueOrDefault(caller, here.Firm.Language))[
                "release.call",
                ("client", user.Name),
                ("product", product.Name),
                ("number", release.Number)
            ];
            var task = WorkTask.Give(words, here.Today.AddDays(7), caller, null, by, here.Now, (ClientRecord.Of, user.Id));
            db.Add(task);
            db.Add(ReleaseCall.To(release, user.Id, task.Id));
        }
        return users.Count;
    }

    private static async Task<IResult> Show(Guid id, AppDb db)
    {
        var release = await db.Set<Release>().AsNoTracking().One(id);
        var calls = await (
            from call in db.Set<ReleaseCall>()
            where call.ReleaseId == id
            join client in db.Set<Client>() on call.ClientId equals client.Id
            orderby client.Name
            select new
            {
                Call = call,
                client.Name,
                client.Id,
            }
        )
            .AsNoTracking()
            .ToListAsync();
        var used = (await db.Set<ClientProduct>().AsNoTracking().Where(u => u.ProductId == release.ProductId).ToListAsync())
            .GroupBy(u => u.ClientId)
            .ToDictionary(g => g.Key, g => g.First().UsedVersion);
        var tasks = calls.Select(c => c.Call.TaskId).ToList();
        var callers = await db.Set<WorkTask>().Where(t => tasks.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.PersonId);
        return new RazorComponentResult<ReleasePage>(
            new
            {
                Release = release,
                Product = await db.Set<Product>().AsNoTracking().One(release.ProductId),
                Calls = calls
                    .Select(c => new NamedCall(c.Call, c.Name, used.GetValueOrDefault(c.Id, ""), callers.GetValueOrDefault(c.Call.TaskId)))
                    .ToList(),
                Names = await db.NamesOfPeople(),
            }
        );
    }

    /// <summary>The client was told: whether they want it, when, and what they said. The task of the call is done with that.</summary>
    private static async Task<IResult> Told(Guid id, Guid call, Form form, AppDb db, Actor actor, TimeProvider clock, Go go)
    {
        var told = await db.Set<ReleaseCall>().Where(c => c.ReleaseId == id).One(call);
        var now = clock.GetUtcNow().UtcDateTime;
        told.Told(form.Flag("wants"), form.Day("wanted_on"), form.Text("call_said"), actor.PersonId, now);
        if (await db.Set<WorkTask>().SingleOrDefaultAsync(t => t.Id == told.TaskId) is { Open: true } task)
            task.Done(actor.PersonId, now);
        await db.SaveChangesAsync();
        return go.To($"releases/{id}");
    }

    /// <summary>The client works with the new version now.</summary>
    private static async Task<IResult> Has(Guid id, Guid call, AppDb db, Go go)
    {
        var (release, told) = (await db.Set<Release>().One(id), await db.Set<ReleaseCall>().Where(c => c.ReleaseId == id).One(call));
        told.Has();
        foreach (
            var use in await db.Set<ClientProduct>()
                .Where(u => u.ClientId == told.ClientId && u.ProductId == release.ProductId)
                .ToListAsync()
        )
            use.IsNow(release.Number);
        await db.SaveChangesAsync();
        return go.To($"releases/{id}", db);
    }

    /// <summary>The note for clients, by mail, to each of the round who has an address and was neither told nor written to.</summary>
    private static async Task<IResult> Write(Guid id, AppDb db, Screen screen, TimeProvider clock, Go go)
    {
        Must(await db.Set<MailSettings>().AnyAsync(), "mail.not_set");
        var release = await db.Set<Release>().One(id);
        var product = await db.Set<Product>().One(release.ProductId);
        var sent = 0;
        await db.StartWriting();
        foreach (
            var call in await db.Set<ReleaseCall>()
                .Where(c => c.ReleaseId == id && c.State == CallState.Waiting && c.LetterAt == null)
                .ToListAsync()
        )
        {
            if (await db.Addressee(call.ClientId) is not { } contact)
                continue;
            var t = new T(await db.Set<Client>().Where(c => c.Id == call.ClientId).Select(c => c.Language).SingleAsync());
            db.Later(
                new Letter(
                    contact.Email,
                    t["letter.subject_release", ("product", product.Name), ("number", release.Number)],
                    t[
                        "letter.release",
                        ("firm", screen.Firm!.Name),
                        ("product", product.Name),
                        ("number", release.Number),
                        ("notes", release.Notes)
                    ]
                ).Job()
            );
            call.Written(clock.GetUtcNow().UtcDateTime);
            sent++;
        }
        await db.SaveChangesAsync();
        return go.To($"releases/{id}", null, screen.T["release.written", ("n", sent)]);
    }
}
