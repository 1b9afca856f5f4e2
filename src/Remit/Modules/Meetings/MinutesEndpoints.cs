using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Mail;
using Remit.Modules.Meetings.Pages;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Meetings;

/// <summary>The page of one meeting: its agenda, its minutes while it is held, its end.</summary>
internal static class MinutesEndpoints
{
    private const int MostPoints = 60;

    public static void MapMinutes(this WebApplication app)
    {
        app.MapGet("/meetings/{id:guid}", Show).Needs(Permission.MeetingsSee);
        app.MapGet("/meetings/{id:guid}/minutes.pdf", Print).Needs(Permission.MeetingsSee);
        app.MapPost("/meetings/{id:guid}/points", AddPoint).Needs(Permission.MeetingsSee);
        app.MapPost("/meetings/{id:guid}/order", Order).Needs(Permission.MeetingsSee);
        app.MapPost("/meetings/{id:guid}/points/{point:guid}", Note).Needs(Permission.MeetingsSee);
        app.MapPost("/meetings/{id:guid}/points/{point:guid}/remove", RemovePoint).Needs(Permission.MeetingsSee);
        app.MapPost("/meetings/{id:guid}/move", Move).Needs(Permission.MeetingsSee);
        app.MapPost("/meetings/{id:guid}/cancel", Cancel).Needs(Permission.MeetingsSee);
        app.MapPost("/meetings/{id:guid}/hold", Hold).Needs(Permission.MeetingsSee);
        app.MapPost("/meetings/{id:guid}/send", Send).Needs(Permission.MeetingsSee);
    }

    private static async Task<IResult> Show(Guid id, AppDb db, Actor actor, Screen screen, IEnumerable<IMeetingSection> sections)
    {
        var (meeting, series) = await Seen(id, db, actor, screen);
        var circle = await Circle.Of(db, series, meeting.Day);
        return Page<MeetingPage>(
            new
            {
                Meeting = meeting,
                Series = series,
                Circle = circle,
                Points = await Points(db, id),
                Hands = await db.Hands(),
                Content = meeting.Open ? await Agenda.Of(db, meeting, circle, screen) : null,
                Taken = await Agenda.Decisions(db, db.Set<Decision>().Where(d => d.MeetingId == id), screen.Today),
                Runs = await series.IsRunBy(db, actor, screen.Today),
                Sections = await sections.Shown("meeting", id, db, screen),
            }
        );
    }

    private static async Task<IResult> Print(Guid id, string? lang, AppDb db, Actor actor, Screen screen)
    {
        var (meeting, series) = await Seen(id, db, actor, screen);
        var minutes = await Minutes.Of(db, meeting, series, screen);
        return Results.File(minutes.Pdf(new T(lang ?? screen.T.Language)), "application/pdf", $"minutes-{meeting.Day:yyyy-MM-dd}.pdf");
    }

    private static async Task<IResult> AddPoint(Guid id, Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var (meeting, _) = await Seen(id, db, actor, screen);
        meeting.MustBeOpen();
        var points = await Points(db, id);
        Must(points.Count < MostPoints, "meetings.many_points", ("most", MostPoints));
        db.Add(AgendaPoint.Own(id, form.Text("point_text"), points.Count == 0 ? 0 : points[^1].Place + 1, actor.PersonId));
        await db.SaveChangesAsync();
        return go.To($"meetings/{id}", db, screen.T["meetings.point_added"]);
    }

    // The order is what the form lists; a point that came in the meantime stays behind them.
    private static async Task<IResult> Order(Guid id, Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        (await Seen(id, db, actor, screen)).Meeting.MustBeOpen();
        var wanted = form.All("point").ToList();
        var points = await db.Set<AgendaPoint>().Where(p => p.MeetingId == id).ToListAsync();
        if (form.Text("up") is { } up && wanted.IndexOf(up) is > 0 and var at)
            (wanted[at - 1], wanted[at]) = (wanted[at], wanted[at - 1]);
        foreach (var point in points)
            point.Put(wanted.IndexOf($"{point.Id}") is >= 0 and var place ? place : wanted.Count + point.Place);
        await db.SaveChangesAsync();
        return go.To($"meetings/{id}", db, screen.T["meetings.ordered"]);
    }

    /// <summary>Saved while it is typed: the page's script asks with <c>draft</c> and is told the version it has to go on from.</summary>
    private static async Task<IResult> Note(Guid id, Guid point, Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        (await Seen(id, db, actor, screen)).Meeting.MustBeOpen();
        var one = await db.Set<AgendaPoint>().Where(p => p.MeetingId == id).One(point);
        form = await form.Merged(db, one, AgendaPoint.Typed);
        one.Note(form.Text("notes"));
        if (one.Kind == PointKind.Own && form.Text("point_text") is { } text)
            one.Word(text);
        await db.SaveChangesAsync();
        return form.Flag("draft")
            ? Results.Json(new { version = one.Version, notes = one.Notes })
            : go.To($"meetings/{id}#p{point:N}", db, screen.T["meetings.noted"]);
    }

    private static async Task<IResult> RemovePoint(Guid id, Guid point, AppDb db, Actor actor, Screen screen, Go go)
    {
        var (meeting, series) = await Seen(id, db, actor, screen);
        meeting.MustBeOpen();
        var one = await db.Set<AgendaPoint>().Where(p => p.MeetingId == id).One(point);
        if (one.AddedBy != actor.PersonId && !await series.IsRunBy(db, actor, screen.Today))
            throw new Web.NotFound();
        Must(!await db.Set<Decision>().AnyAsync(d => d.AgendaPointId == point), "meetings.point_decided", ("point", one.Title));
        db.Remove(one);
        await db.SaveChangesAsync();
        return go.To($"meetings/{id}", db, screen.T["meetings.point_removed"]);
    }

    private static async Task<IResult> Move(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var (meeting, series) = await Run(id, db, actor, screen);
        form = await form.Merged(db, meeting, m => [("starts_at", m.StartsAt.ToString("yyyy-MM-dd'T'HH:mm")), ("place", m.Place)]);
        form.Must("starts_at");
        meeting.Move(form.Moment("starts_at")!.Value, form.Text("place"));
        await Told(db, series, meeting, "moved", screen, clock);
        return go.To($"meetings/{id}", db, screen.T["meetings.moved", ("day", meeting.Day), ("time", $"{meeting.StartsAt:HH:mm}")]);
    }

    private static async Task<IResult> Cancel(Guid id, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var (meeting, series) = await Run(id, db, actor, screen);
        meeting.Cancel();
        await Told(db, series, meeting, "cancelled", screen, clock);
        return go.To("meetings", db, screen.T["meetings.cancelled", ("meeting", meeting.Name), ("day", meeting.Day)]);
    }

    private static async Task Told(AppDb db, MeetingSeries series, Meeting meeting, string what, Screen screen, TimeProvider clock)
    {
        await db.Refresh(series, screen.Firm!, clock.GetUtcNow().UtcDateTime);
        foreach (var person in (await Circle.Of(db, series, meeting.Day)).Ids)
            db.Tell(
                person,
                "notice.meeting_" + what,
                $"meetings/{meeting.Id}",
                ("meeting", meeting.Name),
                ("day", $"{meeting.Day:yyyy-MM-dd}"),
                ("time", $"{meeting.StartsAt:HH:mm}")
            );
        await db.SaveChangesAsync();
    }

    private static async Task<IResult> Hold(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var (meeting, series) = await Run(id, db, actor, screen);
        var circle = await Circle.Of(db, series, meeting.Day);
        var there = form.All("present").ToHashSet();
        var content = await Agenda.Of(db, meeting, circle, screen);
        foreach (var point in await db.Set<AgendaPoint>().Where(p => p.MeetingId == id).ToListAsync())
            point.Keep(content.Lines(point.Kind, new T(screen.Firm!.Language), screen.Today));
        meeting.Hold(
            [
                .. circle.People.Where(p => there.Contains($"{p.Id}")).Select(p => p.Name),
                .. circle.Guests.Where(g => there.Contains($"{g.Id}")).Select(g => g.Name),
            ],
            actor.PersonId,
            clock.GetUtcNow().UtcDateTime,
            screen.Today
        );
        db.State(
            new Fact("meeting.held", circle.Lead ?? actor.PersonId, meeting.Day, meeting.Id, meeting.Id, series.ClientId, meeting.Name)
        );
        await db.SaveChangesAsync();
        return go.To($"meetings/{id}", db, screen.T["meetings.held", ("meeting", meeting.Name)]);
    }

    private static async Task<IResult> Send(Guid id, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var (meeting, series) = await Run(id, db, actor, screen);
        Must(meeting.Stage == MeetingStage.Held, "meetings.not_held");
        Must(await db.Set<MailSettings>().AnyAsync(), "meetings.no_mail");
        var minutes = await Minutes.Of(db, meeting, series, screen);
        var to = minutes
            .Circle.People.Where(p => p.Email.Length > 0)
            .Select(p => (p.Email, p.Language))
            .Concat(minutes.Circle.Guests.Select(g => (g.Email, g.Language)))
            .DistinctBy(a => a.Email)
            .ToList();
        foreach (var (email, language) in to)
            db.Later(minutes.Letter(email, new T(language)).Job());
        meeting.Sent(clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        return go.To($"meetings/{id}", null, screen.T["meetings.sent", ("n", to.Count)]);
    }

    internal static Task<List<AgendaPoint>> Points(AppDb db, Guid meeting) =>
        db.Set<AgendaPoint>().AsNoTracking().Where(p => p.MeetingId == meeting).OrderBy(p => p.Place).ThenBy(p => p.Id).ToListAsync();

    internal static async Task<(Meeting Meeting, MeetingSeries Series)> Seen(Guid id, AppDb db, Actor actor, Screen screen)
    {
        var meeting = await db.Set<Meeting>().SeenBy(db, actor, screen.Today).One(id);
        return (meeting, await db.Set<MeetingSeries>().One(meeting.MeetingSeriesId));
    }

    private static async Task<(Meeting, MeetingSeries)> Run(Guid id, AppDb db, Actor actor, Screen screen)
    {
        var (meeting, series) = await Seen(id, db, actor, screen);
        return await series.IsRunBy(db, actor, screen.Today) ? (meeting, series) : throw new Web.NotFound();
    }
}
