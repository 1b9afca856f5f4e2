using System.Globalization;

namespace Remit.Modules.Papers.Printing;

/// <summary>Empty papers to be filled in by hand, one to a page, each with its number.</summary>
public static class BlankPrint
{
    private const double Left = 40,
        Inner = PdfSheet.Width - 2 * Left,
        Label = 120,
        Row = 22;
    private const int Rows = 12;

    public static byte[] Of(IReadOnlyList<Blank> blanks, OwnCompany company, string lang)
    {
        using var sheet = new PdfSheet(Title(blanks[0], lang));
        for (var n = 0; n < blanks.Count; n++)
        {
            if (n > 0)
                sheet.NewPage();
            Page(sheet, blanks[n], company, lang);
        }
        return sheet.ToBytes();
    }

    private static string Title(Blank blank, string lang) =>
        PaperLabels.Of(
            blank.Kind == BlankKind.Act ? "act" : "sheet",
            lang,
            blank.Number.ToString(CultureInfo.InvariantCulture),
            "___ . ___ . " + blank.Year.ToString(CultureInfo.InvariantCulture)
        );

    private static void Page(PdfSheet sheet, Blank blank, OwnCompany company, string lang)
    {
        var y = SheetTable.Top;
        y += sheet.Text(Left, y, Title(blank, lang), 13, bold: true, width: Inner) + 8;
        sheet.Line(Left, y, Left + Inner, y, 1.2);
        y += 10;
        sheet.Text(Left, y, PaperLabels.Of("seller", lang) + ":");
        y +=
            sheet.Text(
                Left + Label,
                y,
                string.Join(
                    ", ",
                    new[] { company.Name, $"{PaperLabels.TaxId(company.Country, lang)} {company.TaxId}", company.Address }.Where(p =>
                        p.Length > 0
                    )
                ),
                bold: true,
                width: Inner - Label
            ) + 12;
        y = Written(sheet, y, PaperLabels.Of("buyer", lang));
        y = Written(sheet, y, PaperLabels.Of(blank.Kind == BlankKind.Act ? "worksby" : "presence", lang));
        y = Table(sheet, y + 6, blank.Kind, lang);
        if (blank.Kind == BlankKind.Act)
            y += sheet.Text(Left, y + 10, PaperLabels.Of("done", lang), width: Inner) + 20;
        var half = Inner / 2 - 12;
        foreach (var (x, key) in new[] { (Left, "seller"), (Left + half + 24, "buyer") })
        {
            sheet.Text(x, y + 24, PaperLabels.Of(key, lang), bold: true);
            sheet.Line(x + 88, y + 35, x + half, y + 35);
        }
    }

    private static double Written(PdfSheet sheet, double y, string label)
    {
        sheet.Text(Left, y, label + ":");
        sheet.Line(Left + Label, y + 12, Left + Inner, y + 12);
        return y + 26;
    }

    private static double Table(PdfSheet sheet, double y, BlankKind kind, string lang)
    {
        (string Key, double Share)[] columns =
            kind == BlankKind.Act
                ? [("no", 5), ("text", 47), ("quantity", 12), ("price", 17), ("sum", 19)]
                : [("no", 5), ("text", 51), ("from", 14), ("until", 14), ("hours", 16)];
        for (var row = 0; row <= Rows; row++)
        {
            var x = Left;
            foreach (var (key, share) in columns)
            {
                var width = Inner * share / 100;
                sheet.Box(x, y, width, Row);
                if (row == 0)
                    sheet.Text(x + 3, y + 6, PaperLabels.Of(key, lang), 8.5, bold: true, width: width - 6, align: TextAlign.Center);
                x += width;
            }
            y += Row;
        }
        return y;
    }
}
