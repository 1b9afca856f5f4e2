using System.Data.Common;
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
        var (seq, hash) = (0L, "");
        try
        {
            // Counted before they are read: whoever writes meanwhile only adds.
            var written = await Written(db);
            await using var lines = db.Journal.AsNoTracking().OrderBy(j => j.Seq).AsAsyncEnumerable().GetAsyncEnumerator();
            while (await lines.MoveNextAsync())
            {
                var line = lines.Current;
                if (line.Seq != seq + 1 || line.Previous != hash || line.Seal() != line.Hash)
                    return (seq, line.Seq);
                (seq, hash) = (line.Seq, line.Hash);
            }
            return (seq, written > seq ? seq + 1 : null);
        }
        // What no save writes cannot even be read: no such kind, no such moment.
        catch (Exception e) when (e is InvalidOperationException or FormatException or InvalidCastException or OverflowException)
        {
            return (seq, seq + 1);
        }
        // Nor does a database that was damaged, or lacks a table, give its lines.
        catch (DbException e) when (!e.IsTransient)
        {
            return (seq, seq + 1);
        }
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
