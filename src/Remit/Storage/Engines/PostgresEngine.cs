using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Remit.Storage.Engines;

/// <summary>One database per firm, <c>remit_{firm}</c>, on the server of the connection string.</summary>
public sealed class PostgresEngine(string server) : IEngine
{
    private const string Prefix = "remit_";
    private readonly ConcurrentDictionary<string, long> seen = [];

    public string Name => "postgres";

    public void Configure(DbContextOptionsBuilder options, string firm) =>
        options.UseNpgsql(new NpgsqlConnectionStringBuilder(server) { Database = Prefix + firm }.ToString());

    public async Task<IReadOnlyList<string>> Firms()
    {
        await using var source = NpgsqlDataSource.Create(Server());
        await using var command = source.CreateCommand("SELECT datname FROM pg_database WHERE datname LIKE 'remit\\_%' ORDER BY datname");
        await using var reader = await command.ExecuteReaderAsync();
        var firms = new List<string>();
        while (await reader.ReadAsync()) firms.Add(reader.GetString(0)[Prefix.Length..]);
        return firms;
    }

    /// <summary>A firm that was there a moment ago is there: to ask the server at every request would double its work.</summary>
    public async ValueTask<bool> Has(string firm)
    {
        if (seen.TryGetValue(firm, out var at) && Environment.TickCount64 - at < 10_000) return true;
        if (!(await Firms()).Contains(firm)) return false;
        seen[firm] = Environment.TickCount64;
        return true;
    }

    // The C locale orders by code point, as the other engine does: pages and cursors agree on both.
    public Task Create(string firm) => Run($"CREATE DATABASE \"{Prefix}{firm}\" ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0");
    public Task Drop(string firm) => Run($"DROP DATABASE IF EXISTS \"{Prefix}{firm}\" WITH (FORCE)");

    public Task Rename(string firm, string to) => Run($"ALTER DATABASE \"{Prefix}{firm}\" RENAME TO \"{Prefix}{to}\"");

    // The server's own lock lets writers go one by one, over all nodes.
    public ValueTask<IDisposable?> Turn(AppDb db) => default;

    public Task LockWriters(AppDb db) => db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(1)");

    // LIKE over the trigram index; the provider escapes what was typed.
    public IQueryable<SearchLine> Having(AppDb db, IReadOnlyList<string> parts) =>
        parts.Aggregate(db.Set<SearchLine>().AsQueryable(), (lines, part) => lines.Where(l => l.Text.Contains(part)));

    // Its planner knows by its own statistics which way is shorter.
    public ValueTask<bool> AreCommon(AppDb db, IReadOnlyList<string> parts) => ValueTask.FromResult(false);

    private async Task Run(string sql)
    {
        seen.Clear();
        NpgsqlConnection.ClearAllPools();
        await using var source = NpgsqlDataSource.Create(Server());
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private string Server() => new NpgsqlConnectionStringBuilder(server) { Database = "postgres", Pooling = false }.ToString();
}
