using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Papers;

/// <summary>Blanks that have been out for long: whoever gave them out asks where they are.</summary>
internal sealed class BlankDues : IDueSource
{
    private const int Days = 30;

    public Permission Needs => Permission.PapersSee;

    public async Task<IReadOnlyList<Due>> Open(AppDb db, DueAsk ask)
    {
        var since = ask.Until.AddDays(-Days);
        var old = db.Set<Blank>().Where(b => b.State == BlankState.Out && b.PrintedOn <= since);
        if (ask.PersonId is { } person)
            old = old.Where(b => b.GivenBy == person);
        var rows = await old.GroupBy(b => new { b.HolderId, b.GivenBy })
            .Select(g => new
            {
                g.Key.HolderId,
                g.Key.GivenBy,
                First = g.Min(b => b.Number),
                Last = g.Max(b => b.Number),
                Count = g.Count(),
                On = g.Min(b => b.PrintedOn),
            })
            .OrderBy(g => g.On)
            .Take(ask.Most)
            .ToListAsync();
        var names = await db.NamesOfPeople();
        return
        [
            .. rows.Select(r => new Due(
                "blanks_out",
                r.HolderId,
                $"{names.GetValueOrDefault(r.HolderId, "—")}: № {r.First}–{r.Last} ({r.Count})",
                r.On.AddDays(Days),
                r.GivenBy,
                $"papers/blanks?who={r.HolderId}"
            )),
        ];
    }
}

/// <summary>Blanks that a person carries.</summary>
internal sealed class BlankHolding : IHolding
{
    public string Name => "blanks";
    public Permission? HandsOver => Permission.PapersEdit;

    public async Task<IReadOnlyList<Held>> Of(AppDb db, Guid person, DateOnly today) =>
        [
            .. (
                await db.Set<Blank>()
                    .AsNoTracking()
                    .Where(b => b.HolderId == person && b.State == BlankState.Out)
                    .OrderBy(b => b.Number)
                    .ToListAsync()
            ).Select(b => new Held(b.Id, b.Title, $"papers/blanks?who={person}")),
        ];

    public async Task HandOver(AppDb db, IReadOnlyCollection<Guid> ids, Guid to, DateOnly today)
    {
        foreach (var blank in await db.Set<Blank>().Where(b => ids.Contains(b.Id)).ToListAsync())
            blank.Give(to);
    }
}
