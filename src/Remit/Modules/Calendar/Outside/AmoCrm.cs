using System.Text.Json;
using System.Text.Json.Serialization;
using Remit.Kernel;
using Remit.Modules.Calendar.Recurrence;
using Remit.Web;

namespace Remit.Modules.Calendar.Outside;

/// <summary>A user of an amoCRM account.</summary>
internal sealed record AmoUser(long Id, string? Name, string? Email);

/// <summary>A task of amoCRM that is a meeting, as its API tells it: moments in seconds since 1970, a length in seconds.</summary>
internal sealed record AmoTask(
    long Id,
    string? Text,
    [property: JsonRequired] long CompleteTill,
    long? Duration,
    bool IsCompleted,
    long? EntityId,
    string? EntityType,
    long UpdatedAt
);

/// <summary>The account that a token opens.</summary>
/// <param name="Zone">The clock that its people live by.</param>
internal sealed record AmoAccount(long CurrentUserId, string Name, Zone? Zone);

/// <summary>The other side said when it wants to be asked again.</summary>
internal sealed class AskedToWait(TimeSpan pause) : Exception
{
    public TimeSpan Pause => pause;
}

/// <summary>amoCRM's API (version 4, JSON as HAL), read with a token that an administrator of the account makes.</summary>
internal sealed class AmoCrm(OutsideWeb web, OutsideLogin login, Uri server)
{
    // It takes seven requests a second and shuts out who asks more often for long.
    private static readonly TimeSpan pace = TimeSpan.FromMilliseconds(150),
        patience = TimeSpan.FromMinutes(1);
    private const int Meeting = 2,
        MostPages = 80,
        PerPage = 250,
        Many = 100;
    private static readonly JsonSerializerOptions words = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The calendar of one user: the address of the user's meetings.</summary>
    public Uri MeetingsOf(long user) => new(server, $"/api/v4/tasks?filter[task_type]={Meeting}&filter[responsible_user_id]={user}");

    public async Task<AmoAccount> Account(CancellationToken cancel)
    {
        using var answer = await Read(new Uri(server, "/api/v4/account?with=datetime_settings"), cancel) ?? throw NotAmo();
        if (
            Inside(answer.RootElement, "current_user_id") is not { ValueKind: JsonValueKind.Number } user
            || Inside(answer.RootElement, "name") is not { ValueKind: JsonValueKind.String } name
        )
            throw NotAmo();
        return new AmoAccount(
            user.GetInt64(),
            name.GetString()!,
            Inside(answer.RootElement, "_embedded", "datetime_settings", "timezone") is { ValueKind: JsonValueKind.String } zone
                ? Zone.Named(zone.GetString())
                : null
        );
    }

    /// <summary>Everybody in the account; null where the token's user may not know.</summary>
    public async Task<List<AmoUser>?> Users(CancellationToken cancel)
    {
        var users = new List<AmoUser>();
        try
        {
            await foreach (var page in Pages(new Uri(server, $"/api/v4/users?limit={PerPage}"), cancel))
                users.AddRange(All<AmoUser>(page, "users"));
        }
        catch (Refusal refusal) when (refusal.Key == "amo.no_right")
        {
            return null;
        }
        return users;
    }

    /// <summary>The meetings from a moment on. The API has no condition on the day, so the latest are asked for first.</summary>
    public async Task<List<AmoTask>> Meetings(Uri calendar, DateTime since, CancellationToken cancel)
    {
        var tasks = new List<AmoTask>();
        var from = new DateTimeOffset(since).ToUnixTimeSeconds();
        await foreach (var page in Pages(new Uri(calendar + $"&order[complete_till]=desc&limit={PerPage}"), cancel))
        {
            var some = All<AmoTask>(page, "tasks");
            tasks.AddRange(some.Where(t => t.CompleteTill >= from));
            if (some.Exists(t => t.CompleteTill < from))
                break;
        }
        return tasks;
    }

    /// <summary>What the leads, contacts, companies or customers are called that the meetings hang on.</summary>
    public async Task<Dictionary<(string, long), string>> Names(IEnumerable<AmoTask> tasks, CancellationToken cancel)
    {
        var names = new Dictionary<(string, long), string>();
        foreach (
            var kind in tasks
                .Where(t => t is { EntityId: > 0, EntityType: "leads" or "contacts" or "companies" or "customers" })
                .GroupBy(t => t.EntityType!, t => t.EntityId!.Value)
        )
        foreach (var some in kind.Distinct().Order().Chunk(Many))
        await foreach (
            var page in Pages(
                new Uri(server, $"/api/v4/{kind.Key}?limit={PerPage}" + string.Concat(some.Select(id => $"&filter[id][]={id}"))),
                cancel
            )
        )
        foreach (var named in All<AmoNamed>(page, kind.Key))
            names[(kind.Key, named.Id)] = named.Name ?? "";
        return names;
    }

    private sealed record AmoNamed(long Id, string? Name);

    private async IAsyncEnumerable<JsonElement> Pages(
        Uri first,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        Uri? next = first;
        for (var page = 0; next is not null && page < MostPages; page++)
        {
            await Task.Delay(pace, cancel);
            using var answer = await Read(next, cancel);
            if (answer is null)
                yield break;
            yield return answer.RootElement;
            next = Inside(answer.RootElement, "_links", "next", "href") is { ValueKind: JsonValueKind.String } href
                ? new Uri(server, href.GetString())
                : null;
            // The token goes to nobody whom an answer names.
            if (next is not null && next.GetLeftPart(UriPartial.Authority) != server.GetLeftPart(UriPartial.Authority))
                throw NotAmo();
        }
    }

    // Null where there is nothing: amoCRM answers an empty list without a body.
    private async Task<JsonDocument?> Read(Uri address, CancellationToken cancel)
    {
        var answer = await web.Send(new("GET", address) { Login = login, Headers = [("Accept", "application/hal+json")] }, cancel);
        if (answer.Status == 429)
            throw new AskedToWait(answer.RetryAfter is { } wait && wait > TimeSpan.Zero ? wait : patience);
        if (answer.Status == 401)
            throw new Refusal("amo.not_let_in", ("address", server.Host));
        if (answer.Status == 403)
            throw new Refusal("amo.no_right", ("address", server.Host));
        if (answer.Status == 204)
            return null;
        if (!answer.Good)
            throw new Refusal("outside.status", ("address", address.GetLeftPart(UriPartial.Path)), ("status", answer.Status));
        try
        {
            return JsonDocument.Parse(answer.Body);
        }
        catch (JsonException)
        {
            throw NotAmo();
        }
    }

    private List<T> All<T>(JsonElement page, string name)
    {
        try
        {
            return Inside(page, "_embedded", name) is { ValueKind: JsonValueKind.Array } all
                ? all.Deserialize<List<T>>(words)!
                : throw NotAmo();
        }
        catch (JsonException)
        {
            throw NotAmo();
        }
    }

    private static JsonElement? Inside(JsonElement from, params string[] names)
    {
        foreach (var name in names)
            if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(name, out from))
                return null;
        return from;
    }

    private Refusal NotAmo() => new("amo.not_amo", ("address", server.Host));
}
