using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Remit.Storage.Engines;

/// <summary>One file per firm in <c>{data}/firms</c>.</summary>
public sealed class SqliteEngine(string data) : IEngine
{
    private readonly string folder = Path.Combine(data, "firms");

    public string Name => "sqlite";

    public void Configure(DbContextOptionsBuilder options, string firm) => options
        .UseSqlite(new SqliteConnectionStringBuilder { DataSource = File(firm), ForeignKeys = true, DefaultTimeout = 30 }.ToString())
        .AddInterceptors(Pragmas.One);

    public Task<IReadOnlyList<string>> Firms() => Task.FromResult<IReadOnlyList<string>>(Directory.Exists(folder)
        ? [.. Directory.EnumerateFiles(folder, "*.db").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)]
        : []);

    public Task Create(string firm)
    {
        // A firm's file is for the program's own user and nobody else on the machine.
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Task.CompletedTask;
    }

    public Task Drop(string firm)
    {
        SqliteConnection.ClearAllPools();
        foreach (var suffix in (string[])["", "-wal", "-shm"]) System.IO.File.Delete(File(firm) + suffix);
        return Task.CompletedTask;
    }

    // BEGIN IMMEDIATE, which is how the provider begins, already holds the one write lock.
    public Task LockWriters(AppDb db) => Task.CompletedTask;

    public IQueryable<SearchLine> Having(AppDb db, IReadOnlyList<string> parts) => parts.Count == 0
        ? db.Set<SearchLine>()
        : db.Set<SearchLine>().FromSqlRaw("SELECT * FROM search_lines WHERE \"Seq\" IN (SELECT rowid FROM search_text WHERE search_text MATCH {0})",
            string.Join(" AND ", parts.Select(p => $"\"{p.Replace("\"", "\"\"")}\"")));

    private string File(string firm) => Path.Combine(folder, firm + ".db");

    private sealed class Pragmas : DbConnectionInterceptor
    {
        public static readonly Pragmas One = new();

        // FULL: an answer «saved» must survive a power cut; NORMAL may lose the last commits of a WAL.
        private const string Sql = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000; PRAGMA cache_size=-16000;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Run(connection);

        public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            Run(connection);
            return Task.CompletedTask;
        }

        private static void Run(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = Sql;
            command.ExecuteNonQuery();
        }
    }
}
