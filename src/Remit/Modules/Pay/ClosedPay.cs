using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Storage;

namespace Remit.Modules.Pay;

/// <summary>
/// What a closed month was paid by stays, whoever changes it: a form, another program, an undo. That is on which days
/// somebody held a position that is paid by a scheme, or was a mentor or in training; their level; the scheme; and the
/// terms of mentors.
/// </summary>
internal sealed class ClosedPay : IFactListener
{
    public async Task Heard(AppDb db, IReadOnlyList<Fact> facts)
    {
        foreach (var held in Changed<Tenure>(db).Where(t => !t.Entity.StandIn))
        foreach (var (first, last, field) in Days(held))
            if (await ClosedIn(db, first, last) is { } month && await IsPaid(db, held.Entity))
                throw new Refusal("tenure.month_closed", ("month", month), ("next", (await Ledger.FirstOpen(db, month)).First))
                {
                    Field = field,
                };
        foreach (var term in Changed<Mentoring>(db))
        foreach (var (first, last, field) in Days(term))
            if (await ClosedIn(db, first, last) is { } month)
                throw new Refusal("mentor.month_closed", ("month", month)) { Field = field };
        foreach (var former in Changed<FormerLevel>(db).Select(l => Month.FromIndex(l.Entity.UntilMonth)))
            if (await ClosedIn(db, former.First, DateOnly.MaxValue) is { } month)
                throw new Refusal("person.level_closed", ("month", month));
        foreach (var scheme in Changed<Scheme>(db))
            await MustStandBy(db, scheme);
    }

    private static async Task MustStandBy(AppDb db, EntityEntry<Scheme> entry)
    {
        var scheme = entry.Entity;
        var others = await db.Set<Scheme>()
            .Where(s => s.PositionId == scheme.PositionId && s.Id != scheme.Id)
            .Select(s => s.From)
            .ToListAsync();
        if (entry.State != EntityState.Deleted && others.Contains(scheme.From))
        {
            var position = await db.Set<Position>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == scheme.PositionId);
            throw new Refusal("pay.scheme.same_day", ("position", position?.Name), ("date", scheme.From)) { Field = "from" };
        }
        // The first of a position changes nothing that was paid.
        if (entry.State == EntityState.Added && others.Count == 0)
            return;
        foreach (var day in new[] { entry.Property(s => s.From).OriginalValue, scheme.From })
            if (await ClosedIn(db, day, DateOnly.MaxValue) is not null)
                throw new Refusal("pay.scheme.closed", ("date", day)) { Field = "from" };
    }

    private static List<EntityEntry<TRecord>> Changed<TRecord>(AppDb db)
        where TRecord : class =>
        [.. db.ChangeTracker.Entries<TRecord>().Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)];

    /// <summary>The days that come or go with a change of From and To, both included, and the field that says so.</summary>
    private static IEnumerable<(DateOnly First, DateOnly Last, string Field)> Days(EntityEntry entry)
    {
        var (from, to) = (entry.Property(nameof(Tenure.From)), entry.Property(nameof(Tenure.To)));
        var (began, begins) = ((DateOnly)from.OriginalValue!, (DateOnly)from.CurrentValue!);
        var (ended, ends) = ((DateOnly?)to.OriginalValue ?? DateOnly.MaxValue, (DateOnly?)to.CurrentValue ?? DateOnly.MaxValue);
        if (entry.State != EntityState.Modified)
            yield return (begins, ends, "tenure_from");
        else if (began != begins)
            yield return (Earlier(began, begins), Later(began, begins).AddDays(-1), "tenure_from");
        if (entry.State == EntityState.Modified && ended != ends)
            yield return (Earlier(ended, ends).AddDays(1), Later(ended, ends), "tenure_to");
    }

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    /// <summary>The last closed month that has one of these days: the open ones come after it.</summary>
    private static async Task<Month?> ClosedIn(AppDb db, DateOnly first, DateOnly last)
    {
        var (from, to) = (Month.Of(first).Index, Month.Of(last).Index);
        return await db.Set<ClosedMonth>().Where(m => m.Index >= from && m.Index <= to).MaxAsync(m => (int?)m.Index) is { } index
            ? Month.FromIndex(index)
            : null;
    }

    private static async Task<bool> IsPaid(AppDb db, Tenure held) =>
        await db.Set<Scheme>().AnyAsync(s => s.PositionId == held.PositionId)
        || await db.Set<Mentoring>().AnyAsync(m => m.MentorId == held.PersonId || m.TraineeId == held.PersonId);
}
