using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

public enum MeetingKind
{
    Other,
    ClientUpkeep,
    NewClient,
    Speaker,
    Interview,
    Internal,
    Visit,
    RemoteSession,
}

public enum MeetingState
{
    Planned,
    Held,
    Missed,
}

/// <summary>
/// One event with all its times, kept as the iCalendar text that phones exchange; what is asked of it often stands
/// beside the text in columns.
/// </summary>
public sealed class CalendarItem : IVersioned
{
    /// <summary>The end of what has none, so that one comparison finds what a window holds.</summary>
    public static readonly DateTime Forever = new(9999, 12, 31, 0, 0, 0, DateTimeKind.Utc);
    public const int MostBytes = 1 << 20;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid CalendarBookId { get; private set; }

    /// <summary>Its file name in the address that phones use.</summary>
    public string Path { get; private set; } = "";
    public string Uid { get; private set; } = "";

    /// <summary>VEVENT, VTODO or VJOURNAL.</summary>
    public string Component { get; private set; } = "";
    public string Text { get; private set; } = "";
    public string Summary { get; private set; } = "";

    /// <summary>The first start and the last end, in UTC.</summary>
    public DateTime StartsAt { get; private set; }
    public DateTime EndsAt { get; private set; }
    public bool Repeats { get; private set; }

    /// <summary>Others than the calendar's owner see only that the time is taken.</summary>
    public bool Private { get; private set; }
    public MeetingKind Kind { get; private set; }
    public Guid? ClientId { get; private set; }
    public MeetingState State { get; private set; }
    public string Outcome { get; private set; } = "";
    public string NextStep { get; private set; } = "";
    public DateOnly? HeldOn { get; private set; }

    /// <summary>Held by a link; its address stands in the text (URL).</summary>
    public bool Online { get; private set; }
    public Guid? SpeakerId { get; private set; }
    public int Version { get; set; }
    public string Title => Summary.Length > 0 ? Summary : Uid;
    public string Etag => $"\"{Id:N}-{Version}\"";

    public static CalendarItem In(Guid calendar, string path, CalendarObject what, Zone zone)
    {
        var item = new CalendarItem { CalendarBookId = calendar, Path = path };
        item.Write(what, zone);
        return item;
    }

    /// <summary>Takes another text for the same event.</summary>
    public void Write(CalendarObject what, Zone zone)
    {
        (Text, Uid, Component, Summary, Private) = (what.Text, what.Uid, what.Component, what.Summary, what.Private);
        var series = Series.Of(what.Root, zone);
        var dated = series.Where(s => s.IsDated).ToList();
        Repeats = series.Any(s => s.Repeats) || series.Count > 0 && what.Root.Components.Count(c => c.Is(Component)) > 1;
        // A task or note without a date is in every window.
        (StartsAt, EndsAt) =
            dated.Count == 0
                ? (DateTime.UnixEpoch, Forever)
                : (
                    Civil.Moment(dated.Min(s => s.Extent().First)),
                    dated.Max(s => s.Extent().Last) is var last && last >= Civil.Seconds(Forever) ? Forever : Civil.Moment(last)
                );
    }

    public void MoveTo(CalendarBook calendar, string? path = null) => (CalendarBookId, Path) = (calendar.Id, path ?? Path);

    public void Mean(MeetingKind kind, Guid? client) => (Kind, ClientId) = (kind, client);

    /// <summary>Where it is held, and with which speaker.</summary>
    public void Meet(bool online, Guid? speaker) => (Online, SpeakerId) = (online, speaker);

    /// <summary>The meeting took place: what came of it, and what follows.</summary>
    public void Hold(string? outcome, string? nextStep, DateOnly on)
    {
        Must(State != MeetingState.Held, "meeting.held_already", ("meeting", Title));
        (State, Outcome, NextStep, HeldOn) = (
            MeetingState.Held,
            Filled(outcome, "meeting.no_outcome", "outcome"),
            nextStep?.Trim() ?? "",
            on
        );
    }

    public void Miss(string? why) => (State, Outcome) = (MeetingState.Missed, why?.Trim() ?? "");

    /// <summary>The event as a tree; it was readable when it was stored.</summary>
    public Component Root() => ContentReader.Read(Text).Components[0];
}

internal sealed class CalendarItemTable : IEntityTypeConfiguration<CalendarItem>
{
    public void Configure(EntityTypeBuilder<CalendarItem> t)
    {
        t.ToTable("calendar_items").Ignore(i => i.Title).Ignore(i => i.Etag);
        t.HasIndex(i => new { i.CalendarBookId, i.Path }).IsUnique();
        t.HasIndex(i => new { i.CalendarBookId, i.Uid });
        // What a week holds has ended after its start: of a calendar's past nothing is read.
        t.HasIndex(i => new
        {
            i.CalendarBookId,
            i.EndsAt,
            i.StartsAt,
        });
        t.HasIndex(i => i.ClientId);
        t.HasIndex(i => i.SpeakerId);
    }
}
