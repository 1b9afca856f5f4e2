using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web.Parts;
using static Remit.Kernel.Rules;

namespace Remit.Web;

/// <summary>A page that a person keeps at hand: a record, a list as it is asked, any page.</summary>
public sealed class Favourite : IHabit
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PersonId { get; init; }

    /// <summary>Within the firm, with what stands behind the question mark.</summary>
    public required string Path { get; init; }
    public required string Title { get; init; }

    /// <summary>Where it stands among the others.</summary>
    public int Place { get; set; }
}

internal sealed class FavouriteTable : IEntityTypeConfiguration<Favourite>
{
    public void Configure(EntityTypeBuilder<Favourite> t)
    {
        t.ToTable("favourites");
        t.HasIndex(f => new { f.PersonId, f.Place });
    }
}

public static class Favourites
{
    private const int Most = 40;

    public static void MapFavourites(this WebApplication app)
    {
        app.MapGet("/favourites", IResult (Screen screen) => new RazorComponentResult<FavouritesPage>()).Needs(Permission.Home);
        app.MapPost("/favourites", Toggle).Needs(Permission.Home);
        app.MapPost("/favourites/order", Order).Needs(Permission.Home);
        app.MapPost("/favourites/{id:guid}/up", (Guid id, AppDb db, Screen screen, Go go) => Up(id, db, screen, go)).Needs(Permission.Home);
    }

    /// <summary>To be shown, not changed.</summary>
    internal static Task<List<Favourite>> Seen(AppDb db, Guid person) =>
        db.KeepHabit($"favourites {person}", typeof(Favourite), () => Of(db, person));

    private static Task<List<Favourite>> Of(AppDb db, Guid? person) =>
        db.Set<Favourite>().Where(f => f.PersonId == person).OrderBy(f => f.Place).ThenBy(f => f.Id).Take(Most).ToListAsync();

    /// <summary>One press keeps the page, another lets it go.</summary>
    private static async Task<IResult> Toggle(Form form, AppDb db, Screen screen, Go go)
    {
        var path = Go.Local(form.Text("path") ?? "");
        await db.StartWriting();
        var mine = await Of(db, screen.Person!.PersonId);
        if (mine.Find(f => f.Path == path) is { } kept)
            db.Remove(kept);
        else
        {
            Must(mine.Count < Most, "favourite.too_many", ("most", Most));
            Must(path.Length is > 0 and <= 1000, "favourite.no_page");
            var title = form.Text("title") ?? path;
            db.Add(
                new Favourite
                {
                    PersonId = screen.Person!.PersonId!.Value,
                    Path = path,
                    Title = title.Length > 120 ? title[..120] : title,
                    Place = mine.Count == 0 ? 0 : mine[^1].Place + 1,
                }
            );
        }
        await db.SaveChangesAsync();
        return go.To(form.Back(path));
    }

    private static async Task<IResult> Order(Form form, AppDb db, Screen screen)
    {
        await db.StartWriting();
        var asked = form.All("id").ToList();
        foreach (var favourite in await Of(db, screen.Person!.PersonId))
            favourite.Place = asked.IndexOf($"{favourite.Id}") is >= 0 and var at ? at : Most;
        await db.SaveChangesAsync();
        return Results.NoContent();
    }

    private static async Task<IResult> Up(Guid id, AppDb db, Screen screen, Go go)
    {
        await db.StartWriting();
        var mine = await Of(db, screen.Person!.PersonId);
        var at = mine.FindIndex(f => f.Id == id);
        if (at < 0)
            throw new NotFound();
        if (at > 0)
            (mine[at - 1], mine[at]) = (mine[at], mine[at - 1]);
        for (var n = 0; n < mine.Count; n++)
            mine[n].Place = n;
        await db.SaveChangesAsync();
        return go.To("favourites");
    }
}
