using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Dispatch;

public enum VisitState
{
    Planned,
    Confirmed,
    Done,
    Cancelled,
}

/// <summary>A programmer's visit to a client, or a remote session: planned, confirmed by the client through a link, done with its hours.</summary>
public sealed class Visit : IVersioned, IGuardsUndo
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid ClientId { get; private init; }
    public Guid ProgrammerId { get; private set; }
    public Guid? PlannedBy { get; private init; }

    /// <summary>The question it is made for; done, it answers it.</summary>
    public Guid? QuestionId { get; private init; }

    /// <summary>When the programmer gave their word for this time; null as long as they have not.</summary>
    public DateTime? AcceptedAt { get; private set; }

    /// <summary>The firm's local time; an appointment is kept in the time people agreed on.</summary>
    public DateTime StartsAt { get; private set; }
    public int PlannedMinutes { get; private set; }
    public bool Remote { get; private set; }
    public string Subject { get; private set; } = "";

    [OrderOf(nameof(Subject))]
    public string SubjectKey { get; private set; } = "";
    public VisitState State { get; private set; }
    public int WorkedMinutes { get; private set; }
    public string Works { get; private set; } = "";

    /// <summary>What stands in the client's link instead of a sign-in: 128 random bits.</summary>
    public string Link { get; private init; } = NewLink();

    /// <summary>The same for the one who goes; another programmer gets another link.</summary>
    public string ProgrammerLink { get; private set; } = NewLink();
    public int Version { get; set; }
    public string Title => Subject;
    public DateOnly Day => DateOnly.FromDateTime(StartsAt);
    public DateTime EndsAt => StartsAt.AddMinutes(PlannedMinutes);
    public bool IsAhead => State is VisitState.Planned or VisitState.Confirmed;

    /// <summary>False while it waits at the side of the board for somebody to go.</summary>
    public bool HasProgrammer => ProgrammerId != Guid.Empty;
    public bool AwaitsProgrammer => IsAhead && HasProgrammer && AcceptedAt is null;

    /// <summary>What its form of hours and works says before anybody types.</summary>
    public Dictionary<string, string> Proposed() =>
        State == VisitState.Done
            ? new() { ["works"] = Works, ["duration"] = $"{WorkedMinutes}" }
            : new() { ["works"] = Subject, ["duration"] = $"{PlannedMinutes}" };

    public static Visit Plan(
        Guid client,
        Guid programmer,
        DateTime startsAt,
        int minutes,
        bool remote,
        string? subject,
        Guid? by,
        Guid? question = null
    )
    {
        Must(minutes is >= 15 and <= 24 * 60, "visit.length");
        Must(DateOnly.FromDateTime(startsAt).IsPlausible(), "visit.when", ("day", DateOnly.FromDateTime(startsAt)));
        return new()
        {
            ClientId = client,
            ProgrammerId = programmer,
            StartsAt = DateTime.SpecifyKind(startsAt, DateTimeKind.Utc),
            PlannedMinutes = minutes,
            Remote = remote,
            Subject = Filled(subject, "visit.no_subject", "subject"),
            PlannedBy = by,
            QuestionId = question,
        };
    }

    /// <summary>To another time or programmer. What is still to come goes to no day that is over; a visit whose own day is over may, to be put right.</summary>
    public void Move(DateTime startsAt, Guid programmer, DateOnly today)
    {
        Must(State is VisitState.Planned or VisitState.Confirmed, "visit.is_over", ("visit", Subject));
        var day = DateOnly.FromDateTime(startsAt);
        Must(day.IsPlausible(), "visit.when", ("day", day));
        if (day < today && Day >= today)
            throw new Refusal("visit.past", ("day", day)) { Field = "starts_at" };
        if (programmer != ProgrammerId)
            ProgrammerLink = NewLink();
        // A moved visit is confirmed anew: both agreed to another time.
        (StartsAt, ProgrammerId, State, AcceptedAt) = (
            DateTime.SpecifyKind(startsAt, DateTimeKind.Utc),
            programmer,
            VisitState.Planned,
            null
        );
    }

    /// <summary>Whether one person would have to be at both; visits that only touch do not collide.</summary>
    public bool Collides(Visit other) =>
        HasProgrammer
        && Id != other.Id
        && ProgrammerId == other.ProgrammerId
        && State != VisitState.Cancelled
        && other.State != VisitState.Cancelled
        && StartsAt < other.EndsAt
        && other.StartsAt < EndsAt;

    /// <summary>The programmer comes at this time.</summary>
    public void Accept(DateTime now)
    {
        Must(IsAhead, "visit.is_over", ("visit", Subject));
        Must(HasProgrammer, "visit.nobody_goes", ("visit", Subject));
        AcceptedAt ??= now;
    }

    public void Confirm()
    {
        Must(State == VisitState.Planned, "visit.not_awaiting", ("visit", Subject));
        Must(HasProgrammer, "visit.nobody_goes", ("visit", Subject));
        State = VisitState.Confirmed;
    }

    public void Finish(int minutes, string? works)
    {
        Must(State is VisitState.Planned or VisitState.Confirmed, "visit.is_over", ("visit", Subject));
        Must(minutes is > 0 and <= 24 * 60, "visit.length");
        (State, WorkedMinutes, Works) = (VisitState.Done, minutes, Filled(works, "visit.no_works", "works"));
    }

    /// <summary>It was otherwise than was said when it was finished.</summary>
    public void Correct(int minutes, string? works)
    {
        Must(State == VisitState.Done, "visit.not_done", ("visit", Subject));
        Must(minutes is > 0 and <= 24 * 60, "visit.length");
        (WorkedMinutes, Works) = (minutes, Filled(works, "visit.no_works", "works"));
    }

    /// <summary>Nobody has been there before the day: its hours would be counted ahead of the work.</summary>
    public void MustHaveCome(DateOnly today) => Must(Day <= today, "visit.not_yet", ("visit", Subject), ("day", Day));

    public void Cancel()
    {
        Must(State is VisitState.Planned or VisitState.Confirmed, "visit.is_over", ("visit", Subject));
        State = VisitState.Cancelled;
    }

    /// <summary>What it is worth follows its hours and its end together; taken back one by one, the ledger would say otherwise.</summary>
    public Refusal? WhyNotUndo(IReadOnlyCollection<string> properties) =>
        State == VisitState.Done && properties.Contains(nameof(State)) != properties.Contains(nameof(WorkedMinutes))
            ? new Refusal("visit.no_undo", ("visit", Subject))
            : null;

    Refusal? IGuardsUndo.WhyNotUndo() => null;

    private static string NewLink() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
}

internal sealed class VisitTable : IEntityTypeConfiguration<Visit>
{
    public void Configure(EntityTypeBuilder<Visit> t)
    {
        t.ToTable("visits")
            .Ignore(v => v.Title)
            .Ignore(v => v.Day)
            .Ignore(v => v.EndsAt)
            .Ignore(v => v.IsAhead)
            .Ignore(v => v.HasProgrammer)
            .Ignore(v => v.AwaitsProgrammer);
        t.HasIndex(v => v.StartsAt);
        t.HasIndex(v => new { v.SubjectKey, v.Id });
        t.HasIndex(v => v.ClientId);
        t.HasIndex(v => v.QuestionId);
        t.HasIndex(v => v.Link).IsUnique();
        t.HasIndex(v => v.ProgrammerLink).IsUnique();
    }
}
