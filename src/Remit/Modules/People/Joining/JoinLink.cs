using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.People;

/// <summary>A link by which a person who was invited sets their own password. It works once, for two weeks; only its hash is kept.</summary>
public sealed class JoinLink : IGuardsUndo
{
    private static readonly TimeSpan lasts = TimeSpan.FromDays(14);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid PersonId { get; private init; }
    public string TokenHash { get; private init; } = "";
    public DateTime MadeAt { get; private init; }
    public DateTime EndsAt { get; private init; }
    public DateTime? UsedAt { get; private set; }
    public string Title => "";

    /// <summary>The link and the secret part of its address, which exists only in this answer.</summary>
    public static (JoinLink JoinLink, string Token) To(Person person, DateTime now)
    {
        Must(person.Active, "invite.has_left", ("name", person.Name));
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        return (
            new()
            {
                PersonId = person.Id,
                TokenHash = Hash(token),
                MadeAt = now,
                EndsAt = now + lasts,
            },
            token
        );
    }

    /// <summary>256 random bits need no salt and no slow hash.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(token)));

    public bool IsOpen(DateTime now) => UsedAt is null && now < EndsAt;

    public void Use(DateTime now)
    {
        Must(IsOpen(now), "invite.over");
        UsedAt = now;
    }

    // A link that was used or thrown away must not come back to life.
    Refusal? IGuardsUndo.WhyNotUndo() => new("invite.no_undo");
}

internal sealed class JoinLinkTable : IEntityTypeConfiguration<JoinLink>
{
    public void Configure(EntityTypeBuilder<JoinLink> t)
    {
        t.ToTable("join_links").Ignore(i => i.Title);
        t.HasIndex(i => i.TokenHash).IsUnique();
        t.HasIndex(i => i.PersonId);
    }
}
