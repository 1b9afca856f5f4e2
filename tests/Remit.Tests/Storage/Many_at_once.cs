using Microsoft.EntityFrameworkCore;
using Remit.Modules.Clients;
using Remit.Storage;

namespace Remit.Tests.Storage;

public sealed class Many_at_once : IAsyncLifetime
{
    private const int Many = 300;
    private readonly World world = new();

    public Task InitializeAsync() => world.InitializeAsync();

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Many_changes_in_one_save_are_saved_again_and_undone_like_few()
    {
        await using var db = world.Db();
        var clients = await Clients(db);
        foreach (var client in clients)
            client.Rename(client.Name + " one");
        await db.SaveChangesAsync();
        foreach (var client in clients)
            client.Rename(client.Name.Replace("one", "two"));
        await db.SaveChangesAsync();
        await using (var after = world.Db())
        {
            var saved = await after.Set<Client>().AsNoTracking().OrderBy(c => c.Name).ToListAsync();
            Assert.Equal(Many, saved.Count);
            Assert.All(
                saved,
                c => Assert.Equal((c.Name[..10] + " two", Remit.Kernel.Alphabet.Key(c.Name), 2), (c.Name, c.NameKey, c.Version))
            );
            Assert.Equal(Many, await after.Saying("two").CountAsync());
            await after.UndoChange(db.LastChange!.Value, new DateOnly(2026, 11, 26));
            Assert.Null((await after.Verify()).Broken);
        }
        await using var undone = world.Db();
        Assert.Equal(Many, await undone.Set<Client>().CountAsync(c => c.Name.EndsWith(" one")));
    }

    [Fact]
    public async Task One_record_that_somebody_else_changed_meanwhile_stops_the_whole_save_of_many()
    {
        await using var db = world.Db();
        var clients = await Clients(db);
        await using (var other = world.Db())
        {
            (await other.Set<Client>().SingleAsync(c => c.Id == clients[100].Id)).Rename("Theirs");
            await other.SaveChangesAsync();
        }
        foreach (var client in clients)
            client.Rename("Ours");
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
        await using var after = world.Db();
        Assert.Equal(0, await after.Set<Client>().CountAsync(c => c.Name == "Ours"));
        Assert.Null((await after.Verify()).Broken);
    }

    [Fact]
    public async Task Those_who_save_at_the_same_time_all_find_it_saved_and_whoever_is_refused_is_alone_in_that()
    {
        var saves = Enumerable
            .Range(0, 24)
            .Select(n =>
                Task.Run(async () =>
                {
                    await using var db = world.Db();
                    db.Add(Client.New($"Client {n}", "BG", DateTime.UtcNow));
                    // A line without text, which no database takes.
                    if (n % 4 == 0)
                        db.Add(
                            new SearchLine
                            {
                                Seq = -1,
                                Kind = "",
                                RecordId = Guid.Empty,
                                OwnerId = Guid.Empty,
                                Text = null!,
                            }
                        );
                    try
                    {
                        await db.SaveChangesAsync();
                    }
                    catch (DbUpdateException)
                    {
                        return 0;
                    }
                    await using var look = world.Db();
                    return await look.Set<Client>().CountAsync(c => c.Name == $"Client {n}");
                })
            );
        var found = await Task.WhenAll(saves);
        Assert.Equal(Enumerable.Range(0, 24).Select(n => n % 4 == 0 ? 0 : 1), found);
        await using var after = world.Db();
        Assert.Null((await after.Verify()).Broken);
        Assert.Equal(18, await after.Set<Client>().CountAsync());
    }

    [Fact]
    public async Task What_is_written_beside_a_save_waits_for_the_disk_by_itself()
    {
        await using var db = world.Db();
        db.Add(Client.New("First", "BG", DateTime.UtcNow));
        await db.SaveChangesAsync();
        await db.StartWriting();
        await db.DisposeAsync();
        await using var next = world.Db();
        await next.Database.OpenConnectionAsync();
        await using var command = next.Database.GetDbConnection().CreateCommand();
        command.CommandText = next.Engine.Name == "sqlite" ? "PRAGMA synchronous" : "SHOW synchronous_commit";
        Assert.Equal(next.Engine.Name == "sqlite" ? "2" : "on", $"{await command.ExecuteScalarAsync()}");
    }

    private static async Task<List<Client>> Clients(AppDb db)
    {
        var clients = Enumerable.Range(0, Many).Select(n => Client.New($"Client {n:000}", "BG", DateTime.UtcNow)).ToList();
        db.AddRange(clients);
        await db.SaveChangesAsync();
        return clients;
    }
}
