using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

/// <summary>An event moved, taken out, held or missed.</summary>
internal static class EventMoves
{
    public static void MapEventMoves(this WebApplication app)
    {
        app.MapPost("/calendar/items/{id:guid}/move", Move).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/items/{id:guid}/drop", Drop).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/items/{id:guid}/hold", Hold).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/items/{id:guid}/miss", Miss).Needs(Permission.CalendarEdit);
    }

    // Dragging or the arrow keys: the same event, another time.
    private static async Task<IResult> Move(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var at = (await EventAt.ToWrite(id, form, db, actor, screen)).AsSeen(db, form);
        var (item, book, time, series) = at;
        form.Must("starts_at");
        var zone = (await db.Clock(actor, screen.Firm)).Zone;
        var minutes = form.Int("duration") ?? (int)((time.End - time.Start) / 60);
        Must(minutes is > 0 and <= 7 * 24 * 60, "event.length");
        // The clock of the series is kept; only the moment is another.
        var start = at.OnItsClock(form.Moment("starts_at")!.Value, zone);
        var source = time.Source;
        var draft = new EventDraft(
            source.Text("SUMMARY"),
            source.Text("LOCATION"),
            source.Text("DESCRIPTION"),
            start,
            start with
            {
                Local = start.Local + minutes * 60L,
            },
            Rule.Parse(series.Master?.Find("RRULE")?.Value ?? ""),
            item.Private
        );
        var scope = EventForm.ScopeOf(form, Scope.This);
        var changed = await at.Apply(db, draft, scope, screen, Now(clock));
        var clash = await Clashes.Of(
            db,
            changed,
            book,
            screen,
            Now(clock),
            scope == Scope.This && series.Repeats ? time.Id : null,
            item.Id
        );
        await db.SaveChangesAsync();
        return go.To(EventForm.Back(draft), db, screen.T["event.moved", ("event", item.Title)] + clash);
    }

    private static async Task<IResult> Drop(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var (item, _, time, series) = (await EventAt.ToWrite(id, form, db, actor, screen)).AsSeen(db, form);
        Must(item.State != MeetingState.Held, "meeting.held_stays", ("meeting", item.Title));
        var (root, scope) = (item.Root(), series.Repeats ? EventForm.ScopeOf(form, Scope.All) : Scope.All);
        if (scope == Scope.All || series.Extent().First == time.Start && scope == Scope.Following)
            db.Remove(item);
        else
        {
            if (scope == Scope.This)
                EventEdit.Drop(root, time, Now(clock));
            else
                EventEdit.End(root, time, series.Zone, Now(clock));
            item.Write(CalendarObject.Of(root), CalendarQueries.ZoneOf(screen.Firm));
        }
        await db.SaveChangesAsync();
        return go.To(
            $"calendar?day={Civil.Date(Civil.DayOf(time.Local.Local)):yyyy-MM-dd}",
            db,
            screen.T["event.dropped", ("event", item.Title)]
        );
    }

    private static async Task<IResult> Hold(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var at = await EventAt.ToWrite(id, form, db, actor, screen);
        form = await form.Merged(db, at.Item, After);
        var held = at.Series.Repeats ? at.Alone(db, screen, Now(clock)) : at.Item;
        held.Hold(form.Text("outcome"), form.Text("next_step"), screen.Today);
        // The kind is a fact of its own, so that a duty can be bound to it.
        foreach (var code in (string[])["meeting.held", MeetingFacts.Of(held.Kind)])
            db.State(new Fact(code, at.Book.OwnerId ?? actor.PersonId, screen.Today, held.Id, held.Id, held.ClientId, held.Title));
        if (held.NextStep.Length > 0 && form.Day("next_on") is { } due)
            db.Add(
                WorkTask.Give(
                    held.NextStep,
                    due,
                    actor.PersonId,
                    null,
                    actor.PersonId,
                    Now(clock),
                    held.ClientId is { } client ? ("client", client) : null
                )
            );
        await db.SaveChangesAsync();
        return go.To($"calendar/items/{held.Id}", db, screen.T["meeting.held", ("meeting", held.Title)]);
    }

    private static async Task<IResult> Miss(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var at = await EventAt.ToWrite(id, form, db, actor, screen);
        var item = at.Item;
        Must(item.State != MeetingState.Held, "meeting.held_already", ("meeting", item.Title));
        form = await form.Merged(db, item, After);
        (at.Series.Repeats ? at.Alone(db, screen, Now(clock)) : item).Miss(form.Text("outcome"));
        await db.SaveChangesAsync();
        return go.To("calendar", db, screen.T["meeting.missed", ("meeting", item.Title)]);
    }

    private static IEnumerable<(string, string)> After(CalendarItem item) => [("outcome", item.Outcome), ("next_step", item.NextStep)];

    private static DateTime Now(TimeProvider clock) => clock.GetUtcNow().UtcDateTime;
}
