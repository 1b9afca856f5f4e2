using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Web;

namespace Remit.Storage;

/// <summary>Keeps the key by which each name is ordered.</summary>
internal static class NameOrder
{
    private const int Batch = 1000;

    /// <summary>Writes the keys of what this save adds and changes.</summary>
    public static async Task Write(AppDb db)
    {
        var named = db.ChangeTracker.Entries<INamed>().Where(e => e.State is EntityState.Added or EntityState.Modified).ToList();
        if (named.Count == 0) return;
        var azerbaijani = await ReadsAzerbaijani(db);
        foreach (var entry in named)
            if (Alphabet.Key(entry.Entity.Name, azerbaijani) is var key && entry.Entity.NameKey != key) entry.Entity.NameKey = key;
    }

    /// <summary>Gives their keys to names from before there were keys, or brought in from outside.</summary>
    public static async Task FillWhereEmpty(AppDb db)
    {
        var fill = typeof(NameOrder).GetMethod(nameof(FillFrom), BindingFlags.NonPublic | BindingFlags.Static)!;
        foreach (var type in db.Model.GetEntityTypes().Where(t => typeof(INamed).IsAssignableFrom(t.ClrType)))
            await (Task)fill.MakeGenericMethod(type.ClrType).Invoke(null, [db])!;
    }

    // Past the journal: a key says nothing that the name does not.
    private static async Task FillFrom<TRecord>(AppDb db) where TRecord : class, INamed
    {
        while (await db.Set<TRecord>().AsNoTracking().Where(r => r.NameKey == "").Take(Batch).ToListAsync() is { Count: > 0 } part)
        {
            await db.StartWriting();
            var azerbaijani = await ReadsAzerbaijani(db);
            foreach (var record in part)
            {
                var (id, key) = (record.Id, Alphabet.Key(record.Name, azerbaijani));
                await db.Set<TRecord>().Where(r => r.Id == id).ExecuteUpdateAsync(s => s.SetProperty(r => EF.Property<string>(r, nameof(INamed.NameKey)), key));
            }
            await db.SaveChangesAsync();
        }
    }

    private static async Task<bool> ReadsAzerbaijani(AppDb db) => (db.Set<Firm>().Local.FirstOrDefault()?.Country
        ?? await db.Keep("country", [typeof(Firm)], () => db.Set<Firm>().AsNoTracking().Select(f => f.Country).FirstOrDefaultAsync())) == "AZ";
}
