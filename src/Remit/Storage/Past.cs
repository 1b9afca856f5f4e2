using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;

namespace Remit.Storage;

/// <summary>A record as it was at an earlier version, read back from the journal; nothing of it is saved.</summary>
public static class Past
{
    /// <summary>A copy with the values of that version.</summary>
    public static async Task<TRecord> At<TRecord>(this AppDb db, TRecord record, int version)
        where TRecord : class, IVersioned
    {
        var copy = (TRecord)db.Entry(record).OriginalValues.ToObject();
        foreach (var line in await Since(db, record, version))
            Undo.Back(db, copy, line);
        return copy;
    }

    /// <summary>The parts that a record had at that version: its lines. They changed together with it, in the same saves.</summary>
    public static async Task<IReadOnlyList<TPart>> PartsAt<TPart>(
        this AppDb db,
        IVersioned record,
        int version,
        IEnumerable<TPart> now,
        string key
    )
        where TPart : class, IRecord
    {
        var parts = now.ToDictionary(p => p.Id, p => (TPart)db.Entry(p).OriginalValues.ToObject());
        var changes = (await Since(db, record, version)).Select(l => l.ChangeId).ToList();
        var lines = await db
            .Journal.AsNoTracking()
            .Where(j => changes.Contains(j.ChangeId) && j.Record == typeof(TPart).Name)
            .OrderByDescending(j => j.Seq)
            .ToListAsync();
        foreach (var line in lines)
            if (line.Kind == JournalKind.Created)
                parts.Remove(line.RecordId);
            else if (line.Kind == JournalKind.Updated && parts.TryGetValue(line.RecordId, out var part))
                Undo.Back(db, part, line);
            else if (
                line.Kind == JournalKind.Deleted
                && Undo.Was(db, line) is TPart gone
                && (Guid?)db.Entry(gone).Property(key).CurrentValue == record.Id
            )
                parts[line.RecordId] = gone;
        return [.. parts.Values];
    }

    /// <summary>Who saved the record last, and when.</summary>
    public static Task<JournalEntry?> LastChange(this AppDb db, IRecord record) =>
        db.Journal.AsNoTracking().Where(j => j.RecordId == record.Id).OrderByDescending(j => j.Seq).FirstOrDefaultAsync();

    // Newest first; each save of a record says which version it found.
    private static async Task<List<JournalEntry>> Since(AppDb db, IVersioned record, int version)
    {
        var lines = await db
            .Journal.AsNoTracking()
            .Where(j => j.RecordId == record.Id && j.Kind == JournalKind.Updated)
            .OrderByDescending(j => j.Seq)
            .Take(Math.Max(0, record.Version - version))
            .ToListAsync();
        return [.. lines.Where(l => Found(l) >= version)];
    }

    private static int Found(JournalEntry line) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement[]>>(line.Values)!.TryGetValue(nameof(IVersioned.Version), out var pair)
            ? pair[0].GetInt32()
            : -1;
}
