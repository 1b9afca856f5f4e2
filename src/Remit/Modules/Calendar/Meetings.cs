using Remit.Modules.Calendar.Format;

namespace Remit.Modules.Calendar;

/// <summary>Meetings that another module puts into a calendar.</summary>
public static class Meetings
{
    /// <summary>One meeting at a local time of the firm.</summary>
    /// <param name="timeZone">The firm's, by its IANA name.</param>
    public static CalendarItem Plan(CalendarBook book, string subject, DateTime local, int minutes, string timeZone)
    {
        var start = new TimeValue(Civil.Seconds(local), TimeForm.Zoned, timeZone);
        var uid = Guid.CreateVersion7().ToString();
        var draft = new EventDraft(subject, "", "", start, start with { Local = start.Local + minutes * 60L }, Rule: null, Private: false);
        return CalendarItem.In(book.Id, uid + ".ics", CalendarObject.Of(EventEdit.New(draft, uid, local)), Recurrence.Zone.Named(timeZone) ?? Recurrence.Zone.Utc);
    }
}
