using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Papers.Pages;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Papers;

/// <summary>The programmer calls from the client: invoice and act are made at once, and their numbers read out while they print.</summary>
internal static class Dictation
{
    public static void MapDictation(this WebApplication app)
    {
        app.MapGet("/visits/{id:guid}/dictate", Show).Needs(Permission.PapersEdit);
        app.MapPost("/visits/{id:guid}/dictate", Make).Needs(Permission.PapersEdit);
    }

    private static async Task<IResult> Show(Guid id, AppDb db, Screen screen)
    {
        var visit = await db.Set<Visit>().AsNoTracking().One(id);
        return Page<DictationPage>(
            new
            {
                Visit = visit,
                Client = await db.Set<Client>().AsNoTracking().One(visit.ClientId),
                Invoice = await db.Set<Invoice>().AsNoTracking().OfVisit(id).FirstOrDefaultAsync(),
                Companies = await db.OwnCompanies(),
                Blanks = await db.Set<Blank>()
                    .AsNoTracking()
                    .Where(b =>
                        b.HolderId == visit.ProgrammerId
                        && b.State == BlankState.Out
                        && b.Kind == BlankKind.Act
                        && b.Year == screen.Today.Year
                    )
                    .OrderBy(b => b.Number)
                    .Take(50)
                    .ToListAsync(),
            }
        );
    }

    private static async Task<IResult> Make(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        // The programmer calls while still there: the visit is finished with what they say.
        if (await db.Set<Visit>().One(id) is { IsAhead: true } || form.Int("version") is not null)
            await db.Finish(id, form, Here.Of(screen, clock));
        // Whoever was quicker has made it already: then their numbers are read out, and no second ones are taken.
        var invoice =
            await db.Set<Invoice>().OfVisit(id).FirstOrDefaultAsync() ?? await Drafts.ForVisit(db, id, screen.Today, form.Id("company"));
        if (invoice.State == InvoiceState.Draft)
            await PapersModule.Issued(db, invoice.Id, actor, screen.Today, form.Id("blank"));
        return go.To($"visits/{id}/dictate");
    }
}

/// <summary>On the client's page: visits of the last days whose papers can be dictated, one key away.</summary>
internal sealed class ClientDictation : IClientSection
{
    private const int Days = 7,
        Most = 5;

    public async Task<RenderFragment?> For(Client client, AppDb db, Screen screen)
    {
        if (!screen.Can(Permission.PapersEdit))
            return null;
        var tomorrow = screen.Today.AddDays(1).ToDateTime(default, DateTimeKind.Utc);
        var since = screen.Today.AddDays(-Days).ToDateTime(default, DateTimeKind.Utc);
        var visits = await db.Set<Visit>()
            .AsNoTracking()
            .Where(v =>
                v.ClientId == client.Id
                && v.StartsAt >= since
                && (v.State == VisitState.Done || v.StartsAt < tomorrow && v.State != VisitState.Cancelled)
            )
            .OrderByDescending(v => v.StartsAt)
            .Take(Most)
            .ToListAsync();
        if (visits.Count == 0)
            return null;
        // Whoever calls waits for numbers that are not made yet: those come first.
        var ids = visits.Select(v => v.Id).ToList();
        var made = await db.Set<Invoice>()
            .Where(i => i.VisitId != null && ids.Contains(i.VisitId.Value) && i.Number != null && i.State != InvoiceState.Cancelled)
            .Select(i => i.VisitId)
            .ToListAsync();
        visits = [.. visits.OrderBy(v => made.Contains(v.Id) ? 1 : 0)];
        return page =>
        {
            page.OpenComponent<DictationBox>(0);
            page.AddComponentParameter(1, nameof(DictationBox.Visits), visits);
            page.CloseComponent();
        };
    }
}
