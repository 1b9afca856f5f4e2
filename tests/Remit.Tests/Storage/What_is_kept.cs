using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.People;
using Remit.Web;

namespace Remit.Tests.Storage;

public sealed class What_is_kept(World world) : IClassFixture<World>
{
    [Fact]
    public async Task What_was_worked_out_is_worked_out_anew_after_anybodys_save_of_such_a_record()
    {
        Assert.Equal(1, await Kept("such", 1, typeof(Client)));
        Assert.Equal(1, await Kept("such", 2, typeof(Client)));
        await Save();
        Assert.Equal(3, await Kept("such", 3, typeof(Client)));
    }

    [Fact]
    public async Task A_save_of_other_records_leaves_it_as_it_is()
    {
        Assert.Equal(1, await Kept("other", 1, typeof(Firm)));
        Assert.Equal(1, await Kept("any", 1));
        await Save();
        Assert.Equal(1, await Kept("other", 2, typeof(Firm)));
        Assert.Equal(2, await Kept("any", 2));
    }

    [Fact]
    public async Task Whoever_saves_sees_their_own_save()
    {
        await using var db = world.Db();
        var before = await Count();
        db.Add(Client.New("Own save", "BG", DateTime.UtcNow));
        await db.SaveChangesAsync();
        Assert.Equal(before + 1, await Count());

        Task<int> Count() => db.Keep("clients", [typeof(Client)], () => db.Set<Client>().CountAsync());
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task After_a_save_one_goes_on_reading_and_saving_while_others_have_all_that_was_laid_aside(bool asksFirst)
    {
        await using var db = world.Db();
        if (asksFirst)
            await Count();
        for (var round = 0; round < 3; round++)
        {
            db.Add(Client.New($"Goes on {round}", "BG", DateTime.UtcNow));
            await db.SaveChangesAsync();
            var others = Enumerable.Range(0, 20).Select(_ => world.Db()).ToList();
            foreach (var other in others)
                await other.Keep("clients", [typeof(Client)], () => other.Set<Client>().CountAsync());
            var counted = await Count();
            Assert.Equal(await db.Set<Client>().CountAsync(), counted);
            foreach (var other in others)
                await other.DisposeAsync();
        }

        Task<int> Count() => db.Keep("clients", [typeof(Client)], () => db.Set<Client>().CountAsync());
    }

    [Fact]
    public async Task A_writer_who_waited_for_the_lock_reads_what_the_one_before_wrote()
    {
        await using var db = world.Db();
        Assert.Equal("before", await Kept("waited", "before", typeof(Client)));
        await db.Keep("waited", [typeof(Client)], () => Task.FromResult("now"));
        await Save();
        await db.StartWriting();
        Assert.Equal("now", await db.Keep("waited", [typeof(Client)], () => Task.FromResult("now")));
    }

    [Fact]
    public async Task A_habit_changed_anywhere_shows_on_the_next_page_though_no_journal_tells_of_it()
    {
        var (visitor, _) = await world.SomeoneWhoIs(Role.Manager);
        visitor.Client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        Assert.DoesNotContain("Always at hand", await visitor.Text("clients"));
        await using (var db = world.Db())
        {
            foreach (var person in await db.Set<Person>().Select(p => p.Id).ToListAsync())
                db.Add(
                    new Favourite
                    {
                        PersonId = person,
                        Path = "people",
                        Title = "Always at hand",
                    }
                );
            await db.SaveChangesAsync();
        }
        Assert.Contains("Always at hand", await visitor.Text("clients"));
    }

    [Fact]
    public async Task Many_lines_at_once_leave_nothing_of_what_was_kept()
    {
        Assert.Equal(1, await Kept("many", 1, typeof(Client)));
        await using var db = world.Db();
        db.AddRange(Enumerable.Range(0, 600).Select(n => Client.New($"Of many {n}", "BG", DateTime.UtcNow)));
        await db.SaveChangesAsync();
        Assert.Equal(2, await Kept("many", 2, typeof(Client)));
    }

    [Fact]
    public async Task A_list_counts_what_was_just_saved()
    {
        var before = await Found();
        await Save();
        Assert.Equal(before + 1, await Found());

        async Task<int> Found() =>
            int.Parse(
                JsonDocument.Parse(await world.Text("clients/counts")).RootElement.GetProperty("found").GetString()!.Replace(",", "")
            );
    }

    [Fact]
    public async Task Who_leaves_the_firm_is_out_at_once_on_every_node()
    {
        await using var other = Node.Build([
            .. Settings("REMIT_DATA", "REMIT_POSTGRES"),
            "--REMIT_URLS=http://127.0.0.1:0",
            "--REMIT_JOBS=off",
        ]);
        await other.StartAsync();
        var cookies = new CookieContainer();
        var (here, there) = (Browser(world.App.Services, cookies), Browser(other.Services, cookies));
        var id = await Join("leaver@example.com");
        await here.Post("sign-in", ("email", "leaver@example.com"), ("password", World.Password));
        Assert.Equal(HttpStatusCode.OK, (await there.Get("clients")).StatusCode);
        await world.Post($"people/{id}/leave");
        Assert.Equal(HttpStatusCode.Found, (await here.Get("clients")).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await there.Get("clients")).StatusCode);
        await other.StopAsync();
    }

    private async Task<T> Kept<T>(string name, T made, params Type[] from)
    {
        await using var db = world.Db();
        return await db.Keep(name, from, () => Task.FromResult(made));
    }

    private async Task Save()
    {
        await using var db = world.Db();
        db.Add(Client.New("Somebody's save", "BG", DateTime.UtcNow));
        await db.SaveChangesAsync();
    }

    private async Task<Guid> Join(string email)
    {
        await using var db = world.Db();
        var person = Person.Join("Leaver", email, Role.Manager, "en");
        person.SetPassword(World.Password);
        db.Add(person);
        await db.SaveChangesAsync();
        return person.Id;
    }

    private IEnumerable<string> Settings(params string[] names) =>
        names.Where(n => world.App.Configuration[n] is { Length: > 0 }).Select(n => $"--{n}={world.App.Configuration[n]}");

    private World.Visitor Browser(IServiceProvider node, CookieContainer cookies) =>
        new(
            new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies })
            {
                BaseAddress = new Uri(node.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()),
            },
            world.Slug
        );
}
