using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Clients.Import;

/// <summary>The rows of an import: from the file into parts, and out of them again.</summary>
internal static class ImportParts
{
    public const int MostRows = 1_000_000;

    /// <summary>Wrong rows offered for mending at a time.</summary>
    public const int MostMended = 100;

    /// <summary>Parts that are gone through before anything happens; of a longer table the rest is checked on the way.</summary>
    public const int Previewed = 10;
    private const int SavedAtOnce = 20;
    private static readonly TimeSpan forgotten = TimeSpan.FromDays(7);

    public static SheetFile Open(Stream file, string name, IEnumerable<ISheetFormat> formats)
    {
        var start = new byte[64];
        var length = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return formats.FirstOrDefault(f => f.Knows(start.AsSpan(0, length))) is { } format
            ? format.Read(file, name)
            : SheetFile.Open(file, name);
    }

    /// <summary>Reads a table to its end and keeps it in parts, of which no more than a few are in memory.</summary>
    public static async Task<ClientImport> Keep(AppDb db, SheetFile sheet, string name, Guid by, DateTime now)
    {
        await Forget(db, by, now);
        ClientImport? import = null;
        try
        {
            foreach (var rows in sheet.Rows.Chunk(ClientImport.PartRows))
            {
                import ??= ClientImport.Of(sheet.Head, rows, name, by, now);
                Must(import.Total + rows.Length <= MostRows, "sheet.too_long", ("most", MostRows));
                db.Add(import.Hold(rows));
                if (import.Parts % SavedAtOnce != 0)
                    continue;
                await db.SaveChangesAsync();
                db.ChangeTracker.Clear();
            }
            db.Add(import!);
            await db.SaveChangesAsync();
            return import!;
        }
        catch (Refusal) when (import is not null)
        {
            db.ChangeTracker.Clear();
            await db.Set<ImportPart>().Where(p => p.ImportId == import.Id).ExecuteDeleteAsync();
            throw;
        }
    }

    // What was looked at and never taken is not kept for ever.
    private static async Task Forget(AppDb db, Guid by, DateTime now)
    {
        var old = db.Set<ClientImport>().Where(i => i.MadeBy == by && i.State == ImportState.Ready && i.MadeAt < now - forgotten);
        await db.Set<ImportPart>().Where(p => old.Any(i => i.Id == p.ImportId)).ExecuteDeleteAsync();
        await old.ExecuteDeleteAsync();
    }

    /// <summary>The rows that a preview goes through.</summary>
    public static async Task<IReadOnlyList<string[]>> First(AppDb db, ClientImport import) =>
        [.. (await FirstParts(db.Set<ImportPart>().AsNoTracking(), import)).SelectMany(p => p.Table)];

    /// <summary>The rows that were refused, each behind its reason.</summary>
    public static async Task<IReadOnlyList<string[]>> Rejected(AppDb db, ClientImport import, int most)
    {
        var found = new List<string[]>();
        await foreach (
            var part in db.Set<ImportPart>()
                .AsNoTracking()
                .Where(p => p.ImportId == import.Id && p.Rejected != "[]")
                .OrderBy(p => p.Number)
                .AsAsyncEnumerable()
        )
        {
            found.AddRange(part.Refused.Take(most - found.Count));
            if (found.Count >= most)
                break;
        }
        return found;
    }

    /// <summary>A mended cell comes as r{row}c{column}, a row to be left out as drop.</summary>
    public static async Task Mend(AppDb db, ClientImport import, Form form)
    {
        var (mended, dropped) = (Numbers(form.All("mended")), Numbers(form.All("drop")));
        if (mended.Count + dropped.Count == 0)
            return;
        var first = 0;
        foreach (var part in await FirstParts(db.Set<ImportPart>(), import))
        {
            var rows = part.Table;
            var left = rows.Select(
                    (row, i) =>
                        (
                            Row: mended.Contains(first + i)
                                ? [.. row.Select((was, column) => form.Sent($"r{first + i}c{column}") ?? was)]
                                : row,
                            At: first + i
                        )
                )
                .Where(r => !dropped.Contains(r.At))
                .Select(r => r.Row)
                .ToList();
            part.Mend(left);
            import.Lose(rows.Count - left.Count);
            first += rows.Count;
        }
    }

    private static HashSet<int> Numbers(IEnumerable<string> texts) =>
        [.. texts.Select(t => int.TryParse(t, out var n) ? n : -1).Where(n => n >= 0)];

    private static Task<List<ImportPart>> FirstParts(IQueryable<ImportPart> parts, ClientImport import) =>
        parts.Where(p => p.ImportId == import.Id && p.Number < Previewed).OrderBy(p => p.Number).ToListAsync();
}
