using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Remit.Kernel;
using Remit.Modules.Dispatch;
using Remit.Modules.Notices;
using Remit.Modules.Papers;

namespace Remit.Tests.Dispatch;

public sealed class Blanks_and_releases(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Blanks_take_numbers_from_the_counter_of_acts_and_an_act_made_on_one_has_its_number()
    {
        await world.Post("papers/company", ("company_title", "Remit"), ("hour_price", "60"), ("vat", "20"), ("version", "1"));
        var (_, petar) = await world.SomeoneWhoIs(Role.Programmer);
        await world.Post("papers/blanks", ("blank_kind", "Act"), ("blank_count", "3"), ("holder", $"{petar}"));
        await using var db = world.Db();
        var blanks = await db.Set<Blank>().AsNoTracking().Where(b => b.HolderId == petar).OrderBy(b => b.Number).ToListAsync();
        Assert.Equal(3, blanks.Count);
        Assert.Equal(blanks[0].Number + 2, blanks[2].Number);
        Assert.Equal(
            "%PDF",
            Encoding.ASCII.GetString(
                (await (await world.Owner.Get($"papers/blanks/{blanks[0].Batch}.pdf")).Content.ReadAsByteArrayAsync())[..4]
            )
        );
        var page = await world.Text("papers/blanks");
        Assert.DoesNotContain("⟦", page);

        // The programmer calls while still at the client: visit, invoice and act in one form, on the second blank.
        var visit = await world.Visit(await world.Client("On a blank"), petar, Scene.Workday(2));
        await world.HasCome(visit);
        Assert.Contains($"№ {blanks[1].Number}", await world.Text($"visits/{visit.Id}/dictate"));
        var read = await world.Owner.PostAndRead(
            $"visits/{visit.Id}/dictate",
            ("works", "Update"),
            ("duration", "60"),
            ("blank", $"{blanks[1].Id}")
        );
        Assert.Contains($"№ {blanks[1].Number}", read);
        Assert.Equal(VisitState.Done, (await world.Now(visit)).State);
        Assert.Equal(blanks[1].Number, await db.Set<Invoice>().Where(i => i.VisitId == visit.Id).Select(i => i.ActNumber).SingleAsync());
        // The next act without a blank goes on behind all that were printed.
        var next = await world.Visit(await world.Client("Without"), petar, Scene.Workday(3));
        await world.HasCome(next);
        await world.Post($"visits/{next.Id}/dictate", ("works", "Lesson"), ("duration", "60"));
        Assert.Equal(blanks[2].Number + 1, await db.Set<Invoice>().Where(i => i.VisitId == next.Id).Select(i => i.ActNumber).SingleAsync());

        Assert.Equal(422, (int)(await world.Post($"papers/blanks/{blanks[0].Id}/spoil")).StatusCode);
        await world.Post($"papers/blanks/{blanks[0].Id}/spoil", ("blank_note", "Coffee"));
        await world.Post($"papers/blanks/{blanks[2].Id}/return");
        Assert.Equal(422, (int)(await world.Post($"papers/blanks/{blanks[1].Id}/spoil", ("blank_note", "no"))).StatusCode);
        Assert.Equal(
            [BlankState.Spoiled, BlankState.Used, BlankState.Returned],
            await db.Set<Blank>().Where(b => b.HolderId == petar).OrderBy(b => b.Number).Select(b => b.State).ToListAsync()
        );
    }

    [Fact]
    public async Task A_version_that_is_new_on_a_suppliers_feed_is_announced_by_itself_and_called_round()
    {
        await using var supplier = await Supplier.Start(Feed("1.4", "First seen"));
        await world.Post("products", ("product_name", "Watched"));
        await using var db = world.Db();
        var product = await db.Set<Product>().Where(p => p.Name == "Watched").Select(p => p.Id).SingleAsync();
        var client = await world.Client("Uses it", "u@example.com");
        await world.Post($"clients/{client}/products", ("product", $"{product}"), ("used_version", "1.4"));
        await world.Post($"products/{product}/watches", ("watch_address", supplier.Address));
        await world.RunJobs();
        // What is there at the first look is what everybody has.
        Assert.False(await db.Set<Release>().AnyAsync(r => r.ProductId == product));
        Assert.Equal("1.4", await db.Set<ReleaseWatch>().Where(w => w.ProductId == product).Select(w => w.Last).SingleAsync());
        supplier.Says = Feed("1.5", "New VAT return &amp; more");
        var watch = await db.Set<ReleaseWatch>().Where(w => w.ProductId == product).Select(w => w.Id).SingleAsync();
        for (var n = 0; n < 2; n++)
        {
            await world.Post($"products/{product}/watches/{watch}/look");
            await world.RunJobs();
        }
        var release = await db.Set<Release>().SingleAsync(r => r.ProductId == product);
        Assert.Contains("New VAT return & more", release.Notes);
        var call = await db.Set<ReleaseCall>().AsNoTracking().SingleAsync(c => c.ReleaseId == release.Id);
        Assert.Equal(client, call.ClientId);
        await world.Post(
            $"releases/{release.Id}/calls/{call.Id}",
            ("wants", "on"),
            ("wanted_on", "2027-01-15"),
            ("call_said", "After the holidays")
        );
        var page = await world.Text($"releases/{release.Id}");
        foreach (var part in new[] { "wanted on", "After the holidays" })
            Assert.Contains(part, page);
        await world.Post($"releases/{release.Id}/calls/{call.Id}/has");
        Assert.Equal("1.5", await db.Set<ClientProduct>().Where(u => u.ClientId == client).Select(u => u.UsedVersion).SingleAsync());
        supplier.Says = "<html>nothing here</html>";
        await world.Post($"products/{product}/watches/{watch}/look");
        await world.RunJobs();
        Assert.Contains("No version was found", await world.Text("products"));
    }

    [Theory]
    [InlineData("<html><script>var v='9.9.9'</script><h1>Release 8.3.25.1257 of May</h1></html>", "", "8.3.25.1257")]
    [InlineData("<p>Старая 3.0.1</p><p>Версия 3.0.150 от 01.02</p>", "Версия ([0-9.]+)", "3.0.150")]
    [InlineData(
        "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>v1.0</title><updated>2026-01-01T00:00:00Z</updated></entry><entry><title>v1.1</title><updated>2026-02-01T00:00:00Z</updated></entry></feed>",
        "",
        "1.1"
    )]
    [InlineData(
        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><rss><channel><item><title>2.2</title></item></channel></rss>",
        "",
        "2.2"
    )]
    [InlineData("no number at all", "", null)]
    public void A_version_is_found_where_suppliers_write_it(string page, string pattern, string? version) =>
        Assert.Equal(version, SupplierPage.Read(Encoding.UTF8.GetBytes(page), pattern)?.Version);

    [Fact]
    public async Task The_contracts_class_of_service_decides_until_when_a_question_is_answered()
    {
        await world.Post("questions/classes", ("service_name", "Gold"), ("hours", "2"));
        await using var db = world.Db();
        var gold = await db.Set<ServiceClass>().Where(c => c.Name == "Gold").Select(c => c.Id).SingleAsync();
        var (with, without) = (await world.Client("Gold client"), await world.Client("Plain client"));
        await world.Post($"clients/{with}/service", ("class", $"{gold}"));
        foreach (var client in new[] { with, without })
            await world.Post("questions/new", ("client", $"{client}"), ("question_text", "How?"));
        var due = await db.Set<Question>()
            .Where(q => q.ClientId == with || q.ClientId == without)
            .ToDictionaryAsync(q => q.ClientId, q => q.DueAt);
        Assert.True(due[with] < due[without]);
        Assert.Contains("Gold", await world.Text("questions/terms"));
        Assert.Equal(422, (int)(await world.Post($"questions/classes/{gold}/end")).StatusCode);
    }

    [Fact]
    public async Task A_question_nobody_answers_goes_up_to_the_manager_and_then_further()
    {
        var (_, elena) = await world.SomeoneWhoIs(Role.Manager);
        var client = Modules.Clients.Client.New("Unheard", "BG", DateTime.UtcNow);
        client.Describe("en", null, false, null, elena);
        await using (var db = world.Db())
        {
            db.Add(client);
            await db.SaveChangesAsync();
        }
        await world.Post("questions/new", ("client", $"{client.Id}"), ("question_text", "Anybody?"));
        await using var look = world.Db();
        var question = await look.Set<Question>().SingleAsync(q => q.ClientId == client.Id);
        await world.RunJobs(question.DueAt.AddMinutes(1));
        await world.RunJobs(question.DueAt.AddDays(2));
        var told = await look.Set<NoticeRow>()
            .Where(n => n.Key == "notice.question_late" && n.Path == $"questions/{question.Id}")
            .Select(n => n.PersonId)
            .ToListAsync();
        Assert.Contains(elena, told);
        Assert.Contains(await world.OwnerId(), told);
    }

    private static string Feed(string version, string notes) =>
        $"<rss version='2.0'><channel><title>News</title><item><title>Store {version}</title><description>{notes}</description></item></channel></rss>";

    private sealed class Supplier(WebApplication app) : IAsyncDisposable
    {
        public string Says { get; set; } = "";
        public string Address =>
            app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/news";

        public static async Task<Supplier> Start(string says)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var app = builder.Build();
            var supplier = new Supplier(app) { Says = says };
            app.MapGet("/news", () => Results.Text(supplier.Says, "application/xml"));
            await app.StartAsync();
            return supplier;
        }

        public async ValueTask DisposeAsync() => await app.DisposeAsync();
    }
}
