using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Storage;

namespace Remit.Modules.Work;

/// <summary>What one person's day holds: duties due, duties as they come, what is logged this week, points this month.</summary>
public sealed record MyDay(
    DateOnly Today,
    IReadOnlyList<MyDay.Item> Due,
    IReadOnlyList<MyDay.Item> AsItComes,
    IReadOnlyList<WorkEntry> Week,
    decimal Points,
    bool HasDuties
)
{
    /// <param name="Points">Null where no norm is set yet: it cannot be counted.</param>
    public sealed record Item(Duty Duty, int? Points);

    public static async Task<MyDay> Of(AppDb db, Guid person, DateOnly today)
    {
        var mine = await DutiesModule.Sheet(db, Ledger.DutiesOf(db, person, today), today);
        var (monday, month) = (Monday(today), Month.Of(today));
        var from = monday < month.First ? monday : month.First;
        var first = Month.Of(from).Index;
        // What the day needs of the ledger is nearly all of one month: it is read once. No work is recorded before it was done.
        var entries = await db.Set<WorkEntry>()
            .AsNoTracking()
            .Where(w => w.PersonId == person && w.RecordedMonth >= first)
            .OrderByDescending(w => w.DoneOn)
            .ThenByDescending(w => w.Id)
            .ToListAsync();
        var items = mine.ToLookup(d => d.Duty.Frequency is not null and not Frequency.OnEvent && d.Duty.Trigger is null);
        var done = await Done(db, person, items[true].Select(d => d.Duty), entries, from, today);
        return new(
            today,
            [.. items[true].Where(d => !done.Contains(d.Duty.Id)).Select(Shown)],
            [.. items[false].Select(Shown)],
            entries.FindAll(w => w.DoneOn >= monday),
            entries.Where(w => w.RecordedMonth == month.Index).Sum(w => w.Points * w.QuantityMilli) / 1000m,
            mine.Count > 0
        );
    }

    private static Item Shown(DutyLine line) => new(line.Duty, line.Norm?.Points);

    // A reversed entry leaves the duty undone: the quantities of the period cancel out.
    private static async Task<HashSet<Guid>> Done(
        AppDb db,
        Guid person,
        IEnumerable<Duty> duties,
        List<WorkEntry> entries,
        DateOnly from,
        DateOnly today
    )
    {
        var done = new HashSet<Guid>();
        foreach (var alike in duties.GroupBy(d => Since(d.Frequency, today)))
        {
            var (since, ids) = (alike.Key, alike.Select(d => d.Id).ToHashSet());
            var of =
                since >= from
                    ? entries
                    : await db.Set<WorkEntry>()
                        .AsNoTracking()
                        .Where(w => w.PersonId == person && w.DoneOn >= since && ids.Contains(w.DutyId))
                        .ToListAsync();
            done.UnionWith(
                of.Where(w => w.DoneOn >= since && ids.Contains(w.DutyId))
                    .GroupBy(w => w.DutyId)
                    .Where(g => g.Sum(w => w.QuantityMilli) > 0)
                    .Select(g => g.Key)
            );
        }
        return done;
    }

    private static DateOnly Since(Frequency? frequency, DateOnly today) =>
        frequency switch
        {
            Frequency.Weekly => Monday(today),
            Frequency.Monthly => Month.Of(today).First,
            Frequency.Yearly => new DateOnly(today.Year, 1, 1),
            _ => today,
        };

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
