using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Remit.Web;

/// <summary>How often one address may try to sign in or to set up a firm.</summary>
public static class Limits
{
    public const string SignIn = "sign-in";

    public static void Configure(RateLimiterOptions options)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.AddPolicy(SignIn, http => RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "here",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = 10, Window = TimeSpan.FromMinutes(1) }));
    }
}
