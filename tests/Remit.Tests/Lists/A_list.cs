using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web.Lists;

namespace Remit.Tests.Lists;

/// <summary>The list part, looked at through the clients.</summary>
public sealed partial class A_list(World world) : IClassFixture<World>, IAsyncLifetime
{
    private const int Many = 120;

    public async Task InitializeAsync()
    {
        await using var db = world.Db();
        if (await db.Set<Client>().AnyAsync())
            return;
        for (var i = 0; i < Many; i++)
        {
            var client = Client.New($"Ёлка № {i:000}", "BG", DateTime.UnixEpoch.AddDays(i));
            client.Register("BG", "", "", $"Варна, {i}");
            client.Place(i % 2 == 0 ? "even" : "odd");
            if (i < 10)
                client.Favour(true);
            db.Add(client);
        }
        await db.SaveChangesAsync();
        var first = await db.Set<Client>().FirstAsync(c => c.Name == "Ёлка № 007");
        db.Add(Contact.At(first, "Радка Динева", "", "+359 52 60 07 08", "radka@example.bg", true));
        await db.SaveChangesAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [
        Theory,
        InlineData(""),
        InlineData("sort=-client_title"),
        InlineData("sort=created_on"),
        InlineData("sort=-segment"),
        InlineData("sort=manager")
    ]
    public async Task Its_pages_together_hold_every_row_once(string query)
    {
        var seen = new List<string>();
        var path = "clients?" + query;
        while (path is not null && seen.Count <= Many)
        {
            var page = await world.Text(path);
            seen.AddRange(Ids(page));
            path = Next().Match(page) is { Success: true } next ? next.Groups[1].Value : null;
        }
        Assert.Equal(Many, seen.Count);
        Assert.Equal(Many, seen.Distinct().Count());
    }

    [
        Theory,
        InlineData("ЕЛКА"),
        InlineData("ёлк"),
        InlineData("007"),
        InlineData("ка 00"),
        InlineData("радка"),
        InlineData("526007"),
        InlineData("RADKA@ex"),
        InlineData("ар 7")
    ]
    public async Task Any_part_of_any_word_in_any_case_finds(string words) =>
        Assert.Contains("Ёлка № 007", await world.Text("clients?q=" + Uri.EscapeDataString(words)));

    [
        Theory,
        InlineData("\""),
        InlineData("a\"b OR c"),
        InlineData("%%%"),
        InlineData("___"),
        InlineData("' ; DROP"),
        InlineData("Text:abc*"),
        InlineData("\\\\\\")
    ]
    public async Task Signs_in_the_search_box_are_only_signs(string words) =>
        Assert.Empty(Ids(await world.Text("clients?q=" + Uri.EscapeDataString(words))));

    [Fact]
    public async Task What_is_renamed_or_gone_is_found_no_more_by_its_old_name()
    {
        await using var db = world.Db();
        var client = Client.New("Zebrafink", "BG", DateTime.UnixEpoch);
        db.Add(client);
        await db.SaveChangesAsync();
        client.Rename("Nightingale");
        await db.SaveChangesAsync();
        Assert.Empty(Ids(await world.Text("clients?q=zebraf")));
        Assert.Single(Ids(await world.Text("clients?q=nighting")));
        db.Remove(client);
        await db.SaveChangesAsync();
        Assert.Empty(Ids(await world.Text("clients?q=nighting")));
    }

    [Fact]
    public async Task Chips_of_one_kind_mean_either_and_of_two_kinds_both()
    {
        Assert.Equal("120", await Found("segment=even&segment=odd"));
        Assert.Equal("60", await Found("segment=even"));
        Assert.Contains(">50+<", Sub(await world.Text("clients?segment=even")));
        Assert.Contains(">5<", Sub(await world.Text("clients?segment=even&key_account=yes")));
        Assert.Empty(Ids(await world.Text("clients?segment=neither")));
        Assert.Empty(Ids(await world.Text("clients?manager=me")));
    }

    [Fact]
    public async Task A_question_is_kept_as_a_tab_for_oneself_or_for_all()
    {
        var (other, _) = await world.SomeoneWhoIs(Role.Manager);
        await world.Post("clients/views", ("view_name", "My even ones"), ("question", "segment=even"));
        await world.Post("clients/views", ("view_name", "Odd for all"), ("question", "segment=odd"), ("shared", "on"));
        var mine = await world.Text("clients");
        var theirs = await other.Text("clients");
        Assert.Contains("My even ones", mine);
        Assert.Contains("Odd for all", mine);
        Assert.DoesNotContain("My even ones", theirs);
        Assert.Contains("Odd for all", theirs);
        Assert.Equal(
            "60",
            System
                .Text.Json.JsonDocument.Parse(await world.Text("clients/counts"))
                .RootElement.GetProperty("tabs")
                .GetProperty("segment=even")
                .GetString()
        );
        await using var db = world.Db();
        var shared = await db.Set<ListView>().SingleAsync(v => v.Name == "Odd for all");
        Assert.Equal(HttpStatusCode.NotFound, (await other.Post($"clients/views/{shared.Id}/delete")).StatusCode);
        await world.Post($"clients/views/{shared.Id}/delete");
        Assert.DoesNotContain("Odd for all", await other.Text("clients"));
    }

    [Fact]
    public async Task Columns_are_chosen_ordered_and_reset()
    {
        await world.Post("clients/columns", ("column", "country"), ("column", "client_title"));
        Assert.Matches("(?s)<th.*Country.*<th.*Name", await world.Text("clients"));
        Assert.DoesNotContain("data-label=\"Segment\"", await world.Text("clients"));
        await world.Post("clients/columns", ("reset", "1"));
        Assert.Contains("data-label=\"Segment\"", await world.Text("clients"));
    }

    [Fact]
    public async Task What_is_done_to_many_is_taken_back_at_once()
    {
        var ids = Ids(await world.Text("clients?segment=odd")).Take(5).ToList();
        var answer = await world.Owner.Post("clients/bulk", [("act", "segment"), ("value", "chosen"), .. ids.Select(i => ("ids", i))]);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(5, Ids(await world.Text("clients?segment=chosen")).Count);
        await using var db = world.Db();
        var change = await db.Journal.OrderByDescending(j => j.Seq).Select(j => j.ChangeId).FirstAsync();
        await world.Post($"history/{change}/undo");
        Assert.Empty(Ids(await world.Text("clients?segment=chosen")));
    }

    [Fact]
    public async Task All_that_are_found_can_be_meant_and_only_those_one_sees()
    {
        await world.Post("clients/bulk", ("act", "segment"), ("value", "key ones"), ("all", "on"), ("question", "key_account=yes"));
        Assert.Contains(">10<", Sub(await world.Text("clients?segment=key%20ones")));
        await using var db = world.Db();
        await world.Post($"history/{await db.Journal.OrderByDescending(j => j.Seq).Select(j => j.ChangeId).FirstAsync()}/undo");
        var (programmer, _) = await world.SomeoneWhoIs(Role.Programmer);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await programmer.Post("clients/bulk", ("act", "segment"), ("value", "x"), ("all", "on"))).StatusCode
        );
    }

    [Fact]
    public async Task A_cell_is_changed_in_place_and_not_over_another_ones_change()
    {
        var id = Ids(await world.Text("clients?q=099")).Single();
        var saved = await world.PostAndReadJson("clients/cells", ("column", "segment"), ("id", id), ("was", "odd"), ("value", "rare"));
        Assert.Contains("\"plain\":\"rare\"", saved);
        var late = await world.Post("clients/cells", ("column", "segment"), ("id", id), ("was", "odd"), ("value", "late"));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("\"now\":\"rare\"", await late.Content.ReadAsStringAsync());
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await world.Post("clients/cells", ("column", "manager"), ("id", id), ("was", ""), ("value", "x"))).StatusCode
        );
        await world.Post("clients/cells", ("column", "segment"), ("id", id), ("was", "rare"), ("value", "odd"));
    }

    [Fact]
    public async Task A_file_has_the_words_that_stand_on_the_screen()
    {
        var csv = await (await world.Owner.Get("people/all/export.csv")).Content.ReadAsStringAsync();
        Assert.Contains(",owner,", csv);
        Assert.DoesNotContain(",Owner,", csv);
    }

    [Fact]
    public async Task What_is_on_screen_goes_into_a_file_whole()
    {
        var csv = await (
            await world.Owner.Get("clients/export.csv?segment=even&cols=client_title,legal_address")
        ).Content.ReadAsStringAsync();
        var lines = csv.TrimEnd().Split("\r\n");
        Assert.Equal(61, lines.Length);
        Assert.Equal("Ёлка № 000,\"Варна, 0\"", lines[1]);
        using var book = new ZipArchive(await (await world.Owner.Get("clients/export.xlsx?key_account=yes")).Content.ReadAsStreamAsync());
        using var sheet = new StreamReader(book.Entries.Single(e => e.FullName.Contains("sheet")).Open());
        Assert.Equal(11, Regex.Count(await sheet.ReadToEndAsync(), "<x:row>|<row>"));
    }

    [Fact]
    public async Task A_text_like_a_formula_is_no_formula_in_a_file()
    {
        await using var db = world.Db();
        var client = Client.New("=HYPERLINK(\"x\")", "BG", DateTime.UnixEpoch);
        db.Add(client);
        await db.SaveChangesAsync();
        Assert.Contains(
            "\"'=HYPERLINK(\"\"x\"\")\"",
            await (await world.Owner.Get("clients/export.csv?q=hyperlink")).Content.ReadAsStringAsync()
        );
        // Some programs take the wide signs for the same, and no workbook can be written with what is no character.
        client.Rename("＝HYPERLINK(\uFFFF😀)");
        await db.SaveChangesAsync();
        Assert.Contains("'＝HYPERLINK", await (await world.Owner.Get("clients/export.csv?q=hyperlink")).Content.ReadAsStringAsync());
        using (var book = new ZipArchive(await (await world.Owner.Get("clients/export.xlsx?q=hyperlink")).Content.ReadAsStreamAsync()))
        using (var sheet = new StreamReader(book.Entries.Single(e => e.FullName.Contains("sheet")).Open()))
            Assert.Contains("＝HYPERLINK(😀)", await sheet.ReadToEndAsync());
        db.Remove(client);
        await db.SaveChangesAsync();
    }

    [Fact]
    public async Task A_list_older_than_the_search_is_searched_after_the_next_start()
    {
        await using var db = world.Db();
        var before = await db.Set<SearchLine>().CountAsync();
        await db.Set<SearchLine>().ExecuteDeleteAsync();
        await SearchIndex.FillWhereEmpty(db);
        Assert.Equal(before, await db.Set<SearchLine>().CountAsync());
        Assert.NotEmpty(Ids(await world.Text("clients?q=елка")));
    }

    private async Task<string?> Found(string question) =>
        System.Text.Json.JsonDocument.Parse(await world.Text("clients/counts?" + question)).RootElement.GetProperty("found").GetString();

    private static List<string> Ids(string page) => [.. Row().Matches(page).Select(m => m.Groups[1].Value)];

    private static string Sub(string page) => page[page.IndexOf("class=\"faint sub\"", StringComparison.Ordinal)..][..40];

    [GeneratedRegex("<tr data-id=\"([^\"]+)\"")]
    private static partial Regex Row();

    [GeneratedRegex("href=\"([^\"]+)\" data-more")]
    private static partial Regex Next();
}
