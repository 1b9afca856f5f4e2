using System.Text.Json;
using Remit.Tests.Received;

namespace Remit.Tests.CommandLine;

public sealed class MailReadTests : IDisposable
{
    private readonly RemitProgram remit = new();

    [Fact]
    public async Task Letters_come_out_as_one_json_document()
    {
        var first = remit.Write(
            "1.eml",
            Letters.WithFile("Анна <anna@client.example>", "Акт", "Смотрите файл", "акт.pdf", "%PDF-1.4"u8.ToArray())
        );
        var second = remit.Write("2.eml", Letters.Plain("boris@client.example", "Второе", "Да"));
        var (code, output, error) = await remit.Run("mail", "read", first, second, "--json");
        Assert.Equal((0, ""), (code, error));
        var letters = JsonDocument.Parse(output).RootElement.GetProperty("letters");
        Assert.Equal(("Смотрите файл", "person"), (letters[0].GetProperty("text").GetString(), letters[0].GetProperty("sort").GetString()));
        Assert.Equal("application/pdf", letters[0].GetProperty("files")[0].GetProperty("type").GetString());
        Assert.Equal("boris@client.example", letters[1].GetProperty("from").GetProperty("address").GetString());
    }

    [Fact]
    public async Task What_is_no_letter_costs_one_sentence()
    {
        Assert.Contains("no letter", await remit.Refused("mail", "read", remit.Write("x.eml", "hello\n\nworld")));
        Assert.Contains("no file", await remit.Refused("mail", "read", "absent.eml"));
        Assert.Contains("Name a file", await remit.Refused("mail", "read"));
    }

    public void Dispose() => remit.Dispose();
}
