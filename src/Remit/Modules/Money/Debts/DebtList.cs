using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Papers;
using Remit.Modules.People;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;

namespace Remit.Modules.Money.Debts;

/// <summary>What a client owes in one currency, by how late it is. The oldest unpaid invoice stands for the whole.</summary>
public sealed record DebtRow : IIdentified
{
    public required Guid Id { get; init; }
    public required Guid ClientId { get; init; }
    public required string Client { get; init; }
    public required string ClientKey { get; init; }
    public required string Currency { get; init; }
    public required DateOnly Oldest { get; init; }
    public required long Total { get; init; }
    public required long Ahead { get; init; }
    public required long Late30 { get; init; }
    public required long Late60 { get; init; }
    public required long Late90 { get; init; }
    public required long Older { get; init; }
    public required DateTime? TalkedAt { get; init; }
    public required string? Talk { get; init; }
    public required DateOnly? PromisedBy { get; init; }
    public required long PromisedMinor { get; init; }
    public required long PaidSince { get; init; }
    public required DateOnly? NextOn { get; init; }
    public required string? Next { get; init; }
    public required Guid? ManagerId { get; init; }
    public required string? Manager { get; init; }
    public required DateOnly Today { get; init; }

    /// <summary>Text key <c>promise.{this}</c>.</summary>
    public string Promise =>
        PaidSince >= PromisedMinor ? "paid"
        : Today > PromisedBy ? "state.Broken"
        : PaidSince > 0 ? "partly"
        : "waits";
}

/// <summary>The list of debtors.</summary>
public static class DebtList
{
    public static readonly ListOf<DebtRow> List = new()
    {
        Path = "debts",
        Title = "menu.debts",
        Needs = Permission.PapersSee,
        Sort = "debt_oldest",
        Empty = "debt.none",
        Rows = Rows,
        Open = row => $"debts/{row.ClientId}",
        Above = DebtAges.Above,
        Search = (rows, db, words) => rows.Where(r => db.Saying(words).Select(l => l.OwnerId).Contains(r.ClientId)),
        Columns =
        [
            Column<DebtRow>.Of("client", r => r.Client, sort: r => r.ClientKey),
            Sum("debt_total", r => r.Total, r => r.Total),
            Sum("debt_ahead", r => r.Ahead, r => r.Ahead, yields: 1),
            Sum("debt_late30", r => r.Late30, r => r.Late30, yields: 1),
            Sum("debt_late60", r => r.Late60, r => r.Late60, yields: 1),
            Sum("debt_late90", r => r.Late90, r => r.Late90, yields: 1),
            Sum("debt_older", r => r.Older, r => r.Older, yields: 1),
            Column<DebtRow>.Of("debt_oldest", r => r.Oldest),
            Column<DebtRow>.Of(
                "promised_by",
                r => r.PromisedBy,
                marks: r =>
                    r.PromisedBy is null
                        ? []
                        :
                        [
                            new Mark(
                                "promise." + r.Promise,
                                r.Promise switch
                                {
                                    "paid" => "ok",
                                    "state.Broken" => "bad",
                                    _ => "wait",
                                }
                            ),
                        ]
            ),
            Column<DebtRow>.Money(
                "promised_sum",
                r => r.PromisedMinor,
                r => new Amount(r.PromisedMinor, r.Currency),
                hidden: true,
                blank: true
            ),
            Column<DebtRow>.Of(
                "talked_at",
                r => r.TalkedAt,
                yields: 3,
                show: (r, t) => r.TalkedAt is { } at ? $"{Formats.Day(DateOnly.FromDateTime(at), t)} {Short(r.Talk)}" : ""
            ),
            Column<DebtRow>.Of(
                "debt_next",
                r => r.NextOn,
                show: (r, t) => r.NextOn is { } day ? $"{Formats.Day(day, t)} {Short(r.Next)}" : ""
            ),
            Column<DebtRow>.Of("manager", r => r.Manager, hidden: true),
        ],
        Filters =
        [
            new(
                "debt_age",
                (_, screen) =>
                    Task.FromResult<IReadOnlyList<Choice>>([.. DebtAges.All.Select(a => new Choice(a, screen.T["field.debt_" + a]))]),
                Aged
            ),
            new(
                "promise",
                (_, screen) =>
                    Task.FromResult<IReadOnlyList<Choice>>([
                        .. new[] { "passed", "open", "none" }.Select(s => new Choice(s, screen.T["promise.only." + s])),
                    ]),
                Promised
            ),
            Filter<DebtRow>.Person("manager", r => r.ManagerId, Managers),
            Filter<DebtRow>.Period("debt_oldest", r => r.Oldest),
        ],
        Presets =
        [
            new("client.only.mine", "manager=me"),
            new("debt.only.overdue", "debt_age=late30&debt_age=late60&debt_age=late90&debt_age=older"),
            new("promise.only.passed", "promise=passed"),
            new("promise.only.none", "promise=none"),
        ],
        Buttons = [new("menu.papers", "papers?paper=unpaid", Permission.PapersSee), new("menu.bank", "bank", Permission.BankSee)],
    };

    private static IQueryable<DebtRow> Rows(AppDb db, Screen screen)
    {
        var (today, d30, d60, d90) = (screen.Today, screen.Today.AddDays(-30), screen.Today.AddDays(-60), screen.Today.AddDays(-90));
        var unpaid = db.Set<Invoice>().Unpaid();
        var promises = db.Set<PaymentPromise>().Where(p => p.ReplacedOn == null).OrderByDescending(p => p.By).ThenByDescending(p => p.Id);
        var talks = db.Set<ClientEvent>()
            .Where(e => e.Kind != EventKind.Call || e.Reached)
            .OrderByDescending(e => e.At)
            .ThenByDescending(e => e.Id);
        var steps = db.Set<WorkTask>().Where(t => t.RecordKind == "client" && t.DoneAt == null).OrderBy(t => t.DueOn).ThenBy(t => t.Id);
        var payments =
            from entry in db.Set<MoneyEntry>()
            join invoice in db.Set<Invoice>() on entry.InvoiceId equals invoice.Id
            join line in db.Set<BankLine>() on entry.LineId equals line.Id
            select new
            {
                invoice.ClientId,
                entry.Sum.Currency,
                entry.Sum.Minor,
                line.BookedOn,
            };
        return from one in unpaid
            join client in db.Set<Client>() on one.ClientId equals client.Id
            where
                !unpaid.Any(o =>
                    o.ClientId == one.ClientId
                    && o.Total.Currency == one.Total.Currency
                    && (o.DueOn < one.DueOn || o.DueOn == one.DueOn && o.Id.CompareTo(one.Id) < 0)
                )
            select new DebtRow
            {
                Id = one.Id,
                Today = today,
                ClientId = one.ClientId,
                Client = client.Name,
                ClientKey = client.NameKey,
                ManagerId = client.OwnerId,
                Currency = one.Total.Currency,
                Oldest = one.DueOn!.Value,
                Manager = db.Set<Person>().Where(p => p.Id == client.OwnerId).Select(p => p.Name).FirstOrDefault(),
                Total = unpaid
                    .Where(o => o.ClientId == one.ClientId && o.Total.Currency == one.Total.Currency)
                    .Sum(o => o.Total.Minor - o.PaidMinor),
                Ahead = unpaid
                    .Where(o => o.ClientId == one.ClientId && o.Total.Currency == one.Total.Currency && o.DueOn >= today)
                    .Sum(o => o.Total.Minor - o.PaidMinor),
                Late30 = unpaid
                    .Where(o => o.ClientId == one.ClientId && o.Total.Currency == one.Total.Currency && o.DueOn < today && o.DueOn >= d30)
                    .Sum(o => o.Total.Minor - o.PaidMinor),
                Late60 = unpaid
                    .Where(o => o.ClientId == one.ClientId && o.Total.Currency == one.Total.Currency && o.DueOn < d30 && o.DueOn >= d60)
                    .Sum(o => o.Total.Minor - o.PaidMinor),
                Late90 = unpaid
                    .Where(o => o.ClientId == one.ClientId && o.Total.Currency == one.Total.Currency && o.DueOn < d60 && o.DueOn >= d90)
                    .Sum(o => o.Total.Minor - o.PaidMinor),
                Older = unpaid
                    .Where(o => o.ClientId == one.ClientId && o.Total.Currency == one.Total.Currency && o.DueOn < d90)
                    .Sum(o => o.Total.Minor - o.PaidMinor),
                TalkedAt = talks.Where(e => e.ClientId == one.ClientId).Select(e => (DateTime?)e.At).FirstOrDefault(),
                Talk = talks.Where(e => e.ClientId == one.ClientId).Select(e => e.Text).FirstOrDefault(),
                PromisedBy = promises
                    .Where(p => p.ClientId == one.ClientId && p.Sum.Currency == one.Total.Currency)
                    .Select(p => (DateOnly?)p.By)
                    .FirstOrDefault(),
                PromisedMinor = promises
                    .Where(p => p.ClientId == one.ClientId && p.Sum.Currency == one.Total.Currency)
                    .Select(p => p.Sum.Minor)
                    .FirstOrDefault(),
                PaidSince = payments
                    .Where(m =>
                        m.ClientId == one.ClientId
                        && m.Currency == one.Total.Currency
                        && m.BookedOn
                            >= promises
                                .Where(p => p.ClientId == one.ClientId && p.Sum.Currency == one.Total.Currency)
                                .Select(p => (DateOnly?)p.TakenOn)
                                .FirstOrDefault()
                    )
                    .Sum(m => m.Minor),
                NextOn = steps.Where(t => t.RecordId == one.ClientId).Select(t => (DateOnly?)t.DueOn).FirstOrDefault(),
                Next = steps.Where(t => t.RecordId == one.ClientId).Select(t => t.Text).FirstOrDefault(),
            };
    }

    private static Column<DebtRow> Sum(string key, Expression<Func<DebtRow, long>> minor, Func<DebtRow, long> read, int yields = 0) =>
        Column<DebtRow>.Money(key, minor, r => new Amount(read(r), r.Currency), blank: true, yields: yields);

    private static Expression<Func<DebtRow, bool>> Aged(IReadOnlyList<string> chosen, AppDb db, Screen screen)
    {
        bool ahead = chosen.Contains("ahead"),
            late30 = chosen.Contains("late30"),
            late60 = chosen.Contains("late60"),
            late90 = chosen.Contains("late90"),
            older = chosen.Contains("older");
        return r =>
            (ahead && r.Ahead > 0)
            || (late30 && r.Late30 > 0)
            || (late60 && r.Late60 > 0)
            || (late90 && r.Late90 > 0)
            || (older && r.Older > 0);
    }

    private static Expression<Func<DebtRow, bool>> Promised(IReadOnlyList<string> chosen, AppDb db, Screen screen)
    {
        bool passed = chosen.Contains("passed"),
            open = chosen.Contains("open"),
            none = chosen.Contains("none");
        var today = screen.Today;
        return r =>
            (none && (r.PromisedBy == null || r.PaidSince >= r.PromisedMinor))
            || (passed && r.PromisedBy < today && r.PaidSince < r.PromisedMinor)
            || (open && r.PromisedBy >= today && r.PaidSince < r.PromisedMinor);
    }

    private static string Short(string? text) => text is { Length: > 32 } ? text[..32].TrimEnd() + "…" : text ?? "";

    private static async Task<IReadOnlyList<Choice>> Managers(AppDb db, Screen screen) =>
        [
            .. (await db.Set<Person>().AsNoTracking().Where(p => p.Active).OrderBy(p => p.NameKey).ToListAsync()).Select(p => new Choice(
                $"{p.Id}",
                p.Name
            )),
        ];
}
