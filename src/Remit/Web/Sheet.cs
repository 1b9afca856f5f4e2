using System.Globalization;
using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Remit.Kernel;

namespace Remit.Web;

/// <summary>A table as somebody brings it: a heading and rows of texts, all of one width.</summary>
public sealed record Sheet(IReadOnlyList<string> Head, IReadOnlyList<string[]> Rows)
{
    public const int MostRows = 100_000, MostColumns = 60, MostText = 2000;
    private const long MostUnpacked = 300L << 20;

    /// <summary>Reads XLSX, or text with commas, semicolons or tabs in UTF-8, UTF-16 or Windows-1251.</summary>
    /// <exception cref="Refusal">The file is no table, or has more than can be taken at once.</exception>
    public static Sheet Read(Stream file, string name)
    {
        var bytes = new MemoryStream();
        file.CopyTo(bytes);
        bytes.Position = 0;
        var start = bytes.GetBuffer().AsSpan(0, (int)Math.Min(4, bytes.Length));
        if (start.StartsWith("PK"u8)) return Of(Workbook(bytes, name), name);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) throw new Refusal("sheet.old_excel", ("file", name));
        return Of(Csv.Read(Decoded(bytes.ToArray())), name);
    }

    /// <summary>The same of what was pasted.</summary>
    public static Sheet Paste(string text) => Of(Csv.Read(text), "");

    private static Sheet Of(IEnumerable<string[]> lines, string name)
    {
        var all = new List<string[]>();
        foreach (var line in lines.Where(l => l.Any(c => c.Length > 0)))
        {
            if (all.Count > MostRows) throw new Refusal("sheet.too_long", ("most", MostRows));
            if (line.Length > MostColumns) throw new Refusal("sheet.too_wide", ("most", MostColumns));
            all.Add([.. line.Select(c => c.Trim() is var text && text.Length > MostText ? text[..MostText] : text)]);
        }
        if (all.Count < 2) throw new Refusal("sheet.no_rows", ("file", name));
        var width = all.Max(l => l.Length);
        return new Sheet(Padded(all[0], width), [.. all.Skip(1).Select(l => Padded(l, width))]);
    }

    private static string[] Padded(string[] line, int width) => line.Length == width ? line : [.. line, .. Enumerable.Repeat("", width - line.Length)];

    private static string Decoded(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode.GetString(bytes, 2, bytes.Length - 2);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
            return Encoding.GetEncoding(1251).GetString(bytes);
        }
    }

    private static List<string[]> Workbook(Stream file, string name)
    {
        try
        {
            using (var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true))
                if (zip.Entries.Sum(e => e.Length) > MostUnpacked) throw new Refusal("sheet.too_big", ("file", name));
            file.Position = 0;
            using var book = SpreadsheetDocument.Open(file, isEditable: false);
            var part = book.WorkbookPart!;
            var sheet = part.Workbook!.Descendants<DocumentFormat.OpenXml.Spreadsheet.Sheet>().First();
            var shared = part.SharedStringTablePart?.SharedStringTable?.Elements<SharedStringItem>().Select(i => i.InnerText).ToList() ?? [];
            return [.. ((WorksheetPart)part.GetPartById(sheet.Id!.Value!)).Worksheet!.Descendants<Row>().Take(MostRows + 2).Select(r => Cells(r, shared))];
        }
        catch (Exception e) when (e is InvalidDataException or OpenXmlPackageException or InvalidOperationException or NullReferenceException or FormatException or System.Xml.XmlException or KeyNotFoundException)
        {
            throw new Refusal("sheet.broken", ("file", name));
        }
    }

    private static string[] Cells(Row row, List<string> shared)
    {
        var cells = new List<string>();
        foreach (var cell in row.Elements<Cell>())
        {
            // A cell says where it stands; the empty ones before it are left out of the file.
            var at = Column(cell.CellReference?.Value) ?? cells.Count;
            while (cells.Count < at && cells.Count <= MostColumns) cells.Add("");
            cells.Add(Text(cell, shared));
        }
        return [.. cells];
    }

    private static int? Column(string? reference)
    {
        var letters = reference?.TakeWhile(char.IsAsciiLetterUpper).ToArray() ?? [];
        return letters.Length is 0 or > 3 ? null : letters.Aggregate(0, (n, letter) => n * 26 + (letter - 'A' + 1)) - 1;
    }

    private static string Text(Cell cell, List<string> shared) =>
        cell.DataType?.Value == CellValues.SharedString && int.TryParse(cell.CellValue?.Text, out var at) ? shared.ElementAtOrDefault(at) ?? ""
        : cell.DataType?.Value == CellValues.InlineString ? cell.InlineString?.InnerText ?? ""
        // Spreadsheets write long numbers such as tax numbers as 7.707083893E9.
        : decimal.TryParse(cell.CellValue?.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && cell.CellValue!.Text.Contains('E') ? number.ToString("0.################", CultureInfo.InvariantCulture)
        : cell.CellValue?.Text ?? "";
}
