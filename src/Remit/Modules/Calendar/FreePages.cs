using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Pages;
using Remit.Modules.Clients;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

/// <summary>What a search for free time asks.</summary>
/// <param name="With">Words of <see cref="Parties"/>.</param>
/// <param name="Late">Whoever asks is ready to be there outside their own hours; the others keep theirs.</param>
public sealed record FreeSearch(IReadOnlyList<string> With, int Minutes, DateOnly From, int Days, string Place, bool Late);

/// <summary>Finding a time at which several are free: a page, and the same for other programs.</summary>
public static class FreePages
{
    internal const int Travel = 30;

    public static void MapFreeTime(this WebApplication app) => app.MapGet("/calendar/free", Show).Needs(Permission.CalendarSee);

    public static void MapCalendarApi(this RouteGroupBuilder api) =>
        api.MapGet("/calendar/free", Find)
            .Needs(Permission.CalendarSee)
            .WithSummary("Starts, in UTC, at which all are free; with=person:id, room:id, speaker:id or client:id, once for each");

    private static async Task<IResult> Show(
        AppDb db,
        Actor actor,
        Screen screen,
        Parties parties,
        TimeProvider clock,
        string[]? with,
        int? minutes,
        DateOnly? from,
        string? place,
        Guid? client,
        bool? late
    )
    {
        var mine = await db.Clock(actor, screen.Firm);
        string[] words = with is { Length: > 0 } ? with : [$"person:{actor.PersonId}", .. client is { } c ? [$"client:{c}"] : (string[])[]];
        var search = new FreeSearch(
            words,
            Math.Clamp(minutes ?? 60, 15, 480),
            from is { } day && day.IsPlausible() ? day : screen.Today,
            14,
            place?.Trim() ?? "",
            late == true
        );
        var (found, asked) = await Search(db, search, (actor.PersonId, mine), parties, screen.Firm!, clock);
        return Page<FreePage>(
            new
            {
                Search = search,
                Found = FreeTime.Spread(found, mine.Day, 8),
                Asked = asked,
                Clock = mine,
                Client = client,
                People = await db.Set<Person>().AsNoTracking().Where(p => p.Active).OrderBy(p => p.NameKey).ToListAsync(),
                Rooms = await db.Set<CalendarBook>()
                    .AsNoTracking()
                    .Where(b => b.Kind == CalendarKind.Room)
                    .OrderBy(b => b.Name)
                    .ToListAsync(),
                Speakers = await db.Set<Speaker>().AsNoTracking().OrderBy(s => s.Name).ToListAsync(),
                Clients = await Clients(db, words),
            }
        );
    }

    private static async Task<IReadOnlyList<DateTime>> Find(
        AppDb db,
        Actor actor,
        Screen screen,
        Parties parties,
        TimeProvider clock,
        string[]? with,
        int? minutes,
        DateOnly? from,
        int? days,
        string? place,
        bool? late
    )
    {
        Must(with is { Length: > 0 and <= Parties.Most }, "free.nobody");
        Must((minutes ?? 60) is >= 15 and <= 480 && (days ?? 14) is >= 1 and <= 60 && (from ?? screen.Today).IsPlausible(), "free.span");
        var search = new FreeSearch(with!, minutes ?? 60, from ?? screen.Today, days ?? 14, place?.Trim() ?? "", late == true);
        return (await Search(db, search, (actor.PersonId, await db.Clock(actor, screen.Firm)), parties, screen.Firm!, clock)).Found;
    }

    private static async Task<(IReadOnlyList<DateTime> Found, IReadOnlyList<Party> Asked)> Search(
        AppDb db,
        FreeSearch search,
        (Guid? Person, Clock Clock) me,
        Parties parties,
        Firm firm,
        TimeProvider clock
    )
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (from, to) = (
            me.Clock.Utc(search.From.ToDateTime(default, DateTimeKind.Utc)),
            me.Clock.Utc(search.From.AddDays(search.Days).ToDateTime(default, DateTimeKind.Utc))
        );
        var asked = await parties.Of(db, search.With, (from, to), firm);
        if (search.Late)
            asked = [.. asked.Select(a => a.Hours.Id == me.Person ? a.AtAnyHour() : a)];
        var found =
            asked.Count == 0
                ? []
                : FreeTime.Find(asked, new FreeAsk(from < now ? now : from, to, search.Minutes, search.Place, Travel)).ToList();
        return (found, asked);
    }

    private static async Task<List<Client>> Clients(AppDb db, IEnumerable<string> words)
    {
        var ids = words
            .Where(w => w.StartsWith("client:", StringComparison.Ordinal))
            .Select(w => Guid.TryParse(w[7..], out var id) ? id : Guid.Empty)
            .ToList();
        return await db.Set<Client>().AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync();
    }
}
