using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>A time of an event with the calendar it stands in.</summary>
/// <param name="Hidden">Only that the time is taken may be shown.</param>
public sealed record Shown(CalendarBook Calendar, CalendarItem Item, Occurrence Time, bool Hidden);

/// <summary>Named questions to calendars and their events.</summary>
public static class CalendarQueries
{
    /// <summary>The calendars this person may look into, own ones first.</summary>
    public static async Task<List<CalendarBook>> Calendars(this AppDb db, Actor actor)
    {
        var me = actor.PersonId;
        var books = await db.SeenBy(me);
        return
        [
            .. books
                .OrderBy(c => c.OwnerId == me ? 0 : 1)
                .ThenBy(c => c.Kind)
                .ThenBy(c => c.Place)
                .ThenBy(c => c.Name, StringComparer.OrdinalIgnoreCase),
        ];
    }

    /// <summary>The same in no order.</summary>
    internal static Task<List<CalendarBook>> SeenBy(this AppDb db, Guid? person) =>
        db.Keep(
            $"calendars {person}",
            [typeof(CalendarBook)],
            () => db.Set<CalendarBook>().AsNoTracking().Where(c => c.OwnerId == person || c.Sharing != Sharing.Nobody).ToListAsync()
        );

    /// <summary>The calendars of this person, the first one made when it is first asked for.</summary>
    public static async Task<List<CalendarBook>> WithOwnCalendar(this AppDb db, Actor actor)
    {
        var books = await db.Calendars(actor);
        if (
            actor.PersonId is not { } me
            || !actor.Can(Permission.CalendarEdit)
            || books.Any(c => c.OwnerId == me && c.Kind == CalendarKind.Own)
        )
            return books;
        await db.StartWriting();
        // Asked again under the lock: a phone asks several times at once.
        if (!await db.Set<CalendarBook>().AnyAsync(c => c.OwnerId == me && c.Kind == CalendarKind.Own))
        {
            var own = CalendarBook.New(actor.Name, CalendarKind.Own, me);
            own.Paint(await db.FreeColour());
            db.Add(own);
        }
        await db.SaveChangesAsync();
        return await db.Calendars(actor);
    }

    /// <summary>The colour that fewest calendars have, those not saved yet among them: people are told apart by it.</summary>
    public static async Task<string> FreeColour(this AppDb db)
    {
        var saved = await db.Set<CalendarBook>().Select(c => c.Colour).ToListAsync();
        var used = saved
            .Concat(db.ChangeTracker.Entries<CalendarBook>().Where(e => e.State == EntityState.Added).Select(e => e.Entity.Colour))
            .ToLookup(c => c);
        return CalendarBook.Colours.MinBy(c => used[c].Count())!;
    }

    /// <summary>Items that may have a time in the window; which have, their series say.</summary>
    public static IQueryable<CalendarItem> Touching(this IQueryable<CalendarItem> items, DateTime from, DateTime to) =>
        items.Where(i => i.EndsAt >= from && i.StartsAt < to);

    /// <summary>Every time of the window over several calendars, in order.</summary>
    public static async Task<List<Shown>> Times(
        this AppDb db,
        IReadOnlyCollection<CalendarBook> books,
        Actor actor,
        DateTime from,
        DateTime to,
        Zone zone
    )
    {
        var byId = books.ToDictionary(b => b.Id);
        var ids = byId.Keys.ToList();
        var items = await db.Set<CalendarItem>()
            .AsNoTracking()
            .Where(i => ids.Contains(i.CalendarBookId) && i.Component == "VEVENT")
            .Touching(from, to)
            .ToListAsync();
        var times = new List<Shown>();
        foreach (var item in items)
        {
            var book = byId[item.CalendarBookId];
            var hidden = !book.SeenWholeBy(actor) || item.Private && book.OwnerId != actor.PersonId;
            foreach (var time in item.TimesOf(zone, Civil.Seconds(from), Civil.Seconds(to)))
                if (!time.Source.Text("STATUS").Equals("CANCELLED", StringComparison.OrdinalIgnoreCase))
                    times.Add(new(book, item, time, hidden));
        }
        times.Sort((a, b) => a.Time.Start != b.Time.Start ? a.Time.Start.CompareTo(b.Time.Start) : b.Time.End.CompareTo(a.Time.End));
        return times;
    }

    /// <summary>The firm's clock: a time without a zone is read on it.</summary>
    public static Zone ZoneOf(Firm? firm) => Zone.Named(firm?.TimeZone) ?? Zone.Utc;
}
