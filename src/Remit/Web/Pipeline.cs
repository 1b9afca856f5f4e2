using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web.Parts;

namespace Remit.Web;

/// <summary>What happens to every request before its endpoint: headers, firm, person, token, refusals.</summary>
public static class Pipeline
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        + "connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'";

    /// <summary>HEAD is GET to all that follows; the server itself sends no body to whoever asked for none.</summary>
    public static void UseHead(this WebApplication app) =>
        app.Use(
            (http, next) =>
            {
                if (HttpMethods.IsHead(http.Request.Method))
                    http.Request.Method = HttpMethods.Get;
                return next(http);
            }
        );

    public static void UseHeaders(this WebApplication app) =>
        app.Use(
            async (http, next) =>
            {
                var headers = http.Response.Headers;
                headers.ContentSecurityPolicy = Policy;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "same-origin";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                // No database keeps this character in a text, and nobody types it.
                if (http.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true)
                {
                    http.Response.StatusCode = 400;
                    if (Api.IsFor(http))
                        await Api.Problem(http, 400, new Refusal("api.no_form_token"));
                    return;
                }
                await next(http);
            }
        );

    /// <summary><c>/~slug/…</c>, or a host of its own, names the firm; the rest of the program sees only what follows.</summary>
    public static void UseFirm(this WebApplication app) =>
        app.Use(
            async (http, next) =>
            {
                var path = http.Request.Path.Value ?? "/";
                var named = path.StartsWith("/~", StringComparison.Ordinal) ? path[2..].Split('/')[0] : null;
                var own = http.RequestServices.GetRequiredService<Hosts>().FirmAt(http.Request.Host.Host);
                if ((own ?? named) is not { } slug)
                {
                    await next(http);
                    return;
                }
                var rest = named is null ? path : path[(named.Length + 2)..];
                if (
                    (own is not null && named is not null && own != named)
                    || !await http.RequestServices.GetRequiredService<FirmStore>().Exists(slug)
                )
                {
                    http.Response.StatusCode = 404;
                    return;
                }
                // One page, one address: its cookies are bound to the path.
                if (named is not null && (own is not null || rest.Length == 0) && IsSafe(http.Request))
                {
                    http.Response.Redirect((own is null ? "/~" + slug : "") + "/" + Go.Local(rest) + http.Request.QueryString);
                    return;
                }
                if (own is null)
                    http.Request.PathBase = "/~" + slug;
                // What a firm says to one person is for no store on the way.
                http.Response.Headers.CacheControl = "private, no-store";
                http.Request.Path = rest.Length > 0 ? rest : "/";
                await Know(http, slug);
                await next(http);
            }
        );

    /// <summary>
    /// Every writing request carries the form's token, or is refused before its endpoint runs. A bearer token is not sent
    /// by a browser on its own, so with it no form's token is asked; who is not known at all is told so by what follows.
    /// </summary>
    public static void UseTokens(this WebApplication app) =>
        app.Use(
            async (http, next) =>
            {
                var screen = http.RequestServices.GetRequiredService<Screen>();
                var exempt =
                    IsSafe(http.Request)
                    || http.GetEndpoint()?.Metadata.GetMetadata<NoCookies>() is not null
                    || (Api.IsFor(http) && (screen.Bearer is not null || screen.Person is null));
                if (!exempt && !await HasToken(http))
                {
                    http.Response.StatusCode = 400;
                    return;
                }
                await next(http);
            }
        );

    /// <summary>A broken rule becomes 422 with its sentence and everything that was typed; two people's edits a 409.</summary>
    public static void UseRefusals(this WebApplication app) =>
        app.Use(
            async (http, next) =>
            {
                try
                {
                    await next(http);
                }
                catch (Refusal refusal) when (!http.Response.HasStarted)
                {
                    await Refuse(http, refusal, 422);
                }
                catch (Refused refused) when (!http.Response.HasStarted)
                {
                    await Refuse(http, refused.Why, refused.Status);
                }
                catch (BothEdited both) when (!http.Response.HasStarted)
                {
                    http.Response.StatusCode = 409;
                    await new RazorComponentResult<BothEditedPage>(
                        new { Of = both, To = http.RequestServices.GetRequiredService<Screen>().Path }
                    )
                    {
                        StatusCode = 409,
                    }.ExecuteAsync(http);
                }
                catch (DbUpdateConcurrencyException) when (!http.Response.HasStarted)
                {
                    await Refuse(http, new Refusal("conflict.saved_by_other"), Api.HasIfMatch(http) ? 412 : 409);
                }
                catch (BadHttpRequestException bad) when (!http.Response.HasStarted)
                {
                    if (Api.IsFor(http) && bad.StatusCode == 400)
                        await Refuse(http, new Refusal("api.not_read", ("why", Api.Reason(bad))), 400);
                    else
                        http.Response.StatusCode = bad.StatusCode;
                }
                catch (NotFound) when (!http.Response.HasStarted)
                {
                    http.Response.StatusCode = 404;
                }
            }
        );

    private static bool IsSafe(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsOptions(request.Method);

    // A form too long or torn to be read carries no token either.
    private static async Task<bool> HasToken(HttpContext http)
    {
        try
        {
            return await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http);
        }
        catch (Exception e) when (e is AntiforgeryValidationException or InvalidDataException)
        {
            return false;
        }
    }

    private static async Task Refuse(HttpContext http, Refusal refusal, int status)
    {
        var screen = http.RequestServices.GetRequiredService<Screen>();
        http.Response.StatusCode = status;
        if (Api.IsFor(http))
        {
            await Api.Problem(http, status, refusal);
            return;
        }
        var typed = http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : FormCollection.Empty;
        if (http.Request.Headers.ContainsKey("X-Remit"))
        {
            await http.Response.WriteAsJsonAsync(
                new
                {
                    message = screen.T.Of(refusal),
                    field = FieldOf(typed, refusal.Field),
                    row = refusal.Row,
                }
            );
            return;
        }
        var fields = typed
            .Where(f => f.Key != "__RequestVerificationToken")
            .SelectMany(f => f.Value.Select(v => (f.Key, v ?? "")))
            .ToList();
        await new RazorComponentResult<RefusedPage>(
            new
            {
                Message = screen.T.Of(refusal),
                Fields = fields,
                To = screen.Path,
                From = From(http, screen),
                Stale = status == 409,
            }
        )
        {
            StatusCode = status,
        }.ExecuteAsync(http);
    }

    // A rule knows the field by its own name, a form may say whose it is: text, duty_text.
    private static string? FieldOf(IFormCollection typed, string? field) =>
        field is null || typed.ContainsKey(field)
            ? field
            : typed.Keys.FirstOrDefault(k => k.EndsWith("_" + field, StringComparison.Ordinal)) ?? field;

    // The page with the form, as far as the browser says it; it is of this firm.
    private static string From(HttpContext http, Screen screen) =>
        http.Request.GetTypedHeaders().Referer is { } page
        && page.Authority == http.Request.Host.Value
        && page.PathAndQuery.StartsWith(screen.Base, StringComparison.Ordinal)
            ? Go.Local(page.PathAndQuery[screen.Base.Length..])
            : screen.Path;

    private static async Task Know(HttpContext http, string slug)
    {
        var screen = http.RequestServices.GetRequiredService<Screen>();
        screen.Slug = slug;
        var db = http.RequestServices.GetRequiredService<AppDb>();
        screen.Firm = await Firm.Known(db);
        if (Api.IsFor(http) && Api.BearerText(http) is { } bearer)
        {
            // Beside a bearer token no cookie counts, so that a wrong token never works by luck.
            var known = await db.Set<ApiToken>().Known(db.Set<Person>(), bearer, DateTime.UtcNow);
            if (known is { Token: var token, Person: var owner })
            {
                screen.Bearer = token;
                screen.Person = new Actor(owner.Id, owner.Name, owner.Role);
                db.Actor = screen.Person with { Name = $"{owner.Name} · {token.Name}" };
            }
            screen.T = new T(Api.Language(http) ?? known?.Person.Language ?? screen.Firm?.Language ?? "en");
            return;
        }
        var language = http.Request.Cookies["lang"] ?? screen.Firm?.Language ?? "en";
        var signed = await http.AuthenticateAsync();
        // A cookie of one firm opens nothing in another on the same node.
        if (
            signed.Succeeded
            && signed.Principal.FindFirstValue("firm") == slug
            && Guid.TryParse(signed.Principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            && await db.Keep(
                $"person {id}",
                [typeof(Person)],
                () => db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.Active)
            )
                is { } person
            && signed.Principal.FindFirstValue("stamp") == person.Stamp
        )
        {
            screen.Person = db.Actor = new Actor(person.Id, person.Name, person.Role);
            if (person.TimeZone.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(person.TimeZone, out var zone))
                screen.Clock = zone;
            if (
                HttpMethods.IsGet(http.Request.Method)
                && http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal)
            )
                screen.Favourites = await Favourites.Seen(db, person.Id);
            language = http.Request.Cookies["lang"] ?? person.Language;
        }
        screen.T = new T(Api.IsFor(http) ? Api.Language(http) ?? language : language);
    }
}

/// <summary>What is not there, or not for this person: the same 404.</summary>
public sealed class NotFound : Exception;

public static class Finding
{
    /// <summary>The record with this id among those the query lets one see, or 404.</summary>
    public static async Task<TRecord> One<TRecord>(this IQueryable<TRecord> query, Guid id)
        where TRecord : class, IRecord => await query.SingleOrDefaultAsync(r => r.Id == id) ?? throw new NotFound();
}
