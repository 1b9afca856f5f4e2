using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Remit.Web.Parts;

namespace Remit.Web;

/// <summary>
/// What a person sees where there is nothing for them: a sentence in their language and a way on, never the browser's
/// own blank. A mistake of the program is logged under the number that the page shows.
/// </summary>
public static class DeadEnds
{
    private static readonly int[] told = [400, 403, 404, 405, 413, 415, 429, 500];

    public static void UseDeadEnds(this WebApplication app) =>
        app.Use(
            async (http, next) =>
            {
                try
                {
                    await next(http);
                }
                catch (Exception mistake) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
                {
                    app.Logger.LogError(mistake, "{Id} {Path}", http.TraceIdentifier, http.Request.Path);
                    http.Response.StatusCode = 500;
                }
                if (
                    IsAsked(http)
                    && http.Response is { HasStarted: false, ContentLength: null, ContentType: null }
                    && told.Contains(http.Response.StatusCode)
                )
                    await Tell(http);
            }
        );

    // A picture, a phone's calendar or another program reads no page.
    private static bool IsAsked(HttpContext http) =>
        !Api.IsFor(http)
        && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsPost(http.Request.Method))
        && (IsScript(http) || http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal));

    private static bool IsScript(HttpContext http) => http.Request.Headers.ContainsKey("X-Remit");

    private static Task Tell(HttpContext http)
    {
        var status = http.Response.StatusCode;
        var screen = http.RequestServices.GetRequiredService<Screen>();
        if (screen.Firm is null)
            screen.T = new T(http.Request.Cookies["lang"] ?? Api.Language(http) ?? "en");
        var key =
            "dead_end."
            + status switch
            {
                404 or 403 or 405 => "not_here",
                400 => "stale",
                429 => "often",
                413 or 415 => "too_much",
                _ => "broken",
            };
        if (IsScript(http))
            return http.Response.WriteAsJsonAsync(new { message = screen.T[key] });
        var code = $"{status} {ReasonPhrases.GetReasonPhrase(status)}" + (status == 500 ? $" · {http.TraceIdentifier}" : "");
        return new RazorComponentResult<DeadEndPage>(new { Key = key, Code = code }) { StatusCode = status }.ExecuteAsync(http);
    }
}
