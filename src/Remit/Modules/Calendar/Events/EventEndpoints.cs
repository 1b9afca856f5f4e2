using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Pages;
using Remit.Modules.Calendar.Recurrence;
using Remit.Modules.Clients;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;
using static Remit.Modules.Calendar.CalendarEndpoints;

namespace Remit.Modules.Calendar;

/// <summary>An event made, opened, changed, moved, taken out, held.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this WebApplication app)
    {
        app.MapGet("/calendar/new", New).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/new", Create).Needs(Permission.CalendarEdit);
        app.MapGet("/calendar/items/{id:guid}", Open).Needs(Permission.CalendarSee);
        app.MapPost("/calendar/items/{id:guid}", Save).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/items/{id:guid}/move", Move).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/items/{id:guid}/drop", Drop).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/items/{id:guid}/hold", Hold).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/items/{id:guid}/miss", Miss).Needs(Permission.CalendarEdit);
    }

    private static async Task<IResult> New(AppDb db, Actor actor, Screen screen, TimeProvider clock, string? start, int? minutes, Guid? client, Guid? speaker, Guid? calendar, string? subject)
    {
        var mine = await db.Clock(actor, screen.Firm);
        var from = DateTime.TryParseExact(start, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var asked) ? asked : screen.Today.ToDateTime(new TimeOnly(10, 0));
        var name = client is { } id ? (await db.Set<Client>().One(id)).Name : "";
        return Page<EventPage>(new
        {
            Calendars = Writable(await db.WithOwnCalendar(actor), actor), Start = from, End = from.AddMinutes(Math.Clamp(minutes ?? 60, 15, 1440)), ClientName = name, Clients = await Names(db, screen),
            Clock = mine, Templates = await MeetingTemplate.All(db, screen.T), Speakers = await SpeakerNames(db), SpeakerId = speaker, CalendarId = calendar, Subject = subject is { Length: <= 300 } ? subject : "",
        });
    }

    private static async Task<IResult> Create(Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var book = Writable(await db.WithOwnCalendar(actor), actor).Find(c => c.Id == form.Id("calendar")) ?? throw new Web.NotFound();
        var draft = EventForm.Draft(form, await db.Clock(actor, screen.Firm));
        var uid = Guid.NewGuid().ToString();
        var item = CalendarItem.In(book.Id, uid + ".ics", CalendarObject.Of(EventEdit.New(draft, uid, Now(clock))), CalendarQueries.ZoneOf(screen.Firm));
        await Mean(item, form, db);
        var clash = await Clashes.Of(db, item, book, screen, Now(clock));
        db.Add(item);
        await db.SaveChangesAsync();
        return go.To(EventForm.Back(draft), db, screen.T["event.created", ("event", item.Title)] + clash);
    }

    private static async Task<IResult> Open(Guid id, AppDb db, Actor actor, Screen screen, TimeProvider clock, string? at)
    {
        var (item, book, time, series) = await Find(id, at, db, actor, screen);
        var mine = await db.Clock(actor, screen.Firm);
        // An event that has a clock of its own is written on that clock, and shown on mine beside it.
        var own = time.Local is { Form: TimeForm.Zoned, Tzid: { } tzid } && Zone.Named(tzid) is not null ? Clock.Of(tzid, screen.Firm) : mine;
        var entry = WeekView.Of(new Shown(book, item, time, false), own.Zone, "", false);
        var client = item.ClientId is { } c ? await db.Set<Client>().AsNoTracking().SingleOrDefaultAsync(x => x.Id == c) : null;
        return Page<EventPage>(new
        {
            Calendars = Writable(await db.Calendars(actor), actor), Start = entry.From, End = entry.To, Item = item, Book = book, Time = time, Over = time.End <= Civil.Seconds(Now(clock)),
            ClientName = client?.Name ?? "", Clients = await Names(db, screen), Rule = Rule.Parse(series.Master?.Find("RRULE")?.Value ?? ""), MayEdit = book.EditedBy(actor), Clock = own,
            Templates = await MeetingTemplate.All(db, screen.T), Speakers = await SpeakerNames(db), SpeakerId = item.SpeakerId,
            Days = await Days(db, id, Civil.Moment(time.Start)), Invitations = await db.Set<Invitation>().AsNoTracking().Where(i => i.CalendarItemId == id).OrderBy(i => i.Id).ToListAsync(), Known = await Guests.Known(db, item),
            Mail = await db.Set<Mail.MailSettings>().AnyAsync(), Mine = mine, Elsewhere = await Elsewhere(db, screen, item, time, client, (mine, own)),
        });
    }

    private static async Task<Dictionary<Guid, DayAnswer>> Days(AppDb db, Guid item, DateTime start) =>
        await db.Set<DayAnswer>().AsNoTracking().Where(d => d.StartsAt == start && db.Set<Invitation>().Any(i => i.Id == d.InvitationId && i.CalendarItemId == item)).ToDictionaryAsync(d => d.InvitationId);

    private static async Task<string> Elsewhere(AppDb db, Screen screen, CalendarItem item, Occurrence time, Client? client, (Clock Mine, Clock Own) clocks)
    {
        if (time.AllDay) return "";
        var speaker = item.SpeakerId is { } s ? await db.Set<Speaker>().Where(x => x.Id == s).Select(x => x.TimeZone).SingleOrDefaultAsync() : null;
        return OtherClocks.Of(Civil.Moment(time.Start), clocks.Own, [clocks.Mine.Name, client is null ? null : client.TimeZone.Length > 0 ? client.TimeZone : ZoneNames.OfCountry(client.Country), speaker], screen.T);
    }

    private static async Task<IResult> Save(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var (item, book, time, series) = await FindToWrite(id, form, db, actor, screen);
        var mine = EventForm.ClockOf(form, await db.Clock(actor, screen.Firm));
        var draft = EventForm.Draft(form, mine);
        // A series keeps its own clock, whatever clock it was looked at on; a single event takes the one that was chosen.
        if (!draft.Start.IsDate && !time.Local.IsDate && (series.Repeats || form.Text("zone") is null))
        {
            var start = OnClockOf(time.Local, Civil.Moment(draft.Start.Local), mine.Zone, series);
            draft = draft with { Start = start, End = start with { Local = start.Local + draft.End.Local - draft.Start.Local } };
        }
        var books = Writable(await db.Calendars(actor), actor);
        var target = form.Id("calendar") is { } to && to != item.CalendarBookId ? books.Find(c => c.Id == to) ?? throw new Web.NotFound() : book;
        var scope = ScopeOf(form, Scope.All);
        var changed = await Apply(db, item, time, series, draft, scope, screen, Now(clock));
        await Mean(item, form, db);
        var clash = await Clashes.Of(db, changed, target, screen, Now(clock), scope == Scope.This && series.Repeats ? time.Id : null, item.Id);
        if (target.Id != item.CalendarBookId) item.MoveTo(target);
        await db.SaveChangesAsync();
        return go.To(EventForm.Back(draft), db, screen.T["event.saved", ("event", item.Title)] + clash);
    }

    // Dragging or the arrow keys: the same event, another time.
    private static async Task<IResult> Move(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var (item, book, time, series) = await FindToWrite(id, form, db, actor, screen);
        form.Must("starts_at");
        var zone = (await db.Clock(actor, screen.Firm)).Zone;
        var minutes = form.Int("duration") ?? (int)((time.End - time.Start) / 60);
        Must(minutes is > 0 and <= 7 * 24 * 60, "event.length");
        // The clock of the series is kept; only the moment is another.
        var start = OnClockOf(time.Local, form.Moment("starts_at")!.Value, zone, series);
        var source = time.Source;
        var draft = new EventDraft(source.Text("SUMMARY"), source.Text("LOCATION"), source.Text("DESCRIPTION"), start, start with { Local = start.Local + minutes * 60L },
            Rule.Parse(series.Master?.Find("RRULE")?.Value ?? ""), item.Private);
        var scope = ScopeOf(form, Scope.This);
        var changed = await Apply(db, item, time, series, draft, scope, screen, Now(clock));
        var clash = await Clashes.Of(db, changed, book, screen, Now(clock), scope == Scope.This && series.Repeats ? time.Id : null, item.Id);
        await db.SaveChangesAsync();
        return go.To(EventForm.Back(draft), db, screen.T["event.moved", ("event", item.Title)] + clash);
    }

    private static async Task<IResult> Drop(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var (item, _, time, series) = await FindToWrite(id, form, db, actor, screen);
        Must(item.State != MeetingState.Held, "meeting.held_stays", ("meeting", item.Title));
        var (root, scope) = (item.Root(), series.Repeats ? ScopeOf(form, Scope.All) : Scope.All);
        if (scope == Scope.All || series.Extent().First == time.Start && scope == Scope.Following) db.Remove(item);
        else
        {
            if (scope == Scope.This) EventEdit.Drop(root, time, Now(clock)); else EventEdit.End(root, time, series.Zone, Now(clock));
            item.Write(CalendarObject.Of(root), CalendarQueries.ZoneOf(screen.Firm));
        }
        await db.SaveChangesAsync();
        return go.To($"calendar?day={Civil.Date(Civil.DayOf(time.Local.Local)):yyyy-MM-dd}", db, screen.T["event.dropped", ("event", item.Title)]);
    }

    private static async Task<IResult> Hold(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var (item, book, time, series) = await FindToWrite(id, form, db, actor, screen);
        var held = series.Repeats ? Alone(db, item, book, time, screen, Now(clock)) : item;
        held.Hold(form.Text("outcome"), form.Text("next_step"), screen.Today);
        // The kind is a fact of its own, so that a duty can be bound to it.
        foreach (var code in (string[])["meeting.held", MeetingFacts.Of(held.Kind)])
            db.State(new Fact(code, book.OwnerId ?? actor.PersonId, screen.Today, held.Id, held.Id, held.ClientId, held.Title));
        if (held.NextStep.Length > 0 && form.Day("next_on") is { } due)
            db.Add(WorkTask.Give(held.NextStep, due, actor.PersonId, null, actor.PersonId, Now(clock), held.ClientId is { } client ? ("client", client) : null));
        await db.SaveChangesAsync();
        return go.To($"calendar/items/{held.Id}", db, screen.T["meeting.held", ("meeting", held.Title)]);
    }

    private static async Task<IResult> Miss(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var (item, book, time, series) = await FindToWrite(id, form, db, actor, screen);
        Must(item.State != MeetingState.Held, "meeting.held_already", ("meeting", item.Title));
        (series.Repeats ? Alone(db, item, book, time, screen, Now(clock)) : item).Miss(form.Text("outcome"));
        await db.SaveChangesAsync();
        return go.To("calendar", db, screen.T["meeting.missed", ("meeting", item.Title)]);
    }

    // One time of a series that has an outcome of its own leaves the series and stands by itself.
    private static CalendarItem Alone(AppDb db, CalendarItem item, CalendarBook book, Occurrence time, Screen screen, DateTime now)
    {
        var (root, uid, zone) = (item.Root(), Guid.NewGuid().ToString(), CalendarQueries.ZoneOf(screen.Firm));
        var start = time.Local;
        var draft = new EventDraft(time.Source.Text("SUMMARY"), time.Source.Text("LOCATION"), time.Source.Text("DESCRIPTION"), start, start with { Local = start.Local + Math.Max(0, time.End - time.Start) }, null, item.Private);
        var alone = CalendarItem.In(book.Id, uid + ".ics", CalendarObject.Of(EventEdit.New(draft, uid, now)), zone);
        alone.Mean(item.Kind, item.ClientId);
        alone.Meet(item.Online, item.SpeakerId);
        db.Add(alone);
        EventEdit.Drop(root, time, now);
        item.Write(CalendarObject.Of(root), zone);
        return alone;
    }

    // The event that holds the changed times: this one, or the series that goes on from it.
    private static async Task<CalendarItem> Apply(AppDb db, CalendarItem item, Occurrence time, Series series, EventDraft draft, Scope scope, Screen screen, DateTime now)
    {
        var (root, zone) = (item.Root(), CalendarQueries.ZoneOf(screen.Firm));
        if (scope == Scope.This && series.Repeats) EventEdit.This(root, time, draft, now);
        else if (scope == Scope.Following && EventEdit.Following(root, time, draft, series.Zone, Guid.NewGuid().ToString(), now) is { } later)
        {
            var next = CalendarObject.Of(later);
            var rest = CalendarItem.In(item.CalendarBookId, next.Uid + ".ics", next, zone);
            rest.Mean(item.Kind, item.ClientId);
            rest.Meet(item.Online, item.SpeakerId);
            db.Add(rest);
            await db.Carry(item, rest, draft.Start == time.Local && draft.End.Local - draft.Start.Local == time.End - time.Start && draft.Rule?.ToString() == series.Master?.Find("RRULE")?.Value, now);
            item.Write(CalendarObject.Of(root), zone);
            return rest;
        }
        else EventEdit.All(root, time, draft, now, true);
        item.Write(CalendarObject.Of(root), zone);
        return item;
    }

    private static async Task<(CalendarItem Item, CalendarBook Book, Occurrence Time, Series Series)> Find(Guid id, string? at, AppDb db, Actor actor, Screen screen)
    {
        var item = await db.Set<CalendarItem>().One(id);
        var book = await db.Set<CalendarBook>().AsNoTracking().SingleAsync(c => c.Id == item.CalendarBookId);
        if (!book.SeenWholeBy(actor) || item.Private && book.OwnerId != actor.PersonId || item.Component != "VEVENT") throw new Web.NotFound();
        var series = Series.Of(item.Root(), CalendarQueries.ZoneOf(screen.Firm))[0];
        var first = Civil.Seconds(item.StartsAt);
        var wanted = TimeValue.Parse(at ?? "", null);
        // The window is a few days around the named time: its zone is not in its name.
        var around = wanted?.Local ?? first;
        var near = series.Between(around - 400 * (long)Civil.Day, around + 400 * (long)Civil.Day);
        var time = wanted is { } w ? near.FirstOrDefault(o => o.Id.Text == w.Text) : null;
        return (item, book, time ?? near.FirstOrDefault() ?? throw new Web.NotFound(), series);
    }

    private static async Task<(CalendarItem Item, CalendarBook Book, Occurrence Time, Series Series)> FindToWrite(Guid id, Form form, AppDb db, Actor actor, Screen screen)
    {
        var found = await Find(id, form.Text("at"), db, actor, screen);
        if (!found.Book.EditedBy(actor)) throw new Web.NotFound();
        db.Entry(found.Item).Property(i => i.Version).OriginalValue = form.Int("version") ?? found.Item.Version;
        return found;
    }

    private static TimeValue OnClockOf(TimeValue old, DateTime wanted, Zone mine, Series series)
    {
        if (old.IsDate) return new TimeValue(Civil.Seconds(wanted.Date), TimeForm.Date);
        var utc = mine.ToUtc(Civil.Seconds(wanted));
        return old with { Local = old.Form == TimeForm.Utc ? utc : old.Form == TimeForm.Floating ? Civil.Seconds(wanted) : series.Zone.ToLocal(utc) };
    }

    internal static async Task<Guid?> ClientOf(Form form, AppDb db)
    {
        if (form.Text("client_name") is not { } name) return null;
        var (folded, length) = (Folding.Of(name) + " ", name.Length);
        return await db.Set<Client>().Where(c => c.Name.Length == length && c.Folded.StartsWith(folded)).OrderBy(c => c.Id).Select(c => (Guid?)c.Id).FirstOrDefaultAsync()
            ?? throw new Refusal("event.no_client", ("client", name)) { Field = "client_name" };
    }

    private static async Task<List<string>> Names(AppDb db, Screen screen) =>
        screen.Can(Permission.ClientsSee) ? await db.Set<Client>().Served().OrderBy(c => c.NameKey).Select(c => c.Name).Take(300).ToListAsync() : [];

    private static async Task Mean(CalendarItem item, Form form, AppDb db)
    {
        item.Mean(EventForm.KindOf(form), await ClientOf(form, db));
        var speaker = form.Id("speaker");
        if (speaker is { } id) await db.Set<Speaker>().One(id);
        item.Meet(form.Text("where") == "online", speaker);
    }

    private static Task<List<Speaker>> SpeakerNames(AppDb db) => db.Set<Speaker>().AsNoTracking().OrderBy(s => s.Name).ToListAsync();

    private static Scope ScopeOf(Form form, Scope otherwise) => Enum.TryParse<Scope>(form.Text("scope"), out var scope) && Enum.IsDefined(scope) ? scope : otherwise;
    private static List<CalendarBook> Writable(List<CalendarBook> books, Actor actor) => books.FindAll(b => b.EditedBy(actor));
    private static DateTime Now(TimeProvider clock) => clock.GetUtcNow().UtcDateTime;
}
