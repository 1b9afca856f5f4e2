using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

/// <summary>The fields of the event page, and what they mean.</summary>
internal static class EventForm
{
    /// <summary>The clock that the typed times are on: the one chosen for the event, or that of who types.</summary>
    public static Clock ClockOf(Form form, Clock mine) =>
        form.Text("zone") is { } name && Zone.Named(name) is { } zone ? new Clock(zone, name) : mine;

    /// <summary>The clock that an event is written on: its own, where it has one.</summary>
    public static Clock ClockOf(Occurrence time, Clock mine, Firm firm) =>
        time.Local is { Form: TimeForm.Zoned, Tzid: { } tzid } && Zone.Named(tzid) is not null ? Clock.Of(tzid, firm) : mine;

    public static Rule? RuleOf(Series series) => Rule.Parse(series.Master?.Find("RRULE")?.Value ?? "");

    public static EventDraft Draft(Form form, Clock mine)
    {
        form.Must("starts_at");
        var (clock, from, whole) = (ClockOf(form, mine), form.Moment("starts_at")!.Value, form.Flag("all_day"));
        var to = form.Moment("ends_at") ?? from.AddHours(1);
        Must(to >= from && to - from < TimeSpan.FromDays(366), "event.ends_before");
        var start = whole
            ? new TimeValue(Civil.Seconds(from.Date), TimeForm.Date)
            : new TimeValue(Civil.Seconds(from), TimeForm.Zoned, clock.Name);
        var end = whole ? new TimeValue(Civil.Seconds(to.Date) + Civil.Day, TimeForm.Date) : start with { Local = Civil.Seconds(to) };
        var rule = RepeatForm.Read(form, DateOnly.FromDateTime(from));
        if (!whole && rule is { Until: { IsDate: true } until })
            rule = rule with { Until = new TimeValue(clock.Zone.ToUtc(until.Local + Civil.Day - 1), TimeForm.Utc) };
        return new EventDraft(
            Filled(form.Text("subject"), "event.no_subject", "subject"),
            form.Text("place") ?? "",
            form.Text("notes") ?? "",
            start,
            end,
            rule,
            form.Flag("private")
        )
        {
            Link = Link(form),
        };
    }

    public static MeetingKind KindOf(Form form) => Named.Of<MeetingKind>(form.Text("meeting_kind")) ?? MeetingKind.Other;

    /// <summary>This time of a series, the following or all, as was chosen.</summary>
    public static Scope ScopeOf(Form form, Scope otherwise) => Named.Of<Scope>(form.Text("scope")) ?? otherwise;

    public static string Back(EventDraft draft) => $"calendar?day={Civil.Date(Civil.DayOf(draft.Start.Local)):yyyy-MM-dd}";

    private static string? Link(Form form)
    {
        if (form.Sent("link") is not { } link)
            return null;
        Must(
            link.Length == 0
                || link.Length <= 1000 && Uri.TryCreate(link, UriKind.Absolute, out var uri) && (uri.Scheme is "http" or "https"),
            "event.link",
            ("link", link)
        );
        return link;
    }
}

/// <summary>The fact that a held meeting of a kind states, beside <c>meeting.held</c>.</summary>
public static class MeetingFacts
{
    public static string Of(MeetingKind kind) =>
        "meeting."
        + kind switch
        {
            MeetingKind.ClientUpkeep => "client_upkeep",
            MeetingKind.NewClient => "new_client",
            MeetingKind.Speaker => "speaker",
            MeetingKind.Interview => "interview",
            MeetingKind.Internal => "internal",
            MeetingKind.Visit => "visit",
            MeetingKind.RemoteSession => "remote_session",
            _ => "other",
        };
}
