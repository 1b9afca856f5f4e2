using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>Collects everything that stands in the days one looks at: events, visits, holds of speakers, dues.</summary>
/// <param name="own">Visits of the one who looks only, whoever else's may be seen.</param>
internal sealed class WeekEntries(AppDb db, Screen screen, Clock clock, bool own = false)
{
    private static readonly TimeSpan longestHold = TimeSpan.FromDays(62);

    private Actor Actor => screen.Person!;

    public async Task<List<Entry>> Of(Looking looking, IReadOnlyList<CalendarBook> books, IEnumerable<IDueSource> dues)
    {
        var from = clock.Utc(looking.First.ToDateTime(default, DateTimeKind.Utc));
        var to = clock.Utc(looking.First.AddDays(looking.Days).ToDateTime(default, DateTimeKind.Utc));
        var shown = books.Where(b => looking.Shows(b.Id)).ToList();
        var entries = await Events(shown, from, to);
        entries.AddRange(await Holds(shown, from, to));
        // A visit has the colour of the programmer whose time it takes and stands beside his other hours, as what is due does with whom it is due from.
        var owned = books
            .Where(b => b is { Kind: CalendarKind.Own, OwnerId: not null })
            .GroupBy(b => b.OwnerId!.Value)
            .ToDictionary(g => g.Key, g => g.FirstOrDefault(b => looking.Shows(b.Id)) ?? g.First());
        if (screen.Can(Permission.VisitsSee) && looking.Shows(Looking.Visits))
            entries.AddRange(await Visits(looking, owned));
        if (looking.Shows(Looking.Dues))
            entries.AddRange(
                (await Dues(looking, dues)).Select(e =>
                    e with
                    {
                        Book = owned.GetValueOrDefault(Actor.PersonId ?? Guid.Empty) is { } mine && looking.Shows(mine.Id) ? mine.Id : null,
                    }
                )
            );
        return [.. entries.OrderBy(e => e.From)];
    }

    private async Task<List<Entry>> Events(List<CalendarBook> books, DateTime from, DateTime to)
    {
        var times = await db.Times(books, Actor, from, to, clock.Zone);
        var ids = times.Where(t => !t.Hidden).Select(t => t.Item.ClientId).OfType<Guid>().Distinct().ToList();
        var zones =
            ids.Count == 0
                ? []
                : await db.Set<Client>()
                    .Where(c => ids.Contains(c.Id))
                    .Select(c => new
                    {
                        c.Id,
                        c.TimeZone,
                        c.Country,
                    })
                    .ToDictionaryAsync(c => c.Id, c => c.TimeZone.Length > 0 ? c.TimeZone : ZoneNames.OfCountry(c.Country));
        var busy = screen.T["calendar.busy"];
        return
        [
            .. times.Select(t =>
                WeekView.Of(t, clock.Zone, busy, t.Calendar.EditedBy(Actor)) with
                {
                    Elsewhere =
                        t.Hidden || t.Time.AllDay
                            ? ""
                            : OtherClocks.Of(
                                Civil.Moment(t.Time.Start),
                                clock,
                                [t.Time.Local.Tzid, t.Item.ClientId is { } c ? zones.GetValueOrDefault(c) : null],
                                screen.T
                            ),
                }
            ),
        ];
    }

    private async Task<IEnumerable<Entry>> Holds(List<CalendarBook> books, DateTime from, DateTime to)
    {
        var byId = books.Where(b => b.Kind == CalendarKind.Speaker).ToDictionary(b => b.Id);
        if (byId.Count == 0)
            return [];
        var ids = byId.Keys.ToList();
        var speakers = await db.Set<Speaker>().AsNoTracking().Where(s => ids.Contains(s.CalendarBookId)).ToDictionaryAsync(s => s.Id);
        var (wide, far, whose) = (from - longestHold, to + longestHold, speakers.Keys.ToList());
        var holds = await db.Set<SpeakerHold>()
            .AsNoTracking()
            .Where(h => whose.Contains(h.SpeakerId) && h.State != HoldState.Released && h.EndsAt > wide && h.StartsAt < far)
            .ToListAsync();
        return holds
            .Where(h => h.StartsAt < to && h.EndsAt > from)
            .Select(h => Of(h, speakers[h.SpeakerId], byId[speakers[h.SpeakerId].CalendarBookId], HoldQueue.Rank(h, holds)));
    }

    private Entry Of(SpeakerHold hold, Speaker speaker, CalendarBook book, int rank) =>
        new(
            hold.What,
            $"{speaker.Name} · {screen.T["hold.state." + hold.State]}{(rank > 1 ? $" · {screen.T["hold.rank", ("n", rank)]}" : "")}",
            $"calendar/speakers/{speaker.Id}#h{hold.Id}",
            book.Colour,
            clock.At(hold.StartsAt),
            clock.At(hold.EndsAt),
            false,
            "",
            null,
            false,
            false
        )
        {
            Book = book.Id,
            Look = hold.State == HoldState.Held ? "hold" : "confirmed",
            Elsewhere = OtherClocks.Of(hold.StartsAt, clock, [speaker.TimeZone], screen.T),
        };

    // Whose calendar is switched off, their visits are too.
    private async Task<IEnumerable<Entry>> Visits(Looking looking, Dictionary<Guid, CalendarBook> owned)
    {
        var visits = db.Set<Visit>()
            .AsNoTracking()
            .Between(looking.First.AddDays(-1), looking.First.AddDays(looking.Days))
            .Where(v => v.State != VisitState.Cancelled);
        if ((own || Actor.Role == Role.Programmer) && Actor.PersonId is { } me)
            visits = visits.Where(v => v.ProgrammerId == me);
        var firm = screen.Firm!;
        return (await (await visits.ToListAsync()).Named(db))
            .Where(v => !owned.TryGetValue(v.Visit.ProgrammerId, out var book) || looking.Shows(book.Id))
            .Select(v =>
                owned.GetValueOrDefault(v.Visit.ProgrammerId) is { } book
                    ? WeekView.Of(v) with
                    {
                        Book = book.Id,
                        Colour = book.Colour,
                    }
                    : WeekView.Of(v)
            )
            .Select(e => e with { From = clock.At(firm.Moment(e.From)), To = clock.At(firm.Moment(e.To)) });
    }

    // What is overdue stands on today, where it still can be done.
    private async Task<IEnumerable<Entry>> Dues(Looking looking, IEnumerable<IDueSource> sources)
    {
        var last = looking.First.AddDays(looking.Days - 1);
        if (last < screen.Today)
            return [];
        var dues = await sources.Open(db, new DueAsk(screen.Today, last, Actor.PersonId), Actor);
        return dues.Select(d => (Due: d, On: d.On < screen.Today ? screen.Today : d.On))
            .Where(d => d.On >= looking.First)
            .Select(d => WeekView.Of(d.Due, d.On));
    }
}

/// <summary>The same moment on the clocks of others. Pure.</summary>
internal static class OtherClocks
{
    /// <summary>«New York −5»: how many hours the other clock is from mine; nothing where it is as mine.</summary>
    public static string Apart(DateTime utc, Clock mine, Clock other, T t)
    {
        var apart = other.At(utc) - mine.At(utc);
        return apart == TimeSpan.Zero
            ? ""
            : $"{ZoneNames.Of(other.Name, t)} {(apart < TimeSpan.Zero ? "−" : "+")}{apart.Duration().Hours}{(apart.Minutes == 0 ? "" : $":{apart.Duration().Minutes:00}")}";
    }

    /// <summary>«18:00 Baku · 10:00 New York», of those whose clock shows another time than mine.</summary>
    public static string Of(DateTime utc, Clock mine, IEnumerable<string?> zones, T t)
    {
        var here = mine.At(utc);
        var others = zones
            .Where(z => !string.IsNullOrEmpty(z))
            .Distinct()
            .Select(z => (Name: z!, Zone: Recurrence.Zone.Named(z)))
            .Where(z => z.Zone is not null)
            .Select(z => (z.Name, At: new Clock(z.Zone!, z.Name).At(utc)))
            .Where(z => z.At != here);
        return string.Join(
            " · ",
            others.Select(z =>
                $"{z.At:HH:mm} {ZoneNames.Of(z.Name, t)}{(z.At.Date > here.Date ? " +1" : z.At.Date < here.Date ? " −1" : "")}"
            )
        );
    }
}
