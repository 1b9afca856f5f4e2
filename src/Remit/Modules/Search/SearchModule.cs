using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Papers;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Search;

/// <summary>What the palette finds by name, tax number, phone or paper number; only what the person may see.</summary>
public static class SearchModule
{
    private const int Most = 8;

    /// <summary>One thing found and the page it opens.</summary>
    public sealed record Hit(string Title, string Kind, string Path);

    public static void MapSearch(this WebApplication app) => app.MapGet("/search", Find).Needs(Permission.Home);

    private static async Task<IResult> Find(string? q, AppDb db, Actor actor, Screen screen)
    {
        var text = q?.Trim().ToLowerInvariant() ?? "";
        if (text.Length < 2) return Results.Json(Array.Empty<Hit>());
        var hits = new List<Hit>();
        if (actor.Can(Permission.ClientsSee)) hits.AddRange(await Clients(db, text, screen.T["menu.clients"]));
        if (actor.Can(Permission.PapersSee) && long.TryParse(text.TrimStart('№', ' '), out var number)) hits.AddRange(await Papers(db, number, screen.T["menu.papers"]));
        if (actor.Can(Permission.PeopleSee)) hits.AddRange(await People(db, text, screen.T["menu.people"]));
        return Results.Json(hits.Take(Most * 2));
    }

    private static async Task<IEnumerable<Hit>> Clients(AppDb db, string text, string kind)
    {
        var found = await db.Set<Client>().AsNoTracking().Where(c => c.MergedInto == null).Saying(db, text).OrderBy(c => c.NameKey).Take(Most).Select(c => new { c.Id, c.Name }).ToListAsync();
        return found.Select(c => new Hit(c.Name, kind, $"clients/{c.Id}"));
    }

    private static async Task<IEnumerable<Hit>> Papers(AppDb db, long number, string kind)
    {
        var found = await db.Set<Invoice>().AsNoTracking().Where(i => i.Number == number || i.ActNumber == number)
            .OrderByDescending(i => i.IssuedOn).Take(Most).ToListAsync();
        return found.Select(i => new Hit($"{i.Title} · {i.IssuedOn:yyyy-MM-dd}", kind, $"papers/{i.Id}"));
    }

    // A firm has few people, and their names are folded here because LIKE knows no Cyrillic capitals.
    private static async Task<IEnumerable<Hit>> People(AppDb db, string text, string kind) =>
        (await db.Set<Person>().AsNoTracking().Where(p => p.Active).Select(p => new { p.Id, p.Name }).ToListAsync())
            .Where(p => p.Name.ToLowerInvariant().Contains(text)).Take(Most).Select(p => new Hit(p.Name, kind, "people"));
}
