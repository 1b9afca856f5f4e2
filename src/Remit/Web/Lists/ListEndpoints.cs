using System.Linq.Expressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using static Remit.Kernel.Rules;

namespace Remit.Web.Lists;

/// <summary>The addresses every list has.</summary>
public static class ListEndpoints
{
    /// <summary>The most records one bulk act takes: more would hold the one writer's lock too long.</summary>
    private const int MostAtOnce = 10_000;

    public static void MapList<TRow>(this WebApplication app, ListOf<TRow> list)
        where TRow : class, IIdentified
    {
        var path = "/" + list.Path;
        app.MapGet(path, (HttpContext http, AppDb db, Screen screen) => Show(list, http, db, screen)).Needs(list.Needs);
        app.MapGet(
                path + "/export.csv",
                (HttpContext http, AppDb db, Screen screen) => ListExport.Csv(list, State(list, http), http, db, screen)
            )
            .Needs(list.Needs);
        app.MapGet(
                path + "/export.xlsx",
                (HttpContext http, AppDb db, Screen screen) => ListExport.Xlsx(list, State(list, http), http, db, screen)
            )
            .Needs(list.Needs);
        app.MapGet(path + "/counts", (HttpContext http, AppDb db, Screen screen) => Counts(list, http, db, screen)).Needs(list.Needs);
        app.MapGet(
                path + "/choices/{filter}",
                (string filter, HttpContext http, AppDb db, Screen screen) => ChoicesOf(list, filter, http, db, screen)
            )
            .Needs(list.Needs);
        app.MapGet(path + "/where", (HttpContext http, AppDb db, Screen screen, Go go) => ListConditions.Edit(list, http, db, screen, go))
            .Needs(list.Needs);
        app.MapListHabits(list);
        app.MapListViews(list);
        if (list.Columns.Any(c => c.Edit is not null))
        {
            app.MapPost(
                    path + "/cells",
                    (Form form, AppDb db, Actor actor, Screen screen, HttpContext http) =>
                        ListCells.Write(list, form, db, actor, screen, http)
                )
                .Needs(list.Needs);
            app.MapGet(
                    path + "/cells/{column}",
                    (string column, AppDb db, Actor actor, Screen screen) => ListCells.Choices(list, column, db, actor, screen)
                )
                .Needs(list.Needs);
        }
        if (list.Acts.Count > 0)
            app.MapPost(
                    path + "/bulk",
                    (Form form, HttpContext http, AppDb db, Actor actor, Screen screen, Go go) => Bulk(list, form, db, actor, screen, go)
                )
                .Needs(list.Needs);
    }

    internal static ListState State<TRow>(ListOf<TRow> list, HttpContext http)
        where TRow : class, IIdentified => ListState.Read(list.Path, list.Sort, http.Request.Query, list.Filters.Select(f => f.Key));

    private static async Task<IResult> Show<TRow>(ListOf<TRow> list, HttpContext http, AppDb db, Screen screen)
        where TRow : class, IIdentified
    {
        var views = await ListViews.Seen(list.Path, db, screen.Person!);
        if (!http.Request.Query.Any() && await ListViews.First(views, db, screen) is { } first)
            return Results.Redirect($"{screen.Base}{list.Path}?{first.Query}");
        var state = State(list, http);
        var (rows, next) = await list.PageOf(state, db, screen);
        var chips = new List<ListChip>();
        foreach (var filter in list.Filters.Where(f => state.Chosen.ContainsKey(f.Key)))
            chips.AddRange(await Chips(filter, state, db, screen));
        chips.AddRange(await ListConditions.Chips(list, state, db, screen));
        var habit = await ListHabits.Of(list.Path, db, screen);
        return new RazorComponentResult<ListPage<TRow>>(
            new
            {
                List = list,
                State = state,
                Rows = rows,
                Next = next,
                Views = views,
                Chips = chips,
                Columns = ListHabits.Columns(list, state, habit),
                Habit = habit,
                Above = list.Above is { } above ? await above(db, screen) : null,
            }
        );
    }

    private static async Task<IEnumerable<ListChip>> Chips<TRow>(Filter<TRow> filter, ListState state, AppDb db, Screen screen)
        where TRow : class
    {
        var known = (await filter.Choices(db, screen)).ToDictionary(c => c.Value, c => c.Text);
        return state
            .Chosen[filter.Key]
            .Select(v => new ListChip(screen.T["field." + filter.Key], known.GetValueOrDefault(v, v), state.Toggle(filter.Key, v).Link()));
    }

    // How many there are, here and on each tab, is asked for after the page is there: counting must not slow it.
    private static async Task<IResult> Counts<TRow>(ListOf<TRow> list, HttpContext http, AppDb db, Screen screen)
        where TRow : class, IIdentified
    {
        var views = (await ListViews.Seen(list.Path, db, screen.Person!)).Select(v => v.Query);
        var tabs = new Dictionary<string, string>();
        foreach (var query in list.Presets.Select(p => p.Query).Concat(views).Distinct())
        {
            var asked = new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query));
            tabs[query] = await Count(list, ListState.Read(list.Path, list.Sort, asked, list.Filters.Select(f => f.Key)), 999, db, screen);
        }
        return Results.Json(new { tabs, found = await Count(list, State(list, http), ListReading.MostCounted, db, screen) });
    }

    private static async Task<string> Count<TRow>(ListOf<TRow> list, ListState state, int most, AppDb db, Screen screen)
        where TRow : class, IIdentified
    {
        var n = await db.Keep(
            $"count {list.Path}?{state.Query()} {most} {screen.Person!.PersonId} {screen.Today}",
            [],
            () => list.Asked(state, db, screen).Take(most + 1).CountAsync()
        );
        return Formats.Number(Math.Min(n, most), screen.T) + (n > most ? "+" : "");
    }

    private static async Task<IResult> ChoicesOf<TRow>(ListOf<TRow> list, string key, HttpContext http, AppDb db, Screen screen)
        where TRow : class, IIdentified
    {
        var filter = list.Filters.FirstOrDefault(f => f.Key == key) ?? throw new NotFound();
        return new RazorComponentResult<ListChoices>(
            new
            {
                Key = key,
                State = State(list, http),
                Choices = await filter.Choices(db, screen),
                filter.IsPeriod,
            }
        );
    }

    private static async Task<IResult> Bulk<TRow>(ListOf<TRow> list, Form form, AppDb db, Actor actor, Screen screen, Go go)
        where TRow : class, IIdentified
    {
        var question = form.Text("question") ?? "";
        var asked = new QueryCollection(Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(question));
        var state = ListState.Read(list.Path, list.Sort, asked, list.Filters.Select(f => f.Key));
        var act = list.Acts.FirstOrDefault(a => a.Key == form.Text("act") && actor.Can(a.Needs)) ?? throw new NotFound();
        // Through the list's own query: what this person does not see cannot be done to either.
        var rows = list.Asked(state, db, screen);
        if (!form.Flag("all"))
        {
            var ids = form.All("ids").Where(i => Guid.TryParse(i, out _)).Select(Guid.Parse).ToList();
            Must(ids.Count > 0, "list.none_chosen");
            rows = list.Rows(db, screen).Where(RowIn<TRow>(ids));
        }
        var chosen = (await rows.AsNoTracking().Take(MostAtOnce + 1).ToListAsync()).Select(r => r.Id).ToList();
        Must(chosen.Count > 0, "list.none_chosen");
        Must(chosen.Count <= MostAtOnce, "list.too_many", ("most", MostAtOnce));
        if (act.To is { } to)
            return go.To(to(chosen));
        if (act.Choices is { } choices && form.Text("value") is null)
            return new RazorComponentResult<BulkChoices>(
                new
                {
                    Path = list.Path,
                    Act = act.Key,
                    Question = question,
                    All = form.Flag("all"),
                    Ids = form.Flag("all") ? [] : chosen,
                    To = form.Text("to") ?? "",
                    Choices = await choices(db, screen),
                    Count = chosen.Count,
                }
            );
        await act.Do(db, chosen, form.Text("value") ?? "", screen);
        await db.SaveChangesAsync();
        return go.To(form.Back(state.Link()), db, screen.T["list.done", ("act", screen.T["bulk." + act.Key]), ("n", chosen.Count)]);
    }

    internal static Expression<Func<TRow, bool>> RowIn<TRow>(List<Guid> ids)
        where TRow : class, IIdentified
    {
        var row = Expression.Parameter(typeof(TRow));
        Expression<Func<List<Guid>>> held = () => ids;
        return Expression.Lambda<Func<TRow, bool>>(
            Expression.Call(held.Body, nameof(List<int>.Contains), null, Expression.Property(row, nameof(IIdentified.Id))),
            row
        );
    }
}

/// <summary>A chip that is set: what it says and the address without it.</summary>
public sealed record ListChip(string Filter, string Value, string Without);
