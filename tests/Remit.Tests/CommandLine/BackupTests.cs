using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Storage.Engines;
using Remit.Web;

namespace Remit.Tests.CommandLine;

public sealed class BackupTests : IDisposable
{
    private readonly RemitProgram remit = new();
    private readonly string firm = "copy-" + Guid.NewGuid().ToString("N")[..12];
    private readonly FirmStore store;

    public BackupTests() =>
        store = new FirmStore(
            Environment.GetEnvironmentVariable("REMIT_TEST_POSTGRES") is { Length: > 0 } server
                ? new PostgresEngine(server)
                : new SqliteEngine(remit.Data),
            []
        );

    [Fact]
    public async Task A_firm_comes_back_from_its_backup_with_its_journal()
    {
        await Named("Before");
        var file = Path.Combine(remit.Folder, "firm.backup");
        var (code, output, error) = await remit.Run("backup", file, "--firm", firm, "--json");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(new FileInfo(file).Length, JsonDocument.Parse(output).RootElement.GetProperty("bytes").GetInt64());

        await Named("After");
        Assert.Contains("--force", await remit.Refused("backup", file, "--firm", firm));
        Assert.Contains("--force", await remit.Refused("restore", file, "--firm", firm));
        (store.Engine as SqliteEngine)?.Dispose();
        (code, output, error) = await remit.Run("restore", file, "--firm", firm, "--force", "--json");
        Assert.Equal((0, ""), (code, error));
        Assert.Equal(1, JsonDocument.Parse(output).RootElement.GetProperty("journal").GetInt64());
        await using var db = store.Open(firm);
        Npgsql.NpgsqlConnection.ClearAllPools();
        Assert.Equal("Before", (await db.Set<Firm>().SingleAsync()).Name);
    }

    [Fact]
    public async Task Attached_files_go_with_the_copy_and_a_copy_without_them_says_so()
    {
        await Named("Before");
        var files = new FileStore(remit.Data);
        var (sha256, _) = (await files.Take(firm, new MemoryStream("signed act"u8.ToArray()), 100))!.Value;
        await using (var db = store.Open(firm))
        {
            db.Add(Remit.Modules.Files.Attachment.At("client", Guid.NewGuid(), "act.txt", "text/plain", 10, sha256, null, DateTime.UtcNow));
            await db.SaveChangesAsync();
        }
        var file = Path.Combine(remit.Folder, "firm.backup");
        Assert.Contains("attached files: 1", (await remit.Run("backup", file, "--firm", firm)).Out);
        files.Drop(firm);
        (store.Engine as SqliteEngine)?.Dispose();
        Assert.Equal(0, (await remit.Run("restore", file, "--firm", firm, "--force")).Code);
        Assert.Equal("signed act", await File.ReadAllTextAsync(files.Place(firm, sha256)));

        files.Drop(firm);
        File.Move(file + ".files", file + ".away");
        var (code, _, error) = await remit.Run("restore", file, "--firm", firm, "--force");
        Assert.Equal(1, code);
        Assert.Contains("nobody has: 1", error);
        await File.WriteAllBytesAsync(
            file + ".files",
            [.. (await File.ReadAllBytesAsync(file + ".away")).Select(b => b == (byte)'s' ? (byte)'z' : b)]
        );
        Assert.Contains("damaged", await remit.Refused("restore", file, "--firm", firm, "--force"));
    }

    [Fact]
    public async Task A_copy_of_the_first_version_comes_back_and_is_brought_to_this_one()
    {
        await store.Engine.Create(firm);
        var (client, now) = (Guid.CreateVersion7(), new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc));
        await using (var db = store.Open(firm))
        {
            await Migrated(db, "0001_House", "0010_Trade");
            await db.Database.ExecuteSqlAsync(
                $"""INSERT INTO firm ("Id", "Name", "Country", "Currency", "Language", "TimeZone", "IsDemo", "Version") VALUES ({Firm.TheOne}, {"Old Firm"}, {"BG"}, {"EUR"}, {"bg"}, {"Europe/Sofia"}, {false}, {0})"""
            );
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO clients ("Id", "Name", "Folded", "Country", "TaxId", "Kpp", "Address", "BankAccount", "Bic", "Language", "Segment", "KeyAccount", "Route", "CreatedAt", "Version")
                VALUES ({client}, {"Old Client"}, {"old client"}, {"BG"}, {""}, {""}, {""}, {""}, {""}, {"bg"}, {""}, {false}, {""}, {now}, {0})
                """
            );
            var line = new JournalEntry
            {
                Seq = 1,
                ChangeId = Guid.CreateVersion7(),
                At = now,
                ActorId = null,
                ActorName = "Remit",
                Kind = JournalKind.Created,
                Record = "Client",
                RecordId = client,
                Title = "Old Client",
                Values = """{"Name":[null,"Old Client"]}""",
                Undoes = null,
                Previous = "",
            };
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO journal ("Seq", "ChangeId", "At", "ActorName", "Kind", "Record", "RecordId", "Title", "Values", "Previous", "Hash")
                VALUES ({line.Seq}, {line.ChangeId}, {line.At}, {line.ActorName}, {"Created"}, {line.Record}, {line.RecordId}, {line.Title}, {line.Values}, {line.Previous}, {line.Seal()})
                """
            );
        }
        var file = Path.Combine(remit.Folder, "old.backup");
        Assert.Equal(0, (await remit.Run("backup", file, "--firm", firm)).Code);
        await store.Engine.Drop(firm);
        (store.Engine as SqliteEngine)?.Dispose();
        var (code, _, error) = await remit.Run("restore", file, "--firm", firm);
        Assert.Equal((0, ""), (code, error));
        Npgsql.NpgsqlConnection.ClearAllPools();
        await store.MigrateAll();
        await using var back = store.Open(firm);
        Assert.Empty(await back.Database.GetPendingMigrationsAsync());
        Assert.Equal(client, (await back.Set<Client>().Saying(back, "old cli").SingleAsync()).Id);
        Assert.Equal((1, (long?)null), await back.Verify());
    }

    [Fact]
    public async Task A_copy_whose_journal_was_altered_is_not_restored()
    {
        await Named("Before");
        await Named("After");
        await using (var db = store.Open(firm))
            await db.Database.ExecuteSqlRawAsync("""UPDATE journal SET "Title" = 'x' WHERE "Seq" = 1""");
        var file = Path.Combine(remit.Folder, "firm.backup");
        Assert.Equal(0, (await remit.Run("backup", file, "--firm", firm)).Code);
        (store.Engine as SqliteEngine)?.Dispose();
        Assert.Contains("broken at line 1", await remit.Refused("restore", file, "--firm", firm, "--force"));
        await using var kept = store.Open(firm);
        Assert.Equal("After", (await kept.Set<Firm>().SingleAsync()).Name);
    }

    [Fact]
    public async Task What_is_no_copy_of_a_firm_is_not_restored()
    {
        Assert.Contains("no copy", await remit.Refused("restore", remit.Write("x", "hello"), "--firm", firm));
        Assert.Contains("no file", await remit.Refused("restore", "absent", "--firm", firm));
        Assert.Contains("folder", await remit.Refused("restore", remit.Folder, "--firm", firm));
    }

    [Fact]
    public async Task A_firm_in_use_is_not_replaced()
    {
        if (store.Engine is PostgresEngine)
            return;
        await Named("Before");
        var file = Path.Combine(remit.Folder, "firm.backup");
        Assert.Equal(0, (await remit.Run("backup", file, "--firm", firm)).Code);
        await using var db = store.Open(firm);
        await db.Set<Firm>().SingleAsync();
        await db.Database.OpenConnectionAsync();
        Assert.Contains("in use", await remit.Refused("restore", file, "--firm", firm, "--force"));
    }

    /// <summary>To an earlier version; the migrator itself knows the way there by longer names only.</summary>
    private static async Task Migrated(AppDb db, params string[] versions)
    {
        var (history, made) = (db.GetService<IHistoryRepository>(), db.GetService<IMigrationsAssembly>());
        await history.CreateIfNotExistsAsync();
        foreach (var version in versions)
        {
            var migration = made.CreateMigration(made.Migrations[version], db.Database.ProviderName!);
            foreach (var command in db.GetService<IMigrationsSqlGenerator>().Generate(migration.UpOperations))
                await db.Database.ExecuteSqlRawAsync(command.CommandText.Replace("{", "{{").Replace("}", "}}"));
            await db.Database.ExecuteSqlRawAsync(history.GetInsertScript(new HistoryRow(version, "10.0.0")));
        }
    }

    private async Task Named(string name)
    {
        await using var db = await store.Create(firm);
        if (await db.Set<Firm>().SingleOrDefaultAsync() is { } there)
            there.Name = name;
        else
            db.Add(
                new Firm
                {
                    Name = name,
                    Country = "RU",
                    Currency = "RUB",
                    Language = "ru",
                }
            );
        await db.SaveChangesAsync();
    }

    public void Dispose()
    {
        // A test that made no firm has no folder to drop it from.
        if (store.Engine is PostgresEngine || Directory.Exists(remit.Data))
            store.Engine.Drop(firm).GetAwaiter().GetResult();
        remit.Dispose();
    }
}
