using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Remit.Storage;
using Remit.Storage.Engines;

namespace Remit;

public static partial class Commands
{
    private static async Task<int> Backup(string[] args)
    {
        var file = Path.GetFullPath(FileOf(args, "backup"));
        if (Directory.Exists(file))
            throw new CannotRun($"{file} is a folder: name the file to write.");
        if (File.Exists(file) && !args.Contains("--force"))
            throw new CannotRun($"{file} exists already: choose another name, or add --force.");
        if (await Chosen(args) is not { } firm)
            return 2;
        var store = Store();
        await using var db = store.Open(firm);
        int files;
        // A part and then a rename: a copy that was cut short must never bear the name of a whole one.
        var part = file + ".part";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (db.Engine is PostgresEngine)
                await PostgresCopy.Write(db, part);
            else
                await SqliteCopy.Write(db, part);
            // The database first: a file attached in between is then one too many in the copy, never one too few.
            files = await FilesCopy.Write(store.Files!, firm, FilesCopy.Beside(file));
            File.Move(part, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotRun($"{file} cannot be written: {e.Message}");
        }
        finally
        {
            File.Delete(part);
        }
        var size = new FileInfo(file).Length;
        Console.WriteLine(
            args.Contains("--json")
                ? JsonSerializer.Serialize(
                    new
                    {
                        file,
                        bytes = size,
                        files,
                    },
                    JournalWriter.Json
                )
                : $"{file}: {size} bytes; beside it {FilesCopy.Beside(file)} with attached files: {files}."
        );
        return 0;
    }

    private static async Task<int> Restore(string[] args)
    {
        var file = Path.GetFullPath(FileOf(args, "restore"));
        if (Directory.Exists(file))
            throw new CannotRun($"{file} is a folder: name the copy to restore.");
        if (!File.Exists(file))
            throw new CannotRun($"There is no file {file}.");
        var store = Store();
        var firms = await store.Firms();
        var firm =
            Option(args, "--firm") ?? (firms.Count == 1 ? firms[0] : throw new CannotRun("Say which firm the copy is for: --firm NAME."));
        if (!FirmStore.Name.IsMatch(firm))
            throw new CannotRun($"{firm} is no firm's address: letters, digits and hyphens only.");
        if (firms.Contains(firm) && !args.Contains("--force"))
            throw new CannotRun($"The firm {firm} is there already: add --force to replace all its records by those of the copy.");
        // Checked first, while nothing has been replaced; the store only grows by them.
        var beside = FilesCopy.Beside(file);
        var files = File.Exists(beside) ? await FilesCopy.Restore(store.Files!, firm, beside) : 0;
        var lines = store.Engine is PostgresEngine engine
            ? await PostgresCopy.Restore(store, engine, file, firm, firms.Contains(firm))
            : await SqliteCopy.Restore(store, file, firm);
        await using var db = store.Open(firm);
        var missing = await FilesCopy.Missing(db, store.Files!, firm);
        Console.WriteLine(
            args.Contains("--json")
                ? JsonSerializer.Serialize(
                    new
                    {
                        firm,
                        journal = lines,
                        files,
                        missing,
                    },
                    JournalWriter.Json
                )
                : $"{firm} is restored; its journal holds: {lines} lines; attached files put back: {files}."
        );
        if (missing == 0)
            return 0;
        await Console.Error.WriteLineAsync(
            $"Attached files that the records name and nobody has: {missing}. Put {beside} beside the copy and restore again."
        );
        return 1;
    }

    /// <summary>Brings a copy to this version and walks its journal, before it may take a firm's place.</summary>
    internal static async Task<long> Accept(AppDb copy, string file)
    {
        var known = copy.Database.GetMigrations().ToHashSet();
        var applied = (await copy.Database.GetAppliedMigrationsAsync()).ToList();
        if (applied.Count == 0)
            throw new CannotRun($"{file} is no copy of a Remit database.");
        if (applied.Find(m => !known.Contains(m)) is { } newer)
            throw new CannotRun($"{file} was made by a newer Remit, which knows {newer}: update first.");
        await copy.Database.MigrateAsync();
        var (held, broken) = await copy.Verify();
        if (broken is not null)
            throw new CannotRun($"{file} is not restored: its journal is broken at line {broken}.");
        return held;
    }
}
