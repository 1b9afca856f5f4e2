using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Storage;

namespace Remit.Modules.Work;

/// <summary>What one person's day holds: duties due, duties as they come, what is logged this week, points this month.</summary>
public sealed record MyDay(DateOnly Today, IReadOnlyList<MyDay.Item> Due, IReadOnlyList<MyDay.Item> AsItComes, IReadOnlyList<WorkEntry> Week, long Points, bool HasDuties)
{
    /// <param name="Points">Null where no norm is set yet: it cannot be counted.</param>
    public sealed record Item(Duty Duty, int? Points);

    public static async Task<MyDay> Of(AppDb db, Guid person, DateOnly today)
    {
        var mine = await DutiesModule.Sheet(db, Ledger.DutiesOf(db, person, today), today);
        var entries = await db.Set<WorkEntry>().AsNoTracking().Where(w => w.PersonId == person && w.DoneOn >= new DateOnly(today.Year, 1, 1).AddDays(-7)).ToListAsync();
        var items = mine.ToLookup(d => d.Duty.Frequency is not null and not Frequency.OnEvent && d.Duty.Trigger is null);
        var monday = Monday(today);
        return new(today,
            [.. items[true].Where(d => !IsDone(d.Duty, entries, today)).Select(Shown)],
            [.. items[false].Select(Shown)],
            [.. entries.Where(e => e.DoneOn >= monday).OrderByDescending(e => e.DoneOn).ThenByDescending(e => e.Id)],
            entries.Where(e => e.RecordedMonth == Month.Of(today).Index).Sum(e => e.Points * e.QuantityMilli) / 1000, mine.Count > 0);
    }

    private static Item Shown(DutyLine line) => new(line.Duty, line.Norm?.Points);

    // A reversed entry leaves the duty undone: the quantities of the period cancel out.
    private static bool IsDone(Duty duty, List<WorkEntry> entries, DateOnly today) =>
        entries.Where(e => e.DutyId == duty.Id && e.DoneOn >= Since(duty.Frequency, today)).Sum(e => e.QuantityMilli) > 0;

    private static DateOnly Since(Frequency? frequency, DateOnly today) => frequency switch
    {
        Frequency.Weekly => Monday(today),
        Frequency.Monthly => Month.Of(today).First,
        Frequency.Yearly => new DateOnly(today.Year, 1, 1),
        _ => today,
    };

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
