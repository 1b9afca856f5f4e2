using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Remit.Storage;
using Remit.Storage.Engines;
using Remit.Web;

namespace Remit.Tests.CommandLine;

public sealed class BackupTests : IDisposable
{
    private readonly RemitProgram remit = new();
    private readonly string firm = "copy-" + Guid.NewGuid().ToString("N")[..12];
    private readonly FirmStore store;

    public BackupTests() => store = new FirmStore(
        Environment.GetEnvironmentVariable("REMIT_TEST_POSTGRES") is { Length: > 0 } server ? new PostgresEngine(server) : new SqliteEngine(remit.Data), []);

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
        SqliteConnection.ClearAllPools();
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
        SqliteConnection.ClearAllPools();
        Assert.Equal(0, (await remit.Run("restore", file, "--firm", firm, "--force")).Code);
        Assert.Equal("signed act", await File.ReadAllTextAsync(files.Place(firm, sha256)));

        files.Drop(firm);
        File.Move(file + ".files", file + ".away");
        var (code, _, error) = await remit.Run("restore", file, "--firm", firm, "--force");
        Assert.Equal(1, code);
        Assert.Contains("nobody has: 1", error);
        await File.WriteAllBytesAsync(file + ".files", [.. (await File.ReadAllBytesAsync(file + ".away")).Select(b => b == (byte)'s' ? (byte)'z' : b)]);
        Assert.Contains("damaged", await remit.Refused("restore", file, "--firm", firm, "--force"));
    }

    [Fact]
    public async Task A_copy_whose_journal_was_altered_is_not_restored()
    {
        await Named("Before");
        await Named("After");
        await using (var db = store.Open(firm)) await db.Database.ExecuteSqlRawAsync("""UPDATE journal SET "Title" = 'x' WHERE "Seq" = 1""");
        var file = Path.Combine(remit.Folder, "firm.backup");
        Assert.Equal(0, (await remit.Run("backup", file, "--firm", firm)).Code);
        SqliteConnection.ClearAllPools();
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
        if (store.Engine is PostgresEngine) return;
        await Named("Before");
        var file = Path.Combine(remit.Folder, "firm.backup");
        Assert.Equal(0, (await remit.Run("backup", file, "--firm", firm)).Code);
        await using var db = store.Open(firm);
        await db.Set<Firm>().SingleAsync();
        await db.Database.OpenConnectionAsync();
        Assert.Contains("in use", await remit.Refused("restore", file, "--firm", firm, "--force"));
    }

    private async Task Named(string name)
    {
        await using var db = await store.Create(firm);
        if (await db.Set<Firm>().SingleOrDefaultAsync() is { } there) there.Name = name;
        else db.Add(new Firm { Name = name, Country = "RU", Currency = "RUB", Language = "ru" });
        await db.SaveChangesAsync();
    }

    public void Dispose()
    {
        // A test that made no firm has no folder to drop it from.
        if (store.Engine is PostgresEngine || Directory.Exists(remit.Data)) store.Engine.Drop(firm).GetAwaiter().GetResult();
        remit.Dispose();
    }
}
