using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Clients.Merge;

/// <summary>Finding clients that are there twice, and making them one.</summary>
internal static partial class MergeEndpoints
{
    private const int MostGroups = 100;

    public static void MapClientMerge(this WebApplication app)
    {
        app.MapGet("/clients/duplicates", Duplicates).Needs(Permission.ClientsEdit);
        app.MapGet("/clients/{id:guid}/merge", Ask).Needs(Permission.ClientsEdit);
        app.MapPost("/clients/{id:guid}/merge", Run).Needs(Permission.ClientsEdit);
    }

    private static async Task<IResult> Duplicates(AppDb db)
    {
        var all = await db.Set<Client>()
            .AsNoTracking()
            .Where(c => c.MergedInto == null)
            .Select(c => new ClientName(c.Id, c.Name, c.TaxId, c.Address))
            .ToListAsync();
        var byTaxId = all.Where(c => c.TaxId.Length > 0).GroupBy(c => c.TaxId);
        var byName = all.GroupBy(c => Bare(c.Name))
            .Where(g => g.Key.Length > 0 && g.Select(c => c.TaxId).Where(t => t.Length > 0).Distinct().Count() < 2);
        var groups = byTaxId
            .Concat(byName)
            .Where(g => g.Count() > 1)
            .Select(g => g.OrderBy(c => c.Id).ToList())
            .DistinctBy(g => string.Join(',', g.Select(c => c.Id)))
            .OrderBy(g => g[0].Name, StringComparer.Ordinal)
            .Take(MostGroups)
            .ToList();
        return new RazorComponentResult<DuplicatesPage>(new { Groups = groups });
    }

    private static async Task<IResult> Ask(Guid id, Guid? with, string? q, AppDb db)
    {
        var into = await db.Set<Client>().AsNoTracking().One(id);
        var from = with is { } other ? await db.Set<Client>().AsNoTracking().One(other) : null;
        var found = from is null
            ? await db.Set<Client>()
                .AsNoTracking()
                .Where(c => c.Id != id && c.MergedInto == null)
                .Saying(db, q ?? into.Name.Split(' ').MaxBy(w => w.Length))
                .OrderBy(c => c.NameKey)
                .Take(20)
                .ToListAsync()
            : [];
        return new RazorComponentResult<MergePage>(
            new
            {
                Into = into,
                From = from,
                Found = found,
                Words = q ?? "",
                Names = await db.Set<Person>().AsNoTracking().ToDictionaryAsync(p => $"{p.Id}", p => p.Name),
            }
        );
    }

    private static async Task<IResult> Run(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        await db.StartWriting();
        var into = await db.Set<Client>().One(id);
        var from = await db.Set<Client>().One(form.Id("with") ?? throw new NotFound());
        await ClientMerge.Run(
            db,
            into,
            from,
            ClientMerge.Fields.Select(f => f.Key).Where(k => form.Text("keep_" + k) == "theirs").ToHashSet()
        );
        await db.SaveChangesAsync();
        return go.To($"clients/{id}", db, screen.T["merge.done", ("from", from.Name), ("into", into.Name)]);
    }

    /// <summary>A name without its legal form, quotes and signs: «ООО "Ромашка"» and «Ромашка, ООО» are alike.</summary>
    private static string Bare(string name) =>
        string.Join(
            ' ',
            Signs()
                .Replace(Folding.Of(name), " ")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Except([
                    "ооо",
                    "оао",
                    "зао",
                    "ао",
                    "пао",
                    "ип",
                    "тсж",
                    "одо",
                    "чуп",
                    "еоод",
                    "оод",
                    "ад",
                    "ет",
                    "mmc",
                    "asc",
                    "qsc",
                    "ltd",
                    "llc",
                    "inc",
                    "gmbh",
                ])
                .Order(StringComparer.Ordinal)
        );

    [GeneratedRegex(@"[^\p{L}\p{N}]+")]
    private static partial Regex Signs();
}

/// <summary>What tells two clients apart in a list of likenesses.</summary>
public sealed record ClientName(Guid Id, string Name, string TaxId, string Address);
