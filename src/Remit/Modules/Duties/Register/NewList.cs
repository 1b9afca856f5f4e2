using DocumentFormat.OpenXml.Packaging;
using Paragraph = DocumentFormat.OpenXml.Wordprocessing.Paragraph;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties.Pages;
using Remit.Modules.Duties.Reading;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using NotFound = Remit.Web.NotFound;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Duties;

/// <summary>From a raw list to duties: paste or upload, review, take.</summary>
internal static class NewList
{
    public static void MapNewList(this WebApplication app)
    {
        app.MapGet("/duties/new-list", async (Guid? position, AppDb db) => new RazorComponentResult<NewListPage>(
            new { Positions = await db.Set<Position>().OrderBy(p => p.NameKey).ToListAsync(), Chosen = position })).Needs(Permission.DutiesEdit);
        app.MapPost("/duties/new-list", Review).Needs(Permission.DutiesEdit);
        app.MapPost("/duties/new-list/take", Take).Needs(Permission.DutiesEdit);
    }

    private static async Task<IResult> Review(Form form, AppDb db)
    {
        var position = await For(form, db);
        var text = form.Files.FirstOrDefault(f => f.Length > 0) is { } file ? await TextOf(file) : form.Must("list_text");
        Must(text.Length <= 1_000_000, "duty.list.too_long");
        var list = DutyReviewer.Review(DutyListReader.Read(text));
        // The last list of several is the one that was edited last.
        var chosen = Math.Clamp(form.Int("list") ?? list.ListCount - 1, 0, Math.Max(0, list.ListCount - 1));
        return new RazorComponentResult<ListReviewPage>(new { Position = position, Source = text, List = list, Chosen = chosen });
    }

    // A young firm has duties on paper before it has positions here: one is made in place, and used again when the review is.
    private static async Task<Position> For(Form form, AppDb db)
    {
        if (form.Text("position_name") is not { } name)
            return await db.Set<Position>().One(form.Id("position") ?? throw new Refusal("form.empty", ("field", "field.position")) { Field = "position_name" });
        if (await db.Set<Position>().FirstOrDefaultAsync(p => p.Name == name) is { } known) return known;
        var position = Position.Named(name);
        db.Add(position);
        await db.SaveChangesAsync();
        return position;
    }

    private static async Task<IResult> Take(Form form, AppDb db, Screen screen, Go go)
    {
        var position = await db.Set<Position>().One(form.Id("position") ?? throw new NotFound());
        var (numbers, sections, texts) = (form.All("number").ToList(), form.All("section").ToList(), form.All("duty_text").ToList());
        Must(numbers.Count == sections.Count && sections.Count == texts.Count, "duty.grid_torn");
        var duties = Enumerable.Range(0, numbers.Count).Where(i => form.Flag($"take_{i}"))
            .SelectMany(i => Duties(position, sections[i], numbers[i], form.Text($"use_{i}") ?? texts[i])).ToList();
        Must(duties.Count > 0, "duty.list.none_taken");
        db.AddRange(duties);
        await db.SaveChangesAsync();
        return go.To($"duties/{position.Id}", db, screen.T["duty.list.taken", ("count", duties.Count), ("position", position.Name)]);
    }

    // A duty that was too big comes apart into numbered lines: each becomes a duty of its own.
    private static IEnumerable<Duty> Duties(Position position, string section, string number, string text)
    {
        var parts = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0) throw new Refusal("duty.no_text");
        return parts.Length == 1 ? [Duty.Of(position.Id, section, number, text)]
            : parts.Select((part, n) => Duty.Of(position.Id, section, $"{number.TrimEnd('.')}.{n + 1}", part[(part.IndexOf(") ", StringComparison.Ordinal) is > 0 and < 4 and var at ? at + 2 : 0)..]));
    }

    private static async Task<string> TextOf(IFormFile file)
    {
        if (file.FileName.EndsWith(".docx", StringComparison.OrdinalIgnoreCase)) return Word(file);
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory);
        var bytes = memory.ToArray();
        var text = System.Text.Encoding.UTF8.GetString(bytes);
        // Old office programs save Cyrillic text files in Windows-1251.
        if (text.Contains('\uFFFD'))
        {
            System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
            text = System.Text.Encoding.GetEncoding(1251).GetString(bytes);
        }
        return file.FileName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? Csv(text) : text;
    }

    private static string Csv(string text) => string.Join('\n', text.Split('\n').Select(line =>
        string.Join(' ', line.Split(line.Contains(';') ? ';' : '\t').Select(cell => cell.Trim().Trim('"')).Where(cell => cell.Length > 0))));

    // A few kilobytes may be packed so that they unfold into gigabytes.
    private const long MostCharacters = 20_000_000;

    private static string Word(IFormFile file)
    {
        try
        {
            using var stream = file.OpenReadStream();
            using var document = WordprocessingDocument.Open(stream, false, new OpenSettings { MaxCharactersInPart = MostCharacters });
            return string.Join('\n', document.MainDocumentPart?.Document?.Body?.Descendants<Paragraph>().Select(p => p.InnerText) ?? []);
        }
        // A torn file makes the reader throw a dozen different things.
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new Refusal("duty.list.not_word", ("file", file.FileName));
        }
    }
}
