using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace Remit;

/// <summary>The text of a Word document, a line for a paragraph or a table row, with the numbers that Word only draws.</summary>
internal sealed class WordText
{
    private readonly Dictionary<int, int[]> counters = [];
    private readonly Dictionary<(int Number, int Level), bool> bullets = [];

    /// <summary>Null where the bytes are no Word document.</summary>
    public static string? Of(byte[] bytes)
    {
        try
        {
            using var document = WordprocessingDocument.Open(
                new MemoryStream(bytes),
                isEditable: false,
                new OpenSettings { MaxCharactersInPart = 20_000_000 }
            );
            return document.MainDocumentPart is { Document.Body: { } body } main ? new WordText(main).Text(body) : null;
        }
        // A torn file makes the reader throw a dozen different things.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    private WordText(MainDocumentPart main)
    {
        if (main.NumberingDefinitionsPart?.Numbering is not { } numbering)
            return;
        var kinds = numbering
            .Elements<AbstractNum>()
            .Where(a => a.AbstractNumberId is not null)
            .ToDictionary(a => a.AbstractNumberId!.Value);
        foreach (var instance in numbering.Elements<NumberingInstance>())
            if (
                instance.NumberID is not null
                && instance.AbstractNumId?.Val is not null
                && kinds.TryGetValue(instance.AbstractNumId.Val.Value, out var kind)
            )
                foreach (var level in kind.Elements<Level>())
                    bullets[(instance.NumberID.Value, level.LevelIndex?.Value ?? 0)] =
                        level.NumberingFormat?.Val?.Value == NumberFormatValues.Bullet;
    }

    private string Text(Body body)
    {
        var lines = body.Descendants()
            .Select(part =>
                part switch
                {
                    TableRow row when !row.Ancestors<TableRow>().Any() => string.Join(' ', row.Descendants<Paragraph>().Select(Line)),
                    Paragraph paragraph when !paragraph.Ancestors<TableRow>().Any() => Line(paragraph),
                    _ => null,
                }
            );
        return string.Join('\n', lines.OfType<string>());
    }

    private string Line(Paragraph paragraph)
    {
        var text = new StringBuilder();
        foreach (var part in paragraph.Descendants())
            text.Append(
                part switch
                {
                    Text t => t.Text,
                    TabChar => " ",
                    Break or CarriageReturn => "\n",
                    _ => "",
                }
            );
        return text.ToString().Trim() is { Length: > 0 } said ? Number(paragraph) + said : "";
    }

    private string Number(Paragraph paragraph)
    {
        if (paragraph.ParagraphProperties?.NumberingProperties is not { NumberingId.Val.Value: > 0 and var id } list)
            return "";
        var level = Math.Clamp(list.NumberingLevelReference?.Val?.Value ?? 0, 0, 8);
        if (bullets.GetValueOrDefault((id, level)))
            return "- ";
        if (!counters.TryGetValue(id, out var path))
            counters[id] = path = new int[9];
        path[level]++;
        Array.Clear(path, level + 1, 8 - level);
        return string.Join('.', path.Take(level + 1).Select(n => Math.Max(n, 1).ToString(CultureInfo.InvariantCulture))) + ". ";
    }
}
