using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch.Pages;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>On one's day: today's visits, a programmer's own, everybody's for those who plan them.</summary>
internal sealed class DayVisits : IDaySection
{
    public bool Wide => true;

    public async Task<RenderFragment?> For(AppDb db, Screen screen)
    {
        if (!screen.Can(Permission.VisitsSee))
            return null;
        var from = DateTime.SpecifyKind(screen.Today.ToDateTime(TimeOnly.MinValue), DateTimeKind.Utc);
        var to = from.AddDays(1);
        var visits = db.Set<Visit>().AsNoTracking().Where(v => v.StartsAt >= from && v.StartsAt < to && v.State != VisitState.Cancelled);
        if (screen.Person is { Role: Role.Programmer, PersonId: { } me })
            visits = visits.Where(v => v.ProgrammerId == me);
        var rows = await visits
            .Join(db.Set<Client>(), v => v.ClientId, c => c.Id, (v, c) => new { Visit = v, c.Name })
            .OrderBy(r => r.Visit.StartsAt)
            .ToListAsync();
        var asked = await db.Set<Visit>()
            .AsNoTracking()
            .Where(v =>
                v.ProgrammerId == screen.Person!.PersonId
                && v.AcceptedAt == null
                && v.StartsAt >= from
                && (v.State == VisitState.Planned || v.State == VisitState.Confirmed)
            )
            .Join(db.Set<Client>(), v => v.ClientId, c => c.Id, (v, c) => new { Visit = v, c.Name })
            .OrderBy(r => r.Visit.StartsAt)
            .Take(20)
            .ToListAsync();
        if (rows.Count + asked.Count == 0)
            return null;
        return page =>
        {
            page.OpenComponent<DayVisitsBox>(0);
            page.AddComponentParameter(1, nameof(DayVisitsBox.Visits), rows.Select(r => (r.Visit, r.Name)).ToList());
            page.AddComponentParameter(2, nameof(DayVisitsBox.Asked), asked.Select(r => (r.Visit, r.Name)).ToList());
            page.CloseComponent();
        };
    }
}
