using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Remit.Kernel;
using Remit.Web;

namespace Remit.Storage;

/// <summary>Keeps the keys by which names and other texts are ordered.</summary>
internal static class NameOrder
{
    private const int Batch = 1000;
    private static readonly ConcurrentDictionary<Type, (string Text, string Key)[]> known = [];

    public static bool IsKey(IReadOnlyProperty property) => KeysOf(property.DeclaringType.ClrType).Any(k => k.Key == property.Name);

    /// <summary>Writes the keys of what this save adds and changes.</summary>
    public static async Task Write(AppDb db)
    {
        var ordered = db
            .ChangeTracker.Entries()
            .Where(e => e.State is EntityState.Added or EntityState.Modified && KeysOf(e.Metadata.ClrType).Length > 0)
            .ToList();
        if (ordered.Count == 0)
            return;
        var azerbaijani = await ReadsAzerbaijani(db);
        foreach (var entry in ordered)
        foreach (var (text, key) in KeysOf(entry.Metadata.ClrType))
            if (
                Alphabet.Key((string?)entry.Property(text).CurrentValue, azerbaijani) is var made
                && (string?)entry.Property(key).CurrentValue != made
            )
                entry.Property(key).CurrentValue = made;
    }

    /// <summary>Gives their keys to texts from before there were keys, or brought in from outside.</summary>
    public static async Task FillWhereEmpty(AppDb db)
    {
        var fill = typeof(NameOrder).GetMethod(nameof(FillFrom), BindingFlags.NonPublic | BindingFlags.Static)!;
        foreach (var type in db.Model.GetEntityTypes())
        foreach (var (text, key) in KeysOf(type.ClrType))
            await (Task)fill.MakeGenericMethod(type.ClrType).Invoke(null, [db, text, key])!;
    }

    // Past the journal: a key says nothing that the text does not.
    private static async Task FillFrom<TRecord>(AppDb db, string text, string key)
        where TRecord : class, IRecord
    {
        while (
            await db.Set<TRecord>()
                .Where(r => EF.Property<string>(r, key) == "")
                .Take(Batch)
                .Select(r => new { r.Id, Text = EF.Property<string>(r, text) })
                .ToListAsync()
                is { Count: > 0 } part
        )
        {
            await db.StartWriting();
            var azerbaijani = await ReadsAzerbaijani(db);
            await ChangedRows.Set(
                db,
                db.Model.FindEntityType(typeof(TRecord))!,
                key,
                [.. part.Select(r => (r.Id, (object?)Alphabet.Key(r.Text, azerbaijani)))]
            );
            await db.SaveChangesAsync();
            // Another key may mean another shelf; lines that are gone are made anew.
            if (typeof(INamed).IsAssignableFrom(typeof(TRecord)))
                await db.Set<SearchLine>().Where(_ => db.Set<SearchShelf>().Any(s => s.Number > 0)).ExecuteDeleteAsync();
        }
    }

    private static (string Text, string Key)[] KeysOf(Type record) =>
        known.GetOrAdd(
            record,
            static r =>
                [
                    .. from property in r.GetProperties()
                    let of = property.GetCustomAttribute<OrderOfAttribute>()
                    where of is not null
                    select (of.Text, property.Name),
                ]
        );

    private static async Task<bool> ReadsAzerbaijani(AppDb db) =>
        (db.Set<Firm>().Local.FirstOrDefault() ?? await Firm.Known(db))?.Country == "AZ";
}
