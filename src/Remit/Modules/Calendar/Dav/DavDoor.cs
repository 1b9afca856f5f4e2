using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar.Dav;

/// <summary>
/// Who comes in under <c>dav/</c>: a phone with the person's address and an app password, nothing else. The firm's own
/// passwords and the browser's cookie open nothing here. An address that guesses is held off.
/// </summary>
internal sealed class DavDoor(TimeProvider clock, IConfiguration configuration)
{
    private const int MostAddresses = 10_000;
    private readonly int tries = configuration.GetValue("REMIT_SIGNIN_LIMIT", 10);
    private readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset Until)> failed = [];

    /// <summary>The person and their address, or the answer that keeps them out.</summary>
    public async Task<(Actor? Actor, string Email, IResult? Refused)> Enter(HttpContext http, AppDb db)
    {
        var from = Limits.Of(http);
        if (failed.TryGetValue(from, out var seen) && seen.Failures >= tries && seen.Until > clock.GetUtcNow())
            return (null, "", Results.StatusCode(StatusCodes.Status429TooManyRequests));
        if (Credentials(http) is not var (email, secret))
            return (null, "", Ask(http));
        var hash = AppPassword.HashOf(secret);
        // A phone asks often; who it is stands until the journal says that a person or a password changed.
        var person = await db.Keep(
            $"app password {hash}",
            [typeof(AppPassword), typeof(Person)],
            () =>
                db.Set<AppPassword>()
                    .AsNoTracking()
                    .Where(p => p.SecretHash == hash)
                    .Join(db.Set<Person>().AsNoTracking(), p => p.PersonId, p => p.Id, (_, p) => p)
                    .FirstOrDefaultAsync()
        );
        if (person is { Active: true } && person.Email.Equals(email, StringComparison.OrdinalIgnoreCase))
            return (new Actor(person.Id, person.Name, person.Role), person.Email, null);
        Count(from);
        return (null, "", Ask(http));
    }

    private static (string Email, string Secret)? Credentials(HttpContext http)
    {
        if (
            !AuthenticationHeaderValue.TryParse(http.Request.Headers.Authorization, out var header)
            || !"Basic".Equals(header.Scheme, StringComparison.OrdinalIgnoreCase)
        )
            return null;
        var bytes = new byte[(header.Parameter ?? "").Length];
        if (!Convert.TryFromBase64String(header.Parameter ?? "", bytes, out var length))
            return null;
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':');
        return colon is > 0 and < 300 && pair.Length < 600 ? (pair[..colon].Trim(), pair[(colon + 1)..]) : null;
    }

    private void Count(string from)
    {
        if (failed.Count > MostAddresses)
            failed.Clear();
        var now = clock.GetUtcNow();
        failed.AddOrUpdate(
            from,
            (1, now.AddMinutes(1)),
            (_, old) => old.Until < now ? (1, now.AddMinutes(1)) : (old.Failures + 1, old.Until)
        );
    }

    private static IResult Ask(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Basic realm=\"Remit\", charset=\"UTF-8\"";
        return Results.StatusCode(StatusCodes.Status401Unauthorized);
    }
}
