using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Remit.Web;

/// <summary>How often one address may try to sign in or to set up a firm.</summary>
public static class Limits
{
    public const string SignIn = "sign-in";

    /// <summary>Ten a minute unless <c>REMIT_SIGNIN_LIMIT</c> says otherwise.</summary>
    public static Action<RateLimiterOptions> From(IConfiguration configuration) =>
        options => Configure(options, configuration.GetValue("REMIT_SIGNIN_LIMIT", 10));

    private static void Configure(RateLimiterOptions options, int tries)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.AddPolicy(SignIn, http => RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "here",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = tries, Window = TimeSpan.FromMinutes(1) }));
    }
}
