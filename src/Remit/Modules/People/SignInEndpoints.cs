using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People.Pages;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.People;

/// <summary>The node's first page, setting up a firm, signing in and out, one's own profile.</summary>
internal static class SignInEndpoints
{
    private static readonly TimeSpan year = TimeSpan.FromDays(365);

    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet("/", First).AllowAnonymous();
        app.MapPost("/set-up", SetUp).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
        app.MapGet("/sign-in", (string? to) => new RazorComponentResult<SignInPage>(new { To = to ?? "" })).AllowAnonymous();
        app.MapPost("/sign-in", SignIn).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
        app.MapPost("/sign-out", SignOut).Needs(Permission.Home);
        app.MapGet("/profile", async (AppDb db, Actor actor) =>
            new RazorComponentResult<ProfilePage>(new { Person = await db.Set<Person>().One(actor.PersonId!.Value) })).Needs(Permission.Home);
        app.MapPost("/profile/look", Look).AllowAnonymous();
        app.MapPost("/profile/password", Password).Needs(Permission.Home).RequireRateLimiting(Limits.SignIn);
    }

    private static async Task<IResult> First(FirmStore firms, Screen screen, HttpContext http, string? lang)
    {
        if (screen.Slug is not null) return await Home.Show(http);
        screen.T = new T(lang ?? http.Request.Cookies["lang"] ?? "ru");
        return new RazorComponentResult<FirstPage>(new { Firms = await firms.Firms() });
    }

    private static async Task<IResult> SetUp(Form form, FirmStore firms, HttpContext http, Screen screen)
    {
        screen.T = new T(form.Text("lang") ?? "en");
        var slug = form.Must("address").ToLowerInvariant();
        Must(FirmStore.Name.IsMatch(slug), "firm.address", ("address", slug));
        Must(!await firms.Exists(slug), "firm.taken", ("address", slug));
        var country = Countries.Home(form.Must("country"), form.Text("currency"), form.Text("time_zone"));
        var owner = Person.Join(form.Must("owner"), form.Must("email"), Role.Owner, screen.T.Language);
        owner.SetPassword(form.Text("password"));
        var firm = new Firm
        {
            Name = form.Must("firm"), Country = country.Code, Currency = country.Currency, Language = screen.T.Language, TimeZone = country.TimeZone,
        };
        await using var db = await firms.Create(slug);
        var position = Position.Named(screen.T["position.owner"]);
        db.AddRange(firm, owner, position, Tenure.Of(position, owner, DateOnly.FromDateTime(DateTime.UtcNow)));
        await db.SaveChangesAsync();
        http.Request.PathBase = "/~" + slug;
        await SignInAs(http, slug, owner);
        // The firm stands; its requisites come next, now or later.
        return Results.Redirect($"/~{slug}/set-up/company");
    }

    private static async Task<IResult> SignIn(Form form, AppDb db, Screen screen, HttpContext http, Go go)
    {
        var email = form.Must("email").ToLowerInvariant();
        var person = await db.Set<Person>().SingleOrDefaultAsync(p => p.Email == email);
        // One sentence for both, so that nobody learns which addresses have an account.
        Must(person?.Knows(form.Text("password") ?? "") == true, "signin.wrong");
        await SignInAs(http, screen.Slug!, person!);
        var to = form.Text("to") ?? "";
        return go.To(to.Contains(':') || to.StartsWith('/') || to.Contains('\\') ? "" : to);
    }

    private static async Task<IResult> SignOut(HttpContext http, Go go)
    {
        await http.SignOutAsync();
        return go.To("sign-in");
    }

    private static IResult Look(Form form, HttpContext http, Go go)
    {
        foreach (var name in (string[])["lang", "theme"])
            if (form.Text(name) is { Length: < 8 } value)
                http.Response.Cookies.Append(name, value, new CookieOptions { Path = "/", MaxAge = year, SameSite = SameSiteMode.Lax });
        return go.To(form.Text("to") is { } to && !to.Contains(':') ? to : "profile");
    }

    private static async Task<IResult> Password(Form form, AppDb db, Actor actor, Screen screen, HttpContext http, Go go)
    {
        var person = await db.Set<Person>().One(actor.PersonId!.Value);
        Must(person.Knows(form.Text("password") ?? ""), "signin.wrong_password");
        person.SetPassword(form.Text("new_password"));
        await db.SaveChangesAsync();
        await SignInAs(http, screen.Slug!, person);
        return go.To("profile", null, screen.T["person.password_set"]);
    }

    internal static Task SignInAs(HttpContext http, string slug, Person person) => http.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, person.Id.ToString()), new("firm", slug), new("stamp", person.Stamp)], "password")));
}
