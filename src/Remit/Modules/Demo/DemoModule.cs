using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Demo;

public static class DemoModule
{
    public static void MapDemo(this WebApplication app)
    {
        app.MapPost("/demo", Enter).AllowAnonymous().RequireRateLimiting(Limits.SignIn);
        app.MapPost("/demo/remove", Remove).Needs(Permission.FirmEdit);
    }

    // Who presses the button while it is made for another waits for it.
    private static readonly SemaphoreSlim making = new(1);

    private static async Task<IResult> Enter(
        Form form,
        FirmStore firms,
        Screen screen,
        HttpContext http,
        TimeProvider clock,
        IConfiguration settings,
        Headway way
    )
    {
        if (screen.Slug is not null)
            throw new Web.NotFound();
        screen.T = new T(form.Text("lang") ?? "en");
        Must(settings["REMIT_DEMO"] != "off", "demo.off");
        await making.WaitAsync(http.RequestAborted);
        try
        {
            if (!await firms.Exists(DemoFirm.Address))
                await DemoFirm.Make(firms, DemoFirm.Today(clock, screen.T.Language), screen.T.Language, way.Say);
        }
        finally
        {
            making.Release();
        }
        await using var db = firms.Open(DemoFirm.Address);
        Must(await db.Set<Firm>().AnyAsync(f => f.IsDemo), "demo.taken");
        var owner = await db.Set<Person>().FirstAsync(p => p.Role == Role.Owner);
        http.Request.PathBase = "/~" + DemoFirm.Address;
        await SignInEndpoints.SignInAs(http, DemoFirm.Address, owner);
        return Results.Redirect($"/~{DemoFirm.Address}/");
    }

    private static async Task<IResult> Remove(FirmStore firms, Screen screen)
    {
        Must(screen.Firm is { IsDemo: true }, "demo.real");
        await firms.Remove(screen.Slug!);
        return Results.Redirect("/");
    }
}
