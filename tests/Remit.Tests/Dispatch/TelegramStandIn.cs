using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Remit.Tests.Dispatch;

/// <summary>As much of the Bot API as a reminder needs: the same paths, bodies and answers, refusals among them.</summary>
internal sealed class TelegramStandIn : IAsyncDisposable
{
    public const string Token = "123456:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQ";
    private readonly WebApplication app;
    private readonly List<JsonObject> updates = [];
    private int pressed;

    private TelegramStandIn()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.MapPost("/bot{token}/{method}", Answer);
    }

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    public List<(long Chat, string Text)> Sent { get; } = [];

    /// <summary>Buttons below the last message: what they say and what they send.</summary>
    public List<(string Text, string Data)> Buttons { get; } = [];

    /// <summary>What who pressed a button was told.</summary>
    public List<string> Answers { get; } = [];

    /// <summary>What it answers to a message instead of taking it.</summary>
    public string? Says { get; set; }

    public static async Task<TelegramStandIn> Start()
    {
        var standIn = new TelegramStandIn();
        await standIn.app.StartAsync();
        return standIn;
    }

    /// <summary>Somebody presses Start behind a link <c>t.me/bot?start=…</c>.</summary>
    public void Begins(long chat, string name, string start) =>
        updates.Add(
            new JsonObject
            {
                ["update_id"] = 1000L + updates.Count,
                ["message"] = new JsonObject
                {
                    ["chat"] = new JsonObject
                    {
                        ["id"] = chat,
                        ["first_name"] = name,
                        ["type"] = "private",
                    },
                    ["text"] = "/start " + start,
                },
            }
        );

    /// <summary>Somebody presses a button below a message in their talk.</summary>
    public void Press(long chat, string data) =>
        updates.Add(
            new JsonObject
            {
                ["update_id"] = 1000L + ++pressed + updates.Count + 500,
                ["callback_query"] = new JsonObject
                {
                    ["id"] = $"press-{pressed}",
                    ["data"] = data,
                    ["from"] = new JsonObject { ["id"] = chat },
                    ["message"] = new JsonObject
                    {
                        ["message_id"] = 1,
                        ["chat"] = new JsonObject { ["id"] = chat, ["type"] = "private" },
                    },
                },
            }
        );

    private IResult Answer(string token, string method, JsonObject body)
    {
        if (token != Token)
            return Wrong(401, "Unauthorized");
        switch (method)
        {
            case "getMe":
                return Right(
                    new JsonObject
                    {
                        ["id"] = 123456,
                        ["is_bot"] = true,
                        ["username"] = "meridian_bot",
                    }
                );
            case "getUpdates":
                updates.RemoveAll(u => u["update_id"]!.GetValue<long>() < body["offset"]!.GetValue<long>());
                return Right(new JsonArray([.. updates.Select(u => JsonNode.Parse(u.ToJsonString()))]));
            case "sendMessage" when Says is { } said:
                return Wrong(403, said);
            case "sendMessage":
                Buttons.Clear();
                foreach (var row in body["reply_markup"]?["inline_keyboard"]?.AsArray() ?? [])
                    Buttons.Add((row![0]!["text"]!.GetValue<string>(), row[0]!["callback_data"]!.GetValue<string>()));
                if (Buttons.Exists(b => System.Text.Encoding.UTF8.GetByteCount(b.Data) > 64))
                    return Wrong(400, "Bad Request: BUTTON_DATA_INVALID");
                Sent.Add((body["chat_id"]!.GetValue<long>(), body["text"]!.GetValue<string>()));
                return Right(new JsonObject { ["message_id"] = Sent.Count });
            case "answerCallbackQuery":
                Answers.Add(body["text"]!.GetValue<string>());
                return Right(JsonValue.Create(true));
            default:
                return Wrong(404, "Not Found");
        }
    }

    private static IResult Right(JsonNode result) =>
        Results.Text(new JsonObject { ["ok"] = true, ["result"] = result }.ToJsonString(), "application/json");

    private static IResult Wrong(int code, string said) =>
        Results.Text(
            JsonSerializer.Serialize(
                new
                {
                    ok = false,
                    error_code = code,
                    description = said,
                }
            ),
            "application/json",
            statusCode: code
        );

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
