using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Clients;
using Remit.Modules.People;
using Remit.Modules.Talk.Pages;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Talk;

/// <summary>Signs under what somebody did for a client: a note, a call, a task, a visit. A change of the record speaks of itself.</summary>
internal sealed class LineSigns : ITimelineFoot
{
    public async Task<IReadOnlyDictionary<Guid, RenderFragment>> Under(
        Guid client,
        IReadOnlyList<TimelineItem> lines,
        AppDb db,
        Screen screen
    )
    {
        var done = lines.Where(l => l.ById is not null && l.Kind is not ("created" or "changed")).DistinctBy(l => l.Id).ToList();
        var ids = done.ConvertAll(l => l.Id);
        var given = (await db.Set<Reaction>().AsNoTracking().Where(r => ids.Contains(r.OnId)).ToListAsync()).ToLookup(r => r.OnId);
        var people = given.SelectMany(g => g).Select(r => r.PersonId).Distinct().ToList();
        var names = await db.Set<Person>().Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name);
        return done.ToDictionary(
            l => l.Id,
            RenderFragment (l) =>
                page =>
                {
                    page.OpenComponent<LineSignsForm>(0);
                    page.AddComponentParameter(1, nameof(LineSignsForm.Client), client);
                    page.AddComponentParameter(2, nameof(LineSignsForm.Line), l);
                    page.AddComponentParameter(3, nameof(LineSignsForm.Given), given[l.Id].ToLookup(r => r.Sign));
                    page.AddComponentParameter(4, nameof(LineSignsForm.Names), names);
                    page.CloseComponent();
                }
        );
    }
}
