using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Pages;
using Remit.Modules.Calendar.Recurrence;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

/// <summary>An event made, opened, changed; what else happens to it: <see cref="EventMoves"/>.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this WebApplication app)
    {
        app.MapGet("/calendar/new", New).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/new", Create).Needs(Permission.CalendarEdit);
        app.MapGet("/calendar/items/{id:guid}", Open).Needs(Permission.CalendarSee);
        app.MapPost("/calendar/items/{id:guid}", Save).Needs(Permission.CalendarEdit);
        app.MapEventMoves();
    }

    private static async Task<IResult> New(
        AppDb db,
        Actor actor,
        Screen screen,
        TimeProvider clock,
        string? start,
        int? minutes,
        Guid? client,
        Guid? speaker,
        Guid? calendar,
        string? subject
    )
    {
        var mine = await db.Clock(actor, screen.Firm);
        var from = DateTime.TryParseExact(start, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked)
            ? asked
            : screen.Today.ToDateTime(new TimeOnly(10, 0));
        var name = client is { } id ? (await db.Set<Client>().One(id)).Name : "";
        return Page<EventPage>(
            new
            {
                Calendars = Writable(await db.WithOwnCalendar(actor), actor),
                Start = from,
                End = from.AddMinutes(Math.Clamp(minutes ?? 60, 15, 1440)),
                ClientName = name,
                Clients = await Names(db, screen),
                Clock = mine,
                Templates = await MeetingTemplate.All(db, screen.T),
                Speakers = await SpeakerNames(db),
                SpeakerId = speaker,
                CalendarId = calendar,
                Subject = subject is { Length: <= 300 } ? subject : "",
            }
        );
    }

    private static async Task<IResult> Create(Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var book = Writable(await db.WithOwnCalendar(actor), actor).Find(c => c.Id == form.Id("calendar")) ?? throw new Web.NotFound();
        var draft = EventForm.Draft(form, await db.Clock(actor, screen.Firm));
        var uid = Guid.NewGuid().ToString();
        var item = CalendarItem.In(
            book.Id,
            uid + ".ics",
            CalendarObject.Of(EventEdit.New(draft, uid, Now(clock))),
            CalendarQueries.ZoneOf(screen.Firm)
        );
        await Mean(item, form, db);
        var clash = await Clashes.Of(db, item, book, screen, Now(clock));
        db.Add(item);
        await db.SaveChangesAsync();
        return go.To(EventForm.Back(draft), db, screen.T["event.created", ("event", item.Title)] + clash);
    }

    private static async Task<IResult> Open(Guid id, AppDb db, Actor actor, Screen screen, TimeProvider clock, string? at)
    {
        var (item, book, time, series) = await EventAt.Find(id, at, db, actor, screen);
        var mine = await db.Clock(actor, screen.Firm);
        // An event that has a clock of its own is written on that clock, and shown on mine beside it.
        var own = EventForm.ClockOf(time, mine, screen.Firm!);
        var entry = WeekView.Of(new Shown(book, item, time, false), own.Zone, "", false);
        var client = item.ClientId is { } c ? await db.Set<Client>().AsNoTracking().SingleOrDefaultAsync(x => x.Id == c) : null;
        return Page<EventPage>(
            new
            {
                Calendars = Writable(await db.Calendars(actor), actor),
                Start = entry.From,
                End = entry.To,
                Item = item,
                Book = book,
                Time = time,
                Over = time.End <= Civil.Seconds(Now(clock)),
                ClientName = client?.Name ?? "",
                Clients = await Names(db, screen),
                Rule = EventForm.RuleOf(series),
                MayEdit = book.EditedBy(actor),
                Clock = own,
                Templates = await MeetingTemplate.All(db, screen.T),
                Speakers = await SpeakerNames(db),
                SpeakerId = item.SpeakerId,
                Days = await Days(db, id, Civil.Moment(time.Start)),
                Invitations = await db.Set<Invitation>().AsNoTracking().Where(i => i.CalendarItemId == id).OrderBy(i => i.Id).ToListAsync(),
                Known = await Guests.Known(db, item),
                Mail = await db.Set<Mail.MailSettings>().AnyAsync(),
                Mine = mine,
                Elsewhere = await Elsewhere(db, screen, item, time, client, (mine, own)),
            }
        );
    }

    private static async Task<Dictionary<Guid, DayAnswer>> Days(AppDb db, Guid item, DateTime start) =>
        await db.Set<DayAnswer>()
            .AsNoTracking()
            .Where(d => d.StartsAt == start && db.Set<Invitation>().Any(i => i.Id == d.InvitationId && i.CalendarItemId == item))
            .ToDictionaryAsync(d => d.InvitationId);

    private static async Task<string> Elsewhere(
        AppDb db,
        Screen screen,
        CalendarItem item,
        Occurrence time,
        Client? client,
        (Clock Mine, Clock Own) clocks
    )
    {
        if (time.AllDay)
            return "";
        var speaker = item.SpeakerId is { } s
            ? await db.Set<Speaker>().Where(x => x.Id == s).Select(x => x.TimeZone).SingleOrDefaultAsync()
            : null;
        return OtherClocks.Of(
            Civil.Moment(time.Start),
            clocks.Own,
            [
                clocks.Mine.Name,
                client is null ? null
                : client.TimeZone.Length > 0 ? client.TimeZone
                : ZoneNames.OfCountry(client.Country),
                speaker,
            ],
            screen.T
        );
    }

    private static async Task<IResult> Save(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var at = await EventAt.ToWrite(id, form, db, actor, screen);
        var (item, book, time, series) = at;
        var books = Writable(await db.Calendars(actor), actor);
        var own = await db.Clock(actor, screen.Firm);
        form = await form.Merged(db, at, own, books, screen);
        var mine = EventForm.ClockOf(form, own);
        var draft = EventForm.Draft(form, mine);
        // A series keeps its own clock, whatever clock it was looked at on; a single event takes the one that was chosen.
        if (!draft.Start.IsDate && !time.Local.IsDate && (series.Repeats || form.Text("zone") is null))
        {
            var start = at.OnItsClock(Civil.Moment(draft.Start.Local), mine.Zone);
            draft = draft with { Start = start, End = start with { Local = start.Local + draft.End.Local - draft.Start.Local } };
        }
        var target =
            form.Id("calendar") is { } to && to != item.CalendarBookId ? books.Find(c => c.Id == to) ?? throw new Web.NotFound() : book;
        var scope = EventForm.ScopeOf(form, Scope.All);
        var changed = await at.Apply(db, draft, scope, screen, Now(clock));
        await Mean(item, form, db);
        var clash = await Clashes.Of(
            db,
            changed,
            target,
            screen,
            Now(clock),
            scope == Scope.This && series.Repeats ? time.Id : null,
            item.Id
        );
        if (target.Id != item.CalendarBookId)
            item.MoveTo(target);
        await db.SaveChangesAsync();
        return go.To(EventForm.Back(draft), db, screen.T["event.saved", ("event", item.Title)] + clash);
    }

    internal static async Task<Guid?> ClientOf(Form form, AppDb db)
    {
        if (form.Text("client_name") is not { } name)
            return null;
        var (folded, length) = (Folding.Of(name) + " ", name.Length);
        return await db.Set<Client>()
                .Where(c => c.Name.Length == length && c.Folded.StartsWith(folded))
                .OrderBy(c => c.Id)
                .Select(c => (Guid?)c.Id)
                .FirstOrDefaultAsync()
            ?? throw new Refusal("event.no_client", ("client", name)) { Field = "client_name" };
    }

    private static async Task<List<string>> Names(AppDb db, Screen screen) =>
        screen.Can(Permission.ClientsSee)
            ? await db.Set<Client>().Served().OrderBy(c => c.NameKey).Select(c => c.Name).Take(300).ToListAsync()
            : [];

    private static async Task Mean(CalendarItem item, Form form, AppDb db)
    {
        item.Mean(EventForm.KindOf(form), await ClientOf(form, db));
        var speaker = form.Id("speaker");
        if (speaker is { } id)
            await db.Set<Speaker>().One(id);
        item.Meet(form.Text("where") == "online", speaker);
    }

    private static Task<List<Speaker>> SpeakerNames(AppDb db) => db.Set<Speaker>().AsNoTracking().OrderBy(s => s.Name).ToListAsync();

    private static List<CalendarBook> Writable(List<CalendarBook> books, Actor actor) => books.FindAll(b => b.EditedBy(actor));

    private static DateTime Now(TimeProvider clock) => clock.GetUtcNow().UtcDateTime;
}
