using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Dispatch;

/// <summary>A supplier's page or feed (RSS, Atom) that is looked at every morning for a new version of a product.</summary>
public sealed class ReleaseWatch : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid ProductId { get; private init; }
    public string Address { get; private init; } = "";

    /// <summary>A regular expression whose first group, or whole match, is the version; empty for the first number with points.</summary>
    public string Pattern { get; private init; } = "";

    /// <summary>The version seen last; empty before the first look, which announces nothing.</summary>
    public string Last { get; private set; } = "";
    public DateTime? LookedAt { get; private set; }

    /// <summary>Why the last look found nothing; empty where it did.</summary>
    public string Trouble { get; private set; } = "";
    public Guid? SetBy { get; private init; }
    public int Version { get; set; }
    public string Title => Address;

    public static ReleaseWatch On(Product product, string? address, string? pattern, Guid? by)
    {
        var at = Filled(address, "watch.no_address", "watch_address");
        Must(
            at.Length <= 1000
                && Uri.TryCreate(at, UriKind.Absolute, out var uri)
                && uri.Scheme is "http" or "https"
                && uri.UserInfo.Length == 0,
            "watch.address"
        );
        var words = pattern?.Trim() ?? "";
        Must(words.Length <= 200 && Reads(words), "watch.pattern");
        return new()
        {
            ProductId = product.Id,
            Address = at,
            Pattern = words,
            SetBy = by,
        };
    }

    /// <summary>What a look found; true where it is a version not seen before.</summary>
    public bool Saw(string version, DateTime now)
    {
        var isNew = Last.Length > 0 && Last != version;
        (Last, LookedAt, Trouble) = (version, now, "");
        return isNew;
    }

    public void Failed(string why, DateTime now) => (LookedAt, Trouble) = (now, why.Length > 300 ? why[..300] : why);

    // Without backtracking no expression and no page can hold the job up.
    private static bool Reads(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}

internal sealed class ReleaseWatchTable : IEntityTypeConfiguration<ReleaseWatch>
{
    public void Configure(EntityTypeBuilder<ReleaseWatch> t)
    {
        t.ToTable("release_watches").Ignore(w => w.Title);
        t.HasIndex(w => w.ProductId);
    }
}
