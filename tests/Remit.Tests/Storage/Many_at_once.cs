using System.Collections;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
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

    [Fact]
    public async Task A_context_tells_its_next_holder_nothing_of_the_last()
    {
        var marked = new HashSet<string>();
        for (var saves = 0; saves < 2; saves++)
        {
            await using var db = world.Db();
            (db.Actor, db.At) = (new Actor(Guid.NewGuid(), "Somebody", Role.Director), DateTime.UtcNow);
            if (saves > 0)
            {
                db.Add(Client.New("Kept", "BG", DateTime.UtcNow));
                await db.SaveChangesAsync();
                await db.StartWriting();
                (db.NextChange, db.Undoes) = (Guid.NewGuid(), Guid.NewGuid());
                db.State(new Fact("call.made", null, new(2026, 11, 26), Guid.NewGuid(), Guid.NewGuid(), null, "A call"));
                db.Withdraw(new Withdrawal(Guid.NewGuid(), new(2026, 11, 26), "A mistake"));
                db.Then(() => Assert.Fail("What was not saved is not done."));
                db.Add(Client.New("Not kept", "BG", DateTime.UtcNow));
                db.ChangeTracker.AutoDetectChangesEnabled = false;
            }
            else
                await db.Keep("name", [], () => Task.FromResult(1));
            marked.UnionWith(Marks(db));
            // There the server lets writers go one by one.
            if (db.Engine.Name == "postgres")
                marked.Add("turn");
        }
        Assert.Equal(Fields().Select(f => f.Name).Order(), marked.Order());
        var next = Enumerable.Range(0, 20).Select(_ => world.Db()).ToList();
        foreach (var db in next)
        {
            Assert.Empty(Marks(db));
            Assert.Empty(db.ChangeTracker.Entries());
            Assert.True(db.ChangeTracker.AutoDetectChangesEnabled && db.Database.AutoSavepointsEnabled);
            Assert.Equal(1, await db.Set<Client>().CountAsync());
            await db.DisposeAsync();
        }
    }

    private static IEnumerable<FieldInfo> Fields() =>
        typeof(AppDb)
            .GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(f => !f.Name.Contains("<Parts>", StringComparison.Ordinal));

    private static IEnumerable<string> Marks(AppDb db) =>
        Fields()
            .Where(f =>
                f.GetValue(db) switch
                {
                    null => false,
                    bool set => set,
                    ICollection many => many.Count > 0,
                    Actor actor => actor != Actor.Remit,
                    _ => true,
                }
            )
            .Select(f => f.Name);
}
