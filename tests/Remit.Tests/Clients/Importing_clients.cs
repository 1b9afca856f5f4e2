using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Clients.Import;
using Remit.Storage;
using Remit.Web;

namespace Remit.Tests.Clients;

/// <summary>A table of clients becomes clients, is mended where it is wrong, and goes again as a whole.</summary>
public sealed partial class Importing_clients(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_table_of_an_old_program_is_understood_and_taken()
    {
        var bytes = Encoding
            .GetEncoding(1251)
            .GetBytes(
                "Наименование;ИНН;Адрес;Контактное лицо;Телефон;Страна\r\n\"Рога и \"\"Копыта\"\"\";7707083893;\"Москва; Вавилова\";Анна Белова;+7 495 000-00-01;Россия\r\nВторой;;;;;RU\r\n"
            );
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
        var page = await Bring(
            "mixed.csv",
            Encoding.UTF8.GetBytes(
                "Client,Tax number,Country,Manager\nAlfa Wrong,7707083894,RU,\n,,,\nBeta Right,,BG,\nGamma Lost,,BG,Nobody Here\n"
            )
        );
        Assert.Contains("new 1", page);
        Assert.Contains("wrong 2", page);
        Assert.Contains("7707083894", page);
        await Run(page);
        var left = await world.Text(Path(page));
        Assert.Contains("Alfa Wrong", left);
        Assert.Contains("Rows not taken: 2", left);
        var file = await world.Text(Path(page) + "/rejected.csv");
        Assert.Matches("is no .*,Alfa Wrong,7707083894,RU,|Alfa Wrong,7707083894", file);
        var again = await world.Owner.PostAndRead(Path(page) + "/again");
        Assert.Contains("wrong 2", again);
        var mended = await world.Owner.PostAndRead(
            Path(again) + "/map",
            ("field0", "client_title"),
            ("field1", "tax_id"),
            ("field2", "country"),
            ("field3", "manager"),
            ("known_by", "auto"),
            ("updates", "on"),
            ("creates", "on"),
            ("mended", "0"),
            ("r0c1", "7707083893"),
            ("mended", "1"),
            ("drop", "1")
        );
        Assert.Contains("wrong 0", mended);
    }

    [Fact]
    public async Task Taking_an_import_back_takes_its_clients_and_its_changes()
    {
        var first = await Bring("first.csv", Encoding.UTF8.GetBytes("Name,Segment\nOld One,before\n"));
        await Run(first);
        var second = await Bring(
            "second.csv",
            Encoding.UTF8.GetBytes("Name,Segment,E-mail\nOLD ONE,after,one@example.com\nNew Two,after,two@example.com\n")
        );
        Assert.Contains("new 1", second);
        Assert.Contains("updated 1", second);
        await Run(second);
        Assert.Contains("after", await world.Text("clients?q=old%20one"));
        await world.Post(Path(second) + "/revert");
        Assert.Contains("taken back whole", await world.Text(Path(second)));
        await using var db = world.Db();
        // The name in the second table was in capitals, and came back with the rest.
        Assert.Equal(
            ("Old One", "before"),
            await db.Set<Client>().Where(c => c.Folded.StartsWith("old one")).Select(c => new { c.Name, c.Segment }).SingleAsync()
                is var back
                ? (back.Name, back.Segment)
                : default
        );
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
    public async Task Ten_thousand_rows_go_in_as_a_job_with_progress_and_out_again_whole()
    {
        var table = new StringBuilder("Name,Address,Contact,E-mail\n");
        for (var i = 0; i < 10_000; i++)
            table.Append($"Many {i:00000},Street {i},Person {i},p{i}@example.com\n");
        var page = await Bring("many.csv", Encoding.UTF8.GetBytes(table.ToString()));
        Assert.Contains("new 10,000", page);
        await Run(page);
        Assert.Contains("<progress", await world.Text(Path(page)));
        Assert.Equal("""{"percent":0,"done":false}""", await world.Text(Path(page) + "/progress"));
        await world.RunJobs();
        Assert.Contains("Brought in: 10,000 new", await world.Text(Path(page)));
        await using var db = world.Db();
        Assert.Equal(10_000, await db.Set<Client>().CountAsync(c => c.Name.StartsWith("Many ")));
        Assert.True(await db.Verify() is (_, null));
        Assert.Contains("Many 09999", await world.Text("clients?q=street%209999"));
        // Found in the order of names without waiting for the night.
        Assert.Equal(db.Engine.FindsInOrder, await db.Set<SearchShelf>().CountAsync() > 1);
        var id = Guid.Parse(Path(page).Split('/')[^1]);
        Assert.Equal(10, await db.Set<ImportPart>().CountAsync(p => p.ImportId == id && p.ChangeId != null));
        await world.Post(Path(page) + "/revert");
        await world.RunJobs();
        Assert.Contains("taken back whole", await world.Text(Path(page)));
        Assert.Equal(0, await db.Set<Client>().CountAsync(c => c.Name.StartsWith("Many ")));
        Assert.Equal(0, await db.Set<SearchLine>().CountAsync(l => l.Text.Contains("many 0")));
    }

    [Fact]
    public async Task A_long_import_is_not_taken_back_over_what_was_changed_since_and_names_it()
    {
        var table = new StringBuilder("Name\n");
        for (var i = 0; i < 1500; i++)
            table.Append($"Held {i:0000}\n");
        var page = await Bring("held.csv", Encoding.UTF8.GetBytes(table.ToString()));
        await Run(page);
        await world.RunJobs();
        await using (var db = world.Db())
        {
            (await db.Set<Client>().SingleAsync(c => c.Name == "Held 0007")).Favour(true);
            await db.SaveChangesAsync();
        }
        await world.Post(Path(page) + "/revert");
        await world.RunJobs();
        Assert.Contains("Held 0007", await world.Text(Path(page)));
        await using var after = world.Db();
        Assert.Equal(1500, await after.Set<Client>().CountAsync(c => c.Name.StartsWith("Held ")));
    }

    [Fact]
    public async Task A_job_that_fell_between_two_parts_goes_on_with_the_next()
    {
        var table = new StringBuilder("Name\n");
        for (var i = 0; i < 2500; i++)
            table.Append($"Fallen {i:0000}\n");
        var page = await Bring("fallen.csv", Encoding.UTF8.GetBytes(table.ToString()));
        await Run(page);
        await using (var db = world.Db())
            Assert.True(
                await ImportRun.Step(
                    db,
                    Guid.Parse(Path(page).Split('/')[^1]),
                    world.Firm(),
                    "en",
                    new DateOnly(2026, 11, 25),
                    DateTime.UtcNow
                )
            );
        await world.RunJobs();
        await using var after = world.Db();
        Assert.Equal(2500, await after.Set<Client>().CountAsync(c => c.Name.StartsWith("Fallen ")));
    }

    [Theory, InlineData("email", "EMAIL@known.example", ""), InlineData("phone", "", "8 (495) 123-45-67")]
    public async Task A_client_is_known_by_what_was_chosen(string key, string email, string phone)
    {
        var mark = "Known by " + key;
        await Run(
            await Bring(
                "a.csv",
                Encoding.UTF8.GetBytes(
                    $"Name,Contact,E-mail,Phone\n{mark},Ann,{key}@known.example,{(key == "phone" ? "+7 495 123-45-67" : "")}\n"
                )
            )
        );
        var page = await Bring(
            "b.csv",
            Encoding.UTF8.GetBytes($"Name,Segment,E-mail,Phone\n{mark} Ltd,gold,{email},{phone}\nNobody {key},x,,\n")
        );
        var understood = await world.Owner.PostAndRead(
            Path(page) + "/map",
            ("field0", "client_title"),
            ("field1", "segment"),
            ("field2", "email"),
            ("field3", "phone"),
            ("known_by", key),
            ("updates", "on")
        );
        Assert.Contains("updated 1", understood);
        Assert.Contains("wrong 1", understood);
        await Run(understood);
        await using var db = world.Db();
        Assert.Equal("gold", (await db.Set<Client>().SingleAsync(c => c.Name == mark + " Ltd")).Segment);
        Assert.False(await db.Set<Client>().AnyAsync(c => c.Name == mark));
    }

    [Fact]
    public async Task Cards_of_a_phone_are_a_table_too()
    {
        var page = await Bring(
            "people.vcf",
            Encoding.UTF8.GetBytes(
                "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Vera Card\r\nORG:Carded Ltd;Sales\r\nTITLE:Buyer\r\nTEL;TYPE=WORK:+359 2 111 22 33\r\nEMAIL:vera@carded.example\r\nEND:VCARD\r\n"
                    + "BEGIN:VCARD\r\nVERSION:2.1\r\nN:Lone;Ivan\r\nTEL:123\r\nEND:VCARD\r\n"
            )
        );
        Assert.Contains("new 2", page);
        await Run(page);
        await using var db = world.Db();
        var client = await db.Set<Client>().SingleAsync(c => c.Name == "Carded Ltd");
        Assert.Equal(
            ("Vera Card", "Buyer", "vera@carded.example"),
            await db.Set<Contact>()
                .Where(c => c.ClientId == client.Id)
                .Select(c => new
                {
                    c.Name,
                    c.Post,
                    c.Email,
                })
                .SingleAsync()
                is var c
                ? (c.Name, c.Post, c.Email)
                : default
        );
        Assert.True(await db.Set<Client>().AnyAsync(x => x.Name == "Ivan Lone"));
    }

    [Fact]
    public async Task Other_programs_bring_many_and_make_two_one()
    {
        var api = await Access.Caller.Of(world, world.Owner);
        var answer = await Access.Caller.Read(
            api.Post(
                "clients/imports",
                new
                {
                    rows = new object[]
                    {
                        new
                        {
                            name = "Api One",
                            contact_name = "Ann",
                            email = "ann@api.example",
                        },
                        new { name = "" },
                        new { name = "Api Two", manager = "Nobody" },
                    },
                }
            )
        );
        Assert.Equal((1, 0), (answer.GetProperty("created").GetInt32(), answer.GetProperty("updated").GetInt32()));
        Assert.Equal(
            ["client.no_name", "import.manager"],
            answer.GetProperty("rejected").EnumerateArray().Select(r => r.GetProperty("key").GetString())
        );
        answer = await Access.Caller.Read(
            api.Post(
                "clients/imports",
                new
                {
                    known_by = "email",
                    rows = new[]
                    {
                        new { name = "Api First", email = "ann@api.example" },
                        new { name = "Api Third", email = "c@api.example" },
                    },
                }
            )
        );
        Assert.Equal((1, 1), (answer.GetProperty("created").GetInt32(), answer.GetProperty("updated").GetInt32()));
        await using var db = world.Db();
        var (first, third) = (
            await db.Set<Client>().SingleAsync(c => c.Name == "Api First"),
            await db.Set<Client>().SingleAsync(c => c.Name == "Api Third")
        );
        var merged = await Access.Caller.Read(
            api.Post(
                $"clients/{first.Id}/merge",
                new
                {
                    with = third.Id,
                    keep_theirs = new[] { "client_title" },
                    version = first.Version,
                }
            )
        );
        Assert.Equal("Api Third", merged.GetProperty("name").GetString());
        Assert.Equal(2, await db.Set<Contact>().CountAsync(c => c.ClientId == first.Id));
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
            for (var n = random.Next(6); n >= 0; n--)
                bent[random.Next(bent.Length)] = (byte)random.Next(256);
            try
            {
                var sheet = SheetFile.Open(new MemoryStream(bent, 0, random.Next(bent.Length)), "bent.csv");
                var rows = sheet.Rows.ToList();
                Assert.All(rows, r => Assert.Equal(sheet.Head.Count, r.Length));
                Assert.Equal(sheet.Head.Count, ImportFields.Guess(sheet.Head, rows).Length);
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
        var token = Token()
            .Match(WebUtility.HtmlDecode(await world.Owner.Client.GetStringAsync($"/~{world.Slug}/clients/import")))
            .Groups[1]
            .Value;
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return await world.Owner.Client.PostAsync(
            $"/~{world.Slug}/clients/import",
            new MultipartFormDataContent { { new StringContent(token), "__RequestVerificationToken" }, { file, "file", name } }
        );
    }

    private async Task Run(string page) => Assert.Equal(HttpStatusCode.SeeOther, (await world.Post(Path(page) + "/run")).StatusCode);

    private static string Path(string page) => Import().Match(page).Value;

    [GeneratedRegex("clients/import/[0-9a-f-]{36}")]
    private static partial Regex Import();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
