using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Clients.Import;
using Remit.Web;

namespace Remit.Tests.Clients;

/// <summary>A table of clients becomes clients, is mended where it is wrong, and goes again as a whole.</summary>
public sealed partial class Importing_clients(World world) : IClassFixture<World>
{
    static Importing_clients() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [Fact]
    public async Task A_table_of_an_old_program_is_understood_and_taken()
    {
        var bytes = Encoding.GetEncoding(1251).GetBytes("Наименование;ИНН;Адрес;Контактное лицо;Телефон;Страна\r\n\"Рога и \"\"Копыта\"\"\";7707083893;\"Москва; Вавилова\";Анна Белова;+7 495 000-00-01;Россия\r\nВторой;;;;;RU\r\n");
        var page = await Bring("clients.csv", bytes);
        Assert.Contains("new 2", page);
        await Run(page);
        await using var db = world.Db();
        var client = await db.Set<Client>().SingleAsync(c => c.TaxId == "7707083893");
        Assert.Equal(("Рога и \"Копыта\"", "RU", "Москва; Вавилова"), (client.Name, client.Country, client.Address));
        Assert.Equal("Анна Белова", (await db.Set<Contact>().SingleAsync(c => c.ClientId == client.Id)).Name);
    }

    [Fact]
    public async Task What_is_wrong_is_named_mended_in_place_and_never_lost()
    {
        var page = await Bring("mixed.csv", Encoding.UTF8.GetBytes("Client,Tax number,Country,Manager\nAlfa Wrong,7707083894,RU,\n,,,\nBeta Right,,BG,\nGamma Lost,,BG,Nobody Here\n"));
        Assert.Contains("new 1", page);
        Assert.Contains("wrong 2", page);
        Assert.Contains("7707083894", page);
        await Run(page);
        var left = await world.Text(Path(page));
        Assert.Contains("Alfa Wrong", left);
        Assert.Contains("2 rows were not taken", left);
        var mended = await world.Owner.PostAndRead(Path(page) + "/map", ("field0", "client_title"), ("field1", "tax_id"), ("field2", "country"), ("field3", "manager"), ("updates", "on"),
            ("mended", "0"), ("r0c1", "7707083893"), ("mended", "1"), ("drop", "1"));
        Assert.Contains("wrong 0", mended);
    }

    [Fact]
    public async Task Taking_an_import_back_takes_its_clients_and_its_changes()
    {
        var first = await Bring("first.csv", Encoding.UTF8.GetBytes("Name,Segment\nOld One,before\n"));
        await Run(first);
        var second = await Bring("second.csv", Encoding.UTF8.GetBytes("Name,Segment,E-mail\nOLD ONE,after,one@example.com\nNew Two,after,two@example.com\n"));
        Assert.Contains("new 1", second);
        Assert.Contains("updated 1", second);
        await Run(second);
        Assert.Contains("after", await world.Text("clients?q=old%20one"));
        var change = ChangeLink().Match(await world.Text(Path(second))).Groups[1].Value;
        await world.Post(change);
        await using var db = world.Db();
        // The name in the second table was in capitals, and came back with the rest.
        Assert.Equal(("Old One", "before"), await db.Set<Client>().Where(c => c.Folded.StartsWith("old one")).Select(c => new { c.Name, c.Segment }).SingleAsync() is var back ? (back.Name, back.Segment) : default);
        Assert.False(await db.Set<Client>().AnyAsync(c => c.Name == "New Two"));
        Assert.False(await db.Set<Contact>().AnyAsync(c => c.Email == "two@example.com"));
    }

    [Fact]
    public async Task The_same_table_again_changes_nothing()
    {
        var table = Encoding.UTF8.GetBytes("Name,Address,Contact,Phone\nTwice Ltd,Sofia,Ivan,+359 2 000 00 00\nTwice Ltd,Sofia,Petar,\n");
        await Run(await Bring("a.csv", table));
        var again = await Bring("a.csv", table);
        Assert.Contains("new 0", again);
        Assert.Contains("same 2", again);
        await using var db = world.Db();
        Assert.Equal(2, await db.Set<Contact>().CountAsync(c => db.Set<Client>().Any(x => x.Id == c.ClientId && x.Name == "Twice Ltd")));
    }

    [Fact]
    public async Task What_a_list_gives_out_as_a_workbook_is_taken_in_again()
    {
        await Run(await Bring("b.csv", Encoding.UTF8.GetBytes("Name,Tax number,Country\nRound Trip,7707083893,RU\n")));
        var book = await (await world.Owner.Get("clients/export.xlsx?q=round")).Content.ReadAsByteArrayAsync();
        Assert.Contains("new 0", await Bring("clients.xlsx", book));
    }

    [Fact]
    public async Task Ten_thousand_rows_are_one_change_that_one_undo_takes_back()
    {
        var table = new StringBuilder("Name,Address,Contact,E-mail\n");
        for (var i = 0; i < 10_000; i++) table.Append($"Many {i:00000},Street {i},Person {i},p{i}@example.com\n");
        var page = await Bring("many.csv", Encoding.UTF8.GetBytes(table.ToString()));
        await Run(page);
        await using var db = world.Db();
        Assert.Equal(10_000, await db.Set<Client>().CountAsync(c => c.Name.StartsWith("Many ")));
        await world.Post(ChangeLink().Match(await world.Text(Path(page))).Groups[1].Value);
        Assert.Equal(0, await db.Set<Client>().CountAsync(c => c.Name.StartsWith("Many ")));
    }

    [Theory, InlineData("only a heading"), InlineData(""), InlineData("PK\u0003\u0004 no workbook")]
    public async Task What_is_no_table_is_refused_with_the_reason(string text)
    {
        var answer = await Send("x.xlsx", Encoding.UTF8.GetBytes(text));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task Anothers_import_is_not_found()
    {
        var page = await Bring("mine.csv", Encoding.UTF8.GetBytes("Name\nMine\n"));
        var (other, _) = await world.SomeoneWhoIs(Role.Manager);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get(Path(page))).StatusCode);
    }

    [Fact]
    public void A_cut_or_bent_file_is_read_or_refused_and_never_breaks()
    {
        var random = new Random(7);
        var whole = Encoding.UTF8.GetBytes("Name;ИНН;\"quo\"\"ted\";x\nA;7707083893;\"b\nc\";\nD;;;\n");
        for (var i = 0; i < 5000; i++)
        {
            var bent = (byte[])whole.Clone();
            for (var n = random.Next(6); n >= 0; n--) bent[random.Next(bent.Length)] = (byte)random.Next(256);
            try
            {
                var sheet = Sheet.Read(new MemoryStream(bent, 0, random.Next(bent.Length)), "bent.csv");
                Assert.All(sheet.Rows, r => Assert.Equal(sheet.Head.Count, r.Length));
                Assert.Equal(sheet.Head.Count, ImportFields.Guess(sheet).Length);
            }
            catch (Refusal) { }
        }
    }

    private async Task<string> Bring(string name, byte[] bytes)
    {
        var answer = await Send(name, bytes);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        return await world.Text(answer.Headers.Location!.OriginalString);
    }

    private async Task<HttpResponseMessage> Send(string name, byte[] bytes)
    {
        var token = Token().Match(WebUtility.HtmlDecode(await world.Owner.Client.GetStringAsync($"/~{world.Slug}/clients/import"))).Groups[1].Value;
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return await world.Owner.Client.PostAsync($"/~{world.Slug}/clients/import", new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { file, "file", name } });
    }

    private async Task Run(string page) => Assert.Equal(HttpStatusCode.SeeOther, (await world.Post(Path(page) + "/run")).StatusCode);

    private static string Path(string page) => Import().Match(page).Value;

    [GeneratedRegex("clients/import/[0-9a-f-]{36}")]
    private static partial Regex Import();

    [GeneratedRegex("action=\"(history/[0-9a-f-]{36}/undo)\"")]
    private static partial Regex ChangeLink();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
