using Remit.Modules.Papers.Printing;

namespace Remit.Tests.Kernel;

public sealed class PaperPrintTests
{
    internal static PaperData Sample(PaperKind kind = PaperKind.Invoice, int lines = 3)
    {
        var seller = new PaperParty(
            "ООО «Ромашка Софт»",
            "7707083893",
            "773601001",
            "117997, г. Москва, ул. Вавилова, д. 19, офис 4",
            "ПАО СБЕРБАНК г. Москва",
            "044525225",
            "40702810938120061991",
            "30101810400000000225",
            "Петрова А. В."
        );
        var buyer = new PaperParty("АО «Əliyev və Şəriklər»", "7722698789", "772201001", "г. Казань, ул. Баумана, 1 ₽ €");
        var rows = Enumerable
            .Range(1, lines)
            .Select(n => new PaperLine(
                n % 2 == 0 ? "Разработка программного обеспечения по договору № 12 от 01.09.2026, этап " + n : "Консультации",
                "10.5",
                "ч",
                350000,
                3675000
            ))
            .ToList();
        var total = rows.Sum(row => row.SumMinor);
        return new PaperData(
            kind,
            "127",
            new DateOnly(2026, 11, 21),
            seller,
            buyer,
            rows,
            total,
            total / 6,
            "20%",
            "RUB",
            new DateOnly(2026, 12, 1),
            PaymentQr.Payload(
                seller.Name,
                seller.Account,
                seller.Bank,
                seller.Bic,
                seller.CorrAccount,
                total,
                "Оплата по счёту 127",
                seller.TaxId,
                seller.Kpp
            )
        );
    }

    [Theory]
    [InlineData("ru")]
    [InlineData("bg")]
    [InlineData("az")]
    [InlineData("en")]
    public void Invoices_and_acts_print_in_every_language(string lang)
    {
        foreach (var pdf in new[] { PaperPrint.Invoice(Sample(), lang), PaperPrint.Act(Sample(PaperKind.Act), lang) })
        {
            Assert.True(pdf.AsSpan().StartsWith("%PDF"u8));
            Assert.InRange(pdf.Length, 5_000, 200_000);
            if (Environment.GetEnvironmentVariable("PRINT_TO") is { } dir)
                File.WriteAllBytes(Path.Combine(dir, $"{lang}-{pdf.Length}.pdf"), pdf);
        }
    }

    [Fact]
    public void A_long_invoice_and_a_table_go_on_over_pages_from_many_threads_at_once()
    {
        var sizes = new int[8];
        Parallel.For(0, sizes.Length, at => sizes[at] = PaperPrint.Invoice(Sample(lines: 80), "ru").Length);
        Assert.All(sizes, size => Assert.True(size > 20_000));
        var table = PaperPrint.Table(
            "Отчёт",
            [new("А", 1), new("Б", 2, TextAlign.Right)],
            Enumerable.Range(0, 200).Select(n => new[] { $"{n}", "x" }),
            "ru"
        );
        Assert.True(table.AsSpan().StartsWith("%PDF"u8));
    }
}
