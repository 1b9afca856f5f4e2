using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Remit.Storage.Engines;

/// <summary>
/// A firm's file as this process has it open. Connections are not closed but laid aside, with all that they have prepared
/// (docs/decisions/0054): to open one, to tell it what it must know and to have each question read anew cost as much as to answer.
/// </summary>
internal sealed class SqliteFile(string address) : IDbConnectionInterceptor, IDbCommandInterceptor
{
    private const int MostIdle = 16;

    // Pages come from the system's own cache: to copy each into SQLite's was half of what a search cost.
    // FULL: an answer «saved» must survive a power cut; NORMAL may lose the last commits of a WAL. The log is copied into
    // the file at every sixteen megabytes: a page that many saves change is then copied once.
    private const string Pragmas =
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=30000; PRAGMA cache_size=-16000; PRAGMA mmap_size=2000000000; PRAGMA wal_autocheckpoint=4000;";
    private readonly ConcurrentStack<(Connection Connection, long Since)> idle = [];
    private Connection? writer;
    private volatile bool left;

    /// <summary>SQLite makes a second writer sleep and look again; here they stand in a line and go on at once.</summary>
    public SemaphoreSlim Line { get; } = new(1);
    public SharedFlush Flush { get; } = new(new SqliteConnectionStringBuilder(address).DataSource + "-wal");

    public string Address => address;

    /// <summary>
    /// Gives the context the connection on which all saves of this process are made. Alone it finds its pages as it left
    /// them, where each of many would read them anew after another's save. Its commits leave the disk to the shared flush.
    /// </summary>
    public async Task Write(AppDb db)
    {
        await db.Database.CloseConnectionAsync();
        if (writer is null)
        {
            await db.Database.OpenConnectionAsync();
            writer = (Connection)db.Database.GetDbConnection();
            Tell(writer, "PRAGMA synchronous=NORMAL; PRAGMA mmap_size=0");
            await db.Database.CloseConnectionAsync();
            // Not the context's own any more, which would close it when it is done.
            db.Database.SetDbConnection(null, contextOwnsConnection: true);
        }
        db.Database.SetDbConnection(writer);
    }

    /// <summary>Takes it back; the context goes on with another.</summary>
    public void Read(AppDb db)
    {
        db.Database.SetDbConnection(null, contextOwnsConnection: true);
        db.Database.SetConnectionString(address);
        if (left)
            EndWriter();
    }

    /// <summary>Closes what nobody has used for so long.</summary>
    public void Close(TimeSpan unused)
    {
        var still = new List<(Connection Connection, long Since)>();
        while (idle.TryPop(out var one))
            if (Stopwatch.GetElapsedTime(one.Since) < unused)
                still.Add(one);
            else
                one.Connection.End();
        still.Reverse();
        if (still.Count > 0)
            idle.PushRange([.. still]);
    }

    /// <summary>Closes all, each as soon as nobody has it any more.</summary>
    public void Leave()
    {
        left = true;
        Close(TimeSpan.Zero);
        if (!Line.Wait(0))
            return;
        EndWriter();
        Line.Release();
    }

    private void EndWriter()
    {
        Interlocked.Exchange(ref writer, null)?.End();
    }

    private static void Tell(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    InterceptionResult<DbConnection> IDbConnectionInterceptor.ConnectionCreating(
        ConnectionCreatingEventData wanted,
        InterceptionResult<DbConnection> result
    ) =>
        // A look whether the file is there reads only, by another address.
        wanted.ConnectionString == address
            ? InterceptionResult<DbConnection>.SuppressWithResult(idle.TryPop(out var one) ? one.Connection : Make())
            : result;

    void IDbConnectionInterceptor.ConnectionOpened(DbConnection connection, ConnectionEndEventData opened)
    {
        if (connection is Connection)
            Tell(connection, Pragmas);
    }

    Task IDbConnectionInterceptor.ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData opened, CancellationToken cancel)
    {
        ((IDbConnectionInterceptor)this).ConnectionOpened(connection, opened);
        return Task.CompletedTask;
    }

    private void Aside(Connection connection)
    {
        if (connection == writer)
            return;
        if (left || idle.Count >= MostIdle || connection.State != ConnectionState.Open)
            connection.End();
        else
            idle.Push((connection, Stopwatch.GetTimestamp()));
    }

    // What the mapper adds to its connections, it adds to one that it is given.
    private Connection Make()
    {
        var made = new Connection(this);
        using var mapper = new DbContext(new DbContextOptionsBuilder().UseSqlite(made).Options);
        mapper.Database.GetDbConnection();
        return made;
    }

    // What comes from the mapper gets its text and its values first; then the command that has this text prepared takes them.
    InterceptionResult<DbCommand> IDbCommandInterceptor.CommandCreating(
        CommandCorrelatedEventData wanted,
        InterceptionResult<DbCommand> result
    ) => InterceptionResult<DbCommand>.SuppressWithResult(new SqliteCommand());

    DbCommand IDbCommandInterceptor.CommandInitialized(CommandEndEventData made, DbCommand bare)
    {
        var command = Statements.Take((SqliteConnection)made.Connection, bare.CommandText);
        (command.Transaction, command.CommandTimeout) = ((SqliteTransaction?)bare.Transaction, bare.CommandTimeout);
        foreach (SqliteParameter value in bare.Parameters)
            command.Parameters.Add(value);
        return command;
    }

    /// <summary>Who closes it has done with it; it stays open for the next.</summary>
    private sealed class Connection(SqliteFile file) : SqliteConnection(file.Address)
    {
        public override void Close() { }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                file.Aside(this);
        }

        public void End()
        {
            Statements.End(this);
            base.Close();
        }
    }
}
