using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Remit.Storage.Engines;

/// <summary>Copies of a firm's PostgreSQL database, by the server's own pg_dump and pg_restore.</summary>
internal static class PostgresCopy
{
    public static Task Write(AppDb db, string file) => Run("pg_dump", Address(db), ["--format=custom", "--no-owner", "--file=" + file]);

    public static async Task<long> Restore(FirmStore store, PostgresEngine engine, string file, string firm, bool replace)
    {
        if (!IsDump(file))
            throw new CannotRun($"{file} is no copy of a Remit database on PostgreSQL.");
        // Restored under another name and checked there: a bad copy must not cost the firm what it has. No firm is called so;
        // other nodes would bring it up to date while it is being filled.
        var trial = "0-" + Guid.NewGuid().ToString("N")[..12];
        await engine.Create(trial);
        try
        {
            long lines;
            await using (var copy = store.Open(trial))
            {
                await Run("pg_restore", Address(copy), ["--no-owner", "--exit-on-error", "--dbname=remit_" + trial, file]);
                lines = await Commands.Accept(copy, file);
            }
            if (replace)
                await engine.Drop(firm);
            await engine.Rename(trial, firm);
            return lines;
        }
        catch
        {
            await engine.Drop(trial);
            throw;
        }
    }

    private static NpgsqlConnectionStringBuilder Address(AppDb db) => new(db.Database.GetConnectionString());

    private static async Task Run(string program, NpgsqlConnectionStringBuilder address, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PGHOST"] = address.Host;
        start.Environment["PGPORT"] = address.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = address.Username;
        start.Environment["PGDATABASE"] = address.Database;
        if (address.Password is { Length: > 0 } password)
            start.Environment["PGPASSWORD"] = password;
        try
        {
            using var process = Process.Start(start)!;
            var output = process.StandardOutput.ReadToEndAsync();
            var said = await process.StandardError.ReadToEndAsync();
            await output;
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new CannotRun($"{program} refused: {said.Trim().ReplaceLineEndings(" ")}");
        }
        catch (Win32Exception)
        {
            throw new CannotRun($"{program} is not installed here: it comes with the package postgresql-client.");
        }
    }

    private static bool IsDump(string file)
    {
        using var stream = File.OpenRead(file);
        Span<byte> head = stackalloc byte[5];
        return stream.ReadAtLeast(head, 5, throwOnEndOfStream: false) == 5 && head.SequenceEqual("PGDMP"u8);
    }
}
