using System.Globalization;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;

namespace Remit.Web.Lists;

/// <summary>Everything a list shows, all pages of it, as a file: the columns, order and chips of the screen.</summary>
internal static class ListExport
{
    /// <summary>
    /// RFC 4180, UTF-8 with a mark, by which spreadsheets know the alphabet. Where people write 0,5 a spreadsheet opens the
    /// file in columns by itself only if semicolons stand between them; commas stay with those who write 0.5.
    /// </summary>
    public static async Task Csv<TRow>(ListOf<TRow> list, ListState state, HttpContext http, AppDb db, Screen screen)
        where TRow : class, IIdentified
    {
        var columns = ListHabits.Columns(list, state, await ListHabits.Of(list.Path, db, screen));
        var between = Between(screen.T.Language);
        await using var text = StartCsv(http, list.Path + ".csv");
        await text.WriteAsync(string.Join(between, columns.Select(c => Quoted(screen.T["field." + c.Key]))) + "\r\n");
        await foreach (var row in Rows(list, state, db, screen))
            await text.WriteAsync(string.Join(between, columns.Select(c => Quoted(Cell(c, row, between, screen)))) + "\r\n");
    }

    /// <summary>The same for a file that is no list.</summary>
    internal static StreamWriter StartCsv(HttpContext http, string name)
    {
        Attach(http, name, "text/csv; charset=utf-8");
        return new StreamWriter(http.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
    }

    internal static string Line(IEnumerable<string> cells, string language) =>
        string.Join(Between(language), cells.Select(c => Quoted(Harmless(c)))) + "\r\n";

    private static char Between(string language) => language == "en" ? ',' : ';';

    public static async Task Xlsx<TRow>(ListOf<TRow> list, ListState state, HttpContext http, AppDb db, Screen screen)
        where TRow : class, IIdentified
    {
        var columns = ListHabits.Columns(list, state, await ListHabits.Of(list.Path, db, screen));
        // The package format writes its directory last and seeks back, so it is made in a file that goes when closed.
        await using var file = new FileStream(
            Path.GetTempFileName(),
            FileMode.Create,
            FileAccess.ReadWrite,
            FileShare.None,
            1 << 16,
            FileOptions.DeleteOnClose
        );
        using (var book = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var part = book.AddWorkbookPart();
            var sheet = part.AddNewPart<WorksheetPart>();
            part.Workbook = new Workbook(
                new Sheets(
                    new DocumentFormat.OpenXml.Spreadsheet.Sheet
                    {
                        Id = part.GetIdOfPart(sheet),
                        SheetId = 1,
                        Name = Name(screen.T[list.Title]),
                    }
                )
            );
            await Fill(sheet, list, columns, state, db, screen);
        }
        file.Position = 0;
        Attach(http, list.Path + ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        await file.CopyToAsync(http.Response.Body);
    }

    private static async Task Fill<TRow>(
        WorksheetPart sheet,
        ListOf<TRow> list,
        IReadOnlyList<Column<TRow>> columns,
        ListState state,
        AppDb db,
        Screen screen
    )
        where TRow : class, IIdentified
    {
        using var xml = OpenXmlWriter.Create(sheet);
        xml.WriteStartElement(new Worksheet());
        xml.WriteStartElement(new SheetData());
        Row(xml, columns.Select(c => Text(screen.T["field." + c.Key])));
        await foreach (var row in Rows(list, state, db, screen))
            Row(xml, columns.Select(c => Typed(c, row, screen)));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Row(OpenXmlWriter xml, IEnumerable<Cell> cells)
    {
        xml.WriteStartElement(new Row());
        foreach (var cell in cells)
            xml.WriteElement(cell);
        xml.WriteEndElement();
    }

    private static Cell Typed<TRow>(Column<TRow> column, TRow row, Screen screen)
        where TRow : class, IIdentified =>
        column.AsMoney?.Invoke(row) is { } money ? Number(money)
        : column.IsNumber && column.Show is null && column.Value(row) is { } value
            ? Number(Convert.ToDecimal(value, CultureInfo.InvariantCulture))
        : Text(column.Filed(row, screen));

    private static Cell Number(decimal value) =>
        new() { DataType = CellValues.Number, CellValue = new CellValue(value.ToString(CultureInfo.InvariantCulture)) };

    // XML 1.0 has no place for control characters and non-characters, which imported texts may hold.
    private static Cell Text(string text) =>
        new()
        {
            DataType = CellValues.InlineString,
            InlineString = new InlineString(
                new Text(
                    text.All(XmlConvert.IsXmlChar)
                        ? text
                        : string.Concat(text.EnumerateRunes().Where(r => !r.IsBmp || XmlConvert.IsXmlChar((char)r.Value)))
                )
                {
                    Space = SpaceProcessingModeValues.Preserve,
                }
            ),
        };

    private static string Cell<TRow>(Column<TRow> column, TRow row, char between, Screen screen)
        where TRow : class, IIdentified =>
        column.AsMoney?.Invoke(row).ToString(CultureInfo.InvariantCulture).Replace('.', between == ';' ? ',' : '.')
        ?? (column.IsNumber ? column.Plain(row) : Harmless(column.Filed(row, screen)));

    /// <summary>A spreadsheet would run a text that begins like a formula.</summary>
    private static string Harmless(string text) =>
        text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' ? "'" + text : text;

    private static string Quoted(string text) => text.AsSpan().IndexOfAny(",;\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"")}\"";

    private static string Name(string title) => new([.. title.Where(c => !"[]:*?/\\".Contains(c)).Take(31)]);

    private static IAsyncEnumerable<TRow> Rows<TRow>(ListOf<TRow> list, ListState state, AppDb db, Screen screen)
        where TRow : class, IIdentified => list.Ordered(list.Asked(state, db, screen).AsNoTracking(), state).AsAsyncEnumerable();

    private static void Attach(HttpContext http, string name, string type)
    {
        http.Response.ContentType = type;
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
    }
}
