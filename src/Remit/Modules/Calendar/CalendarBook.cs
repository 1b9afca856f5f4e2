using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

public enum CalendarKind
{
    Own,
    Shared,
    Room,
    External,
    Speaker,
}

/// <summary>What those who do not own a calendar may do with it.</summary>
public enum Sharing
{
    Nobody,
    Busy,
    See,
    Edit,
}

/// <summary>One calendar: a person's own, one for several, a room's, or one read from an address outside.</summary>
public sealed partial class CalendarBook : IVersioned
{
    public static readonly IReadOnlyList<string> Colours =
    [
        "#0f6b62",
        "#2457a6",
        "#8a5a00",
        "#a0362c",
        "#6b3fa0",
        "#2a6f2d",
        "#a63d77",
        "#0b7285",
        "#7a4e2d",
        "#4a5fc1",
        "#6b7300",
        "#5d5951",
    ];

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

    /// <summary>The account outside through which it is read and written; null for one that is only read from an address.</summary>
    public Guid? AccountId { get; private init; }

    /// <summary>The other side lets nobody write there.</summary>
    public bool ReadOnly { get; private init; }

    /// <summary>What stands in it takes its owner's time; a calendar of holidays does not.</summary>
    public bool TakesTime { get; private set; } = true;

    /// <summary>The feed tells when it is taken and nothing of what for.</summary>
    public bool FeedBusy { get; private set; }
    public int Version { get; set; }
    public string Title => Name;

    public static CalendarBook New(string? name, CalendarKind kind, Guid? owner, string? path = null, string? source = null)
    {
        var book = new CalendarBook
        {
            Path = path ?? Guid.NewGuid().ToString("N")[..12],
            Kind = kind,
            OwnerId = owner,
            Source = source ?? "",
            Sharing = kind is CalendarKind.Shared or CalendarKind.Room or CalendarKind.Speaker ? Sharing.Edit : Sharing.See,
        };
        Must(PathName.IsMatch(book.Path), "calendar.path", ("path", book.Path));
        book.Rename(name);
        return book;
    }

    /// <summary>One that is read from an address outside, and through an account written there too.</summary>
    /// <param name="owner">Null for one that the whole firm looks at.</param>
    public static CalendarBook Outside(string? name, Guid? owner, Uri source, Guid? account = null, bool readOnly = false)
    {
        var book = new CalendarBook
        {
            Path = Guid.NewGuid().ToString("N")[..12],
            Kind = CalendarKind.External,
            OwnerId = owner,
            Source = source.AbsoluteUri,
            AccountId = account,
            ReadOnly = readOnly,
            // What a person keeps elsewhere is theirs: the firm learns when they are taken.
            Sharing = owner is null ? Sharing.See : Sharing.Busy,
        };
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

    public void Take(bool time) => TakesTime = time;

    /// <summary>Opens the feed under a new secret, or says of the open one how much it tells.</summary>
    public void OpenFeed(bool busyOnly = false) =>
        (Feed, FeedBusy) = (Feed.Length > 0 ? Feed : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), busyOnly);

    public void CloseFeed() => (Feed, FeedBusy) = ("", false);

    /// <summary>A colour as #rrggbb; what Apple writes behind it (#rrggbbaa) is dropped.</summary>
    public void Paint(string? colour)
    {
        Must(colour is { Length: 7 or 9 } && ColourName.IsMatch(colour), "calendar.colour", ("colour", colour));
        Colour = colour![..7].ToLowerInvariant();
    }

    [GeneratedRegex("^#[0-9A-Fa-f]{6,8}$")]
    private static partial Regex ColourName { get; }

    public bool SeenWholeBy(Actor actor) => OwnerId == actor.PersonId || Sharing is Sharing.See or Sharing.Edit;

    public bool EditedBy(Actor actor) =>
        (Kind != CalendarKind.External || AccountId is not null && !ReadOnly)
        && actor.Can(Permission.CalendarEdit)
        && (OwnerId == actor.PersonId || Sharing == Sharing.Edit);

    public bool KeptBy(Actor actor) =>
        actor.Can(Permission.CalendarEdit)
        && (OwnerId == actor.PersonId || OwnerId is null && (Kind == CalendarKind.External || EditedBy(actor)));
}

internal sealed class CalendarBookTable : IEntityTypeConfiguration<CalendarBook>
{
    public void Configure(EntityTypeBuilder<CalendarBook> t)
    {
        t.ToTable("calendars").Ignore(c => c.Title);
        t.HasIndex(c => c.Path).IsUnique();
        t.HasIndex(c => c.Feed);
        t.HasIndex(c => c.AccountId);
    }
}
