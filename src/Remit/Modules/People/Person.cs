using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.People;

/// <summary>Someone who works in the firm, with the account by which they sign in.</summary>
public sealed class Person : IVersioned, IGuardsUndo
{
    private static readonly PasswordHasher<Person> hasher = new();

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string Name { get; private set; } = "";

    [OrderOf(nameof(Name))]
    public string NameKey { get; set; } = "";
    public string Email { get; private set; } = "";
    public Role Role { get; private set; }
    public string Language { get; private set; } = "en";

    /// <summary>Pay level 1–4 and city: the row and column of the scheme's table of fixed pay.</summary>
    public int Level { get; private set; } = 1;
    public string City { get; private set; } = "";

    [OrderOf(nameof(City))]
    public string CityKey { get; private set; } = "";

    /// <summary>IANA name; empty for the firm's own.</summary>
    public string TimeZone { get; private set; } = "";
    public bool Active { get; private set; } = true;
    public string PasswordHash { get; private set; } = "";

    /// <summary>Changes with the password, which ends every session that was open.</summary>
    public string Stamp { get; private set; } = "";
    public int Version { get; set; }
    public string Title => Name;

    /// <summary>Whom nobody knows: it takes as long to refuse a password for no account as for one.</summary>
    internal static Person Stranger { get; } =
        new() { Active = false, PasswordHash = hasher.HashPassword(null!, Guid.NewGuid().ToString()) };

    public static Person Join(string? name, string? email, Role role, string language)
    {
        var person = new Person { Role = role, Language = language };
        person.Describe(name, email, role);
        return person;
    }

    public void Describe(string? name, string? email, Role role)
    {
        Name = Filled(name, "person.no_name", "name");
        var address = Filled(email, "person.no_email", "email").ToLowerInvariant();
        Must(address.Contains('@') && !address.Contains(' '), "person.email", ("email", address));
        (Email, Role) = (address, role);
    }

    /// <summary>The level and city from the beginning; a later change goes through <see cref="Levels.ChangeLevel"/>.</summary>
    public void Place(int level, string? city)
    {
        Must(level is >= 1 and <= 4, "person.level");
        (Level, City) = (level, city?.Trim() ?? "");
    }

    Refusal? IGuardsUndo.WhyNotUndo() => null;

    /// <summary>One value put back by itself says no month from which it holds; the undo of the whole change puts back what held before, too.</summary>
    public Refusal? WhyNotUndo(IReadOnlyCollection<string> changed) =>
        changed.Count == 1 && changed.Single() is (nameof(Level) or nameof(City))
            ? new Refusal("person.level_restore", ("name", Name))
            : null;

    public void Speak(string language) => Language = language;

    /// <summary>Their own time zone, where they live by another than the firm's.</summary>
    public void LiveBy(string? zone)
    {
        Must(string.IsNullOrEmpty(zone) || TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _), "person.zone", ("zone", zone));
        TimeZone = zone ?? "";
    }

    public void Leave() => Active = false;

    public void SetPassword(string? password)
    {
        Must(password is { Length: >= 10 }, "person.password_short");
        PasswordHash = hasher.HashPassword(this, password!);
        Stamp = Guid.NewGuid().ToString("N");
    }

    /// <summary>The password of another, without hashing it again: for made-up people, who all have one.</summary>
    public void ShareThePasswordOf(Person other) => (PasswordHash, Stamp) = (other.PasswordHash, Guid.NewGuid().ToString("N"));

    // Who has no password yet takes as long to refuse as who has one: a quick no would name an account.
    public bool Knows(string password) =>
        hasher.VerifyHashedPassword(this, PasswordHash.Length > 0 ? PasswordHash : Stranger.PasswordHash, password)
            != PasswordVerificationResult.Failed
        && Active
        && PasswordHash.Length > 0;
}

internal sealed class PersonTable : IEntityTypeConfiguration<Person>
{
    public void Configure(EntityTypeBuilder<Person> t)
    {
        t.ToTable("people").Ignore(p => p.Title);
        t.HasIndex(p => p.Email).IsUnique();
    }
}
