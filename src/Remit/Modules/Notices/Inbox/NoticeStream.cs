using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Notices.Inbox;

/// <summary>
/// Server-sent events: a page that is open learns of a new notice without asking. In quiet hours nothing is sent; what
/// came then is sent when they end. What another node wrote is seen at the next round.
/// </summary>
internal static class NoticeStream
{
    private static readonly TimeSpan round = TimeSpan.FromSeconds(25);

    // A session that ended in the meantime must not go on listening.
    private static readonly TimeSpan longest = TimeSpan.FromMinutes(10);

    public static async Task Open(
        HttpContext http,
        Screen screen,
        Actor actor,
        NoticeHub hub,
        FirmStore firms,
        TimeProvider clock,
        IHostApplicationLifetime life
    )
    {
        // Whoever does not listen for events would wait for an answer that never ends.
        if (!http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status406NotAcceptable;
            return;
        }
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        stop.CancelAfter(longest);
        using var ear = hub.Listen(screen.Slug!, actor.PersonId!.Value);
        try
        {
            var last = await Latest(firms, screen, actor, clock, null);
            await http.Response.WriteAsync(": open\n\n", stop.Token);
            do
            {
                await http.Response.Body.FlushAsync(stop.Token);
                if (!await ear.Wait(round, stop.Token))
                    break;
                var now = await Latest(firms, screen, actor, clock, last);
                await http.Response.WriteAsync(
                    now is null || now.Id == last?.Id
                        ? ": \n\n"
                        : $"data: {JsonSerializer.Serialize(new { say = now.Says(screen.T), path = now.Path })}\n\n",
                    stop.Token
                );
                last = now ?? last;
            } while (true);
        }
        catch (OperationCanceledException) { }
    }

    // Its own short look into the database each time: a page that stays open holds no connection.
    private static async Task<NoticeRow?> Latest(FirmStore firms, Screen screen, Actor actor, TimeProvider clock, NoticeRow? after)
    {
        await using var db = firms.Open(screen.Slug!);
        var now = clock.GetUtcNow().UtcDateTime;
        var settings = await db.Set<NoticeSettings>().AsNoTracking().SingleOrDefaultAsync(s => s.PersonId == actor.PersonId);
        var zone = await db.Set<Person>().Where(p => p.Id == actor.PersonId).Select(p => p.TimeZone).SingleOrDefaultAsync();
        if (after is not null && settings?.IsQuiet(screen.Firm!.In(zone, now).Hour) == true)
            return null;
        var fresh = await db.Set<NoticeRow>()
            .AsNoTracking()
            .Fresh(actor.PersonId!.Value, now)
            .OrderByDescending(n => n.At)
            .Take(20)
            .ToListAsync();
        return fresh.FirstOrDefault(n => settings?.Rings(n.Sort) != false)
            ?? (after is null ? NoticeRow.Of(new Notice(actor.PersonId.Value, "notice.none", [], ""), now) : null);
    }
}
