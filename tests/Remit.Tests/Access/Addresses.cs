using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Remit.Storage;
using Remit.Web;

namespace Remit.Tests.Access;

public sealed class Addresses(World world) : IClassFixture<World>
{
    [Fact]
    public async Task One_browser_is_signed_in_to_two_firms_at_once()
    {
        var second = "t" + Guid.NewGuid().ToString("N")[..12];
        try
        {
            var visitor = world.NewVisitor();
            await visitor.Post("sign-in", ("email", "olga@example.com"), ("password", World.Password));
            var made = await visitor.Post(
                "/set-up",
                ("lang", "en"),
                ("firm", "Second"),
                ("address", second),
                ("country", "BG"),
                ("owner", "Sofia Second"),
                ("email", "sofia@example.com"),
                ("password", World.Password)
            );
            Assert.All(
                made.Headers.GetValues("Set-Cookie").Where(c => c.StartsWith("firm=")),
                c => Assert.Contains($"path=/~{second}/", c)
            );
            Assert.Contains("Sofia Second", await visitor.Text($"/~{second}/profile"));
            Assert.Contains("Olga Owner", await visitor.Text("profile"));
            Assert.Equal(
                HttpStatusCode.SeeOther,
                (await visitor.Post("clients/new", ("client_title", "Both"), ("country", "BG"), ("lang", "en"))).StatusCode
            );
            await using (var db = world.Db())
            {
                // A record and a token of one firm are nothing in another.
                var client = await db.Set<Remit.Modules.Clients.Client>().Where(c => c.Name == "Both").Select(c => c.Id).SingleAsync();
                Assert.Equal(HttpStatusCode.OK, (await visitor.Get($"clients/{client}")).StatusCode);
                Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get($"/~{second}/clients/{client}")).StatusCode);
                var caller = await Caller.Of(world, visitor);
                Assert.Equal(HttpStatusCode.OK, (await caller.Get("me")).StatusCode);
                Assert.Equal(HttpStatusCode.Unauthorized, (await caller.Get($"/~{second}/api/v1/me")).StatusCode);
            }
            await visitor.Post("sign-out");
            Assert.Contains("Sofia Second", await visitor.Text($"/~{second}/profile"));
            Assert.Equal(HttpStatusCode.Redirect, (await visitor.Get("profile")).StatusCode);
        }
        finally
        {
            await world.App.Services.GetRequiredService<FirmStore>().Remove(second);
        }
    }

    [Fact]
    public async Task A_host_of_its_own_shows_the_firm_at_its_root_and_no_other_firm()
    {
        var visitor = world.NewVisitor();
        visitor.Client.DefaultRequestHeaders.Host = world.Host;
        var token = System
            .Text.RegularExpressions.Regex.Match(await visitor.Text("/sign-in"), "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")
            .Groups[1]
            .Value;
        var signedIn = await visitor.PostBare(
            "/sign-in",
            ("email", "olga@example.com"),
            ("password", World.Password),
            ("__RequestVerificationToken", token)
        );
        Assert.Equal("/", signedIn.Headers.Location!.OriginalString);
        Assert.Contains("path=/;", signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("firm=")));
        var page = await visitor.Text("/profile");
        Assert.Contains("Olga Owner", page);
        Assert.Contains("<base href=\"/\"", page);
        Assert.Equal($"/clients?q=a", (await visitor.Get($"/~{world.Slug}/clients?q=a")).Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get("/~another/")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Post("/set-up", ("address", "x"))).StatusCode);
        Assert.Equal("/evil.example", (await visitor.Get($"/~{world.Slug}//evil.example")).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task An_address_without_its_slash_leads_to_the_one_its_cookies_know() =>
        Assert.Equal($"/~{world.Slug}/", (await world.NewVisitor().Get($"/~{world.Slug}")).Headers.Location!.OriginalString);

    [Theory]
    [InlineData("acme.example")]
    [InlineData("acme.example=Not A Firm")]
    [InlineData("a.example=acme,a.example=other")]
    public void A_setting_that_cannot_be_read_stops_the_start(string setting) =>
        Assert.Contains(
            "REMIT_HOSTS",
            Assert
                .Throws<CannotRun>(() =>
                    Hosts.From(new ConfigurationBuilder().AddInMemoryCollection([new("REMIT_HOSTS", setting)]).Build())
                )
                .Message
        );

    [Theory]
    [InlineData("//evil.example", "evil.example")]
    [InlineData("/\\evil.example", "evil.example")]
    [InlineData("\t//evil.example", "evil.example")]
    [InlineData("a\r\nSet-Cookie: x=y", "a%0D%0ASet-Cookie:%20x=y")]
    [InlineData("clients?q=Мир", "clients?q=%D0%9C%D0%B8%D1%80")]
    public void A_path_stays_on_this_site(string asked, string kept) => Assert.Equal(kept, Go.Local(asked));

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("x\r\nLocation: https://evil.example")]
    public async Task Signing_in_leads_to_no_other_site(string to)
    {
        var answer = await world.NewVisitor().Post("sign-in", ("email", "olga@example.com"), ("password", World.Password), ("to", to));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.StartsWith($"/~{world.Slug}/", answer.Headers.Location!.OriginalString);
        Assert.DoesNotContain("evil.example/", new Uri(new Uri("https://firm.example"), answer.Headers.Location.OriginalString).Host + "/");
    }
}
