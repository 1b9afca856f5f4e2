using System.Diagnostics;
using System.Globalization;
using Remit.Modules.Money.Statements;
using static Remit.Tests.Money.StatementFixture;

namespace Remit.Tests.Money;

public sealed class StatementFuzzTests
{
    private static readonly string[] Pieces =
    [
        "СекцияДокумент=x\n",
        "СекцияДокумент\n",
        "КонецДокумента\n",
        "КонецФайла\n",
        "СекцияРасчСчет\n",
        "\r",
        "\n",
        "=",
        "Сумма=99999999999999999.99\n",
        "НачальныйОстаток=92233720368547758.07\n",
        "\0",
        "Дата=00.00.0000\n",
        "\uFEFF",
        "1CClientBankExchange\n",
        "Плательщик=ИНН \n",
        "НазначениеПлатежа=\n",
        "\u0085",
        "\u2028",
        "Сумма=1 2 3,,\n",
    ];

    [Fact]
    public void Damaged_statements_never_break_the_reader_and_lose_no_document()
    {
        var count = int.TryParse(
            Environment.GetEnvironmentVariable("REMIT_FUZZ"),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var wanted
        )
            ? wanted
            : 20000;
        var seeds = new List<byte[]>();
        foreach (var encoding in new[] { "utf-8", "windows-1251", "ibm866", "utf-16" })
            seeds.Add(Bytes(File(Balances, Payment(), Payment("Чужое=1")), encoding));
        var random = new Random(20261002);
        var clock = new Stopwatch();
        for (var i = 0; i < count; i++)
        {
            var input = Mutate(seeds[random.Next(seeds.Count)], random);
            clock.Restart();
            try
            {
                var statement = ClientBankExchange.Read(input);
                Complete(input, statement, i);
                StatementJson.Write(statement);
            }
            catch (NotAStatement)
            {
                // The one refusal that is allowed.
            }
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), $"Input {i} took {clock.Elapsed}.");
        }
    }

    private static void Complete(byte[] input, Statement statement, int i)
    {
        var text = StatementEncoding.Decode(input).Text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        var told = statement.Documents.Select(d => d.Line).Concat(statement.Warnings.Select(w => w.Line)).ToHashSet();
        var line = 0;
        var begun = false;
        foreach (var raw in text.Split('\n'))
        {
            line++;
            var key = raw.Split('=')[0].Trim();
            if (begun && key.Equals("СекцияДокумент", StringComparison.OrdinalIgnoreCase))
                Assert.True(told.Contains(line), $"Input {i} lost the document of line {line}.");
            begun |= key.Length > 0;
        }
    }

    private static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        // The first line is spared mostly, or nearly every input would end as no statement at all.
        var floor = random.Next(20) == 0 ? 0 : Math.Min(48, bytes.Count);
        for (var n = random.Next(1, 8); n > 0 && bytes.Count > floor; n--)
        {
            var at = random.Next(floor, bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 60), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 200), bytes.Count - at)));
                    break;
                case 3:
                    bytes.InsertRange(at, Bytes(Pieces[random.Next(Pieces.Length)], random.Next(2) == 0 ? "utf-8" : "windows-1251"));
                    break;
                case 4:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
            }
        }
        return bytes.ToArray();
    }
}
