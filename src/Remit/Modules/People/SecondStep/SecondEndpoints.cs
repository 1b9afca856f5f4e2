using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using QRCoder;
using Remit.Kernel;
using Remit.Modules.People.Pages;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.People;

/// <summary>The second step at sign-in: switched on from the profile, asked for, switched off by oneself or by an owner.</summary>
internal static class SecondEndpoints
{
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(5);

    public static void MapSecond(this WebApplication app)
    {
        app.MapGet("/profile/second", Show).Needs(Permission.Home);
        app.MapPost("/profile/second/begin", Begin).Needs(Permission.Home);
        app.MapPost("/profile/second/confirm", Confirm).Needs(Permission.Home).RequireRateLimiting(Limits.SignIn);
        app.MapPost("/profile/second/off", Off).Needs(Permission.Home).RequireRateLimiting(Limits.SignIn);
        app.MapPost("/people/{id:guid}/second-off", OffFor).Needs(Permission.FirmEdit);
        app.MapGet("/sign-in/code", IResult (string? to) => new RazorComponentResult<CodePage>(new { To = to ?? "" })).AllowAnonymous();
        app.MapPost("/sign-in/code", SignIn).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
    }

    /// <summary>The password was right; for some minutes this browser may give the code.</summary>
    internal static void Remember(HttpContext http, Screen screen, IDataProtectionProvider protection, Person person) =>
        http.Response.Cookies.Append(
            "second",
            Ticket(protection, screen).Protect($"{person.Id}|{person.Stamp}", patience),
            new CookieOptions
            {
                Path = screen.Base,
                MaxAge = patience,
                HttpOnly = true,
                SameSite = SameSiteMode.Lax,
                Secure = http.Request.IsHttps,
            }
        );

    private static async Task<IResult> SignIn(
        Form form,
        AppDb db,
        Screen screen,
        HttpContext http,
        IDataProtectionProvider protection,
        TimeProvider clock,
        Go go
    )
    {
        var person = await Remembered(http, screen, protection, db);
        Must(person is not null, "second.too_late");
        if (await db.AsksSecond(person!.Id))
            await db.TakeCode(person.Id, form.Must("code"), Open(protection, screen, person.Id), clock.GetUtcNow().UtcDateTime);
        http.Response.Cookies.Delete("second", new CookieOptions { Path = screen.Base });
        await SignInEndpoints.SignInAs(http, screen.Slug!, person);
        return go.To(SignInEndpoints.Back(form.Text("to")));
    }

    private static async Task<Person?> Remembered(HttpContext http, Screen screen, IDataProtectionProvider protection, AppDb db)
    {
        try
        {
            var parts = Ticket(protection, screen).Unprotect(http.Request.Cookies["second"] ?? "").Split('|');
            var id = Guid.Parse(parts[0]);
            return await db.Set<Person>().SingleOrDefaultAsync(p => p.Id == id && p.Active && p.Stamp == parts[1]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static async Task<IResult> Show(AppDb db, Actor actor, Screen screen, IDataProtectionProvider protection)
    {
        var person = await db.Set<Person>().One(actor.PersonId!.Value);
        var factor = await db.Set<SecondFactor>().AsNoTracking().SingleOrDefaultAsync(f => f.PersonId == person.Id);
        var secret = factor is { ConfirmedAt: null, SealedSecret.Length: > 0 }
            ? Open(protection, screen, person.Id)(factor.SealedSecret)
            : null;
        return new RazorComponentResult<SecondPage>(
            new
            {
                Factor = factor,
                Secret = secret is null ? null : string.Join(' ', Totp.Base32(secret).Chunk(4).Select(part => new string(part))),
                Picture = secret is null ? null : Picture(Totp.Address(screen.Firm!.Name, person.Email, secret)),
            }
        );
    }

    private static async Task<IResult> Begin(AppDb db, Actor actor, Screen screen, IDataProtectionProvider protection, Go go)
    {
        var me = actor.PersonId!.Value;
        var factor = await db.Set<SecondFactor>().SingleOrDefaultAsync(f => f.PersonId == me);
        if (factor is null)
            db.Add(factor = SecondFactor.Of(me));
        factor.Begin(Box(protection, screen, me).Protect(Convert.ToBase64String(Totp.NewSecret())));
        await db.SaveChangesAsync();
        return go.To("profile/second");
    }

    private static async Task<IResult> Confirm(
        Form form,
        AppDb db,
        Actor actor,
        Screen screen,
        IDataProtectionProvider protection,
        TimeProvider clock
    )
    {
        var me = actor.PersonId!.Value;
        var now = clock.GetUtcNow().UtcDateTime;
        var factor =
            await db.Set<SecondFactor>().SingleOrDefaultAsync(f => f.PersonId == me && f.ConfirmedAt == null && f.SealedSecret != "")
            ?? throw new NotFound();
        var step = Totp.Match(Open(protection, screen, me)(factor.SealedSecret), form.Must("code").Replace(" ", ""), now);
        if (step is null)
            throw new Refusal("second.wrong") { Field = "code" };
        var codes = factor.Confirm(step.Value, now);
        await db.SaveChangesAsync();
        return new RazorComponentResult<RecoveryPage>(new { Codes = codes });
    }

    private static async Task<IResult> Off(Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var person = await db.Set<Person>().One(actor.PersonId!.Value);
        Must(person.Knows(form.Text("password") ?? ""), "signin.wrong_password");
        await SwitchOff(db, person.Id);
        return go.To("profile", null, screen.T["second.off_done", ("name", person.Name)]);
    }

    private static async Task<IResult> OffFor(Guid id, AppDb db, Screen screen, Go go)
    {
        var person = await db.Set<Person>().One(id);
        await SwitchOff(db, person.Id);
        return go.To($"people/{id}", null, screen.T["second.off_done", ("name", person.Name)]);
    }

    private static async Task SwitchOff(AppDb db, Guid person)
    {
        var factor =
            await db.Set<SecondFactor>().SingleOrDefaultAsync(f => f.PersonId == person && f.ConfirmedAt != null) ?? throw new NotFound();
        factor.Off();
        await db.SaveChangesAsync();
    }

    private static string Picture(string address)
    {
        using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        return "data:image/png;base64," + Convert.ToBase64String(new PngByteQRCode(code).GetGraphic(5));
    }

    // One firm's secret is nothing in another, one person's nothing for another.
    private static IDataProtector Box(IDataProtectionProvider protection, Screen screen, Guid person) =>
        protection.CreateProtector("second-factor", screen.Slug!, person.ToString());

    private static Func<string, byte[]> Open(IDataProtectionProvider protection, Screen screen, Guid person) =>
        text =>
        {
            // Keys that were lost leave the recovery codes, and an owner who switches it off.
            try
            {
                return Convert.FromBase64String(Box(protection, screen, person).Unprotect(text));
            }
            catch (CryptographicException)
            {
                throw new Refusal("second.sealed");
            }
        };

    private static ITimeLimitedDataProtector Ticket(IDataProtectionProvider protection, Screen screen) =>
        protection.CreateProtector("second-step", screen.Slug!).ToTimeLimitedDataProtector();
}
