using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>Who is asked for free time, by the words <c>person:id</c>, <c>room:id</c>, <c>speaker:id</c>, <c>client:id</c>.</summary>
public sealed class Parties(IEnumerable<IBusyTimes> busy)
{
    public const int Most = 20;

    public async Task<IReadOnlyList<Party>> Of(AppDb db, IEnumerable<string> words, (DateTime From, DateTime To) window, Firm firm)
    {
        var parties = new List<Party>();
        foreach (var word in words.Distinct().Take(Most))
            if (
                word.Split(':') is [var kind, var id]
                && Guid.TryParse(id, out var key)
                && await One(db, kind, key, window, firm) is { } party
            )
                parties.Add(party);
        return parties;
    }

    private Task<Party?> One(AppDb db, string kind, Guid id, (DateTime, DateTime) window, Firm firm) =>
        kind switch
        {
            "person" => Person(db, id, window, firm),
            "room" => Room(db, id, window, firm),
            "speaker" => Speaker(db, id, window, firm),
            "client" => Client(db, id, firm),
            _ => Task.FromResult<Party?>(null),
        };

    /// <summary>A colleague: calendar and visits, own hours, own holidays.</summary>
    public async Task<Party?> Person(AppDb db, Guid id, (DateTime From, DateTime To) window, Firm firm)
    {
        if (await db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.Active) is not { } person)
            return null;
        var hours = await db.ClockOf(id);
        var (from, to) = (firm.Local(window.From), firm.Local(window.To));
        var taken = new List<Taken>();
        foreach (var source in busy)
            taken.AddRange(
                (
                    await source.Of(
                        db,
                        [id],
                        DateTime.SpecifyKind(from, DateTimeKind.Utc),
                        DateTime.SpecifyKind(to, DateTimeKind.Utc),
                        firm
                    )
                ).Select(b => new Taken(firm.Moment(b.Time.From), firm.Moment(b.Time.To), b.Time.Place))
            );
        var (first, last) = (DateOnly.FromDateTime(from).AddDays(-1), DateOnly.FromDateTime(to));
        var visits = await db.Set<Visit>()
            .AsNoTracking()
            .Where(v => v.ProgrammerId == id && v.State != VisitState.Cancelled)
            .Between(first, last)
            .Join(
                db.Set<Client>(),
                v => v.ClientId,
                c => c.Id,
                (v, c) =>
                    new
                    {
                        Visit = v,
                        c.Name,
                        c.Address,
                    }
            )
            .ToListAsync();
        taken.AddRange(
            visits.Select(v => new Taken(
                firm.Moment(v.Visit.StartsAt),
                firm.Moment(v.Visit.EndsAt),
                v.Visit.Remote ? ""
                    : v.Address.Length > 0 ? v.Address
                    : v.Name
            ))
        );
        return new Party(
            person.Name,
            Clock.Of(person.TimeZone, firm),
            hours,
            await db.WorkDays(hours.Country.Length > 0 ? hours.Country : firm.Country),
            taken
        );
    }

    private static async Task<Party?> Room(AppDb db, Guid id, (DateTime From, DateTime To) window, Firm firm) =>
        await db.Set<CalendarBook>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == id && b.Kind == CalendarKind.Room) is { } room
            ? new Party(room.Name, Clock.Of(null, firm), PersonClock.Of(id), null, await Taken(db, room, window, firm))
            : null;

    private static async Task<Party?> Speaker(AppDb db, Guid id, (DateTime From, DateTime To) window, Firm firm)
    {
        if (await db.Set<Speaker>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id) is not { } speaker)
            return null;
        var taken = await Taken(
            db,
            await db.Set<CalendarBook>().AsNoTracking().SingleAsync(b => b.Id == speaker.CalendarBookId),
            window,
            firm
        );
        var (from, to) = window;
        var holds = await db.Set<SpeakerHold>()
            .AsNoTracking()
            .Where(h => h.SpeakerId == id && h.State == HoldState.Confirmed && h.EndsAt > from && h.StartsAt < to)
            .ToListAsync();
        return new Party(
            speaker.Name,
            Clock.Of(speaker.TimeZone, firm),
            PersonClock.Of(id),
            WorkCalendar.For(""),
            [.. taken, .. holds.Select(h => new Taken(h.StartsAt, h.EndsAt))]
        );
    }

    // Of a client nobody knows the calendar; that nobody is at work there at night, one does.
    private static async Task<Party?> Client(AppDb db, Guid id, Firm firm) =>
        await db.Set<Client>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id) is { } client
            ? new Party(
                client.Name,
                Clock.Of(client.TimeZone.Length > 0 ? client.TimeZone : ZoneNames.OfCountry(client.Country), firm),
                PersonClock.Of(id),
                await db.WorkDays(client.Country),
                []
            )
            : null;

    private static async Task<List<Taken>> Taken(AppDb db, CalendarBook book, (DateTime From, DateTime To) window, Firm firm) =>
        [
            .. (await db.Times([book], Actor.Remit, window.From, window.To, CalendarQueries.ZoneOf(firm))).Select(t => new Taken(
                Civil.Moment(t.Time.Start),
                Civil.Moment(t.Time.End),
                t.Item.Online ? "" : t.Time.Source.Text("LOCATION")
            )),
        ];
}
