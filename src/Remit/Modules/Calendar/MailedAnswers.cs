using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>Reads what a calendar program answered to an invitation.</summary>
public static class MailedAnswers
{
    private const int LongestNote = 1000;

    /// <summary>Null where the text answers nothing, or cannot be read.</summary>
    /// <param name="from">The sender of the letter.</param>
    public static MailedAnswer? Read(string text, string from, Firm firm)
    {
        if (RootOf(text) is not { } root)
            return null;
        var method = root.Text("METHOD").Trim().ToUpperInvariant();
        if (method is not ("REPLY" or "COUNTER"))
            return null;
        if (root.Inside("VEVENT").ToList() is not [var one, ..] || one.Text("UID") is not { Length: > 0 and <= 300 } uid)
            return null;
        var attendees = one.All("ATTENDEE").ToList();
        // A counter-proposal lists all who come; the one who wrote it is meant.
        var attendee = attendees.Find(a => Address(a.Value) == from) ?? attendees.FirstOrDefault();
        if (attendee is null)
            return null;
        var state = (attendee.Of("PARTSTAT") ?? "").Trim().ToUpperInvariant();
        if (state.Length == 0)
            method = "REPLY";
        var note = one.Text("COMMENT") is { Length: > 0 } comment ? comment : root.Text("COMMENT");
        return new MailedAnswer(
            method,
            uid,
            int.TryParse(one.Text("SEQUENCE").Trim(), out var n) ? n : 0,
            Moment(one.Find("DTSTAMP"), root, firm),
            from,
            Address(attendee.Value),
            state,
            Time(one.Find("RECURRENCE-ID"), root, firm),
            Moment(one.Find("DTSTART"), root, firm),
            note.Length > LongestNote ? note[..LongestNote] : note
        );
    }

    private static Component? RootOf(string text)
    {
        try
        {
            return ContentReader.Read(text).Components is [var root, ..] && root.Is("VCALENDAR") ? root : null;
        }
        catch (NotReadable)
        {
            return null;
        }
    }

    private static string Time(ContentLine? line, Component root, Firm firm) =>
        TimeValue.Of(line) is not { } time ? ""
        : time.IsDate ? time.Text
        : new TimeValue(new ZoneBook(root, CalendarQueries.ZoneOf(firm)).ToUtc(time), TimeForm.Utc).Text;

    private static DateTime? Moment(ContentLine? line, Component root, Firm firm) =>
        TimeValue.Of(line) is { IsDate: false } time ? Civil.Moment(new ZoneBook(root, CalendarQueries.ZoneOf(firm)).ToUtc(time)) : null;

    private static string Address(string value) =>
        (value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? value[7..] : value).Trim().ToLowerInvariant();
}

internal static class AnsweredInvitations
{
    /// <summary>Whoever invited hears what the guest answered.</summary>
    public static void Answered(this AppDb db, Invitation i) =>
        db.Tell(
            i.InvitedBy,
            "notice.guest_" + i.Reply.ToString().ToLowerInvariant(),
            $"calendar/items/{i.CalendarItemId}",
            ("guest", i.Name),
            ("meeting", i.Summary)
        );

    /// <summary>The same of one time of a series.</summary>
    internal static void Answered(this AppDb db, Invitation i, Occurrence time, Reply reply) =>
        db.Tell(
            i.InvitedBy,
            "notice.guest_day_" + reply.ToString().ToLowerInvariant(),
            $"calendar/items/{i.CalendarItemId}?at={time.Id.Text}",
            ("guest", i.Name),
            ("meeting", i.Summary),
            ("day", $"{Civil.Date(Civil.DayOf(time.Local.Local)):yyyy-MM-dd}")
        );
}
