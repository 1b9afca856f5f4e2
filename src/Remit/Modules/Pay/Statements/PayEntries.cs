using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.Work;
using Remit.Storage;

namespace Remit.Modules.Pay;

/// <summary>The part of the work ledger a month's pay needs: what the month brought, what still waited, and what reversals point at.</summary>
internal static class PayEntries
{
    public static async Task<IReadOnlyList<(Guid Person, PayEntry Entry)>> Load(AppDb db, Month month, Guid? person)
    {
        var rows = await Needed(OfMonth(db, month, person)).ToListAsync();
        rows.AddRange(await Needed(StillWaiting(db, month, person)).ToListAsync());
        await AddOriginals(db, rows);
        var met = await Met(db, month, rows);
        var duties = await db.Set<Duty>().AsNoTracking().ToDictionaryAsync(d => d.Id, d => (d.Number, d.Text));
        var units = await Units(db);
        return
        [
            .. rows.Select(w =>
                (
                    w.PersonId,
                    Entry(
                        w,
                        duties.GetValueOrDefault(w.DutyId),
                        Proof(met, w),
                        units[w.DutyId].FirstOrDefault(u => u.From <= w.DoneOn).Unit ?? ""
                    )
                )
            ),
        ];
    }

    /// <summary>What pay reads of an entry: with tens of thousands of them, the rest would cost more than the pay itself.</summary>
    private sealed record Row
    {
        public required Guid Id { get; init; }
        public required Guid PersonId { get; init; }
        public required Guid DutyId { get; init; }
        public required DateOnly DoneOn { get; init; }
        public required int RecordedMonth { get; init; }
        public required int Points { get; init; }
        public required long QuantityMilli { get; init; }
        public string? Reason { get; init; }
        public required string? Condition { get; init; }
        public required Guid? ChainId { get; init; }
        public required Guid? Reverses { get; init; }
        public required string Label { get; init; }
    }

    private static IQueryable<Row> Needed(IQueryable<WorkEntry> entries) =>
        entries.Select(w => new Row
        {
            Id = w.Id,
            PersonId = w.PersonId,
            DutyId = w.DutyId,
            DoneOn = w.DoneOn,
            RecordedMonth = w.RecordedMonth,
            Points = w.Points,
            QuantityMilli = w.QuantityMilli,
            Condition = w.Condition,
            ChainId = w.ChainId,
            Reverses = w.Reverses,
            Label = w.Label,
            Reason = w.Reason,
        });

    /// <summary>Work of the month or written in it. Two questions and not one with «or»: an index serves each.</summary>
    private static IQueryable<WorkEntry> OfMonth(AppDb db, Month month, Guid? person)
    {
        var entries = db.Set<WorkEntry>().AsNoTracking().Where(w => person == null || w.PersonId == person);
        return entries
            .Where(w => w.DoneOn >= month.First && w.DoneOn <= month.Last)
            .Concat(entries.Where(w => w.RecordedMonth >= month.Index && w.DoneOn < month.First));
    }

    /// <summary>Older work under a condition that no earlier month met.</summary>
    private static IQueryable<WorkEntry> StillWaiting(AppDb db, Month month, Guid? person) =>
        db.Set<WorkEntry>()
            .AsNoTracking()
            .Where(w => (person == null || w.PersonId == person) && w.DoneOn < month.First && w.RecordedMonth < month.Index)
            .Where(w =>
                w.Condition != null
                && !db.Set<StatedFact>()
                    .Any(f =>
                        f.ChainId == w.ChainId
                        && f.Code == w.Condition
                        && f.Reverses == null
                        && f.On < month.First
                        && f.RecordedMonth < month.Index
                        && (
                            !db.Set<StatedFact>().Any(r => r.Reverses == f.Id) || db.Set<ClosedMonth>().Any(c => c.Index == f.RecordedMonth)
                        )
                    )
            );

    private static async Task AddOriginals(AppDb db, List<Row> rows)
    {
        var have = rows.Select(w => w.Id).ToHashSet();
        for (var missing = Missing(); missing.Count > 0; missing = Missing())
        {
            var found = 0;
            foreach (var part in missing.Chunk(500))
            {
                var originals = await Needed(db.Set<WorkEntry>().Where(w => part.Contains(w.Id))).ToListAsync();
                foreach (var original in originals)
                    if (have.Add(original.Id))
                    {
                        rows.Add(original);
                        found++;
                    }
            }
            if (found == 0)
                return;
        }

        List<Guid> Missing() => [.. rows.Where(w => w.Reverses is { } id && !have.Contains(id)).Select(w => w.Reverses!.Value).Distinct()];
    }

    /// <summary>
    /// Facts that meet conditions, by chain and code: the first that stands. One withdrawn after its month was closed
    /// still stands for what was paid by it then; the work itself is reversed to take that back.
    /// </summary>
    private static async Task<Dictionary<(Guid Chain, string Code), (DateOnly On, int Recorded)>> Met(AppDb db, Month month, List<Row> rows)
    {
        var chains = rows.Where(w => w is { Condition: not null, ChainId: not null }).Select(w => w.ChainId!.Value).Distinct();
        var facts = new List<StatedFact>();
        foreach (var part in chains.Chunk(500))
            facts.AddRange(
                await db.Set<StatedFact>()
                    .AsNoTracking()
                    .Where(f =>
                        part.Contains(f.ChainId) && FactCatalogue.Conditions.Contains(f.Code) && f.Reverses == null && f.On <= month.Last
                    )
                    .Where(f =>
                        !db.Set<StatedFact>().Any(r => r.Reverses == f.Id) || db.Set<ClosedMonth>().Any(c => c.Index == f.RecordedMonth)
                    )
                    .ToListAsync()
            );
        return facts
            .GroupBy(f => (f.ChainId, f.Code))
            .ToDictionary(
                g => g.Key,
                g =>
                {
                    var first = g.OrderBy(f => Math.Max(Month.Of(f.On).Index, f.RecordedMonth)).ThenBy(f => f.On).First();
                    return (first.On, first.RecordedMonth);
                }
            );
    }

    /// <summary>What the duties counted, the latest norm first; those that never said it are left out.</summary>
    private static async Task<ILookup<Guid, (DateOnly From, string Unit)>> Units(AppDb db) =>
        (
            await (
                from norm in db.Set<DutyNorm>()
                where db.Set<DutyNorm>().Any(n => n.DutyId == norm.DutyId && n.Unit != "")
                orderby norm.From descending, norm.Id descending
                select new
                {
                    norm.DutyId,
                    norm.From,
                    norm.Unit,
                }
            ).ToListAsync()
        ).ToLookup(n => n.DutyId, n => (n.From, n.Unit));

    private static (DateOnly On, int Recorded)? Proof(Dictionary<(Guid, string), (DateOnly, int)> met, Row entry) =>
        entry is { ChainId: { } chain, Condition: { } code } && met.TryGetValue((chain, code), out var proof) ? proof : null;

    private static PayEntry Entry(Row work, (string? Number, string? Text) duty, (DateOnly On, int Recorded)? proof, string unit) =>
        new()
        {
            Id = work.Id,
            DutyId = work.DutyId,
            DutyNumber = duty.Number ?? "",
            DutyText = duty.Text ?? "",
            Unit = unit,
            Points = work.Points,
            QuantityMilli = work.QuantityMilli,
            DoneOn = work.DoneOn,
            Condition = work.Condition,
            ConditionMetOn = proof?.On,
            RecordedMonth = Month.FromIndex(Math.Max(work.RecordedMonth, proof?.Recorded ?? 0)),
            Reverses = work.Reverses,
            Label = work.Label,
            Reason = work.Reverses is null ? "" : work.Reason ?? "",
        };
}
