using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>Somebody a question could go to.</summary>
/// <param name="Load">Open questions, and visits of today and tomorrow.</param>
/// <param name="StandIn">Who stands in for them today, and so gets what would be theirs.</param>
public sealed record Candidate(Guid Id, string Name, bool KnowsProduct, bool KnowsClient, int Load, Candidate? StandIn = null);

/// <summary>Which programmer a question goes to: who knows the product, then who has least to do, then who knows the client.</summary>
public static class Routing
{
    public static (Guid Person, RouteWhy Why)? Choose(IReadOnlyCollection<Candidate> candidates, string? product)
    {
        if (candidates.Count == 0)
            return null;
        var able = product is null ? [] : candidates.Where(c => c.KnowsProduct).ToList();
        var best = (able.Count > 0 ? able : candidates)
            .OrderBy(c => c.Load)
            .ThenByDescending(c => c.KnowsClient)
            .ThenBy(c => c.Name, StringComparer.Ordinal)
            .First();
        var key =
            product is null ? "load"
            : able.Count > 0 ? "skill"
            : "no_skill";
        // The one who would have it is away: whoever stands in gets it, and both are named.
        return best.StandIn is { } other
            ? (other.Id, new RouteWhy(key, other.Name, product ?? "", best.Load, best.KnowsClient, best.Name))
            : (best.Id, new RouteWhy(key, best.Name, product ?? "", best.Load, best.KnowsClient));
    }

    public static async Task<(Guid Person, RouteWhy Why)> For(AppDb db, Guid client, Product? product, DateOnly today)
    {
        var people = await db.Set<Person>().AsNoTracking().Where(p => p.Active).ToListAsync();
        var able = product is null ? [] : await db.Set<Skill>().Where(s => s.ProductId == product.Id).Select(s => s.PersonId).ToListAsync();
        var possible = people.Where(p => p.Role == Role.Programmer || able.Contains(p.Id)).ToList();
        var ids = possible.Select(p => p.Id).ToList();
        var open = await db.Set<Question>()
            .Where(q => q.State == QuestionState.Open)
            .GroupBy(q => q.PersonId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count);
        var visits = (
            await db.Set<Visit>()
                .Between(today, today.AddDays(1))
                .Where(v => v.State != VisitState.Cancelled && ids.Contains(v.ProgrammerId))
                .Select(v => v.ProgrammerId)
                .ToListAsync()
        )
            .GroupBy(v => v)
            .ToDictionary(g => g.Key, g => g.Count());
        var knows = await VisitBoard.Knowing(db, [client]);
        Candidate Of(Person p) =>
            new(
                p.Id,
                p.Name,
                able.Contains(p.Id),
                knows.Contains((client, p.Id)),
                open.GetValueOrDefault(p.Id) + visits.GetValueOrDefault(p.Id)
            );
        var standIns = await db.StandIns(today);
        var candidates = possible
            .Select(p =>
                Of(p) with
                {
                    StandIn = standIns.TryGetValue(p.Id, out var s) && people.Find(x => x.Id == s) is { } other ? Of(other) : null,
                }
            )
            .ToList();
        if (Choose(candidates, product?.Name) is { } chosen)
            return chosen;
        // A firm without programmers: the one who owns it sees to it, so that it is not lost.
        var owner = people.OrderBy(p => p.Role == Role.Owner ? 0 : 1).First();
        return (owner.Id, new RouteWhy("nobody", owner.Name));
    }
}

/// <summary>Until when a question is to be answered, counted in the firm's working hours.</summary>
public static class Terms
{
    public static DateTime Until(DateTime local, int hours, DispatchSettings settings, WorkCalendar calendar)
    {
        var left = TimeSpan.FromHours(hours);
        for (var day = DateOnly.FromDateTime(local); ; day = day.AddDays(1))
        {
            if (!calendar.IsWorkday(day))
                continue;
            var (opens, closes) = (
                day.ToDateTime(default, DateTimeKind.Utc).AddHours(settings.Opens),
                day.ToDateTime(default, DateTimeKind.Utc).AddHours(settings.Closes)
            );
            var from = local > opens ? local : opens;
            if (from >= closes)
                continue;
            if (from + left <= closes)
                return from + left;
            left -= closes - from;
        }
    }
}
