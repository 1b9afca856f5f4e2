using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Pages;
using Remit.Modules.Clients;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>Speakers, and their dates held, confirmed, released.</summary>
internal static class SpeakerEndpoints
{
    public static void MapSpeakers(this WebApplication app)
    {
        app.MapGet("/calendar/speakers", List).Needs(Permission.CalendarSee);
        app.MapPost("/calendar/speakers", Add).Needs(Permission.CalendarEdit);
        app.MapGet("/calendar/speakers/{id:guid}", Show).Needs(Permission.CalendarSee);
        app.MapPost("/calendar/speakers/{id:guid}", Save).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/speakers/{id:guid}/hold", Hold).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/holds/{id:guid}/confirm", Confirm).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/holds/{id:guid}/release", Release).Needs(Permission.CalendarEdit);
    }

    private static async Task<IResult> List(AppDb db, TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var holds = (
            await db.Set<SpeakerHold>().AsNoTracking().Where(h => h.EndsAt > now && h.State != HoldState.Released).ToListAsync()
        ).ToLookup(h => h.SpeakerId);
        return Page<SpeakersPage>(
            new
            {
                Speakers = await db.Set<Speaker>().AsNoTracking().OrderBy(s => s.Name).ToListAsync(),
                Holds = holds,
                People = await People(db),
            }
        );
    }

    private static async Task<IResult> Add(Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        await db.StartWriting();
        var book = CalendarBook.New(Rules.Filled(form.Text("name"), "speaker.no_name", "name"), CalendarKind.Speaker, null);
        book.Paint(await db.FreeColour());
        var speaker = Speaker.With(book, actor.PersonId, clock.GetUtcNow().UtcDateTime);
        Fill(speaker, form);
        db.AddRange(book, speaker);
        await db.SaveChangesAsync();
        return go.To($"calendar/speakers/{speaker.Id}", db, screen.T["speaker.saved", ("speaker", speaker.Name)]);
    }

    private static async Task<IResult> Show(Guid id, AppDb db, Actor actor, Screen screen)
    {
        var speaker = await db.Set<Speaker>().AsNoTracking().One(id);
        var holds = await db.Set<SpeakerHold>()
            .AsNoTracking()
            .Where(h => h.SpeakerId == id)
            .OrderByDescending(h => h.StartsAt)
            .ThenBy(h => h.PlacedAt)
            .Take(500)
            .ToListAsync();
        var clients = holds.Select(h => h.ClientId).OfType<Guid>().ToList();
        return Page<SpeakerPage>(
            new
            {
                Speaker = speaker,
                Holds = holds,
                People = await People(db),
                Clock = await db.Clock(actor, screen.Firm),
                Clients = await db.Set<Client>().Where(c => clients.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name),
                Offered = screen.Can(Permission.ClientsSee)
                    ? await db.Set<Client>().Served().OrderBy(c => c.NameKey).Select(c => c.Name).Take(300).ToListAsync()
                    : [],
            }
        );
    }

    private static async Task<IResult> Save(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        var speaker = await db.Set<Speaker>().One(id);
        form = await form.Merged(
            db,
            speaker,
            s =>
                [
                    ("name", s.Name),
                    ("email", s.Email),
                    ("phone", s.Phone),
                    ("topics", s.Topics),
                    ("lang", s.Language),
                    ("time_zone", s.TimeZone),
                    ("birthday", $"{s.Birthday:yyyy-MM-dd}"),
                    ("speaker_owner", $"{s.OwnerId}"),
                ]
        );
        Fill(speaker, form);
        (await db.Set<CalendarBook>().One(speaker.CalendarBookId)).Rename(speaker.Name);
        await db.SaveChangesAsync();
        return go.To($"calendar/speakers/{id}", db, screen.T["speaker.saved", ("speaker", speaker.Name)]);
    }

    private static async Task<IResult> Hold(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        await db.StartWriting();
        var (speaker, row) = (await db.Set<Speaker>().AsNoTracking().One(id), await Row(db, id));
        var mine = await db.Clock(actor, screen.Firm);
        form.Must("starts_at");
        form.Must("ends_at");
        var time = (mine.Utc(form.Moment("starts_at")!.Value), mine.Utc(form.Moment("ends_at")!.Value));
        var client = await EventEndpoints.ClientOf(form, db);
        var hold = SpeakerHold.Place(speaker, form.Text("subject"), time, row, (client, actor.PersonId, clock.GetUtcNow().UtcDateTime));
        db.Add(hold);
        await db.SaveChangesAsync();
        return go.To($"calendar/speakers/{id}", null, screen.T["hold.placed", ("hold", hold.What), ("n", HoldQueue.Rank(hold, row))]);
    }

    private static async Task<IResult> Confirm(Guid id, AppDb db, Screen screen, TimeProvider clock, Go go)
    {
        await db.StartWriting();
        var hold = await db.Set<SpeakerHold>().One(id);
        var row = await Row(db, hold.SpeakerId);
        hold.Confirm(row, clock.GetUtcNow().UtcDateTime);
        await Tell(
            db,
            hold,
            row.Where(h => h.Id != id && h.State == HoldState.Held && h.Overlaps(hold)).Select(h => (h, HoldQueue.Rank(h, row))),
            "notice.hold_taken"
        );
        await db.SaveChangesAsync();
        return go.To($"calendar/speakers/{hold.SpeakerId}", null, screen.T["hold.confirmed", ("hold", hold.What)]);
    }

    private static async Task<IResult> Release(Guid id, Form form, AppDb db, Screen screen, TimeProvider clock, Go go)
    {
        await db.StartWriting();
        var hold = await db.Set<SpeakerHold>().One(id);
        var moved = HoldQueue.MovedUpBy(hold, await Row(db, hold.SpeakerId));
        hold.Release(form.Text("reason"), clock.GetUtcNow().UtcDateTime);
        await Tell(db, hold, moved, "notice.hold_moved_up");
        await db.SaveChangesAsync();
        return go.To($"calendar/speakers/{hold.SpeakerId}", null, screen.T["hold.released", ("hold", hold.What)]);
    }

    // Whoever asked for a time hears when their place in its row changes.
    private static async Task Tell(AppDb db, SpeakerHold about, IEnumerable<(SpeakerHold Hold, int Rank)> row, string key)
    {
        var name = await db.Set<Speaker>().Where(s => s.Id == about.SpeakerId).Select(s => s.Name).SingleAsync();
        foreach (var (hold, rank) in row)
            db.Tell(
                hold.PlacedBy,
                key,
                $"calendar/speakers/{hold.SpeakerId}",
                ("speaker", name),
                ("hold", hold.What),
                ("n", $"{rank}"),
                ("day", $"{hold.StartsAt:yyyy-MM-dd}")
            );
    }

    private static Task<List<SpeakerHold>> Row(AppDb db, Guid speaker) =>
        db.Set<SpeakerHold>().Where(h => h.SpeakerId == speaker && h.State != HoldState.Released).ToListAsync();

    private static Task<Dictionary<Guid, string>> People(AppDb db) =>
        db.Set<Person>().AsNoTracking().Where(p => p.Active).OrderBy(p => p.NameKey).ToDictionaryAsync(p => p.Id, p => p.Name);

    private static void Fill(Speaker speaker, Form form)
    {
        speaker.Describe(form.Text("name"), form.Text("email"), form.Text("phone"), form.Text("topics"));
        speaker.Live(form.Text("lang") ?? speaker.Language, form.Sent("time_zone") ?? speaker.TimeZone, form.Day("birthday"));
        if (form.Sent("speaker_owner") is not null)
            speaker.GoTo(form.Id("speaker_owner"));
    }
}
