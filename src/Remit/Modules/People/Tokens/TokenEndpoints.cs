using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People.Pages;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.People;

/// <summary>One's own profile, and the personal tokens by which other programs act for one.</summary>
internal static class TokenEndpoints
{
    public static void MapTokens(this WebApplication app)
    {
        app.MapGet("/profile", Profile).Needs(Permission.Home);
        app.MapPost("/profile/tokens", Make).Needs(Permission.Home);
        app.MapPost("/profile/tokens/{id:guid}/revoke", Revoke).Needs(Permission.Home);
    }

    private static async Task<IResult> Profile(AppDb db, Actor actor, Screen screen, IEnumerable<IProfileSection> sections)
    {
        var person = await db.Set<Person>().One(actor.PersonId!.Value);
        var parts = new List<Microsoft.AspNetCore.Components.RenderFragment>();
        foreach (var section in sections)
            parts.Add(await section.For(person, db, screen));
        return new RazorComponentResult<ProfilePage>(
            new
            {
                Person = person,
                Sections = parts,
                Second = await db.AsksSecond(person.Id),
                Tokens = await db.Set<ApiToken>()
                    .AsNoTracking()
                    .Where(t => t.PersonId == person.Id && t.RevokedAt == null)
                    .OrderByDescending(t => t.Id)
                    .ToListAsync(),
            }
        );
    }

    private static async Task<IResult> Make(Form form, AppDb db, Actor actor, TimeProvider clock)
    {
        var (token, text) = ApiToken.Make(
            actor.PersonId!.Value,
            form.Text("token_name"),
            form.Flag("read_only"),
            clock.GetUtcNow().UtcDateTime
        );
        db.Add(token);
        await db.SaveChangesAsync();
        // Shown in this answer only, so not behind a redirect.
        return new RazorComponentResult<TokenPage>(new { Made = token, Text = text });
    }

    private static async Task<IResult> Revoke(Guid id, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var token = await db.Set<ApiToken>().Where(t => t.PersonId == actor.PersonId).One(id);
        token.Revoke(clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        return go.To("profile", null, screen.T["token.revoked", ("name", token.Name)]);
    }
}
