using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Money.Debts;

/// <summary>A promise whose day has passed and whose money has not come: due the day after, until it is paid or another promise takes its place.</summary>
internal sealed class PromiseDues : IDueSource
{
    public Permission Needs => Permission.PapersSee;

    public async Task<IReadOnlyList<Due>> Open(AppDb db, DueAsk ask)
    {
        var promises = db.Set<PaymentPromise>().AsNoTracking();
        if (ask.PersonId is { } person)
            promises = promises.Where(p => p.PersonId == person);
        var unmet = await db.Unmet(promises, (ask.Today, ask.Until.AddDays(-1)), ask.Most);
        if (unmet.Count == 0)
            return [];
        var ids = unmet.Select(o => o.Promise.ClientId).Distinct().ToList();
        var names = await db.Set<Client>().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name);
        var t = new T((await Firm.Of(db)).Language);
        return
        [
            .. unmet.Select(o => new Due(
                "promise_passed",
                o.Promise.Id,
                $"{names.GetValueOrDefault(o.Promise.ClientId, "—")} · {Formats.Money(o.Left, t)}",
                o.Promise.By.AddDays(1),
                o.Promise.PersonId,
                $"debts/{o.Promise.ClientId}"
            )),
        ];
    }
}

/// <summary>Promises that a person asks about.</summary>
internal sealed class PromiseHolding : IHolding
{
    public string Name => "promises";
    public Permission? HandsOver => Permission.PapersEdit;

    public async Task<IReadOnlyList<Held>> Of(AppDb db, Guid person, DateOnly today)
    {
        var unmet = await db.Unmet(
            db.Set<PaymentPromise>().AsNoTracking().Where(p => p.PersonId == person),
            (today, today.AddYears(2)),
            1000
        );
        var ids = unmet.Select(o => o.Promise.ClientId).Distinct().ToList();
        var names = await db.Set<Client>().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name);
        var t = new T((await Firm.Of(db)).Language);
        return
        [
            .. unmet.Select(o => new Held(
                o.Promise.Id,
                $"{names.GetValueOrDefault(o.Promise.ClientId, "—")} · {Formats.Money(o.Promise.Sum, t)} · {Formats.Day(o.Promise.By, t)}",
                $"debts/{o.Promise.ClientId}"
            )),
        ];
    }

    public async Task HandOver(AppDb db, IReadOnlyCollection<Guid> ids, Guid to, DateOnly today)
    {
        foreach (var promise in await db.Set<PaymentPromise>().Where(p => ids.Contains(p.Id)).ToListAsync())
            promise.GoTo(to);
    }
}

/// <summary>Promises on a client's timeline, with what became of each.</summary>
internal sealed class PromiseLines(TimeProvider clock) : ITimelineSource
{
    public Permission Needs => Permission.PapersSee;

    public async Task<IReadOnlyList<TimelineItem>> Before(AppDb db, TimelineAsk ask)
    {
        var (day, atStart, id) = (ask.Day, ask.AtStart, ask.BeforeId);
        var now = ask.Firm.Day(clock.GetUtcNow().UtcDateTime);
        return
        [
            .. (await db.PromisesOf(ask.ClientId, now))
                .Where(o => o.Promise.TakenOn < day || o.Promise.TakenOn == day && (!atStart || o.Promise.Id.CompareTo(id) < 0))
                .OrderByDescending(o => o.Promise.TakenOn)
                .ThenByDescending(o => o.Promise.Id)
                .Take(ask.Most)
                .Select(o => new TimelineItem(
                    ask.Firm.Moment(o.Promise.TakenOn),
                    o.Promise.Id,
                    "promise",
                    Formats.Money(o.Promise.Sum, ask.T),
                    string.Join(
                        " · ",
                        new[]
                        {
                            ask.T["promise.by", ("day", o.Promise.By)],
                            ask.T["promise.state." + o.State],
                            o.Promise.Promiser,
                            o.Promise.Note,
                        }.Where(p => p.Length > 0)
                    ),
                    $"debts/{ask.ClientId}",
                    OnlyDay: true
                )),
        ];
    }
}
