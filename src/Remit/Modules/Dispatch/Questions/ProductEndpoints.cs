using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Dispatch;

/// <summary>The programs the firm looks after: who of its people knows them, which clients use them.</summary>
internal static class ProductEndpoints
{
    public static void MapProducts(this WebApplication app)
    {
        app.MapGet("/products", Show).Needs(Permission.VisitsSee);
        app.MapPost("/products", Add).Needs(Permission.VisitsEdit);
        app.MapPost("/products/{id:guid}/skills", Skills).Needs(Permission.VisitsEdit);
        app.MapPost("/clients/{id:guid}/products", Uses).Needs(Permission.VisitsEdit);
        app.MapPost("/clients/{id:guid}/products/{use:guid}/end", Ends).Needs(Permission.VisitsEdit);
    }

    private static async Task<IResult> Show(AppDb db) =>
        new RazorComponentResult<ProductsPage>(
            new
            {
                Products = await db.Products(),
                People = await db.Programmers(),
                Skills = await db.Set<Skill>().AsNoTracking().ToListAsync(),
                Uses = await db.Set<ClientProduct>()
                    .GroupBy(u => u.ProductId)
                    .Select(g => new { g.Key, Count = g.Count() })
                    .ToDictionaryAsync(g => g.Key, g => g.Count),
                Watches = await db.Set<ReleaseWatch>().AsNoTracking().OrderBy(w => w.Id).ToListAsync(),
                Releases = await db.Set<Release>()
                    .AsNoTracking()
                    .OrderByDescending(r => r.On)
                    .ThenByDescending(r => r.Id)
                    .Take(100)
                    .ToListAsync(),
            }
        );

    private static async Task<IResult> Add(Form form, AppDb db, Screen screen, Go go)
    {
        var product = Product.Named(form.Text("product_name"));
        Must(!await db.Set<Product>().AnyAsync(p => p.Name == product.Name), "product.there", ("product", product.Name));
        db.Add(product);
        await db.SaveChangesAsync();
        return go.To("products", db, screen.T["product.added", ("product", product.Name)]);
    }

    private static async Task<IResult> Skills(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        var product = await db.Set<Product>().One(id);
        await db.StartWriting();
        var now = await db.Set<Skill>().Where(s => s.ProductId == id).ToListAsync();
        var able = form.Chosen("people", [.. now.Select(s => $"{s.PersonId}")])
            .Select(v => Guid.TryParse(v, out var p) ? p : throw new Web.NotFound())
            .ToHashSet();
        db.RemoveRange(now.Where(s => !able.Contains(s.PersonId)));
        foreach (var person in able.Except(now.Select(s => s.PersonId)))
            db.Add(new Skill { PersonId = (await db.Set<Person>().One(person)).Id, ProductId = id });
        await db.SaveChangesAsync();
        return go.To("products", db, screen.T["product.skills_saved", ("product", product.Name)]);
    }

    private static async Task<IResult> Uses(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        var client = await db.Set<Client>().One(id);
        var product = await db.Set<Product>().One(form.Id("product") ?? throw new Web.NotFound());
        var use = await db.Set<ClientProduct>().OrderBy(u => u.Id).FirstOrDefaultAsync(u => u.ClientId == id && u.ProductId == product.Id);
        if (use is null)
            db.Add(use = new ClientProduct { ClientId = id, ProductId = product.Id });
        use.IsNow(form.Text("used_version"));
        await db.SaveChangesAsync();
        return go.To($"clients/{id}", db, screen.T["product.used", ("client", client.Name), ("product", product.Name)]);
    }

    private static async Task<IResult> Ends(Guid id, Guid use, AppDb db, Screen screen, Go go)
    {
        var ended = await db.Set<ClientProduct>().Where(u => u.ClientId == id).One(use);
        db.Remove(ended);
        await db.SaveChangesAsync();
        return go.To($"clients/{id}", db, screen.T["product.use_ended"]);
    }
}

/// <summary>On the client's page: what they use, what they asked, and their link.</summary>
internal sealed class ClientQuestions(TimeLimits limits, IAgreedService papers) : IClientSection
{
    public async Task<RenderFragment?> For(Client client, AppDb db, Screen screen)
    {
        if (!screen.Can(Permission.VisitsSee))
            return null;
        var uses = await db.Set<ClientProduct>().AsNoTracking().Where(u => u.ClientId == client.Id).ToListAsync();
        var questions = await db.Set<Question>()
            .AsNoTracking()
            .Where(q => q.ClientId == client.Id)
            .OrderByDescending(q => q.AskedAt)
            .Take(10)
            .ToListAsync();
        var door = await db.Set<ClientDoor>()
            .AsNoTracking()
            .Where(d => d.ClientId == client.Id)
            .OrderBy(d => d.Id)
            .Select(d => d.Link)
            .FirstOrDefaultAsync();
        var products = await db.Products();
        var classes = await db.Keep(
            "service classes",
            [typeof(ServiceClass)],
            () => db.Set<ServiceClass>().AsNoTracking().OrderBy(c => c.Hours).ToListAsync()
        );
        var agreed = await db.Set<ClientService>().Where(s => s.ClientId == client.Id).Select(s => (Guid?)s.ClassId).FirstOrDefaultAsync();
        var limit = await limits.For(db, client, screen.Today);
        var paper = limit.PaperId is { } id ? await papers.Paper(db, id) : ((string Title, string Path)?)null;
        return page =>
        {
            page.OpenComponent<ClientQuestionsBox>(0);
            page.AddComponentParameter(1, nameof(ClientQuestionsBox.Client), client);
            page.AddComponentParameter(2, nameof(ClientQuestionsBox.Uses), uses);
            page.AddComponentParameter(3, nameof(ClientQuestionsBox.Questions), questions);
            page.AddComponentParameter(4, nameof(ClientQuestionsBox.Products), products);
            page.AddComponentParameter(5, nameof(ClientQuestionsBox.Link), door is null ? "" : $"{screen.Root}q/{door}");
            page.AddComponentParameter(6, nameof(ClientQuestionsBox.Classes), classes);
            page.AddComponentParameter(7, nameof(ClientQuestionsBox.Agreed), agreed);
            page.AddComponentParameter(8, nameof(ClientQuestionsBox.Limit), limit);
            page.AddComponentParameter(9, nameof(ClientQuestionsBox.Paper), paper);
            page.CloseComponent();
        };
    }
}
