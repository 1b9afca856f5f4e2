using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;

namespace Remit.Modules.Telegram;

/// <summary>Tells whose link it was by which somebody began to talk with the bot.</summary>
public interface IChatOwner
{
    /// <summary>Null where it was no link of this module.</summary>
    Task<Guid?> Of(AppDb db, string start);
}

/// <summary>The Bot API: a call is a POST of JSON to <c>/bot{token}/{method}</c>, answered by <c>ok</c> with a result or a description.</summary>
public sealed class TelegramBot(IDataProtectionProvider keys, IEnumerable<IChatOwner> owners) : IDisposable
{
    private const string Start = "/start ";
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
    {
        Timeout = TimeSpan.FromSeconds(20), MaxResponseContentBufferSize = 4 << 20,
    };

    /// <summary>What the bot is called; refused where the token is not a bot's.</summary>
    public async Task<string> Name(TelegramSettings settings, CancellationToken cancel = default) =>
        (await Call(settings, "getMe", new { }, cancel)).GetProperty("username").GetString() ?? "";

    public Task Say(TelegramSettings settings, long chat, string text, CancellationToken cancel) =>
        Call(settings, "sendMessage", new { chat_id = chat, text, link_preview_options = new { is_disabled = true } }, cancel);

    /// <summary>Reads who has begun to talk since the last look, and saves it: Telegram keeps that for a day only.</summary>
    public async Task Read(AppDb db, TelegramSettings settings, DateTime now, CancellationToken cancel)
    {
        var reading = await db.Set<TelegramReading>().SingleOrDefaultAsync(cancel);
        if (reading is null) db.Add(reading = new TelegramReading());
        var updates = await Call(settings, "getUpdates", new { offset = reading.LastUpdate + 1, timeout = 0, allowed_updates = new[] { "message" } }, cancel);
        foreach (var update in updates.EnumerateArray())
        {
            reading.LastUpdate = Math.Max(reading.LastUpdate, update.GetProperty("update_id").GetInt64());
            if (!update.TryGetProperty("message", out var message) || !message.TryGetProperty("text", out var said)
                || said.GetString() is not { } text || !text.StartsWith(Start, StringComparison.Ordinal)) continue;
            var chat = message.GetProperty("chat");
            await Begin(db, text[Start.Length..].Trim(), chat.GetProperty("id").GetInt64(), chat.TryGetProperty("first_name", out var name) ? name.GetString() ?? "" : "", now);
        }
    }

    private async Task Begin(AppDb db, string start, long chat, string name, DateTime now)
    {
        foreach (var owner in owners)
            if (await owner.Of(db, start) is { } id
                && !await db.Set<TelegramChat>().AnyAsync(c => c.OwnerId == id && c.ChatId == chat)
                && !db.Set<TelegramChat>().Local.Any(c => c.OwnerId == id && c.ChatId == chat))
                db.Add(TelegramChat.Begun(id, chat, name, now));
    }

    private async Task<JsonElement> Call(TelegramSettings settings, string method, object what, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.PostAsJsonAsync($"{settings.Address}/bot{settings.Token(keys)}/{method}", what, cancel);
            var said = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
            if (said.GetProperty("ok").GetBoolean()) return said.GetProperty("result");
            throw new Refusal("telegram.refused", ("said", said.TryGetProperty("description", out var why) ? why.GetString() : answer.StatusCode.ToString()));
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or KeyNotFoundException or InvalidOperationException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            // The text of such an exception may carry the address, and with it the token.
            throw new Refusal("telegram.unreachable", ("address", settings.Address));
        }
    }

    public void Dispose() => http.Dispose();
}
