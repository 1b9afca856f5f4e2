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

/// <summary>The client's own page behind a secret link: ask, and see how each question stands.</summary>
internal static class QuestionDoor
{
    private const int Shown = 50;

    public static void MapQuestionDoor(this WebApplication app)
    {
        // 128 random bits in the address stand for a sign-in.
        var (looks, asks) = (new LinkLimit(), new LinkLimit(10));
        app.MapGet("/q/{link:length(32)}", Open).AllowAnonymous().RequireRateLimiting(looks);
        app.MapPost("/q/{link:length(32)}", Ask).AllowAnonymous().RequireRateLimiting(asks);
        app.MapPost("/clients/{id:guid}/door", Make).Needs(Permission.VisitsEdit);
    }

    private static async Task<IResult> Open(string link, AppDb db, Screen screen, HttpContext http)
    {
        var client = await Find(link, db, screen);
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        var used = await db.Set<ClientProduct>().Where(u => u.ClientId == client.Id).Select(u => u.ProductId).ToListAsync();
        var products = await db.Products();
        var questions = await db.Set<Question>()
            .AsNoTracking()
            .Where(q => q.ClientId == client.Id)
            .OrderByDescending(q => q.AskedAt)
            .Take(Shown)
            .ToListAsync();
        return new RazorComponentResult<DoorPage>(
            new
            {
                Client = client,
                Link = link,
                Products = used.Count > 0 ? products.FindAll(p => used.Contains(p.Id)) : products,
                Questions = questions,
                Visits = await db.VisitsFor([.. questions.Select(q => q.Id)]),
                Names = await db.NamesOfPeople(),
            }
        );
    }

    private static async Task<IResult> Ask(string link, Form form, AppDb db, TimeLimits limits, Screen screen, TimeProvider clock, Go go)
    {
        var client = await Find(link, db, screen);
        db.Actor = new Actor(null, client.Name, Role.Programmer);
        Must(!await db.AreMany(client.Id), "question.many", ("most", AskedQuestions.MostOpen));
        await db.Ask(
            new(client, form.Text("question_text"), form.Text("asked_by"), ProductId: form.Id("product")),
            limits,
            screen.Firm!,
            clock.GetUtcNow().UtcDateTime
        );
        await db.SaveChangesAsync();
        return go.To($"q/{link}", null, screen.T["door.sent"]);
    }

    /// <summary>Makes the link before there is a question, to be sent to the client.</summary>
    private static async Task<IResult> Make(Guid id, AppDb db, Go go)
    {
        await db.Door((await db.Set<Client>().One(id)).Id);
        await db.SaveChangesAsync();
        return go.To($"clients/{id}");
    }

    private static async Task<Client> Find(string link, AppDb db, Screen screen)
    {
        var door = await db.Set<ClientDoor>().AsNoTracking().SingleOrDefaultAsync(d => d.Link == link) ?? throw new Web.NotFound();
        var client = await db.Set<Client>().One(door.ClientId);
        screen.T = new T(client.Language);
        return client;
    }
}
