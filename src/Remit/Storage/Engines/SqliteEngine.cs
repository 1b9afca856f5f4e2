using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using SQLitePCL;

namespace Remit.Storage.Engines;

/// <summary>One file per firm in <c>{data}/firms</c>.</summary>
public sealed class SqliteEngine : IEngine, IDisposable
{
    private static readonly TimeSpan unused = TimeSpan.FromMinutes(4);
    private readonly string folder;
    private readonly ConcurrentDictionary<string, SqliteFile> files = [];
    private readonly Timer sweep;

    // Before the first file is opened. A connection belongs to one request at a time, so it needs no lock of its own around
    // each column that is read; and no count of all memory that every thread waits in line to add to.
    static SqliteEngine()
    {
        Batteries_V2.Init();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    public SqliteEngine(string data)
    {
        folder = Path.Combine(data, "firms");
        sweep = new(
            _ =>
            {
                foreach (var file in files.Values)
                    file.Close(unused);
            },
            null,
            unused,
            unused
        );
        AppDomain.CurrentDomain.ProcessExit += Leave;
    }

    public string Name => "sqlite";

    public void Configure(DbContextOptionsBuilder options, string firm)
    {
        var file = files.GetOrAdd(Address(firm), a => new(a));
        options
            // A list of a thousand keys is one parameter, not a thousand that are each looked up by name.
            .UseSqlite(file.Address, o => o.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
            .AddInterceptors(file);
    }

    public DbConnection Connection(string firm) => new SqliteConnection(Address(firm));

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
        if (files.TryRemove(Address(firm), out var file))
            file.Leave();
        foreach (var suffix in (string[])["", "-wal", "-shm"])
            System.IO.File.Delete(File(firm) + suffix);
        return Task.CompletedTask;
    }

    // Another process may still hold the file's own lock, and then they wait as SQLite does.
    public async ValueTask<IDisposable?> Turn(AppDb db)
    {
        var file = Of(db);
        if (!await file.Line.WaitAsync(TimeSpan.FromSeconds(30)))
            return null;
        try
        {
            await file.Write(db);
            return new Writing(db, file);
        }
        catch
        {
            file.Line.Release();
            throw;
        }
    }

    public Task OnDisk(AppDb db) => Of(db).Flush.Next();

    // FTS5 writes each save beside what it has, and then every word is looked for in each of these parts: they are made one.
    public Task Count(AppDb db) =>
        db.Database.ExecuteSqlRawAsync("INSERT INTO search_text(search_text) VALUES ('optimize'); PRAGMA analysis_limit=1000; ANALYZE");

    public DbCommand Command(DbConnection connection, string sql) => Statements.Take((SqliteConnection)connection, sql);

    /// <summary>Closes all files; the last to close one copies its log into it.</summary>
    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Leave;
        sweep.Dispose();
        foreach (var file in files.Values)
            file.Leave();
    }

    private void Leave(object? sender, EventArgs exit) => Dispose();

    private SqliteFile Of(AppDb db) => files.GetOrAdd(db.Database.GetConnectionString()!, a => new(a));

    // ReadWrite does not create: whoever comes late to a firm that was removed must not bring an empty one into being.
    private string Address(string firm) =>
        new SqliteConnectionStringBuilder
        {
            DataSource = File(firm),
            Mode = SqliteOpenMode.ReadWrite,
            ForeignKeys = true,
            Pooling = false,
            DefaultTimeout = 30,
        }.ToString();

    // The migrations keep a lock in the file themselves.
    public ValueTask<IAsyncDisposable?> Migrating(string firm) => default;

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

    /// <summary>A save's turn in the line, with the connection that saves.</summary>
    private sealed class Writing(AppDb db, SqliteFile file) : IDisposable
    {
        private bool ended;

        public void Dispose()
        {
            if (ended)
                return;
            ended = true;
            try
            {
                file.Read(db);
            }
            finally
            {
                file.Line.Release();
            }
        }
    }
}
