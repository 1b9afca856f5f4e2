using System.Globalization;
using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Remit.Kernel;

namespace Remit.Web;

/// <summary>The first sheet of an XLSX workbook, row by row.</summary>
internal static class WorkbookFile
{
    private const long MostUnpacked = 1L << 30;
    private const int MostShared = 5_000_000;

    public static IEnumerable<string[]> Read(Stream file, string name)
    {
        using var rows = Rows(file, name).GetEnumerator();
        while (Next(rows, name))
            yield return rows.Current;
    }

    private static bool Next(IEnumerator<string[]> rows, string name)
    {
        try
        {
            return rows.MoveNext();
        }
        catch (Exception e)
            when (e
                    is InvalidDataException
                        or OpenXmlPackageException
                        or InvalidOperationException
                        or NullReferenceException
                        or FormatException
                        or System.Xml.XmlException
                        or KeyNotFoundException
                        or ArgumentException
            )
        {
            throw new Refusal("sheet.broken", ("file", name));
        }
    }

    private static IEnumerable<string[]> Rows(Stream file, string name)
    {
        using (var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true))
            if (zip.Entries.Sum(e => e.Length) > MostUnpacked)
                throw new Refusal("sheet.too_big", ("file", name));
        file.Position = 0;
        using var book = SpreadsheetDocument.Open(file, isEditable: false);
        var part = book.WorkbookPart!;
        var sheet = part.Workbook!.Descendants<DocumentFormat.OpenXml.Spreadsheet.Sheet>().First();
        var shared = part.SharedStringTablePart is { } table ? Shared(table) : [];
        using var xml = OpenXmlReader.Create(part.GetPartById(sheet.Id!.Value!));
        while (xml.Read())
            if (xml.ElementType == typeof(Row) && xml.IsStartElement && xml.LoadCurrentElement() is Row row)
                yield return Cells(row, shared);
    }

    private static List<string> Shared(SharedStringTablePart table)
    {
        var texts = new List<string>();
        using var xml = OpenXmlReader.Create(table);
        while (xml.Read() && texts.Count < MostShared)
            if (xml.ElementType == typeof(SharedStringItem) && xml.IsStartElement)
                texts.Add(xml.LoadCurrentElement()!.InnerText);
        return texts;
    }

    private static string[] Cells(Row row, List<string> shared)
    {
        var cells = new List<string>();
        foreach (var cell in row.Elements<Cell>())
        {
            // A cell says where it stands; the empty ones before it are left out of the file.
            var at = Column(cell.CellReference?.Value) ?? cells.Count;
            while (cells.Count < at && cells.Count <= SheetFile.MostColumns)
                cells.Add("");
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
        cell.DataType?.Value == CellValues.SharedString && int.TryParse(cell.CellValue?.Text, out var at)
            ? shared.ElementAtOrDefault(at) ?? ""
        : cell.DataType?.Value == CellValues.InlineString ? cell.InlineString?.InnerText ?? ""
        // Spreadsheets write long numbers such as tax numbers as 7.707083893E9.
        : decimal.TryParse(cell.CellValue?.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && cell.CellValue!.Text.Contains('E')
            ? number.ToString("0.################", CultureInfo.InvariantCulture)
        : cell.CellValue?.Text ?? "";
}
