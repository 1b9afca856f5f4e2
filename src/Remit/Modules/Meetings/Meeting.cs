using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Meetings;

public enum MeetingStage
{
    Planned,
    Held,
    Cancelled,
}

/// <summary>One time of a series: its agenda beforehand, its minutes afterwards.</summary>
public sealed class Meeting : IVersioned, IGuardsUndo
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid MeetingSeriesId { get; private init; }
    public string Name { get; private set; } = "";

    /// <summary>The time that the series gives it; <see cref="StartsAt"/> is another where this one was moved. Both by the firm's clock.</summary>
    public DateTime Slot { get; private set; }
    public DateTime StartsAt { get; private set; }
    public int Minutes { get; private set; }
    public string Place { get; private set; } = "";
    public MeetingStage Stage { get; private set; }

    /// <summary>Who was there, as it was noted when it was closed.</summary>
    public string Present { get; private set; } = "";
    public DateTime? HeldAt { get; private set; }
    public Guid? HeldBy { get; private set; }
    public DateTime? SentAt { get; private set; }
    public int Version { get; set; }
    public string Title => Name;
    public DateOnly Day => DateOnly.FromDateTime(StartsAt);
    public bool Open => Stage == MeetingStage.Planned;

    public static Meeting Of(MeetingSeries series, DateTime slot)
    {
        var meeting = new Meeting { MeetingSeriesId = series.Id };
        meeting.Take(series, slot, "");
        return meeting;
    }

    /// <summary>The series gives it this time. What was set for this one alone stays while the time does.</summary>
    /// <param name="was">Where the series was held before.</param>
    public void Take(MeetingSeries series, DateTime slot, string was)
    {
        (Name, Minutes) = (series.Name, series.Minutes);
        if (Slot != slot || Place == was)
            Place = series.Place;
        if (Slot != slot)
            (Slot, StartsAt) = (slot, slot);
    }

    public void Move(DateTime startsAt, string? place)
    {
        MustBeOpen();
        Must(DateOnly.FromDateTime(startsAt).IsPlausible(), "meetings.when");
        (StartsAt, Place) = (DateTime.SpecifyKind(startsAt, DateTimeKind.Utc), MeetingSeries.Short(place, 300));
    }

    public void Cancel()
    {
        MustBeOpen();
        Stage = MeetingStage.Cancelled;
    }

    /// <summary>It took place: from now on its minutes stand.</summary>
    public void Hold(IEnumerable<string> present, Guid? by, DateTime now, DateOnly today)
    {
        MustBeOpen();
        Must(Day <= today, "meetings.not_yet", ("meeting", Name), ("day", Day));
        Present = string.Join(", ", present);
        Must(Present.Length > 0, "meetings.nobody_there");
        (Stage, HeldAt, HeldBy) = (MeetingStage.Held, now, by);
    }

    public void Sent(DateTime now) => SentAt = now;

    public void MustBeOpen() =>
        Must(Open, Stage == MeetingStage.Held ? "meetings.is_held" : "meetings.is_cancelled", ("meeting", Name), ("day", Day));

    // Letters with the minutes are out; what they say is mended by the next meeting.
    public Refusal? WhyNotUndo() => SentAt is null ? null : new Refusal("meetings.minutes_sent", ("meeting", Name));
}

public enum PointKind
{
    Own,
    Decisions,
    Done,
    Indicators,
    Goals,
}

/// <summary>A point of an agenda and what was said about it. All but one's own fill themselves.</summary>
public sealed class AgendaPoint : IVersioned
{
    public const int LongestNotes = 20_000;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid MeetingId { get; private init; }
    public PointKind Kind { get; private init; }
    public string Text { get; private set; } = "";
    public int Place { get; private set; }
    public string Notes { get; private set; } = "";

    /// <summary>What it showed when the meeting was closed.</summary>
    public string Shown { get; private set; } = "";
    public Guid? AddedBy { get; private init; }
    public int Version { get; set; }
    public string Title => Text.Length > 0 ? Text : Kind.ToString();

    public static AgendaPoint Filling(Guid meeting, PointKind kind) =>
        new()
        {
            MeetingId = meeting,
            Kind = kind,
            Place = (int)kind,
        };

    public static AgendaPoint Own(Guid meeting, string? text, int place, Guid? by)
    {
        var point = new AgendaPoint
        {
            MeetingId = meeting,
            AddedBy = by,
            Place = place,
        };
        point.Word(text);
        return point;
    }

    public void Word(string? text)
    {
        Text = Filled(text, "meetings.no_point", "point_text");
        Must(Text.Length <= 500, "meetings.long_point");
    }

    public void Put(int place) => Place = place;

    public void Note(string? notes)
    {
        var text = (notes ?? "").ReplaceLineEndings("\n").TrimEnd();
        Must(text.Length <= LongestNotes, "meetings.long_text", ("most", LongestNotes));
        Notes = text;
    }

    public void Keep(string shown) => Shown = shown;

    internal static IEnumerable<(string Name, string Text)> Typed(AgendaPoint point) => [("notes", point.Notes)];
}

internal sealed class MeetingTable : IEntityTypeConfiguration<Meeting>
{
    public void Configure(EntityTypeBuilder<Meeting> t)
    {
        t.ToTable("meetings").Ignore(m => m.Title).Ignore(m => m.Day).Ignore(m => m.Open);
        t.HasIndex(m => new { m.MeetingSeriesId, m.Slot });
        t.HasIndex(m => new { m.Stage, m.StartsAt });
    }
}

internal sealed class AgendaPointTable : IEntityTypeConfiguration<AgendaPoint>
{
    public void Configure(EntityTypeBuilder<AgendaPoint> t)
    {
        t.ToTable("meeting_points").Ignore(p => p.Title);
        t.HasIndex(p => p.MeetingId);
    }
}
