using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

/// <summary>Two things at one time: a person is told and decides, a room is refused. Of a series the time that was typed is looked at.</summary>
internal static class Clashes
{
    /// <summary>What the bar adds about it; empty where the time is free. Ask before saving.</summary>
    public static async Task<string> Of(AppDb db, CalendarItem item, CalendarBook book, EventDraft draft, Screen screen)
    {
        if (draft.Start.IsDate || book.Kind is not (CalendarKind.Own or CalendarKind.Room)) return "";
        if (book.Kind == CalendarKind.Room) await db.StartWriting();
        var floating = CalendarQueries.ZoneOf(screen.Firm);
        var zone = draft.Start.Form switch { TimeForm.Utc => Zone.Utc, TimeForm.Zoned => Zone.Named(draft.Start.Tzid) ?? floating, _ => floating };
        var (from, to) = (Civil.Moment(zone.ToUtc(draft.Start.Local)), Civil.Moment(zone.ToUtc(draft.End.Local)));
        var books = book.OwnerId is { } owner ? await db.Set<CalendarBook>().AsNoTracking().Where(b => b.OwnerId == owner).ToListAsync() : [book];
        var other = (await db.Times(books, Actor.Remit, from, to, floating)).Find(t => t.Item.Id != item.Id && !t.Time.AllDay && !t.Time.Source.Text("TRANSP").Equals("TRANSPARENT", StringComparison.OrdinalIgnoreCase));
        if (other is null) return "";
        var name = book.OwnerId == screen.Person?.PersonId || !other.Item.Private ? other.Item.Title : screen.T["calendar.busy"];
        Must(book.Kind != CalendarKind.Room, "event.room_taken", ("room", book.Name), ("event", name));
        return " " + screen.T["event.same_time", ("event", name)];
    }
}
