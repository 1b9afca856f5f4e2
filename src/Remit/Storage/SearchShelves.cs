using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;

namespace Remit.Storage;

/// <summary>
/// A stretch of the alphabet. Lines of the search index are numbered shelf by shelf, by the name of what they are found
/// as: the index of SQLite then gives what it finds in the order of names, and a page takes only the first of it.
/// </summary>
public sealed class SearchShelf
{
    /// <summary>The first key that stands on it; the first shelf begins with nothing.</summary>
    public required string From { get; init; }
    public required long Number { get; init; }
}

/// <summary>Which shelf a line belongs to, and the night's work of parting those that grew too long.</summary>
internal static class SearchShelves
{
    /// <summary>Numbers of one shelf.</summary>
    public const long Size = 1L << 30;

    /// <summary>The shelf behind all, for what no name orders.</summary>
    public const long Last = 1L << 32;
    private const int Length = 1_000,
        Longest = 4_000;

    public static long Of(SearchLine line) => line.Seq / Size;

    /// <summary>Gives the ends of long shelves to new ones, one by one, so that nobody who saves waits long. A line keeps its order all the while.</summary>
    public static async Task Part(AppDb db, CancellationToken cancel)
    {
        if (!db.Engine.FindsInOrder)
            return;
        var named = db.Model.GetEntityTypes().Single(t => typeof(INamed).IsAssignableFrom(t.ClrType)).ClrType;
        var part = typeof(SearchShelves).GetMethod(nameof(PartAll), BindingFlags.NonPublic | BindingFlags.Static)!;
        await (Task)part.MakeGenericMethod(named).Invoke(null, [db, cancel])!;
    }

    private static async Task PartAll<TNamed>(AppDb db, CancellationToken cancel)
        where TNamed : class, INamed
    {
        var lines = db.Set<SearchLine>().Where(l => l.Seq < Last * Size);
        var lengths = lines.GroupBy(l => l.Seq / Size).Select(g => new { Shelf = g.Key, Lines = g.Count() });
        var tooLong = await lengths.Where(s => s.Lines > Longest).Select(s => s.Shelf).ToListAsync();
        if (tooLong.Count == 0)
            return;
        while (await Move(db, Last, lines.Where(l => !db.Set<TNamed>().Any(n => n.Id == l.OwnerId)))) { }
        foreach (var shelf in tooLong)
            await PartOne<TNamed>(db, shelf, cancel);
    }

    private static async Task PartOne<TNamed>(AppDb db, long shelf, CancellationToken cancel)
        where TNamed : class, INamed
    {
        var lines = db.Set<SearchLine>().Where(l => l.Seq >= shelf * Size && l.Seq < (shelf + 1) * Size);
        var names = await lines
            .Join(db.Set<TNamed>(), l => l.OwnerId, n => n.Id, (_, n) => n.NameKey)
            .GroupBy(key => key)
            .Select(g => new { Key = g.Key, Lines = g.Count() })
            .OrderBy(n => n.Key)
            .ToListAsync();
        var (starts, held) = (new List<string>(), 0);
        foreach (var name in names)
        {
            if (held >= Length)
            {
                starts.Add(name.Key);
                held = 0;
            }
            held += name.Lines;
        }
        var next = await db.Set<SearchShelf>().AsNoTracking().Where(s => s.Number > shelf).OrderBy(s => s.Number).FirstOrDefaultAsync();
        var step = ((next?.Number ?? Last) - shelf) / (starts.Count + 1);
        // From the end: what is left on the shelf stands before what was given away.
        for (var n = starts.Count; n > 0 && step > 0; n--)
        {
            var (from, to) = (starts[n - 1], n < starts.Count ? starts[n] : next?.From);
            var moved = db.Set<TNamed>().Where(r => string.Compare(r.NameKey, from) >= 0);
            if (to is not null)
                moved = moved.Where(r => string.Compare(r.NameKey, to) < 0);
            cancel.ThrowIfCancellationRequested();
            await db.StartWriting();
            await NewRows.Insert(db, [new SearchShelf { From = from, Number = shelf + n * step }]);
            await Move(db, shelf + n * step, lines.Where(l => moved.Select(r => r.Id).Contains(l.OwnerId)), int.MaxValue);
        }
    }

    /// <summary>Puts lines on another shelf, in a save of its own; false where there are none.</summary>
    private static async Task<bool> Move(AppDb db, long shelf, IQueryable<SearchLine> which, int most = Longest)
    {
        await db.StartWriting();
        var (places, lines) = (new SearchPlaces(db), await which.AsNoTracking().OrderBy(l => l.Seq).Take(most).ToListAsync());
        foreach (var line in lines)
            await places.Move(line, shelf);
        await places.Write();
        await db.SaveChangesAsync();
        return lines.Count > 0;
    }
}

/// <summary>The places that one save gives to lines: the next numbers of their shelves. The writer's lock is held, so nobody else takes them.</summary>
internal sealed class SearchPlaces(AppDb db)
{
    // Up to here shelves are asked for name by name.
    private const int Few = 8;
    private readonly Dictionary<long, long> next = [];
    private readonly List<SearchLine> added = [];
    private readonly List<long> left = [];
    private List<SearchShelf>? all;
    private int asked;

    /// <summary>The shelf on which a name stands.</summary>
    public async Task<long> Shelf(string key)
    {
        if (++asked > Few)
        {
            all ??= await db.Set<SearchShelf>().AsNoTracking().OrderBy(s => s.From).ToListAsync();
            var (low, high) = (0, all.Count);
            while (high - low > 1)
                if (string.CompareOrdinal(all[(low + high) / 2].From, key) <= 0)
                    low = (low + high) / 2;
                else
                    high = (low + high) / 2;
            return all[low].Number;
        }
        // With its last number: most saves put one line on one shelf.
        var shelf = await db.Set<SearchShelf>()
            .Where(s => string.Compare(s.From, key) <= 0)
            .OrderByDescending(s => s.From)
            .Select(s => new
            {
                s.Number,
                Last = db.Set<SearchLine>().Where(l => l.Seq < (s.Number + 1) * SearchShelves.Size).Max(l => (long?)l.Seq),
            })
            .FirstAsync();
        next.TryAdd(shelf.Number, After(shelf.Number, shelf.Last));
        return shelf.Number;
    }

    public async Task Add(SearchLine line, long shelf)
    {
        if (!next.TryGetValue(shelf, out var number))
            number = After(
                shelf,
                await db.Set<SearchLine>().Where(l => l.Seq < (shelf + 1) * SearchShelves.Size).MaxAsync(l => (long?)l.Seq)
            );
        next[shelf] = number + 1;
        added.Add(line.At(number));
    }

    /// <summary>A line leaves its shelf for another.</summary>
    public Task Move(SearchLine line, long shelf)
    {
        left.Add(line.Seq);
        db.Entry(line).State = EntityState.Detached;
        return Add(line, shelf);
    }

    /// <summary>What is found as a record goes where that now stands, but for lines that this save writes anyway.</summary>
    public async Task Bring(Guid owner, long shelf, IReadOnlyDictionary<Guid, SearchLine> but)
    {
        foreach (var line in await db.Set<SearchLine>().AsNoTracking().Where(l => l.OwnerId == owner).ToListAsync())
            if (!but.ContainsKey(line.RecordId) && SearchShelves.Of(line) != shelf)
                await Move(line, shelf);
    }

    // In their order: out of it, FTS5 begins a new part of the index at every line.
    public async Task Write()
    {
        if (left.Count > 0)
            await db.Set<SearchLine>().Where(l => left.Contains(l.Seq)).ExecuteDeleteAsync();
        await NewRows.Add(db, [.. added.OrderBy(l => l.Seq)]);
    }

    private static long After(long shelf, long? last) => Math.Max(shelf * SearchShelves.Size, (last ?? 0) + 1);
}

internal sealed class SearchShelfTable : IEntityTypeConfiguration<SearchShelf>
{
    public void Configure(EntityTypeBuilder<SearchShelf> t)
    {
        t.ToTable("search_shelves").HasKey(s => s.From);
        t.HasIndex(s => s.Number).IsUnique();
    }
}
