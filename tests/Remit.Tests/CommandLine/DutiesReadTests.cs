using System.Text;
using System.Text.Json;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Remit.Tests.CommandLine;

public sealed class DutiesReadTests : IDisposable
{
    private const string List =
        "1. Почта\n1.1. Отправка корреспонденции клиентам до 17 часов.\n1.2. Работа с письмами.\n2. Счета\n2.1. Выставление счёта клиенту.\n";
    private readonly RemitProgram remit = new();

    [Fact]
    public async Task Json_has_sections_items_and_flags_in_the_language_asked_for()
    {
        var root = await Json(remit.Write("list.txt", List), "--lang", "bg");
        var mail = root.GetProperty("sections")[0];
        Assert.Equal(["list", "number", "title", "items"], mail.EnumerateObject().Select(p => p.Name));
        Assert.Equal("Почта", mail.GetProperty("title").GetString());
        Assert.Equal("1.1", mail.GetProperty("items")[0].GetProperty("number").GetString());
        var flag = mail.GetProperty("items")[1]
            .GetProperty("flags")
            .EnumerateArray()
            .First(f => f.GetProperty("code").GetString() == "vague");
        Assert.Equal(["code", "reason", "suggestion"], flag.EnumerateObject().Select(p => p.Name));
        var text = Remit.Web.Texts.Of("bg")["duty.flag.vague"];
        Assert.StartsWith(text[..text.IndexOf('{')], flag.GetProperty("reason").GetString());
        Assert.Equal(JsonValueKind.Array, root.GetProperty("unplaced").ValueKind);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("windows-1251")]
    [InlineData("utf-16")]
    [InlineData("cp866")]
    [InlineData("koi8-r")]
    public async Task Any_usual_encoding_gives_the_same_list(string encoding)
    {
        var code = Encoding.GetEncoding(encoding);
        var root = await Json(remit.Write("list.txt", [.. code.Preamble, .. code.GetBytes(List)]));
        Assert.Equal("Счета", root.GetProperty("sections")[1].GetProperty("title").GetString());
    }

    [Fact]
    public async Task A_word_document_keeps_the_numbers_that_word_only_draws()
    {
        var root = await Json(remit.Write("list.docx", Word()));
        var items = root.GetProperty("sections")[0].GetProperty("items");
        Assert.Equal("1.2", items[1].GetProperty("number").GetString());
        Assert.Equal("Проверка марок и конвертов", items[1].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Glued_words_stay_as_they_lie_and_are_parted_beside_it_in_titles_too()
    {
        var file = remit.Write("glued.txt", "2. Работас текущими клиентами\n2.1. Отправкакорреспонденции клиентам.\n");
        var section = (await Json(file)).GetProperty("sections")[0];
        Assert.Equal("Работас текущими клиентами", section.GetProperty("title").GetString());
        Assert.Equal("Работа с текущими клиентами", section.GetProperty("parted").GetString());
        Assert.Equal("Отправка корреспонденции клиентам.", section.GetProperty("items")[0].GetProperty("parted").GetString());
        Assert.StartsWith("2 Работа с текущими клиентами", (await remit.Run("duties", "read", file)).Out);
    }

    [Fact]
    public async Task What_cannot_be_read_costs_one_sentence()
    {
        Assert.Contains("no file", await remit.Refused("duties", "read", "absent.txt", "--json"));
        Assert.Contains("folder", await remit.Refused("duties", "read", remit.Folder));
        Assert.Contains("binary", await remit.Refused("duties", "read", remit.Write("a.bin", [1, 0, 2, 0, 3])));
        Assert.Contains("archive", await remit.Refused("duties", "read", remit.Write("a.docx", [.. "PK\u0003\u0004"u8, 1, 2, 3])));
        Assert.Contains("save it as", await remit.Refused("duties", "read", remit.Write("a.pdf", "%PDF-1.7")));
        Assert.Contains("--lang", await remit.Refused("duties", "read", remit.Write("b.txt", List), "--lang", "de"));
        Assert.Contains("one file", await remit.Refused("duties", "read"));
    }

    [Fact]
    public async Task An_empty_file_is_an_empty_list() =>
        Assert.Equal(0, (await Json(remit.Write("empty.txt", ""))).GetProperty("sections").GetArrayLength());

    private async Task<JsonElement> Json(string file, params string[] more)
    {
        var (code, output, error) = await remit.Run(["duties", "read", file, "--json", .. more]);
        Assert.Equal((0, ""), (code, error));
        return JsonDocument.Parse(output).RootElement;
    }

    private static byte[] Word()
    {
        using var stream = new MemoryStream();
        using (var document = WordprocessingDocument.Create(stream, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            main.Document = new Document(
                new Body(Item(0, "Почта"), Item(1, "Отправка корреспонденции клиентам"), Item(1, "Проверка марок и конвертов"))
            );
            main.AddNewPart<NumberingDefinitionsPart>().Numbering = new Numbering(
                new AbstractNum(Level(0), Level(1)) { AbstractNumberId = 1 },
                new NumberingInstance(new AbstractNumId { Val = 1 }) { NumberID = 1 }
            );
        }
        return stream.ToArray();
    }

    private static Level Level(int index) => new(new NumberingFormat { Val = NumberFormatValues.Decimal }) { LevelIndex = index };

    private static Paragraph Item(int level, string text) =>
        new(
            new ParagraphProperties(new NumberingProperties(new NumberingLevelReference { Val = level }, new NumberingId { Val = 1 })),
            new Run(new Text(text))
        );

    public void Dispose() => remit.Dispose();
}
