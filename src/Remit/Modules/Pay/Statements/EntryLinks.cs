using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Papers;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Pay;

/// <summary>Where a leaf of a statement leads: to its client, and to the paper or visit it was done on.</summary>
internal static class EntryLinks
{
    public static async Task<Dictionary<Guid, IReadOnlyList<(string Key, string Path)>>> Of(AppDb db, PayInput input, Screen screen)
    {
        var wanted = input.Entries.Select(e => e.Id).ToHashSet();
        var since = input.Entries.Count > 0 ? input.Entries.Min(e => e.DoneOn) : input.Month.First;
        var rows = (
            await db.Set<WorkEntry>()
                .AsNoTracking()
                .Where(w => w.PersonId == input.Person && w.ClientId != null && w.DoneOn >= since && w.DoneOn <= input.Month.Last)
                .Select(w => new
                {
                    w.Id,
                    w.ClientId,
                    w.ChainId,
                    w.SubjectId,
                    w.Fact,
                })
                .ToListAsync()
        ).Where(w => wanted.Contains(w.Id)).ToList();
        var papers = new Dictionary<Guid, Guid>();
        if (screen.Can(Permission.PapersSee))
            foreach (var part in rows.Where(r => r.ChainId is not null).Select(r => r.ChainId!.Value).Distinct().Chunk(500))
            foreach (
                var invoice in await db.Set<Invoice>()
                    .AsNoTracking()
                    .Where(i => part.Contains(i.ChainId))
                    .OrderBy(i => i.Id)
                    .Select(i => new { i.ChainId, i.Id })
                    .ToListAsync()
            )
                papers[invoice.ChainId] = invoice.Id;
        return rows.ToDictionary(
            r => r.Id,
            r =>
            {
                var links = new List<(string, string)> { ("pay.link.client", $"clients/{r.ClientId}") };
                if (r.ChainId is { } chain && papers.TryGetValue(chain, out var paper))
                    links.Add(("pay.link.paper", $"papers/{paper}"));
                if (r.Fact is { } fact && fact.StartsWith("visit.", StringComparison.Ordinal) && screen.Can(Permission.VisitsSee))
                    links.Add(("pay.link.visit", $"visits/{r.SubjectId}"));
                return (IReadOnlyList<(string, string)>)links;
            }
        );
    }
}
