using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Modules.Calendar;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Meetings.Events;

public enum EventStage
{
    Planned,
    Held,
    Cancelled,
}

/// <summary>Something the firm gives its people, those it hires from outside too: an evening with a speaker, a training.</summary>
public sealed class StaffEvent : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string Name { get; private set; } = "";
    public string Programme { get; private set; } = "";
    public string Speaker { get; private set; } = "";
    public string Place { get; private set; } = "";

    /// <summary>From so many answers on marks are shown: of one or two it is seen whose they are.</summary>
    public const int FewestAnswers = 3;

    /// <summary>By the firm's clock.</summary>
    public DateTime StartsAt { get; private set; }
    public int Minutes { get; private set; }

    /// <summary>How many places there are; null for as many as come.</summary>
    public int? Places { get; private set; }
    public Guid? OrganisedBy { get; private set; }
    public EventStage Stage { get; private set; }
    public int Version { get; set; }
    public string Title => Name;
    public DateOnly Day => DateOnly.FromDateTime(StartsAt);

    public static StaffEvent By(Guid? person) => new() { OrganisedBy = person };

    public void Describe(string? name, string? programme, string? speaker, string? place)
    {
        MustBeAhead();
        Name = Filled(name, "staff_event.no_name", "event_name");
        Must(Name.Length <= 200, "meetings.long_name");
        (Programme, Speaker, Place) = (
            MeetingSeries.Short(programme, 5000),
            MeetingSeries.Short(speaker, 300),
            MeetingSeries.Short(place, 300)
        );
    }

    public void Set(DateTime startsAt, int minutes, int? places)
    {
        MustBeAhead();
        Must(minutes is >= 15 and <= 3 * 24 * 60, "meetings.length");
        Must(DateOnly.FromDateTime(startsAt).IsPlausible(), "meetings.when");
        Must(places is null or (>= 1 and <= 10_000), "staff_event.places");
        (StartsAt, Minutes, Places) = (DateTime.SpecifyKind(startsAt, DateTimeKind.Utc), minutes, places);
    }

    public void HandTo(Guid person) => OrganisedBy = person;

    public void Hold(DateOnly today)
    {
        MustBeAhead();
        Must(Day <= today, "staff_event.not_yet", ("event", Name), ("day", Day));
        Stage = EventStage.Held;
    }

    public void Cancel()
    {
        MustBeAhead();
        Stage = EventStage.Cancelled;
    }

    public Appointment Shown =>
        new($"event-{Id:N}", Name, Place, string.Join("\n", new[] { Speaker, Programme }.Where(t => t.Length > 0)), StartsAt, Minutes, "");

    internal void MustBeAhead() => Must(Stage == EventStage.Planned, "staff_event.is_over", ("event", Name));
}

public enum GuestState
{
    Invited,
    Coming,
    Waiting,
    Declined,
    Attended,
    Absent,
}

/// <summary>One who is invited: a person of the firm, or somebody from outside by mail. The link is theirs alone.</summary>
public sealed class EventGuest : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid StaffEventId { get; private init; }
    public Guid? PersonId { get; private init; }
    public string Name { get; private init; } = "";
    public string Email { get; private init; } = "";
    public string Language { get; private init; } = "en";

    /// <summary>128 random bits that stand for a sign-in.</summary>
    public string Link { get; private init; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    public GuestState State { get; private set; }

    /// <summary>In this order those who wait move up.</summary>
    public DateTime? AnsweredAt { get; private set; }

    /// <summary>1 to 5.</summary>
    public int? Mark { get; private set; }
    public string Words { get; private set; } = "";
    public DateTime? ToldAt { get; private set; }
    public int Version { get; set; }
    public string Title => Name;

    public static EventGuest Of(StaffEvent what, Guid? person, GuestLine guest) =>
        new()
        {
            StaffEventId = what.Id,
            PersonId = person,
            Name = guest.Name,
            Email = guest.Email,
            Language = guest.Language,
        };

    /// <summary>Yes or no; where no place is left, a yes waits.</summary>
    public void Answer(StaffEvent what, bool comes, int taken, DateTime now)
    {
        what.MustBeAhead();
        if (comes && State is (GuestState.Coming or GuestState.Waiting))
            return;
        (State, AnsweredAt) = (
            !comes ? GuestState.Declined
            : taken < (what.Places ?? int.MaxValue) ? GuestState.Coming
            : GuestState.Waiting,
            now
        );
    }

    /// <summary>A place became free.</summary>
    public void MoveUp() => State = GuestState.Coming;

    public void Note(bool came) => State = came ? GuestState.Attended : GuestState.Absent;

    public void Think(StaffEvent what, int mark, string? words, DateTime now)
    {
        Must(what.Stage == EventStage.Held && State == GuestState.Attended, "staff_event.not_there", ("event", what.Name));
        Must(mark is >= 1 and <= 5, "staff_event.mark");
        (Mark, Words, ToldAt) = (mark, MeetingSeries.Short(words, 2000), now);
    }
}

internal sealed class StaffEventTable : IEntityTypeConfiguration<StaffEvent>
{
    public void Configure(EntityTypeBuilder<StaffEvent> t)
    {
        t.ToTable("staff_events").Ignore(e => e.Title).Ignore(e => e.Day).Ignore(e => e.Shown);
        t.HasIndex(e => e.StartsAt);
    }
}

internal sealed class EventGuestTable : IEntityTypeConfiguration<EventGuest>
{
    public void Configure(EntityTypeBuilder<EventGuest> t)
    {
        t.ToTable("event_guests").Ignore(g => g.Title);
        t.HasIndex(g => g.StaffEventId);
        t.HasIndex(g => g.PersonId);
        t.HasIndex(g => g.Link).IsUnique();
    }
}
