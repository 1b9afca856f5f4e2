using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>
/// The programmer's page at the client, made for a phone: the way, the contact, what was done before, the clock, the
/// works, the signature. Its forms may come late and twice: each carries its own name and the moment of the tap.
/// </summary>
internal static class SheetEndpoints
{
    private const int Before = 5;

    /// <summary>How late a tap may arrive and still count as made when the phone says.</summary>
    private static readonly TimeSpan latest = TimeSpan.FromDays(7);

    public static void MapSheet(this WebApplication app)
    {
        app.MapGet("/visits/{id:guid}/sheet", Show).Needs(Permission.VisitsEdit);
        app.MapPost(
                "/visits/{id:guid}/sheet/start",
                (Guid id, Form form, AppDb db, TimeProvider clock, Go go) => Clock(id, form, db, clock, go, (s, at) => s.Start(at))
            )
            .Needs(Permission.VisitsEdit);
        app.MapPost(
                "/visits/{id:guid}/sheet/stop",
                (Guid id, Form form, AppDb db, TimeProvider clock, Go go) => Clock(id, form, db, clock, go, (s, at) => s.Stop(at))
            )
            .Needs(Permission.VisitsEdit);
        app.MapPost("/visits/{id:guid}/sheet/note", Note).Needs(Permission.VisitsEdit);
        app.MapPost("/visits/{id:guid}/sheet/finish", Finish).Needs(Permission.VisitsEdit);
    }

    private static async Task<IResult> Show(Guid id, AppDb db, Actor actor, IEnumerable<IRoutePictures> routes, HttpContext http)
    {
        var visit = await db.Set<Visit>().AsNoTracking().One(id);
        http.Response.Headers[Pocket.For] = $"{actor.PersonId}";
        return new RazorComponentResult<SheetPage>(
            new
            {
                Visit = visit,
                Client = await db.Set<Client>().AsNoTracking().One(visit.ClientId),
                Sheet = await db.Set<VisitSheet>().AsNoTracking().SingleOrDefaultAsync(s => s.VisitId == id),
                Contacts = await db.Set<Contact>()
                    .AsNoTracking()
                    .Where(c => c.ClientId == visit.ClientId)
                    .OrderByDescending(c => c.DecisionMaker)
                    .ThenBy(c => c.NameKey)
                    .ToListAsync(),
                History = await (
                    await db.Set<Visit>()
                        .AsNoTracking()
                        .Where(v => v.ClientId == visit.ClientId && v.State == VisitState.Done && v.Id != id)
                        .OrderByDescending(v => v.StartsAt)
                        .Take(Before)
                        .ToListAsync()
                ).Named(db),
                Pictures = await routes.Of(db, visit.ClientId),
            }
        );
    }

    private static async Task<IResult> Clock(Guid id, Form form, AppDb db, TimeProvider clock, Go go, Action<VisitSheet, DateTime> turn)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (!await db.FirstTime(form.Id("op"), now))
            return go.To($"visits/{id}/sheet");
        await db.StartWriting();
        await db.Set<Visit>().One(id);
        // A tap may come when the office has finished the visit; it was made all the same.
        turn(await db.Sheet(id), Tapped(form, now));
        await db.SaveChangesAsync();
        return go.To($"visits/{id}/sheet");
    }

    private static async Task<IResult> Note(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        if (!await db.FirstTime(form.Id("op"), clock.GetUtcNow().UtcDateTime))
            return go.To($"visits/{id}/sheet");
        var (visit, sheet, merged) = await Read(id, form, db, actor);
        sheet.Note(merged.Text("works"), merged.Int("duration") ?? 0, merged.Text("signed_by"), actor.PersonId);
        if (visit.State == VisitState.Done)
            await db.Corrected(visit, sheet.NotedMinutes, sheet.Works, Here.Of(screen, clock));
        await db.SaveChangesAsync();
        return go.To($"visits/{id}/sheet", db, screen.T["sheet.noted"]);
    }

    private static async Task<IResult> Finish(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (!await db.FirstTime(form.Id("op"), now))
            return go.To($"visits/{id}");
        var (visit, sheet, merged) = await Read(id, form, db, actor);
        if (sheet is { StartedAt: not null, StoppedAt: null })
            sheet.Stop(Tapped(form, now));
        var minutes = merged.Int("duration") ?? sheet.Minutes;
        sheet.Note(merged.Text("works"), minutes, merged.Text("signed_by"), actor.PersonId);
        var client = await db.Set<Client>().One(visit.ClientId);
        if (visit.State == VisitState.Cancelled)
        {
            // Who was there has not heard of it. What they wrote is kept, and a person decides.
            foreach (var person in new[] { visit.PlannedBy, client.OwnerId }.OfType<Guid>().Distinct())
                db.Tell(
                    person,
                    "notice.visit_was_there",
                    $"visits/{id}",
                    ("client", client.Name),
                    ("day", $"{visit.Day:yyyy-MM-dd}"),
                    ("time", $"{visit.StartsAt:HH:mm}")
                );
            await db.SaveChangesAsync();
            return go.To($"visits/{id}", db, screen.T["sheet.kept_cancelled"]);
        }
        if (visit.State == VisitState.Done)
            await db.Corrected(visit, sheet.NotedMinutes, sheet.Works, Here.Of(screen, clock));
        else
            await db.Finished(visit, minutes, merged.Text("works"), Here.Of(screen, clock));
        await db.SaveChangesAsync();
        return go.To($"visits/{id}", db, screen.T["visit.finished", ("client", client.Name)]);
    }

    /// <summary>The visit, its sheet, and the form with what another has noted on it meanwhile; where both wrote the same, a person is asked.</summary>
    private static async Task<(Visit, VisitSheet, Form)> Read(Guid id, Form form, AppDb db, Actor actor)
    {
        await db.StartWriting();
        var (visit, sheet) = (await db.Set<Visit>().One(id), await db.Sheet(id));
        if (form.Int("version") is not { } seen || seen >= sheet.Version || sheet.NotedBy is not { } by)
            return (visit, sheet, form);
        // What one noted oneself one may write over: a phone sends several notes made from the same page. What ended the visit stands, unless they say otherwise.
        if (by == actor.PersonId && visit.State != VisitState.Done)
            return (visit, sheet, form);
        var was = (seen < 0 ? VisitSheet.For(id) : await db.At(sheet, seen)).Proposed(visit);
        var name = await db.Set<Person>().Where(p => p.Id == by).Select(p => p.Name).SingleOrDefaultAsync();
        return (visit, sheet, await form.Merged(db, sheet, was, sheet.Proposed(visit), (visit.Subject, name ?? "")));
    }

    // The phone says when it was tapped and when it sends, both by its own clock, whatever that shows.
    private static DateTime Tapped(Form form, DateTime now) =>
        long.TryParse(form.Text("at"), out var at)
        && long.TryParse(form.Text("sent"), out var sent)
        && sent >= at
        && sent - at < latest.TotalMilliseconds
            ? now.AddMilliseconds(at - sent)
            : now;
}
