using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Remit.Web;

/// <summary>Thirty looks a minute from one address: plenty for a person, useless for guessing 128 bits.</summary>
public sealed class LinkLimit(int looks = 30) : IRateLimiterPolicy<string>
{
    public Func<OnRejectedContext, CancellationToken, ValueTask>? OnRejected => null;

    public RateLimitPartition<string> GetPartition(HttpContext http) =>
        RateLimitPartition.GetFixedWindowLimiter(
            Limits.Of(http),
            _ => new FixedWindowRateLimiterOptions { PermitLimit = looks, Window = TimeSpan.FromMinutes(1) }
        );
}
