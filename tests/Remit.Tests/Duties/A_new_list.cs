using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Duties;
using Remit.Modules.People;

namespace Remit.Tests.Duties;

public sealed class A_new_list : IAsyncLifetime
{
    private readonly World world = new();
    private string position = "";

    public async Task InitializeAsync()
    {
        await world.InitializeAsync();
        await using var db = world.Db();
        position = (await db.Set<Position>().SingleAsync()).Id.ToString();
    }

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Is_reviewed_taken_normed_and_undone()
    {
        var text = DutyFixture.Source() ?? DutyFixture.Text;
        var review = await world.Owner.PostAndRead("duties/new-list", ("position", position), ("list_text", text));
        Assert.Contains("List 1:", review);
        Assert.Contains("List 2:", review);
        var first = await world.Owner.PostAndRead("duties/new-list", ("position", position), ("list_text", text), ("list", "0"));
        Assert.Contains("run together", first);

        var page = await world.Owner.PostAndRead(
            "duties/new-list/take",
            ("position", position),
            ("number", "1.1"),
            ("section", "1 Post"),
            ("duty_text", "Send the letters"),
            ("take_0", "on"),
            ("use_0", ""),
            ("number", "1.2"),
            ("section", "1 Post"),
            ("duty_text", "Left out"),
            ("number", "1.10"),
            ("section", "1 Post"),
            ("duty_text", "Call, write and file"),
            ("take_2", "on"),
            ("use_2", "1) Call clients\n2) Write letters")
        );
        Assert.Contains("Send the letters", page);
        Assert.Contains("Write letters", page);
        Assert.DoesNotContain("Left out", page);
        Assert.Contains("/undo", page);
        Assert.Contains("name the result", await world.Text("duties"));

        await Save("30", "3", "");
        Assert.Equal(5, (await Norm()).Points);
        await Save("60", "3", "5");
        Assert.Equal(9, (await Norm()).Points);
        Assert.Contains("bind to facts", await world.Text("duties"));
    }

    [Fact]
    public async Task Becomes_one_duty_where_two_rows_are_the_same()
    {
        var page = await world.Owner.PostAndRead("duties/new-list/take", TwoRows("Tell the programmer", "2.5"));
        Assert.Contains("Tell the client of a new time; Tell the programmer", page);
        await using var db = world.Db();
        Assert.Equal("2.5", (await db.Set<Duty>().SingleAsync()).Number);
    }

    [Fact]
    public async Task Takes_over_what_the_joined_row_alone_says_and_adds_up_what_both_take()
    {
        await world.Owner.PostAndRead(
            "duties/new-list/take",
            [
                .. TwoRows("Tell the programmer", "2.5"),
                ("minutes", "20"),
                ("minutes", "10"),
                ("frequency", ""),
                ("frequency", "Daily"),
                ("complexity", ""),
                ("complexity", "3"),
            ]
        );
        await using var db = world.Db();
        Assert.Equal(Frequency.Daily, (await db.Set<Duty>().SingleAsync()).Frequency);
        var norm = await db.Set<DutyNorm>().SingleAsync();
        Assert.Equal((30, 3), (norm.Minutes, norm.Complexity));
    }

    [Fact]
    public async Task A_position_named_in_other_letters_is_the_same_one()
    {
        await using var db = world.Db();
        var known = (await db.Set<Position>().ToListAsync()).Single(p => $"{p.Id}" == position).Name;
        await world.Owner.PostAndRead(
            "duties/new-list",
            ("position_name", known.ToUpperInvariant()),
            ("list_text", "1. Send the letters to clients")
        );
        Assert.Single((await db.Set<Position>().AsNoTracking().ToListAsync()).FindAll(p => p.IsCalled(known)));
    }

    [Theory]
    [InlineData("Tell the programmer", "9.9", "Duty 4.1. It cannot be merged with “9.9”", "join")]
    [InlineData("Tell the programmer", "4.1", "Duty 4.1. It cannot be merged with “4.1”", "join")]
    [InlineData("Calls: <action> + <object>", "", "Duty 4.1. The text still says “<action>”", "duty_text")]
    [InlineData("", "", "Duty 4.1. The duty has no text", "duty_text")]
    public async Task Names_the_row_that_cannot_be_taken(string text, string join, string sentence, string field)
    {
        world.Owner.Client.DefaultRequestHeaders.Add("X-Remit", "1");
        var said = JsonDocument
            .Parse(await (await world.Post("duties/new-list/take", TwoRows(text, join))).Content.ReadAsStringAsync())
            .RootElement;
        Assert.StartsWith(sentence, said.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(field, said.GetProperty("field").GetString());
        Assert.Equal(1, said.GetProperty("row").GetInt32());
    }

    private (string, string)[] TwoRows(string text, string join) =>
        [
            ("position", position),
            ("number", "2.5"),
            ("duty_text", "Tell the client of a new time."),
            ("join", ""),
            ("take_0", "on"),
            ("number", "4.1"),
            ("duty_text", text),
            ("join", join),
            ("take_1", "on"),
        ];

    [Fact]
    public async Task Asks_which_of_two_positions_is_meant()
    {
        var answer = await world.Post(
            "duties/new-list",
            ("position", position),
            ("position_name", "Courier"),
            ("list_text", "1. Send the letters to clients")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("Keep one", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Taken_by_mistake_goes_with_one_undo_until_a_duty_of_it_was_changed()
    {
        await Take("First");
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"history/{await LastChange()}/undo", ("to", "duties"))).StatusCode);
        await using (var db = world.Db())
            Assert.Empty(await db.Set<Duty>().ToListAsync());

        await Take("Second");
        var change = await LastChange();
        await Save("10", "1", "");
        var refused = await world.Post($"history/{change}/undo", ("to", "duties"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("has changed since", await refused.Content.ReadAsStringAsync());

        // Doing what the refusal says opens the way.
        await world.Post($"history/{await LastChange()}/undo", ("to", "duties"));
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"history/{change}/undo", ("to", "duties"))).StatusCode);
        await using var last = world.Db();
        Assert.Empty(await last.Set<Duty>().ToListAsync());
    }

    [Fact]
    public async Task May_come_as_a_file()
    {
        var page = await world.Text("duties/new-list");
        var token = System.Text.RegularExpressions.Regex.Match(page, "RequestVerificationToken\" value=\"([^\"]+)").Groups[1].Value;
        using var content = new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" },
            { new StringContent(position), "position" },
            { new ByteArrayContent(Word("1. Почта", "1.1. Отправка писем клиентам")), "list_file", "list.docx" },
        };
        var answer = await world.Owner.Client.PostAsync($"/~{world.Slug}/duties/new-list", content);
        Assert.Contains("Отправка писем клиентам", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    private static byte[] Word(params string[] lines)
    {
        using var memory = new MemoryStream();
        using (
            var document = DocumentFormat.OpenXml.Packaging.WordprocessingDocument.Create(
                memory,
                DocumentFormat.OpenXml.WordprocessingDocumentType.Document
            )
        )
        {
            document.AddMainDocumentPart().Document = new(
                new DocumentFormat.OpenXml.Wordprocessing.Body(
                    lines.Select(l => new DocumentFormat.OpenXml.Wordprocessing.Paragraph(
                        new DocumentFormat.OpenXml.Wordprocessing.Run(new DocumentFormat.OpenXml.Wordprocessing.Text(l))
                    ))
                )
            );
        }
        return memory.ToArray();
    }

    private async Task Take(string text) =>
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (
                await world.Post(
                    "duties/new-list/take",
                    ("position", position),
                    ("number", "1"),
                    ("section", ""),
                    ("duty_text", text),
                    ("take_0", "on")
                )
            ).StatusCode
        );

    private async Task Save(string minutes, string complexity, string points)
    {
        await using var db = world.Db();
        var fields = new List<(string, string)>();
        foreach (var duty in await db.Set<Duty>().ToListAsync())
            fields.AddRange([
                ("id", duty.Id.ToString()),
                ("version", duty.Version.ToString()),
                ("duty_text", duty.Text),
                ("duty_result", "Sent by noon"),
                ("duty_proof", ""),
                ("duty_unit", "letter"),
                ("frequency", "Daily"),
                ("minutes", minutes),
                ("complexity", complexity),
                ("points", points),
                ("trigger", ""),
                ("condition", ""),
            ]);
        var answer = await world.Post($"duties/{position}", [.. fields]);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
    }

    private async Task<DutyNorm> Norm()
    {
        await using var db = world.Db();
        var duty = await db.Set<Duty>().Where(d => d.Text == "Send the letters").Select(d => d.Id).SingleAsync();
        return (await Modules.Work.Ledger.Norm(db, duty, DateOnly.FromDateTime(DateTime.UtcNow)))!;
    }

    private async Task<Guid> LastChange()
    {
        await using var db = world.Db();
        return await db.Journal.OrderByDescending(j => j.Seq).Select(j => j.ChangeId).FirstAsync();
    }
}
