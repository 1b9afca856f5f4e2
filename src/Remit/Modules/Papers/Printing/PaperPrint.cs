using System.Globalization;
using Remit.Kernel;
using Remit.Web;

namespace Remit.Modules.Papers.Printing;

/// <summary>Papers as PDF. Every call draws its own sheet, so any number may run at once.</summary>
public static class PaperPrint
{
    private const double Left = 40,
        Inner = PdfSheet.Width - 2 * Left,
        QrSide = 96;

    /// <summary>An invoice: bank requisites, parties, lines, totals, the sum in words, the payment code, signatures.</summary>
    public static byte[] Invoice(PaperData paper, string lang)
    {
        using var sheet = new PdfSheet(Title(paper, lang));
        DrawInvoice(sheet, paper, lang);
        return sheet.ToBytes();
    }

    /// <summary>Many papers in one file, each on pages of its own.</summary>
    public static byte[] Many(IReadOnlyList<(PaperData Paper, string Lang)> papers)
    {
        using var sheet = new PdfSheet();
        foreach (var ((paper, lang), n) in papers.Select((p, n) => (p, n)))
        {
            if (n > 0)
                sheet.NewPage();
            if (paper.Kind == PaperKind.Invoice)
                DrawInvoice(sheet, paper, lang);
            else
                DrawAct(sheet, paper, lang);
        }
        return sheet.ToBytes();
    }

    private static string Title(PaperData paper, string lang) =>
        PaperLabels.Of(paper.Kind == PaperKind.Act ? "act" : "invoice", lang, paper.Number, Day(paper.Date));

    private static void DrawInvoice(PdfSheet sheet, PaperData paper, string lang)
    {
        var title = PaperLabels.Of("invoice", lang, paper.Number, Day(paper.Date));
        var y = paper.Seller.Account.Length > 0 ? Requisites(sheet, paper.Seller, lang) + 14 : SheetTable.Top;
        y = Totals(sheet, Head(sheet, y, title, paper, "invoice", lang), paper, "total", lang);
        y = Room(sheet, y, QrSide + 90, lang);
        if (paper.QrPayload is { } payload)
        {
            var x = Left + Inner - QrSide;
            sheet.Qr(x, y + 4, QrSide, PaymentQr.Modules(payload));
            sheet.Text(x, y + QrSide + 7, PaperLabels.Of("scan", lang), 7, width: QrSide, align: TextAlign.Center);
        }
        var beside = paper.QrPayload is null ? Inner : Inner - QrSide - 20;
        var below = y + Words(sheet, y, beside, paper, lang);
        if (paper.DueOn is { } due)
            sheet.Text(Left, below + 6, PaperLabels.Of("due", lang, Day(due)), bold: true, width: beside);
        y = Math.Max(below + 40, paper.QrPayload is null ? 0 : y + QrSide + 36);
        sheet.Line(Left, y - 8, Left + Inner, y - 8, 1.2);
        Signature(sheet, Left, y + 16, Inner / 2 - 12, PaperLabels.Of("director", lang), paper.Seller.Director);
        Signature(sheet, Left + Inner / 2 + 12, y + 16, Inner / 2 - 12, PaperLabels.Of("accountant", lang), "");
        Pictures(sheet, paper, Left, y + 16, Inner / 2 - 12);
    }

    /// <summary>An act: the lines, the statement that they were rendered in full, and both signatures.</summary>
    public static byte[] Act(PaperData paper, string lang)
    {
        using var sheet = new PdfSheet(PaperLabels.Of("act", lang, paper.Number, Day(paper.Date)));
        DrawAct(sheet, paper, lang);
        return sheet.ToBytes();
    }

    private static void DrawAct(PdfSheet sheet, PaperData paper, string lang)
    {
        var title = PaperLabels.Of("act", lang, paper.Number, Day(paper.Date));
        var y = Totals(sheet, Head(sheet, SheetTable.Top, title, paper, "act", lang), paper, "acttotal", lang);
        y = Room(sheet, y, 190, lang);
        y += Words(sheet, y, Inner, paper, lang) + 12;
        y += sheet.Text(Left, y, PaperLabels.Of("done", lang), width: Inner) + 14;
        sheet.Line(Left, y, Left + Inner, y, 1.2);
        var half = Inner / 2 - 12;
        foreach (var (x, key, party) in new[] { (Left, "seller", paper.Seller), (Left + half + 24, "buyer", paper.Buyer) })
        {
            sheet.Text(x, y + 10, PaperLabels.Of(key, lang), bold: true);
            sheet.Text(x, y + 23, party.Name, width: half);
            Signature(sheet, x, y + 70, half, PaperLabels.Of("director", lang), party.Director);
        }
        Pictures(sheet, paper, Left, y + 70, half);
    }

    // The stamp lies half over the signature, as a hand puts it.
    private static void Pictures(PdfSheet sheet, PaperData paper, double x, double y, double width)
    {
        if (paper.Pictures?.Signature is { } signature)
            sheet.Picture(signature, x + 90, y - 24, width - 90, 36);
        if (paper.Pictures?.Stamp is { } stamp)
            sheet.Picture(stamp, x + 20, y - 34, 104, 104);
    }

    /// <summary>Any table under a title, over as many pages as it takes.</summary>
    public static byte[] Table(
        string title,
        IReadOnlyList<PaperColumn> columns,
        IEnumerable<IReadOnlyList<string>> rows,
        string lang = "en"
    )
    {
        using var sheet = new PdfSheet(title);
        var y = SheetTable.Top + sheet.Text(Left, SheetTable.Top, title, 13, bold: true, width: Inner) + 10;
        new SheetTable(sheet, columns, Left, Inner, lang).Draw(y, rows);
        return sheet.ToBytes();
    }

    private static double Requisites(PdfSheet sheet, PaperParty seller, string lang)
    {
        const double Top = SheetTable.Top,
            Label = 44,
            Row = 32;
        var russian = seller.Country is "RU" or "";
        // An IBAN of Azerbaijan is 28 letters and digits long: it must not run off the paper.
        var split = Left + Inner * (russian ? 0.58 : 0.42);
        void Cell(double x, double y, string key, string value)
        {
            sheet.Text(x + 4, y, PaperLabels.Of(key, lang), 8.5);
            sheet.Text(x + 4 + Label, y, value);
        }
        sheet.Text(Left + 4, Top + 3, seller.Bank, width: split - Left - 8);
        sheet.Text(Left + 4, Top + Row - 11, PaperLabels.Of("payeebank", lang), 7);
        Cell(split, Top + 3, russian ? "bic" : "swift", seller.Bic);
        if (seller.CorrAccount.Length > 0)
            Cell(split, Top + 18, "account", seller.CorrAccount);
        var taxes =
            PaperLabels.TaxId(seller.Country, lang)
            + " "
            + seller.TaxId
            + (seller.Kpp.Length > 0 ? $"     {PaperLabels.Of("kpp", lang)} {seller.Kpp}" : "");
        sheet.Text(Left + 4, Top + Row + 4, taxes);
        sheet.Line(Left, Top + Row + 18, split, Top + Row + 18);
        var name = sheet.Text(Left + 4, Top + Row + 22, seller.Name, width: split - Left - 8);
        sheet.Text(Left + 4, Top + Row + 24 + name, PaperLabels.Of("payee", lang), 7);
        Cell(split, Top + Row + 4, russian ? "account" : "iban", Identifiers.InFours(seller.Account));
        var height = Row + 37 + name;
        sheet.Box(Left, Top, Inner, height);
        sheet.Line(Left, Top + Row, Left + Inner, Top + Row);
        sheet.Line(split, Top, split, Top + height);
        return Top + height;
    }

    private static double Head(PdfSheet sheet, double y, string title, PaperData paper, string kind, string lang)
    {
        const double Label = 92;
        // A long name of the paper gets a smaller letter rather than a second line.
        var size = 14.0;
        while (size > 11 && sheet.Measure(title, size, bold: true, width: Inner) > size * 1.8)
            size -= 0.5;
        y += sheet.Text(Left, y, title, size, bold: true, width: Inner) + 5;
        if (paper.Cancelled)
            y += sheet.Text(Left, y, PaperLabels.Of("cancelled." + kind, lang), 12, bold: true, width: Inner) + 4;
        sheet.Line(Left, y, Left + Inner, y, 1.2);
        y += 8;
        foreach (var (key, party) in new[] { ("seller", paper.Seller), ("buyer", paper.Buyer) })
        {
            sheet.Text(Left, y, PaperLabels.Of(key, lang) + ":");
            string[] parts =
            [
                party.Name,
                Tagged(PaperLabels.TaxId(party.Country, lang), party.TaxId),
                Tagged(PaperLabels.Of("kpp", lang), party.Kpp),
                party.Address,
            ];
            y += sheet.Text(Left + Label, y, string.Join(", ", parts.Where(part => part.Length > 0)), bold: true, width: Inner - Label) + 6;
        }
        if (paper.Basis.Length > 0)
        {
            sheet.Text(Left, y, PaperLabels.Of("basis", lang) + ":");
            y += sheet.Text(Left + Label, y, paper.Basis, bold: true, width: Inner - Label) + 6;
        }
        string Tagged(string label, string value) => value.Length > 0 ? $"{label} {value}" : "";
        PaperColumn[] columns =
        [
            new(PaperLabels.Of("no", lang), 4, TextAlign.Center),
            new(PaperLabels.Of("text", lang), 42),
            new(PaperLabels.Of("quantity", lang), 10, TextAlign.Right),
            new(PaperLabels.Of("unit", lang), 12, TextAlign.Center),
            new(PaperLabels.Of("price", lang), 15, TextAlign.Right),
            new(PaperLabels.Of("sum", lang), 17, TextAlign.Right),
        ];
        return new SheetTable(sheet, columns, Left, Inner, lang).Draw(
            y + 4,
            paper.Lines.Select(
                (line, at) =>
                    (IReadOnlyList<string>)
                        [
                            (at + 1).ToString(CultureInfo.InvariantCulture),
                            line.Text,
                            lang == "en" ? line.Quantity : line.Quantity.Replace('.', ','),
                            line.Unit,
                            Money(line.PriceMinor, lang),
                            Money(line.SumMinor, lang),
                        ]
            )
        );
    }

    private static double Totals(PdfSheet sheet, double y, PaperData paper, string total, string lang)
    {
        y = Room(sheet, y, 34, lang) + 5;
        void Row(string label, string value)
        {
            sheet.Text(Left, y, label, bold: true, width: Inner - 105, align: TextAlign.Right);
            y += sheet.Text(Left + Inner - 100, y, value, bold: true, width: 97, align: TextAlign.Right) + 3;
        }
        if (paper.VatMinor is { } vat)
            Row(PaperLabels.Of("vat", lang, paper.VatRate) + ":", Money(vat, lang));
        else
            Row(PaperLabels.Of("novat", lang), "–");
        Row(PaperLabels.Of(total, lang) + ":", Money(paper.TotalMinor, lang) + "\u00a0" + Formats.Sign(paper.Currency));
        return y + 6;
    }

    private static double Words(PdfSheet sheet, double y, double width, PaperData paper, string lang)
    {
        var first =
            sheet.Text(
                Left,
                y,
                PaperLabels.Of("words", lang, paper.Lines.Count, Money(paper.TotalMinor, lang), Formats.Sign(paper.Currency)),
                width: width
            ) + 2;
        var words = AmountInWords.Sentence(AmountInWords.Of(new Amount(paper.TotalMinor, paper.Currency), lang), lang);
        return first + sheet.Text(Left, y + first, words, bold: true, width: width);
    }

    private static void Signature(PdfSheet sheet, double x, double y, double width, string label, string name)
    {
        sheet.Text(x, y, label, bold: true);
        sheet.Line(x + 106, y + 11, x + width, y + 11);
        if (name.Length > 0)
            sheet.Text(x + 106, y + 13, name, 7.5, width: width - 106, align: TextAlign.Center);
    }

    private static double Room(PdfSheet sheet, double y, double need, string lang) =>
        y + need > SheetTable.Bottom ? SheetTable.NewPage(sheet, lang) : y;

    private static string Day(DateOnly day) => day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);

    /// <summary>Grouped by no-break spaces, with the comma of the Continent or the point of English.</summary>
    private static string Money(long minor, string lang)
    {
        var text = (minor / 100m).ToString("#,##0.00", CultureInfo.InvariantCulture);
        return lang == "en" ? text : text.Replace(',', '\u00a0').Replace('.', ',');
    }
}
