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

    internal SearchLine At(long seq) =>
        new()
        {
            Seq = seq,
            Kind = Kind,
            RecordId = RecordId,
            OwnerId = OwnerId,
            Text = Text,
        };
}

/// <summary>Finding records by any part of any word, in any alphabet and case.</summary>
public static class SearchIndex
{
    private const int Batch = 2000;

    /// <summary>The lines in which every word stands somewhere. Composes with other queries.</summary>
    public static IQueryable<SearchLine> Saying(this AppDb db, string? words)
    {
        var all = Folding.Words(words);
        return Short(db.Engine.Having(db, [.. all.Where(w => w.Length >= 3)]), all);
    }

    /// <summary>The first so many of what the words find, in the order of names.</summary>
    /// <param name="ask">The records of these lines, in the order of their names.</param>
    /// <param name="after">The record behind which they begin, where that is not the first.</param>
    public static async Task<List<TRow>> FirstSaying<TRow>(
        this AppDb db,
        string? words,
        int many,
        Func<IQueryable<SearchLine>, IQueryable<TRow>> ask,
        Guid? after = null,
        bool down = false
    )
    {
        var all = Folding.Words(words);
        // A few more than are shown, as some are left out for other reasons; then many more; then all.
        foreach (var some in (int[])[100, 2_000])
        {
            if (await db.Engine.First(db, [.. all.Where(w => w.Length >= 3)], some, after, down) is not { } first)
                break;
            var found = await ask(Short(first, all)).Take(many).ToListAsync();
            if (found.Count == many)
                return found;
        }
        return await ask(db.Saying(words)).Take(many).ToListAsync();
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

    /// <summary>The night's work: what was written since the last is brought nearer to the order of names.</summary>
    public static Task Order(AppDb db, CancellationToken cancel = default) => SearchShelves.Part(db, cancel);

    /// <summary>The first so many records that the words find, by their names; where there are no words, the first of all.</summary>
    public static Task<List<TNamed>> FirstSaying<TNamed>(this IQueryable<TNamed> records, AppDb db, string? words, int many)
        where TNamed : class, INamed =>
        Folding.Words(words).Count == 0
            ? records.OrderBy(r => r.NameKey).Take(many).ToListAsync()
            : db.FirstSaying(words, many, lines => records.Where(r => lines.Select(l => l.OwnerId).Contains(r.Id)).OrderBy(r => r.NameKey));

    /// <summary>Writes the lines of what this save adds, changes and removes.</summary>
    internal static async Task Write(AppDb db, CancellationToken cancel)
    {
        var changed = db
            .ChangeTracker.Entries<ISearchable>()
            .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .ToList();
        if (changed.Count == 0)
            return;
        var places = new SearchPlaces(db);
        var renamed = changed
            .Where(e => e.Entity is INamed && e.Entity.FoundAs == e.Entity.Id && e.State != EntityState.Deleted)
            .Where(e => e.State == EntityState.Added || e.Property(nameof(INamed.NameKey)).IsModified)
            .ToDictionary(e => e.Entity.Id, e => e.State);
        var asked = changed.Where(e => e.State != EntityState.Added).Select(e => e.Entity.Id);
        var lines = await Lines(db, [.. asked.Union(changed.Select(e => e.Entity.FoundAs).Where(id => !renamed.ContainsKey(id)))], cancel);
        var shelves = lines.ToDictionary(l => l.Key, l => SearchShelves.Of(l.Value));
        foreach (var named in changed.Select(e => e.Entity).OfType<INamed>().Where(n => renamed.ContainsKey(n.Id)))
        {
            var shelf = await places.Shelf(named.NameKey);
            if (shelves.TryGetValue(named.Id, out var was) && was != shelf)
                await places.Bring(named.Id, shelf, lines);
            shelves[named.Id] = shelf;
        }
        foreach (var entry in changed)
            await Renew(
                db,
                entry,
                lines.GetValueOrDefault(entry.Entity.Id),
                places,
                shelves.GetValueOrDefault(entry.Entity.FoundAs, SearchShelves.Last)
            );
        if (changed.Exists(e => e.State != EntityState.Added))
            db.ChangeTracker.DetectChanges();
        await places.Write();
    }

    /// <summary>Makes the index of a database that has none: one that is older than the index, or was filled from outside.</summary>
    public static async Task FillWhereEmpty(AppDb db)
    {
        if (await db.Set<SearchLine>().AnyAsync())
            return;
        await db.Set<SearchShelf>().Where(s => s.From != "").ExecuteDeleteAsync();
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
        var next = (await db.Set<SearchLine>().MaxAsync(l => (long?)l.Seq) ?? 0) + 1;
        foreach (var part in (await db.Set<TRecord>().AsNoTracking().ToListAsync()).Chunk(Batch))
        {
            foreach (var record in part)
                db.Add(Line(record, next++));
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }
    }

    // Of words shorter than three letters the index knows nothing.
    private static IQueryable<SearchLine> Short(IQueryable<SearchLine> lines, IReadOnlyList<string> words) =>
        words.Where(w => w.Length < 3).Aggregate(lines, (some, word) => some.Where(l => l.Text.Contains(word)));

    private static async Task<Dictionary<Guid, SearchLine>> Lines(AppDb db, List<Guid> records, CancellationToken cancel)
    {
        var lines = new Dictionary<Guid, SearchLine>();
        foreach (var part in records.Chunk(500))
        foreach (var line in await db.Set<SearchLine>().Where(l => part.Contains(l.RecordId)).ToListAsync(cancel))
            lines[line.RecordId] = line;
        return lines;
    }

    private static async Task Renew(AppDb db, EntityEntry<ISearchable> entry, SearchLine? line, SearchPlaces places, long shelf)
    {
        if (entry.State == EntityState.Deleted)
        {
            if (line is not null)
                db.Remove(line);
        }
        else if (line is null)
            await places.Add(Line(entry.Entity), shelf);
        else
        {
            (line.Text, line.OwnerId) = (Folding.Plain(entry.Entity.SearchText), entry.Entity.FoundAs);
            if (SearchShelves.Of(line) != shelf)
                await places.Move(line, shelf);
        }
    }

    private static SearchLine Line(ISearchable record, long seq = 0) =>
        new()
        {
            Seq = seq,
            Kind = record.GetType().Name,
            RecordId = record.Id,
            OwnerId = record.FoundAs,
            Text = Folding.Plain(record.SearchText),
        };
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
