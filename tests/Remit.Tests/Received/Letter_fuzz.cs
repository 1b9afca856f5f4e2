using System.Text;
using Remit.Kernel;
using Remit.Modules.Received.Reading;

namespace Remit.Tests.Received;

public sealed class Letter_fuzz
{
    private static readonly string[] Pieces =
    [
        "\r\n\r\n",
        "\n",
        "\r",
        "\0",
        "--b\r\n",
        "--b--\r\n",
        "Content-Type: multipart/mixed; boundary=b\r\n\r\n",
        "Content-Type: message/rfc822\r\n\r\n",
        "Content-Type: multipart/alternative; boundary=\"\"\r\n",
        "Content-Transfer-Encoding: base64\r\n",
        "Content-Transfer-Encoding: quoted-printable\r\n",
        "Content-Transfer-Encoding: x-uuencode\r\n",
        "charset=",
        "charset=utf-7",
        "charset=utf-16",
        "charset=gb18030",
        "charset=iso-2022-jp",
        "=?utf-8?B?",
        "?=",
        "=?koi8-r?Q?=C1?=",
        "filename*0*=utf-8''%D0",
        "filename*1=\"",
        "From: ",
        "<",
        ">",
        "@",
        ":;",
        ",",
        "(((((",
        "\"",
        "\\",
        "<div>",
        "<script>",
        "</a>",
        "<a href=http:",
        "&#x110000;",
        "&amp",
        "<!--",
        "<![CDATA[",
        "begin 644 x\n",
        "=\r\n",
        "=D0",
        "> ",
        "On 10:00 wrote:\n",
        "\uFEFF",
        "\u202E",
        "😀",
        "Action: failed\r\n",
        "Message-ID: <",
        "Date: 31 Dec 9999 23:59:59 +2359\r\n",
        "References: <a@b> <c@d>\r\n",
        "BEGIN:VCALENDAR\r\n",
    ];

    [Fact]
    public void Damaged_letters_never_break_hang_or_swell()
    {
        byte[][] seeds =
        [
            Letters.Plain(
                "Анна <a@b.example>",
                "=?koi8-r?B?98/Q0s/T?=",
                "Да.\n\n25.11.2026 10:00, Фирма пишет:\n> Когда?",
                "In-Reply-To: <x@y>"
            ),
            Letters.WithFile("a@b.example", "Файл", "Смотрите", "акт.pdf", "%PDF-1.4 and more"u8.ToArray(), "inline"),
            Letters.Returned("gone@client.example", "abc@firm.example"),
            Letters.Answer(
                "a@b.example",
                "REPLY",
                "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\nEND:VCALENDAR"
            ),
            Letters.Bytes(
                "From: a@b.example\nSubject: Привет\nMIME-Version: 1.0\nContent-Type: text/html; charset=windows-1251\nContent-Transfer-Encoding: 8bit\n\n<table><tr><td>Да<td>Нет</table><a href='https://x.example'>туда</a><blockquote>было</blockquote>\n",
                "windows-1251"
            ),
        ];
        var random = new Random(20261126);
        var pieces = Fuzz.Bytes(Pieces, Encoding.UTF8);
        for (var i = Fuzz.Rounds(); i > 0; i--)
        {
            var input = Fuzz.Damaged(seeds[random.Next(seeds.Length)], random, pieces);
            Fuzz.Within(128, input, () => Read(input));
        }
    }

    private static void Read(byte[] input)
    {
        try
        {
            var letter = LetterReader.Read(input);
            Assert.True(
                letter.Text.Length <= LetterReader.LongestText
                    && letter.Subject.Length <= LetterReader.LongestSubject
                    && letter.Files.Count <= 20,
                $"Swelled: {Convert.ToBase64String(input)}"
            );
            foreach (
                var text in (string[])
                    [
                        letter.Text,
                        letter.Subject,
                        letter.From.Name,
                        letter.From.Address,
                        letter.MessageId,
                        .. letter.Files.Select(f => f.Name),
                    ]
            )
                Assert.True(
                    !text.Contains('\0') && text == Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)),
                    $"Holds what no text holds: {Convert.ToBase64String(input)}"
                );
            Assert.DoesNotContain('\n', letter.Subject + letter.From.Name + letter.From.Address + letter.MessageId);
            _ = letter.Own.Length;
            LetterJson.Write([("x", letter)]);
        }
        catch (Refusal)
        {
            // The one way in which a letter may be refused.
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"Broke the reader: {e.GetType().Name} {e.Message} {e.StackTrace}\n{Convert.ToBase64String(input)}");
        }
    }
}
