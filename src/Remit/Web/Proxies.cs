using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Remit.Web;

/// <summary>
/// Whose word is taken for the visitor's address and scheme. A proxy on this machine always; others by
/// <c>REMIT_PROXIES</c>. Without it everybody behind a proxy would share one limit of sign-ins.
/// </summary>
public static class Proxies
{
    /// <summary>Read before the start: what cannot be read stops it.</summary>
    public static Action<ForwardedHeadersOptions> From(IConfiguration configuration)
    {
        var (proxies, networks) = (new List<IPAddress>(), new List<System.Net.IPNetwork>());
        foreach (
            var proxy in (configuration["REMIT_PROXIES"] ?? "").Split(
                [',', ';'],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
            if (IPAddress.TryParse(proxy, out var one))
                proxies.Add(one);
            else if (System.Net.IPNetwork.TryParse(proxy, out var many))
                networks.Add(many);
            else
                throw new CannotRun($"REMIT_PROXIES says “{proxy}”; an address or a network is needed, such as 10.0.0.5 or 10.0.0.0/24.");
        return options =>
        {
            // Not the host: a proxy passes it on as it came.
            options.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            proxies.ForEach(options.KnownProxies.Add);
            networks.ForEach(options.KnownIPNetworks.Add);
        };
    }
}
