using System.Text;
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
        byte[][] seeds =
        [
            .. new[] { "utf-8", "windows-1251", "ibm866", "utf-16" }.Select(e => Bytes(File(Balances, Payment(), Payment("Чужое=1")), e)),
        ];
        var pieces = Fuzz.Bytes(Pieces, Encoding.UTF8, Encoding.GetEncoding(1251));
        var random = new Random(20261002);
        for (var i = Fuzz.Rounds(); i > 0; i--)
        {
            var input = Fuzz.Damaged(seeds[random.Next(seeds.Length)], random, pieces, spared: 48);
            Fuzz.Within(64, input, () => Read(input));
        }
    }

    private static void Read(byte[] input)
    {
        try
        {
            var statement = ClientBankExchange.Read(input);
            Complete(input, statement);
            StatementJson.Write(statement);
        }
        catch (NotAStatement)
        {
            // The one refusal that is allowed.
        }
    }

    private static void Complete(byte[] input, Statement statement)
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
                Assert.True(told.Contains(line), $"Lost the document of line {line}: {Convert.ToBase64String(input)}");
            begun |= key.Length > 0;
        }
    }
}
