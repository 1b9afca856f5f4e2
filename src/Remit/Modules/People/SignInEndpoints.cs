using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
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
        app.MapGet("/sign-in", IResult (string? to) => new RazorComponentResult<SignInPage>(new { To = to ?? "" })).AllowAnonymous();
        app.MapPost("/sign-in", SignIn).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
        app.MapPost("/sign-out", SignOut).Needs(Permission.Home);
        app.MapPost("/profile/look", Look).AllowAnonymous();
        app.MapPost("/profile/password", Password).Needs(Permission.Home).RequireRateLimiting(Limits.SignIn);
    }

    private static async Task<IResult> First(FirmStore firms, Screen screen, HttpContext http, IConfiguration settings, string? lang)
    {
        if (screen.Slug is not null)
            return await Home.Show(http);
        screen.T = new T(
            lang ?? http.Request.Cookies["lang"] ?? Api.Language(http) ?? (http.Request.Headers.AcceptLanguage.Count > 0 ? "en" : "ru")
        );
        return new RazorComponentResult<FirstPage>(new { Firms = await firms.Firms(), Open = settings["REMIT_SETUP"] != "off" });
    }

    private static async Task<IResult> SetUp(
        Form form,
        FirmStore firms,
        HttpContext http,
        Screen screen,
        IConfiguration settings,
        TimeProvider clock
    )
    {
        if (screen.Slug is not null)
            throw new Web.NotFound();
        screen.T = new T(form.Text("lang") ?? "en");
        Must(settings["REMIT_SETUP"] != "off", "firm.setup_off");
        var slug = form.Text("address")?.ToLowerInvariant() ?? await FirmAddress.Free(form.Must("firm"), firms);
        Must(FirmStore.Name.IsMatch(slug), "firm.address", ("address", slug));
        Must(!await firms.Exists(slug), "firm.taken", ("address", slug));
        var country = Countries.Home(form.Must("country"), form.Text("currency"), form.Text("time_zone"));
        var owner = Person.Join(form.Must("owner"), form.Must("email"), Role.Owner, screen.T.Language);
        owner.SetPassword(form.Text("password"));
        var firm = new Firm
        {
            Name = form.Must("firm"),
            Country = country.Code,
            Currency = country.Currency,
            Language = screen.T.Language,
            TimeZone = country.TimeZone,
        };
        await using var db = await firms.Create(slug);
        var position = Position.Named(screen.T["position.owner"]);
        db.AddRange(firm, owner, position, Tenure.Of(position, owner, firm.Day(clock.GetUtcNow().UtcDateTime)));
        await db.SaveChangesAsync();
        http.Request.PathBase = "/~" + slug;
        await SignInAs(http, slug, owner);
        // The firm stands; its requisites come next, now or later.
        return Results.Redirect($"/~{slug}/set-up/company");
    }

    private static async Task<IResult> SignIn(
        Form form,
        AppDb db,
        Screen screen,
        HttpContext http,
        AccountLimit limit,
        IDataProtectionProvider protection,
        Go go
    )
    {
        var email = form.Must("email").ToLowerInvariant();
        if (!limit.Allows(screen.Slug!, email))
            throw new Refused(429, new Refusal("signin.too_many"));
        var person = await db.Set<Person>().SingleOrDefaultAsync(p => p.Email == email);
        // One sentence for both, and as much work, so that nobody learns which addresses have an account.
        Must((person ?? Person.Stranger).Knows(form.Text("password") ?? ""), "signin.wrong");
        if (await db.AsksSecond(person!.Id))
        {
            SecondEndpoints.Remember(http, screen, protection, person);
            return go.To("sign-in/code?to=" + Uri.EscapeDataString(Back(form.Text("to"))));
        }
        await SignInAs(http, screen.Slug!, person);
        return go.To(Back(form.Text("to")));
    }

    /// <summary>Only a page of this firm: a relative path, no other host.</summary>
    internal static string Back(string? to) => to is null || to.Contains(':') || to.StartsWith('/') || to.Contains('\\') ? "" : to;

    private static async Task<IResult> SignOut(HttpContext http, Go go)
    {
        await http.SignOutAsync();
        return go.To("sign-in");
    }

    private static async Task<IResult> Look(Form form, HttpContext http, Screen screen, FirmStore firms, Go go)
    {
        if (screen.Person?.PersonId is { } me)
            await Remember(form, screen, firms, me);
        foreach (var name in (string[])["lang", "theme"])
            if (form.Text(name) is { Length: < 8 } value)
                http.Response.Cookies.Append(
                    name,
                    value,
                    new CookieOptions
                    {
                        Path = "/",
                        MaxAge = year,
                        SameSite = SameSiteMode.Lax,
                    }
                );
        // My day is an empty address, so the field that is there and empty differs from none.
        return go.To(form.All("to").FirstOrDefault() is { } to ? Back(to) : "profile");
    }

    // Letters and digests speak a person's language and know their clock, so both are kept with the person too.
    private static async Task Remember(Form form, Screen screen, FirmStore firms, Guid me)
    {
        await using var db = firms.Open(screen.Slug!);
        db.Actor = screen.Person!;
        var person = await db.Set<Person>().One(me);
        if (form.Text("lang") is { } language && Texts.Languages.Contains(language))
            person.Speak(language);
        if (form.Sent("time_zone") is { } zone)
            person.LiveBy(zone);
        if (db.ChangeTracker.HasChanges())
            await db.SaveChangesAsync();
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

    internal static Task SignInAs(HttpContext http, string slug, Person person) =>
        http.SignInAsync(
            new ClaimsPrincipal(
                new ClaimsIdentity(
                    [new(ClaimTypes.NameIdentifier, person.Id.ToString()), new("firm", slug), new("stamp", person.Stamp)],
                    "password"
                )
            )
        );
}
