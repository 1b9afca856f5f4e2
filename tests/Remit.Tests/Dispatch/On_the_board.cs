using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Dispatch;
using Remit.Modules.Papers;
using Remit.Modules.Tasks;

namespace Remit.Tests.Dispatch;

public sealed class On_the_board(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_visit_is_moved_to_another_and_a_conflict_is_refused_with_its_reason()
    {
        var (_, petar) = await world.SomeoneWhoIs(Role.Programmer);
        var (_, maria) = await world.SomeoneWhoIs(Role.Programmer);
        var day = Scene.Workday(10);
        var first = await world.Visit(await world.Client("Board one"), petar, day);
        var second = await world.Visit(await world.Client("Board two"), maria, day);
        var board = await world.Text($"visits/board?day={day:yyyy-MM-dd}");
        foreach (var part in new[] { "Board one", "Board two", "1 h", "Not confirmed" })
            Assert.Contains(part, board);
        Assert.DoesNotContain("⟦", board);
        var refused = await world.Post(
            "visits/board/move",
            ("visit", $"{first.Id}"),
            ("programmer", $"{maria}"),
            ("starts_at", $"{day:yyyy-MM-dd}T10:30")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("10:00–11:00", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()));
        await world.Post(
            "visits/board/move",
            ("visit", $"{first.Id}"),
            ("programmer", $"{maria}"),
            ("starts_at", $"{day:yyyy-MM-dd}T12:00")
        );
        Assert.Equal(maria, (await world.Now(first)).ProgrammerId);
        Assert.Equal(maria, (await world.Now(second)).ProgrammerId);
    }

    [Fact]
    public async Task Who_has_been_at_a_client_is_known_to_know_them()
    {
        var (_, petar) = await world.SomeoneWhoIs(Role.Programmer);
        var client = await world.Client("Known");
        var day = Scene.Workday(17);
        var past = await world.Visit(client, petar, day.AddDays(-7));
        await world.HasCome(past);
        await world.Post($"visits/{past.Id}/finish", ("version", $"{past.Version}"), ("duration", "60"), ("works", "Done"));
        await world.Visit(client, petar, day);
        var board = await world.Text($"visits/board?day={day:yyyy-MM-dd}");
        Assert.Contains($"data-knows=\"{client}\"", board);
        Assert.Contains("★", board);
    }

    [Fact]
    public async Task On_the_spot_the_clock_runs_the_client_signs_and_the_papers_are_dictated()
    {
        await world.Post("papers/company", ("company_title", "Remit"), ("hour_price", "60"), ("vat", "20"), ("version", "1"));
        var (petar, petarId) = await world.SomeoneWhoIs(Role.Programmer);
        var client = await world.Client("Spot", null, "+359 88 123");
        var visit = await world.Visit(client, petarId, Scene.Workday(20));
        var sheet = await petar.Text($"visits/{visit.Id}/sheet");
        foreach (var part in new[] { "tel:+35988123", "Second door", "Begin the work" })
            Assert.Contains(part, sheet);
        await petar.Post($"visits/{visit.Id}/sheet/start");
        Assert.Contains("runs already", await (await petar.Post($"visits/{visit.Id}/sheet/start")).Content.ReadAsStringAsync());
        await petar.Post($"visits/{visit.Id}/sheet/stop");
        var early = await petar.Post($"visits/{visit.Id}/sheet/finish", ("works", "Update"), ("duration", "90"));
        Assert.Equal(422, (int)early.StatusCode);
        Assert.Contains("move it to today", await early.Content.ReadAsStringAsync());
        await world.HasCome(visit);
        var done = await petar.Post(
            $"visits/{visit.Id}/sheet/finish",
            ("works", "Update and a lesson"),
            ("duration", "90"),
            ("signed_by", "Anna")
        );
        Assert.Equal(303, (int)done.StatusCode);
        Assert.Equal((VisitState.Done, 90), ((await world.Now(visit)).State, (await world.Now(visit)).WorkedMinutes));
        var dictated = await world.Owner.PostAndRead($"visits/{visit.Id}/dictate");
        await using var db = world.Db();
        var invoice = await db.Set<Invoice>().SingleAsync(i => i.VisitId == visit.Id);
        Assert.NotNull(invoice.Number);
        Assert.Contains($"№ {invoice.Number}", dictated);
        Assert.Contains($"№ {invoice.ActNumber}", dictated);
        await world.Post($"visits/{visit.Id}/dictate");
        Assert.Equal(1, await db.Set<Invoice>().CountAsync(i => i.VisitId == visit.Id));
        Assert.Equal("Anna", (await db.Set<VisitSheet>().SingleAsync(s => s.VisitId == visit.Id)).SignedBy);
    }

    [Fact]
    public async Task A_release_is_told_to_who_knows_the_product_and_called_round_to_who_uses_it()
    {
        await world.Post("products", ("product_name", "Store"));
        await using var db = world.Db();
        var product = await db.Set<Product>().Where(p => p.Name == "Store").Select(p => p.Id).SingleAsync();
        var (old, fresh) = (await world.Client("Old version"), await world.Client("New version"));
        await world.Post($"clients/{old}/products", ("product", $"{product}"), ("used_version", "1.1"));
        await world.Post($"clients/{fresh}/products", ("product", $"{product}"), ("used_version", "1.2"));
        await world.Post($"products/{product}/releases", ("release_number", "1.2"), ("release_notes", "VAT return"));
        var call = await db.Set<ReleaseCall>().SingleAsync();
        Assert.Equal(old, call.ClientId);
        var page = await world.Text($"releases/{call.ReleaseId}");
        Assert.Contains("Old version", page);
        Assert.DoesNotContain("⟦", page);
        await world.Post($"releases/{call.ReleaseId}/calls/{call.Id}", ("wants", "on"));
        Assert.Contains("wants it", await world.Text($"releases/{call.ReleaseId}"));
        Assert.NotNull(await db.Set<WorkTask>().Where(t => t.Id == call.TaskId).Select(t => t.DoneAt).SingleAsync());
        Assert.Equal(422, (int)(await world.Post($"products/{product}/releases", ("release_number", "1.2"))).StatusCode);
    }

    [Theory]
    [InlineData("questions")]
    [InlineData("questions/new")]
    [InlineData("questions/terms")]
    [InlineData("products")]
    [InlineData("visits/settings")]
    [InlineData("telegram")]
    [InlineData("visits/board")]
    public async Task Pages_have_all_their_words(string page) => Assert.DoesNotContain("⟦", await world.Text(page));
}
