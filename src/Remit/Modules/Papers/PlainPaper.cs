using Remit.Modules.Papers.Printing;

namespace Remit.Modules.Papers;

/// <summary>A piece of a paper: a heading or a paragraph.</summary>
/// <param name="Before">Room above it, in points.</param>
public sealed record PaperText(string Text, double Size = 9.5, bool Bold = false, double Before = 3);

/// <summary>A paper that is text only, such as minutes: as many A4 pages as it takes, each with its number.</summary>
public static class PlainPaper
{
    private const double Left = 50,
        Inner = PdfSheet.Width - 2 * Left;

    // A piece longer than this is laid in parts, so that no part is higher than a page.
    private const int Part = 1500;

    /// <param name="signatures">Names under lines to sign on.</param>
    public static byte[] Print(string title, string lang, IEnumerable<PaperText> texts, IReadOnlyList<string> signatures)
    {
        using var sheet = new PdfSheet(title);
        var y = SheetTable.Top;
        foreach (var text in texts.SelectMany(Parts))
            y = Draw(sheet, y, text, lang);
        y += 26;
        foreach (var name in signatures)
        {
            if (y + 30 > SheetTable.Bottom)
                y = SheetTable.NewPage(sheet, lang) + 10;
            sheet.Line(Left, y + 12, Left + 190, y + 12);
            sheet.Text(Left + 200, y, name, width: Inner - 200);
            y += 32;
        }
        return sheet.ToBytes();
    }

    private static double Draw(PdfSheet sheet, double y, PaperText text, string lang)
    {
        var height = sheet.Measure(text.Text, text.Size, text.Bold, Inner);
        if (y + text.Before + height > SheetTable.Bottom)
            y = SheetTable.NewPage(sheet, lang);
        else
            y += text.Before;
        return y + sheet.Text(Left, y, text.Text, text.Size, text.Bold, Inner);
    }

    private static IEnumerable<PaperText> Parts(PaperText text)
    {
        foreach (var line in text.Text.ReplaceLineEndings("\n").Split('\n').Where(l => l.Trim().Length > 0))
        foreach (var part in line.Chunk(Part))
            yield return text with
            {
                Text = new string(part),
            };
    }
}
