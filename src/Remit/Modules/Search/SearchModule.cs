using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Papers;
using Remit.Modules.People;
using Remit.Modules.Search.Pages;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;

namespace Remit.Modules.Search;

/// <summary>One thing found and the page it opens.</summary>
public sealed record Hit(string Title, string Kind, string Path);

/// <summary>What the palette finds by name, tax number, phone or paper number, and the kept tabs of lists; only what the person may see.</summary>
public static class SearchModule
{
    private const int Most = 8;

    public static void MapSearch(this WebApplication app)
    {
        app.MapGet("/search", Find).Needs(Permission.Home);
        app.MapClientPick();
    }

    /// <summary>For the palette as data, for a browser without a script as a page.</summary>
    private static async Task<IResult> Find(string? q, HttpContext http, AppDb db, Actor actor, Screen screen)
    {
        var text = q?.Trim().ToLowerInvariant() ?? "";
        var hits = text.Length < 2 ? [] : await Hits(text, db, actor, screen);
        return http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
            ? new RazorComponentResult<SearchPage>(new { Words = q ?? "", Hits = hits })
            : Results.Json(hits);
    }

    private static async Task<IReadOnlyList<Hit>> Hits(string text, AppDb db, Actor actor, Screen screen)
    {
        var hits = new List<Hit>();
        if (actor.Can(Permission.ClientsSee))
            hits.AddRange(await Clients(db, text, screen.T["menu.clients"]));
        if (actor.Can(Permission.PapersSee) && long.TryParse(text.TrimStart('№', ' '), out var number))
            hits.AddRange(await Papers(db, number, screen.T["menu.papers"]));
        if (actor.Can(Permission.PapersSee))
            hits.AddRange(await Contracts(db, text, screen.T["menu.contracts"]));
        if (actor.Can(Permission.PeopleSee))
            hits.AddRange(await People(db, text, screen.T["menu.people"]));
        hits.AddRange(await Views(db, text, actor, screen));
        return [.. hits.Take(Most * 2)];
    }

    private static async Task<IEnumerable<Hit>> Clients(AppDb db, string text, string kind)
    {
        var found = await db.Set<Client>().AsNoTracking().Where(c => c.MergedInto == null).FirstSaying(db, ClientPick.Asked(text), Most);
        return found.Select(c => new Hit(c.Name, kind, $"clients/{c.Id}"));
    }

    private static async Task<IEnumerable<Hit>> Papers(AppDb db, long number, string kind)
    {
        var found = await db.Set<Invoice>()
            .AsNoTracking()
            .Where(i => i.Number == number || i.ActNumber == number)
            .OrderByDescending(i => i.IssuedOn)
            .Take(Most)
            .ToListAsync();
        return found.Select(i => new Hit($"{i.Title} · {i.IssuedOn:yyyy-MM-dd}", kind, $"papers/{i.Id}"));
    }

    private static async Task<IEnumerable<Hit>> Contracts(AppDb db, string text, string kind)
    {
        var found = await db.Set<Contract>()
            .AsNoTracking()
            .Where(c => db.Saying(text).Any(l => l.RecordId == c.Id))
            .OrderByDescending(c => c.From)
            .Take(Most)
            .Join(db.Set<Client>(), c => c.ClientId, c => c.Id, (c, client) => new { Contract = c, client.Name })
            .ToListAsync();
        return found.Select(f => new Hit($"{f.Contract.Title} · {f.Name}", kind, $"contracts/{f.Contract.Id}"));
    }

    // A firm has few people and tabs, and their names are folded here because LIKE knows no Cyrillic capitals.
    private static async Task<IEnumerable<Hit>> People(AppDb db, string text, string kind) =>
        (await db.Set<Person>().AsNoTracking().Where(p => p.Active).Select(p => new { p.Id, p.Name }).ToListAsync())
            .Where(p => Folding.Plain(p.Name).Contains(Folding.Plain(text)))
            .Take(Most)
            .Select(p => new Hit(p.Name, kind, "people"));

    private static async Task<IEnumerable<Hit>> Views(AppDb db, string text, Actor actor, Screen screen) =>
        (await db.Set<ListView>().AsNoTracking().Where(v => v.PersonId == null || v.PersonId == actor.PersonId).ToListAsync())
            .Where(v => Folding.Plain(v.Name).Contains(Folding.Plain(text)) && Menu.MayOpen(v.List, actor))
            .Take(Most)
            .Select(v => new Hit(v.Name, screen.T["palette.view"], $"{v.List}?{v.Query}"));
}
