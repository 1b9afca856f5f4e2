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
        var position = await For(form, db);
        var file = form.Files.FirstOrDefault(f => f.Length > 0);
        var text = file is not null ? await TextOf(file) : form.Must("list_text");
        Must(text.Length <= 1_000_000, "duty.list.too_long");
        var isTable = form.Flag("is_table") || file?.FileName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) == true;
        var list = DutyReviewer.Review(DutyListReader.Read(text, isTable));
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

    // A young firm has duties on paper before it has positions here: one is made in place, and used again when the review is.
    private static async Task<Position> For(Form form, AppDb db)
    {
        var chosen = form.Id("position") is { } id ? await db.Set<Position>().One(id) : null;
        if (form.Text("position_name") is not { } name)
            return chosen ?? throw new Refusal("form.empty", ("field", "field.position_name")) { Field = "position_name" };
        if (chosen is not null && chosen.Name != name)
            throw new Refusal("duty.list.two_positions", ("chosen", chosen.Name), ("name", name)) { Field = "position" };
        var position = await Named(name, db);
        await db.SaveChangesAsync();
        return position;
    }

    private static async Task<Position> Named(string name, AppDb db)
    {
        if (db.Set<Position>().Local.FirstOrDefault(p => p.Name == name) is { } made)
            return made;
        if (await db.Set<Position>().FirstOrDefaultAsync(p => p.Name == name) is { } known)
            return known;
        var position = Position.Named(name);
        db.Add(position);
        return position;
    }

    private static async Task<IResult> Take(Form form, AppDb db, Screen screen, Go go)
    {
        var chosen = await db.Set<Position>().One(form.Id("position") ?? throw new NotFound());
        var rows = TakenDuty.Of(form);
        Must(rows.Count > 0, "duty.list.none_taken");
        var count = 0;
        foreach (var row in rows)
        foreach (var (duty, norm) in row.Duties(row.Position.Length > 0 ? await Named(row.Position, db) : chosen, screen.Month.First))
        {
            db.Add(duty);
            if (norm is not null)
                db.Add(norm);
            count++;
        }
        await db.SaveChangesAsync();
        return rows.All(r => r.Position.Length == 0)
            ? go.To($"duties/{chosen.Id}", db, screen.T["duty.list.taken", ("count", count), ("position", chosen.Name)])
            : go.To("duties", db, screen.T["duty.list.taken_all", ("count", count)]);
    }

    private static async Task<string> TextOf(IFormFile file)
    {
        using var memory = new MemoryStream();
        await file.CopyToAsync(memory);
        var bytes = memory.ToArray();
        return file.FileName.EndsWith(".docx", StringComparison.OrdinalIgnoreCase)
            ? WordText.Of(bytes) ?? throw new Refusal("duty.list.not_word", ("file", file.FileName))
            : TextFile.Decode(bytes) ?? throw new Refusal("duty.list.not_text", ("file", file.FileName));
    }
}
