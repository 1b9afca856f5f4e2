using System.Text;
using Remit.Kernel;
using Remit.Modules.Received.Reading;

namespace Remit.Tests.Received;

public sealed class Reading_letters
{
    private static ReadLetter Read(string text, string charset = "utf-8") => LetterReader.Read(Letters.Bytes(text, charset));

    [Theory]
    [InlineData("windows-1251", "")]
    [InlineData("koi8-r", "")]
    [InlineData("utf-8", "")]
    [InlineData("windows-1251", "Content-Type: text/plain; charset=us-ascii")]
    [InlineData("koi8-r", "Content-Type: text/plain; charset=iso-8859-1")]
    [InlineData("koi8-r", "Content-Type: text/plain; charset=koi8-r")]
    [InlineData("windows-1251", "Content-Type: text/plain; charset=utf-8")]
    [InlineData("windows-1251", "Content-Type: text/plain; charset=no-such-set")]
    public void Cyrillic_is_read_whatever_charset_is_claimed(string written, string claimed)
    {
        var letter = Read(
            $"From: anna@client.example\nSubject: Вопрос о закрытии месяца\nMIME-Version: 1.0\n{(claimed.Length > 0 ? claimed + "\n" : "")}Content-Transfer-Encoding: 8bit\n\nДобрый день! Не закрывается март.\n",
            written
        );
        Assert.Equal(("Вопрос о закрытии месяца", "Добрый день! Не закрывается март."), (letter.Subject, letter.Text));
    }

    [Fact]
    public void Names_of_people_and_files_come_out_of_their_wrappings()
    {
        var name = "Акт № 12.pdf";
        var letter = Read(
            $"""
            From: =?koi8-r?B?{Convert.ToBase64String(Encoding.GetEncoding("koi8-r").GetBytes("Анна Белова"))}?= <Anna@Client.example>
            To: "Офис" <office@firm.example>, second@firm.example
            Subject: =?windows-1251?Q?=C0=EA=F2?=
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/html; charset=utf-8

            <p>Здравствуйте</p>
            --b
            Content-Type: application/pdf
            Content-Disposition: attachment; filename*=utf-8''{Uri.EscapeDataString("../" + name)}
            Content-Transfer-Encoding: base64

            JVBERi0xLjQK
            --b--
            """
        );
        Assert.Equal((new Party("Анна Белова", "anna@client.example"), "Акт", "Здравствуйте"), (letter.From, letter.Subject, letter.Text));
        Assert.Equal((name, 2), (Assert.Single(letter.Files).Name, letter.To.Count));
    }

    [Fact]
    public void A_page_becomes_words_that_run_and_load_nothing()
    {
        var letter = Read(
            """
            From: a@b.example
            Subject: x
            MIME-Version: 1.0
            Content-Type: text/html; charset=utf-8

            <html><head><title>no</title><style>p{}</style></head><body><script>alert(1)</script><p>First &amp; <b>second</b></p>
            <ul><li>one<li>two</ul><a href="https://evil.example/x">https://bank.example</a> <img src="https://spy.example/p.gif" alt="logo"><br>end</body></html>
            """
        );
        Assert.Equal(
            "First & second\n– one\n– two\nhttps://bank.example <https://evil.example/x> [logo]\nend",
            letter.Text.Replace(" \n", "\n")
        );
    }

    [Fact]
    public void What_was_written_is_told_from_what_is_quoted()
    {
        Assert.Equal(
            "Да, подходит.",
            QuotedText.Own("Да, подходит.\n\n25.11.2026 10:00, Фирма пишет:\n> Подходит ли вторник?\n>\n> Анна\n")
        );
        Assert.Equal("Yes.", QuotedText.Own("Yes.\n\nOn Mon, Nov 2, 2026 at 10:00 AM Firm <office@firm.example>\nwrote:\n\n> When?\n"));
        Assert.Equal("Так.", QuotedText.Own("Так.\n\nОт: Фирма\nОтправлено: 25.11\nКому: Анна\n\nТекст"));
        Assert.Equal("> one\nanswer\n> two\nanswer", QuotedText.Own("> one\nanswer\n> two\nanswer"));
    }

    [Fact]
    public void Programs_lists_and_servers_are_told_from_people()
    {
        LetterSort Of(params string[] headers) => LetterReader.Read(Letters.Plain("a@b.example", "x", "y", headers)).Sort;
        Assert.Equal(LetterSort.Person, Of("Auto-Submitted: no"));
        Assert.Equal(LetterSort.Automatic, Of("Auto-Submitted: auto-replied"));
        Assert.Equal(LetterSort.Bulk, Of("List-Unsubscribe: <mailto:x@y.example>"));
        Assert.Equal(LetterSort.Automatic, Of("Return-Path: <>"));
        var back = LetterReader.Read(Letters.Returned("gone@client.example", "abc@firm.example"));
        Assert.Equal(
            (LetterSort.Bounce, new Bounce("gone@client.example", "abc@firm.example", "550 5.1.1 no such user")),
            (back.Sort, back.Bounce)
        );
    }

    [Fact]
    public void What_is_no_letter_costs_one_sentence()
    {
        string Why(byte[] bytes) => Assert.Throws<Refusal>(() => LetterReader.Read(bytes)).Key;
        Assert.Equal("received.empty", Why(" \r\n"u8.ToArray()));
        Assert.Equal("received.outlook", Why([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]));
        Assert.Equal("received.not_letter", Why("%PDF-1.7 and so on"u8.ToArray()));
        Assert.Equal("received.not_letter", Why("Dear all: this is a text\nwith lines\n"u8.ToArray()));
        Assert.Equal("received.too_big", Why(new byte[LetterReader.MostBytes + 1]));
    }

    [Fact]
    public void More_files_than_are_taken_are_named()
    {
        var parts = string.Concat(
            Enumerable
                .Range(0, 22)
                .Select(i => $"--b\nContent-Type: text/plain; name=f{i}.txt\nContent-Disposition: attachment; filename=f{i}.txt\n\nx\n")
        );
        var letter = Read(
            $"From: a@b.example\nSubject: many\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n"
        );
        Assert.Equal(20, letter.Files.Count);
        Assert.Equal([new LetterNote("many_files", "f20.txt"), new LetterNote("many_files", "f21.txt")], letter.Notes);
    }

    [Fact]
    public void A_header_cannot_begin_another_one()
    {
        var letter = Read(
            "From: a@b.example\nSubject: =?utf-8?Q?one=0D=0ABcc:_all@firm.example?=\nIn-Reply-To: <a@b>\nReferences: <x@y> <z@w>\n\nhi\n"
        );
        Assert.Equal("oneBcc: all@firm.example", letter.Subject);
        Assert.Equal(["a@b", "z@w", "x@y"], letter.Answers);
    }
}
