using System.Globalization;
using System.Text;
using Remit.Kernel;
using Remit.Modules.Duties.Reading;
using Remit.Modules.Money.Statements;
using Remit.Modules.Papers.Printing;
using Remit.Modules.Pay;
using Remit.Modules.Pay.Calculation;

namespace Remit;

/// <summary>The pieces of work that are measured. Preparing one is not part of its time.</summary>
internal static class BenchWork
{
    private const string Own = "40702810000000000777";

    public static readonly IReadOnlyList<(string Name, int Runs, Func<Action> Prepare)> All =
    [
        ("duty list of 1,000 items read and reviewed", 5, Duties),
        ("bank statement of 10,000 rows read", 5, Reading),
        ("10,000 payments matched to 50,000 open invoices", 3, Matching),
        ("pay of 200 people × 5,000 entries, totals", 3, () => Pay(input => PayCalculator.Total(input))),
        ("pay of 200 people × 5,000 entries, explained down to the entries", 3, () => Pay(input => PayCalculator.Explain(input))),
        ("invoice of 10 lines printed to PDF", 100, Printing),
    ];

    private static Action Duties()
    {
        string[] actions =
        [
            "Выставление счёта клиенту",
            "Согласование времени выезда",
            "Работа с анкетами",
            "Проверка возврата подписанных актов",
            "Обзвон клиентов",
        ];
        var text = new StringBuilder();
        for (var section = 1; section <= 50; section++)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{section}. Раздел {section}");
            for (var item = 1; item <= 20; item++)
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"{section}.{item}. {actions[(section + item) % 5]}, участок {section * 20 + item}"
                );
        }
        var raw = text.ToString();
        return () => DutyReviewer.Review(DutyListReader.Read(raw));
    }

    private static Action Reading()
    {
        var bytes = Statement();
        return () => ClientBankExchange.Read(bytes);
    }

    private static Action Matching()
    {
        var documents = ClientBankExchange.Read(Statement()).Documents;
        var invoices = Enumerable.Range(0, 50_000).Select(Invoice).ToList();
        return () =>
        {
            var matcher = new PaymentMatcher(invoices);
            foreach (var document in documents)
                matcher.Candidates(document);
        };
    }

    private static OpenInvoice Invoice(int n) =>
        new(
            new Guid(n + 1, 0, 0, new byte[8]),
            Number(n),
            new DateOnly(2026, 1, 1).AddDays(n / 200),
            Sum(n),
            "RUB",
            new Guid(n % 4000 + 1, 1, 0, new byte[8]),
            $"77{n % 4000:00000000}",
            $"ООО Клиент {n % 4000}",
            []
        );

    private static string Number(int n) => $"{(n % 4) switch { 0 => "", 1 => "СФ-", 2 => "А-", _ => "2026/" }}{n / 4 % 8000 + 1}";

    private static long Sum(int n) => n % 5 == 0 ? 100_000L * (n % 19 + 1) : 10_000 + n * 7919L % 50_000_000;

    private static byte[] Statement()
    {
        var text = new StringBuilder($"1CClientBankExchange\nВерсияФормата=1.03\nКодировка=Windows\nРасчСчет={Own}\n");
        for (var row = 0; row < 10_000; row++)
        {
            var n = row * 31 % 50_000;
            // Every tenth says nothing about the invoice, so that the sum and the payer must do.
            var purpose = row % 10 == 0 ? "Оплата за услуги согласно договору" : $"Оплата по счету № {Number(n)} за услуги";
            text.Append(
                CultureInfo.InvariantCulture,
                $"""
                СекцияДокумент=Платежное поручение
                Номер={row + 1}
                Дата=01.10.2026
                Сумма={Sum(n) / 100}.{Sum(n) % 100:00}
                ПлательщикСчет=407028100{n % 4000:00000000000}
                ПлательщикИНН=77{n % 4000:00000000}
                Плательщик1=ООО Клиент {n % 4000}
                ПолучательСчет={Own}
                ДатаПоступило=01.10.2026
                НазначениеПлатежа={purpose}
                КонецДокумента

                """
            );
        }
        return Encoding.UTF8.GetBytes(text.Append("КонецФайла\n").ToString());
    }

    private static Action Pay(Action<PayInput> compute)
    {
        var month = new Month(2026, 10);
        var rules = SampleScheme.From(new DateOnly(2026, 1, 1));
        var inputs = Enumerable
            .Range(1, 200)
            .Select(person => new PayInput
            {
                Month = month,
                Person = new Guid(person, 2, 0, new byte[8]),
                Currency = "RUB",
                Level = person % 4 + 1,
                City = SampleScheme.Moscow,
                WorkedDays = 22,
                TotalDays = 22,
                SchemeVersions = [rules],
                Entries =
                [
                    .. Enumerable
                        .Range(0, 5_000)
                        .Select(n => new PayEntry
                        {
                            Id = new Guid(person, 3, (short)n, new byte[8]),
                            DutyId = new Guid(n % 60, 4, 0, new byte[8]),
                            Points = n % 9 + 1,
                            DoneOn = month.First.AddDays(n % 31),
                            RecordedMonth = month,
                        }),
                ],
            })
            .ToList();
        return () => inputs.ForEach(compute);
    }

    private static Action Printing()
    {
        var side = new PaperParty(
            "ООО «Пример»",
            "7700000016",
            "770001001",
            "г. Москва, ул. Примерная, 1",
            "Банк",
            "044525225",
            Own,
            "30101810400000000225",
            "Иванова И. И."
        );
        var lines = Enumerable
            .Range(1, 10)
            .Select(n => new PaperLine($"Сопровождение программы, этап {n}", "2", "ч", 250_000, 500_000))
            .ToList();
        var paper = new PaperData(PaperKind.Invoice, "1", new DateOnly(2026, 10, 1), side, side, lines, 5_000_000, null, "", "RUB");
        return () => PaperPrint.Invoice(paper, "ru");
    }
}
