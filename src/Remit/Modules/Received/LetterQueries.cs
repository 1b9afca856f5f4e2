using Remit.Modules.Calendar;
using Remit.Modules.Meetings;
using Remit.Storage;

namespace Remit.Modules.Received;

/// <summary>Named questions to letters.</summary>
internal static class LetterQueries
{
    public const string Meeting = "meeting",
        Series = "meeting_series";

    /// <summary>Those that whoever asks may see: what a guest answers is for those who see the event in its calendar, and what is answered to minutes for those of the meeting.</summary>
    public static IQueryable<ReceivedLetter> Letters(this AppDb db, DateOnly today)
    {
        var me = db.Actor.PersonId;
        var books = db.Set<CalendarBook>().Where(b => b.OwnerId == me || b.Sharing == Sharing.See || b.Sharing == Sharing.Edit);
        var items = db.Set<CalendarItem>().Where(i => books.Any(b => b.Id == i.CalendarBookId && (!i.Private || b.OwnerId == me)));
        var series = db.Set<MeetingSeries>().SeenBy(db, db.Actor, today);
        return db.Set<ReceivedLetter>()
            .Where(l =>
                (l.AboutKind != Meeting || items.Any(i => i.Id == l.AboutId))
                && (l.AboutKind != Series || series.Any(s => s.Id == l.AboutId))
            );
    }
}
