using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Calendar.Outside;
using Remit.Web;

namespace Remit.Tests.Calendar;

/// <summary>Calendars read from an address, and what an address may not do.</summary>
public sealed class Addresses_outside(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_subscription_follows_its_address_and_says_which_line_it_could_not_read()
    {
        await using var site = await Site.Open();
        site.Text = Whole(
            Event("a", "20270301T100000Z", "First"),
            Event("b", "20270302T100000Z", "Second"),
            "BEGIN:VEVENT\r\nUID:bad\r\nDTSTART:tomorrow\r\nEND:VEVENT\r\n"
        );
        await world.Post(
            "calendar/outside/subscriptions/new",
            ("outside_address", site.Address),
            ("calendar_name", "Timetable"),
            ("colour", "#6b3fa0"),
            ("outside_for", "all"),
            ("takes_time", "on")
        );
        await world.RunJobs();
        Assert.Contains("First", await world.Text("calendar?day=2027-03-01"));
        Assert.Contains("19: DTSTART is no date", await world.Text("calendar/outside"));

        // Nothing new: nothing is sent, and the word about the line stays.
        await Refresh();
        Assert.Equal([200, 304], site.Answers);
        Assert.Contains("19: DTSTART is no date", await world.Text("calendar/outside"));

        site.Text = Whole(Event("a", "20270301T100000Z", "First, moved"));
        await Refresh();
        var week = await world.Text("calendar?day=2027-03-01");
        Assert.Contains("First, moved", week);
        Assert.DoesNotContain("Second", week);

        // A page of an error is no calendar, and what was read before stays.
        site.Text = "<html>Down for maintenance</html>";
        await Refresh();
        Assert.Contains("First, moved", await world.Text("calendar?day=2027-03-01"));
        Assert.Contains("no BEGIN:VCALENDAR", await world.Text("calendar/outside"));

        // The firm sees it, and nobody writes in it.
        var (other, _) = await world.SomeoneWhoIs(Role.Programmer);
        Assert.Contains("First, moved", await other.Text("calendar?day=2027-03-01"));
        using var phone = await Phone.OfOwner(world);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (
                await phone.Send("PUT", $"/~{world.Slug}/dav/cal/{(await Book()).Path}/x.ics", Phone.Event("x", "20270301T100000Z"))
            ).StatusCode
        );
        await world.Post($"calendar/outside/{(await Book()).Id}/remove");
        Assert.DoesNotContain("First, moved", await world.Text("calendar?day=2027-03-01"));
        await world.RunJobs(DateTime.UtcNow.AddDays(1));
    }

    [Fact]
    public async Task A_calendar_is_published_whole_or_only_when_it_is_taken_and_the_link_can_be_ended()
    {
        using var phone = await Phone.OfOwner(world);
        var day = DateTime.UtcNow.AddDays(3).ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture);
        await phone.Send("PUT", await phone.Calendar() + "pub.ics", Phone.Event("pub", $"{day}T100000Z", "Board meeting"));
        await using var db = world.Db();
        var me = await world.OwnerId();
        var book = await db.Set<CalendarBook>().FirstAsync(c => c.OwnerId == me && c.Kind == CalendarKind.Own);
        Assert.Contains("Board meeting", await Published("Full"));
        var busy = await Published("Busy");
        Assert.DoesNotContain("Board meeting", busy);
        Assert.Contains($"DTSTART:{day}T100000Z", busy);
        await db.Entry(book).ReloadAsync();
        var link = $"/~{world.Slug}/feed/{book.Feed}.ics";
        var first = await world.NewVisitor().Client.GetAsync(link);
        var again = new HttpRequestMessage(HttpMethod.Get, link);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        Assert.Equal(HttpStatusCode.NotModified, (await world.NewVisitor().Client.SendAsync(again)).StatusCode);
        await Save("No");
        Assert.Equal(HttpStatusCode.NotFound, (await world.NewVisitor().Client.GetAsync(link)).StatusCode);

        async Task<string> Published(string how)
        {
            await Save(how);
            return await world.NewVisitor().Client.GetStringAsync($"/~{world.Slug}/feed/{book.Feed}.ics");
        }

        async Task Save(string how)
        {
            await db.Entry(book).ReloadAsync();
            await world.Post(
                $"calendar/settings/{book.Id}",
                ("calendar_name", book.Name),
                ("colour", book.Colour),
                ("sharing", "See"),
                ("takes_time", "on"),
                ("feed", how),
                ("version", $"{book.Version}")
            );
            await db.Entry(book).ReloadAsync();
        }
    }

    [Fact]
    public async Task A_name_that_no_server_can_have_is_refused_like_one_that_does_not_answer() =>
        Assert.Equal(
            "outside.no_answer",
            (
                await Assert.ThrowsAsync<Refusal>(() =>
                    new OutsideWeb(new ConfigurationBuilder().Build()).Send(new("GET", new Uri("https://\u05d0abc")))
                )
            ).Key
        );

    [Fact]
    public async Task The_own_network_is_closed_unless_the_one_who_runs_the_server_opens_it()
    {
        await using var site = await Site.Open();
        using var closed = new OutsideWeb(new ConfigurationBuilder().Build());
        foreach (
            var address in (string[])
                [site.Address, site.Address.Replace("127.0.0.1", "localhost"), site.Address.Replace("127.0.0.1", "[::1]")]
        )
            Assert.Equal("outside.private", (await Assert.ThrowsAsync<Refusal>(() => closed.Send(new("GET", new Uri(address))))).Key);
        Assert.Equal(
            "outside.open_line",
            (await Assert.ThrowsAsync<Refusal>(() => closed.Send(new("GET", new Uri("http://example.com/")) { Login = new("a", "b") }))).Key
        );
        Assert.Empty(site.Answers);
    }

    [Theory]
    [
        InlineData("127.0.0.1"),
        InlineData("10.1.2.3"),
        InlineData("172.31.0.1"),
        InlineData("192.168.1.1"),
        InlineData("169.254.169.254"),
        InlineData("100.64.0.1"),
        InlineData("0.0.0.0"),
        InlineData("224.0.0.1"),
        InlineData("::1"),
        InlineData("fe80::1"),
        InlineData("fd00::1"),
        InlineData("::ffff:127.0.0.1"),
        InlineData("2002:7f00:1::"),
        InlineData("64:ff9b::7f00:1"),
        InlineData("2001:db8::1")
    ]
    public void An_address_of_a_network_of_ones_own_is_not_public(string address) =>
        Assert.False(OutsideWeb.IsPublic(IPAddress.Parse(address)));

    [Theory, InlineData("93.184.216.34"), InlineData("172.32.0.1"), InlineData("2606:2800:220:1::1")]
    public void An_address_of_the_internet_is_public(string address) => Assert.True(OutsideWeb.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task A_mail_server_of_the_own_network_is_spoken_with_only_where_the_one_who_runs_the_node_names_it()
    {
        using var named = new OutsideWeb(
            new ConfigurationBuilder().AddInMemoryCollection([new("REMIT_MAIL_HOSTS", "relay.lan, 127.0.0.1")]).Build()
        );
        foreach (var host in new[] { "localhost", "10.0.0.1", "169.254.169.254", "[::1]", "192.168.1.1" })
            Assert.Equal(
                "outside.private_mail",
                (await Assert.ThrowsAsync<Refusal>(() => named.ConnectMail(host.Trim('[', ']'), 25, default))).Key
            );
        using var relay = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        relay.Start();
        (await named.ConnectMail("127.0.0.1", ((System.Net.IPEndPoint)relay.LocalEndpoint).Port, default)).Dispose();
        Assert.Equal("outside.private", (await Assert.ThrowsAsync<Refusal>(() => named.Connect("127.0.0.1", 80, default))).Key);
    }

    [Fact]
    public async Task Redirects_end_and_no_password_follows_them_to_a_stranger()
    {
        await using var site = await Site.Open();
        using var open = new OutsideWeb(new ConfigurationBuilder().AddInMemoryCollection([new("REMIT_OUTSIDE_PRIVATE", "allow")]).Build());
        Assert.Equal(
            "outside.circles",
            (await Assert.ThrowsAsync<Refusal>(() => open.Send(new("GET", new Uri(site.Address + "?to=" + site.Address))))).Key
        );
        Assert.Equal(
            "outside.moved",
            (
                await Assert.ThrowsAsync<Refusal>(() =>
                    open.Send(new("GET", new Uri(site.Address + "?to=http://localhost:1/")) { Login = new("a", "b") })
                )
            ).Key
        );
        // A token does not even go to another door of the same house.
        Assert.Equal(
            "outside.moved",
            (
                await Assert.ThrowsAsync<Refusal>(() =>
                    open.Send(new("GET", new Uri(site.Address + "?to=https://127.0.0.1:1/")) { Login = OutsideLogin.Token("t") })
                )
            ).Key
        );
    }

    private async Task Refresh()
    {
        await world.Post($"calendar/outside/{(await Book()).Id}/refresh");
        await world.RunJobs();
    }

    private async Task<CalendarBook> Book()
    {
        await using var db = world.Db();
        return await db.Set<CalendarBook>().SingleAsync(b => b.Name == "Timetable");
    }

    private static string Event(string uid, string start, string summary) =>
        Phone.Event(uid, start, summary).Split("PRODID:-//test//EN\r\n")[1].Replace("END:VCALENDAR\r\n", "");

    private static string Whole(params string[] events) => $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{string.Concat(events)}END:VCALENDAR\r\n";

    /// <summary>A small site with one file.</summary>
    private sealed class Site : IAsyncDisposable
    {
        private WebApplication app = null!;
        public string Text { get; set; } = "";
        public string Address => app.Urls.First() + "/file.ics";
        public List<int> Answers { get; } = [];

        public static async Task<Site> Open()
        {
            var site = new Site();
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            site.app = builder.Build();
            site.app.Run(site.Answer);
            await site.app.StartAsync();
            return site;
        }

        private async Task Answer(HttpContext http)
        {
            var tag = $"\"{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(Text)))}\"";
            if (http.Request.Query["to"].ToString() is { Length: > 0 } to)
                http.Response.Redirect(to == Address ? Address + "?to=" + Address : to);
            else if (http.Request.Headers.IfNoneMatch == tag)
                http.Response.StatusCode = 304;
            http.Response.Headers.ETag = tag;
            Answers.Add(http.Response.StatusCode);
            if (http.Response.StatusCode == 200)
                await http.Response.WriteAsync(Text);
        }

        public async ValueTask DisposeAsync() => await app.DisposeAsync();
    }
}
