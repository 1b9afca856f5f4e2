using Microsoft.EntityFrameworkCore;

namespace Remit.Storage;

/// <summary>Walks the journal's chain from its first line.</summary>
public static class JournalCheck
{
    /// <summary>How many lines hold, and the first that does not: altered itself, or its predecessor altered or gone.</summary>
    public static async Task<(long Held, long? Broken)> Verify(this AppDb db)
    {
        var (seq, hash) = (0L, "");
        await foreach (var line in db.Journal.AsNoTracking().OrderBy(j => j.Seq).AsAsyncEnumerable())
        {
            if (line.Seq != seq + 1 || line.Previous != hash || line.Seal() != line.Hash)
                return (seq, line.Seq);
            (seq, hash) = (line.Seq, line.Hash);
        }
        return (seq, null);
    }
}
