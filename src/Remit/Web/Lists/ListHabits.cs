using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;

namespace Remit.Web.Lists;

/// <summary>How a person likes to see a list: which columns, in what order, how wide, how many stay when it is moved sideways.</summary>
internal static class ListHabits
{
    private const int Narrowest = 48,
        Widest = 900,
        MostFrozen = 3;

    public static void MapListHabits<TRow>(this WebApplication app, ListOf<TRow> list)
        where TRow : class, IIdentified
    {
        var path = $"/{list.Path}/columns";
        app.MapGet(path, (HttpContext http, AppDb db, Screen screen) => Form(list, http, db, screen)).Needs(list.Needs);
        app.MapPost(path, (Form form, AppDb db, Screen screen, Go go) => Keep(list, form, db, screen, go)).Needs(list.Needs);
        app.MapPost(path + "/width", (Form form, AppDb db, Screen screen) => KeepWidth(list, form, db, screen)).Needs(list.Needs);
    }

    /// <summary>To be shown, not changed.</summary>
    public static Task<ListColumns?> Of(string list, AppDb db, Screen screen)
    {
        var me = screen.Person!.PersonId;
        return db.KeepHabit($"columns {list} {me}", typeof(ListColumns), () => Kept(list, me, db));
    }

    /// <summary>The columns of the address, else those this person chose, else those not hidden.</summary>
    public static IReadOnlyList<Column<TRow>> Columns<TRow>(ListOf<TRow> list, ListState state, ListColumns? habit)
        where TRow : class, IIdentified
    {
        var chosen = (state.Columns ?? habit?.Columns ?? "")
            .Split(',')
            .Select(key => list.Columns.FirstOrDefault(c => c.Key == key))
            .OfType<Column<TRow>>()
            .Distinct()
            .ToList();
        return chosen.Count > 0 ? chosen : [.. list.Columns.Where(c => !c.Hidden)];
    }

    private static async Task<IResult> Form<TRow>(ListOf<TRow> list, HttpContext http, AppDb db, Screen screen)
        where TRow : class, IIdentified
    {
        var (state, habit) = (ListEndpoints.State(list, http), await Of(list.Path, db, screen));
        var shown = Columns(list, state, habit).Select(c => c.Key).ToList();
        var all = shown.Concat(list.Columns.Select(c => c.Key).Except(shown)).Select(k => (k, shown.Contains(k))).ToList();
        return new RazorComponentResult<ListColumnsForm>(
            new
            {
                list.Path,
                Columns = all,
                Frozen = habit?.Frozen ?? 0,
                Question = (state with { Columns = null }).Query(),
            }
        );
    }

    private static async Task<IResult> Keep<TRow>(ListOf<TRow> list, Form form, AppDb db, Screen screen, Go go)
        where TRow : class, IIdentified
    {
        var mine = await Mine(list.Path, db, screen);
        mine.Columns = string.Join(',', form.All("column").Intersect(list.Columns.Select(c => c.Key)));
        mine.Frozen = Math.Clamp(form.Int("frozen") ?? 0, 0, MostFrozen);
        if (form.Text("reset") is not null)
            db.Remove(mine);
        await db.SaveChangesAsync();
        return go.To($"{list.Path}?{form.Text("question") ?? "all=1"}");
    }

    private static async Task<IResult> KeepWidth<TRow>(ListOf<TRow> list, Form form, AppDb db, Screen screen)
        where TRow : class, IIdentified
    {
        var key = form.Must("column");
        if (list.Columns.All(c => c.Key != key))
            throw new NotFound();
        var mine = await Mine(list.Path, db, screen);
        mine.Resize(key, form.Int("width") is { } width ? Math.Clamp(width, Narrowest, Widest) : null);
        await db.SaveChangesAsync();
        return Results.NoContent();
    }

    private static Task<ListColumns?> Kept(string list, Guid? person, AppDb db) =>
        db.Set<ListColumns>().SingleOrDefaultAsync(c => c.PersonId == person && c.List == list);

    private static async Task<ListColumns> Mine(string list, AppDb db, Screen screen)
    {
        await db.StartWriting();
        if (await Kept(list, screen.Person!.PersonId, db) is { } kept)
            return kept;
        var mine = new ListColumns
        {
            List = list,
            PersonId = screen.Person!.PersonId!.Value,
            Columns = "",
        };
        db.Add(mine);
        return mine;
    }
}
