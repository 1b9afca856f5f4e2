using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Remit.Kernel;

namespace Remit.Storage;

/// <summary>Turns what a save is about to write into journal lines, and holds the rules every save obeys.</summary>
internal sealed class JournalWriter(AppDb db)
{
    internal static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly ConcurrentDictionary<IEntityType, Value[]> known = [];
    private readonly JsonText values = new();

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
            Values = Values(entry),
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

    private string Values(EntityEntry entry)
    {
        var json = values.Begin();
        json.WriteStartObject();
        foreach (var value in known.GetOrAdd(entry.Metadata, static type => [.. Kept(type)]))
        {
            var (before, after) = value.Of(entry);
            if (entry.State == EntityState.Modified && Equals(before, after))
                continue;
            json.WriteStartArray(value.Name);
            values.Write(before);
            values.Write(entry.State == EntityState.Deleted ? null : after);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        return values.End();
    }

    // The key of a text says nothing that the text does not.
    private static IEnumerable<Value> Kept(IEntityType type) =>
        type.GetProperties()
            .Where(p => !NameOrder.IsKey(p))
            .Select(p => new Value(p.Name, e => e.Property(p), Undo.IsSealed(p.Name)))
            .Concat(
                type.GetComplexProperties()
                    .SelectMany(c =>
                        c.ComplexType.GetProperties()
                            .Select(p => new Value($"{c.Name}.{p.Name}", e => e.ComplexProperty(c).Property(p), false))
                    )
            );

    private sealed record Value(string Name, Func<EntityEntry, PropertyEntry> Find, bool IsSecret)
    {
        public (object? Before, object? After) Of(EntityEntry entry)
        {
            var found = Find(entry);
            return
                // A secret's old value has no business in a history that many may read.
                IsSecret ? (null, found.IsModified ? "•" : null)
                // What is new has no value before.
                : entry.State == EntityState.Added ? (null, found.CurrentValue)
                : (found.OriginalValue, found.CurrentValue);
        }
    }

    /// <summary>Text after text through one buffer: a save of a statement writes forty thousand.</summary>
    private sealed class JsonText
    {
        private readonly ArrayBufferWriter<byte> text = new();
        private readonly Utf8JsonWriter json;

        public JsonText() => json = new(text, new() { Encoder = Json.Encoder });

        public Utf8JsonWriter Begin()
        {
            text.ResetWrittenCount();
            json.Reset();
            return json;
        }

        public string End()
        {
            json.Flush();
            return Encoding.UTF8.GetString(text.WrittenSpan);
        }

        public void Write(object? value)
        {
            if (value is null)
                json.WriteNullValue();
            else if (value is string words)
                json.WriteStringValue(words);
            else
                JsonSerializer.Serialize(json, value, value.GetType(), JournalWriter.Json);
        }
    }
}
