using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.People;
using Remit.Web;

namespace Remit.Tests.Create;

/// <summary>The line on its page, the pickers beside it, favourites and what a phone installs.</summary>
public sealed class From_one_line(World world) : IClassFixture<World>, IAsyncLifetime
{
    public async Task InitializeAsync()
    {
        await using var db = world.Db();
        if (await db.Set<Client>().AnyAsync())
            return;
        var client = Client.New("ООО «Ромашка»", "RU", DateTime.UnixEpoch);
        client.Register("RU", "7707083893", "", "Казань");
        var petrov = Person.Join("Алексей Петров", "petrov@example.com", Role.Programmer, "ru");
        db.AddRange(
            client,
            petrov,
            Client.New("ЗАО «Контакт Плюс»", "RU", DateTime.UnixEpoch),
            Contact.At(client, "Мария Иванова", "бухгалтер", "+7 (916) 123-45-67", "maria@romashka.example", false)
        );
        await db.SaveChangesAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_task_for_a_colleague_is_filled_in()
    {
        var page = await world.Text("create?text=" + Uri.EscapeDataString("Задача Петрову подготовить акт до 27.11.2030"));
        Assert.Contains("value=\"Подготовить акт\"", page);
        Assert.Contains("value=\"2030-11-27\"", page);
        Assert.Matches("selected>Алексей Петров<", page);
    }

    [Fact]
    public async Task Azerbaijani_letters_are_found_by_whoever_has_no_keys_for_them()
    {
        await world.Post("clients/new", ("client_title", "MMC «Xəzər Göyçə»"), ("country", "AZ"), ("lang", "az"), ("same_is_fine", "on"));
        Assert.Contains("Xəzər Göyçə", await world.Text("clients?q=xezer%20goyce"));
        Assert.Contains("Xəzər Göyçə", await world.Text("clients?q=" + Uri.EscapeDataString("XƏZƏR")));
        Assert.Contains("Xəzər Göyçə", await world.Text("create?text=" + Uri.EscapeDataString("zeng Xezer sabah 15:00")));
    }

    [Fact]
    public async Task A_visit_opens_its_form_with_client_time_and_length()
    {
        var page = await world.Text("create?text=" + Uri.EscapeDataString("визит Ромашку 28.11.2030 10:00 2ч проверить обмен"));
        var link = System.Text.RegularExpressions.Regex.Match(page, "href=\"(visits/new[^\"]+)\"").Groups[1].Value;
        var form = await world.Text(link);
        Assert.Contains("value=\"2030-11-28T10:00\"", form);
        Assert.Contains("value=\"120\"", form);
        Assert.Contains("value=\"Проверить обмен\"", form);
        Assert.Contains("ООО «Ромашка»", form);
    }

    [Fact]
    public async Task A_call_with_an_hour_is_an_event_with_the_contacts_client()
    {
        var page = await world.Text("create?text=" + Uri.EscapeDataString("звонок Ивановой 28.11.2030 15:00"));
        var link = System.Text.RegularExpressions.Regex.Match(page, "href=\"(calendar/new[^\"]+)\"").Groups[1].Value;
        var form = await world.Text(link);
        Assert.Contains("Call: Ивановой", form);
        Assert.Contains("value=\"ООО «Ромашка»\"", form);
        Assert.Contains("2030-11-28T15:30", form);
    }

    [Fact]
    public async Task What_one_may_not_make_is_not_offered()
    {
        var (programmer, _) = await world.SomeoneWhoIs(Role.Programmer);
        var page = await programmer.Text("create?text=" + Uri.EscapeDataString("клиент Заря"));
        Assert.DoesNotContain("clients/new", page);
        Assert.Contains("action=\"tasks\"", page);
    }

    [Theory]
    [
        InlineData("ромаш"),
        InlineData("7707083893"),
        InlineData("8 916 123 45 67"),
        InlineData("+79161234567"),
        InlineData("maria@"),
        InlineData("иванова"),
        InlineData("казань")
    ]
    public async Task A_client_is_picked_by_whatever_one_knows(string words) =>
        Assert.Contains(
            "ООО «Ромашка»",
            System.Text.RegularExpressions.Regex.Unescape(await world.Text("search/clients?q=" + Uri.EscapeDataString(words)))
        );

    [Fact]
    public async Task A_client_made_while_something_else_is_made_comes_back_chosen()
    {
        var answer = await world.Post(
            "clients/new",
            ("client_title", "Made on the way"),
            ("country", "BG"),
            ("lang", "bg"),
            ("to", "visits/new?start=2030-11-28T10%3A00")
        );
        Assert.Contains("visits/new?start=2030-11-28T10%3A00&client=", answer.Headers.Location!.OriginalString);
        Assert.DoesNotContain(
            "evil",
            (
                await world.Post(
                    "clients/new",
                    ("client_title", "Another on the way"),
                    ("country", "BG"),
                    ("lang", "bg"),
                    ("to", "//evil.example")
                )
            )
                .Headers
                .Location!
                .OriginalString
        );
    }

    [
        Theory,
        InlineData("ромашка", "", true),
        InlineData("АО \"Ромашка\"", "", true),
        InlineData("Other", "7707083893", true),
        InlineData("Ромб", "", false),
        InlineData("", "", false)
    ]
    public async Task A_likely_double_is_named_while_it_is_typed(string name, string taxId, bool known) =>
        Assert.Equal(
            known,
            System
                .Text.RegularExpressions.Regex.Unescape(await world.Text($"clients/like?name={Uri.EscapeDataString(name)}&tax_id={taxId}"))
                .Contains("Ромашка", StringComparison.Ordinal)
        );

    [Fact]
    public async Task Favourites_are_a_persons_own_and_stand_in_their_order()
    {
        var (visitor, id) = await world.SomeoneWhoIs(Role.Manager);
        visitor.Client.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        foreach (var (path, title) in new[] { ("clients?segment=A", "My A"), ("papers", "Papers here") })
            await visitor.Post("favourites", ("path", path), ("title", title));
        Assert.Matches("(?s)My A.*Papers here", await visitor.Text("favourites"));
        await using var db = world.Db();
        var mine = await db.Set<Favourite>().Where(f => f.PersonId == id).OrderBy(f => f.Place).ToListAsync();
        await visitor.Post($"favourites/{mine[1].Id}/up");
        Assert.Matches("(?s)Papers here.*My A", await visitor.Text("favourites"));
        await visitor.Post("favourites/order", ("id", $"{mine[0].Id}"), ("id", $"{mine[1].Id}"));
        Assert.Matches("(?s)My A.*Papers here", await visitor.Text("favourites"));
        await visitor.Post("favourites", ("path", "papers"));
        Assert.DoesNotContain("Papers here", await visitor.Text("favourites"));
        Assert.DoesNotContain("My A", await world.Text("favourites"));
        Assert.Equal(HttpStatusCode.NotFound, (await world.Post($"favourites/{mine[0].Id}/up")).StatusCode);
    }

    [Fact]
    public async Task The_firm_can_be_installed_and_search_works_without_a_script()
    {
        Assert.Contains("\"display\":\"standalone\"", await world.NewVisitor().Text("manifest.webmanifest"));
        using var ask = new HttpRequestMessage(HttpMethod.Get, world.Owner.Full("search?q=" + Uri.EscapeDataString("ромашка")));
        ask.Headers.Accept.ParseAdd("text/html");
        Assert.Contains(
            "ООО «Ромашка»",
            WebUtility.HtmlDecode(await (await world.Owner.Client.SendAsync(ask)).Content.ReadAsStringAsync())
        );
    }
}
