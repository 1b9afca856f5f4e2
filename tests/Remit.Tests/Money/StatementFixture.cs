using System.Text;
using Remit.Modules.Money.Statements;

namespace Remit.Tests.Money;

/// <summary>Statements written for the tests; no line of them comes from a real company.</summary>
internal static class StatementFixture
{
    public const string Own = "40702810000000000777";
    public const string Client = "40702810500000000888";

    public const string Balances = $"""
        СекцияРасчСчет
        ДатаНачала=01.10.2026
        ДатаКонца=01.10.2026
        РасчСчет={Own}
        НачальныйОстаток=100.00
        ВсегоПоступило=50,5
        ВсегоСписано=0
        КонечныйОстаток=150.50
        КонецРасчСчет

        """;

    public static string Payment(string extra = "", string amount = "50.50") =>
        $"""
            СекцияДокумент=Платежное поручение
            Номер=12
            Дата=01.10.2026
            Сумма={amount}
            ПлательщикСчет={Client}
            Плательщик=ИНН 7700000016 ООО "Ромашка"
            ПолучательСчет={Own}
            ДатаПоступило=02.10.2026
            Получатель1=АО Своё
            НазначениеПлатежа1=Оплата по счету
            НазначениеПлатежа2=№ 518 a=b
            {extra}
            КонецДокумента

            """.Replace("\n\n", "\n", StringComparison.Ordinal);

    public static string File(params string[] sections) =>
        $"1CClientBankExchange\nВерсияФормата=1.03\nКодировка=Windows\nРасчСчет={Own}\n{string.Concat(sections)}КонецФайла\n";

    public static byte[] Bytes(string text, string encoding = "utf-8") => Encoding.GetEncoding(encoding).GetBytes(text);

    public static Statement Read(string text, string encoding = "utf-8") => ClientBankExchange.Read(Bytes(text, encoding));

    /// <summary>The shared samples, where this machine has them.</summary>
    public static string? Samples()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!System.IO.File.Exists(Path.Combine(at.FullName, "Directory.Packages.props")))
                continue;
            var samples = Path.GetFullPath(Path.Combine(at.FullName, "..", "shared", "samples", "bank-1c"));
            return Directory.Exists(samples) ? samples : null;
        }
        return null;
    }
}
