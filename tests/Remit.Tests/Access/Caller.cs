using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Remit.Tests.Access;

/// <summary>Another program that calls the API with a personal token.</summary>
internal sealed partial class Caller(HttpClient client, string root, string token)
{
    /// <summary>With a token that this visitor makes under Profile.</summary>
    public static async Task<Caller> Of(World world, World.Visitor visitor, bool readOnly = false)
    {
        var page = await (
            await visitor.Post("profile/tokens", ("token_name", "Test"), ("read_only", readOnly ? "on" : ""))
        ).Content.ReadAsStringAsync();
        return new Caller(world.NewVisitor().Client, $"/~{world.Slug}/api/v1/", Token.Match(page).Value);
    }

    public string Secret => token;

    public Task<HttpResponseMessage> Get(string path) => Send(HttpMethod.Get, path, null);

    public Task<HttpResponseMessage> Post(string path, object? body = null) =>
        Send(HttpMethod.Post, path, body is HttpContent content ? content : JsonContent.Create(body ?? new { }));

    public Task<HttpResponseMessage> Patch(string path, object body, string? ifMatch = null) =>
        Send(HttpMethod.Patch, path, JsonContent.Create(body), ifMatch);

    public Task<HttpResponseMessage> Delete(string path, string? ifMatch = null) => Send(HttpMethod.Delete, path, null, ifMatch);

    public async Task<HttpResponseMessage> Send(
        HttpMethod method,
        string path,
        HttpContent? body,
        string? ifMatch = null,
        string? language = null
    )
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : root + path) { Content = body };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + token);
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        if (language is not null)
            request.Headers.TryAddWithoutValidation("Accept-Language", language);
        return await client.SendAsync(request);
    }

    /// <summary>The answer's JSON; the status must be the one expected.</summary>
    public static async Task<JsonElement> Read(Task<HttpResponseMessage> sent, HttpStatusCode status = HttpStatusCode.OK)
    {
        var answer = await sent;
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.RequestMessage?.RequestUri}: {answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    [GeneratedRegex("remit_[A-Za-z0-9_-]{43}")]
    private static partial Regex Token { get; }
}
