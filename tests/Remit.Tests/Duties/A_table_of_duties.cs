using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Duties;
using Remit.Modules.Duties.Reading;
using Remit.Modules.People;

namespace Remit.Tests.Duties;

public sealed class A_table_of_duties(World world) : IClassFixture<World>
{
    private const string Russian =
        "№;Раздел;Обязанность;Как часто;Норма, мин;Сложность;Единица;Ожидаемый результат;Чем подтверждается;Должность\r\n"
        + "1.1;1 Документы;\"Выставить счёт,\r\nсверив с договором\";по событию;15;2;счёт;Счёт у клиента;Строка журнала;Бухгалтер\r\n"
        + "2.1;2 Клиенты;Обзвонить должников;раз в неделю;1 ч 30 мин;4;неделя;У долга есть срок;;\r\n"
        + "2.2;2 Клиенты;Вернуть акт;иногда;много;9;;;;\r\n";

    [Fact]
    public void Is_read_by_its_columns_with_cells_over_several_lines()
    {
        var list = DutyListReader.Read(Russian);
        Assert.Equal(["1 Документы", "2 Клиенты"], list.Sections.Select(s => $"{s.Number} {s.Title}"));
        var invoice = list.Items.First();
        Assert.Equal(("1.1", "Выставить счёт, сверив с договором", 2), (invoice.Number, invoice.Text, invoice.Line));
        Assert.Equal(new DutyGiven("счёт", "Счёт у клиента", "Строка журнала", "Бухгалтер", Frequency.OnEvent, 15, 2, null), invoice.Given);
        Assert.Equal(
            (Frequency.Weekly, 90, 4),
            (list.Items.ElementAt(1).Given.Frequency, list.Items.ElementAt(1).Given.Minutes, list.Items.ElementAt(1).Given.Complexity)
        );
    }

    [Fact]
    public void What_is_not_understood_is_named_with_its_line_and_column_and_the_duty_stays()
    {
        var list = DutyListReader.Read(Russian);
        Assert.Equal("Вернуть акт", list.Items.Last().Text);
        Assert.Equal(
            [
                ("duty.list.bad_frequency", 5, "Как часто", "иногда"),
                ("duty.list.bad_minutes", 5, "Норма, мин", "много"),
                ("duty.list.bad_complexity", 5, "Сложность", "9"),
            ],
            list.Findings.Select(f => (f.Key, f.Line, f.Values["column"], f.Values["text"]))
        );
        var noted = DutyListReader.Read("Duty,Note,Unit\nSend the letters,by Olga,letter\n,left alone,\n");
        Assert.Equal([(2, "Note: by Olga"), (3, "Note: left alone")], noted.Unplaced.Select(u => (u.Line, u.Text)).Take(2));
    }

    [Theory]
    [InlineData("№\tОбязанность\tПериодичность\tВремя\tРезультат", "ежедневно")]
    [InlineData("№\tЗадължение\tЧестота\tВреме\tОчакван резултат", "всеки ден")]
    [InlineData("Nömrə\tÖhdəlik\tTezlik\tVaxt\tGözlənilən nəticə", "hər gün")]
    [InlineData("No.\tDuty\tHow often\tMinutes\tExpected result", "every day")]
    public void Rows_pasted_from_a_sheet_are_known_by_headings_in_four_languages(string head, string daily)
    {
        var item = Assert.Single(DutyListReader.Read($"{head}\n1\tAa bb cc\t{daily}\t20\tDone\n").Items);
        Assert.Equal(
            ("1", "Aa bb cc", Frequency.Daily, 20, "Done"),
            (item.Number, item.Text, item.Given.Frequency, item.Given.Minutes, item.Given.Result)
        );
    }

    [Theory, InlineData("ru"), InlineData("bg"), InlineData("az"), InlineData("en")]
    public void What_the_register_itself_writes_is_read_back(string language)
    {
        var t = new Web.T(language);
        string[] fields =
        [
            "duty_number",
            "duty_section",
            "duty_text",
            "duty_result",
            "duty_proof",
            "frequency",
            "duty_unit",
            "minutes",
            "complexity",
            "points",
            "position",
        ];
        var text = string.Join(
            '\n',
            Enum.GetValues<Frequency>()
                .Select(f => $"1.{(int)f + 1}\tA\tDo it\tDone\tShown\t{t["frequency." + f]}\tact\t20\t3\t4\tHead")
                .Prepend(string.Join('\t', fields.Select(f => t["field." + f])))
        );
        var list = DutyListReader.Read(text);
        Assert.Equal(
            Enum.GetValues<Frequency>().Select(f => new DutyGiven("act", "Done", "Shown", "Head", f, 20, 3, 4)),
            list.Items.Select(i => i.Given)
        );
        Assert.Empty(list.Unplaced);
        Assert.Empty(list.Findings);
    }

    [Fact]
    public void Without_headings_it_is_a_list_and_a_numbered_line_above_its_parts_is_a_section()
    {
        var plain = DutyListReader.Read("1.1;Отправить письма клиентам\n1.2;\"Забрать\nпочту\"\n", isTable: true);
        Assert.Equal(["Отправить письма клиентам", "Забрать почту"], plain.Items.Select(i => i.Text));
        var headed = DutyListReader.Read("№,Обязанность,Результат\n1,Почта,\n1.1,Забрать почту,Почта на столе\n");
        Assert.Equal(("1", "Почта"), (headed.Sections.Single().Number, headed.Sections.Single().Title));
        Assert.Single(headed.Items);
        // Commas in prose make no table.
        Assert.All(
            DutyListReader.Read("Обязанности, результат и сроки:\n1. Почта\n1.1. Забрать почту\n").Items,
            i => Assert.Equal(DutyGiven.Nothing, i.Given)
        );
    }

    [Fact]
    public void Its_encoding_is_found()
    {
        foreach (
            var encoding in new[]
            {
                new UTF8Encoding(true),
                new UTF8Encoding(false),
                Encoding.GetEncoding(1251),
                Encoding.Unicode,
                Encoding.BigEndianUnicode,
            }
        )
        {
            var bytes = encoding.GetBytes(Russian);
            Assert.Equal(Russian, TextFile.Decode(bytes));
            Assert.Equal(Russian, TextFile.Decode([.. encoding.GetPreamble(), .. bytes]));
        }
    }

    [Fact]
    public void A_heading_under_which_no_duty_stands_is_named()
    {
        var list = DutyListReader.Read("Раздел;Обязанность\n1 Документы;\n;Выставить счёт\n2 Клиенты;\n");
        Assert.Equal(["Документы", "Клиенты"], list.Sections.Select(s => s.Title));
        Assert.Equal("Выставить счёт", Assert.Single(list.Items).Text);
        var empty = Assert.Single(list.Findings);
        Assert.Equal(("duty.list.section_empty", 4, "2 Клиенты"), (empty.Key, empty.Line, empty.Values["section"]));
    }

    [Fact]
    public void Nothing_of_it_is_lost_however_it_is_torn()
    {
        var random = new Random(77);
        string[] shards = [";", "\"", "\n", "\r\n", "\t", ",", "\"\"", "\uFEFF", "1.", "Результат", "\ud83d", "99999999999", "1:99", " "];
        for (var round = Fuzz.Rounds(10_000); round > 0; round--)
        {
            var text = new StringBuilder(Russian);
            for (var change = random.Next(8); change >= 0; change--)
                text.Insert(random.Next(random.Next(2) == 0 ? 130 : text.Length), shards[random.Next(shards.Length)]);
            var list = DutyListReader.Read(text.ToString());
            DutyReviewer.Review(list);
            var written = Visible(
                string.Concat(
                    list.Sections.Select(s => $"{s.Number}|{s.Title}|")
                        .Concat(list.Items.Select(i => $"{i.Marker}|{i.Number}|{i.Text}|{i.Given}|"))
                        .Concat(list.Unplaced.Select(u => u.Text + "|"))
                        .Concat(list.Findings.Select(f => string.Concat(f.Values.Values) + "|"))
                )
            );
            foreach (var word in new[] { "сверив", "должников", "Вернуть" })
                Assert.True(
                    !text.ToString().Contains(word, StringComparison.Ordinal) || written.Contains(word, StringComparison.Ordinal),
                    $"round {round}: {word} of {text}"
                );
        }
    }

    [Fact]
    public async Task Becomes_duties_with_norms_for_the_positions_it_names()
    {
        await using var db = world.Db();
        var position = await db.Set<Position>().OrderBy(p => p.Name).FirstAsync();
        var review = await world.Owner.PostAndRead("duties/new-list", ("position", $"{position.Id}"), ("list_text", Russian));
        Assert.Contains("value=\"Счёт у клиента\"", WebUtility.HtmlDecode(review));
        Assert.Contains("is no complexity", WebUtility.HtmlDecode(review));

        var page = await world.Owner.PostAndRead(
            "duties/new-list/take",
            ("position", $"{position.Id}"),
            ("number", "1.1"),
            ("section", "1 Papers"),
            ("duty_text", "Issue the invoice"),
            ("duty_result", "The client has it"),
            ("duty_proof", "The ledger"),
            ("duty_unit", "invoice"),
            ("row_position", "Book-keeper"),
            ("frequency", "OnEvent"),
            ("minutes", "15"),
            ("complexity", "2"),
            ("points", ""),
            ("take_0", "on"),
            ("number", "2.1"),
            ("section", "2 Clients"),
            ("duty_text", "Call the debtors — result: each debt has a day"),
            ("duty_result", ""),
            ("duty_proof", ""),
            ("duty_unit", ""),
            ("row_position", ""),
            ("frequency", ""),
            ("minutes", ""),
            ("complexity", ""),
            ("points", ""),
            ("take_1", "on")
        );
        Assert.Contains("The client has it", page);
        var invoice = await db.Set<Duty>().SingleAsync(d => d.Text == "Issue the invoice");
        Assert.Equal("Book-keeper", (await db.Set<Position>().SingleAsync(p => p.Id == invoice.PositionId)).Name);
        Assert.Equal(
            ("invoice", 15, 2, 2),
            await db.Set<DutyNorm>()
                .Where(n => n.DutyId == invoice.Id)
                .Select(n => new ValueTuple<string, int, int, int>(n.Unit, n.Minutes, n.Complexity, n.Points))
                .SingleAsync()
        );
        Assert.Equal("each debt has a day", (await db.Set<Duty>().SingleAsync(d => d.Text == "Call the debtors")).Result);
    }

    private static string Visible(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
