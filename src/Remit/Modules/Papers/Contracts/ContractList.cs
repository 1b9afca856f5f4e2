using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;

namespace Remit.Modules.Papers.Contracts;

/// <summary>A contract as the list shows it.</summary>
public sealed record ContractRow : IIdentified
{
    public required Guid Id { get; init; }
    public required ContractKind Kind { get; init; }
    public required ContractState State { get; init; }
    public required long? Number { get; init; }
    public required int? Year { get; init; }
    public required int Extension { get; init; }
    public required string ClientNumber { get; init; }
    public required string Subject { get; init; }
    public required Guid ClientId { get; init; }
    public required string Client { get; init; }
    public required string ClientKey { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly? Until { get; init; }
    public required DateOnly? SignedOn { get; init; }
    public required DateOnly? NoticeOn { get; init; }
    public required bool Renews { get; init; }
    public required long SumMinor { get; init; }
    public required string Currency { get; init; }
    public required ContractPay Per { get; init; }
    public required string? ServiceClass { get; init; }
    public required string? ServiceKey { get; init; }
    public required Guid? PersonId { get; init; }
    public required string? Person { get; init; }
    public required string? PersonKey { get; init; }
}

/// <summary>The list of contracts.</summary>
public static class ContractList
{
    // Stand before the list, which reads them while it is made.
    private static readonly string[] questions = ["in_force", "ending", "over", "draft", "ended", "extended"];

    public static readonly ListOf<ContractRow> List = new()
    {
        Path = "contracts",
        Title = "menu.contracts",
        Needs = Permission.PapersSee,
        Sort = "-signed_on",
        Empty = "contract.none",
        Rows = Rows,
        Open = row => $"contracts/{row.Id}",
        // By its own number and subject, or by whose it is.
        Search = (rows, db, words) =>
            rows.Where(r => db.Saying(words).Any(l => l.RecordId == r.Id || l.OwnerId == r.ClientId && l.Kind != nameof(Contract))),
        Columns =
        [
            Column<ContractRow>.Of("contract_number", r => r.Number, show: (r, t) => Number(r, t)),
            Column<ContractRow>.Of("client", r => r.Client, sort: r => r.ClientKey, link: r => $"clients/{r.ClientId}"),
            Column<ContractRow>.Of("contract_kind", r => r.Kind, yields: 3, show: (r, t) => t["contract.kind." + r.Kind]),
            Column<ContractRow>.Of("contract_subject", r => r.Subject, hidden: true),
            Column<ContractRow>.Of("contract_from", r => r.From, hidden: true),
            Column<ContractRow>.Of(
                "contract_until",
                r => r.Until,
                show: (r, t) => r.Until is { } day ? Formats.Day(day, t) : t["contract.open"]
            ),
            Column<ContractRow>.Of(
                "contract_state",
                r => r.State,
                show: (_, _) => "",
                marks: r => r.Renews && r.State == ContractState.Signed ? [State(r), new Mark("contract.renews_tag")] : [State(r)]
            ),
            Column<ContractRow>.Money("contract_sum", r => r.SumMinor, r => new Amount(r.SumMinor, r.Currency)),
            Column<ContractRow>.Of(
                "contract_per",
                r => r.Per,
                hidden: true,
                show: (r, t) => r.SumMinor == 0 ? "" : t["contract.pay." + r.Per]
            ),
            Column<ContractRow>.Of("service_class", r => r.ServiceClass, yields: 2, sort: r => r.ServiceKey ?? ""),
            Column<ContractRow>.Of("responsible", r => r.Person, yields: 4, sort: r => r.PersonKey ?? ""),
            Column<ContractRow>.Of("signed_on", r => r.SignedOn, hidden: true),
            Column<ContractRow>.Of("notice_on", r => r.NoticeOn, hidden: true),
        ],
        Filters =
        [
            new(
                "contract_only",
                (_, screen) =>
                    Task.FromResult<IReadOnlyList<Choice>>([.. questions.Select(s => new Choice(s, screen.T["contract.only." + s]))]),
                Only
            ),
            Filter<ContractRow>.State("contract_kind", r => r.Kind, "contract.kind"),
            Filter<ContractRow>.Person("responsible", r => r.PersonId, People),
            Filter<ContractRow>.Period("contract_until", r => r.Until),
            Filter<ContractRow>.Period("signed_on", r => r.SignedOn),
        ],
        Presets =
        [
            new("contract.only.in_force", "contract_only=in_force"),
            new("contract.only.ending", "contract_only=ending"),
            new("contract.only.over", "contract_only=over"),
            new("contract.only.draft", "contract_only=draft"),
        ],
        Acts =
        [
            new(
                "contract_extend",
                Permission.PapersEdit,
                async (db, ids, _, screen) =>
                {
                    foreach (var contract in await Chosen(db, ids))
                        await db.Extend(contract, screen.Today);
                }
            ),
            new(
                "responsible",
                Permission.PapersEdit,
                async (db, ids, value, _) =>
                {
                    foreach (var contract in await Chosen(db, ids))
                        contract.GoTo((await db.Set<Person>().One(Guid.TryParse(value, out var id) ? id : Guid.Empty)).Id);
                },
                People
            ),
        ],
        Buttons =
        [
            new("contract.new", "contracts/new", Permission.PapersEdit, Main: true),
            new("menu.papers", "papers", Permission.PapersSee),
        ],
    };

    private static IQueryable<ContractRow> Rows(AppDb db, Screen screen) =>
        from contract in db.Set<Contract>()
        select new ContractRow
        {
            Id = contract.Id,
            Kind = contract.Kind,
            State = contract.State,
            Number = contract.Number,
            Year = contract.Year,
            Extension = contract.Extension,
            ClientNumber = contract.ClientNumber,
            Subject = contract.Subject,
            ClientId = contract.ClientId,
            From = contract.From,
            Until = contract.Until,
            SignedOn = contract.SignedOn,
            NoticeOn = contract.NoticeOn,
            Renews = contract.Renews,
            SumMinor = contract.Sum.Minor,
            Currency = contract.Sum.Currency,
            Per = contract.Per,
            PersonId = contract.PersonId,
            Client = db.Set<Client>().Where(c => c.Id == contract.ClientId).Select(c => c.Name).FirstOrDefault() ?? "",
            ClientKey = db.Set<Client>().Where(c => c.Id == contract.ClientId).Select(c => c.NameKey).FirstOrDefault() ?? "",
            ServiceClass = db.Set<ServiceClass>().Where(c => c.Id == contract.ServiceClassId).Select(c => c.Name).FirstOrDefault(),
            ServiceKey = db.Set<ServiceClass>().Where(c => c.Id == contract.ServiceClassId).Select(c => c.NameKey).FirstOrDefault(),
            Person = db.Set<Person>().Where(p => p.Id == contract.PersonId).Select(p => p.Name).FirstOrDefault(),
            PersonKey = db.Set<Person>().Where(p => p.Id == contract.PersonId).Select(p => p.NameKey).FirstOrDefault(),
        };

    private static Expression<Func<ContractRow, bool>> Only(IReadOnlyList<string> chosen, AppDb db, Screen screen)
    {
        bool force = chosen.Contains("in_force"),
            ending = chosen.Contains("ending"),
            over = chosen.Contains("over"),
            draft = chosen.Contains("draft"),
            ended = chosen.Contains("ended"),
            extended = chosen.Contains("extended");
        var today = screen.Today;
        return r =>
            (draft && r.State == ContractState.Draft)
            || (ended && r.State == ContractState.Ended)
            || (extended && r.State == ContractState.Extended)
            || (
                force
                && r.From <= today
                && (
                    r.State == ContractState.Signed && (r.Until == null || r.Until >= today || r.Renews)
                    || r.State == ContractState.Extended && r.Until >= today
                )
            )
            || (
                r.State == ContractState.Signed
                && (ending && r.NoticeOn <= today && (r.Until >= today || r.Renews) || over && r.Until < today && !r.Renews)
            );
    }

    // What a list shows of a contract knows no clock: the tag says the state, the chips say what is in force today.
    private static Mark State(ContractRow row) =>
        new(
            "contract.state." + row.State,
            row.State switch
            {
                ContractState.Draft => "wait",
                ContractState.Signed => "ok",
                ContractState.Extended => "info",
                _ => "",
            }
        );

    private static string Number(ContractRow row, T t) =>
        (
            row.ClientNumber.Length > 0 ? $"№ {row.ClientNumber}"
            : row.Number is { } n ? $"№ {n}/{row.Year}"
            : t["contract.no_number"]
        ) + (row.Extension > 0 ? $"-{row.Extension}" : "");

    private static Task<List<Contract>> Chosen(AppDb db, IReadOnlyList<Guid> ids) =>
        db.Set<Contract>().Where(c => ids.Contains(c.Id)).ToListAsync();

    private static async Task<IReadOnlyList<Choice>> People(AppDb db, Screen screen) =>
        [
            .. (await db.Set<Person>().AsNoTracking().Where(p => p.Active).OrderBy(p => p.NameKey).ToListAsync()).Select(p => new Choice(
                $"{p.Id}",
                p.Name
            )),
        ];
}
