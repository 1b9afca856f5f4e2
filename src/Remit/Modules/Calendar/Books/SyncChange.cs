using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Storage;

namespace Remit.Modules.Calendar;

/// <summary>The last change of one event or contact, numbered within its collection: what a phone asks for since it last looked (RFC 6578).</summary>
public sealed class SyncChange
{
    /// <summary>The one address book there is: the clients' contacts.</summary>
    public static readonly Guid AddressBook = new("00000000-0000-7000-8000-0000000000ab");

    public Guid Collection { get; init; }
    public Guid Item { get; init; }
    public string Path { get; set; } = "";
    public long Number { get; set; }
    public bool Gone { get; set; }

    /// <summary>The number of a collection's last change; 0 where nothing has happened. Rows are never taken away, so it only grows.</summary>
    public static async Task<long> Last(AppDb db, Guid collection) =>
        await db.Set<SyncChange>().Where(c => c.Collection == collection).MaxAsync(c => (long?)c.Number) ?? 0;
}

internal sealed class SyncChangeTable : IEntityTypeConfiguration<SyncChange>
{
    public void Configure(EntityTypeBuilder<SyncChange> t)
    {
        t.ToTable("sync_changes").HasKey(c => new { c.Collection, c.Item });
        t.HasIndex(c => new { c.Collection, c.Number });
    }
}

/// <summary>
/// Numbers the changes of every save: a page's, a phone's, an import's and an undo's alike, so that no way of writing
/// is hidden from the phones.
/// </summary>
public sealed class SyncNumbers : IFactListener
{
    private const int Batch = 1000;

    private sealed record Touched(Guid Collection, Guid Item, string Path, bool Gone, bool New = false);

    public async Task Heard(AppDb db, IReadOnlyList<Fact> facts)
    {
        var touched = Items(db).Concat(await Contacts(db)).ToList();
        foreach (var collection in touched.GroupBy(t => t.Collection))
        {
            // The write lock is held: nobody else takes this number.
            var number = await SyncChange.Last(db, collection.Key) + 1;
            var last = collection.GroupBy(t => t.Item).Select(g => g.Last()).ToList();
            // A contact that comes back out of the trash was known before, an event that comes back by an undo too.
            var known = new Dictionary<Guid, SyncChange>();
            foreach (var part in last.Where(t => !t.New || db.Undoes is not null).Select(t => t.Item).Chunk(Batch))
            foreach (
                var row in await db.Set<SyncChange>().Where(c => c.Collection == collection.Key && part.Contains(c.Item)).ToListAsync()
            )
                known[row.Item] = row;
            foreach (var one in last)
            {
                if (!known.TryGetValue(one.Item, out var row))
                    db.Add(row = new SyncChange { Collection = one.Collection, Item = one.Item });
                (row.Path, row.Number, row.Gone) = (one.Path, number, one.Gone);
            }
        }
    }

    private static IEnumerable<Touched> Items(AppDb db)
    {
        foreach (
            var entry in db
                .ChangeTracker.Entries<CalendarItem>()
                .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
        )
        {
            var before = entry.Property(i => i.CalendarBookId).OriginalValue;
            if (entry.State == EntityState.Modified && before != entry.Entity.CalendarBookId)
                yield return new(before, entry.Entity.Id, entry.Entity.Path, true);
            yield return new(
                entry.Entity.CalendarBookId,
                entry.Entity.Id,
                entry.Entity.Path,
                entry.State == EntityState.Deleted,
                entry.State == EntityState.Added
            );
        }
    }

    private static async Task<List<Touched>> Contacts(AppDb db)
    {
        var contacts = db
            .ChangeTracker.Entries<Contact>()
            .Where(e => e.State is EntityState.Added or EntityState.Modified or EntityState.Deleted)
            .ToDictionary(e => e.Entity.Id, e => e.State);
        var cards = db.ChangeTracker.Entries<ContactCard>().Where(e => e.State is EntityState.Added or EntityState.Modified).ToList();
        // A contact's card carries the client's name.
        foreach (
            var client in db
                .ChangeTracker.Entries<Client>()
                .Where(e => e.State == EntityState.Modified && e.Property(c => c.Name).IsModified)
        )
        foreach (var id in await db.Set<Contact>().Where(c => c.ClientId == client.Entity.Id).Select(c => c.Id).ToListAsync())
            contacts.TryAdd(id, EntityState.Modified);
        foreach (var card in cards)
            contacts.TryAdd(card.Entity.Id, EntityState.Modified);
        var paths = cards.ToDictionary(c => c.Entity.Id, c => c.Entity.Path);
        foreach (var part in contacts.Keys.Where(id => !paths.ContainsKey(id)).ToList().Chunk(Batch))
        foreach (var card in await db.Set<ContactCard>().Where(c => part.Contains(c.Id)).Select(c => new { c.Id, c.Path }).ToListAsync())
            paths[card.Id] = card.Path;
        return
        [
            .. contacts.Select(c => new Touched(
                SyncChange.AddressBook,
                c.Key,
                paths.GetValueOrDefault(c.Key) ?? $"{c.Key:N}.vcf",
                c.Value == EntityState.Deleted
            )),
        ];
    }
}
