using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Remit.Storage.Engines;

/// <summary>One file per firm in <c>{data}/firms</c>.</summary>
public sealed class SqliteEngine(string data) : IEngine
{
    private readonly string folder = Path.Combine(data, "firms");
    private readonly ConcurrentDictionary<string, Writers> writers = [];

    public string Name => "sqlite";

    // ReadWrite does not create: whoever comes late to a firm that was removed must not bring an empty one into being.
    public void Configure(DbContextOptionsBuilder options, string firm) =>
        options
            .UseSqlite(
                new SqliteConnectionStringBuilder
                {
                    DataSource = File(firm),
                    Mode = SqliteOpenMode.ReadWrite,
                    ForeignKeys = true,
                    DefaultTimeout = 30,
                }.ToString(),
                // A list of a thousand keys is one parameter, not a thousand that are each looked up by name.
                o => o.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter)
            )
            .AddInterceptors(Pragmas.One);

    public Task<IReadOnlyList<string>> Firms() =>
        Task.FromResult<IReadOnlyList<string>>(
            Directory.Exists(folder)
                ?
                [
                    .. Directory
                        .EnumerateFiles(folder, "*.db")
                        .Select(f => Path.GetFileNameWithoutExtension(f))
                        .Order(StringComparer.Ordinal),
                ]
                : []
        );

    public ValueTask<bool> Has(string firm) => ValueTask.FromResult(System.IO.File.Exists(File(firm)));

    public Task Create(string firm)
    {
        // A firm's file is for the program's own user and nobody else on the machine.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // The mode is written into the file, so that whoever looks at it reading only has nothing to set.
        using var file = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = File(firm), Pooling = false }.ToString());
        file.Open();
        using var mode = file.CreateCommand();
        mode.CommandText = "PRAGMA journal_mode=WAL";
        mode.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    public Task Drop(string firm)
    {
        SqliteConnection.ClearAllPools();
        foreach (var suffix in (string[])["", "-wal", "-shm"])
            System.IO.File.Delete(File(firm) + suffix);
        return Task.CompletedTask;
    }

    // SQLite makes a second writer sleep and look again; here they stand in a line and go on at once. Another process
    // may still hold the file's own lock, and then they wait as SQLite does.
    public async ValueTask<IDisposable?> Turn(AppDb db)
    {
        var line = Of(db).Line;
        var held = await line.WaitAsync(TimeSpan.FromSeconds(30)) ? line : null;
        try
        {
            return await Writing.Begin(db, held);
        }
        catch
        {
            held?.Release();
            throw;
        }
    }

    public Task OnDisk(AppDb db) => Of(db).Flush.Next();

    // FTS5 writes each save beside what it has, and then every word is looked for in each of these parts: they are made one.
    public Task Count(AppDb db) =>
        db.Database.ExecuteSqlRawAsync("INSERT INTO search_text(search_text) VALUES ('optimize'); PRAGMA analysis_limit=1000; ANALYZE");

    private Writers Of(AppDb db) =>
        writers.GetOrAdd(
            db.Database.GetConnectionString()!,
            a => new(new(1), new(new SqliteConnectionStringBuilder(a).DataSource + "-wal"))
        );

    // The migrations keep a lock in the file themselves.
    public ValueTask<IAsyncDisposable?> Migrating(string firm) => default;

    // BEGIN IMMEDIATE, which is how the provider begins, already holds the one write lock.
    public Task LockWriters(AppDb db) => Task.CompletedTask;

    public IQueryable<SearchLine> Having(AppDb db, IReadOnlyList<string> parts) =>
        parts.Count == 0
            ? db.Set<SearchLine>()
            : db.Set<SearchLine>()
                .FromSqlRaw(
                    "SELECT l.* FROM search_text t JOIN search_lines l ON l.\"Seq\" = t.rowid WHERE t.search_text MATCH {0}",
                    Match(parts)
                );

    public bool FindsInOrder => true;

    // Whole shelves: within one the order is not that of names.
    public async Task<IQueryable<SearchLine>?> First(AppDb db, IReadOnlyList<string> parts, int many, Guid? after, bool down)
    {
        if (parts.Count == 0)
            return null;
        const long size = SearchShelves.Size;
        var (low, high, match) = (0L, SearchShelves.Last * size, Match(parts));
        if (after is { } record)
        {
            if (await db.Set<SearchLine>().Where(l => l.RecordId == record).Select(l => (long?)l.Seq).FirstOrDefaultAsync() is not { } at)
                return null;
            (low, high) = down ? (low, (at / size + 1) * size) : (at / size * size, high);
        }
        const string found = "SELECT rowid AS \"Value\" FROM search_text WHERE search_text MATCH {0} AND rowid >= {1} AND rowid < {2}";
        const string onward = found + " ORDER BY rowid LIMIT 1 OFFSET {3}";
        const string backward = found + " ORDER BY rowid DESC LIMIT 1 OFFSET {3}";
        var last = await db.Database.SqlQueryRaw<long>(down ? backward : onward, match, low, high, many).ToListAsync();
        if (last.Count == 0)
            return null;
        (low, high) = down ? (last[0] / size * size, high) : (low, (last[0] / size + 1) * size);
        return db.Set<SearchLine>()
            .FromSqlRaw(
                "SELECT l.* FROM search_text t JOIN search_lines l ON l.\"Seq\" = t.rowid WHERE t.search_text MATCH {0} AND t.rowid >= {1} AND t.rowid < {2}",
                match,
                low,
                high
            );
    }

    // Words of which the index holds nothing; whatever it holds it gives in order.
    public ValueTask<bool> AreCommon(AppDb db, IReadOnlyList<string> parts) => ValueTask.FromResult(parts.Count == 0);

    private static string Match(IReadOnlyList<string> parts) => string.Join(" AND ", parts.Select(p => $"\"{p.Replace("\"", "\"\"")}\""));

    private string File(string firm) => Path.Combine(folder, firm + ".db");

    private sealed record Writers(SemaphoreSlim Line, SharedFlush Flush);

    /// <summary>
    /// While it lasts, a commit leaves the disk to <see cref="OnDisk"/>; whatever else this connection writes waits for the
    /// disk itself.
    /// </summary>
    private sealed class Writing(AppDb db, SemaphoreSlim? line) : IDisposable
    {
        private bool ended;

        public static async Task<Writing> Begin(AppDb db, SemaphoreSlim? line)
        {
            await db.Database.OpenConnectionAsync();
            Pragmas.Tell(db.Database.GetDbConnection(), "PRAGMA synchronous=NORMAL");
            return new(db, line);
        }

        public void Dispose()
        {
            if (ended)
                return;
            ended = true;
            try
            {
                Pragmas.Tell(db.Database.GetDbConnection(), "PRAGMA synchronous=FULL");
                db.Database.CloseConnection();
            }
            finally
            {
                line?.Release();
            }
        }
    }

    private sealed class Pragmas : DbConnectionInterceptor
    {
        public static readonly Pragmas One = new();

        // Pages come from the system's own cache: to copy each into SQLite's was half of what a search cost.
        // FULL: an answer «saved» must survive a power cut; NORMAL may lose the last commits of a WAL. The log is copied into
        // the file at every sixteen megabytes: a page that many saves change is then copied once.
        private const string Sql =
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000; PRAGMA cache_size=-16000; PRAGMA mmap_size=2000000000; PRAGMA wal_autocheckpoint=4000;";

        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Run(connection);

        public override Task ConnectionOpenedAsync(
            DbConnection connection,
            ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            Run(connection);
            return Task.CompletedTask;
        }

        // A pooled connection keeps what it was told.
        private static readonly ConditionalWeakTable<object, object> told = [];

        private static void Run(DbConnection connection)
        {
            if (!told.TryAdd(((SqliteConnection)connection).Handle!, connection.DataSource))
                return;
            // A look whether the file is there reads only, and has nothing to set.
            if (connection.ConnectionString.Contains("Mode=ReadOnly", StringComparison.OrdinalIgnoreCase))
                return;
            Tell(connection, Sql);
        }

        public static void Tell(DbConnection connection, string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }
}
