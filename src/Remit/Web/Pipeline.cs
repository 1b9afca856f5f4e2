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
    private const string Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'";

    public static void UseHeaders(this WebApplication app) => app.Use(async (http, next) =>
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        await next(http);
    });

    /// <summary><c>/~slug/…</c> names the firm; the rest of the program sees only what follows.</summary>
    public static void UseFirm(this WebApplication app) => app.Use(async (http, next) =>
    {
        var path = http.Request.Path.Value ?? "/";
        if (path.StartsWith("/~", StringComparison.Ordinal))
        {
            var slug = path[2..].Split('/')[0];
            if (!await http.RequestServices.GetRequiredService<FirmStore>().Exists(slug)) { http.Response.StatusCode = 404; return; }
            http.Request.PathBase = "/~" + slug;
            http.Request.Path = path.Length > slug.Length + 2 ? path[(slug.Length + 2)..] : "/";
            await Know(http, slug);
        }
        await next(http);
    });

    /// <summary>Every writing request carries the form's token, or is refused before its endpoint runs.</summary>
    public static void UseTokens(this WebApplication app) => app.Use(async (http, next) =>
    {
        var safe = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method);
        if (!safe && http.GetEndpoint()?.Metadata.GetMetadata<NoCookies>() is null && !await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
        {
            http.Response.StatusCode = 400;
            await http.Response.WriteAsync("This form is out of date. Go back, load the page again and send it once more.");
            return;
        }
        await next(http);
    });

    /// <summary>A broken rule becomes 422 with its sentence and everything that was typed; two people's edits a 409.</summary>
    public static void UseRefusals(this WebApplication app) => app.Use(async (http, next) =>
    {
        try
        {
            await next(http);
        }
        catch (Refusal refusal) when (!http.Response.HasStarted)
        {
            await Refuse(http, refusal, 422);
        }
        catch (DbUpdateConcurrencyException) when (!http.Response.HasStarted)
        {
            await Refuse(http, new Refusal("conflict.saved_by_other"), 409);
        }
        catch (NotFound) when (!http.Response.HasStarted)
        {
            http.Response.StatusCode = 404;
        }
    });

    private static async Task Refuse(HttpContext http, Refusal refusal, int status)
    {
        var screen = http.RequestServices.GetRequiredService<Screen>();
        http.Response.StatusCode = status;
        if (http.Request.Headers.ContainsKey("X-Remit"))
        {
            await http.Response.WriteAsJsonAsync(new { message = screen.T.Of(refusal), field = refusal.Field });
            return;
        }
        var typed = http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : FormCollection.Empty;
        var fields = typed.Where(f => f.Key != "__RequestVerificationToken").Select(f => (f.Key, f.Value.ToString())).ToList();
        await new RazorComponentResult<RefusedPage>(new { Message = screen.T.Of(refusal), Fields = fields, To = screen.Path }) { StatusCode = status }
            .ExecuteAsync(http);
    }

    private static async Task Know(HttpContext http, string slug)
    {
        var screen = http.RequestServices.GetRequiredService<Screen>();
        screen.Slug = slug;
        var db = http.RequestServices.GetRequiredService<AppDb>();
        screen.Firm = await db.Set<Firm>().AsNoTracking().SingleOrDefaultAsync();
        var language = http.Request.Cookies["lang"] ?? screen.Firm?.Language ?? "en";
        var signed = await http.AuthenticateAsync();
        // A cookie of one firm opens nothing in another on the same node.
        if (signed.Succeeded && signed.Principal.FindFirstValue("firm") == slug
            && Guid.TryParse(signed.Principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id)
            && await db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.Active) is { } person
            && signed.Principal.FindFirstValue("stamp") == person.Stamp)
        {
            screen.Person = db.Actor = new Actor(person.Id, person.Name, person.Role);
            language = http.Request.Cookies["lang"] ?? person.Language;
        }
        screen.T = new T(language);
    }
}

/// <summary>What is not there, or not for this person: the same 404.</summary>
public sealed class NotFound : Exception;

public static class Finding
{
    /// <summary>The record with this id among those the query lets one see, or 404.</summary>
    public static async Task<TRecord> One<TRecord>(this IQueryable<TRecord> query, Guid id) where TRecord : class, IRecord =>
        await query.SingleOrDefaultAsync(r => r.Id == id) ?? throw new NotFound();
}
