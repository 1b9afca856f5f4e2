using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Remit.Storage.Engines;

/// <summary>Copies of a firm's SQLite file, taken while it is in use, and put back after a check.</summary>
internal static class SqliteCopy
{
    public static async Task Write(AppDb db, string file)
    {
        File.Delete(file);
        await db.Database.OpenConnectionAsync();
        await using var copy = new SqliteConnection(Address(file));
        await copy.OpenAsync();
        ((SqliteConnection)db.Database.GetDbConnection()).BackupDatabase(copy);
        // The copy inherits WAL; one plain file is easier to carry.
        await Ask(copy, "PRAGMA journal_mode=DELETE");
    }

    public static async Task<long> Restore(FirmStore store, string file, string firm)
    {
        if (!IsSqlite(file))
            throw new CannotRun($"{file} is no copy of a Remit database.");
        await using var present = store.Open(firm);
        var target = ((SqliteConnection)present.Database.GetDbConnection()).DataSource;
        // Beside the target, so that the last step is a rename within one file system.
        var folder = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(target))!, "restoring-" + Guid.NewGuid().ToString("N"));
        try
        {
            var copied = Path.Combine(folder, "firms", firm + ".db");
            long lines;
            using (var engine = new SqliteEngine(folder))
            {
                await engine.Create(firm);
                File.Copy(file, copied, overwrite: true);
                lines = await Check(new FirmStore(engine, []), firm, file);
            }
            await Close(copied, file);
            if (File.Exists(target))
                await Close(target, firm);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(copied, target, overwrite: true);
            return lines;
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<long> Check(FirmStore trial, string firm, string file)
    {
        try
        {
            await using var copy = trial.Open(firm);
            await copy.Database.OpenConnectionAsync();
            var state = await Ask((SqliteConnection)copy.Database.GetDbConnection(), "PRAGMA integrity_check(1)");
            if (state != "ok")
                throw new CannotRun($"{file} is damaged: {state}.");
            return await Commands.Accept(copy, file);
        }
        catch (SqliteException e)
        {
            throw new CannotRun($"{file} cannot be restored: {e.Message}");
        }
    }

    /// <summary>Leaves one file without a log beside it; possible only while nobody else has it open.</summary>
    private static async Task Close(string path, string name)
    {
        try
        {
            await using var connection = new SqliteConnection(Address(path));
            await connection.OpenAsync();
            await Ask(connection, "PRAGMA busy_timeout=2000");
            if (await Ask(connection, "PRAGMA journal_mode=DELETE") == "delete")
                return;
        }
        catch (SqliteException e) when (e.SqliteErrorCode is 5 or 6) { }
        throw new CannotRun($"{name} is in use: stop Remit before restoring.");
    }

    private static async Task<string> Ask(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 5;
        return Convert.ToString(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture) ?? "";
    }

    private static bool IsSqlite(string file)
    {
        using var stream = File.OpenRead(file);
        Span<byte> head = stackalloc byte[16];
        return stream.ReadAtLeast(head, 16, throwOnEndOfStream: false) == 16 && head.SequenceEqual("SQLite format 3\0"u8);
    }

    private static string Address(string path) => new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString();
}
