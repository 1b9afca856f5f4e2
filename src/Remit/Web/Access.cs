using Microsoft.AspNetCore.Authorization;
using Remit.Kernel;

namespace Remit.Web;

/// <summary>The permission a route needs; every route carries one or says that it is open to all.</summary>
public sealed record Needs(Permission Permission);

/// <summary>A route where a cookie opens nothing, so that another site's form can do no harm there and no token is asked for.</summary>
public sealed record NoCookies;

/// <summary>A route that saves nothing although something is sent to it, so that a token that may only read may call it.</summary>
public sealed record SavesNothing;

public static class Access
{
    public static TBuilder Needs<TBuilder>(this TBuilder route, Permission permission)
        where TBuilder : IEndpointConventionBuilder => route.WithMetadata(new Needs(permission));

    /// <summary>
    /// After routing: a route without a permission is a bug and is not served; one who is not signed in goes to sign
    /// in; what one may not do is not found, like what does not exist.
    /// </summary>
    public static void UseAccess(this WebApplication app) =>
        app.Use(
            async (http, next) =>
            {
                var endpoint = http.GetEndpoint();
                if (endpoint is null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
                {
                    await next(http);
                    return;
                }
                var needs = endpoint.Metadata.GetMetadata<Needs>();
                var screen = http.RequestServices.GetRequiredService<Screen>();
                if (screen.Person is null && screen.Slug is not null && !Api.IsFor(http))
                    http.Response.Redirect($"{screen.Base}sign-in?to={Uri.EscapeDataString(screen.Path + screen.Query)}");
                else if (screen.Person is null)
                    http.Response.StatusCode = screen.Slug is null ? 404 : 401;
                else if (
                    screen.Bearer is { ReadOnly: true }
                    && !HttpMethods.IsGet(http.Request.Method)
                    && endpoint.Metadata.GetMetadata<SavesNothing>() is null
                )
                    http.Response.StatusCode = 403;
                // No route, but the router's own answer that the method or the type of the body is not for this address.
                else if (endpoint is not RouteEndpoint)
                    await next(http);
                else if (needs is null || !screen.Can(needs.Permission))
                    http.Response.StatusCode = 404;
                else
                    await next(http);
            }
        );
}
