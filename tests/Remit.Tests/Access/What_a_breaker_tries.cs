using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Remit.Kernel;
using Remit.Modules.Demo;
using Remit.Modules.Pay;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;

namespace Remit.Tests.Access;

// On one server all have the same demo firm: nobody takes it away while another looks at it.
[Collection("The demo firm")]
public sealed partial class What_a_breaker_tries(World world) : IClassFixture<World>
{
    private IEnumerable<RouteEndpoint> Routes =>
        world.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    [Fact]
    public async Task No_page_of_a_full_firm_has_a_script_or_a_style_of_its_own_and_each_has_the_policy()
    {
        var firms = world.App.Services.GetRequiredService<FirmStore>();
        // On a shared server the demo firm may be another run's: then its pages are looked at and it stays.
        var mine = !await firms.Exists(DemoFirm.Address);
        try
        {
            var visitor = world.NewVisitor();
            await visitor.Post("/demo", ("lang", "en"));
            await using var db = firms.Open(DemoFirm.Address);
            var first = db
                .Model.GetEntityTypes()
                .Where(t => typeof(IRecord).IsAssignableFrom(t.ClrType))
                .Select(t => db.Journal.Where(j => j.Record == t.ClrType.Name).OrderBy(j => j.Seq).Select(j => j.RecordId).FirstOrDefault())
                .Where(id => id != Guid.Empty)
                .ToList();
            var seen = 0;
            foreach (var route in Routes.Where(r => r.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true))
            foreach (
                var path in route.RoutePattern.Parameters.Count == 0
                    ? [Path(route, _ => "")]
                    : first.Select(id => Path(route, _ => id.ToString()))
            )
            {
                var answer = await visitor.Get($"/~{DemoFirm.Address}{path}");
                Assert.True((int)answer.StatusCode < 500, $"{path}: {answer.StatusCode}");
                var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
                // A kept file is shown by the browser's own viewer, which has styles and no script.
                if (path.StartsWith("/files/", StringComparison.Ordinal) && answer.StatusCode == HttpStatusCode.OK)
                    Assert.StartsWith("default-src 'none'; style-src 'unsafe-inline'; object-src 'self'", policy);
                else
                    Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self'", policy);
                Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
                if (answer.Content.Headers.ContentType?.MediaType != "text/html" || answer.StatusCode != HttpStatusCode.OK)
                    continue;
                var html = await answer.Content.ReadAsStringAsync();
                Assert.True(!Inline().IsMatch(html), $"{path}: {Inline().Match(html).Value}");
                seen++;
            }
            Assert.True(seen > 20, $"Only {seen} pages were seen.");
        }
        finally
        {
            if (mine)
                await firms.Remove(DemoFirm.Address);
        }
    }

    [Fact]
    public async Task A_password_is_kept_by_the_frameworks_hasher_and_its_change_ends_other_sessions()
    {
        var (visitor, id) = await world.SomeoneWhoIs(Role.Manager);
        await using var db = world.Db();
        var person = await db.Set<Person>().AsNoTracking().SingleAsync(p => p.Id == id);
        // 1: the third version of the format, PBKDF2 over HMAC-SHA-512; then the count of rounds.
        var hash = Convert.FromBase64String(person.PasswordHash);
        Assert.True(hash[0] == 1 && System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)) >= 100_000);
        var elsewhere = world.NewVisitor();
        await elsewhere.Post("sign-in", ("email", person.Email), ("password", World.Password));
        Assert.Equal(HttpStatusCode.OK, (await elsewhere.Get("profile")).StatusCode);
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await visitor.Post("profile/password", ("password", World.Password), ("new_password", "another long phrase"))).StatusCode
        );
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.Get("profile")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.Get("profile")).StatusCode);
    }

    [Fact]
    public async Task An_unknown_address_and_a_wrong_password_are_told_alike()
    {
        string Sentence(string page) => Alert().Match(page).Groups[1].Value;
        var unknown = await world.NewVisitor().PostAndRead("sign-in", ("email", "nobody@example.com"), ("password", "x"));
        var wrong = await world.NewVisitor().PostAndRead("sign-in", ("email", "olga@example.com"), ("password", "x"));
        Assert.NotEmpty(Sentence(unknown));
        Assert.Equal(Sentence(unknown), Sentence(wrong));
    }

    [Fact]
    public async Task One_accounts_password_is_not_guessed_at_length_from_many_addresses()
    {
        var guest = world.NewVisitor();
        for (var n = 0; n < AccountLimit.Tries; n++)
            await guest.Post("sign-in", ("email", "guessed@example.com"), ("password", "x"));
        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            (await guest.Post("sign-in", ("email", "guessed@example.com"), ("password", "x"))).StatusCode
        );
    }

    [Fact]
    public async Task One_address_signs_in_ten_times_a_minute()
    {
        await using var node = Node.Build([
            "--REMIT_URLS=http://127.0.0.1:0",
            $"--REMIT_DATA={Directory.CreateTempSubdirectory("remit-limit-").FullName}",
        ]);
        await node.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(node.Urls.First()) };
        var statuses = new List<HttpStatusCode>();
        for (var n = 0; n < 11; n++)
            statuses.Add((await client.PostAsync("/set-up", new FormUrlEncodedContent([]))).StatusCode);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.TooManyRequests), (statuses[0], statuses[10]));
        await node.StopAsync();
    }

    [Fact]
    public async Task Others_pay_and_work_are_seen_nowhere()
    {
        await using var db = world.Db();
        var owner = await world.OwnerId();
        var (visitor, _) = await world.SomeoneWhoIs(Role.Manager);
        var correction = new PayCorrection
        {
            PersonId = owner,
            MonthIndex = new Month(2026, 10).Index,
            Minor = 777_77,
            Reason = "Secret bonus",
            MadeBy = owner,
        };
        var entry = new WorkEntry
        {
            PersonId = owner,
            DutyId = Guid.NewGuid(),
            DoneOn = new(2026, 10, 5),
            RecordedMonth = new Month(2026, 10).Index,
            Points = 1,
            Minutes = 1,
            QuantityMilli = 1000,
            Label = "Secret work",
        };
        db.AddRange(correction, entry);
        await db.SaveChangesAsync();
        var caller = await Caller.Of(world, visitor);
        foreach (var page in new[] { "", "pay?month=2026-10", "work?month=2026-10", "history", "search?q=secret", "people" })
            Assert.DoesNotMatch("Secret|777[.,]?77", await visitor.Text(page));
        foreach (var path in new[] { "pay/2026-10", "work?month=2026-10", "people" })
            Assert.DoesNotMatch("Secret|777[.,]?77", await (await caller.Get(path)).Content.ReadAsStringAsync());
        foreach (var path in new[] { $"pay/{owner}/2026-10", $"history/{correction.Id}", $"history/{entry.Id}" })
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get(path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.Get($"pay/2026-10?person={owner}")).StatusCode);
        Assert.Contains("Secret", await world.Text("history"));
    }

    [Fact]
    public async Task What_is_too_large_or_torn_is_refused_and_breaks_nothing()
    {
        var many = string.Join('&', Enumerable.Range(0, 9000).Select(n => $"f{n}=x"));
        var form = await world.Owner.Client.PostAsync(
            $"/~{world.Slug}/clients/new",
            new StringContent(many, Encoding.UTF8, "application/x-www-form-urlencoded")
        );
        Assert.Equal(HttpStatusCode.BadRequest, form.StatusCode);
        var torn = await world.Owner.Client.PostAsync(
            $"/~{world.Slug}/bank/import",
            new StringContent("--x\r\nnot a part", Encoding.UTF8, "multipart/form-data; boundary=x".Split(';')[0])
        );
        Assert.Equal(HttpStatusCode.BadRequest, torn.StatusCode);
        foreach (var bytes in new[] { Encoding.UTF8.GetBytes("no archive"), Packed("word/document.xml", "<w:document"), Packed("x", "") })
        {
            var key = Token().Match(await world.Owner.Client.GetStringAsync($"/~{world.Slug}/profile")).Groups[1].Value;
            await using var db = world.Db();
            var position = await db.Set<Position>().Select(p => p.Id).FirstAsync();
            using var upload = new MultipartFormDataContent
            {
                { new StringContent(position.ToString()), "position" },
                { new StringContent(WebUtility.HtmlDecode(key)), "__RequestVerificationToken" },
                { new ByteArrayContent(bytes), "file", "list.docx" },
            };
            var answer = await world.Owner.Client.PostAsync($"/~{world.Slug}/duties/new-list", upload);
            Assert.True((int)answer.StatusCode < 500, $"{answer.StatusCode}");
        }
        var caller = await Caller.Of(world, world.Owner);
        using var large = new ByteArrayContent(new byte[(32 << 20) + 1]);
        try
        {
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await caller.Post("bank/imports", large)).StatusCode);
        }
        catch (HttpRequestException)
        { /* The server closed the connection instead of reading on: as good. */
        }
        foreach (
            var page in new[]
            {
                "clients?id=x",
                "papers?before=x",
                "visits?who=x",
                "visits?day=9999-12-31",
                "visits?day=0001-01-01",
                "work?month=9999-12",
                "work?month=0001-01",
                "pay?month=9999-12",
                "pay?month=0001-01",
                "history?before=x",
                "clients?q=%00",
                "search?q=%00%00",
            }
        )
            Assert.True((int)(await world.Owner.Get(page)).StatusCode < 500, page);
    }

    [Fact]
    public async Task What_is_typed_is_written_as_text_and_a_forged_host_goes_nowhere()
    {
        await world.Post("clients/new", ("client_title", "<script>alert(1)</script>"), ("country", "BG"), ("lang", "en"));
        Assert.DoesNotContain("<script>alert", await (await world.Owner.Get("clients")).Content.ReadAsStringAsync());
        using var forged = new HttpRequestMessage(HttpMethod.Get, $"/~{world.Slug}/profile");
        forged.Headers.Host = "evil.example";
        forged.Headers.TryAddWithoutValidation("X-Forwarded-Host", "evil.example");
        var answer = await world.NewVisitor().Client.SendAsync(forged);
        Assert.StartsWith($"/~{world.Slug}/sign-in", answer.Headers.Location!.OriginalString);
    }

    private static byte[] Packed(string name, string text)
    {
        using var bytes = new MemoryStream();
        using (var archive = new System.IO.Compression.ZipArchive(bytes, System.IO.Compression.ZipArchiveMode.Create))
        using (var entry = new StreamWriter(archive.CreateEntry(name).Open()))
            entry.Write(text);
        return bytes.ToArray();
    }

    private static string Path(RouteEndpoint route, Func<string, string> value) =>
        "/"
        + string.Join(
            '/',
            route.RoutePattern.PathSegments.Select(s =>
                string.Concat(
                    s.Parts.Select(p =>
                        p switch
                        {
                            RoutePatternLiteralPart literal => literal.Content,
                            RoutePatternParameterPart { Name: "month" } => "2026-10",
                            RoutePatternParameterPart parameter => value(parameter.Name),
                            _ => "",
                        }
                    )
                )
            )
        );

    // A block of data is no script; what carries a src is a file of ours.
    [GeneratedRegex("<script(?![^>]*\\ssrc=)[^>]*>|<style|\\s(?:on[a-z]+|style)=\"|href=\"javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("role=\"alert\">([^<]+)<")]
    private static partial Regex Alert();
}
