using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Meetings.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Meetings.Events;

/// <summary>Events for staff: set, invited to, answered, held, thought of.</summary>
internal static class EventEndpoints
{
    public static void MapStaffEvents(this WebApplication app)
    {
        app.MapGet("/meetings/events", All).Needs(Permission.MeetingsSee);
        app.MapGet(
                "/meetings/events/new",
                async (AppDb db, Screen screen) =>
                    Page<EventFormPage>(new { Start = screen.Today.AddDays(14).ToDateTime(new TimeOnly(17, 0)), People = await Active(db) })
            )
            .Needs(Permission.MeetingsEdit);
        app.MapPost("/meetings/events/new", Create).Needs(Permission.MeetingsEdit);
        app.MapGet("/meetings/events/{id:guid}", Show).Needs(Permission.MeetingsSee);
        app.MapGet("/meetings/events/{id:guid}/edit", Edit).Needs(Permission.MeetingsEdit);
        app.MapPost("/meetings/events/{id:guid}/edit", Save).Needs(Permission.MeetingsEdit);
        app.MapPost("/meetings/events/{id:guid}/invite", Invite).Needs(Permission.MeetingsEdit);
        app.MapPost("/meetings/events/{id:guid}/answer", Answer).Needs(Permission.MeetingsSee);
        app.MapPost("/meetings/events/{id:guid}/hold", Hold).Needs(Permission.MeetingsEdit);
        app.MapPost("/meetings/events/{id:guid}/cancel", Cancel).Needs(Permission.MeetingsEdit);
        app.MapPost("/meetings/events/{id:guid}/thoughts", Think).Needs(Permission.MeetingsSee);
    }

    private static async Task<IResult> All(AppDb db)
    {
        var events = await db.Set<StaffEvent>().AsNoTracking().OrderByDescending(e => e.StartsAt).Take(200).ToListAsync();
        var guests = await db.Set<EventGuest>()
            .AsNoTracking()
            .GroupBy(g => new { g.StaffEventId, g.State })
            .Select(g => new
            {
                g.Key.StaffEventId,
                g.Key.State,
                Count = g.Count(),
            })
            .ToListAsync();
        return Page<EventsPage>(
            new
            {
                Events = events,
                Coming = guests
                    .Where(g => g.State is GuestState.Coming or GuestState.Attended)
                    .GroupBy(g => g.StaffEventId)
                    .ToDictionary(g => g.Key, g => g.Sum(x => x.Count)),
            }
        );
    }

    private static async Task<IResult> Create(Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var what = StaffEvent.By(actor.PersonId);
        Fill(what, form);
        db.Add(what);
        var now = Now(clock);
        await Invited(db, what, form, screen, now);
        db.RemindOf(what, screen.Root, screen.Firm!, now);
        await db.SaveChangesAsync();
        return go.To($"meetings/events/{what.Id}", db, screen.T["staff_event.created", ("event", what.Name)]);
    }

    private static async Task<IResult> Show(Guid id, AppDb db, Screen screen, Actor actor, IEnumerable<IMeetingSection> sections)
    {
        var what = await db.Set<StaffEvent>().AsNoTracking().One(id);
        var guests = await db.Set<EventGuest>()
            .AsNoTracking()
            .Where(g => g.StaffEventId == id)
            .OrderBy(g => g.AnsweredAt ?? DateTime.MaxValue)
            .ThenBy(g => g.Name)
            .ToListAsync();
        return Page<EventPage>(
            new
            {
                Event = what,
                Guests = guests,
                People = await Active(db),
                Over = what.Day <= screen.Today,
                Mine = guests.Find(g => g.PersonId == actor.PersonId && actor.PersonId is not null),
                Organiser = what.OrganisedBy is { } by
                    ? await db.Set<Person>().Where(p => p.Id == by).Select(p => p.Name).SingleOrDefaultAsync()
                    : null,
                Sections = await sections.Shown("staff_event", id, db, screen),
            }
        );
    }

    private static async Task<IResult> Edit(Guid id, AppDb db) =>
        await db.Set<StaffEvent>().AsNoTracking().One(id) is var what
            ? Page<EventFormPage>(new { Event = what, Start = what.StartsAt })
            : throw new Web.NotFound();

    private static async Task<IResult> Save(Guid id, Form form, AppDb db, Screen screen, TimeProvider clock, Go go)
    {
        var what = await db.Set<StaffEvent>().One(id);
        form = await form.Merged(db, what, Typed);
        var (was, where, now) = (what.StartsAt, what.Place, Now(clock));
        Fill(what, form);
        var guests = await db.Set<EventGuest>().Where(g => g.StaffEventId == id).ToListAsync();
        if (was != what.StartsAt || where != what.Place)
            await db.Tell(
                what,
                guests.Where(g => g.State is GuestState.Coming or GuestState.Waiting or GuestState.Invited),
                "changed",
                screen.Root,
                now
            );
        if (was != what.StartsAt)
            db.RemindOf(what, screen.Root, screen.Firm!, now);
        await db.Fill(what, guests, screen.Root, now);
        await db.PutInCalendars(what.Shown, Seats.Coming(guests), screen.Firm!, now);
        await db.SaveChangesAsync();
        return go.To($"meetings/events/{id}", db, screen.T["staff_event.saved", ("event", what.Name)]);
    }

    private static async Task<IResult> Invite(Guid id, Form form, AppDb db, Screen screen, TimeProvider clock, Go go)
    {
        var what = await db.Set<StaffEvent>().One(id);
        what.MustBeAhead();
        var count = await Invited(db, what, form, screen, Now(clock));
        Must(count > 0, "staff_event.nobody_new");
        await db.SaveChangesAsync();
        return go.To($"meetings/events/{id}", db, screen.T["staff_event.invited", ("n", count)]);
    }

    private static async Task<IResult> Answer(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var what = await db.Set<StaffEvent>().One(id);
        var me = await db.Set<Person>().AsNoTracking().One(actor.PersonId!.Value);
        await db.StartWriting();
        var guest = await db.Set<EventGuest>().FirstOrDefaultAsync(g => g.StaffEventId == id && g.PersonId == me.Id);
        // Whoever works here may sign up without being asked.
        if (guest is null)
            db.Add(guest = EventGuest.Of(what, me.Id, new(me.Name, me.Email, me.Language)));
        await db.Answered(what, guest, form.Text("comes") == "yes", screen.Root, screen.Firm!, Now(clock));
        await db.SaveChangesAsync();
        return go.To(
            $"meetings/events/{id}",
            db,
            screen.T["staff_event.answer_" + guest.State.ToString().ToLowerInvariant(), ("event", what.Name)]
        );
    }

    private static async Task<IResult> Hold(Guid id, Form form, AppDb db, Screen screen, TimeProvider clock, Go go)
    {
        var what = await db.Set<StaffEvent>().One(id);
        what.Hold(screen.Today);
        var came = form.All("came").ToHashSet();
        var guests = await db.Set<EventGuest>().Where(g => g.StaffEventId == id).ToListAsync();
        Must(guests.Exists(g => came.Contains($"{g.Id}")), "staff_event.nobody_came");
        foreach (var guest in guests)
        {
            guest.Note(came.Contains($"{guest.Id}"));
            if (guest.State == GuestState.Attended && guest.PersonId is { } person)
                db.State(new Fact("event.attended", person, what.Day, guest.Id, what.Id, null, what.Name));
        }
        await db.Tell(what, guests.Where(g => g.State == GuestState.Attended), "feedback", screen.Root, Now(clock));
        await db.SaveChangesAsync();
        return go.To($"meetings/events/{id}", db, screen.T["staff_event.held", ("event", what.Name)]);
    }

    private static async Task<IResult> Cancel(Guid id, AppDb db, Screen screen, TimeProvider clock, Go go)
    {
        var what = await db.Set<StaffEvent>().One(id);
        what.Cancel();
        var guests = await db.Set<EventGuest>().Where(g => g.StaffEventId == id && g.State != GuestState.Declined).ToListAsync();
        await db.Tell(what, guests, "cancelled", screen.Root, Now(clock));
        await db.TakeOutOfCalendars(what.Shown, screen.Firm!, Now(clock));
        await db.SaveChangesAsync();
        return go.To("meetings/events", db, screen.T["staff_event.cancelled", ("event", what.Name)]);
    }

    private static async Task<IResult> Think(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var what = await db.Set<StaffEvent>().AsNoTracking().One(id);
        var guest =
            await db.Set<EventGuest>().FirstOrDefaultAsync(g => g.StaffEventId == id && g.PersonId == actor.PersonId && g.PersonId != null)
            ?? throw new Web.NotFound();
        guest.Think(what, form.Int("mark") ?? 0, form.Text("thoughts"), Now(clock));
        await db.SaveChangesAsync();
        return go.To($"meetings/events/{id}", db, screen.T["staff_event.thanks"]);
    }

    private static void Fill(StaffEvent what, Form form)
    {
        what.Describe(form.Text("event_name"), form.Text("programme"), form.Text("speaker"), form.Text("place"));
        form.Must("starts_at");
        what.Set(form.Moment("starts_at")!.Value, form.Int("duration") ?? 60, form.Int("places"));
    }

    // Who is invited already is not invited twice.
    private static async Task<int> Invited(AppDb db, StaffEvent what, Form form, Screen screen, DateTime now)
    {
        var there = await db.Set<EventGuest>().Where(g => g.StaffEventId == what.Id).Select(g => g.Email).ToListAsync();
        var people = await Active(db);
        if (!form.Flag("everyone"))
            people = people.FindAll(p => form.All("invite").Contains($"{p.Id}"));
        var guests = people
            .Select(p => EventGuest.Of(what, p.Id, new(p.Name, p.Email, p.Language)))
            .Concat(GuestLine.Read(form.Text("guests"), screen.Firm!.Language).Select(g => EventGuest.Of(what, null, g)))
            .Where(g => !there.Contains(g.Email))
            .DistinctBy(g => g.Email)
            .ToList();
        db.AddRange(guests);
        await db.Tell(what, guests, "invited", screen.Root, now);
        return guests.Count;
    }

    private static IEnumerable<(string, string)> Typed(StaffEvent e) =>
        [
            ("event_name", e.Name),
            ("programme", e.Programme),
            ("speaker", e.Speaker),
            ("place", e.Place),
            ("starts_at", e.StartsAt.ToString("yyyy-MM-dd'T'HH:mm")),
            ("duration", $"{e.Minutes}"),
            ("places", $"{e.Places}"),
        ];

    private static Task<List<Person>> Active(AppDb db) =>
        db.Set<Person>().AsNoTracking().Where(p => p.Active).OrderBy(p => p.NameKey).ToListAsync();

    private static DateTime Now(TimeProvider clock) => clock.GetUtcNow().UtcDateTime;
}
