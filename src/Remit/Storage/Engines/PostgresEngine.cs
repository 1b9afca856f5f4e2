using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;

namespace Remit.Storage.Engines;

/// <summary>One database per firm, <c>remit_{firm}</c>, on the server of the connection string.</summary>
public sealed partial class PostgresEngine(string server) : IEngine
{
    private const string Prefix = "remit_";

    // By way of this database the mapper would make one that it does not find: whoever comes late to a firm that was
    // removed must not bring an empty one into being. The same for all firms, as they share what the mapper works out.
    private const string Nowhere = "no-database-is-made-by-the-mapper";
    private const int ManyLines = 6000;
    private readonly ConcurrentDictionary<string, long> seen = [];

    /// <summary>Refuses at once what is no connection string, without repeating it: it may hold a password.</summary>
    public static PostgresEngine At(string server)
    {
        try
        {
            _ = new NpgsqlConnectionStringBuilder(server);
        }
        catch (ArgumentException)
        {
            throw new CannotRun("REMIT_POSTGRES is no connection string; one looks like Host=db;Username=remit;Password=….");
        }
        return new(server);
    }

    public string Name => "postgres";

    public void Configure(DbContextOptionsBuilder options, string firm) =>
        options.UseNpgsql(Address(firm), o => o.UseAdminDatabase(Nowhere)).AddInterceptors(Limits.One);

    public DbConnection Connection(string firm) => new NpgsqlConnection(Address(firm));

    public async Task<IReadOnlyList<string>> Firms() =>
        [
            .. (await Ask("SELECT datname FROM pg_database WHERE datname LIKE 'remit\\_%' ORDER BY datname"))
                .Select(name => name[Prefix.Length..])
                .Where(name => FirmStore.Name.IsMatch(name)),
        ];

    /// <summary>A firm that was there a moment ago is there: to ask the server at every request would double its work.</summary>
    public async ValueTask<bool> Has(string firm)
    {
        if (seen.TryGetValue(firm, out var at) && Environment.TickCount64 - at < 10_000)
            return true;
        if (!(await Firms()).Contains(firm))
            return false;
        seen[firm] = Environment.TickCount64;
        return true;
    }

    // Ordered by code point, as the other engine does: pages and cursors agree on both. But what is a letter a locale of
    // Unicode says: to C only a to z are letters, and the trigram index would hold nothing of any other alphabet.
    public async Task Create(string firm)
    {
        var letters = (
            await Ask(
                "SELECT collctype FROM pg_collation WHERE collprovider = 'c' AND collencoding = 6 AND collctype <> 'C' ORDER BY collctype LIMIT 1"
            )
        ).FirstOrDefault("C");
        var made = $"\"making_{firm}\"";
        // Under another name until it is all there: other nodes bring up to date whatever firm they find. What a server takes
        // for granted is a disk with a moving head, on which a few thousand keys cost more than a whole table; and a hundred
        // samples do not tell a word of every hundredth line from one of every thirtieth.
        await Run(
            $"DROP DATABASE IF EXISTS {made}",
            $"CREATE DATABASE {made} ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE '{letters}' TEMPLATE template0",
            $"ALTER DATABASE {made} SET random_page_cost = 1.1",
            $"ALTER DATABASE {made} SET default_statistics_target = 500",
            $"ALTER DATABASE {made} RENAME TO \"{Prefix}{firm}\""
        );
    }

    public Task Drop(string firm) => Run($"DROP DATABASE IF EXISTS \"{Prefix}{firm}\" WITH (FORCE)");

    public Task Rename(string firm, string to) => Run($"ALTER DATABASE \"{Prefix}{firm}\" RENAME TO \"{Prefix}{to}\"");

    // The server's own lock lets writers go one by one, over all nodes.
    public ValueTask<IDisposable?> Turn(AppDb db) => default;

    // On a connection of its own, so that it ends with whoever holds it.
    public async ValueTask<IAsyncDisposable?> Migrating(string firm)
    {
        var alone = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(server) { Database = Prefix + firm, Pooling = false }.ToString()
        );
        try
        {
            await alone.OpenAsync();
            await using var command = new NpgsqlCommand("SELECT pg_advisory_lock(2)", alone) { CommandTimeout = 300 };
            await command.ExecuteNonQueryAsync();
            return alone;
        }
        catch
        {
            await alone.DisposeAsync();
            throw;
        }
    }

    // Its commit does not wait for the disk, because the next writer would wait with it.
    public string? LockWriters => "SELECT set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(1)";

    // A commit that does wait carries to the disk whatever was committed before it; the server joins those of many sessions.
    public Task OnDisk(AppDb db) => db.Database.ExecuteSqlRawAsync("SELECT pg_logical_emit_message(true, 'remit', '')");

    public Task Count(AppDb db) => db.Database.ExecuteSqlRawAsync("ANALYZE");

    // LIKE over the trigram index. OFFSET keeps the planner from turning it round into a look at every record in the
    // list's order: it takes for granted that what is found lies evenly among them, and the words of a name do not.
    public IQueryable<SearchLine> Having(AppDb db, IReadOnlyList<string> parts) =>
        parts.Count == 0
            ? db.Set<SearchLine>()
            : db.Set<SearchLine>().FromSql(Lines("SELECT * FROM search_lines WHERE {0} OFFSET 0", parts));

    // The planner's own estimate; what it says costs less than to count.
    public async ValueTask<bool> AreCommon(AppDb db, IReadOnlyList<string> parts)
    {
        if (parts.Count == 0)
            return true;
        var plan = await db.Database.SqlQuery<string>(Lines("EXPLAIN SELECT 1 FROM search_lines WHERE {0}", parts)).ToListAsync();
        return plan.Count > 0
            && Estimate.Match(plan[0]) is { Success: true } found
            && long.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture) > ManyLines;
    }

    // What was typed goes in as parameters.
    private static FormattableString Lines(string sql, IReadOnlyList<string> parts) =>
        FormattableStringFactory.Create(
            sql.Replace("{0}", string.Join(" AND ", parts.Select((_, n) => $"\"Text\" LIKE {{{n}}}"))),
            [.. parts.Select(p => $"%{p.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%")]
        );

    [GeneratedRegex(@" rows=(\d+)")]
    private static partial Regex Estimate { get; }

    [GeneratedRegex(@"\b(LIMIT|OFFSET) (@\w+)")]
    private static partial Regex Limit { get; }

    /// <summary>
    /// Writes into a query how many rows it asks for. A plan that is kept takes a tenth of all for granted where that is a
    /// parameter, and then walks through every invoice of the firm to find those of one client.
    /// </summary>
    private sealed class Limits : DbCommandInterceptor
    {
        public static readonly Limits One = new();

        public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
            DbCommand command,
            CommandEventData eventData,
            InterceptionResult<DbDataReader> result,
            CancellationToken cancellationToken = default
        )
        {
            command.CommandText = Limit.Replace(
                command.CommandText,
                said => $"{said.Groups[1]} {command.Parameters[said.Groups[2].Value].Value}"
            );
            return new(result);
        }
    }

    private async Task<List<string>> Ask(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Server());
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var said = new List<string>();
        while (await reader.ReadAsync())
            said.Add(reader.GetString(0));
        return said;
    }

    private async Task Run(params string[] commands)
    {
        seen.Clear();
        NpgsqlConnection.ClearAllPools();
        await using var source = NpgsqlDataSource.Create(Server());
        await using var connection = await source.OpenConnectionAsync();
        foreach (var sql in commands)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    private string Address(string firm)
    {
        // What is asked again and again is parsed and planned once on each connection; no session is given anything to take back.
        var address = new NpgsqlConnectionStringBuilder(server) { Database = Prefix + firm, NoResetOnClose = true };
        if (!address.ShouldSerialize("Max Auto Prepare"))
            address.MaxAutoPrepare = 200;
        return address.ToString();
    }

    private string Server() => new NpgsqlConnectionStringBuilder(server) { Database = "postgres", Pooling = false }.ToString();
}
