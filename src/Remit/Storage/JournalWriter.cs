using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Remit.Kernel;

namespace Remit.Storage;

/// <summary>Turns what a save is about to write into journal lines, and holds the rules every save obeys.</summary>
internal sealed class JournalWriter(AppDb db)
{
    internal static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The id of the change, or null where nothing worth a line changed.</summary>
    public async Task<Guid?> Write()
    {
        var change = db.NextChange ?? Guid.CreateVersion7();
        db.NextChange = null;
        db.ChangeTracker.DetectChanges();
        var changed = db
            .ChangeTracker.Entries<IRecord>()
            .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .ToList();
        if (changed.Count == 0)
            return null;
        foreach (var entry in changed)
            Guard(entry);

        var end = await db.JournalEnd();
        var (seq, hash) = (end.Seq, end.Hash);
        var at = db.At ?? DateTime.UtcNow;
        at = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));
        var lines = new List<JournalEntry>(changed.Count);
        foreach (var entry in changed)
        {
            lines.Add(Line(entry, ++seq, change, at, hash));
            hash = lines[^1].Hash;
        }
        await NewRows.Add(db, lines);
        JournalCheck.Count(db, end.Lines, lines.Count);
        return change;
    }

    private static void Guard(EntityEntry<IRecord> entry)
    {
        if (entry.Entity is IAppendOnly && entry.State != EntityState.Added)
            throw new InvalidOperationException($"{entry.Metadata.ClrType.Name} is a ledger row: reverse it, do not change it.");
        if (entry.Entity is IVersioned versioned && entry.State == EntityState.Modified)
            entry.Property(nameof(IVersioned.Version)).CurrentValue = versioned.Version + 1;
    }

    private JournalEntry Line(EntityEntry<IRecord> entry, long seq, Guid change, DateTime at, string previous)
    {
        var bare = new JournalEntry
        {
            Seq = seq,
            ChangeId = change,
            At = at,
            ActorId = db.Actor.PersonId,
            ActorName = db.Actor.Name,
            Kind = entry.State switch
            {
                EntityState.Added => JournalKind.Created,
                EntityState.Deleted => JournalKind.Deleted,
                _ => JournalKind.Updated,
            },
            Record = entry.Metadata.ClrType.Name,
            RecordId = entry.Entity.Id,
            Title = entry.Entity.Title,
            Values = JsonSerializer.Serialize(Values(entry), Json),
            Undoes = db.Undoes,
            Previous = previous,
        };
        return new JournalEntry
        {
            Seq = bare.Seq,
            ChangeId = bare.ChangeId,
            At = bare.At,
            ActorId = bare.ActorId,
            ActorName = bare.ActorName,
            Kind = bare.Kind,
            Record = bare.Record,
            RecordId = bare.RecordId,
            Title = bare.Title,
            Values = bare.Values,
            Undoes = bare.Undoes,
            Previous = bare.Previous,
            Hash = bare.Seal(),
        };
    }

    private static Dictionary<string, object?[]> Values(EntityEntry entry)
    {
        var values = new Dictionary<string, object?[]>();
        foreach (var (name, before, after) in Properties(entry))
            if (entry.State != EntityState.Modified || !Equals(before, after))
                values[name] = [entry.State == EntityState.Added ? null : before, entry.State == EntityState.Deleted ? null : after];
        return values;
    }

    internal static IEnumerable<(string Name, object? Before, object? After)> Properties(EntityEntry entry)
    {
        // The key of a text says nothing that the text does not.
        foreach (var property in entry.Properties.Where(p => !NameOrder.IsKey(p.Metadata)))
            // A secret's old value has no business in a history that many may read.
            yield return Undo.IsSealed(property.Metadata.Name)
                ? (property.Metadata.Name, null, property.IsModified ? "•" : null)
                : (property.Metadata.Name, property.OriginalValue, property.CurrentValue);
        foreach (var complex in entry.ComplexProperties)
        foreach (var part in complex.Properties)
            yield return ($"{complex.Metadata.Name}.{part.Metadata.Name}", part.OriginalValue, part.CurrentValue);
    }
}
