using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.People;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Talk;

/// <summary>Tells followers that somebody changed their record, or said something about their client. Hears every save, and asks one question where a followed kind was changed.</summary>
internal sealed class Followers(RecordKinds kinds) : IFactListener
{
    // An import or a payment run changes hundreds at once; nobody wants to read each.
    private const int Most = 20;
    private static readonly Dictionary<string, string> named = new()
    {
        ["Client"] = "client",
        ["Visit"] = "visit",
        ["Invoice"] = "paper",
        ["WorkTask"] = "task",
    };

    public async Task Heard(AppDb db, IReadOnlyList<Fact> facts)
    {
        if (db.Actor.PersonId is null)
            return;
        await New(db);
        var changed = db
            .ChangeTracker.Entries<IRecord>()
            .Where(e => e.State == EntityState.Modified && named.ContainsKey(e.Metadata.ClrType.Name))
            .Select(e => (Kind: named[e.Metadata.ClrType.Name], e.Entity.Id, e.Entity.Title))
            .Take(Most + 1)
            .ToList();
        if (changed.Count is 0 or > Most)
            return;
        var ids = changed.Select(c => c.Id).ToList();
        var followed = await db.Set<Follow>().Where(f => ids.Contains(f.AboutId)).Select(f => f.AboutId).Distinct().ToListAsync();
        foreach (var (name, id, title) in changed.Where(c => followed.Contains(c.Id)))
            if (kinds.Find(name) is { } kind)
                foreach (var person in await Of(db, kind, id))
                    db.Tell(NoticeSort.Followed, person, "notice.followed_changed", kind.Path(id), ("by", db.Actor.Name), ("title", title));
    }

    // What was said or given about a client; whoever is named in it is told as named.
    private async Task New(AppDb db)
    {
        var said = db
            .ChangeTracker.Entries()
            .Where(e => e.State == EntityState.Added)
            .Select(
                (Guid Client, string Text, string Title) (e) =>
                    e.Entity switch
                    {
                        ClientEvent it => (it.ClientId, it.Text, it.Title),
                        WorkTask { RecordKind: "client", RecordId: { } client } it => (client, it.Text, it.Title),
                        _ => (Guid.Empty, "", ""),
                    }
            )
            .Where(n => n.Client != Guid.Empty)
            .Take(Most + 1)
            .ToList();
        if (said.Count is 0 or > Most || kinds.Find("client") is not { } kind)
            return;
        var titles = await kind.Titles(db, [.. said.Select(n => n.Client).Distinct()]);
        foreach (var (client, text, title) in said)
        {
            var followers = await Of(db, kind, client);
            var named =
                followers.Count == 0
                    ? []
                    : Mentions
                        .In(text, await db.Set<Person>().AsNoTracking().Where(p => followers.Contains(p.Id)).ToListAsync())
                        .Select(p => p.Id)
                        .ToHashSet();
            foreach (var person in followers.Where(f => !named.Contains(f)))
                db.Tell(
                    NoticeSort.Followed,
                    person,
                    "notice.commented",
                    kind.Path(client) + "#timeline",
                    ("by", db.Actor.Name),
                    ("title", titles.GetValueOrDefault(client, "")),
                    ("text", title)
                );
        }
    }

    /// <summary>Who follows a record and may still see it.</summary>
    public static async Task<IReadOnlyList<Guid>> Of(AppDb db, IRecordKind kind, Guid record)
    {
        var people = await db.Set<Follow>()
            .Where(f => f.AboutId == record)
            .Join(db.Set<Person>().Where(p => p.Active), f => f.PersonId, p => p.Id, (_, p) => p)
            .AsNoTracking()
            .ToListAsync();
        var may = new List<Guid>();
        foreach (var actor in people.Select(p => new Actor(p.Id, p.Name, p.Role)))
            if (actor.Can(kind.See) && await kind.Sees(db, actor, record))
                may.Add(actor.PersonId!.Value);
        return may;
    }
}
