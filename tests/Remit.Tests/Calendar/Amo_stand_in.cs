using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Remit.Tests.Calendar;

/// <summary>A server that speaks as amoCRM does: JSON as HAL in pages, 204 for an empty list, 401 for a wrong token, 403 for who may not, 429 for who asks too often.</summary>
internal sealed class Amo_stand_in : IAsyncDisposable
{
    public const string Token = "long-lived-token-of-amo";
    private const int PerPage = 2;
    private readonly WebApplication app;

    private Amo_stand_in(WebApplication app, int port) => (this.app, Root) = (app, new Uri($"http://127.0.0.1:{port}/"));

    public Uri Root { get; }
    public string Good { get; set; } = Token;
    public bool Administrator { get; set; } = true;
    public int? RetryAfter { get; set; }

    /// <summary>Where the next page is said to be, instead of here.</summary>
    public string? Elsewhere { get; set; }
    public List<JsonObject> Users { get; } = [];
    public List<JsonObject> Tasks { get; } = [];
    public List<JsonObject> Leads { get; } = [];
    public List<string> Asked { get; } = [];

    public static async Task<Amo_stand_in> Open()
    {
        var port = Outside_server.Free();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var amo = new Amo_stand_in(app, port);
        app.Run(amo.Serve);
        await app.StartAsync();
        return amo;
    }

    public void User(int id, string name, string email) =>
        Users.Add(
            new JsonObject
            {
                ["id"] = id,
                ["name"] = name,
                ["email"] = email,
            }
        );

    public void Lead(int id, string name) => Leads.Add(new JsonObject { ["id"] = id, ["name"] = name });

    public JsonObject Task(int id, int user, DateTime at, string text, int minutes = 0, int type = 2, int lead = 0, bool done = false)
    {
        var task = new JsonObject
        {
            ["id"] = id,
            ["responsible_user_id"] = user,
            ["task_type_id"] = type,
            ["text"] = text,
            ["duration"] = minutes * 60,
            ["complete_till"] = new DateTimeOffset(at, TimeSpan.Zero).ToUnixTimeSeconds(),
            ["is_completed"] = done,
            ["entity_id"] = lead > 0 ? lead : null,
            ["entity_type"] = lead > 0 ? "leads" : null,
            ["created_at"] = 1_700_000_000,
            ["updated_at"] = 1_700_000_000,
        };
        Tasks.Add(task);
        return task;
    }

    private async Task Serve(HttpContext c)
    {
        Asked.Add(c.Request.Path);
        if (RetryAfter is { } seconds)
        {
            c.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
            await Problem(c, 429);
        }
        else if (c.Request.Headers.Authorization != "Bearer " + Good)
            await Problem(c, 401);
        else if (c.Request.Path == "/api/v4/account")
            await Hal(
                c,
                new JsonObject
                {
                    ["id"] = 1,
                    ["name"] = "Meridian",
                    ["current_user_id"] = 7,
                    ["_embedded"] = new JsonObject { ["datetime_settings"] = new JsonObject { ["timezone"] = "Europe/Moscow" } },
                }
            );
        else if (c.Request.Path == "/api/v4/users")
            await (Administrator ? Page(c, "users", Users) : Problem(c, 403));
        else if (c.Request.Path == "/api/v4/leads")
            await Page(c, "leads", Leads.Where(l => c.Request.Query["filter[id][]"].Contains(l["id"]!.ToString())));
        else if (c.Request.Path == "/api/v4/tasks")
            await Page(
                c,
                "tasks",
                Tasks
                    .Where(t => Is(t, "task_type_id", "task_type") && Is(t, "responsible_user_id", "responsible_user_id"))
                    .OrderByDescending(t => (long)t["complete_till"]!)
            );
        else
            await Problem(c, 404);

        bool Is(JsonObject task, string name, string filter) =>
            c.Request.Query[$"filter[{filter}]"].ToString() is var wanted && (wanted.Length == 0 || wanted == task[name]!.ToString());
    }

    private async Task Page(HttpContext c, string name, IEnumerable<JsonObject> all)
    {
        var page = int.TryParse(c.Request.Query["page"], out var n) ? n : 1;
        var (some, more) = (all.Skip((page - 1) * PerPage).Take(PerPage).ToArray(), all.Count() > page * PerPage);
        if (some.Length == 0)
        {
            c.Response.StatusCode = 204;
            return;
        }
        var links = new JsonObject { ["self"] = new JsonObject { ["href"] = Root + "api" } };
        if (more)
            links["next"] = new JsonObject
            {
                ["href"] =
                    (Elsewhere ?? Root.GetLeftPart(UriPartial.Authority))
                    + c.Request.Path
                    + "?"
                    + string.Join('&', c.Request.Query.Where(q => q.Key != "page").SelectMany(q => q.Value.Select(v => $"{q.Key}={v}")))
                    + $"&page={page + 1}",
            };
        await Hal(
            c,
            new JsonObject
            {
                ["_page"] = page,
                ["_links"] = links,
                ["_embedded"] = new JsonObject { [name] = new JsonArray([.. some.Select(s => s.DeepClone())]) },
            }
        );
    }

    private static async Task Hal(HttpContext c, JsonObject body)
    {
        c.Response.ContentType = "application/hal+json";
        await c.Response.WriteAsync(body.ToJsonString());
    }

    private static async Task Problem(HttpContext c, int status)
    {
        (c.Response.StatusCode, c.Response.ContentType) = (status, "application/problem+json");
        await c.Response.WriteAsync($"{{\"title\":\"Problem\",\"status\":{status}}}");
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
