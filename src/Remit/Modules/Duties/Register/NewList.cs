using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties.Pages;
using Remit.Modules.Duties.Reading;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Duties;

/// <summary>From a raw list to duties: paste or upload, review, take.</summary>
internal static class NewList
{
    public static void MapNewList(this WebApplication app)
    {
        app.MapGet(
                "/duties/new-list",
                async Task<IResult> (Guid? position, AppDb db) =>
                    new RazorComponentResult<NewListPage>(
                        new { Positions = await db.Set<Position>().OrderBy(p => p.NameKey).ToListAsync(), Chosen = position }
                    )
            )
            .Needs(Permission.DutiesEdit);
        app.MapPost("/duties/new-list", Review).Needs(Permission.DutiesEdit);
        app.MapPost("/duties/new-list/take", Take).Needs(Permission.DutiesEdit);
    }

    private static async Task<IResult> Review(Form form, AppDb db)
    {
        var position = await db.PositionOf(form.Id("position"), form.Text("position_name"));
        await db.SaveChangesAsync();
        var file = form.Files.FirstOrDefault(f => f.Length > 0);
        var text = file is not null ? await TextOf(file) : form.Must("list_text");
        var isTable = form.Flag("is_table") || file?.FileName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) == true;
        var list = Read(text, isTable);
        // The last list of several is the one that was edited last.
        var chosen = Math.Clamp(form.Int("list") ?? list.ListCount - 1, 0, Math.Max(0, list.ListCount - 1));
        return new RazorComponentResult<ListReviewPage>(
            new
            {
                Position = position,
                Source = text,
                IsTable = isTable,
                List = list,
                Chosen = chosen,
            }
        );
    }

    internal static DutyList Read(string text, bool isTable)
    {
        Must(text.Length <= 1_000_000, "duty.list.too_long");
        return DutyReviewer.Review(DutyListReader.Read(text, isTable));
    }

    /// <summary>The words of a file: text in any usual encoding, or a Word document, whatever it is called.</summary>
    internal static string TextOf(byte[] bytes, string file) =>
        bytes.AsSpan().StartsWith("PK\u0003\u0004"u8)
            ? WordText.Of(bytes) ?? throw new Refusal("duty.list.not_word", ("file", file))
            : TextFile.Decode(bytes) ?? throw new Refusal("duty.list.not_text", ("file", file));

    // A young firm has duties on paper before it has positions here: one is made in place, and used again when the review is.
    internal static async Task<Position> PositionOf(this AppDb db, Guid? id, string? name)
    {
        var chosen = id is { } known ? await db.Set<Position>().One(known) : null;
        if (string.IsNullOrWhiteSpace(name))
            return chosen ?? throw new Refusal("form.empty", ("field", "field.position_name")) { Field = "position_name" };
        if (chosen is not null && !chosen.IsCalled(name))
            throw new Refusal("duty.list.two_positions", ("chosen", chosen.Name), ("name", name)) { Field = "position" };
        return await db.PositionNamed(name);
    }

    internal static async Task<Position> PositionNamed(this AppDb db, string name)
    {
        if (Called() is { } made)
            return made;
        await db.Set<Position>().LoadAsync();
        if (Called() is { } known)
            return known;
        var position = Position.Named(name);
        db.Add(position);
        return position;

        Position? Called() => db.Set<Position>().Local.FirstOrDefault(p => p.IsCalled(name));
    }

    private static async Task<IResult> Take(Form form, AppDb db, Screen screen, Go go)
    {
        var chosen = await db.Set<Position>().One(form.Id("position") ?? throw new NotFound());
        var rows = TakenDuty.Of(form);
        Must(rows.Count > 0, "duty.list.none_taken");
        var count = 0;
        foreach (var row in rows)
            count += (await row.Take(db, chosen, screen.Month.First)).Count;
        await db.SaveChangesAsync();
        return rows.All(r => r.Position.Length == 0)
            ? go.To($"duties/{chosen.Id}", db, screen.T["duty.list.taken", ("count", count), ("position", chosen.Name)])
            : go.To("duties", db, screen.T["duty.list.taken_all", ("count", count)]);
    }

    private static async Task<string> TextOf(IFormFile file)
    {
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory);
        return TextOf(memory.ToArray(), file.FileName);
    }
}
