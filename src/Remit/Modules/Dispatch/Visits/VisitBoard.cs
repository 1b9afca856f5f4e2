using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>A visit on the board, with what stands against it.</summary>
/// <param name="Clash">Something else in this person's calendar at that time.</param>
/// <param name="Gap">Minutes since the visit before it on the same day, where one goes from one to the other; null for the first.</param>
/// <param name="Tight">Less time than the way takes.</param>
public sealed record BoardCard(NamedVisit Row, bool Knows, bool Clash, int? Gap, bool Tight);

/// <summary>A programmer's week: who they are, what they know, what they have to do.</summary>
public sealed record BoardRow(Person Person, IReadOnlyList<string> Skills, IReadOnlySet<Guid> Knows, IReadOnlyList<BoardCard> Cards)
{
    public int Minutes(DateOnly day) => Cards.Where(c => c.Row.Visit.Day == day).Sum(c => c.Row.Visit.PlannedMinutes);
}

/// <summary>A week of all programmers on one page: who goes where, who has room, what nobody has taken.</summary>
public sealed record Board(
    DateOnly First,
    IReadOnlyList<DateOnly> Days,
    IReadOnlyList<BoardRow> Rows,
    IReadOnlyList<BoardCard> Unconfirmed,
    IReadOnlyList<BoardCard> Orphans
);

public static class VisitBoard
{
    public static void MapBoard(this WebApplication app)
    {
        app.MapGet("/visits/board", Show).Needs(Permission.VisitsEdit);
        app.MapPost("/visits/board/move", Move).Needs(Permission.VisitsEdit);
    }

    private static async Task<IResult> Show(AppDb db, Screen screen, TimeProvider clock, IEnumerable<IBusyTimes> others, string? day)
    {
        var on =
            DateOnly.TryParseExact(day, "yyyy-MM-dd", out var asked) && asked.IsPlausible()
                ? asked
                : WeekAhead(screen.Firm!.Local(clock.GetUtcNow().UtcDateTime), (await DispatchSettings.Now(db)).Closes);
        return new RazorComponentResult<BoardPage>(
            new { Board = await Of(db, screen.Firm!, on.AddDays(-(((int)on.DayOfWeek + 6) % 7)), others) }
        );
    }

    /// <summary>A day of the week one is planning: from Saturday evening on that is the coming one.</summary>
    public static DateOnly WeekAhead(DateTime local, int closes)
    {
        var day = DateOnly.FromDateTime(local);
        return day.DayOfWeek == DayOfWeek.Sunday ? day.AddDays(1)
            : day.DayOfWeek == DayOfWeek.Saturday && local.Hour >= closes ? day.AddDays(2)
            : day;
    }

    /// <summary>What dragging does, as a form.</summary>
    private static async Task<IResult> Move(Form form, AppDb db, Screen screen, TimeProvider clock, Go go)
    {
        var visit = await db.Set<Visit>().One(form.Id("visit") ?? throw new Web.NotFound());
        form.Must("starts_at");
        if (visit.IsAhead)
            form = await form.Merged(
                db,
                visit,
                v => [("starts_at", $"{v.StartsAt:yyyy-MM-dd'T'HH:mm}"), ("programmer", $"{v.ProgrammerId}")]
            );
        await DispatchModule.Moved(db, visit, form.Moment("starts_at")!.Value, form.Id("programmer") ?? visit.ProgrammerId, screen, clock);
        return go.To(
            $"visits/board?day={visit.Day:yyyy-MM-dd}",
            db,
            screen.T["visit.moved", ("day", visit.Day), ("time", $"{visit.StartsAt:HH:mm}")]
        );
    }

    private static async Task<Board> Of(AppDb db, Firm firm, DateOnly first, IEnumerable<IBusyTimes> others)
    {
        var last = first.AddDays(6);
        var visits = await db.Set<Visit>().AsNoTracking().Between(first, last).Where(v => v.State != VisitState.Cancelled).ToListAsync();
        var named = await visits.Named(db);
        var people = await db.Programmers();
        var shown = people.Where(p => p.Role == Role.Programmer || visits.Exists(v => v.ProgrammerId == p.Id)).ToList();
        var knows = await Knowing(db, [.. visits.Select(v => v.ClientId).Distinct()]);
        var skills = await db.SkillNames();
        var busy = new List<(Guid Person, Busy Time)>();
        foreach (var other in others)
            busy.AddRange(
                await other.Of(
                    db,
                    [.. shown.Select(p => p.Id)],
                    first.ToDateTime(default, DateTimeKind.Utc),
                    last.AddDays(1).ToDateTime(default, DateTimeKind.Utc),
                    firm
                )
            );
        var travel = (await DispatchSettings.Now(db)).Travel;
        BoardCard Card(NamedVisit row) =>
            new(
                row,
                knows.Contains((row.Visit.ClientId, row.Visit.ProgrammerId)),
                row.Visit.IsAhead
                    && busy.Exists(b =>
                        b.Person == row.Visit.ProgrammerId && b.Time.From < row.Visit.EndsAt && row.Visit.StartsAt < b.Time.To
                    ),
                Gap(visits, row.Visit),
                row.Visit.IsAhead && Gap(visits, row.Visit) < travel
            );
        var rows = shown
            .Select(p => new BoardRow(
                p,
                skills.GetValueOrDefault(p.Id) ?? [],
                knows.Where(k => k.Person == p.Id).Select(k => k.Client).ToHashSet(),
                [.. named.Where(r => r.Visit.ProgrammerId == p.Id).Select(Card)]
            ))
            .ToList();
        var weekend = visits.Exists(v => v.StartsAt.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        return new Board(
            first,
            [.. Enumerable.Range(0, weekend ? 7 : 5).Select(n => first.AddDays(n))],
            rows,
            [
                .. named
                    .Where(r =>
                        (r.Visit.State == VisitState.Planned || r.Visit.AwaitsProgrammer)
                        && people.Exists(p => p.Id == r.Visit.ProgrammerId)
                    )
                    .Select(Card),
            ],
            [.. (await Orphans(db, people)).Select(r => new BoardCard(r, false, false, null, false))]
        );
    }

    private static int? Gap(List<Visit> visits, Visit visit) =>
        visit.Remote
            ? null
            : visits
                .Where(v =>
                    v.Id != visit.Id
                    && v.ProgrammerId == visit.ProgrammerId
                    && !v.Remote
                    && v.Day == visit.Day
                    && v.EndsAt <= visit.StartsAt
                )
                .Select(v => (int?)(visit.StartsAt - v.EndsAt).TotalMinutes)
                .Min();

    // Visits still to be made that nobody has been given, or whose programmer has left.
    private static async Task<IReadOnlyList<NamedVisit>> Orphans(AppDb db, List<Person> people)
    {
        var active = people.Select(p => p.Id).ToList();
        return await (
            await db.Set<Visit>()
                .AsNoTracking()
                .Where(v => (v.State == VisitState.Planned || v.State == VisitState.Confirmed) && !active.Contains(v.ProgrammerId))
                .OrderBy(v => v.StartsAt)
                .Take(50)
                .ToListAsync()
        ).Named(db);
    }

    /// <summary>Who has been at which client.</summary>
    internal static async Task<HashSet<(Guid Client, Guid Person)>> Knowing(AppDb db, IReadOnlyCollection<Guid> clients) =>
        [
            .. (
                await db.Set<Visit>()
                    .Where(v => v.State == VisitState.Done && clients.Contains(v.ClientId))
                    .Select(v => new { v.ClientId, v.ProgrammerId })
                    .Distinct()
                    .ToListAsync()
            ).Select(v => (v.ClientId, v.ProgrammerId)),
        ];
}
