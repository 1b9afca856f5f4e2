using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Remit.Storage;

/// <summary>A gapless sequence: the number is taken inside the transaction that uses it, and comes back if that fails.</summary>
public sealed class Counter
{
    public required string Name { get; init; }
    public long Last { get; set; }
}

internal sealed class CounterTable : IEntityTypeConfiguration<Counter>
{
    public void Configure(EntityTypeBuilder<Counter> t) => t.ToTable("counters").HasKey(c => c.Name);
}

public static class Counters
{
    /// <summary>Grows with every save that changes a habit.</summary>
    public const string Habits = "habits";

    /// <summary>The next number of <paramref name="name"/> (say <c>invoice/2026/{company}</c>), starting at 1.</summary>
    public static async Task<long> Next(this AppDb db, string name)
    {
        await db.StartWriting();
        // Read after the write lock is held, so that two requests never see the same last number.
        var counter = db.Set<Counter>().Local.FirstOrDefault(c => c.Name == name);
        if (counter is null)
        {
            counter = await db.Set<Counter>().SingleOrDefaultAsync(c => c.Name == name);
            if (counter is null)
                db.Add(counter = new Counter { Name = name });
        }
        else if (db.Entry(counter).State == EntityState.Unchanged)
            await db.Entry(counter).ReloadAsync();
        // Through the entry, so that it is known to be changed at once, whoever has switched off the looking for changes.
        var last = db.Entry(counter).Property(c => c.Last);
        return last.CurrentValue = counter.Last + 1;
    }
}
