using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Papers.Pages;
using Remit.Modules.Papers.Printing;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Papers;

/// <summary>Empty acts and job sheets: printed with numbers, and each number accounted for.</summary>
internal static class BlankEndpoints
{
    private const int MostAtOnce = 100,
        Shown = 400;

    public static void MapBlanks(this WebApplication app)
    {
        app.MapGet("/papers/blanks", Show).Needs(Permission.PapersSee);
        app.MapPost("/papers/blanks", Print).Needs(Permission.PapersEdit);
        app.MapGet("/papers/blanks/{batch:guid}.pdf", Pdf).Needs(Permission.PapersSee);
        app.MapPost(
                "/papers/blanks/{id:guid}/use",
                (Guid id, Form form, AppDb db, Screen screen, Go go) => Do(id, form, db, screen, go, b => b.Use(form.Text("blank_note")))
            )
            .Needs(Permission.PapersEdit);
        app.MapPost(
                "/papers/blanks/{id:guid}/spoil",
                (Guid id, Form form, AppDb db, Screen screen, Go go) => Do(id, form, db, screen, go, b => b.Spoil(form.Text("blank_note")))
            )
            .Needs(Permission.PapersEdit);
        app.MapPost(
                "/papers/blanks/{id:guid}/return",
                (Guid id, Form form, AppDb db, Screen screen, Go go) => Do(id, form, db, screen, go, b => b.Return())
            )
            .Needs(Permission.PapersEdit);
        app.MapPost("/papers/blanks/{id:guid}/give", Give).Needs(Permission.PapersEdit);
    }

    private static async Task<IResult> Show(AppDb db, string? state, Guid? who)
    {
        var blanks = db.Set<Blank>().AsNoTracking();
        var asked = Named.Of<BlankState>(state) ?? BlankState.Out;
        if (who is { } person)
            blanks = blanks.Where(b => b.HolderId == person);
        return Page<BlanksPage>(
            new
            {
                Blanks = await blanks
                    .Where(b => b.State == asked)
                    .OrderBy(b => b.HolderId)
                    .ThenBy(b => b.Kind)
                    .ThenBy(b => b.Number)
                    .Take(Shown)
                    .ToListAsync(),
                State = asked,
                Who = who,
                Counts = await blanks
                    .GroupBy(b => b.State)
                    .Select(g => new { g.Key, Count = g.Count() })
                    .ToDictionaryAsync(g => g.Key, g => g.Count),
                People = await db.Set<Person>()
                    .AsNoTracking()
                    .OrderBy(p => p.Role == Role.Programmer ? 0 : 1)
                    .ThenBy(p => p.Name)
                    .ToListAsync(),
                Companies = await db.OwnCompanies(),
            }
        );
    }

    /// <summary>Takes so many numbers from the counter from which acts take theirs.</summary>
    private static async Task<IResult> Print(Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var count = form.Int("blank_count") ?? 0;
        Must(count is > 0 and <= MostAtOnce, "blank.count", ("most", MostAtOnce));
        var kind = Named.Of<BlankKind>(form.Text("blank_kind")) ?? throw new NotFound();
        var (company, holder) = (
            await db.Seller(form.Id("company")),
            await db.Set<Person>().One(form.Id("holder") ?? throw new NotFound())
        );
        await db.StartWriting();
        var batch = Guid.CreateVersion7();
        for (var n = 0; n < count; n++)
            db.Add(
                Blank.Print(
                    company,
                    kind,
                    await db.Next(Counter(kind, company.Id, screen.Today.Year)),
                    batch,
                    (holder.Id, actor.PersonId, screen.Today)
                )
            );
        await db.SaveChangesAsync();
        return go.To($"papers/blanks?who={holder.Id}", null, screen.T["blank.printed", ("n", count), ("person", holder.Name)]);
    }

    private static async Task<IResult> Pdf(Guid batch, AppDb db, Screen screen)
    {
        var blanks = await db.Set<Blank>().AsNoTracking().Where(b => b.Batch == batch).OrderBy(b => b.Number).ToListAsync();
        if (blanks.Count == 0)
            throw new NotFound();
        var company = await db.Set<OwnCompany>().AsNoTracking().One(blanks[0].CompanyId);
        return Results.Bytes(BlankPrint.Of(blanks, company, screen.T.Language), "application/pdf");
    }

    private static async Task<IResult> Do(Guid id, Form form, AppDb db, Screen screen, Go go, Action<Blank> verb)
    {
        var blank = await db.Set<Blank>().One(id);
        verb(blank);
        await db.SaveChangesAsync();
        return go.To(form.Back("papers/blanks"), db, screen.T["blank.noted", ("number", blank.Title)]);
    }

    private static async Task<IResult> Give(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        var (blank, holder) = (await db.Set<Blank>().One(id), await db.Set<Person>().One(form.Id("holder") ?? throw new NotFound()));
        blank.Give(holder.Id);
        await db.SaveChangesAsync();
        return go.To(form.Back("papers/blanks"), db, screen.T["blank.given", ("number", blank.Title), ("person", holder.Name)]);
    }

    internal static string Counter(BlankKind kind, Guid company, int year) =>
        $"{(kind == BlankKind.Act ? "act" : "sheet")}/{company}/{year}";
}
