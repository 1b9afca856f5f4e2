using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Telegram;

/// <summary>A button below a message.</summary>
/// <param name="Data">At most 64 bytes, which come back when it is pressed.</param>
public sealed record ChatButton(string Text, string Data);

/// <summary>The Bot API: a call is a POST of JSON to <c>/bot{token}/{method}</c>, answered by <c>ok</c> with a result or a description.</summary>
public sealed class TelegramBot(IDataProtectionProvider keys, OutsideWeb outside) : IDisposable
{
    private readonly HttpClient http = new(outside.Way, disposeHandler: false)
    {
        Timeout = TimeSpan.FromSeconds(20),
        MaxResponseContentBufferSize = 4 << 20,
    };

    /// <summary>What the bot is called; refused where the token is not a bot's.</summary>
    public async Task<string> Name(TelegramSettings settings, CancellationToken cancel = default) =>
        (await Call(settings, "getMe", new { }, cancel)).GetProperty("username").GetString() ?? "";

    public Task Say(TelegramSettings settings, long chat, string text, CancellationToken cancel) =>
        Call(
            settings,
            "sendMessage",
            new
            {
                chat_id = chat,
                text,
                link_preview_options = new { is_disabled = true },
            },
            cancel
        );

    /// <summary>Says the same with buttons below it, one in each row; what is pressed comes back by <see cref="Updates"/>.</summary>
    public Task Say(TelegramSettings settings, long chat, string text, IReadOnlyList<ChatButton> buttons, CancellationToken cancel) =>
        Call(
            settings,
            "sendMessage",
            new
            {
                chat_id = chat,
                text,
                link_preview_options = new { is_disabled = true },
                reply_markup = new { inline_keyboard = buttons.Select(b => new[] { new { text = b.Text, callback_data = b.Data } }) },
            },
            cancel
        );

    /// <summary>Answers a pressed button; without an answer it would show that it waits.</summary>
    public Task Answer(TelegramSettings settings, string press, string text, CancellationToken cancel) =>
        Call(
            settings,
            "answerCallbackQuery",
            new
            {
                callback_query_id = press,
                text = text.Length > 200 ? text[..199] + "…" : text,
                show_alert = true,
            },
            cancel
        );

    /// <summary>What has come in since an update: talks begun, buttons pressed. Telegram keeps that for a day only.</summary>
    internal async Task<IReadOnlyList<JsonElement>> Updates(TelegramSettings settings, long after, CancellationToken cancel) =>
        [
            .. (
                await Call(
                    settings,
                    "getUpdates",
                    new
                    {
                        offset = after + 1,
                        timeout = 0,
                        allowed_updates = new[] { "message", "callback_query" },
                    },
                    cancel
                )
            ).EnumerateArray(),
        ];

    private async Task<JsonElement> Call(TelegramSettings settings, string method, object what, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.PostAsJsonAsync($"{settings.Address}/bot{settings.Token(keys)}/{method}", what, cancel);
            var said = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
            if (said.GetProperty("ok").GetBoolean())
                return said.GetProperty("result");
            throw new Refusal(
                "telegram.refused",
                ("said", said.TryGetProperty("description", out var why) ? why.GetString() : answer.StatusCode.ToString())
            );
        }
        catch (Exception e)
            when (e
                    is HttpRequestException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or UriFormatException
                        or TaskCanceledException
                && !cancel.IsCancellationRequested
            )
        {
            // The text of such an exception may carry the address, and with it the token.
            throw new Refusal("telegram.unreachable", ("address", settings.Address));
        }
    }

    public void Dispose() => http.Dispose();
}
