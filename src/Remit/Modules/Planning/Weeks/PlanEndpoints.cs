using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Planning.Pages;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Planning.Weeks;

/// <summary>The week's plan: looked at, accepted one by one or whole, put off.</summary>
internal static class PlanEndpoints
{
    public static void MapPlan(this WebApplication app)
    {
        app.MapGet("/plan", Show).Needs(Permission.CalendarEdit);
        app.MapPost("/plan/accept", Accept).Needs(Permission.CalendarEdit);
        app.MapPost("/plan/put-off", Refuse).Needs(Permission.CalendarEdit);
    }

    private static async Task<IResult> Show(
        AppDb db,
        Actor actor,
        Screen screen,
        Proposals proposals,
        TimeProvider clock,
        string? day,
        string? whose
    )
    {
        var monday = WeekOf(day, screen.Today);
        await db.WithOwnCalendar(actor);
        var everybody = whose == "all" || whose is null && !await db.Set<Clients.Client>().AnyAsync(c => c.OwnerId == actor.PersonId);
        var found = await proposals.For(db, actor, screen.Firm!, monday, everybody);
        var entries = found
            .Plan.Slots.Select(s => new Entry(
                s.Wish.Name,
                screen.T[s.Wish.Call ? "plan.call" : "plan.meeting"],
                "",
                s.Wish.Call ? "#2457a6" : "#0f6b62",
                found.Host.Clock.At(s.Start),
                found.Host.Clock.At(s.End),
                false,
                "",
                null,
                false,
                false
            )
            {
                Look = "proposed",
                Slot = s.Wish.Word,
                Elsewhere = "",
            })
            .ToList();
        return new RazorComponentResult<PlanPage>(
            new
            {
                Found = found,
                Monday = monday,
                Everybody = everybody,
                Week = await db.Week(screen, monday, clock.GetUtcNow().UtcDateTime, entries),
            }
        );
    }

    /// <summary>On Saturday and Sunday one plans the week that comes.</summary>
    private static DateOnly WeekOf(string? day, DateOnly today)
    {
        var on =
            DateOnly.TryParseExact(day, "yyyy-MM-dd", out var asked) && asked.IsPlausible() ? asked
            : today.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? today.AddDays(2)
            : today;
        return on.AddDays(-(((int)on.DayOfWeek + 6) % 7));
    }

    private static async Task<IResult> Accept(
        Form form,
        AppDb db,
        Actor actor,
        Screen screen,
        Proposals proposals,
        TimeProvider clock,
        Go go,
        HttpContext http
    )
    {
        var chosen = form.All("slot").Select(Chosen.Of).Take(PlanAsk.Most).ToList();
        Must(chosen.Count > 0, "plan.nothing");
        await db.StartWriting();
        var now = clock.GetUtcNow().UtcDateTime;
        var monday = Monday(chosen[0].Start);
        var book =
            (await db.WithOwnCalendar(actor)).Find(b => b.OwnerId == actor.PersonId && b.Kind == CalendarKind.Own)
            ?? throw new Web.NotFound();
        var found = await proposals.For(db, actor, screen.Firm!, monday, everybody: true);
        var taken = new List<Taken>(found.Host.Taken);
        foreach (var one in chosen)
            await Make(db, screen, (book, found, taken), one, now);
        await db.SaveChangesAsync();
        var said =
            chosen.Count == 1
                ? screen.T["plan.accepted", ("name", chosen[0].Name(found))]
                : screen.T["plan.accepted_all", ("n", chosen.Count)];
        return Said(http, db, said) ?? go.To($"plan?day={monday:yyyy-MM-dd}", db, said);
    }

    private static async Task Make(
        AppDb db,
        Screen screen,
        (CalendarBook Book, Proposals.Found Found, List<Taken> Taken) week,
        Chosen one,
        DateTime now
    )
    {
        var (book, found, taken) = week;
        var clock = found.Host.Clock;
        var wish =
            found.Plan.Slots.Select(s => s.Wish).Concat(found.Plan.Left).FirstOrDefault(w => w.Word == one.Word)
            ?? throw new Refusal("plan.gone");
        var start = clock.Utc(one.Start);
        Must(start > now, "plan.over", ("name", wish.Name));
        var ask = new FreeAsk(start, start, wish.Minutes, wish.Place, found.Settings.Travel);
        Must(
            !taken.Exists(t => FreeTime.Meets(t, start, start.AddMinutes(wish.Minutes), ask)),
            "plan.taken",
            ("name", wish.Name),
            ("day", DateOnly.FromDateTime(one.Start)),
            ("time", $"{one.Start:HH:mm}")
        );
        taken.Add(new Taken(start, start.AddMinutes(wish.Minutes), wish.Place));
        var item = db.Meet(
            book,
            new MeetingPlan(
                screen.T[wish.Call ? "plan.subject_call" : "plan.subject_meeting", ("name", wish.Name)],
                wish.Place,
                one.Start,
                wish.Minutes,
                clock,
                string.Join('\n', wish.Reasons.Select(r => "• " + screen.T["plan.why." + r.Kind, r.Values]))
            )
            {
                Kind = wish.Kind,
                Online = wish.Call,
                ClientId = wish.IsSpeaker ? null : wish.Id,
                SpeakerId = wish.IsSpeaker ? wish.Id : null,
            },
            screen.Firm!,
            now
        );
        if (found.Guests.TryGetValue(wish.Word, out var guest))
            await db.Invite(item, guest, screen.Root, now);
    }

    private static async Task<IResult> Refuse(Form form, AppDb db, Actor actor, Screen screen, Proposals proposals, Go go, HttpContext http)
    {
        var chosen = Chosen.Of(form.Must("slot"));
        var monday = Monday(chosen.Start);
        var name = chosen.Word.StartsWith("speaker:", StringComparison.Ordinal)
            ? (await db.Set<Speaker>().One(chosen.Id)).Name
            : (await db.Set<Clients.Client>().One(chosen.Id)).Name;
        var until = (screen.Today > monday ? screen.Today : monday).AddDays((await PlanSettings.Now(db)).PutOffDays);
        db.Add(PutOff.Of(actor.PersonId!.Value, chosen.Id, name, until));
        await db.SaveChangesAsync();
        var said = screen.T["plan.put_off", ("name", name), ("day", until)];
        return Said(http, db, said) ?? go.To($"plan?day={monday:yyyy-MM-dd}", db, said);
    }

    // The script stays on the page and needs the change that its bar would undo.
    private static JsonHttpResult<object>? Said(HttpContext http, AppDb db, string text) =>
        http.Request.Headers.ContainsKey("X-Plan") ? TypedResults.Json<object>(new { text, change = db.LastChange }) : null;

    private static DateOnly Monday(DateTime at) => WeekOf($"{at:yyyy-MM-dd}", default);

    /// <summary>A proposal as a form sends it: <c>client:id|2026-11-30T10:00</c>, on the planner's clock.</summary>
    private sealed record Chosen(string Word, DateTime Start)
    {
        public Guid Id => Guid.Parse(Word.AsSpan(Word.IndexOf(':') + 1));

        public static Chosen Of(string text) =>
            text.Split('|') is [var word, var at]
            && word.Split(':') is ["client" or "speaker", var id]
            && Guid.TryParse(id, out _)
            && DateTime.TryParseExact(at, "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)
            && DateOnly.FromDateTime(start).IsPlausible()
                ? new(word, DateTime.SpecifyKind(start, DateTimeKind.Utc))
                : throw new Refusal("plan.gone");

        public string Name(Proposals.Found found) =>
            found.Plan.Slots.Select(s => s.Wish).Concat(found.Plan.Left).First(w => w.Word == Word).Name;
    }
}
