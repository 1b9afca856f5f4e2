using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Papers.Contracts;

/// <summary>Contracts that end: whoever sees to one is asked in time, and until it is extended or ended. Of one that renews itself it is the last day to give notice, and nothing once that is over.</summary>
internal sealed class ContractDues : IDueSource
{
    public Permission Needs => Permission.PapersSee;

    public async Task<IReadOnlyList<Due>> Open(AppDb db, DueAsk ask)
    {
        var ending = db.Set<Contract>().AsNoTracking().Ending(ask.Until).Where(c => !c.Renews || c.NoticeOn >= ask.Today);
        if (ask.PersonId is { } person)
            ending = ending.Where(c => c.PersonId == person);
        var rows = await ending
            .OrderBy(c => c.NoticeOn)
            .Take(ask.Most)
            .Join(db.Set<Client>(), c => c.ClientId, c => c.Id, (c, client) => new { Contract = c, client.Name })
            .ToListAsync();
        return
        [
            .. rows.OrderBy(r => r.Contract.NoticeOn)
                .Select(r => new Due(
                    r.Contract.Renews ? "contract_renews" : "contract_ends",
                    r.Contract.Id,
                    $"{r.Contract.Title} · {r.Name}",
                    r.Contract.NoticeOn!.Value,
                    r.Contract.PersonId,
                    $"contracts/{r.Contract.Id}"
                )),
        ];
    }
}

/// <summary>Contracts that a person sees to.</summary>
internal sealed class ContractHolding : IHolding
{
    public string Name => "contracts";
    public Permission? HandsOver => Permission.PapersEdit;

    public async Task<IReadOnlyList<Held>> Of(AppDb db, Guid person, DateOnly today) =>
        [
            .. (
                await Open(db)
                    .AsNoTracking()
                    .Where(c => c.PersonId == person)
                    .Join(db.Set<Client>(), c => c.ClientId, c => c.Id, (c, client) => new { Contract = c, client.Name })
                    .ToListAsync()
            )
                .OrderBy(r => r.Name, StringComparer.Ordinal)
                .Select(r => new Held(r.Contract.Id, $"{r.Contract.Title} · {r.Name}", $"contracts/{r.Contract.Id}")),
        ];

    public async Task HandOver(AppDb db, IReadOnlyCollection<Guid> ids, Guid to, DateOnly today)
    {
        foreach (var contract in await Open(db).Where(c => ids.Contains(c.Id)).ToListAsync())
            contract.GoTo(to);
    }

    private static IQueryable<Contract> Open(AppDb db) =>
        db.Set<Contract>().Where(c => c.State == ContractState.Draft || c.State == ContractState.Signed);
}

/// <summary>Each morning contracts that renew themselves and were not given notice of get their next period.</summary>
internal sealed class ContractRenewal : IDailyJob
{
    private const int MostAtOnce = 120;

    public string Kind => "contracts.renew";
    public TimeOnly At => new(5, 0);

    public async Task Run(JobWork work)
    {
        var today = work.Today;
        foreach (
            var over in await work
                .Db.Set<Contract>()
                .Where(c => c.State == ContractState.Signed && c.Renews && c.Until < today)
                .ToListAsync(work.Cancel)
        )
        {
            var next = over;
            // Where no node ran for long, or an old contract was entered late, several periods have passed; of a great many, the rest tomorrow.
            for (var n = 0; n < MostAtOnce && next.Until < today; n++)
                next = await work.Db.Extend(next, next.Until!.Value.AddDays(1));
            work.Db.Tell(
                next.PersonId,
                "notice.contract_renewed",
                $"contracts/{next.Id}",
                ("number", next.Title),
                ("day", $"{next.Until:yyyy-MM-dd}")
            );
        }
    }
}

/// <summary>Contracts on a client's timeline: signed, extended, ended.</summary>
internal sealed class ContractLines : ITimelineSource
{
    public Permission Needs => Permission.PapersSee;

    public async Task<IReadOnlyList<TimelineItem>> Before(AppDb db, TimelineAsk ask)
    {
        var (day, atStart, id) = (ask.Day, ask.AtStart, ask.BeforeId);
        var mine = db.Set<Contract>().AsNoTracking().Where(c => c.ClientId == ask.ClientId);
        var signed = await mine.Where(c => c.SignedOn < day || (c.SignedOn == day && (!atStart || c.Id.CompareTo(id) < 0)))
            .OrderByDescending(c => c.SignedOn)
            .ThenByDescending(c => c.Id)
            .Take(ask.Most)
            .ToListAsync();
        var ended = await mine.Where(c => c.EndedOn < day || (c.EndedOn == day && (!atStart || c.Id.CompareTo(id) < 0)))
            .OrderByDescending(c => c.EndedOn)
            .ThenByDescending(c => c.Id)
            .Take(ask.Most)
            .ToListAsync();
        return
        [
            .. signed.Select(c =>
                Line(
                    c,
                    c.Extension > 0 ? "contract_extended" : "contract",
                    c.SignedOn!.Value,
                    c.Until is { } until ? ask.T["contract.until", ("day", until)] : ask.T["contract.open"]
                )
            ),
            .. ended.Select(c => Line(c, "contract_ended", c.EndedOn!.Value, null)),
        ];

        TimelineItem Line(Contract c, string kind, DateOnly on, string? text) =>
            new(
                ask.Firm.Moment(on),
                c.Id,
                kind,
                $"{ask.T["contract.called." + c.Kind]} {c.Title}",
                text,
                $"contracts/{c.Id}",
                OnlyDay: true
            );
    }
}

/// <summary>What others hang on a contract: the signed paper.</summary>
internal sealed class ContractRecord : IRecordKind
{
    public string Name => "contract";
    public Permission See => Permission.PapersSee;
    public Permission Edit => Permission.PapersEdit;

    public string Path(Guid id) => $"contracts/{id}";

    public async Task<Dictionary<Guid, string>> Titles(AppDb db, IReadOnlyCollection<Guid> ids) =>
        (await db.Set<Contract>().AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync()).ToDictionary(c => c.Id, c => c.Title);
}
