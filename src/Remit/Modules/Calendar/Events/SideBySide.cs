using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>One day with a column for each calendar, each shaded where its owner does not work, on the clock of the one who looks.</summary>
internal static class SideBySide
{
    public static async Task<IReadOnlyList<DayColumn>> Of(
        AppDb db,
        (Party Me, Screen Screen) looker,
        DateOnly day,
        IReadOnlyList<Entry> entries,
        IReadOnlyList<CalendarBook> books
    )
    {
        var (me, screen) = looker;
        var owners = await Owners(db, screen.Firm!, books);
        var noon = me.Clock.Utc(day.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc));
        return
        [
            .. WeekView
                .SideBySide(entries, day, books)
                .Select(c => (Column: c, Whose: c.Book is { } book ? owners.GetValueOrDefault(book.Id, me) : me))
                .Select(c =>
                    c.Column with
                    {
                        Bands = WeekView.Bands(c.Whose, me.Clock, day),
                        Clock = OtherClocks.Apart(noon, me.Clock, c.Whose.Clock, screen.T),
                    }
                ),
        ];
    }

    // A room is open whenever somebody is there; a shared calendar is nobody's.
    private static async Task<Dictionary<Guid, Party>> Owners(AppDb db, Firm firm, IReadOnlyList<CalendarBook> books)
    {
        var (ids, people) = (books.Select(b => b.Id).ToList(), books.Select(b => b.OwnerId).OfType<Guid>().Distinct().ToList());
        var zones = await db.Set<Person>()
            .Where(p => people.Contains(p.Id))
            .Select(p => new { p.Id, p.TimeZone })
            .ToDictionaryAsync(p => p.Id, p => p.TimeZone);
        var hours = await db.Set<PersonClock>().AsNoTracking().Where(c => people.Contains(c.Id)).ToDictionaryAsync(c => c.Id);
        var speakers = await db.Set<Speaker>()
            .Where(s => ids.Contains(s.CalendarBookId))
            .Select(s => new { s.CalendarBookId, s.TimeZone })
            .ToDictionaryAsync(s => s.CalendarBookId, s => s.TimeZone);
        var tables = await db.WorkDays([.. hours.Values.Select(h => h.Country).Append(firm.Country).Where(c => c.Length > 0)]);
        var found = new Dictionary<Guid, Party>();
        foreach (var book in books)
            if (
                book.OwnerId is { } owner
                && hours.GetValueOrDefault(owner, PersonClock.Of(owner)) is var own
                && zones.TryGetValue(owner, out var zone)
            )
                found[book.Id] = new Party(
                    book.Name,
                    Clock.Of(zone, firm),
                    own,
                    tables[own.Country.Length > 0 ? own.Country : firm.Country],
                    []
                );
            else if (speakers.TryGetValue(book.Id, out var abroad))
                found[book.Id] = new Party(book.Name, Clock.Of(abroad, firm), PersonClock.Of(book.Id), WorkCalendar.For(""), []);
        return found;
    }
}
