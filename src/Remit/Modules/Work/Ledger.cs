using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Modules.People;
using Remit.Storage;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Work;

/// <summary>Writes the work ledger: by itself from facts, and by one tap from a person's day.</summary>
public sealed class Ledger : IFactListener
{
    // Up to here a few questions cost less than reading the whole book of duties and norms.
    private const int Many = 20;

    public async Task Heard(AppDb db, IReadOnlyList<Fact> facts)
    {
        var book = facts.Count > Many ? await LedgerBook.Open(db) : null;
        var open = new Dictionary<Month, Month>();
        var bound = new Dictionary<(Guid, DateOnly), List<Duty>>();
        foreach (var fact in facts)
        {
            if (!open.TryGetValue(Month.Of(fact.On), out var recorded))
                open[Month.Of(fact.On)] = recorded = book?.FirstOpen(Month.Of(fact.On)) ?? await FirstOpen(db, Month.Of(fact.On));
            db.Add(
                new StatedFact
                {
                    Code = fact.Code,
                    PersonId = fact.PersonId,
                    On = fact.On,
                    RecordedMonth = recorded.Index,
                    SubjectId = fact.SubjectId,
                    ChainId = fact.ChainId,
                    ClientId = fact.ClientId,
                    Label = fact.Label,
                }
            );
            if (fact.PersonId is not { } person)
                continue;
            if (!bound.TryGetValue((person, fact.On), out var duties))
                bound[(person, fact.On)] = duties = book is not null
                    ? [.. book.DutiesOf(person, fact.On).Where(d => d.Trigger != null)]
                    : await db.Keep(
                        $"triggers {person} {fact.On:yyyyMMdd}",
                        [typeof(Tenure), typeof(Duty)],
                        () => DutiesOf(db, person, fact.On).AsNoTracking().Where(d => d.Trigger != null).ToListAsync()
                    );
            foreach (var duty in duties.Where(d => d.Trigger == fact.Code))
                if (
                    (
                        book is not null
                            ? book.Norm(duty.Id, fact.On)
                            : await db.Keep($"norm {duty.Id} {fact.On:yyyyMMdd}", [typeof(DutyNorm)], () => Norm(db, duty.Id, fact.On))
                    ) is
                    { } norm
                )
                    db.Add(Entry(fact, person, duty, norm, recorded));
        }
        await Check(db);
    }

    /// <summary>The facts of a record and the work they wrote are reversed, with the reason. What was reversed before stays so.</summary>
    public async Task Withdrawn(AppDb db, IReadOnlyList<Withdrawal> withdrawals)
    {
        foreach (var (subject, on, reason, code) in withdrawals)
        {
            var open = await OpenDay(db, on);
            foreach (
                var fact in await db.Set<StatedFact>()
                    .Where(f =>
                        f.SubjectId == subject
                        && (code == null || f.Code == code)
                        && f.Reverses == null
                        && !db.Set<StatedFact>().Any(r => r.Reverses == f.Id)
                    )
                    .ToListAsync()
            )
                db.Add(((IAppendOnly)fact).Reversal(open, db.Actor)!);
            foreach (
                var entry in await db.Set<WorkEntry>()
                    .Where(w =>
                        w.SubjectId == subject
                        && w.Fact != null
                        && (code == null || w.Fact == code)
                        && w.Reverses == null
                        && !db.Set<WorkEntry>().Any(r => r.Reverses == w.Id)
                    )
                    .ToListAsync()
            )
                db.Add(entry.Reversed(open, reason));
        }
    }

    // Every row of a save passes here, whoever adds it: a form, a fact, an undo.
    private static async Task Check(AppDb db)
    {
        var entries = db.ChangeTracker.Entries<WorkEntry>().Where(e => e.State == EntityState.Added).Select(e => e.Entity).ToList();
        var stated = db.ChangeTracker.Entries<StatedFact>().Where(e => e.State == EntityState.Added).Select(e => e.Entity).ToList();
        foreach (var index in entries.Select(e => e.RecordedMonth).Concat(stated.Select(f => f.RecordedMonth)).Distinct())
            if (Month.FromIndex(index) is var month && await IsClosed(db, month))
                throw new Refusal("work.month_closed", ("month", month), ("next", await FirstOpen(db, month)));
        foreach (var entry in entries.Where(e => e.Reverses is not null))
            Must(!await db.Set<WorkEntry>().AnyAsync(w => w.Reverses == entry.Reverses), "work.reversed_already", ("title", entry.Label));
    }

    /// <summary>Logs a duty by hand, on a day of an open month.</summary>
    public static async Task<WorkEntry> Log(AppDb db, Guid person, Duty duty, DateOnly on, long quantityMilli, string? label)
    {
        Must(quantityMilli is > 0 and <= 1_000_000, "work.quantity");
        var month = Month.Of(on);
        Must(!await IsClosed(db, month), "work.month_closed", ("month", month), ("next", await FirstOpen(db, month)));
        return Write(db, person, duty, await Norm(db, duty.Id, on), on, quantityMilli, label);
    }

    /// <summary>The same for many days at once, with the book at hand.</summary>
    public static WorkEntry Log(AppDb db, LedgerBook book, Guid person, Duty duty, DateOnly on, string? label)
    {
        Must(!book.IsClosed(Month.Of(on)), "work.month_closed", ("month", Month.Of(on)), ("next", book.FirstOpen(Month.Of(on))));
        return Write(db, person, duty, book.Norm(duty.Id, on), on, 1000, label);
    }

    private static WorkEntry Write(AppDb db, Guid person, Duty duty, DutyNorm? norm, DateOnly on, long quantityMilli, string? label)
    {
        Must(norm is not null, "work.no_norm", ("duty", duty.Title));
        var entry = new WorkEntry
        {
            PersonId = person,
            DutyId = duty.Id,
            DoneOn = on,
            RecordedMonth = Month.Of(on).Index,
            Points = norm!.Points,
            Minutes = norm.Minutes,
            QuantityMilli = quantityMilli,
            Condition = duty.Condition,
            Label = label ?? duty.Text,
        };
        db.Add(entry);
        return entry;
    }

    /// <summary>The duties of the positions a person holds, or stands in for, on a day.</summary>
    public static IQueryable<Duty> DutiesOf(AppDb db, Guid person, DateOnly on)
    {
        var positions = db.Set<Tenure>().On(on).Where(t => t.PersonId == person).Select(t => t.PositionId);
        return db.Set<Duty>().Where(d => !d.Retired && positions.Contains(d.PositionId));
    }

    public static Task<DutyNorm?> Norm(AppDb db, Guid duty, DateOnly on) =>
        db.Set<DutyNorm>()
            .AsNoTracking()
            .Where(n => n.DutyId == duty && n.From <= on)
            .OrderByDescending(n => n.From)
            .ThenByDescending(n => n.Id)
            .FirstOrDefaultAsync();

    public static async Task<bool> IsClosed(AppDb db, Month month) => (await Closed(db)).Contains(month.Index);

    private static Task<HashSet<int>> Closed(AppDb db) =>
        db.Keep("closed months", [typeof(ClosedMonth)], () => db.Set<ClosedMonth>().Select(m => m.Index).ToHashSetAsync());

    /// <summary>This month, or the first after it that is not closed: where late work and late proofs count.</summary>
    public static async Task<Month> FirstOpen(AppDb db, Month month)
    {
        var closed = await Closed(db);
        var index = month.Index;
        while (closed.Contains(index))
            index++;
        return Month.FromIndex(index);
    }

    public async Task<DateOnly> OpenDay(AppDb db, DateOnly day)
    {
        var month = await FirstOpen(db, Month.Of(day));
        return month == Month.Of(day) ? day : month.First;
    }

    /// <summary>Closes a month for good. Months with entries are closed in their order, and none before its time.</summary>
    public static async Task Close(AppDb db, Month month, Month latest, Guid? by, DateTime now)
    {
        await db.StartWriting();
        Must(!await IsClosed(db, month), "work.closed_already", ("month", month));
        Must(month.Index <= latest.Index, "work.close_future", ("month", month));
        var earlier = await db.Set<WorkEntry>()
            .Where(w => w.RecordedMonth < month.Index && !db.Set<ClosedMonth>().Any(c => c.Index == w.RecordedMonth))
            .MinAsync(w => (int?)w.RecordedMonth);
        Must(earlier is null, "work.close_order", ("month", month), ("next", Month.FromIndex(earlier ?? month.Index)));
        db.Add(
            new ClosedMonth
            {
                Index = month.Index,
                ClosedAt = now,
                ClosedBy = by,
            }
        );
        await WorkModule.TellClosed(db, month);
        await db.SaveChangesAsync();
    }

    private static WorkEntry Entry(Fact fact, Guid person, Duty duty, DutyNorm norm, Month recorded) =>
        new()
        {
            PersonId = person,
            DutyId = duty.Id,
            DoneOn = fact.On,
            RecordedMonth = recorded.Index,
            Points = norm.Points,
            Minutes = norm.Minutes,
            QuantityMilli = fact.QuantityMilli,
            Fact = fact.Code,
            Condition = duty.Condition,
            SubjectId = fact.SubjectId,
            ChainId = fact.ChainId,
            ClientId = fact.ClientId,
            Label = fact.Label,
        };
}
