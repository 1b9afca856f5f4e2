using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

public enum CalendarKind { Own, Shared, Room, External, Speaker }

/// <summary>What those who do not own a calendar may do with it.</summary>
public enum Sharing { Nobody, Busy, See, Edit }

/// <summary>One calendar: a person's own, one for several, a room's, or one read from an address outside.</summary>
public sealed partial class CalendarBook : IVersioned
{
    public static readonly IReadOnlyList<string> Colours = ["#0f6b62", "#2457a6", "#8a5a00", "#a0362c", "#6b3fa0", "#2a6f2d", "#a63d77", "#5d5951"];

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    /// <summary>Its name in the address that phones use.</summary>
    public string Path { get; private init; } = "";
    public string Name { get; private set; } = "";
    public string Description { get; private set; } = "";
    public string Colour { get; private set; } = Colours[0];
    public CalendarKind Kind { get; private init; }
    public Guid? OwnerId { get; private init; }
    public Sharing Sharing { get; private set; } = Sharing.See;
    public int Place { get; private set; }
    /// <summary>What stands in the secret link of its feed: 128 random bits, or nothing where it has none.</summary>
    public string Feed { get; private set; } = "";
    /// <summary>The address outside that it is read from.</summary>
    public string Source { get; private init; } = "";
    public int Version { get; set; }
    public string Title => Name;

    public static CalendarBook New(string? name, CalendarKind kind, Guid? owner, string? path = null, string? source = null)
    {
        var book = new CalendarBook
        {
            Path = path ?? Guid.NewGuid().ToString("N")[..12], Kind = kind, OwnerId = owner, Source = source ?? "",
            Sharing = kind is CalendarKind.Shared or CalendarKind.Room or CalendarKind.Speaker ? Sharing.Edit : Sharing.See,
        };
        Must(PathName.IsMatch(book.Path), "calendar.path", ("path", book.Path));
        book.Rename(name);
        return book;
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._@-]{0,99}$")]
    public static partial Regex PathName { get; }

    public void Rename(string? name)
    {
        Name = Filled(name, "calendar.no_name", "calendar_name");
        Must(Name.Length <= 200, "calendar.long_name");
    }

    public void Describe(string? text) => Description = text?.Trim() is { Length: <= 2000 } d ? d : "";
    public void Share(Sharing sharing) => Sharing = sharing;
    public void Put(int place) => Place = place;
    public void OpenFeed() => Feed = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    public void CloseFeed() => Feed = "";

    /// <summary>A colour as #rrggbb; what Apple writes behind it (#rrggbbaa) is dropped.</summary>
    public void Paint(string? colour)
    {
        Must(colour is { Length: 7 or 9 } && ColourName.IsMatch(colour), "calendar.colour", ("colour", colour));
        Colour = colour![..7].ToLowerInvariant();
    }

    [GeneratedRegex("^#[0-9A-Fa-f]{6,8}$")]
    private static partial Regex ColourName { get; }

    public bool SeenWholeBy(Actor actor) => OwnerId == actor.PersonId || Sharing is Sharing.See or Sharing.Edit;
    public bool EditedBy(Actor actor) => Kind != CalendarKind.External && actor.Can(Permission.CalendarEdit) && (OwnerId == actor.PersonId || Sharing == Sharing.Edit);
    public bool KeptBy(Actor actor) => actor.Can(Permission.CalendarEdit) && (OwnerId == actor.PersonId || OwnerId is null && EditedBy(actor));
}

internal sealed class CalendarBookTable : IEntityTypeConfiguration<CalendarBook>
{
    public void Configure(EntityTypeBuilder<CalendarBook> t)
    {
        t.ToTable("calendars").Ignore(c => c.Title);
        t.HasIndex(c => c.Path).IsUnique();
        t.HasIndex(c => c.Feed);
    }
}
