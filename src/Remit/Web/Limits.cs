using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Remit.Web;

/// <summary>How often one address may try to sign in or to set up a firm.</summary>
public static class Limits
{
    public const string SignIn = "sign-in";

    /// <summary>Ten a minute unless <c>REMIT_SIGNIN_LIMIT</c> says otherwise.</summary>
    public static Action<RateLimiterOptions> From(IConfiguration configuration)
    {
        var tries = 10;
        if (configuration["REMIT_SIGNIN_LIMIT"] is { Length: > 0 } said && (!int.TryParse(said, out tries) || tries < 1))
            throw new CannotRun($"REMIT_SIGNIN_LIMIT says “{said}”; a number of tries a minute is needed, such as 10.");
        return options => Configure(options, tries);
    }

    /// <summary>
    /// Who is counted as one: an address, and of IPv6 the 64 bits that a provider gives to one household; within them
    /// anybody has more addresses than there are tries.
    /// </summary>
    public static string Of(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address)
            return "here";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    private static void Configure(RateLimiterOptions options, int tries)
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.AddPolicy(
            SignIn,
            http =>
                RateLimitPartition.GetFixedWindowLimiter(
                    Of(http),
                    _ => new FixedWindowRateLimiterOptions { PermitLimit = tries, Window = TimeSpan.FromMinutes(1) }
                )
        );
    }
}

/// <summary>
/// How often the password of one account may be tried, from whatever addresses: fifty in a quarter of an hour is more
/// than a forgetful person needs and far too few to guess by.
/// </summary>
public sealed class AccountLimit : IDisposable
{
    public const int Tries = 50;

    private readonly PartitionedRateLimiter<string> limiter = PartitionedRateLimiter.Create<string, string>(account =>
        RateLimitPartition.GetFixedWindowLimiter(
            account,
            _ => new FixedWindowRateLimiterOptions { PermitLimit = Tries, Window = TimeSpan.FromMinutes(15) }
        )
    );

    public bool Allows(string firm, string email)
    {
        using var lease = limiter.AttemptAcquire($"{firm} {email}");
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}
