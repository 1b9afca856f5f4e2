using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch.Pages;
using Remit.Modules.Telegram;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Dispatch;

/// <summary>Working hours and the order in which clients are reminded; and what Dispatch adds to the program.</summary>
public static class DispatchSettingsEndpoints
{
    public static void AddDispatch(this IServiceCollection services)
    {
        services.AddSingleton<FreeTimes>();
        services.AddSingleton<IJobHandler, Reminding>();
        services.AddSingleton<TelegramAsking>();
        services.AddSingleton<IChatButtons, VisitButtons>();
        services.AddSingleton<IJobHandler, ProgrammerLetter>();
        services.AddSingleton<IRecordKind, RouteRecord>();
        services.AddSingleton<IChatOwner, VisitChats>();
        services.AddSingleton<IJobHandler, LateQuestion>();
        services.AddSingleton<IJobHandler, MorningLook>();
        services.AddSingleton<IJobHandler, Look>();
        services.AddSingleton<IDueSource, QuestionDues>();
        services.AddSingleton<IHolding, QuestionHolding>();
        services.AddSingleton<IHearsAnswers, VisitAnswers>();
        services.AddSingleton<IClientSection, ClientQuestions>();
        services.AddSingleton<TimeLimits>();
    }

    public static void MapDispatchSettings(this WebApplication app)
    {
        app.MapGet(
                "/visits/settings",
                async Task<IResult> (AppDb db) =>
                    new RazorComponentResult<DispatchSettingsPage>(new { Settings = await DispatchSettings.Now(db) })
            )
            .Needs(Permission.FirmEdit);
        app.MapPost("/visits/settings", Save).Needs(Permission.FirmEdit);
    }

    private static async Task<IResult> Save(Form form, AppDb db, Screen screen, Go go)
    {
        var settings = await db.Set<DispatchSettings>().SingleOrDefaultAsync();
        if (settings is null)
            db.Add(settings = new DispatchSettings());
        else
            form = await form.Merged(
                db,
                settings,
                s =>
                    [
                        ("opens", $"{s.Opens}"),
                        ("closes", $"{s.Closes}"),
                        ("travel", $"{s.Travel}"),
                        ("mail_hours", $"{s.MailHours}"),
                        ("telegram_hours", $"{s.TelegramHours}"),
                        ("call_hours", $"{s.CallHours}"),
                        ("above_hours", $"{s.AboveHours}"),
                    ]
            );
        settings.Work(form.Int("opens") ?? 0, form.Int("closes") ?? 0, form.Int("travel") ?? 0);
        settings.Remind(
            form.Int("mail_hours") ?? 0,
            form.Int("telegram_hours") ?? 0,
            form.Int("call_hours") ?? 0,
            form.Int("above_hours") ?? 0
        );
        await db.SaveChangesAsync();
        return go.To("visits/settings", db, screen.T["dispatch.saved"]);
    }
}
