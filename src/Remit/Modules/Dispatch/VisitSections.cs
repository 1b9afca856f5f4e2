using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>A part of the visit's page that another module brings: its invoice, or the offer to make one.</summary>
public interface IVisitSection
{
    /// <summary>Null where this person may not see it.</summary>
    Task<RenderFragment?> For(Visit visit, AppDb db, Screen screen);
}

/// <summary>A part of the question's page that another module brings: the letters it came in.</summary>
public interface IQuestionSection
{
    /// <summary>Null where there is nothing to show.</summary>
    Task<RenderFragment?> For(Question question, AppDb db, Screen screen);
}

/// <summary>The latest visits on the client's page.</summary>
public sealed class ClientVisits : IClientSection
{
    public async Task<RenderFragment?> For(Client client, AppDb db, Screen screen)
    {
        if (!screen.Can(Permission.VisitsSee))
            return null;
        var visits = await db.Set<Visit>()
            .AsNoTracking()
            .Where(v => v.ClientId == client.Id)
            .OrderByDescending(v => v.StartsAt)
            .Take(30)
            .ToListAsync();
        var people = await db.NamesOfPeople();
        var rows = visits.ConvertAll(v => new NamedVisit(v, client.Name, people.GetValueOrDefault(v.ProgrammerId, "—")));
        return page =>
        {
            page.OpenComponent<ClientVisitsBox>(0);
            page.AddComponentParameter(1, nameof(ClientVisitsBox.ClientId), client.Id);
            page.AddComponentParameter(2, nameof(ClientVisitsBox.Visits), rows);
            page.CloseComponent();
        };
    }
}

/// <summary>A visit with the names its row shows.</summary>
public sealed record NamedVisit(Visit Visit, string Client, string Programmer)
{
    public string Hours => $"{Visit.StartsAt:HH:mm}–{Visit.EndsAt:HH:mm}";
}
