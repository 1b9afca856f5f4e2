using System.Diagnostics;
using Remit.Modules.Papers.Printing;
using Remit.Tests.Kernel;

namespace Remit.Tests.Papers;

/// <summary>What a bank's app and a person read from the paper itself, through other people's programs where they are installed.</summary>
public sealed class Printed_papers
{
    [Fact]
    public void The_payment_code_on_the_printed_invoice_is_read_back_by_a_decoder_that_is_not_ours()
    {
        if (!Installed("zbarimg") || !Installed("pdftoppm"))
        {
            Console.WriteLine("skipped: no zbarimg or pdftoppm");
            return;
        }
        using var folder = new Folder();
        File.WriteAllBytes(folder["invoice.pdf"], PaperPrint.Invoice(PaperPrintTests.Sample(), "ru"));
        Run("pdftoppm", "-r", "150", "-png", folder["invoice.pdf"], folder["page"]);
        var read = Run(
            "zbarimg",
            "--quiet",
            "--raw",
            "-Sdisable",
            "-Sqrcode.enable",
            Directory.GetFiles(folder.Path, "page*.png").Single()
        );
        var fields = PaymentQr.Parse(read.Trim());
        Assert.NotNull(fields);
        Assert.Equal(
            ("40702810938120061991", "044525225", "ООО «Ромашка Софт»", "11025000"),
            (fields["PersonalAcc"], fields["BIC"], fields["Name"], fields["Sum"])
        );
    }

    [Theory]
    [InlineData("AZN", "az", "Yekun məbləğ")]
    [InlineData("RUB", "ru", "Всего к оплате")]
    [InlineData("EUR", "bg", "Обща сума")]
    public void A_currency_sign_prints_as_itself_or_as_its_letters_and_never_as_a_box(string currency, string lang, string total)
    {
        if (!Installed("pdftotext"))
        {
            Console.WriteLine("skipped: no pdftotext");
            return;
        }
        using var folder = new Folder();
        File.WriteAllBytes(
            folder["invoice.pdf"],
            PaperPrint.Invoice(PaperPrintTests.Sample() with { Currency = currency, QrPayload = null }, lang)
        );
        var text = Run("pdftotext", "-layout", folder["invoice.pdf"], "-");
        var line = text.Split('\n').Single(l => l.Contains(total));
        Assert.Matches(@"110.250,00.(₼|₽|€|AZN|RUB)\s*$", line);
    }

    [Theory]
    [InlineData("AZ", "az", "AZ21 NABZ 0000 0000 1370 1000 1944")]
    [InlineData("BG", "bg", "BG80 BNBG 9661 1020 3456 78")]
    public void The_whole_iban_stands_on_the_paper_in_groups_of_four(string country, string lang, string iban)
    {
        if (!Installed("pdftotext"))
        {
            Console.WriteLine("skipped: no pdftotext");
            return;
        }
        using var folder = new Folder();
        var paper = PaperPrintTests.Sample();
        paper = paper with
        {
            Seller = paper.Seller with { Country = country, Account = iban.Replace(" ", ""), CorrAccount = "" },
            QrPayload = null,
        };
        File.WriteAllBytes(folder["invoice.pdf"], PaperPrint.Invoice(paper, lang));
        Assert.Contains(iban, Run("pdftotext", "-layout", folder["invoice.pdf"], "-"));
    }

    [Fact]
    public void A_foreign_clients_tax_number_keeps_the_name_its_country_gave_it()
    {
        if (!Installed("pdftotext"))
        {
            Console.WriteLine("skipped: no pdftotext");
            return;
        }
        using var folder = new Folder();
        var paper = PaperPrintTests.Sample();
        paper = paper with
        {
            Seller = paper.Seller with { Country = "RU" },
            Buyer = paper.Buyer with { Country = "AZ", Kpp = "" },
            Cancelled = true,
        };
        File.WriteAllBytes(folder["act.pdf"], PaperPrint.Act(paper, "bg"));
        var text = Run("pdftotext", "-layout", folder["act.pdf"], "-");
        Assert.Contains("ИНН 7707083893", text);
        Assert.Contains("VÖEN 7722698789", text);
        Assert.Contains("АНУЛИРАН", text);
    }

    private static bool Installed(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(':')
            .Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, program)));

    private static string Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, StandardOutputEncoding = System.Text.Encoding.UTF8 }
        )!;
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return said;
    }

    private sealed class Folder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("remit-print-").FullName;
        public string this[string file] => System.IO.Path.Combine(Path, file);

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
