using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People.Pages;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.People;

/// <summary>All that a person holds, in one list, and its way to others in one save.</summary>
internal static class HoldingEndpoints
{
    public static void MapHoldings(this WebApplication app)
    {
        app.MapGet("/people/{id:guid}/holdings", Show).Needs(Permission.PeopleEdit);
        app.MapPost("/people/{id:guid}/holdings", HandOver).Needs(Permission.PeopleEdit);
    }

    private static async Task<IResult> Show(Guid id, AppDb db, Actor actor, Screen screen, IEnumerable<IHolding> holdings)
    {
        var groups = new List<HoldingGroup>();
        foreach (var holding in holdings)
            groups.Add(
                new(
                    holding.Name,
                    await holding.Of(db, id, screen.Today),
                    holding.HandsOver is not null,
                    holding.HandsOver is { } needs && actor.Can(needs)
                )
            );
        return new RazorComponentResult<HoldingsPage>(
            new
            {
                Person = await db.Set<Person>().One(id),
                Groups = groups,
                Others = await db.Set<Person>().AsNoTracking().Where(p => p.Active && p.Id != id).OrderBy(p => p.NameKey).ToListAsync(),
            }
        );
    }

    private static async Task<IResult> HandOver(
        Guid id,
        Form form,
        AppDb db,
        Actor actor,
        Screen screen,
        IEnumerable<IHolding> holdings,
        Go go
    )
    {
        await db.StartWriting();
        var person = await db.Set<Person>().One(id);
        var others = await db.Set<Person>().Where(p => p.Active && p.Id != id).ToDictionaryAsync(p => p.Id, p => p.Name);
        var handed = new Dictionary<Guid, int>();
        foreach (var holding in holdings.Where(h => h.HandsOver is { } needs && actor.Can(needs)))
        {
            // A choice of its own for each thing, else the one for all of its kind, else the one for everything.
            var groups = (await holding.Of(db, id, screen.Today)).GroupBy(held =>
                form.Id($"to_{held.Id}") ?? form.Id("all_" + holding.Name) ?? form.Id("all")
            );
            foreach (var group in groups.Where(g => g.Key is not null))
            {
                if (!others.ContainsKey(group.Key!.Value))
                    throw new NotFound();
                var ids = group.Select(h => h.Id).ToList();
                await holding.HandOver(db, ids, group.Key.Value, screen.Today);
                handed[group.Key.Value] = handed.GetValueOrDefault(group.Key.Value) + ids.Count;
            }
        }
        Must(handed.Count > 0, "holding.nobody_chosen");
        foreach (var (to, count) in handed)
            db.Tell(to, "notice.handed_over", "", ("from", person.Name), ("n", count.ToString(CultureInfo.InvariantCulture)));
        await db.SaveChangesAsync();
        return go.To($"people/{id}/holdings", db, screen.T["holding.handed", ("n", handed.Values.Sum()), ("from", person.Name)]);
    }
}

/// <summary>What a person holds in one module.</summary>
/// <param name="Movable">It needs another holder before the person leaves.</param>
/// <param name="May">And whoever looks may give it one.</param>
public sealed record HoldingGroup(string Name, IReadOnlyList<Held> Things, bool Movable, bool May);
