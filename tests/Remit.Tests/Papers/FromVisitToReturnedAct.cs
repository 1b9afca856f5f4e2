using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Papers;
using Remit.Modules.Work;

namespace Remit.Tests.Papers;

/// <summary>The whole path over HTTP: visit, the client's link, hours, invoice and act, PDF, the original back.</summary>
public sealed class FromVisitToReturnedAct(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_visit_is_planned_confirmed_by_link_finished_billed_printed_and_its_act_comes_back()
    {
        await Company();
        var client = await NewClient("Orbita");
        var visit = await Planned(client, "2026-03-02T10:00");
        var guest = world.NewVisitor();
        Assert.Contains("Orbita", await guest.Text($"v/{visit.Link}"));
        await Saved(guest.Post($"v/{visit.Link}/confirm"));
        await Saved(world.Post($"visits/{visit.Id}/finish", ("duration", "90"), ("works", "Update of payroll")));
        await Saved(world.Post($"papers/from-visit/{visit.Id}"));
        var again = await world.Post($"papers/from-visit/{visit.Id}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        await using var db = world.Db();
        var invoice = await db.Set<Invoice>().AsNoTracking().SingleAsync(i => i.VisitId == visit.Id);
        Assert.Equal(9000, invoice.Total.Minor);
        await Saved(world.Post($"papers/{invoice.Id}/issue"));
        Assert.DoesNotContain("from-visit", await world.Text($"visits/{visit.Id}"));
        foreach (var file in new[] { "invoice.pdf", "act.pdf?lang=ru" })
            Assert.StartsWith(
                "%PDF",
                Encoding.Latin1.GetString(await (await world.Owner.Get($"papers/{invoice.Id}/{file}")).Content.ReadAsByteArrayAsync())
            );
        await Saved(world.Post($"papers/{invoice.Id}/act-returned"));
        Assert.Contains("original back ✓", await world.Text($"clients/{client}"));
        var facts = await db.Set<StatedFact>().Where(f => f.ChainId == visit.Id).Select(f => f.Code).ToListAsync();
        Assert.Equal(["act.issued", "act.returned", "invoice.issued", "visit.confirmed", "visit.done", "visit.planned"], facts.Order());
        foreach (
            var page in new[]
            {
                "clients",
                "clients?q=orb",
                "visits?day=2026-03-02",
                "papers",
                "papers?only=unpaid",
                $"papers/{invoice.Id}",
                "papers/company",
                "papers/new",
                "visits/new",
            }
        )
            Assert.DoesNotContain("⟦", await world.Text(page));
    }

    [Fact]
    public async Task Eight_who_issue_at_once_get_numbers_without_gaps()
    {
        await Company();
        var client = await NewClient("Parallel");
        for (var n = 0; n < 8; n++)
            await Saved(
                world.Post(
                    "papers/new",
                    ("client", client.ToString()),
                    ("text1", "Work"),
                    ("count1", "1"),
                    ("unit1", "piece"),
                    ("price1", "10")
                )
            );
        await using var db = world.Db();
        var drafts = await db.Set<Invoice>().Where(i => i.ClientId == client).Select(i => i.Id).ToListAsync();
        await Task.WhenAll(drafts.Select(id => Saved(world.Post($"papers/{id}/issue"))));
        var numbers = await db.Set<Invoice>()
            .AsNoTracking()
            .Where(i => i.Number != null)
            .Select(i => new { i.Number, i.ActNumber })
            .ToListAsync();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => (long?)n), numbers.Select(n => n.Number).Order());
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => (long?)n), numbers.Select(n => n.ActNumber).Order());
    }

    [Fact]
    public async Task A_programmer_who_is_busy_then_is_not_booked_twice()
    {
        var client = await NewClient("Busy");
        await Planned(client, "2026-04-06T10:00");
        var page = await world.Owner.PostAndRead("visits/new", await Fields(client, "2026-04-06T10:30"));
        Assert.Contains("10:00–11:00", page);
    }

    [Fact]
    public async Task A_client_like_one_there_is_asks_first_and_is_created_when_that_is_fine()
    {
        await NewClient("Twin");
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await world.Post("clients/new", ("client_title", "TWIN"), ("country", "BG"), ("lang", "en"))).StatusCode
        );
        await Saved(world.Post("clients/new", ("client_title", "TWIN"), ("country", "BG"), ("lang", "en"), ("same_is_fine", "on")));
    }

    [Fact]
    public async Task An_edit_of_an_older_version_asks_what_shall_stand()
    {
        var client = await NewClient("Versioned");
        await using var db = world.Db();
        var version = (await db.Set<Client>().SingleAsync(c => c.Id == client)).Version.ToString();
        (string, string)[] edit = [("version", version), ("client_title", "Versioned Ltd"), ("country", "BG"), ("lang", "en")];
        await Saved(world.Post($"clients/{client}/edit", edit));
        Assert.Equal(
            HttpStatusCode.Conflict,
            (await world.Post($"clients/{client}/edit", [edit[0], ("client_title", "Versioned AG"), .. edit[2..]])).StatusCode
        );
    }

    private Task Company() =>
        world.Post("papers/company", ("company_title", "Remit"), ("hour_price", "60"), ("vat", "20"), ("version", "1"));

    private async Task<Guid> NewClient(string name)
    {
        await Saved(world.Post("clients/new", ("client_title", name), ("country", "BG"), ("lang", "en")));
        await using var db = world.Db();
        return await db.Set<Client>().Where(c => c.Name == name).Select(c => c.Id).SingleAsync();
    }

    private async Task<Visit> Planned(Guid client, string start)
    {
        await Saved(world.Post("visits/new", await Fields(client, start)));
        await using var db = world.Db();
        return await db.Set<Visit>().SingleAsync(v => v.ClientId == client);
    }

    private async Task<(string, string)[]> Fields(Guid client, string start) =>
        [
            ("client", client.ToString()),
            ("programmer", (await world.OwnerId()).ToString()),
            ("starts_at", start),
            ("duration", "60"),
            ("subject", "Update"),
        ];

    private static async Task Saved(Task<HttpResponseMessage> sent)
    {
        var answer = await sent;
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }
}
