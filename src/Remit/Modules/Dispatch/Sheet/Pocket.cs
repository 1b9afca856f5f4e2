using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch.Pages;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>What a programmer's phone keeps for the hours without network: the sheets of today and up to the next workday, the ways there, and a page that lists them.</summary>
internal static class Pocket
{
    /// <summary>Says for whom a page was made; a phone keeps it for this person only.</summary>
    public const string For = "Remit-For";
    private const int Most = 20;

    public static void MapPocket(this WebApplication app)
    {
        app.MapGet("/visits/pocket", Show).Needs(Permission.VisitsEdit);
        app.MapGet("/visits/pocket.json", Keep).Needs(Permission.VisitsEdit);
        // The same for everybody and without a word of the firm's, so it needs no sign-in.
        app.MapGet("/sw.js", Worker).AllowAnonymous();
    }

    private static async Task<IResult> Show(AppDb db, Actor actor, Screen screen, HttpContext http)
    {
        http.Response.Headers[For] = $"{actor.PersonId}";
        return new RazorComponentResult<PocketPage>(new { Visits = await (await Mine(db, actor, screen)).Named(db) });
    }

    /// <summary>What to keep, and a fresh token for the forms that wait.</summary>
    private static async Task<IResult> Keep(AppDb db, Actor actor, Screen screen, IEnumerable<IRoutePictures> routes)
    {
        var visits = await Mine(db, actor, screen);
        var pictures = new List<RoutePicture>();
        foreach (var client in visits.Where(v => !v.Remote).Select(v => v.ClientId).Distinct())
            pictures.AddRange(await routes.Of(db, client));
        return Results.Json(
            new
            {
                person = actor.PersonId,
                token = screen.Token,
                pages = visits.Select(v => $"visits/{v.Id}/sheet").Prepend("visits/pocket"),
                files = pictures.Select(p => $"files/{p.Id}"),
            }
        );
    }

    private static IResult Worker(HttpContext http, Screen screen)
    {
        if (screen.Slug is null)
            return Results.NotFound();
        http.Response.Headers.CacheControl = "no-cache";
        var shell = System.Text.Json.JsonSerializer.Serialize(FrontFiles.Shell);
        // A worker that is no module works in every browser; the queue is the page's own, so that both send alike.
        var queue = FrontFiles.Text("js/queue.js").Replace("export ", "", StringComparison.Ordinal);
        return Results.Text(
            $"const shell = {shell}, base = {System.Text.Json.JsonSerializer.Serialize(screen.Base)};\n{queue}\n{FrontFiles.Text("worker.js")}",
            "text/javascript"
        );
    }

    // On a Friday the phone takes Monday with it: who goes straight to a cellar has not been online before.
    private static async Task<List<Visit>> Mine(AppDb db, Actor actor, Screen screen)
    {
        var (calendar, last) = (await db.WorkDays(screen.Firm!.Country), screen.Today.AddDays(1));
        while (!calendar.IsWorkday(last))
            last = last.AddDays(1);
        return await db.Set<Visit>()
            .AsNoTracking()
            .Between(screen.Today, last)
            .Where(v => v.ProgrammerId == actor.PersonId && v.State != VisitState.Cancelled)
            .Take(Most)
            .ToListAsync();
    }
}
