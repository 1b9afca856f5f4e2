using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Remit.Storage.Engines;

/// <summary>One database per firm, <c>remit_{firm}</c>, on the server of the connection string.</summary>
public sealed class PostgresEngine(string server) : IEngine
{
    private const string Prefix = "remit_";

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

    // The C locale orders by code point, as the other engine does: pages and cursors agree on both.
    public Task Create(string firm) => Run($"CREATE DATABASE \"{Prefix}{firm}\" ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0");
    public Task Drop(string firm) => Run($"DROP DATABASE IF EXISTS \"{Prefix}{firm}\" WITH (FORCE)");

    public Task Rename(string firm, string to) => Run($"ALTER DATABASE \"{Prefix}{firm}\" RENAME TO \"{Prefix}{to}\"");

    public Task LockWriters(AppDb db) => db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(1)");

    // LIKE over the trigram index; the provider escapes what was typed.
    public IQueryable<SearchLine> Having(AppDb db, IReadOnlyList<string> parts) =>
        parts.Aggregate(db.Set<SearchLine>().AsQueryable(), (lines, part) => lines.Where(l => l.Text.Contains(part)));

    private async Task Run(string sql)
    {
        NpgsqlConnection.ClearAllPools();
        await using var source = NpgsqlDataSource.Create(Server());
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private string Server() => new NpgsqlConnectionStringBuilder(server) { Database = "postgres", Pooling = false }.ToString();
}
