using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Duties;
using Remit.Modules.Money;
using Remit.Modules.Papers;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.Work;
using Remit.Storage;

namespace Remit.Modules.Pay;

/// <summary>
/// What bonuses can be measured by, from the firm's own books: for the whole firm, for one's own clients and visits,
/// by entries of a duty, or entered by hand. Where a month has no data there is no fact, and the weight goes to the rest.
/// Each is settled by what was known when the month ended, so a closed month measures the same for ever.
/// </summary>
public sealed class Indicators
{
    public static readonly IReadOnlyList<string> Codes =
    [
        "paid_on_time",
        "acts_returned_14d",
        "visits_confirmed",
        "own_paid_on_time",
        "own_acts_14d",
        "own_visits_confirmed",
        "own_overdue",
    ];
    public const string DutyPrefix = "duty:",
        HandPrefix = "hand:";
    private const int DaysForAct = 14;

    private readonly List<IndicatorFact> firm = [];
    private readonly Dictionary<Guid, List<IndicatorFact>> own = [];

    public static bool LowerIsBetter(string code) => code == "own_overdue";

    /// <summary>What an indicator is called, by its text key or in its own words; null where there is none of that code.</summary>
    public static string? LabelOf(string? code) =>
        code is null ? null
        : Codes.Contains(code) ? "pay.fact." + code
        : code.StartsWith(DutyPrefix, StringComparison.Ordinal) && Guid.TryParse(code[DutyPrefix.Length..], out _) ? "pay.fact.duty"
        : code.StartsWith(HandPrefix, StringComparison.Ordinal) && code[HandPrefix.Length..].Trim() is { Length: > 0 } name ? name
        : null;

    /// <summary>An indicator of a scheme by its code, with what it is called and which way is better.</summary>
    /// <param name="curve">Left out, it pays what part of the target is met, up to all of it.</param>
    public static Indicator By(string? code, int weight, decimal target, IReadOnlyList<CurvePoint>? curve)
    {
        var label = LabelOf(code);
        Rules.Must(label is not null, "pay.scheme.no_indicator", ("code", code));
        Rules.Must(target is >= 0 and < 1_000_000, "pay.scheme.target_text", ("text", target));
        foreach (var point in curve ?? [])
            Rules.Must(
                point is { Ratio: >= 0 and < 1_000_000, Payout: < 1_000_000 },
                "pay.scheme.curve_text",
                ("text", $"{point?.Ratio}:{point?.Payout}")
            );
        return new()
        {
            Code = code!,
            Label = label!,
            Weight = weight,
            Target = target,
            LowerIsBetter = LowerIsBetter(code!),
            Curve = curve ?? [new(0, 0), new(1, 1)],
        };
    }

    public IReadOnlyList<IndicatorFact> Of(Guid person) => [.. firm, .. own.GetValueOrDefault(person, [])];

    /// <param name="wanted">The codes that schemes name; nothing else is asked of the database.</param>
    public static async Task<Indicators> Measure(AppDb db, Month month, IReadOnlySet<string> wanted)
    {
        var all = await Over(db, month.First, month.Last, wanted);
        var duties = wanted
            .Where(c => c.StartsWith(DutyPrefix, StringComparison.Ordinal))
            .Select(c => Guid.Parse(c[DutyPrefix.Length..]))
            .ToList();
        if (duties.Count > 0)
            await all.Entries(db, month, duties);
        if (wanted.Any(c => c.StartsWith(HandPrefix, StringComparison.Ordinal)))
            await all.ByHand(db, month);
        return all;
    }

    /// <summary>What the books say of any days, both included; what is counted or entered by the month is not among it.</summary>
    public static async Task<Indicators> Over(AppDb db, DateOnly first, DateOnly last, IReadOnlySet<string> wanted)
    {
        var all = new Indicators();
        bool Any(params string[] codes) => codes.Any(wanted.Contains);
        if (Any("paid_on_time", "own_paid_on_time"))
            await all.Payments(db, first, last);
        if (Any("acts_returned_14d", "own_acts_14d"))
            await all.Acts(db, first.AddDays(-DaysForAct), last.AddDays(-DaysForAct));
        if (Any("visits_confirmed", "own_visits_confirmed"))
            await all.Visits(db, first, last);
        if (Any("own_overdue"))
            await all.Overdue(db, last);
        return all;
    }

    private async Task Payments(AppDb db, DateOnly first, DateOnly last)
    {
        var due = db.Set<Invoice>().AsNoTracking().Where(i => i.State == InvoiceState.Issued && i.DueOn >= first && i.DueOn <= last);
        var rows = await due.Join(
                db.Set<Client>(),
                i => i.ClientId,
                c => c.Id,
                (i, c) =>
                    new
                    {
                        i.Id,
                        i.DueOn,
                        i.Total.Minor,
                        i.ClientId,
                        c.OwnerId,
                    }
            )
            .ToListAsync();
        var owners = await ClientOwners.Since(db, first);
        var paid = (
            await db.Set<MoneyEntry>()
                .AsNoTracking()
                .Where(m => due.Any(i => i.Id == m.InvoiceId))
                .Join(
                    db.Set<BankLine>(),
                    m => m.LineId,
                    l => l.Id,
                    (m, l) =>
                        new
                        {
                            m.InvoiceId,
                            m.Sum,
                            l.BookedOn,
                        }
                )
                .ToListAsync()
        ).ToLookup(m => m.InvoiceId);
        Shares(
            "paid_on_time",
            "own_paid_on_time",
            rows.Select(r =>
                (
                    paid[r.Id].Where(m => m.BookedOn <= r.DueOn).Sum(m => m.Sum.Minor) >= r.Minor,
                    One(owners.On(r.DueOn!.Value, r.ClientId, r.OwnerId))
                )
            )
        );
    }

    // An act counts on the day its fourteen days ran out: by then it is back in time, or it is not.
    private async Task Acts(AppDb db, DateOnly first, DateOnly last)
    {
        var issued = db.Set<Invoice>()
            .AsNoTracking()
            .Where(i => i.State == InvoiceState.Issued && i.IssuedOn >= first && i.IssuedOn <= last);
        var rows = await issued
            .Select(i => new
            {
                i.IssuedOn,
                i.ActReturnedOn,
                i.VisitId,
            })
            .ToListAsync();
        var visits = await db.Set<Visit>()
            .AsNoTracking()
            .Where(v => issued.Any(i => i.VisitId == v.Id))
            .ToDictionaryAsync(v => v.Id, Those);
        Shares(
            "acts_returned_14d",
            "own_acts_14d",
            rows.Select(r =>
                (r.ActReturnedOn <= r.IssuedOn!.Value.AddDays(DaysForAct), r.VisitId is { } id ? visits.GetValueOrDefault(id, []) : [])
            )
        );
    }

    private async Task Visits(AppDb db, DateOnly first, DateOnly last)
    {
        var done = db.Set<Visit>().AsNoTracking().Between(first, last).Where(v => v.State == VisitState.Done);
        var rows = await done.Select(v => new
            {
                Visit = v,
                Confirmed = db.Set<StatedFact>()
                    .Any(f =>
                        f.ChainId == v.Id
                        && f.Code == "visit.confirmed"
                        && f.Reverses == null
                        && !db.Set<StatedFact>().Any(r => r.Reverses == f.Id)
                    ),
            })
            .ToListAsync();
        Shares("visits_confirmed", "own_visits_confirmed", rows.Select(r => (r.Confirmed, Those(r.Visit))));
    }

    /// <summary>What one's clients owed past its day on the last day: what is open now, and what came in only later.</summary>
    private async Task Overdue(AppDb db, DateOnly last)
    {
        var late =
            from i in db.Set<Invoice>().AsNoTracking()
            join c in db.Set<Client>() on i.ClientId equals c.Id
            where i.State == InvoiceState.Issued && i.DueOn <= last
            select new
            {
                i.Id,
                i.ClientId,
                Open = i.Total.Minor - i.PaidMinor,
                c.OwnerId,
            };
        var owners = await ClientOwners.Since(db, last);
        var open = await late.GroupBy(r => new { r.ClientId, r.OwnerId })
            .Select(g => new
            {
                g.Key.ClientId,
                g.Key.OwnerId,
                Minor = g.Sum(r => r.Open),
            })
            .ToListAsync();
        var later = await (
            from r in late
            join m in db.Set<MoneyEntry>() on r.Id equals m.InvoiceId
            join l in db.Set<BankLine>() on m.LineId equals l.Id
            where l.BookedOn > last
            select new
            {
                r.ClientId,
                r.OwnerId,
                m.Sum.Minor,
            }
        ).ToListAsync();
        foreach (var person in open.Concat(later).GroupBy(r => owners.On(last, r.ClientId, r.OwnerId)))
            if (person.Key is { } owner)
                Add(owner, "own_overdue", person.Sum(r => r.Minor) / 100m);
    }

    private async Task Entries(AppDb db, Month month, List<Guid> duties)
    {
        var titles = await db.Set<Duty>().AsNoTracking().Where(d => duties.Contains(d.Id)).ToDictionaryAsync(d => d.Id, d => d.Title);
        var counts = await db.Set<WorkEntry>()
            .Where(w => w.RecordedMonth == month.Index && duties.Contains(w.DutyId))
            .GroupBy(w => new { w.PersonId, w.DutyId })
            .Select(g => new
            {
                g.Key.PersonId,
                g.Key.DutyId,
                Count = g.Sum(w => w.Reverses == null ? 1 : -1),
            })
            .ToListAsync();
        foreach (var row in counts)
            Of(row.PersonId, new(DutyPrefix + row.DutyId, titles.GetValueOrDefault(row.DutyId, ""), Math.Max(0, row.Count)));
    }

    private async Task ByHand(AppDb db, Month month)
    {
        foreach (var value in await db.Set<IndicatorValue>().AsNoTracking().Where(v => v.MonthIndex == month.Index).ToListAsync())
            Of(value.PersonId, new(value.Code, value.Code[HandPrefix.Length..], value.Milli / 1000m));
    }

    private void Shares(string whole, string each, IEnumerable<(bool Good, IReadOnlyList<Guid> People)> rows)
    {
        var all = rows.ToList();
        firm.Add(new(whole, "pay.fact." + whole, Percent(all.Count(r => r.Good), all.Count)));
        foreach (var person in all.SelectMany(r => r.People.Select(p => (Person: p, r.Good))).GroupBy(r => r.Person))
            Add(person.Key, each, Percent(person.Count(r => r.Good), person.Count()));
    }

    private void Add(Guid person, string code, decimal? fact) => Of(person, new(code, "pay.fact." + code, fact));

    private void Of(Guid person, IndicatorFact fact)
    {
        if (!own.TryGetValue(person, out var facts))
            own[person] = facts = [];
        facts.Add(fact);
    }

    private static IReadOnlyList<Guid> One(Guid? person) => person is { } id ? [id] : [];

    private static IReadOnlyList<Guid> Those(Visit visit) =>
        visit.PlannedBy is { } by && by != visit.ProgrammerId ? [visit.ProgrammerId, by] : [visit.ProgrammerId];

    private static decimal? Percent(int part, int whole) => whole == 0 ? null : Math.Round(part * 100m / whole, 2);
}
