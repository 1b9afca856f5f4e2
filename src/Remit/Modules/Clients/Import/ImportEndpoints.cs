using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients.Pages;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Clients.Import;

/// <summary>Bringing clients from a table: a file or what was pasted, its columns understood, its errors mended in place, all of it taken back at once.</summary>
internal static class ImportEndpoints
{
    private const long Largest = 256 << 20;

    public static void MapClientImport(this WebApplication app)
    {
        app.MapGet("/clients/import", Start).Needs(Permission.ClientsEdit);
        app.MapPost("/clients/import", Bring).Needs(Permission.ClientsEdit).WithMetadata(new RequestSizeLimitAttribute(Largest));
        app.MapGet("/clients/import/{id:guid}", Show).Needs(Permission.ClientsEdit);
        app.MapGet("/clients/import/{id:guid}/progress", Progress).Needs(Permission.ClientsEdit);
        app.MapGet("/clients/import/{id:guid}/rejected.csv", Rejected).Needs(Permission.ClientsEdit);
        app.MapPost("/clients/import/{id:guid}/map", Understand).Needs(Permission.ClientsEdit);
        app.MapPost("/clients/import/{id:guid}/run", Run).Needs(Permission.ClientsEdit);
        app.MapPost("/clients/import/{id:guid}/again", Again).Needs(Permission.ClientsEdit);
        app.MapPost("/clients/import/{id:guid}/revert", Revert).Needs(Permission.ClientsEdit);
    }

    private static async Task<IResult> Start(AppDb db, Actor actor) =>
        new RazorComponentResult<ImportStart>(
            new
            {
                Earlier = await db.Set<ClientImport>()
                    .AsNoTracking()
                    .Where(i => i.MadeBy == actor.PersonId)
                    .OrderByDescending(i => i.Id)
                    .Take(10)
                    .ToListAsync(),
            }
        );

    private static async Task<IResult> Bring(Form form, AppDb db, Actor actor, TimeProvider clock, IEnumerable<ISheetFormat> formats, Go go)
    {
        var file = form.Files.FirstOrDefault(f => f.Length > 0);
        Must(file is not null || form.Text("table") is not null, "import.nothing");
        await using var stream = file?.OpenReadStream();
        var name = file is null ? "" : Path.GetFileName(file.FileName);
        var sheet = stream is null ? SheetFile.Paste(form.Text("table")!) : ImportParts.Open(stream, name, formats);
        var import = await ImportParts.Keep(db, sheet, name, actor.PersonId!.Value, clock.GetUtcNow().UtcDateTime);
        return go.To($"clients/import/{import.Id}");
    }

    private static async Task<IResult> Show(Guid id, AppDb db, Actor actor, Screen screen, TimeProvider clock)
    {
        var import = await Mine(id, db, actor);
        if (import.State != ImportState.Ready)
            return new RazorComponentResult<ImportPage>(
                new
                {
                    Import = import,
                    Rejected = import.Moving || import.Wrong == 0 ? [] : await ImportParts.Rejected(db, import, ImportParts.MostMended),
                }
            );
        var rows = await ImportParts.First(db, import);
        var plan =
            import.FieldOf.Contains("client_title") && rows.Count > 0
                ? await ImportPlan.Of(import, rows, db, screen.Firm!, clock.GetUtcNow().UtcDateTime, write: false)
                : null;
        return new RazorComponentResult<ImportPreview>(
            new
            {
                Import = import,
                Rows = rows,
                Plan = plan,
            }
        );
    }

    private static async Task<IResult> Progress(Guid id, AppDb db, Actor actor)
    {
        var import = await Mine(id, db, actor);
        return Results.Json(new { percent = import.PercentDone, done = !import.Moving });
    }

    private static async Task<IResult> Understand(Guid id, Form form, AppDb db, Actor actor, Go go)
    {
        var import = await Mine(id, db, actor);
        import.Understand(
            [
                .. Enumerable
                    .Range(0, import.Columns.Length)
                    .Select(i => form.Text($"field{i}") is { } f && ImportFields.All.Contains(f) ? f : ""),
            ],
            form.Text("known_by") ?? "auto",
            form.Flag("updates"),
            form.Flag("creates")
        );
        await ImportParts.Mend(db, import, form);
        await db.SaveChangesAsync();
        return go.To($"clients/import/{id}");
    }

    /// <summary>A small table at once; a big one in a job, part by part, while its page shows how far it is.</summary>
    private static async Task<IResult> Run(Guid id, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var import = await Mine(id, db, actor);
        import.Start();
        return await GoOn(import, db, screen, clock, go);
    }

    private static async Task<IResult> Revert(Guid id, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var import = await Mine(id, db, actor);
        import.StartBack();
        return await GoOn(import, db, screen, clock, go);
    }

    private static async Task<IResult> GoOn(ClientImport import, AppDb db, Screen screen, TimeProvider clock, Go go)
    {
        if (!import.Small)
            db.Later(new ImportJob(import.Id).Job());
        await db.SaveChangesAsync();
        if (import.Small)
            await ImportRun.Step(db, import.Id, screen.Firm!, screen.T.Language, screen.Today, clock.GetUtcNow().UtcDateTime);
        return go.To($"clients/import/{import.Id}");
    }

    /// <summary>What was refused becomes a table of its own, to be mended and sent again.</summary>
    private static async Task<IResult> Again(Guid id, AppDb db, Actor actor, TimeProvider clock, Go go)
    {
        var import = await Mine(id, db, actor);
        Must(import.Wrong > 0 && !import.Moving, "import.elsewhere");
        var rows = (await ImportParts.Rejected(db, import, SheetMost)).Select(r => r[1..]);
        var next = await ImportParts.Keep(
            db,
            SheetFile.Of(rows.Prepend(import.Columns), import.FileName),
            import.FileName,
            actor.PersonId!.Value,
            clock.GetUtcNow().UtcDateTime
        );
        next.Understand(import.FieldOf, import.KnownBy, import.Updates, import.Creates);
        await db.SaveChangesAsync();
        return go.To($"clients/import/{next.Id}");
    }

    private const int SheetMost = 100_000;

    private static async Task Rejected(Guid id, AppDb db, Actor actor, Screen screen, HttpContext http)
    {
        var import = await Mine(id, db, actor);
        await using var text = ListExport.StartCsv(http, "rejected.csv");
        string Line(IEnumerable<string> cells) => ListExport.Line(cells, screen.T.Language);
        await text.WriteAsync(Line([screen.T["import.why"], .. import.Columns]));
        for (var number = 0; number < import.Parts; number++)
            foreach (
                var row in (
                    await db.Set<ImportPart>()
                        .AsNoTracking()
                        .Where(p => p.ImportId == id && p.Number == number && p.Rejected != "[]")
                        .ToListAsync()
                ).SelectMany(p => p.Refused)
            )
                await text.WriteAsync(Line(row));
    }

    private static async Task<ClientImport> Mine(Guid id, AppDb db, Actor actor) =>
        await db.Set<ClientImport>().SingleOrDefaultAsync(i => i.Id == id && i.MadeBy == actor.PersonId) ?? throw new NotFound();
}
