using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch.Pages;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>The programmer's page at the client, made for a phone: the way, the contact, what was done before, the clock, the works, the signature.</summary>
internal static class SheetEndpoints
{
    private const int Before = 5;

    public static void MapSheet(this WebApplication app)
    {
        app.MapGet("/visits/{id:guid}/sheet", Show).Needs(Permission.VisitsEdit);
        app.MapPost("/visits/{id:guid}/sheet/start", Start).Needs(Permission.VisitsEdit);
        app.MapPost("/visits/{id:guid}/sheet/stop", Stop).Needs(Permission.VisitsEdit);
        app.MapPost("/visits/{id:guid}/sheet/finish", Finish).Needs(Permission.VisitsEdit);
    }

    private static async Task<IResult> Show(Guid id, AppDb db)
    {
        var visit = await db.Set<Visit>().AsNoTracking().One(id);
        return new RazorComponentResult<SheetPage>(new
        {
            Visit = visit, Client = await db.Set<Client>().AsNoTracking().One(visit.ClientId),
            Sheet = await db.Set<VisitSheet>().AsNoTracking().SingleOrDefaultAsync(s => s.VisitId == id) ?? VisitSheet.For(id),
            Contacts = await db.Set<Contact>().AsNoTracking().Where(c => c.ClientId == visit.ClientId).OrderByDescending(c => c.DecisionMaker).ThenBy(c => c.NameKey).ToListAsync(),
            History = await (await db.Set<Visit>().AsNoTracking().Where(v => v.ClientId == visit.ClientId && v.State == VisitState.Done && v.Id != id)
                .OrderByDescending(v => v.StartsAt).Take(Before).ToListAsync()).Named(db),
        });
    }

    private static Task<IResult> Start(Guid id, AppDb db, TimeProvider clock, Go go) => Clock(id, db, go, s => s.Start(clock.GetUtcNow().UtcDateTime));

    private static Task<IResult> Stop(Guid id, AppDb db, TimeProvider clock, Go go) => Clock(id, db, go, s => s.Stop(clock.GetUtcNow().UtcDateTime));

    private static async Task<IResult> Clock(Guid id, AppDb db, Go go, Action<VisitSheet> turn)
    {
        await db.StartWriting();
        var visit = await db.Set<Visit>().One(id);
        Rules.Must(visit.IsAhead, "visit.is_over", ("visit", visit.Subject));
        turn(await Sheet(db, id));
        await db.SaveChangesAsync();
        return go.To($"visits/{id}/sheet");
    }

    private static async Task<IResult> Finish(Guid id, Form form, AppDb db, Screen screen, TimeProvider clock, Go go)
    {
        await db.StartWriting();
        var visit = await db.Set<Visit>().One(id);
        var sheet = await Sheet(db, id);
        if (sheet is { StartedAt: not null, StoppedAt: null }) sheet.Stop(clock.GetUtcNow().UtcDateTime);
        sheet.Sign(form.Text("signed_by"));
        var client = await DispatchModule.Finished(db, visit, form.Int("duration") ?? sheet.Minutes, form.Text("works"), screen.Today);
        return go.To($"visits/{id}", db, screen.T["visit.finished", ("client", client.Name)]);
    }

    private static async Task<VisitSheet> Sheet(AppDb db, Guid visit)
    {
        if (await db.Set<VisitSheet>().SingleOrDefaultAsync(s => s.VisitId == visit) is { } sheet) return sheet;
        db.Add(sheet = VisitSheet.For(visit));
        return sheet;
    }
}
