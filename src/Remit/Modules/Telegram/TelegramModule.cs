using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Telegram.Pages;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Telegram;

/// <summary>The firm's Telegram bot: its settings, kept only when the bot answers to them.</summary>
public static class TelegramModule
{
    public static void MapTelegram(this WebApplication app)
    {
        app.MapGet(
                "/telegram",
                async Task<IResult> (AppDb db) =>
                    new RazorComponentResult<TelegramPage>(
                        new { Settings = await Now(db), Chats = await db.Set<TelegramChat>().CountAsync() }
                    )
            )
            .Needs(Permission.FirmEdit);
        app.MapPost("/telegram", Save).Needs(Permission.FirmEdit);
    }

    private static async Task<IResult> Save(Form form, AppDb db, IDataProtectionProvider keys, TelegramBot bot, Screen screen, Go go)
    {
        var settings = await Now(db);
        if (settings is null)
            db.Add(settings = new TelegramSettings());
        else
            form = await form.Merged(db, settings, s => [("telegram_address", s.Address)]);
        var before = settings.Address;
        settings.Describe(form.Text("telegram_address"));
        // Another server must not be sent the token of the old one.
        if (form.Text("telegram_token") is { } token)
            settings.SetToken(token, keys);
        else
            Rules.Must(settings.TokenSealed.Length > 0 && settings.Address == before, "telegram.token");
        settings.Known(await bot.Name(settings));
        await db.SaveChangesAsync();
        return go.To("telegram", null, screen.T["telegram.saved", ("bot", "@" + settings.BotName)]);
    }

    private static Task<TelegramSettings?> Now(AppDb db) => db.Set<TelegramSettings>().SingleOrDefaultAsync();
}
