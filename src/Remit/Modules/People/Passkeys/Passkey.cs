using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.People;

/// <summary>A key that lies in a person's phone, computer or security key and signs them in; here lies its public half.</summary>
public sealed class Passkey : IGuardsUndo
{
    public const int Most = 20;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid PersonId { get; private init; }
    public string Name { get; private init; } = "";

    /// <summary>What the device calls it, base64url.</summary>
    public string CredentialId { get; private init; } = "";

    /// <summary>COSE, base64url.</summary>
    public string PublicKey { get; private init; } = "";

    /// <summary>How often it has signed, where the device counts; a count that goes back is a copy. Kept outside the journal.</summary>
    public long SignCount { get; private init; }
    public DateTime CreatedAt { get; private init; }
    public DateTime? LastUsedAt { get; private init; }
    public string Title => Name;

    internal static Passkey Of(Guid person, string? name, Registered registered, DateTime now)
    {
        var called = Filled(name, "passkey.no_name", "passkey_name");
        Must(called.Length <= 100, "passkey.long_name");
        return new()
        {
            PersonId = person,
            Name = called,
            CredentialId = registered.CredentialId,
            PublicKey = registered.PublicKey,
            SignCount = registered.SignCount,
            CreatedAt = now,
        };
    }

    // A key that was taken away opens nothing again.
    Refusal? IGuardsUndo.WhyNotUndo() => new("passkey.no_undo", ("name", Name));
}

internal sealed class PasskeyTable : IEntityTypeConfiguration<Passkey>
{
    public void Configure(EntityTypeBuilder<Passkey> t)
    {
        t.ToTable("passkeys").Ignore(p => p.Title);
        t.HasIndex(p => p.CredentialId).IsUnique();
        t.HasIndex(p => p.PersonId);
    }
}
