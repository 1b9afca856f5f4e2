using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>A programmer who could go, with what speaks for them, and their next free times.</summary>
/// <param name="Skills">Which of the client's products they know.</param>
public sealed record VisitChoice(Person Person, IReadOnlyList<string> Skills, bool KnowsClient, IReadOnlyList<DateTime> Times);

/// <summary>Who could go to a client, best first: who knows the client's products, then who has been there, then who is free soonest.</summary>
internal static class VisitChoices
{
    private const int Most = 6,
        TimesEach = 6;

    public static async Task<IReadOnlyList<VisitChoice>> Of(AppDb db, Guid client, int minutes, bool remote, FreeTimes free, Firm firm)
    {
        var used = await db.Set<ClientProduct>().Where(u => u.ClientId == client).Select(u => u.ProductId).ToListAsync();
        var skills = (
            await db.Set<Skill>()
                .Where(s => used.Contains(s.ProductId))
                .Join(db.Set<Product>(), s => s.ProductId, p => p.Id, (s, p) => new { s.PersonId, p.Name })
                .ToListAsync()
        ).ToLookup(s => s.PersonId, s => s.Name);
        var knows = await VisitBoard.Knowing(db, [client]);
        var able = (await db.Programmers())
            .Where(p => p.Role == Role.Programmer || skills.Contains(p.Id))
            .OrderByDescending(p => skills[p.Id].Count())
            .ThenByDescending(p => knows.Contains((client, p.Id)))
            .Take(Most);
        var choices = new List<VisitChoice>();
        foreach (var person in able)
        {
            var times = await free.For(db, new Wish(person.Id, minutes, remote), firm);
            choices.Add(new(person, [.. skills[person.Id].Order()], knows.Contains((client, person.Id)), Few(times)));
        }
        return
        [
            .. choices
                .OrderByDescending(c => c.Skills.Count)
                .ThenByDescending(c => c.KnowsClient)
                .ThenBy(c => c.Times.Count > 0 ? c.Times[0] : DateTime.MaxValue),
        ];
    }

    // Morning and afternoon of the next days rather than every half hour of tomorrow.
    private static List<DateTime> Few(IReadOnlyList<DateTime> times) =>
        [
            .. times
                .GroupBy(t => t.Date)
                .SelectMany(day => new[] { day.First(), day.Skip(day.Count() / 2).First() }.Distinct())
                .Take(TimesEach),
        ];
}
