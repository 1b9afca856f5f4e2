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
    private const int Batch = 2000;

    public static async Task UndoChange(this AppDb db, Guid changeId, DateOnly today)
    {
        await db.StartWriting();
        var lines = await db.Journal.AsNoTracking().Where(j => j.ChangeId == changeId).OrderByDescending(j => j.Seq).ToListAsync();
        Must(lines.Count > 0, "undo.unknown");
        Must(!await db.Journal.AnyAsync(j => j.Undoes == changeId), "undo.already", ("title", lines[^1].Named));
        await MustBeTheLast(db, changeId, lines);
        foreach (var kind in lines.GroupBy(l => l.Record))
            await Load(db, kind.Key, [.. kind.Select(l => l.RecordId)]);
        foreach (var line in lines)
            await Take(db, line, today);
        await db.MustLeaveNothingBehind();
        db.Undoes = changeId;
        await db.SaveChangesAsync();
        db.Undoes = null;
    }

    /// <summary>Refused where anything that these changes touched was changed again by another.</summary>
    public static async Task MustBeLast(this AppDb db, IReadOnlyCollection<Guid> changes)
    {
        var touched = await db
            .Journal.Where(j =>
                changes.Contains(j.ChangeId)
                && db.Journal.Any(l => l.RecordId == j.RecordId && l.Seq > j.Seq && !changes.Contains(l.ChangeId))
            )
            .AsNoTracking()
            .FirstOrDefaultAsync();
        Must(touched is null, "undo.changed_since", ("title", touched?.Named));
    }

    /// <summary>Puts one property of a record back to the value it had before a journal line.</summary>
    public static async Task Restore(this AppDb db, JournalEntry line, string property)
    {
        var values = Parse(line);
        Must(values.ContainsKey(property), "undo.unknown");
        var record = await Find(db, line);
        Must(
            record is not null and not IAppendOnly && !IsSecret(property) && property is not "Id" and not nameof(IVersioned.Version),
            "undo.unknown"
        );
        if (record is IGuardsUndo guard && guard.WhyNotUndo([property]) is { } reason)
            throw reason;
        Set(db.Entry(record!), property, values[property][0]);
        await db.SaveChangesAsync();
    }

    /// <summary>Puts deleted records back as they were when they went.</summary>
    public static async Task BringBack(this AppDb db, IReadOnlyList<JournalEntry> deletions)
    {
        foreach (var line in deletions)
        {
            Must(line.Kind == JournalKind.Deleted && await Find(db, line) is null, "trash.back_already", ("title", line.Named));
            if (Was(db, line) is IGuardsUndo gone && gone.WhyNotUndo() is { } why)
                throw why;
            Revive(db, line);
        }
        await db.SaveChangesAsync();
    }

    private static async Task Take(AppDb db, JournalEntry line, DateOnly today)
    {
        var record = await Find(db, line);
        if (record is IGuardsUndo guard && !OnlyMoves(line) && guard.WhyNotUndo(Parse(line).Keys) is { } reason)
            throw reason;
        switch (line.Kind)
        {
            case JournalKind.Created when record is IAppendOnly ledger:
                // A closed month stays closed for an undo too: it is written where entries are still taken.
                var reversal = ledger.Reversal(await db.OpenDay(today), db.Actor);
                Must(reversal is not null, "undo.ledger", ("title", line.Named));
                db.Add(reversal!);
                break;
            case JournalKind.Created when record is not null:
                db.Remove(record);
                break;
            case JournalKind.Updated when record is not null:
                Must(!Parse(line).Keys.Any(IsSecret), "undo.secret", ("title", line.Named));
                foreach (var (name, pair) in Parse(line))
                    if (name != nameof(IVersioned.Version))
                        Set(db.Entry(record), name, pair[0]);
                break;
            case JournalKind.Deleted:
                // What may not be undone does not come back by the undo of its going, either.
                if (Was(db, line) is IGuardsUndo gone && gone.WhyNotUndo() is { } why)
                    throw why;
                Revive(db, line);
                break;
            default:
                throw new Refusal("undo.unknown");
        }
    }

    // To which client a paper belongs is no part of what its number fixed: merging two clients moves papers.
    private static bool OnlyMoves(JournalEntry line) =>
        line.Kind == JournalKind.Updated && Parse(line).Keys.All(k => k is "ClientId" or "RecordId" or nameof(IVersioned.Version));

    private static async Task MustBeTheLast(AppDb db, Guid change, List<JournalEntry> lines)
    {
        var first = lines[^1].Seq;
        foreach (var part in lines.Chunk(Batch))
        {
            var ids = part.Select(l => l.RecordId).ToList();
            var later = await db
                .Journal.Where(j => ids.Contains(j.RecordId) && j.Seq > first && j.ChangeId != change)
                .OrderByDescending(j => j.Seq)
                .Select(j => new Since(j.RecordId, j.Seq, j.ChangeId, j.Undoes))
                .ToListAsync();
            var standing = Standing(later).ToLookup(l => l.RecordId);
            foreach (var line in part)
                Must(!standing[line.RecordId].Any(l => l.Seq > line.Seq), "undo.changed_since", ("title", line.Named));
        }
    }

    private sealed record Since(Guid RecordId, long Seq, Guid Change, Guid? Undoes);

    // A later change that was itself taken back stands in nobody's way, nor does the taking back; newest first, for an
    // undo can be undone.
    private static List<Since> Standing(List<Since> later)
    {
        var (there, gone) = (later.Select(l => l.Change).ToHashSet(), new HashSet<Guid>());
        foreach (var one in later)
            if (!gone.Contains(one.Change) && one.Undoes is { } undone && there.Contains(undone))
                gone.UnionWith([one.Change, undone]);
        return later.FindAll(l => !gone.Contains(l.Change));
    }

    // An import is thousands of records: they come in a few queries, and finding each then asks nobody.
    private static async Task Load(AppDb db, string record, List<Guid> ids)
    {
        foreach (var part in ids.Distinct().Chunk(Batch))
            await Generic(nameof(LoadOf), TypeOf(db, record), db, part.ToList());
    }

    private static Task LoadOf<TRecord>(AppDb db, List<Guid> ids)
        where TRecord : class, IRecord => db.Set<TRecord>().Where(r => ids.Contains(r.Id)).LoadAsync();

    private static Task Generic(string method, Type type, params object[] arguments) =>
        (Task)
            typeof(Undo)
                .GetMethod(method, System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
                .MakeGenericMethod(type)
                .Invoke(null, arguments)!;

    /// <summary>Values that the journal does not keep, so that neither undo nor a history can bring them back.</summary>
    public static bool IsSecret(string property) => IsSealed(property) || property == "Stamp";

    internal static bool IsSealed(string property) =>
        property.EndsWith("Hash", StringComparison.Ordinal)
        || property.EndsWith("Sealed", StringComparison.Ordinal)
        || property.StartsWith("Sealed", StringComparison.Ordinal);

    private static async Task<object?> Find(AppDb db, JournalEntry line) => await db.FindAsync(TypeOf(db, line.Record), line.RecordId);

    private static Type TypeOf(AppDb db, string record) => db.Model.GetEntityTypes().First(t => t.ClrType.Name == record).ClrType;

    /// <summary>Puts the values from before a line back into a record that is not going to be saved.</summary>
    internal static void Back(AppDb db, object record, JournalEntry line)
    {
        foreach (var (name, pair) in Parse(line))
            if (!IsSecret(name))
                Set(db.Entry(record), name, pair[0]);
    }

    /// <summary>The record that a line says was deleted.</summary>
    internal static object Was(AppDb db, JournalEntry line)
    {
        var record = System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(TypeOf(db, line.Record));
        foreach (var (name, pair) in Parse(line))
            Set(db.Entry(record), name, pair[0]);
        return record;
    }

    private static void Revive(AppDb db, JournalEntry line)
    {
        var record = Was(db, line);
        var entry = db.Entry(record);
        foreach (var secret in entry.Properties.Where(p => IsSecret(p.Metadata.Name)))
            secret.CurrentValue = "";
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
        property.CurrentValue =
            value.ValueKind == JsonValueKind.Null ? null : value.Deserialize(property.Metadata.ClrType, JournalWriter.Json);
    }
}
