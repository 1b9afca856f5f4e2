using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Dispatch;

/// <summary>Which suppliers' pages are watched for which product.</summary>
internal static class WatchEndpoints
{
    private const int MostWatches = 5;

    public static void MapWatches(this WebApplication app)
    {
        app.MapPost("/products/{id:guid}/watches", Watch).Needs(Permission.VisitsEdit);
        app.MapPost("/products/{id:guid}/watches/{watch:guid}/look", LookNow).Needs(Permission.VisitsEdit);
        app.MapPost("/products/{id:guid}/watches/{watch:guid}/end", EndWatch).Needs(Permission.VisitsEdit);
    }

    private static async Task<IResult> Watch(Guid id, Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var watch = ReleaseWatch.On(
            await db.Set<Product>().One(id),
            form.Text("watch_address"),
            form.Text("watch_pattern"),
            actor.PersonId
        );
        Must(await db.Set<ReleaseWatch>().CountAsync(w => w.ProductId == id) < MostWatches, "watch.many", ("most", MostWatches));
        db.Add(watch);
        db.Later(Look.Job(watch.Id));
        await db.SaveChangesAsync();
        return go.To("products", db, screen.T["watch.set"]);
    }

    private static async Task<IResult> LookNow(Guid id, Guid watch, AppDb db, Screen screen, Go go)
    {
        db.Later(Look.Job((await db.Set<ReleaseWatch>().Where(w => w.ProductId == id).One(watch)).Id));
        await db.SaveChangesAsync();
        return go.To("products", null, screen.T["watch.looking"]);
    }

    private static async Task<IResult> EndWatch(Guid id, Guid watch, AppDb db, Screen screen, Go go)
    {
        db.Remove(await db.Set<ReleaseWatch>().Where(w => w.ProductId == id).One(watch));
        await db.SaveChangesAsync();
        return go.To("products", db, screen.T["watch.ended"]);
    }
}
