using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Storage;

namespace Remit.Modules.Pay.Quality;

/// <summary>An entry of the sample, and what was said of it.</summary>
/// <param name="Reversed">Taken back for another reason: there is nothing left to check.</param>
public sealed record Sampled(WorkEntry Entry, QualityCheck? Check, bool Reversed)
{
    public bool Waits => Check is null && !Reversed;
}

/// <summary>
/// The entries of a closed month that the head looks at, so many of each person. The month and the entry's own key
/// decide, so nobody chooses, and everybody who asks gets the same ones.
/// </summary>
public static class Samples
{
    public static IEnumerable<Guid> Draw(IEnumerable<Guid> entries, Month month, int count) =>
        entries.OrderBy(id => Lot(month, id), StringComparer.Ordinal).Take(count);

    /// <summary>Empty until the month is closed: before that an entry more would change the lots.</summary>
    public static async Task<IReadOnlyList<Sampled>> Of(AppDb db, Month month, Guid? person = null)
    {
        if (!await Ledger.IsClosed(db, month))
            return [];
        var counts = await Counts(db, month, person);
        if (counts.Count == 0)
            return [];
        var people = counts.Keys.ToList();
        var entries = await db.Set<WorkEntry>()
            .AsNoTracking()
            .Where(w => w.RecordedMonth == month.Index && w.Reverses == null && people.Contains(w.PersonId))
            .Select(w => new { w.Id, w.PersonId })
            .ToListAsync();
        var drawn = entries.GroupBy(e => e.PersonId).SelectMany(g => Draw(g.Select(e => e.Id), month, counts[g.Key])).ToList();
        var rows = await db.Set<WorkEntry>()
            .AsNoTracking()
            .Where(w => drawn.Contains(w.Id))
            .OrderBy(w => w.DoneOn)
            .ThenBy(w => w.Id)
            .ToListAsync();
        var checks = await db.Set<QualityCheck>().AsNoTracking().Where(c => drawn.Contains(c.EntryId)).ToDictionaryAsync(c => c.EntryId);
        var reversed = (
            await db.Set<WorkEntry>()
                .Where(w => w.Reverses != null && drawn.Contains(w.Reverses.Value))
                .Select(w => w.Reverses!.Value)
                .ToListAsync()
        ).ToHashSet();
        return [.. rows.Select(w => new Sampled(w, checks.GetValueOrDefault(w.Id), reversed.Contains(w.Id)))];
    }

    /// <summary>How many of whom: as the scheme of the position held in that month says.</summary>
    private static async Task<Dictionary<Guid, int>> Counts(AppDb db, Month month, Guid? person)
    {
        var schemes = (await db.Set<Scheme>().AsNoTracking().Where(s => s.From <= month.Last).ToListAsync())
            .GroupBy(s => s.PositionId)
            .ToDictionary(g => g.Key, g => SchemeText.Read(g.OrderBy(s => s.From).Last()).Samples);
        var tenures = await db.Set<Tenure>()
            .AsNoTracking()
            .Where(t =>
                !t.StandIn && t.From <= month.Last && (t.To == null || t.To >= month.First) && (person == null || t.PersonId == person)
            )
            .ToListAsync();
        return tenures
            .GroupBy(t => t.PersonId)
            .Select(g => (g.Key, Count: g.Max(t => schemes.GetValueOrDefault(t.PositionId))))
            .Where(p => p.Count > 0)
            .ToDictionary(p => p.Key, p => p.Count);
    }

    private static string Lot(Month month, Guid entry) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{month}/{entry}")));
}
