namespace Remit.Modules.Papers.Printing;

/// <summary>A column: its heading, its share of the width and how its cells lie.</summary>
public sealed record PaperColumn(string Title, double Share, TextAlign Align = TextAlign.Left);

/// <summary>A ruled table that goes on over pages, with its heading repeated on each.</summary>
internal sealed class SheetTable(PdfSheet sheet, IReadOnlyList<PaperColumn> columns, double left, double width, string lang)
{
    internal const double Top = 40,
        Bottom = PdfSheet.Height - 45;
    private const double Pad = 3,
        Size = 8.5;

    private readonly double[] _widths = [.. columns.Select(column => column.Share / columns.Sum(each => each.Share) * width)];

    /// <summary>Draws the rows from y down and returns where they ended on the last page.</summary>
    public double Draw(double y, IEnumerable<IReadOnlyList<string>> rows)
    {
        string[] titles = [.. columns.Select(column => column.Title)];
        y = Row(y, titles, heading: true);
        foreach (var cells in rows)
        {
            if (y + Height(cells, bold: false) > Bottom)
            {
                y = NewPage(sheet, lang);
                y = Row(y, titles, heading: true);
            }
            y = Row(y, cells, heading: false);
        }
        return y;
    }

    /// <summary>Begins a page with its number at the foot and returns where to draw from.</summary>
    internal static double NewPage(PdfSheet sheet, string lang)
    {
        sheet.NewPage();
        sheet.Text(
            40,
            PdfSheet.Height - 32,
            PaperLabels.Of("page", lang, sheet.Pages),
            7.5,
            width: PdfSheet.Width - 80,
            align: TextAlign.Right
        );
        return Top;
    }

    private double Height(IReadOnlyList<string> cells, bool bold)
    {
        var height = 0.0;
        for (var i = 0; i < columns.Count; i++)
            height = Math.Max(height, sheet.Measure(cells[i], Size, bold, _widths[i] - 2 * Pad));
        return height + 2 * Pad;
    }

    private double Row(double y, IReadOnlyList<string> cells, bool heading)
    {
        var height = Height(cells, heading);
        if (heading)
            sheet.Fill(left, y, width, height, 0.93);
        var x = left;
        for (var i = 0; i < columns.Count; i++)
        {
            sheet.Box(x, y, _widths[i], height);
            sheet.Text(x + Pad, y + Pad, cells[i], Size, heading, _widths[i] - 2 * Pad, heading ? TextAlign.Center : columns[i].Align);
            x += _widths[i];
        }
        return y + height;
    }
}
