using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Remit.Storage.Engines;

/// <summary>What one SQLite connection has read and planned, kept by its text for the next time it is asked.</summary>
internal sealed class Statements
{
    // Each holds some kilobytes; a page asks a dozen.
    private const int Most = 200;
    private static readonly ConditionalWeakTable<SqliteConnection, Statements> all = [];
    private readonly Dictionary<string, Statement> kept = [];

    /// <summary>A command with this text; disposing of it lays it back.</summary>
    public static SqliteCommand Take(SqliteConnection connection, string sql) =>
        MayStay(sql) ? all.GetValue(connection, _ => new()).Kept(connection, sql) : new SqliteCommand(sql, connection);

    /// <summary>Before the connection is closed.</summary>
    public static void End(SqliteConnection connection)
    {
        if (all.TryGetValue(connection, out var statements))
            statements.Clear();
    }

    // Settings are made when they are read, and tables are made once.
    private static bool MayStay(string sql) => sql.Length > 0 && sql[0] is 'S' or 'I' or 'U' or 'D' or 'W';

    private Statement Kept(SqliteConnection connection, string sql)
    {
        if (kept.TryGetValue(sql, out var known) && !known.Taken)
        {
            known.Taken = true;
            return known;
        }
        var made = new Statement(this, sql, connection) { Taken = true };
        if (known is null)
        {
            if (kept.Count == Most)
                Clear();
            kept[sql] = made;
        }
        return made;
    }

    private void Clear()
    {
        var there = kept.Values.ToList();
        kept.Clear();
        foreach (var one in there.Where(s => !s.Taken))
            one.Dispose();
    }

    private sealed class Statement(Statements home, string sql, SqliteConnection connection) : SqliteCommand(sql, connection)
    {
        public bool Taken { get; set; }

        protected override void Dispose(bool disposing)
        {
            Taken = false;
            if (disposing && home.kept.TryGetValue(CommandText, out var mine) && mine == this)
            {
                Parameters.Clear();
                Transaction = null;
            }
            else
                base.Dispose(disposing);
        }
    }
}
