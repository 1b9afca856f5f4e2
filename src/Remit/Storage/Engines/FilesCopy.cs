using System.Formats.Tar;
using Microsoft.EntityFrameworkCore;

namespace Remit.Storage.Engines;

/// <summary>A firm's attached files beside the copy of its database: one tar, each entry named by its hash and checked against it.</summary>
internal static class FilesCopy
{
    public static string Beside(string copy) => copy + ".files";

    /// <summary>Writes all files of a firm; says how many there were.</summary>
    public static async Task<int> Write(FileStore store, string firm, string to)
    {
        var part = to + ".part";
        var count = 0;
        try
        {
            await using (var tar = new TarWriter(File.Create(part)))
                foreach (var sha256 in store.All(firm))
                {
                    await tar.WriteEntryAsync(store.Place(firm, sha256), sha256);
                    count++;
                }
            File.Move(part, to, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
        return count;
    }

    /// <summary>Puts the files of a copy into the store. What is there already stays: it has the same bytes.</summary>
    public static async Task<int> Restore(FileStore store, string firm, string from)
    {
        var count = 0;
        await using var tar = new TarReader(File.OpenRead(from));
        while (await tar.GetNextEntryAsync() is { } entry)
        {
            if (!FileStore.IsHash(entry.Name) || entry.DataStream is not { } bytes)
                throw new CannotRun($"{from} holds {entry.Name}, which is no file of Remit.");
            if (await store.Take(firm, bytes, long.MaxValue) is not { } taken || taken.Sha256 != entry.Name)
                throw new CannotRun($"{from} is damaged: {entry.Name} is not what its name says.");
            count++;
        }
        return count;
    }

    /// <summary>How many files the records name that the store has not.</summary>
    public static async Task<int> Missing(AppDb db, FileStore store, string firm)
    {
        var named = await db.Database.SqlQueryRaw<string>("""SELECT DISTINCT "Sha256" AS "Value" FROM attachments""").ToListAsync();
        return named.Count(sha256 => !File.Exists(store.Place(firm, sha256)));
    }
}
