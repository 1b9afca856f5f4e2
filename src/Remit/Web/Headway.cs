using System.Collections.Concurrent;

namespace Remit.Web;

/// <summary>
/// How far a long request has come. The browser names it in <c>X-Remit-Way</c> and asks by that name while it waits; the
/// endpoint says how much is done of how much. Another node knows nothing of it, and the bar then claims no number.
/// </summary>
public sealed class Headway : IDisposable
{
    private static readonly ConcurrentDictionary<Guid, (int Done, int Of)> all = [];
    private readonly Guid? name;

    public Headway(IHttpContextAccessor accessor) =>
        name = Guid.TryParse(accessor.HttpContext?.Request.Headers["X-Remit-Way"], out var id) ? id : null;

    public void Say(int done, int of)
    {
        if (name is { } id)
            all[id] = (done, of);
    }

    // With the request itself.
    public void Dispose()
    {
        if (name is { } id)
            all.TryRemove(id, out _);
    }

    /// <summary>Two numbers under a name that only the asking browser knows: no more is told than that.</summary>
    public static void Map(WebApplication app) =>
        app.MapGet(
                "/way/{id:guid}",
                (Guid id) => all.TryGetValue(id, out var way) ? Results.Json(new { done = way.Done, of = way.Of }) : Results.Json(new { })
            )
            .AllowAnonymous();
}
