using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using static Remit.Kernel.Rules;

namespace Remit.Web.Lists;

/// <summary>Changing cells in place: one, or a column of them pasted from a spreadsheet, as one change.</summary>
internal static class ListCells
{
    private const int MostPasted = 500;

    /// <summary>
    /// Fields <c>id</c>, <c>value</c> and <c>was</c>, as many of each as cells, and <c>column</c> as many or once for all. What
    /// somebody else changed since the page was loaded is refused with what now stands there; sent again over that, it is taken.
    /// </summary>
    public static async Task<IResult> Write<TRow>(ListOf<TRow> list, Form form, AppDb db, Actor actor, Screen screen, HttpContext http)
        where TRow : class, IIdentified
    {
        var named = form.All("column")
            .Select(key => list.Columns.FirstOrDefault(c => c.Key == key && c.Edit is { } e && actor.Can(e.Needs)) ?? throw new NotFound())
            .ToList();
        var ids = form.All("id").Select(i => Guid.TryParse(i, out var id) ? id : throw new NotFound()).ToList();
        var (values, was) = (form.All("value").ToList(), form.All("was").ToList());
        Must(
            ids.Count is > 0 and <= MostPasted
                && ids.Count == values.Count
                && ids.Count == was.Count
                && (named.Count == 1 || named.Count == ids.Count),
            "list.too_many",
            ("most", MostPasted)
        );
        var columns = named.Count == 1 ? [.. Enumerable.Repeat(named[0], ids.Count)] : named;
        await db.StartWriting();
        var rows = await list.Rows(db, screen).AsNoTracking().Where(ListEndpoints.RowIn<TRow>(ids)).ToListAsync();
        for (var i = 0; i < ids.Count; i++)
        {
            var row = rows.FirstOrDefault(r => r.Id == ids[i]) ?? throw new NotFound();
            if (columns[i].Plain(row) is var now && now != was[i])
                return Results.Json(
                    new
                    {
                        message = screen.T["list.changed_meanwhile", ("now", columns[i].Text(row, screen.T))],
                        at = i,
                        now,
                    },
                    statusCode: StatusCodes.Status409Conflict
                );
            await columns[i].Edit!.Write(db, ids[i], values[i].Trim());
        }
        await db.SaveChangesAsync();
        var saved = await list.Rows(db, screen).AsNoTracking().Where(ListEndpoints.RowIn<TRow>(ids)).ToListAsync();
        return Results.Json(
            new
            {
                cells = ids.Zip(columns)
                    .Select(c => (Row: saved.First(r => r.Id == c.First), Column: c.Second))
                    .Select(c => new
                    {
                        id = c.Row.Id,
                        column = c.Column.Key,
                        text = c.Column.Text(c.Row, screen.T),
                        plain = c.Column.Plain(c.Row),
                    }),
                done = screen.T["list.saved", ("n", ids.Count)],
                undo = screen.T["undo.button"],
                change = db.LastChange,
            }
        );
    }

    /// <summary>The values a cell may have, where only some are possible.</summary>
    public static async Task<IResult> Choices<TRow>(ListOf<TRow> list, string key, AppDb db, Actor actor, Screen screen)
        where TRow : class, IIdentified
    {
        if (list.Columns.FirstOrDefault(c => c.Key == key)?.Edit is not { Choices: { } choices } edit || !actor.Can(edit.Needs))
            throw new NotFound();
        return Results.Json(await choices(db, screen));
    }
}
