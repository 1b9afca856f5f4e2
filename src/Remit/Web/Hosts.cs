using System.Collections.Frozen;
using Remit.Storage;

namespace Remit.Web;

/// <summary>Host names that belong to one firm (<c>REMIT_HOSTS</c>): its pages stand at <c>/</c> there, and no other firm's do.</summary>
public sealed class Hosts
{
    private readonly FrozenDictionary<string, string> firms;

    private Hosts(Dictionary<string, string> firms) => this.firms = firms.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads <c>acme.example=acme, books.example=books</c>; what cannot be read stops the start.</summary>
    public static Hosts From(IConfiguration configuration)
    {
        var firms = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (
            var pair in (configuration["REMIT_HOSTS"] ?? "").Split(
                [',', ';'],
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
            if (
                pair.Split('=', StringSplitOptions.TrimEntries) is not [{ Length: > 0 } host, var firm]
                || !FirmStore.Name.IsMatch(firm)
                || !firms.TryAdd(host, firm)
            )
                throw new CannotRun($"REMIT_HOSTS says “{pair}”; host=firm is needed, each host once, such as acme.example=acme.");
        return new Hosts(firms);
    }

    /// <summary>The firm this host belongs to; null where firms are named in the path.</summary>
    public string? FirmAt(string host) => firms.GetValueOrDefault(host);
}

/// <summary>A cookie that a browser sends to pages of one firm only, so that one may be signed in to several.</summary>
public sealed class FirmCookie : CookieBuilder
{
    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Path = context.Request.PathBase + "/";
        return options;
    }
}
