using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch.Pages;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>The page that a client opens by a link, without signing in, to confirm a visit.</summary>
internal static class VisitLink
{
    public static void MapVisitLink(this WebApplication app)
    {
        var limit = new Limit();
        app.MapGet("/v/{link:length(32)}", Open).AllowAnonymous().RequireRateLimiting(limit);
        app.MapPost("/v/{link:length(32)}/confirm", Confirm).AllowAnonymous().RequireRateLimiting(limit);
    }

    private static async Task<IResult> Open(string link, AppDb db, Screen screen, HttpContext http)
    {
        var (visit, client) = await Find(link, db, screen);
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        return new RazorComponentResult<LinkPage>(new { Row = (await new[] { visit }.Named(db))[0], Client = client });
    }

    private static async Task<IResult> Confirm(string link, AppDb db, Screen screen, Go go)
    {
        var (visit, client) = await Find(link, db, screen);
        db.Actor = new Actor(null, client.Name, Role.Programmer);
        await Confirmed(db, visit, client, screen.Today);
        return go.To($"v/{link}");
    }

    internal static Task Confirmed(AppDb db, Visit visit, Client client, DateOnly today)
    {
        visit.Confirm();
        db.State(new Fact("visit.confirmed", visit.PlannedBy, today, visit.Id, visit.Id, client.Id, DispatchModule.Label(visit, client)));
        return db.SaveChangesAsync();
    }

    private static async Task<(Visit, Client)> Find(string link, AppDb db, Screen screen)
    {
        var visit = await db.Set<Visit>().SingleOrDefaultAsync(v => v.Link == link) ?? throw new Web.NotFound();
        var client = await db.Set<Client>().One(visit.ClientId);
        screen.T = new T(client.Language);
        return (visit, client);
    }

    /// <summary>Thirty looks a minute from one address: plenty for a person, useless for guessing 128 bits.</summary>
    private sealed class Limit : IRateLimiterPolicy<string>
    {
        public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => null;

        public RateLimitPartition<string> GetPartition(HttpContext http) => RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "here",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = 30, Window = TimeSpan.FromMinutes(1) });
    }
}
