using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Tasks;

/// <summary>The checklist of a task: many lines typed at once, ticked one by one.</summary>
internal static class ItemEndpoints
{
    public static void MapTaskItems(this WebApplication app)
    {
        app.MapPost("/tasks/{id:guid}/items", Add).Needs(Permission.Home);
        app.MapPost("/tasks/{id:guid}/items/{item:guid}/tick", Tick).Needs(Permission.Home);
        app.MapPost("/tasks/{id:guid}/items/{item:guid}/delete", Delete).Needs(Permission.Home);
    }

    private static async Task<IResult> Add(Guid id, Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        await db.StartWriting();
        var task = await TasksModule.His(db, id, actor, screen);
        var from = await db.Set<TaskItem>().Where(i => i.TaskId == id).MaxAsync(i => (int?)i.Position) + 1 ?? 0;
        var lines = form.Must("item_text").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        db.AddRange(lines.Select((line, n) => TaskItem.Of(task, from + n, line)));
        await db.SaveChangesAsync();
        return go.To($"tasks/{id}#items", db, screen.T["task.items_added", ("n", lines.Length)]);
    }

    private static async Task<IResult> Tick(Guid id, Guid item, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        (await Item(db, id, item, actor, screen)).Tick(actor.PersonId, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        return go.To($"tasks/{id}#items");
    }

    private static async Task<IResult> Delete(Guid id, Guid item, AppDb db, Actor actor, Screen screen, Go go)
    {
        var gone = await Item(db, id, item, actor, screen);
        await db.Discard(gone);
        await db.SaveChangesAsync();
        return go.To($"tasks/{id}#items", db, screen.T["trash.deleted", ("title", gone.Text)]);
    }

    private static async Task<TaskItem> Item(AppDb db, Guid id, Guid item, Actor actor, Screen screen)
    {
        await TasksModule.His(db, id, actor, screen);
        return await db.Set<TaskItem>().Where(i => i.TaskId == id).One(item);
    }
}
