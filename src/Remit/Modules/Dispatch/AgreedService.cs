using Microsoft.EntityFrameworkCore;
using Remit.Modules.Clients;
using Remit.Storage;

namespace Remit.Modules.Dispatch;

/// <summary>A class of service that a paper agrees with a client.</summary>
public sealed record AgreedClass
{
    public required Guid ClientId { get; init; }
    public required Guid ClassId { get; init; }
    public required Guid PaperId { get; init; }
}

/// <summary>Where classes of service are agreed: the contracts, in a module that dispatch knows nothing of.</summary>
public interface IAgreedService
{
    /// <summary>What is in force on a day.</summary>
    IQueryable<AgreedClass> On(AppDb db, DateOnly day);
    Task<(string Title, string Path)> Paper(AppDb db, Guid id);
}

/// <summary>How many working hours a client's question may wait, and what says so.</summary>
/// <param name="Class">Null where no class is agreed and the segment decides.</param>
/// <param name="PaperId">The contract it stands in; null where the client's own page says it.</param>
public sealed record TimeLimit(int Hours, ServiceClass? Class = null, Guid? PaperId = null);

/// <summary>Finds the limit: the strictest class of the contracts in force, else the client's own class, else that of the segment.</summary>
public sealed class TimeLimits(IAgreedService papers)
{
    public async Task<TimeLimit> For(AppDb db, Client client, DateOnly day)
    {
        var classes = db.Set<ServiceClass>().AsNoTracking();
        var agreed = await papers
            .On(db, day)
            .Where(a => a.ClientId == client.Id)
            .Join(classes, a => a.ClassId, c => c.Id, (a, c) => new { a.PaperId, Class = c })
            .OrderBy(a => a.Class.Hours)
            .FirstOrDefaultAsync();
        if (agreed is not null)
            return new(agreed.Class.Hours, agreed.Class, agreed.PaperId);
        var own = await db.Set<ClientService>()
            .Where(s => s.ClientId == client.Id)
            .Join(classes, s => s.ClassId, c => c.Id, (_, c) => c)
            .OrderBy(c => c.Hours)
            .FirstOrDefaultAsync();
        if (own is not null)
            return new(own.Hours, own);
        var terms = await db.Keep("question terms", [typeof(QuestionTerm)], () => db.Set<QuestionTerm>().AsNoTracking().ToListAsync());
        return new(
            terms.Where(t => t.Segment == client.Segment || t.Segment == "").OrderByDescending(t => t.Segment).FirstOrDefault()?.Hours
                ?? QuestionTerm.Usual
        );
    }
}
