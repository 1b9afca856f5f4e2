using System.Globalization;
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

    /// <summary>What one damaged letter of a few kilobytes may cost; a hang would show as a test that never ends.</summary>
    private const long MostAllocated = 128L << 20;

    [Fact]
    public void Damaged_letters_never_break_hang_or_swell()
    {
        var count = int.TryParse(
            Environment.GetEnvironmentVariable("REMIT_FUZZ"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var wanted
        )
            ? wanted
            : 20_000;
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
        for (var i = 0; i < count; i++)
        {
            var input = Mutate(seeds[random.Next(seeds.Length)], random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                var letter = LetterReader.Read(input);
                Assert.True(
                    letter.Text.Length <= LetterReader.LongestText
                        && letter.Subject.Length <= LetterReader.LongestSubject
                        && letter.Files.Count <= 20,
                    $"Input {i} swelled"
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
                        $"Input {i} holds what no text holds: {Convert.ToBase64String(input)}"
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
                Assert.Fail($"Input {i} broke the reader: {e.GetType().Name} {e.Message} {e.StackTrace}\n{Convert.ToBase64String(input)}");
            }
            var cost = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(cost < MostAllocated, $"Input {i} took {cost} bytes: {Convert.ToBase64String(input)}");
        }
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        for (var n = random.Next(1, 8); n > 0 && bytes.Count > 0; n--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 40), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 200), bytes.Count - at)));
                    break;
                case 3:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.InsertRange(
                        at,
                        Encoding.UTF8.GetBytes(
                            string.Concat(Enumerable.Repeat(Pieces[random.Next(Pieces.Length)], random.Next(20) == 0 ? 100 : 1))
                        )
                    );
                    break;
            }
        }
        return [.. bytes];
    }
}
