using Microsoft.EntityFrameworkCore;

namespace Remit.Storage;

/// <summary>Walks the journal's chain from its first line, and counts that none is gone at its end.</summary>
public static class JournalCheck
{
    /// <summary>The counter that every save moves on by the lines it writes: a chain cut short is still a chain.</summary>
    internal const string Counted = "journal";

    /// <summary>How many lines hold, and the first that does not: altered itself or gone, or its predecessor.</summary>
    public static async Task<(long Held, long? Broken)> Verify(this AppDb db)
    {
        // Counted before they are read: whoever writes meanwhile only adds.
        var written = await Written(db);
        var (seq, hash) = (0L, "");
        await using var lines = db.Journal.AsNoTracking().OrderBy(j => j.Seq).AsAsyncEnumerable().GetAsyncEnumerator();
        try
        {
            while (await lines.MoveNextAsync())
            {
                var line = lines.Current;
                if (line.Seq != seq + 1 || line.Previous != hash || line.Seal() != line.Hash)
                    return (seq, line.Seq);
                (seq, hash) = (line.Seq, line.Hash);
            }
        }
        // What no save writes cannot even be read: no such kind, no such moment.
        catch (Exception e) when (e is InvalidOperationException or FormatException or InvalidCastException or OverflowException)
        {
            return (seq, seq + 1);
        }
        return (seq, written > seq ? seq + 1 : null);
    }

    internal static Task<long> Written(AppDb db) =>
        db.Set<Counter>().Where(c => c.Name == Counted).Select(c => c.Last).SingleOrDefaultAsync();

    /// <summary>Goes with the other rows of the save, in one message.</summary>
    internal static void Count(AppDb db, long counted, int lines)
    {
        var counter = db.Set<Counter>().Local.FindEntry(Counted) ?? db.Attach(new Counter { Name = Counted });
        var last = counter.Property(c => c.Last);
        (last.OriginalValue, last.CurrentValue) = (counted, counted + lines);
    }
}
