using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch.Pages;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Dispatch;

/// <summary>How soon a question is to be answered: by the class of service in the contract, else by segment.</summary>
internal static class ServiceEndpoints
{
    public static void MapServices(this WebApplication app)
    {
        app.MapGet("/questions/terms", Show).Needs(Permission.FirmEdit);
        app.MapPost("/questions/terms", SaveTerm).Needs(Permission.FirmEdit);
        app.MapPost("/questions/classes", SaveClass).Needs(Permission.FirmEdit);
        app.MapPost("/questions/classes/{id:guid}/end", EndClass).Needs(Permission.FirmEdit);
        app.MapPost("/clients/{id:guid}/service", Agree).Needs(Permission.VisitsEdit);
    }

    private static async Task<IResult> Show(AppDb db, Screen screen, IAgreedService papers) =>
        new RazorComponentResult<TermsPage>(
            new
            {
                Terms = await db.Set<QuestionTerm>().AsNoTracking().OrderBy(t => t.Segment).ToListAsync(),
                Classes = await db.Set<ServiceClass>().AsNoTracking().OrderBy(c => c.Hours).ThenBy(c => c.Name).ToListAsync(),
                Clients = (
                    await db.Set<ClientService>()
                        .Select(s => new { s.ClassId, s.ClientId })
                        .Union(papers.On(db, screen.Today).Select(a => new { a.ClassId, a.ClientId }))
                        .ToListAsync()
                )
                    .GroupBy(s => s.ClassId)
                    .ToDictionary(g => g.Key, g => g.Count()),
                Segments = await db.Set<Client>()
                    .Where(c => c.Segment != "")
                    .Select(c => c.Segment)
                    .Distinct()
                    .OrderBy(s => s)
                    .ToListAsync(),
            }
        );

    private static async Task<IResult> SaveTerm(Form form, AppDb db, Screen screen, Go go)
    {
        var (segment, hours) = (form.Text("segment") ?? "", form.Int("hours") ?? 0);
        if (await db.Set<QuestionTerm>().SingleOrDefaultAsync(t => t.Segment == segment) is { } term)
            term.Last(hours);
        else
            db.Add(QuestionTerm.For(segment, hours));
        await db.SaveChangesAsync();
        return go.To("questions/terms", db, screen.T["question.term_saved"]);
    }

    private static async Task<IResult> SaveClass(Form form, AppDb db, Screen screen, Go go)
    {
        var known = form.Id("class") is { } id ? await db.Set<ServiceClass>().One(id) : null;
        if (known is not null)
            form = await form.Merged(db, known, c => [("service_name", c.Name), ("hours", $"{c.Hours}")]);
        var (name, hours) = (form.Text("service_name"), form.Int("hours") ?? 0);
        if (known is not null)
            known.Agree(name, hours);
        else
            db.Add(ServiceClass.Of(name, hours));
        Must(!await db.Set<ServiceClass>().AnyAsync(c => c.Name == name && c.Id != form.Id("class")), "service.there", ("name", name));
        await db.SaveChangesAsync();
        return go.To("questions/terms", db, screen.T["question.term_saved"]);
    }

    private static async Task<IResult> EndClass(Guid id, AppDb db, Screen screen, Go go)
    {
        var ended = await db.Set<ServiceClass>().One(id);
        Must(!await db.Set<ClientService>().AnyAsync(s => s.ClassId == id), "service.in_use", ("name", ended.Name));
        await db.Discard(ended);
        await db.SaveChangesAsync();
        return go.To("questions/terms", db, screen.T["service.ended", ("name", ended.Name)]);
    }

    private static async Task<IResult> Agree(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        var client = await db.Set<Client>().One(id);
        db.RemoveRange(await db.Set<ClientService>().Where(s => s.ClientId == id).ToListAsync());
        if (form.Id("class") is { } agreed)
            db.Add(new ClientService { ClientId = id, ClassId = (await db.Set<ServiceClass>().One(agreed)).Id });
        await db.SaveChangesAsync();
        return go.To($"clients/{id}", db, screen.T["service.agreed", ("client", client.Name)]);
    }
}
