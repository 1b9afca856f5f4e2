using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

/// <summary>
/// A password for one phone or program. Remit makes it itself, 104 random bits, so a plain hash keeps it; it opens
/// calendars and contacts and nothing else, and is shown once.
/// </summary>
public sealed class AppPassword : IRecord, IGuardsUndo
{
    /// <summary>None is mistaken for another when it is copied by hand.</summary>
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid PersonId { get; private init; }
    public string Name { get; private init; } = "";
    public string SecretHash { get; private init; } = "";
    public DateTime MadeAt { get; private init; }
    public string Title => Name;

    public static (AppPassword Made, string Secret) For(Guid person, string? name, DateTime now)
    {
        var secret = RandomNumberGenerator.GetString(Letters, 21);
        var made = new AppPassword
        {
            PersonId = person,
            Name = Filled(name, "apppassword.no_name", "device"),
            SecretHash = HashOf(secret),
            MadeAt = now,
        };
        return (made, string.Join('-', secret.Chunk(7).Select(c => new string(c))));
    }

    public static string HashOf(string secret) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret.Replace("-", "").Replace(" ", "").ToLowerInvariant())));

    /// <summary>A password taken away stays away; a new one is made in a moment.</summary>
    public Refusal? WhyNotUndo() => new("apppassword.no_undo");
}

internal sealed class AppPasswordTable : IEntityTypeConfiguration<AppPassword>
{
    public void Configure(EntityTypeBuilder<AppPassword> t)
    {
        t.ToTable("app_passwords").Ignore(p => p.Title);
        t.HasIndex(p => p.SecretHash);
        t.HasIndex(p => p.PersonId);
    }
}
