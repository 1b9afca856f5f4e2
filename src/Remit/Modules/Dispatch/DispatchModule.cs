using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;

namespace Remit.Modules.Dispatch;

/// <summary>Visits: planned, confirmed by the client through a link, moved, cancelled, done.</summary>
public static class DispatchModule
{
    public static void MapDispatch(this WebApplication app)
    {
        app.MapGet("/visits", List).Needs(Permission.VisitsSee);
        app.MapList(VisitsList.List);
        app.MapGet("/visits/new", PlanForm).Needs(Permission.VisitsEdit);
        app.MapPost("/visits/new", Plan).Needs(Permission.VisitsEdit);
        app.MapGet("/visits/{id:guid}", Show).Needs(Permission.VisitsSee);
        app.MapPost("/visits/{id:guid}/move", Move).Needs(Permission.VisitsEdit);
        app.MapPost("/visits/{id:guid}/finish", Finish).Needs(Permission.VisitsEdit);
        app.MapPost("/visits/{id:guid}/cancel", Cancel).Needs(Permission.VisitsEdit);
        app.MapVisitLink();
        app.MapProgrammerLink();
        app.MapBoard();
        app.MapQuestions();
        app.MapProducts();
        app.MapReleases();
        app.MapSheet();
        app.MapPocket();
        app.MapDispatchSettings();
    }

    private static async Task<IResult> List(AppDb db, Screen screen, TimeProvider clock, string? day, string? view, Guid? who)
    {
        var byDay = view == "day";
        var on =
            DateOnly.TryParseExact(day, "yyyy-MM-dd", out var asked) && asked.IsPlausible() ? asked
            : byDay ? screen.Today
            : VisitBoard.WeekAhead(screen.Firm!.Local(clock.GetUtcNow().UtcDateTime), (await DispatchSettings.Now(db)).Closes);
        var first = byDay ? on : on.AddDays(-(((int)on.DayOfWeek + 6) % 7));
        var visits = db.Set<Visit>().AsNoTracking().Between(first, byDay ? first : first.AddDays(6));
        if (who is { } person)
            visits = visits.Where(v => v.ProgrammerId == person);
        var rows = await (await visits.ToListAsync()).Named(db);
        return Page<VisitList>(
            new
            {
                Visits = rows,
                First = first,
                ByDay = byDay,
                Who = who,
                Programmers = await db.Programmers(),
            }
        );
    }

    private static async Task<IResult> PlanForm(
        AppDb db,
        FreeTimes free,
        Screen screen,
        Guid? client,
        string? q,
        int? minutes,
        bool? remote,
        string? subject,
        string? start,
        Guid? programmer,
        Guid? question
    )
    {
        var from = DateTime.TryParseExact(start, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked)
            ? asked
            : (DateTime?)null;
        var wish = new VisitWish(
            from,
            Math.Clamp(minutes ?? 60, 5, 1440),
            subject is { Length: <= 300 } ? subject : "",
            programmer,
            remote == true,
            question
        );
        if (client is { } id)
        {
            var (length, far) = (Math.Clamp(minutes ?? 60, 15, 600), remote ?? false);
            // Who has the client's question, or was chosen on the board, stands first.
            var choices = (await VisitChoices.Of(db, id, length, far, free, screen.Firm!)).OrderByDescending(c =>
                c.Person.Id == programmer
            );
            return Page<PlanVisitPage>(
                new
                {
                    Client = await db.Set<Client>().One(id),
                    Programmers = await db.Programmers(),
                    Minutes = length,
                    Remote = far,
                    Subject = subject is { Length: <= 200 } ? subject : "",
                    Choices = choices.ToList(),
                    Wish = wish,
                }
            );
        }
        var found = await db.Set<Client>().AsNoTracking().Served().FirstSaying(db, q, 20);
        return Page<PlanVisitPage>(
            new
            {
                Found = found,
                Words = q ?? "",
                Wish = wish,
            }
        );
    }

    private static async Task<IResult> Plan(Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        // A free time of a programmer that was chosen, or both by hand.
        if (form.Text("slot")?.Split('|') is [var who, var at])
            form = form.With(("programmer", who), ("starts_at", at));
        form.Must("starts_at");
        var visit = await Planned(
            db,
            new()
            {
                Client = form.Id("client") ?? throw new Web.NotFound(),
                Programmer = form.Id("programmer") ?? throw new Web.NotFound(),
                StartsAt = form.Moment("starts_at")!.Value,
                Duration = form.Int("duration") ?? 0,
                Remote = form.Flag("remote"),
                Subject = form.Text("subject"),
                Question = form.Id("question"),
            },
            actor,
            screen,
            clock
        );
        var client = await db.Set<Client>().One(visit.ClientId);
        return go.To($"visits/{visit.Id}", db, screen.T["visit.planned", ("client", client.Name), ("day", visit.Day)]);
    }

    internal static async Task<Visit> Planned(AppDb db, VisitPlan plan, Actor actor, Screen screen, TimeProvider clock)
    {
        var client = await db.Set<Client>().One(plan.Client);
        // Nobody yet: it waits at the side of the board.
        var programmer = plan.Programmer == Guid.Empty ? Guid.Empty : (await db.Set<Person>().One(plan.Programmer)).Id;
        if (plan.Question is { } asked && !await db.Set<Question>().AnyAsync(q => q.Id == asked && q.ClientId == client.Id))
            throw new Web.NotFound();
        var visit = Visit.Plan(
            client.Id,
            programmer,
            plan.StartsAt,
            plan.Duration,
            plan.Remote,
            plan.Subject,
            actor.PersonId,
            plan.Question
        );
        await db.StartWriting();
        await db.MustBeFree(visit);
        db.Add(visit);
        db.State(new Fact("visit.planned", actor.PersonId, screen.Today, visit.Id, visit.Id, client.Id, Label(visit, client)));
        var here = Here.Of(screen, clock);
        // Who goes and has chosen the time themselves has given their word by that.
        if (programmer == actor.PersonId)
            visit.Accept(here.Now);
        await db.Told(visit, client, "planned", new Reach(here.RootOf(visit)));
        await db.AskFor(visit, here);
        await db.SaveChangesAsync();
        return visit;
    }

    private static async Task<IResult> Show(
        Guid id,
        AppDb db,
        Screen screen,
        IEnumerable<IVisitSection> sections,
        IEnumerable<IRoutePictures> routes
    )
    {
        var visit = await db.Set<Visit>().One(id);
        var shown = new List<RenderFragment>();
        foreach (var section in sections)
            if (await section.For(visit, db, screen) is { } fragment)
                shown.Add(fragment);
        var row = (await new[] { visit }.Named(db))[0];
        return Page<VisitPage>(
            new
            {
                Row = row,
                Around = await VisitAround.Of(db, visit, screen, routes),
                Link = $"{screen.Root}v/{visit.Link}",
                Root = screen.Root,
                Sections = shown,
                Programmers = await db.Programmers(),
            }
        );
    }

    private static async Task<IResult> Move(Guid id, Form form, AppDb db, Screen screen, TimeProvider clock, Go go)
    {
        var visit = await db.Set<Visit>().One(id);
        if (visit.IsAhead)
            form = await form.Merged(
                db,
                visit,
                v => [("starts_at", $"{v.StartsAt:yyyy-MM-dd'T'HH:mm}"), ("programmer", $"{v.ProgrammerId}")]
            );
        form.Must("starts_at");
        await Moved(db, visit, form.Moment("starts_at")!.Value, form.Id("programmer") ?? visit.ProgrammerId, screen, clock);
        return go.To(form.Back($"visits/{id}"), db, screen.T["visit.moved", ("day", visit.Day), ("time", $"{visit.StartsAt:HH:mm}")]);
    }

    internal static async Task Moved(AppDb db, Visit visit, DateTime startsAt, Guid programmer, Screen screen, TimeProvider clock)
    {
        var (former, here) = (visit.ProgrammerId, Here.Of(screen, clock));
        visit.Move(startsAt, programmer == Guid.Empty ? programmer : (await db.Set<Person>().One(programmer)).Id, screen.Today);
        if (programmer == screen.Person?.PersonId)
            visit.Accept(here.Now);
        await db.StartWriting();
        await db.MustBeFree(visit);
        // A client hears of a visit first when somebody is there to go.
        await db.Told(
            visit,
            await db.Set<Client>().One(visit.ClientId),
            former == Guid.Empty ? "planned" : "moved",
            new Reach(here.RootOf(visit), former)
        );
        await db.AskFor(visit, here);
        await db.SaveChangesAsync();
    }

    private static async Task<IResult> Finish(Guid id, Form form, AppDb db, Screen screen, TimeProvider clock, Go go)
    {
        var client = await db.Finish(id, form, Here.Of(screen, clock));
        return go.To($"visits/{id}", db, screen.T["visit.finished", ("client", client.Name)]);
    }

    private static async Task<IResult> Cancel(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        var visit = await db.Set<Visit>().One(id);
        if (visit.IsAhead)
            await form.Seen(
                db,
                visit,
                v => [("starts_at", $"{v.StartsAt:yyyy-MM-dd'T'HH:mm}"), ("programmer", $"{v.ProgrammerId}"), ("state", $"{v.State}")]
            );
        await Cancelled(db, visit, screen);
        return go.To($"visits/{id}", db, screen.T["visit.cancelled", ("visit", visit.Subject)]);
    }

    internal static async Task Cancelled(AppDb db, Visit visit, Screen screen)
    {
        visit.Cancel();
        await db.Told(visit, await db.Set<Client>().One(visit.ClientId), "cancelled", new Reach(screen.Root));
        await db.SaveChangesAsync();
    }

    internal static string Label(Visit visit, Client client) => $"{visit.Subject} · {client.Name}";
}
