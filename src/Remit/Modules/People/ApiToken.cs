using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.People;

/// <summary>A personal key for other programs: it acts as the person who made it, with that person's rights. Only its hash is kept.</summary>
public sealed class ApiToken : IGuardsUndo
{
    public const string Prefix = "remit_";

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid PersonId { get; private init; }
    public string Name { get; private init; } = "";
    public string TokenHash { get; private init; } = "";

    /// <summary>The first letters, by which its owner knows it again.</summary>
    public string Start { get; private init; } = "";
    public bool ReadOnly { get; private init; }
    public DateTime CreatedAt { get; private init; }

    /// <summary>To some minutes; kept outside the journal.</summary>
    public DateTime? LastUsedAt { get; private set; }
    public DateTime? RevokedAt { get; private set; }
    public string Title => Name;

    /// <summary>A new token and its text, which exists only in this answer.</summary>
    public static (ApiToken Token, string Text) Make(Guid person, string? name, bool readOnly, DateTime now)
    {
        var text = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var filled = Filled(name, "token.no_name", "token_name");
        Must(filled.Length <= 100, "token.long_name");
        return (
            new()
            {
                PersonId = person,
                Name = filled,
                TokenHash = Hash(text),
                Start = text[..(Prefix.Length + 4)],
                ReadOnly = readOnly,
                CreatedAt = now,
            },
            text
        );
    }

    /// <summary>256 random bits need no salt and no slow hash.</summary>
    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    public void Revoke(DateTime now) => RevokedAt ??= now;

    // A key that was thrown away must not come back to life.
    Refusal? IGuardsUndo.WhyNotUndo() => new("token.no_undo", ("name", Name));
}

internal sealed class ApiTokenTable : IEntityTypeConfiguration<ApiToken>
{
    public void Configure(EntityTypeBuilder<ApiToken> t)
    {
        t.ToTable("api_tokens").Ignore(x => x.Title);
        t.HasIndex(x => x.PersonId);
        t.HasIndex(x => x.TokenHash).IsUnique();
    }
}

public static class ApiTokens
{
    private static readonly TimeSpan fresh = TimeSpan.FromMinutes(5);

    /// <summary>The token with this text and its person, where both still count; the use is noted.</summary>
    public static async Task<(ApiToken Token, Person Person)?> Known(
        this DbSet<ApiToken> tokens,
        DbSet<Person> people,
        string text,
        DateTime now
    )
    {
        if (!text.StartsWith(ApiToken.Prefix, StringComparison.Ordinal))
            return null;
        var hash = ApiToken.Hash(text);
        var found = await tokens
            .AsNoTracking()
            .Where(t => t.TokenHash == hash && t.RevokedAt == null)
            .Join(people.Where(p => p.Active), t => t.PersonId, p => p.Id, (t, p) => new { Token = t, Person = p })
            .SingleOrDefaultAsync();
        if (found is null)
            return null;
        // Past the journal on purpose: a line for every reading would bury what people did.
        if (found.Token.LastUsedAt is not { } last || now - last > fresh)
            await tokens.Where(t => t.Id == found.Token.Id).ExecuteUpdateAsync(s => s.SetProperty(t => t.LastUsedAt, now));
        return (found.Token, found.Person);
    }
}
