using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People.Pages;
using Remit.Storage;
using Remit.Web;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.People;

/// <summary>A link for one person, made again when it was lost; and the page it opens, where they choose their password.</summary>
internal static class JoinEndpoints
{
    public static void MapJoining(this WebApplication app)
    {
        app.MapPost("/people/{id:guid}/invite", Make).Needs(Permission.PeopleEdit);
        app.MapGet("/join/{token:length(64)}", Show).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
        app.MapPost("/join/{token:length(64)}", Join).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
    }

    private static async Task<IResult> Make(Guid id, Form form, AppDb db, Actor actor, Screen screen, IPostOffice post, TimeProvider clock)
    {
        var person = await db.Set<Person>().One(id);
        // A link sets a password, so it is for those whom one may give one.
        Rules.Must(PeopleEndpoints.MayGive(person.Role, actor), "person.role_too_high", ("role", screen.T["role." + person.Role]));
        var byMail = form.Flag("by_mail") && await post.IsOpen(db);
        var link = await db.Invite(person, screen, clock.GetUtcNow().UtcDateTime, byMail);
        await db.SaveChangesAsync();
        // Shown in this answer only, so not behind a redirect.
        return new RazorComponentResult<InvitedPage>(
            new { Links = (IReadOnlyList<(Person, string, bool)>)[(person, link, byMail)], To = $"people/{id}" }
        );
    }

    private static async Task<IResult> Show(string token, AppDb db, Screen screen, TimeProvider clock)
    {
        var (_, person) = await Open(token, db, clock);
        screen.T = new T(person.Language);
        return new RazorComponentResult<JoinPage>(new { Person = person, Secret = token });
    }

    private static async Task<IResult> Join(string token, Form form, AppDb db, Screen screen, HttpContext http, TimeProvider clock, Go go)
    {
        await db.StartWriting();
        var (link, person) = await Open(token, db, clock);
        screen.T = new T(person.Language);
        db.Actor = new Actor(person.Id, person.Name, person.Role);
        link.Use(clock.GetUtcNow().UtcDateTime);
        person.SetPassword(form.Text("password"));
        await db.SaveChangesAsync();
        if (await db.AsksSecond(person.Id))
            return go.To("sign-in");
        await SignInEndpoints.SignInAs(http, screen.Slug!, person);
        return go.To("", null, screen.T["invite.joined", ("firm", screen.Firm!.Name)]);
    }

    // What is over, used or never was looks the same to a stranger.
    private static async Task<(JoinLink, Person)> Open(string token, AppDb db, TimeProvider clock)
    {
        var hash = JoinLink.Hash(token);
        var found = await db.Set<JoinLink>()
            .Where(i => i.TokenHash == hash)
            .Join(db.Set<Person>().Where(p => p.Active), i => i.PersonId, p => p.Id, (i, p) => new { JoinLink = i, Person = p })
            .SingleOrDefaultAsync();
        return found is not null && found.JoinLink.IsOpen(clock.GetUtcNow().UtcDateTime)
            ? (found.JoinLink, found.Person)
            : throw new NotFound();
    }
}
