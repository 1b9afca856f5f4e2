using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Planning.Weeks;

/// <summary>Finds whom one person should meet in a week, and lays the week out.</summary>
public sealed class Proposals(IEnumerable<IMeetingReason> sources, Parties parties, TimeProvider clock)
{
    public sealed record Found(Plan Plan, Party Host, PlanSettings Settings, IReadOnlyDictionary<string, Guest> Guests);

    public async Task<Found> For(AppDb db, Actor actor, Firm firm, DateOnly monday, bool everybody)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var settings = await PlanSettings.Now(db);
        var host = await Host(db, actor, firm, monday);
        var ask = new PlanAsk(
            db,
            firm,
            firm.Day(now),
            monday,
            now,
            settings,
            await Clients(db, actor, monday, now, everybody),
            Speakers(db, actor, monday, now, everybody)
        );
        var found = new List<(IMeetingReason Source, Reason Reason)>();
        foreach (var source in sources.Where(s => actor.Can(s.Needs)))
            found.AddRange((await source.Of(ask)).Select(r => (source, r)));
        var (wishes, guests) = await Wishes(db, firm, found, settings, monday);
        var days = Enumerable.Range(0, 7).Select(n => monday.AddDays(n)).ToList();
        return new Found(
            WeekLayout.Lay(Ranking.Of(wishes), new LayoutAsk(host, days, now, settings.Travel, settings.MostCalls, settings.MostMeetings)),
            host,
            settings,
            guests
        );
    }

    public async Task<Party> Host(AppDb db, Actor actor, Firm firm, DateOnly monday)
    {
        var from = firm.Moment(monday.AddDays(-1));
        return await parties.Person(db, actor.PersonId!.Value, (from, from.AddDays(9)), firm) ?? throw new Web.NotFound();
    }

    // Whoever has a meeting ahead, or was put off, is not proposed.
    private static async Task<IQueryable<Client>> Clients(AppDb db, Actor actor, DateOnly monday, DateTime now, bool everybody)
    {
        var (me, firm) = (actor.PersonId, await Firm.Of(db));
        var local = DateTime.SpecifyKind(firm.Local(now), DateTimeKind.Utc);
        var clients = db.Set<Client>()
            .AsNoTracking()
            .Served()
            .Where(c => !db.Set<PutOff>().Any(p => p.PersonId == me && p.PartyId == c.Id && p.Until > monday))
            .Where(c =>
                !db.Set<CalendarItem>()
                    .Any(i => i.ClientId == c.Id && i.State == MeetingState.Planned && (i.StartsAt > now || i.Repeats && i.EndsAt > now))
            )
            .Where(c =>
                !db.Set<Dispatch.Visit>()
                    .Any(v =>
                        v.ClientId == c.Id
                        && (v.State == Dispatch.VisitState.Planned || v.State == Dispatch.VisitState.Confirmed)
                        && v.StartsAt > local
                    )
            );
        return everybody ? clients : clients.Where(c => c.OwnerId == me);
    }

    private static IQueryable<Speaker> Speakers(AppDb db, Actor actor, DateOnly monday, DateTime now, bool everybody)
    {
        var me = actor.PersonId;
        var speakers = db.Set<Speaker>()
            .AsNoTracking()
            .Where(s => !db.Set<PutOff>().Any(p => p.PersonId == me && p.PartyId == s.Id && p.Until > monday))
            .Where(s => !db.Set<CalendarItem>().Any(i => i.SpeakerId == s.Id && i.State == MeetingState.Planned && i.StartsAt > now));
        return everybody ? speakers : speakers.Where(s => s.OwnerId == me || s.OwnerId == null);
    }

    private async Task<(List<Wish>, Dictionary<string, Guest>)> Wishes(
        AppDb db,
        Firm firm,
        List<(IMeetingReason Source, Reason Reason)> found,
        PlanSettings settings,
        DateOnly monday
    )
    {
        var byParty = found
            .Where(f => f.Reason.Weight > 0)
            .GroupBy(f => f.Reason.Party)
            .ToDictionary(g => g.Key, g => g.OrderByDescending(f => f.Reason.Weight).ToList());
        var ids = byParty.Keys.ToList();
        var clients = await db.Set<Client>().AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync();
        var tables = await db.WorkDays([.. clients.Select(c => c.Country)]);
        var guests = (await db.GuestsOf(clients)).ToDictionary(g => $"client:{g.Key}", g => g.Value);
        var wishes = clients
            .Select(c =>
                Wish(
                    $"client:{c.Id}",
                    c.Name,
                    byParty[c.Id],
                    settings,
                    new Party(
                        c.Name,
                        Clock.Of(c.TimeZone.Length > 0 ? c.TimeZone : ZoneNames.OfCountry(c.Country), firm),
                        PersonClock.Of(c.Id),
                        tables[c.Country],
                        []
                    ),
                    c.Address.Length > 0 ? c.Address : c.Name,
                    c.KeyAccount
                )
            )
            .ToList();
        var from = firm.Moment(monday.AddDays(-1));
        foreach (var speaker in await db.Set<Speaker>().AsNoTracking().Where(s => ids.Contains(s.Id)).ToListAsync())
        {
            if ((await parties.Of(db, [$"speaker:{speaker.Id}"], (from, from.AddDays(9)), firm)) is not [var party])
                continue;
            wishes.Add(Wish($"speaker:{speaker.Id}", speaker.Name, byParty[speaker.Id], settings, party, "", false));
            if (System.Net.Mail.MailAddress.TryCreate(speaker.Email, out _))
                guests[$"speaker:{speaker.Id}"] = speaker.Guest();
        }
        return (wishes, guests);
    }

    // The weightiest reason says how to meet; a key account is worth the way.
    private static Wish Wish(
        string word,
        string name,
        List<(IMeetingReason Source, Reason Reason)> reasons,
        PlanSettings settings,
        Party party,
        string place,
        bool key
    )
    {
        var first = reasons[0].Source;
        var call = first.ByPhone && !(key && first.Meeting == MeetingKind.ClientUpkeep);
        return new Wish(
            word,
            name,
            call ? "" : place,
            call,
            call ? settings.CallMinutes : settings.MeetingMinutes,
            first.Meeting,
            [.. reasons.Select(r => r.Reason)],
            party
        );
    }
}
