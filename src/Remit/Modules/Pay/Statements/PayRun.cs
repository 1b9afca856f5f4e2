using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Money;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Pay;

/// <summary>One person's month: what pay is computed from, and the statement where one was already made.</summary>
public sealed record PaySlip(PayInput Input, string Name, Guid? PositionId, string Position, PayStatement? Statement)
{
    /// <summary>The pay with its reasons, or the rule that stops it: no scheme, no salary for the city.</summary>
    public (PayResult? Result, Refusal? Problem) Explain()
    {
        try
        {
            return (PayCalculator.Explain(Input), null);
        }
        catch (Refusal refusal)
        {
            return (null, refusal);
        }
    }

    /// <summary>The two sums alone, or the rule that stops them.</summary>
    public ((Amount Total, Amount Held)? Sums, Refusal? Problem) Sum()
    {
        try
        {
            return (PayCalculator.Sums(Input), null);
        }
        catch (Refusal refusal)
        {
            return (null, refusal);
        }
    }

    /// <summary>Approved and paid months keep the amount that was approved, whatever is learnt later.</summary>
    public Amount? Fixed => Statement is { State: StatementState.Approved or StatementState.Paid } fixedOne ? fixedOne.Total : null;
}

/// <summary>Loads all that a month's pay is computed from: a dozen queries for everybody, none per person.</summary>
public static class PayRun
{
    public static async Task<IReadOnlyList<PaySlip>> Load(AppDb db, Month month, Firm firm, Guid? person = null) =>
        await Mentors.Added(db, month, firm, await LoadPlain(db, month, firm, person));

    /// <summary>Without what mentors get, which is counted from the pay of others.</summary>
    internal static async Task<IReadOnlyList<PaySlip>> LoadPlain(AppDb db, Month month, Firm firm, Guid? person)
    {
        var people = await db.Set<Person>()
            .AsNoTracking()
            .Where(p => person == null || p.Id == person)
            .OrderBy(p => p.NameKey)
            .ToListAsync();
        var tenures = (
            await db.Set<Tenure>()
                .AsNoTracking()
                .Where(t => !t.StandIn && t.From <= month.Last && (person == null || t.PersonId == person))
                .ToListAsync()
        ).ToLookup(t => t.PersonId);
        var positions = await db.Set<Position>().AsNoTracking().ToDictionaryAsync(p => p.Id, p => p.Name);
        var schemes = (await db.Set<Scheme>().AsNoTracking().ToListAsync()).ToLookup(s => s.PositionId, s => SchemeText.Read(s));
        var entries = (await PayEntries.Load(db, month, person)).ToLookup(e => e.Person, e => e.Entry);
        var indicators = await Indicators.Measure(
            db,
            month,
            schemes.SelectMany(s => s).SelectMany(s => s.Indicators).Select(i => i.Code).ToHashSet()
        );
        var corrections = (
            await db.Set<PayCorrection>()
                .AsNoTracking()
                .Where(c => c.MonthIndex == month.Index && (person == null || c.PersonId == person))
                .ToListAsync()
        ).ToLookup(c => c.PersonId);
        var then = await db.LevelsThen(month);
        var statements = await db.Set<PayStatement>()
            .AsNoTracking()
            .Where(s => s.MonthIndex == month.Index)
            .ToDictionaryAsync(s => s.PersonId);
        var receipts = schemes.SelectMany(s => s).Any(s => s.ShareBasisPoints > 0)
            ? await Receipts(db, month)
            : Enumerable.Empty<(Guid, Receipt)>().ToLookup(r => r.Item1, r => r.Item2);
        var calendar = await db.WorkDays(firm.Country);
        return
        [
            .. from p in people
            let held = tenures[p.Id].OrderBy(t => t.From).ToList()
            let worked = WorkedDays(calendar, month, held)
            where worked > 0 || held.Any(t => t.To is null || t.To >= month.First) || entries[p.Id].Any() || corrections[p.Id].Any()
            let versions = Versions(held, schemes)
            let place = then.TryGetValue(p.Id, out var former) ? (former.Level, former.City) : (p.Level, p.City)
            select new PaySlip(
                new PayInput
                {
                    Month = month,
                    Person = p.Id,
                    Currency = firm.Currency,
                    Level = place.Level,
                    City = place.City,
                    WorkedDays = worked,
                    TotalDays = calendar.WorkdaysIn(month),
                    Entries = [.. entries[p.Id]],
                    Indicators = indicators.Of(p.Id),
                    SchemeVersions = versions,
                    Receipts = versions.Any(v => v.ShareBasisPoints > 0) ? [.. receipts[p.Id]] : [],
                    Corrections =
                    [
                        .. corrections[p.Id].Select(c => new Correction(c.Id, c.Minor, c.Reason, c.ApprovedBy is not null, c.Reverses)),
                    ],
                },
                p.Name,
                held.LastOrDefault()?.PositionId,
                held.Count > 0 ? positions.GetValueOrDefault(held[^1].PositionId, "") : "",
                statements.GetValueOrDefault(p.Id)
            ),
        ];
    }

    /// <summary>The month for payroll programs: every amount with its parts, every leaf with its entries.</summary>
    public static async Task<string> Json(AppDb db, Month month, Guid? person = null)
    {
        var firm = await Firm.Of(db);
        return PayJson.Write(month, (await Load(db, month, firm, person)).Select(s => s.Explain().Result).OfType<PayResult>());
    }

    private static int WorkedDays(WorkCalendar calendar, Month month, List<Tenure> tenures)
    {
        var worked = 0;
        for (var day = month.First; day <= month.Last; day = day.AddDays(1))
            if (calendar.IsWorkday(day) && tenures.Any(t => t.From <= day && (t.To is null || t.To >= day)))
                worked++;
        return worked;
    }

    /// <summary>The schemes a person was paid by: those of each position, from the day of taking it.</summary>
    private static List<SchemeRules> Versions(List<Tenure> tenures, ILookup<Guid, SchemeRules> schemes)
    {
        var versions = new List<SchemeRules>();
        foreach (var tenure in tenures)
        {
            var own = schemes[tenure.PositionId].OrderBy(s => s.EffectiveFrom).ToList();
            if (own.LastOrDefault(s => s.EffectiveFrom <= tenure.From) is { } first)
                versions.Add(first with { EffectiveFrom = tenure.From });
            versions.AddRange(own.Where(s => s.EffectiveFrom > tenure.From && (tenure.To is null || s.EffectiveFrom <= tenure.To)));
        }
        return versions;
    }

    private static async Task<ILookup<Guid, Receipt>> Receipts(AppDb db, Month month)
    {
        var rows = await db.Set<MoneyEntry>()
            .AsNoTracking()
            .Where(m => m.On >= month.First && m.On <= month.Last)
            .Join(
                db.Set<Client>(),
                m => m.ClientId,
                c => c.Id,
                (m, c) =>
                    new
                    {
                        Entry = m,
                        c.OwnerId,
                        c.Name,
                    }
            )
            .ToListAsync();
        var owners = await ClientOwners.Since(db, month.First);
        return (
            from r in rows
            let owner = owners.On(r.Entry.On, r.Entry.ClientId, r.OwnerId)
            where owner is not null
            select (Owner: owner.Value, Row: r)
        ).ToLookup(
            r => r.Owner,
            r => new Receipt(r.Row.Entry.Id, $"{r.Row.Name} · {r.Row.Entry.Label}", r.Row.Entry.Sum.Minor, r.Row.Entry.On)
        );
    }
}
