using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients.Pages;
using Remit.Storage;
using Remit.Web;
using NotFound = Remit.Web.NotFound;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Clients.Import;

/// <summary>Bringing clients from a table: a file or what was pasted, its columns understood, its errors mended in place, all of it taken back at once.</summary>
internal static class ImportEndpoints
{
    /// <summary>Wrong rows offered for mending at a time.</summary>
    public const int MostMended = 100;

    public static void MapClientImport(this WebApplication app)
    {
        app.MapGet("/clients/import", () => new RazorComponentResult<ImportStart>()).Needs(Permission.ClientsEdit);
        app.MapPost("/clients/import", Bring).Needs(Permission.ClientsEdit);
        app.MapGet("/clients/import/{id:guid}", Show).Needs(Permission.ClientsEdit);
        app.MapPost("/clients/import/{id:guid}/map", Understand).Needs(Permission.ClientsEdit);
        app.MapPost("/clients/import/{id:guid}/run", Run).Needs(Permission.ClientsEdit);
    }

    private static async Task<IResult> Bring(Form form, AppDb db, Actor actor, TimeProvider clock, Go go)
    {
        var file = form.Files.FirstOrDefault(f => f.Length > 0);
        Must(file is not null || form.Text("table") is not null, "import.nothing");
        var sheet = file is null ? Sheet.Paste(form.Text("table")!) : await Read(file);
        var import = ClientImport.Of(sheet, file is null ? "" : Path.GetFileName(file.FileName), actor.PersonId!.Value, clock.GetUtcNow().UtcDateTime);
        db.Add(import);
        await db.SaveChangesAsync();
        return go.To($"clients/import/{import.Id}");
    }

    private static async Task<Sheet> Read(IFormFile file)
    {
        await using var stream = file.OpenReadStream();
        return Sheet.Read(stream, Path.GetFileName(file.FileName));
    }

    private static async Task<IResult> Show(Guid id, AppDb db, Actor actor, Screen screen, TimeProvider clock)
    {
        var import = await Mine(id, db, actor);
        var understood = import.FieldOf.Contains("client_title");
        var plan = understood && import.Sheet.Rows.Count > 0 ? await Plan(import, db, screen, clock, write: false) : null;
        return new RazorComponentResult<ImportPage>(new { Import = import, Sheet = import.Sheet, Plan = plan });
    }

    private static async Task<IResult> Understand(Guid id, Form form, AppDb db, Actor actor, Go go)
    {
        var import = await Mine(id, db, actor);
        var sheet = import.Sheet;
        import.Understand([.. Enumerable.Range(0, sheet.Head.Count).Select(i => form.Text($"field{i}") is { } f && ImportFields.All.Contains(f) ? f : "")], form.Flag("updates"));
        import.Mend(Mended(sheet.Rows, form));
        await db.SaveChangesAsync();
        return go.To($"clients/import/{id}");
    }

    // A mended cell comes as r{row}c{column}.
    private static List<string[]> Mended(IReadOnlyList<string[]> rows, Form form)
    {
        var mended = rows.ToList();
        foreach (var row in form.All("mended").Select(r => int.TryParse(r, out var n) ? n : -1).Where(r => r >= 0 && r < mended.Count).Distinct())
            mended[row] = [.. mended[row].Select((was, column) => form.Sent($"r{row}c{column}") ?? was)];
        var dropped = form.All("drop").Select(r => int.TryParse(r, out var n) ? n : -1).ToHashSet();
        return [.. mended.Where((_, i) => !dropped.Contains(i))];
    }

    private static async Task<IResult> Run(Guid id, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        await db.StartWriting();
        var import = await Mine(id, db, actor);
        Must(import.FieldOf.Contains("client_title"), "import.no_name");
        var plan = await Plan(import, db, screen, clock, write: true);
        var left = plan.Rows.Where(r => r.Kind == ImportKind.Wrong).Select(r => r.Index).ToHashSet();
        Must(left.Count < plan.Rows.Count, "import.all_wrong");
        var rows = import.Sheet.Rows.Where((_, i) => left.Contains(i)).ToList();
        var (created, updated) = (plan.Count(ImportKind.New), plan.Count(ImportKind.Update));
        // What could not be taken is kept in the same transaction as what was: nothing falls between.
        import.Took(null, created, updated, rows);
        await db.SaveChangesAsync();
        var change = db.LastChange;
        import.Took(change, created, updated, rows);
        await db.SaveChangesAsync();
        return go.To($"clients/import/{id}");
    }

    private static Task<ImportPlan> Plan(ClientImport import, AppDb db, Screen screen, TimeProvider clock, bool write) =>
        ImportPlan.Of(import, db, screen.Firm!.Country, screen.Firm.Language, clock.GetUtcNow().UtcDateTime, write);

    private static async Task<ClientImport> Mine(Guid id, AppDb db, Actor actor) =>
        await db.Set<ClientImport>().SingleOrDefaultAsync(i => i.Id == id && i.MadeBy == actor.PersonId) ?? throw new NotFound();
}
