using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Clients;
using Remit.Modules.Mail;
using Remit.Modules.Meetings.Pages;
using Remit.Modules.People;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Meetings;

/// <summary>Series of meetings: made, changed, ended.</summary>
internal static class SeriesEndpoints
{
    public static void MapSeries(this WebApplication app)
    {
        app.MapGet("/meetings", All).Needs(Permission.MeetingsSee);
        app.MapGet("/meetings/new", New).Needs(Permission.MeetingsEdit);
        app.MapPost("/meetings/new", Create).Needs(Permission.MeetingsEdit);
        app.MapGet("/meetings/series/{id:guid}", Show).Needs(Permission.MeetingsSee);
        app.MapPost("/meetings/series/{id:guid}", Save).Needs(Permission.MeetingsSee);
        app.MapPost("/meetings/series/{id:guid}/end", End).Needs(Permission.MeetingsSee);
    }

    private static async Task<IResult> All(AppDb db, Actor actor, Screen screen)
    {
        var from = screen.Today.ToDateTime(default, DateTimeKind.Utc);
        var seen = db.Set<Meeting>().AsNoTracking().SeenBy(db, actor, screen.Today);
        return Page<MeetingsPage>(
            new
            {
                Ahead = await seen.Where(m => m.Stage == MeetingStage.Planned && m.StartsAt < from.AddDays(MeetingPlan.DaysAhead))
                    .OrderBy(m => m.StartsAt)
                    .Take(60)
                    .ToListAsync(),
                Behind = await seen.Where(m => m.Stage == MeetingStage.Held).OrderByDescending(m => m.StartsAt).Take(30).ToListAsync(),
                Series = await db.Set<MeetingSeries>()
                    .AsNoTracking()
                    .SeenBy(db, actor, screen.Today)
                    .OrderBy(s => s.Name)
                    .Take(200)
                    .ToListAsync(),
            }
        );
    }

    private static async Task<IResult> New(AppDb db, Actor actor, Screen screen, Guid? client)
    {
        var name = client is { } id ? (await db.Set<Client>().One(id)).Name : "";
        return Page<SeriesPage>(
            new
            {
                Hands = await db.Hands(),
                Lead = new Hand(actor.PersonId, null),
                Start = screen.Today.AddDays(1).ToDateTime(new TimeOnly(10, 0)),
                ClientName = name,
                Edits = true,
            }
        );
    }

    private static async Task<IResult> Create(Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var series = MeetingSeries.Of(await HandOf(form, "lead", db) ?? new(actor.PersonId, null), actor.PersonId);
        await Fill(series, form, db, screen);
        db.Add(series);
        var guests = await Members(db, series, form, screen, []);
        await db.Refresh(series, screen.Firm!, clock.GetUtcNow().UtcDateTime);
        if (guests.Count > 0 && await db.Set<MailSettings>().AnyAsync())
            foreach (var guest in guests)
                db.Later(Invitation(series, guest, screen, clock).Job());
        foreach (var person in (await Circle.Of(db, series, screen.Today)).Ids)
            db.Tell(
                person,
                "notice.meeting_invited",
                $"meetings/series/{series.Id}",
                ("meeting", series.Name),
                ("day", $"{series.StartsAt:yyyy-MM-dd}"),
                ("time", $"{series.StartsAt:HH:mm}")
            );
        await db.SaveChangesAsync();
        return go.To($"meetings/series/{series.Id}", db, screen.T["meetings.created", ("meeting", series.Name)]);
    }

    private static async Task<IResult> Show(Guid id, AppDb db, Actor actor, Screen screen, IEnumerable<IMeetingSection> sections)
    {
        var series = await db.Set<MeetingSeries>().AsNoTracking().SeenBy(db, actor, screen.Today).One(id);
        var members = await db.Set<MeetingMember>().AsNoTracking().Where(m => m.MeetingSeriesId == id).ToListAsync();
        return Page<SeriesPage>(
            new
            {
                Series = series,
                Members = members,
                Circle = await Circle.Of(db, series, screen.Today),
                Hands = await db.Hands(),
                Lead = series.Lead,
                Start = series.StartsAt,
                ClientName = series.ClientId is { } c
                    ? await db.Set<Client>().Where(x => x.Id == c).Select(x => x.Name).SingleOrDefaultAsync() ?? ""
                    : "",
                Meetings = await db.Set<Meeting>()
                    .AsNoTracking()
                    .Where(m => m.MeetingSeriesId == id)
                    .OrderByDescending(m => m.StartsAt)
                    .Take(100)
                    .ToListAsync(),
                Edits = series.EndsOn is null && await series.IsRunBy(db, actor, screen.Today),
                Sections = await sections.Shown("meeting_series", id, db, screen),
            }
        );
    }

    private static async Task<IResult> Save(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var series = await Run(id, db, actor, screen);
        form = await Merged(form, db, series, screen);
        if (await HandOf(form, "lead", db) is { } lead)
            series.LedBy(lead);
        await Fill(series, form, db, screen);
        var before = await db.Set<MeetingMember>().Where(m => m.MeetingSeriesId == id).ToListAsync();
        db.RemoveRange(before);
        await Members(db, series, form, screen, before);
        await db.Refresh(series, screen.Firm!, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        return go.To($"meetings/series/{id}", db, screen.T["meetings.saved", ("meeting", series.Name)]);
    }

    private static async Task<IResult> End(Guid id, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var series = await Run(id, db, actor, screen);
        Must(series.EndsOn is null, "meetings.ended_already", ("meeting", series.Name));
        series.End(screen.Today.AddDays(-1));
        await db.Refresh(series, screen.Firm!, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        return go.To("meetings", db, screen.T["meetings.ended", ("meeting", series.Name)]);
    }

    private static async Task Fill(MeetingSeries series, Form form, AppDb db, Screen screen)
    {
        series.Describe(form.Text("meeting_name"), form.Text("purpose"), form.Text("place"), await ClientOf(form, db, screen));
        form.Must("starts_at");
        var start = form.Moment("starts_at")!.Value;
        series.Set(start, form.Int("duration") ?? 60, form.RepeatOf(DateOnly.FromDateTime(start)));
    }

    private static async Task<Form> Merged(Form form, AppDb db, MeetingSeries series, Screen screen)
    {
        var past = await db.At(series, form.Int("version") ?? series.Version);
        var clients = await db.Set<Client>()
            .Where(c => c.Id == series.ClientId || c.Id == past.ClientId)
            .ToDictionaryAsync(c => c.Id, c => c.Name);
        return await form.Merged(
            db,
            series,
            s =>
                [
                    ("meeting_name", s.Name),
                    ("purpose", s.Purpose),
                    ("place", s.Place),
                    ("client_name", s.ClientId is { } id ? clients.GetValueOrDefault(id, "") : ""),
                    ("starts_at", $"{s.StartsAt:yyyy-MM-dd'T'HH:mm}"),
                    ("duration", $"{s.Minutes}"),
                    ("lead", $"{s.Lead}"),
                    .. Appointments.Repeated(s.Rule, screen.Firm!),
                ],
            word => Appointments.Called(word, screen.T)
        );
    }

    // The members are those of before with what the form changes of them; the caller has removed them.
    private static async Task<List<MeetingMember>> Members(
        AppDb db,
        MeetingSeries series,
        Form form,
        Screen screen,
        IReadOnlyList<MeetingMember> before
    )
    {
        var hands = await db.Hands();
        var names = hands
            .People.ToDictionary(p => new Hand(p.Id, null), p => p.Name)
            .Concat(hands.Positions.ToDictionary(p => new Hand(null, p.Id), p => p.Name))
            .ToDictionary();
        var here = before.Where(m => m.Email.Length == 0).Select(m => $"{new Hand(m.PersonId, m.PositionId)}").ToList();
        foreach (var hand in form.Chosen("member", here).Select(Hand.Read).OfType<Hand>().Distinct().Where(names.ContainsKey))
            db.Add(MeetingMember.Of(series.Id, hand, names[hand]));
        var invited = before.Where(m => m.Email.Length > 0).Select(m => new GuestLine(m.Name, m.Email, m.Language)).ToList();
        var had = form.Sent("had_guests") is { } shown ? GuestLine.Read(shown, screen.Firm!.Language) : invited;
        var guests = Merging
            .Chosen(invited, had, GuestLine.Read(form.Text("guests"), screen.Firm!.Language))
            .DistinctBy(g => g.Email)
            .Select(g => MeetingMember.Guest(series.Id, g))
            .ToList();
        db.AddRange(guests);
        return guests;
    }

    private static Letter Invitation(MeetingSeries series, MeetingMember guest, Screen screen, TimeProvider clock)
    {
        var t = new T(guest.Language);
        (string, object?)[] values =
        [
            ("meeting", series.Name),
            ("day", DateOnly.FromDateTime(series.StartsAt)),
            ("time", $"{series.StartsAt:HH:mm}"),
            ("firm", screen.Firm!.Name),
            ("name", guest.Name),
            ("place", series.Place.Length > 0 ? series.Place : "–"),
            ("purpose", series.Purpose),
        ];
        return new Letter(guest.Email, t["letter.meeting_subject", values], t["letter.meeting", values])
        {
            Calendar = MeetingPlan.Shown(series, []).Text(screen.Firm!, clock.GetUtcNow().UtcDateTime),
            About = series.About($"meetings/series/{series.Id}"),
        };
    }

    internal static async Task<Hand?> HandOf(Form form, string field, AppDb db)
    {
        if (Hand.Read(form.Text(field)) is not { } hand)
            return null;
        if (hand.PersonId is { } person)
            Must((await db.Set<Person>().AsNoTracking().One(person)) is { Active: true }, "meetings.has_left");
        else
            await db.Set<Position>().AsNoTracking().One(hand.PositionId!.Value);
        return hand;
    }

    private static async Task<Guid?> ClientOf(Form form, AppDb db, Screen screen)
    {
        if (form.Text("client_name") is not { } name || !screen.Can(Permission.ClientsSee))
            return null;
        var (folded, length) = (Folding.Of(name) + " ", name.Length);
        return await db.Set<Client>()
                .Where(c => c.Name.Length == length && c.Folded.StartsWith(folded))
                .OrderBy(c => c.Id)
                .Select(c => (Guid?)c.Id)
                .FirstOrDefaultAsync()
            ?? throw new Refusal("meetings.no_client", ("client", name)) { Field = "client_name" };
    }

    private static async Task<MeetingSeries> Run(Guid id, AppDb db, Actor actor, Screen screen)
    {
        var series = await db.Set<MeetingSeries>().SeenBy(db, actor, screen.Today).One(id);
        return await series.IsRunBy(db, actor, screen.Today) ? series : throw new Web.NotFound();
    }
}
