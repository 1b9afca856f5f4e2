using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Storage;

/// <summary>
/// Takes back one change from the journal: what was created goes, what was altered gets its old values, what was
/// deleted comes back, ledger rows are reversed. Refused, with the reason, where something later or final stands in the way.
/// </summary>
public static class Undo
{
    public static async Task UndoChange(this AppDb db, Guid changeId, DateOnly today)
    {
        await db.StartWriting();
        var lines = await db.Journal.AsNoTracking().Where(j => j.ChangeId == changeId).OrderByDescending(j => j.Seq).ToListAsync();
        Must(lines.Count > 0, "undo.unknown");
        Must(!await db.Journal.AnyAsync(j => j.Undoes == changeId), "undo.already", ("title", lines[^1].Title));
        foreach (var line in lines)
        {
            var later = await db.Journal.AnyAsync(j => j.RecordId == line.RecordId && j.Seq > line.Seq && j.ChangeId != changeId);
            Must(!later, "undo.changed_since", ("title", line.Title));
            await Take(db, line, today);
        }
        await MustLeaveNothingBehind(db);
        db.Undoes = changeId;
        await db.SaveChangesAsync();
        db.Undoes = null;
    }

    /// <summary>Puts one property of a record back to the value it had before a journal line.</summary>
    public static async Task Restore(this AppDb db, JournalEntry line, string property)
    {
        var values = Parse(line);
        Must(values.ContainsKey(property), "undo.unknown");
        var record = await Find(db, line);
        Must(record is not null and not IAppendOnly && !IsSecret(property) && property is not "Id" and not nameof(IVersioned.Version), "undo.unknown");
        if (record is IGuardsUndo guard && guard.WhyNotUndo() is { } reason) throw reason;
        Set(db.Entry(record!), property, values[property][0]);
        await db.SaveChangesAsync();
    }

    private static async Task Take(AppDb db, JournalEntry line, DateOnly today)
    {
        var record = await Find(db, line);
        if (record is IGuardsUndo guard && guard.WhyNotUndo() is { } reason) throw reason;
        switch (line.Kind)
        {
            case JournalKind.Created when record is IAppendOnly ledger:
                // A closed month stays closed for an undo too: it is written where entries are still taken.
                var reversal = ledger.Reversal(await db.OpenDay(today), db.Actor);
                Must(reversal is not null, "undo.ledger", ("title", line.Title));
                db.Add(reversal!);
                break;
            case JournalKind.Created when record is not null:
                db.Remove(record);
                break;
            case JournalKind.Updated when record is not null:
                Must(!Parse(line).Keys.Any(IsSecret), "undo.secret", ("title", line.Title));
                foreach (var (name, pair) in Parse(line))
                    if (name != nameof(IVersioned.Version)) Set(db.Entry(record), name, pair[0]);
                break;
            case JournalKind.Deleted:
                Revive(db, line);
                break;
            default:
                throw new Refusal("undo.unknown");
        }
    }

    // There are no foreign keys: a property named PositionId is what points at a position.
    private static async Task MustLeaveNothingBehind(AppDb db)
    {
        foreach (var gone in db.ChangeTracker.Entries<IRecord>().Where(e => e.State == EntityState.Deleted).ToList())
            foreach (var type in db.Model.GetEntityTypes().Where(t => t.FindProperty(gone.Metadata.ClrType.Name + "Id") is not null))
            {
                var referring = (Task<bool>)typeof(Undo).GetMethod(nameof(Refers), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
                    .MakeGenericMethod(type.ClrType).Invoke(null, [db, gone.Metadata.ClrType.Name + "Id", gone.Entity.Id])!;
                Must(!await referring, "undo.in_use", ("title", gone.Entity.Title));
            }
    }

    // A ledger row never goes; once it is reversed it holds nothing.
    private static async Task<bool> Refers<TRecord>(AppDb db, string property, Guid id) where TRecord : class
    {
        var rows = await db.Set<TRecord>().Where(r => EF.Property<Guid?>(r, property) == id).ToListAsync();
        var added = db.ChangeTracker.Entries<TRecord>().Where(e => e.State == EntityState.Added).Select(e => e.Entity);
        var reversed = rows.Concat(added).Select(r => Reverses(db, r)).ToHashSet();
        return rows.Any(r => db.Entry(r).State != EntityState.Deleted
            && !(r is IAppendOnly row && (reversed.Contains(row.Id) || Reverses(db, r) is not null)));
    }

    private static Guid? Reverses(AppDb db, object row) =>
        row is IAppendOnly && db.Entry(row).Metadata.FindProperty("Reverses") is { } property ? (Guid?)db.Entry(row).Property(property).CurrentValue : null;

    /// <summary>Values that the journal does not keep, so that neither undo nor a history can bring them back.</summary>
    public static bool IsSecret(string property) => property.EndsWith("Hash", StringComparison.Ordinal) || property == "Stamp";

    private static async Task<object?> Find(AppDb db, JournalEntry line) => await db.FindAsync(TypeOf(db, line), line.RecordId);

    private static Type TypeOf(AppDb db, JournalEntry line) =>
        db.Model.GetEntityTypes().First(t => t.ClrType.Name == line.Record).ClrType;

    private static void Revive(AppDb db, JournalEntry line)
    {
        var record = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(TypeOf(db, line));
        var entry = db.Entry(record);
        foreach (var (name, pair) in Parse(line)) Set(entry, name, pair[0]);
        foreach (var secret in entry.Properties.Where(p => IsSecret(p.Metadata.Name))) secret.CurrentValue = "";
        entry.State = EntityState.Added;
    }

    private static Dictionary<string, JsonElement[]> Parse(JournalEntry line) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement[]>>(line.Values)!;

    private static void Set(EntityEntry entry, string name, JsonElement value)
    {
        var dot = name.IndexOf('.');
        if (dot > 0)
        {
            var complex = entry.ComplexProperty(name[..dot]).Property(name[(dot + 1)..]);
            complex.CurrentValue = value.Deserialize(complex.Metadata.ClrType, JournalWriter.Json);
            return;
        }
        var property = entry.Property(name);
        property.CurrentValue = value.ValueKind == JsonValueKind.Null ? null : value.Deserialize(property.Metadata.ClrType, JournalWriter.Json);
    }
}
