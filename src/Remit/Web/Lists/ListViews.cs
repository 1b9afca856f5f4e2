using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;

namespace Remit.Web.Lists;

/// <summary>Questions kept as tabs: made, renamed, shared, opened first, taken away.</summary>
internal static class ListViews
{
    public static void MapListViews<TRow>(this WebApplication app, ListOf<TRow> list)
        where TRow : class, IIdentified
    {
        var path = $"/{list.Path}/views";
        app.MapGet(
                path + "/new",
                (HttpContext http, AppDb db, Screen screen) => Form(list.Path, null, ListEndpoints.State(list, http), db, screen)
            )
            .Needs(list.Needs);
        app.MapPost(path, (Form form, AppDb db, Screen screen, Go go) => Keep(list.Path, form, db, screen, go)).Needs(list.Needs);
        app.MapGet(
                path + "/{id:guid}",
                async (Guid id, HttpContext http, AppDb db, Screen screen) =>
                    await Form(list.Path, await One(list.Path, id, db, screen.Person!), ListEndpoints.State(list, http), db, screen)
            )
            .Needs(list.Needs);
        app.MapPost(
                path + "/{id:guid}",
                (Guid id, Form form, AppDb db, Screen screen, Go go) => Change(list.Path, id, form, db, screen, go)
            )
            .Needs(list.Needs);
        app.MapPost(path + "/{id:guid}/delete", (Guid id, AppDb db, Screen screen, Go go) => Drop(list.Path, id, db, screen, go))
            .Needs(list.Needs);
    }

    /// <summary>A person's own tabs and everyone's, oldest first.</summary>
    public static Task<List<ListView>> Seen(string list, AppDb db, Actor actor)
    {
        var me = actor.PersonId;
        return db.Keep(
            $"views {list} {me}",
            [typeof(ListView)],
            () =>
                db.Set<ListView>()
                    .AsNoTracking()
                    .Where(v => v.List == list && (v.PersonId == null || v.PersonId == me))
                    .OrderBy(v => v.Id)
                    .ToListAsync()
        );
    }

    /// <summary>The tab that stands for the whole list when nothing is asked: one's own, else that of one's position, else of one's role.</summary>
    public static async Task<ListView?> First(IReadOnlyList<ListView> views, AppDb db, Screen screen)
    {
        if (views.All(v => v.FirstFor.Length == 0))
            return null;
        var (me, today) = (screen.Person!, screen.Today);
        if (views.FirstOrDefault(v => v.OpensFirstFor("me")) is { } own)
            return own;
        var held = await db.Set<Tenure>()
            .Where(t => t.PersonId == me.PersonId && t.From <= today && (t.To == null || t.To >= today))
            .Select(t => t.PositionId)
            .ToListAsync();
        return views.FirstOrDefault(v => held.Any(p => v.OpensFirstFor($"{p}")))
            ?? views.FirstOrDefault(v => v.OpensFirstFor($"{me.Role}"));
    }

    private static async Task<IResult> Form(string list, ListView? view, ListState state, AppDb db, Screen screen) =>
        new RazorComponentResult<ListViewForm>(
            new
            {
                Path = list,
                View = view,
                state.Words,
                Question = view?.Query ?? state.Query(),
                Firsts = screen.Can(Permission.FirmEdit)
                    ?
                    [
                        .. Enum.GetValues<Role>().Select(r => new Choice($"{r}", screen.T["role." + r])),
                        .. (await db.Set<Position>().AsNoTracking().OrderBy(p => p.NameKey).ToListAsync()).Select(p => new Choice(
                            $"{p.Id}",
                            p.Name
                        )),
                    ]
                    : Array.Empty<Choice>(),
            }
        );

    private static async Task<IResult> Keep(string list, Form form, AppDb db, Screen screen, Go go)
    {
        var view = ListView.Keep(list, form.Text("view_name"), form.Text("question") ?? "", screen.Person!, form.Flag("shared"));
        view.OpenFirstFor(form.All("first"), screen.Person!);
        db.Add(view);
        await db.SaveChangesAsync();
        return go.To($"{list}?{view.Query}", db, screen.T["list.view_kept", ("view", view.Name)]);
    }

    private static async Task<IResult> Change(string list, Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        var view = await One(list, id, db, screen.Person!);
        form = await form.Merged(db, view, v => [("view_name", v.Name), ("shared", v.PersonId is null ? "on" : "")]);
        view.Rename(form.Text("view_name"));
        view.Share(form.Flag("shared"));
        view.OpenFirstFor(form.Chosen("first", view.FirstFor.Split(',')), screen.Person!);
        await db.SaveChangesAsync();
        return go.To($"{list}?{view.Query}", db, screen.T["list.view_kept", ("view", view.Name)]);
    }

    private static async Task<IResult> Drop(string list, Guid id, AppDb db, Screen screen, Go go)
    {
        var view = await One(list, id, db, screen.Person!);
        db.Remove(view);
        await db.SaveChangesAsync();
        return go.To(list + "?all=1", db, screen.T["list.view_gone", ("view", view.Name)]);
    }

    private static async Task<ListView> One(string list, Guid id, AppDb db, Actor actor) =>
        await db.Set<ListView>().Where(v => v.List == list).One(id) is var view && view.MayGo(actor) ? view : throw new NotFound();
}
