using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;

namespace Remit.Storage;

/// <summary>One searchable record: its folded text, which each engine indexes by three letters at a time.</summary>
public sealed class SearchLine
{
    public long Seq { get; init; }
    public required string Kind { get; init; }
    public required Guid RecordId { get; init; }
    public required Guid OwnerId { get; set; }
    public required string Text { get; set; }
}

/// <summary>Finding records by any part of any word, in any alphabet and case.</summary>
public static class SearchIndex
{
    private const int Batch = 2000;

    /// <summary>The lines in which every word stands somewhere. Composes with other queries.</summary>
    public static IQueryable<SearchLine> Saying(this AppDb db, string? words)
    {
        var all = Folding.Words(words);
        var lines = db.Engine.Having(db, [.. all.Where(w => w.Length >= 3)]);
        foreach (var word in all.Where(w => w.Length < 3))
            lines = lines.Where(l => l.Text.Contains(word));
        return lines;
    }

    /// <summary>Lines that hold the words, told by looking at each: to be asked about a few records, one by one.</summary>
    public static IQueryable<SearchLine> Holding(this AppDb db, string? words) =>
        Folding.Words(words).Aggregate(db.Set<SearchLine>().AsQueryable(), (lines, word) => lines.Where(l => l.Text.Contains(word)));

    /// <summary>Whether the words stand in so many lines that looking at record after record fills a page sooner than the index does.</summary>
    public static ValueTask<bool> AreCommon(this AppDb db, string words) =>
        db.Engine.AreCommon(db, [.. Folding.Words(words).Where(w => w.Length >= 3)]);

    /// <summary>Those of the records that the words find, themselves or through what belongs to them.</summary>
    public static IQueryable<TRecord> Saying<TRecord>(this IQueryable<TRecord> records, AppDb db, string? words)
        where TRecord : class, IRecord
    {
        if (Folding.Words(words).Count == 0)
            return records;
        var found = db.Saying(words).Select(l => l.OwnerId);
        return records.Where(r => found.Contains(r.Id));
    }

    /// <summary>Writes the lines of what this save adds, changes and removes.</summary>
    internal static async Task Write(AppDb db, CancellationToken cancel)
    {
        var changed = db
            .ChangeTracker.Entries<ISearchable>()
            .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .ToList();
        if (changed.Count == 0)
            return;
        var next = await NextSeq(db, cancel);
        foreach (var part in changed.Where(e => e.State != EntityState.Added).Chunk(500))
        {
            var ids = part.Select(e => e.Entity.Id).ToList();
            var lines = await db.Set<SearchLine>().Where(l => ids.Contains(l.RecordId)).ToDictionaryAsync(l => l.RecordId, cancel);
            foreach (var entry in part)
                next = Renew(db, entry, lines.GetValueOrDefault(entry.Entity.Id), next);
        }
        if (changed.Exists(e => e.State != EntityState.Added))
            db.ChangeTracker.DetectChanges();
        await NewRows.Add(db, [.. changed.Where(e => e.State == EntityState.Added).Select(e => Line(e.Entity, next++))]);
    }

    /// <summary>Makes the index of a database that has none: one that is older than the index, or was filled from outside.</summary>
    public static async Task FillWhereEmpty(AppDb db)
    {
        if (await db.Set<SearchLine>().AnyAsync())
            return;
        var fill = typeof(SearchIndex).GetMethod(
            nameof(FillFrom),
            System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static
        )!;
        foreach (var type in db.Model.GetEntityTypes().Where(t => typeof(ISearchable).IsAssignableFrom(t.ClrType)))
            await (Task)fill.MakeGenericMethod(type.ClrType).Invoke(null, [db])!;
    }

    private static async Task FillFrom<TRecord>(AppDb db)
        where TRecord : class, ISearchable
    {
        var next = await NextSeq(db, default);
        foreach (var part in (await db.Set<TRecord>().AsNoTracking().ToListAsync()).Chunk(Batch))
        {
            foreach (var record in part)
                db.Add(Line(record, next++));
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }
    }

    private static long Renew(AppDb db, EntityEntry<ISearchable> entry, SearchLine? line, long next)
    {
        if (entry.State == EntityState.Deleted)
        {
            if (line is not null)
                db.Remove(line);
            return next;
        }
        if (line is null)
        {
            db.Add(Line(entry.Entity, next));
            return next + 1;
        }
        (line.Text, line.OwnerId) = (Folding.Plain(entry.Entity.SearchText), entry.Entity.FoundAs);
        return next;
    }

    private static SearchLine Line(ISearchable record, long seq) =>
        new()
        {
            Seq = seq,
            Kind = record.GetType().Name,
            RecordId = record.Id,
            OwnerId = record.FoundAs,
            Text = Folding.Plain(record.SearchText),
        };

    // The writer's lock is held, so nobody else takes the same number.
    private static async Task<long> NextSeq(AppDb db, CancellationToken cancel) =>
        (await db.Set<SearchLine>().MaxAsync(l => (long?)l.Seq, cancel) ?? 0) + 1;
}

internal sealed class SearchLineTable : IEntityTypeConfiguration<SearchLine>
{
    public void Configure(EntityTypeBuilder<SearchLine> t)
    {
        t.ToTable("search_lines").HasKey(l => l.Seq);
        t.HasIndex(l => l.RecordId).IsUnique();
        t.HasIndex(l => l.OwnerId);
    }
}
