using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.People;
using Remit.Web.Lists;

namespace Remit.Tests.Lists;

/// <summary>Conditions in groups, tabs that open first, widths: what a list remembers and how it is asked.</summary>
public sealed partial class Asking_a_list(World world) : IClassFixture<World>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        await using var db = world.Db();
        if (await db.Set<Client>().AnyAsync())
            return;
        var owner = await world.OwnerId();
        foreach (
            var (name, segment, key, mine) in new[]
            {
                ("One", "A", true, false),
                ("Two", "A", false, true),
                ("Three", "B", true, true),
                ("Four", "B", false, false),
            }
        )
        {
            var client = Client.New(name, "BG", DateTime.UnixEpoch);
            client.Describe("bg", segment, key, "", mine ? owner : null);
            db.Add(client);
        }
        await db.SaveChangesAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [InlineData("segment:A,key_account:yes", "One Three Two")]
    [InlineData("segment:A;key_account:yes", "One")]
    [InlineData("any;segment:A,key_account:yes;segment:B,manager:me", "One Three")]
    [InlineData("!segment:A", "Four Three")]
    [InlineData("segment:A,!manager:me;!key_account:no,manager:none", "Four One")]
    [InlineData("manager:none;!segment:B", "One")]
    [InlineData("nothing:x", "Four One Three Two")]
    [InlineData(";;,:!::", "Four One Three Two")]
    public async Task Conditions_in_groups_mean_what_they_say(string where, string names) =>
        Assert.Equal(
            names,
            string.Join(' ', Names(await world.Text("clients?where=" + Uri.EscapeDataString(where))).Order(StringComparer.Ordinal))
        );

    [Theory, InlineData("segment:A,manager:me;!key_account:yes"), InlineData("any;segment:a%2Cb%3B%25;segment:c")]
    public void What_is_asked_is_written_as_it_was_read(string where) => Assert.Equal(where, Where.Read(where).ToString());

    [Fact]
    public void More_conditions_than_anyone_can_read_are_left_out() =>
        Assert.Equal(Where.Most, Where.Read(string.Join(';', Enumerable.Range(0, 100).Select(n => $"segment:{n}"))).Groups.Count);

    [Fact]
    public async Task Each_group_is_a_readable_chip_and_comes_off_alone()
    {
        var page = await world.Text("clients?where=segment:A,!key_account:yes;manager:none");
        Assert.Contains("Segment: A or Key account is not yes", page);
        var without = Regex.Match(page, "href=\"([^\"]+)\"[^>]*>Manager: nobody").Groups[1].Value;
        Assert.Equal("clients?where=segment:A,!key_account:yes", without);
        Assert.Contains("name=\"where\" value=\"segment:A", page);
    }

    [Fact]
    public async Task The_editor_adds_and_takes_lines_without_a_script_and_shows_the_list()
    {
        var page = await world.Text("clients/where?segment=A");
        Assert.Contains("value=\"segment=A\"", page);
        page = await world.Text("clients/where?question=segment%3DA&join=all&in=0&is=&what=key_account:yes&do=add-0");
        Assert.Equal(2, Regex.Count(page, "name=\"what\""));
        page = await world.Text("clients/where?question=&join=all&in=0&is=&what=key_account:yes&in=1&is=not&what=segment:A&do=drop-0-0");
        Assert.Single(Regex.Matches(page, "name=\"what\""));
        var shown = await world.Owner.Get(
            "clients/where?question=country%3DBG&join=any&in=0&is=&what=key_account:yes&in=0&is=&what=&in=1&is=not&what=segment:A&do=show"
        );
        Assert.EndsWith(
            "/clients?country=BG&where=any;key_account:yes;!segment:A",
            Uri.UnescapeDataString(shown.Headers.Location!.OriginalString)
        );
    }

    [Fact]
    public async Task My_team_are_those_who_hold_my_position_today()
    {
        await using var db = world.Db();
        var mate = Person.Join("Mate", $"{Guid.NewGuid():N}@example.com", Role.Manager, "en");
        var position = Position.Named("Service");
        var owner = await db.Set<Person>().SingleAsync(p => p.Email == "olga@example.com");
        db.AddRange(mate, position, Tenure.Of(position, mate, new(2020, 1, 1)), Tenure.Of(position, owner, new(2020, 1, 1)));
        var client = Client.New("Of the mate", "US", DateTime.UnixEpoch);
        client.GoTo(mate.Id);
        db.Add(client);
        await db.SaveChangesAsync();
        Assert.Contains("Of the mate", await world.Text("clients?manager=team"));
        Assert.DoesNotContain("Of the mate", await world.Text("clients?manager=me"));
        db.Remove(client);
        await db.SaveChangesAsync();
    }

    [Fact]
    public async Task A_tab_opens_first_for_a_role_and_ones_own_before_it()
    {
        var (manager, _) = await world.SomeoneWhoIs(Role.Manager);
        await world.Post("clients/views", ("view_name", "Of managers"), ("question", "segment=B"), ("shared", "on"), ("first", "Manager"));
        Assert.Contains("/clients?segment=B", (await manager.Get("clients")).Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.OK, (await manager.Get("clients?all=1")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await world.Owner.Get("clients")).StatusCode);
        await manager.Post("clients/views", ("view_name", "Mine"), ("question", "segment=A"), ("first", "me"));
        Assert.Contains("/clients?segment=A", (await manager.Get("clients")).Headers.Location!.OriginalString);
        await using var db = world.Db();
        var view = await db.Set<ListView>().SingleAsync(v => v.Name == "Mine");
        await manager.Post($"clients/views/{view.Id}", ("view_name", "Mine still"));
        Assert.Contains("/clients?segment=B", (await manager.Get("clients")).Headers.Location!.OriginalString);
        Assert.Contains("Mine still", await manager.Text("clients?all=1"));
        Assert.Equal(HttpStatusCode.NotFound, (await world.Owner.Get($"clients/views/{Guid.NewGuid()}")).StatusCode);
        await manager.Post(
            "clients/views",
            ("view_name", "Not for me to set"),
            ("question", "segment=A"),
            ("shared", "on"),
            ("first", "Owner")
        );
        Assert.Equal(HttpStatusCode.OK, (await world.Owner.Get("clients")).StatusCode);
    }

    [Fact]
    public async Task Widths_and_fixed_columns_are_remembered_for_the_person_and_reset()
    {
        await world.Post("clients/columns/width", ("column", "segment"), ("width", "9000"));
        await world.Post("clients/columns", ("column", "client_title"), ("column", "segment"), ("frozen", "1"));
        var page = await world.Text("clients?all=1");
        Assert.Contains("data-column=\"segment\" width=\"900\"", page);
        Assert.Contains("data-frozen=\"1\"", page);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Post("clients/columns/width", ("column", "none"), ("width", "90"))).StatusCode);
        var (other, _) = await world.SomeoneWhoIs(Role.Manager);
        Assert.DoesNotContain("width=\"900\"", await other.Text("clients?all=1"));
        await world.Post("clients/columns", ("reset", "1"));
        Assert.DoesNotContain("width=\"900\"", await world.Text("clients?all=1"));
    }

    private static IEnumerable<string> Names(string page) => Peeks().Matches(page).Select(m => m.Groups[1].Value);

    [GeneratedRegex("data-peek[^>]*>([^<]+)<")]
    private static partial Regex Peeks();
}
