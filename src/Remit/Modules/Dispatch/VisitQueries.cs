using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.People;
using Remit.Storage;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Dispatch;

/// <summary>Named questions to the list of visits.</summary>
public static class VisitQueries
{
    public static IQueryable<Visit> Between(this IQueryable<Visit> visits, DateOnly first, DateOnly last)
    {
        var (from, to) = (first.ToDateTime(default, DateTimeKind.Utc), last.AddDays(1).ToDateTime(default, DateTimeKind.Utc));
        return visits.Where(v => v.StartsAt >= from && v.StartsAt < to).OrderBy(v => v.StartsAt);
    }

    /// <summary>Refuses a visit whose programmer is at another one then. Call it when the write lock is held.</summary>
    public static async Task MustBeFree(this AppDb db, Visit visit)
    {
        if (!visit.HasProgrammer)
            return;
        // A visit lasts a day at most, so nothing that began earlier than the day before can collide.
        var day = await db.Set<Visit>()
            .AsNoTracking()
            .Where(v => v.ProgrammerId == visit.ProgrammerId)
            .Between(visit.Day.AddDays(-1), visit.Day.AddDays(1))
            .ToListAsync();
        if (day.FirstOrDefault(visit.Collides) is not { } other)
            return;
        var name = await db.Set<Person>().Where(p => p.Id == visit.ProgrammerId).Select(p => p.Name).SingleOrDefaultAsync();
        Must(
            false,
            "visit.overlaps",
            ("person", name),
            ("from", $"{other.StartsAt:HH:mm}"),
            ("to", $"{other.EndsAt:HH:mm}"),
            ("day", other.Day)
        );
    }

    public static async Task<IReadOnlyList<NamedVisit>> Named(this IReadOnlyList<Visit> visits, AppDb db)
    {
        if (visits.Count == 0)
            return [];
        var clientIds = visits.Select(v => v.ClientId).Distinct().ToList();
        var clients = await db.Set<Client>().Where(c => clientIds.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name);
        var people = await db.NamesOfPeople();
        return
        [
            .. visits.Select(v => new NamedVisit(
                v,
                clients.GetValueOrDefault(v.ClientId, "—"),
                people.GetValueOrDefault(v.ProgrammerId, "—")
            )),
        ];
    }

    public static Task<List<Person>> Programmers(this AppDb db) =>
        db.Set<Person>()
            .AsNoTracking()
            .Where(p => p.Active)
            .OrderBy(p => p.Role == Role.Programmer ? 0 : 1)
            .ThenBy(p => p.NameKey)
            .ToListAsync();
}
