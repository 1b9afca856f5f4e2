using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;

namespace Remit.Modules.Dispatch;

/// <summary>A visit as the list shows it.</summary>
public sealed record VisitRow : IIdentified
{
    public required Guid Id { get; init; }
    public required string Subject { get; init; }
    public required string SubjectKey { get; init; }
    public required Guid ClientId { get; init; }
    public required string Client { get; init; }
    public required string ClientKey { get; init; }
    public required Guid? ProgrammerId { get; init; }
    public required string Programmer { get; init; }
    public required string ProgrammerKey { get; init; }
    public required DateTime StartsAt { get; init; }
    public required int Minutes { get; init; }
    public required bool Remote { get; init; }
    public required VisitState State { get; init; }
}

/// <summary>All visits as a list; the week stands at <c>visits</c>.</summary>
public static class VisitsList
{
    public static readonly ListOf<VisitRow> List = new()
    {
        Path = "visits/all",
        Title = "visit.all",
        Needs = Permission.VisitsSee,
        Sort = "-starts_at",
        Empty = "visit.none_yet",
        Rows = Rows,
        Open = row => $"visits/{row.Id}",
        Search = (rows, db, words) => rows.Where(r => db.Saying(words).Select(l => l.OwnerId).Contains(r.ClientId)),
        Columns =
        [
            Column<VisitRow>.Of("subject", r => r.Subject, sort: r => r.SubjectKey),
            Column<VisitRow>.Of("client", r => r.Client, sort: r => r.ClientKey, link: r => $"clients/{r.ClientId}"),
            Column<VisitRow>.Of(
                "starts_at",
                r => r.StartsAt,
                show: (r, t) => $"{Formats.Day(DateOnly.FromDateTime(r.StartsAt), t)} {r.StartsAt:HH:mm}"
            ),
            Column<VisitRow>.Of("duration", r => r.Minutes),
            Column<VisitRow>.Of("programmer", r => r.Programmer, sort: r => r.ProgrammerKey),
            Column<VisitRow>.Of(
                "visit_state",
                r => r.State,
                show: (_, _) => "",
                marks: r =>
                    [new Mark("visit.state." + r.State, Look(r.State)), .. r.Remote ? [new Mark("field.remote")] : Array.Empty<Mark>()]
            ),
        ],
        Filters =
        [
            Filter<VisitRow>.State("visit_state", r => r.State, "visit.state"),
            Filter<VisitRow>.Person("programmer", r => r.ProgrammerId, People),
            new(
                "starts_at",
                (_, screen) =>
                    Task.FromResult<IReadOnlyList<Choice>>([.. Periods.Names.Select(n => new Choice(n, screen.T["list.period." + n]))]),
                Within
            )
            {
                IsPeriod = true,
            },
            Filter<VisitRow>.Flag("remote", r => r.Remote),
        ],
        Presets = [new("list.mine", "programmer=me"), new("visit.state.Planned", "visit_state=Planned")],
        Acts = [new("cancel_visits", Permission.VisitsEdit, Cancel)],
        Buttons = [new("visit.plan", "visits/new", Permission.VisitsEdit, Main: true), new("visit.week", "visits", Permission.VisitsSee)],
    };

    private static async Task Cancel(AppDb db, IReadOnlyList<Guid> ids, string _, Screen screen)
    {
        foreach (var visit in await db.Set<Visit>().Where(v => ids.Contains(v.Id)).ToListAsync())
        {
            visit.Cancel();
            await db.Told(visit, await db.Set<Client>().One(visit.ClientId), "cancelled", new Reach(screen.Root));
        }
    }

    private static IQueryable<VisitRow> Rows(AppDb db, Screen screen) =>
        from visit in db.Set<Visit>()
        select new VisitRow
        {
            Id = visit.Id,
            Subject = visit.Subject,
            SubjectKey = visit.SubjectKey,
            ClientId = visit.ClientId,
            ProgrammerId = visit.ProgrammerId,
            StartsAt = visit.StartsAt,
            Minutes = visit.State == VisitState.Done ? visit.WorkedMinutes : visit.PlannedMinutes,
            Remote = visit.Remote,
            State = visit.State,
            Client = db.Set<Client>().Where(c => c.Id == visit.ClientId).Select(c => c.Name).FirstOrDefault() ?? "",
            ClientKey = db.Set<Client>().Where(c => c.Id == visit.ClientId).Select(c => c.NameKey).FirstOrDefault() ?? "",
            Programmer = db.Set<Person>().Where(p => p.Id == visit.ProgrammerId).Select(p => p.Name).FirstOrDefault() ?? "",
            ProgrammerKey = db.Set<Person>().Where(p => p.Id == visit.ProgrammerId).Select(p => p.NameKey).FirstOrDefault() ?? "",
        };

    // A visit has a moment: the day it falls on is compared as the moments that bound it.
    private static Expression<Func<VisitRow, bool>> Within(IReadOnlyList<string> chosen, AppDb db, Screen screen)
    {
        var spans = chosen.Select(c => Periods.Read(c, screen.Today)).OfType<(DateOnly From, DateOnly To)>().ToList();
        if (spans.Count == 0)
            return _ => false;
        var (from, to) = (
            spans.Min(s => s.From).ToDateTime(default, DateTimeKind.Utc),
            spans.Max(s => s.To).ToDateTime(TimeOnly.MaxValue, DateTimeKind.Utc)
        );
        return r => r.StartsAt >= from && r.StartsAt <= to;
    }

    private static string Look(VisitState state) =>
        state switch
        {
            VisitState.Planned => "wait",
            VisitState.Confirmed => "info",
            VisitState.Done => "ok",
            _ => "bad",
        };

    private static async Task<IReadOnlyList<Choice>> People(AppDb db, Screen screen) =>
        [.. (await db.Programmers()).Select(p => new Choice($"{p.Id}", p.Name))];
}
