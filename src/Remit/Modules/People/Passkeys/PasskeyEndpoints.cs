using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.People;

/// <summary>Passkeys: made and taken away in the profile, asked for at sign-in. The password and the recovery codes go on working.</summary>
internal static class PasskeyEndpoints
{
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(5);

    // The names are the browser's own, not those of our API.
    private static readonly JsonSerializerOptions Spelling = JsonSerializerOptions.Web;

    public static void MapPasskeys(this WebApplication app)
    {
        app.MapPost("/profile/passkeys/begin", Begin).Needs(Permission.Home);
        app.MapPost("/profile/passkeys", Add).Needs(Permission.Home).RequireRateLimiting(Limits.SignIn);
        app.MapPost("/profile/passkeys/{id:guid}/remove", Remove).Needs(Permission.Home);
        app.MapPost("/sign-in/passkey/begin", Ask).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
        app.MapPost("/sign-in/passkey", SignIn).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
    }

    private static async Task<IResult> Begin(AppDb db, Actor actor, Screen screen, HttpContext http, IDataProtectionProvider protection)
    {
        var person = await db.Set<Person>().One(actor.PersonId!.Value);
        var known = await db.Set<Passkey>().Where(p => p.PersonId == person.Id).Select(p => p.CredentialId).ToListAsync();
        return Results.Json(
            new
            {
                challenge = Challenge(http, screen, protection, "add"),
                rp = new { id = http.Request.Host.Host, name = screen.Firm!.Name },
                user = new
                {
                    id = Base64Url.EncodeToString(person.Id.ToByteArray()),
                    name = person.Email,
                    displayName = person.Name,
                },
                pubKeyCredParams = new[]
                {
                    new { type = "public-key", alg = CoseKey.Es256 },
                    new { type = "public-key", alg = CoseKey.Rs256 },
                },
                excludeCredentials = known.Select(id => new { type = "public-key", id }),
                attestation = "none",
                timeout = (int)patience.TotalMilliseconds,
                authenticatorSelection = new
                {
                    residentKey = "required",
                    requireResidentKey = true,
                    userVerification = "required",
                },
            },
            Spelling
        );
    }

    private static async Task<IResult> Add(
        Form form,
        AppDb db,
        Actor actor,
        Screen screen,
        HttpContext http,
        IDataProtectionProvider protection,
        TimeProvider clock,
        Go go
    )
    {
        var ceremony = Taken(http, screen, protection, "add");
        var registered = WebAuthn.Register(ceremony, form.Must("client"), form.Must("attestation"));
        await MustBeFirst(db, ceremony, clock);
        Must(await db.Set<Passkey>().CountAsync(p => p.PersonId == actor.PersonId) < Passkey.Most, "passkey.many", ("most", Passkey.Most));
        Must(!await db.Set<Passkey>().AnyAsync(p => p.CredentialId == registered.CredentialId), "passkey.known");
        var key = Passkey.Of(actor.PersonId!.Value, form.Text("passkey_name"), registered, clock.GetUtcNow().UtcDateTime);
        db.Add(key);
        await db.SaveChangesAsync();
        return go.To("profile", null, screen.T["passkey.added", ("name", key.Name)]);
    }

    private static async Task<IResult> Remove(Guid id, AppDb db, Actor actor, Screen screen, Go go)
    {
        var key = await db.Set<Passkey>().Where(p => p.PersonId == actor.PersonId).One(id);
        db.Remove(key);
        await db.SaveChangesAsync();
        return go.To("profile", null, screen.T["passkey.removed", ("name", key.Name)]);
    }

    // No list of keys is told to a stranger: the device itself offers those it has for this host.
    private static IResult Ask(Screen screen, HttpContext http, IDataProtectionProvider protection) =>
        Results.Json(
            new
            {
                challenge = Challenge(http, screen, protection, "sign-in"),
                rpId = http.Request.Host.Host,
                userVerification = "required",
                timeout = (int)patience.TotalMilliseconds,
            },
            Spelling
        );

    private static async Task<IResult> SignIn(
        Form form,
        AppDb db,
        Screen screen,
        HttpContext http,
        IDataProtectionProvider protection,
        TimeProvider clock,
        Go go
    )
    {
        var ceremony = Taken(http, screen, protection, "sign-in");
        var id = form.Must("id");
        var found = await db.Set<Passkey>()
            .AsNoTracking()
            .Where(p => p.CredentialId == id)
            .Join(db.Set<Person>().Where(p => p.Active), k => k.PersonId, p => p.Id, (k, p) => new { Key = k, Person = p })
            .SingleOrDefaultAsync();
        Must(found is not null, "passkey.unknown");
        var count = WebAuthn.Verify(ceremony, found!.Key, form.Must("client"), form.Must("data"), form.Must("signature"));
        var (now, key) = (clock.GetUtcNow().UtcDateTime, found.Key);
        await MustBeFirst(db, ceremony, clock);
        // One statement, past the journal: of two uses of one count, on whatever nodes, one is refused.
        var taken = await db.Set<Passkey>()
            .Where(p => p.Id == key.Id && p.SignCount == key.SignCount)
            .ExecuteUpdateAsync(s => s.SetProperty(p => p.SignCount, count).SetProperty(p => p.LastUsedAt, now));
        Must(taken == 1, "passkey.wrong");
        await db.SaveChangesAsync();
        // The device has verified its holder, so the key is both steps at once.
        await SignInEndpoints.SignInAs(http, screen.Slug!, found.Person);
        return go.To(SignInEndpoints.Back(form.Text("to")));
    }

    private static string Challenge(HttpContext http, Screen screen, IDataProtectionProvider protection, string purpose)
    {
        var challenge = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        http.Response.Cookies.Append(
            "passkey",
            Ticket(protection, screen, purpose).Protect(challenge, patience),
            new CookieOptions
            {
                Path = screen.Base,
                MaxAge = patience,
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Secure = http.Request.IsHttps,
            }
        );
        return challenge;
    }

    /// <summary>The challenge this browser was given.</summary>
    private static Ceremony Taken(HttpContext http, Screen screen, IDataProtectionProvider protection, string purpose)
    {
        http.Response.Cookies.Delete("passkey", new CookieOptions { Path = screen.Base });
        try
        {
            var challenge = Ticket(protection, screen, purpose).Unprotect(http.Request.Cookies["passkey"] ?? "");
            return new(http.Request.Host.Host, $"{http.Request.Scheme}://{http.Request.Host}", challenge);
        }
        catch (CryptographicException)
        {
            throw new Refusal("passkey.too_late");
        }
    }

    // The cookie alone says when the challenge was given, not whether it was answered: whoever copied both could answer again. Many devices count nothing.
    private static async Task MustBeFirst(AppDb db, Ceremony ceremony, TimeProvider clock) =>
        Must(
            await db.FirstTime(
                new Guid(SHA256.HashData(Encoding.ASCII.GetBytes(ceremony.Challenge)).AsSpan(0, 16)),
                clock.GetUtcNow().UtcDateTime
            ),
            "passkey.too_late"
        );

    private static ITimeLimitedDataProtector Ticket(IDataProtectionProvider protection, Screen screen, string purpose) =>
        protection.CreateProtector("Remit.Passkey", screen.Slug!, purpose).ToTimeLimitedDataProtector();
}
