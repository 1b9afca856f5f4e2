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
    /// Fields <c>id</c>, <c>value</c> and <c>was</c>, as many of each as cells, and one <c>column</c>. What somebody else
    /// changed since the page was loaded is refused with what now stands there.
    /// </summary>
    public static async Task<IResult> Write<TRow>(ListOf<TRow> list, Form form, AppDb db, Actor actor, Screen screen, HttpContext http) where TRow : class, IIdentified
    {
        var column = list.Columns.FirstOrDefault(c => c.Key == form.Text("column"));
        if (column?.Edit is not { } edit || !actor.Can(edit.Needs)) throw new NotFound();
        var ids = form.All("id").Select(i => Guid.TryParse(i, out var id) ? id : throw new NotFound()).ToList();
        var (values, was) = (form.All("value").ToList(), form.All("was").ToList());
        Must(ids.Count is > 0 and <= MostPasted && ids.Count == values.Count && ids.Count == was.Count, "list.too_many", ("most", MostPasted));
        await db.StartWriting();
        var rows = await list.Rows(db, screen).AsNoTracking().Where(ListEndpoints.RowIn<TRow>(ids)).ToListAsync();
        for (var i = 0; i < ids.Count; i++)
        {
            var row = rows.FirstOrDefault(r => r.Id == ids[i]) ?? throw new NotFound();
            if (column.Plain(row) != was[i]) throw new Refusal("list.changed_meanwhile", ("now", column.Plain(row))) { Field = column.Key };
            await edit.Write(db, ids[i], values[i].Trim());
        }
        await db.SaveChangesAsync();
        var saved = await list.Rows(db, screen).AsNoTracking().Where(ListEndpoints.RowIn<TRow>(ids)).ToListAsync();
        return Results.Json(new
        {
            cells = saved.Select(r => new { id = r.Id, text = column.Text(r, screen.T), plain = column.Plain(r) }),
            done = screen.T["list.saved", ("n", ids.Count)], undo = screen.T["undo.button"], change = db.LastChange,
        });
    }

    /// <summary>The values a cell may have, where only some are possible.</summary>
    public static async Task<IResult> Choices<TRow>(ListOf<TRow> list, string key, AppDb db, Actor actor, Screen screen) where TRow : class, IIdentified
    {
        if (list.Columns.FirstOrDefault(c => c.Key == key)?.Edit is not { Choices: { } choices } edit || !actor.Can(edit.Needs)) throw new NotFound();
        return Results.Json(await choices(db, screen));
    }
}
