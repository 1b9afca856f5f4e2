using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Storage;

/// <summary>How many records of one type hang on one that is leaving.</summary>
public sealed record Holder(string Record, Guid On, int Count);

/// <summary>
/// Deletes records together with their parts; they lie in the trash then. There are no foreign keys: a property named
/// PositionId is what points at a position, RecordId at any record.
/// </summary>
public static class Discarding
{
    private const int Batch = 2000;

    /// <summary>Deletes a record on which nothing but its parts hangs.</summary>
    public static async Task Discard(this AppDb db, IRecord record)
    {
        await db.TakeAway([record]);
        await db.MustLeaveNothingBehind();
    }

    /// <summary>Marks records of one type, and whatever is a part of them, as leaving with the next save.</summary>
    public static async Task TakeAway(this AppDb db, IReadOnlyCollection<IRecord> records)
    {
        if (records.Count == 0)
            return;
        db.RemoveRange(records);
        foreach (var type in db.Model.GetEntityTypes().Select(t => t.ClrType))
            if (type.GetCustomAttribute<PartOfAttribute>() is { } part && part.Whole.IsAssignableFrom(records.First().GetType()))
                foreach (var some in records.Select(r => r.Id).Chunk(Batch))
                    await db.TakeAway(await (Task<List<IRecord>>)Generic(nameof(Load), type, db, part.By, some.ToList()));
    }

    /// <summary>What hangs on the records that are leaving and does not leave with them.</summary>
    public static async Task<IReadOnlyList<Holder>> Holders(this AppDb db)
    {
        var holders = new List<Holder>();
        foreach (var (type, property, ids) in Pointing(db))
            holders.AddRange(await (Task<List<Holder>>)Generic(nameof(Count), type, db, property, ids));
        return holders;
    }

    internal static async Task MustLeaveNothingBehind(this AppDb db)
    {
        foreach (var (type, property, ids) in Pointing(db))
        {
            var held = await (Task<Guid?>)Generic(nameof(Held), type, db, property, ids);
            Must(
                held is null,
                "undo.in_use",
                ("title", db.ChangeTracker.Entries<IRecord>().FirstOrDefault(e => e.Entity.Id == held)?.Entity.Title)
            );
        }
    }

    private static IEnumerable<(Type Type, string Property, List<Guid> Ids)> Pointing(AppDb db) =>
        from kind in db
            .ChangeTracker.Entries<IRecord>()
            .Where(e => e.State == EntityState.Deleted)
            .GroupBy(e => e.Metadata.ClrType.Name)
            .ToList()
        from type in db
            .Model.GetEntityTypes()
            .Where(t => typeof(IRecord).IsAssignableFrom(t.ClrType) && !typeof(IProof).IsAssignableFrom(t.ClrType))
        from property in (string[])[kind.Key + "Id", "RecordId"]
        where type.FindProperty(property) is not null
        from part in kind.Select(e => e.Entity.Id).Chunk(Batch)
        select (type.ClrType, property, part.ToList());

    private static async Task<List<IRecord>> Load<TRecord>(AppDb db, string property, List<Guid> ids)
        where TRecord : class, IRecord =>
        [.. await db.Set<TRecord>().Where(r => ids.Contains(EF.Property<Guid?>(r, property)!.Value)).ToListAsync()];

    private static Task<List<Holder>> Count<TRecord>(AppDb db, string property, List<Guid> ids)
        where TRecord : class, IRecord =>
        Staying<TRecord>(db, property, ids)
            .GroupBy(r => EF.Property<Guid?>(r, property))
            .Select(g => new Holder(typeof(TRecord).Name, g.Key!.Value, g.Count()))
            .ToListAsync();

    // One row is enough to refuse, and only the one is fetched, however many point here.
    private static Task<Guid?> Held<TRecord>(AppDb db, string property, List<Guid> ids)
        where TRecord : class, IRecord =>
        Staying<TRecord>(db, property, ids).Select(r => EF.Property<Guid?>(r, property)).FirstOrDefaultAsync();

    // A ledger row never goes; once it is reversed it holds nothing.
    private static IQueryable<TRecord> Staying<TRecord>(AppDb db, string property, List<Guid> ids)
        where TRecord : class, IRecord
    {
        var rows = db.Set<TRecord>().Where(r => ids.Contains(EF.Property<Guid?>(r, property)!.Value));
        var leaving = db.ChangeTracker.Entries<TRecord>().Where(e => e.State == EntityState.Deleted).Select(e => e.Entity.Id).ToHashSet();
        if (
            typeof(IAppendOnly).IsAssignableFrom(typeof(TRecord))
            && db.Model.FindEntityType(typeof(TRecord))!.FindProperty("Reverses") is not null
        )
        {
            rows = rows.Where(r =>
                EF.Property<Guid?>(r, "Reverses") == null
                && !db.Set<TRecord>().Any(x => EF.Property<Guid?>(x, "Reverses") == EF.Property<Guid>(r, "Id"))
            );
            leaving.UnionWith(
                db.ChangeTracker.Entries<TRecord>()
                    .Where(e => e.State == EntityState.Added)
                    .Select(e => (Guid?)e.Property("Reverses").CurrentValue)
                    .OfType<Guid>()
            );
        }
        var besides = leaving.ToList();
        return besides.Count == 0 ? rows : rows.Where(r => !besides.Contains(EF.Property<Guid>(r, "Id")));
    }

    private static Task Generic(string method, Type type, params object[] arguments) =>
        (Task)
            typeof(Discarding)
                .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type)
                .Invoke(null, arguments)!;
}
