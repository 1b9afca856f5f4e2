using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Tests.Access;

public sealed class Tokens_and_rights(World world) : IClassFixture<World>
{
    private IEnumerable<RouteEndpoint> Routes =>
        world
            .App.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(r => r.RoutePattern.RawText!.StartsWith(Api.Root, StringComparison.Ordinal));

    [Fact]
    public async Task A_token_is_shown_once_kept_as_a_hash_used_and_revoked()
    {
        var caller = await Caller.Of(world, world.Owner);
        await using var db = world.Db();
        var token = await db.Set<ApiToken>().AsNoTracking().OrderByDescending(t => t.Id).FirstAsync();
        Assert.Equal(ApiToken.Hash(caller.Secret), token.TokenHash);
        Assert.DoesNotContain(caller.Secret, await world.Text("profile"));
        Assert.DoesNotContain(
            await db.Journal.Select(j => j.Values).ToListAsync(),
            v => v.Contains(caller.Secret) || v.Contains(token.TokenHash)
        );
        Assert.Equal("Olga Owner", (await Caller.Read(caller.Get("me"))).GetProperty("name").GetString());
        Assert.NotNull((await db.Set<ApiToken>().AsNoTracking().SingleAsync(t => t.Id == token.Id)).LastUsedAt);
        await world.Post($"profile/tokens/{token.Id}/revoke");
        var answer = await caller.Get("me");
        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer"), (answer.StatusCode, answer.Headers.WwwAuthenticate.ToString()));
        // What was revoked does not come back by an undo.
        var change = await db.Journal.Where(j => j.RecordId == token.Id).OrderByDescending(j => j.Seq).Select(j => j.ChangeId).FirstAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post($"history/{change}/undo")).StatusCode);
    }

    [Fact]
    public async Task A_reading_token_reads_and_does_not_write()
    {
        var reader = await Caller.Of(world, world.Owner, readOnly: true);
        await Caller.Read(reader.Get("clients"));
        Assert.Equal(
            "api.read_only",
            (await Caller.Read(reader.Post("clients", new { name = "X" }), HttpStatusCode.Forbidden)).GetProperty("key").GetString()
        );
    }

    [Fact]
    public async Task A_token_has_its_persons_rights_and_ends_with_the_account()
    {
        var (visitor, id) = await world.SomeoneWhoIs(Role.Programmer);
        var caller = await Caller.Of(world, visitor);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.Get("invoices")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.Post("clients", new { name = "X" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.Get($"pay/2026-10?person={await world.OwnerId()}")).StatusCode);
        Assert.Empty((await Caller.Read(caller.Get($"work?person={await world.OwnerId()}"))).EnumerateArray());
        Assert.All(
            (await Caller.Read(caller.Get("people"))).EnumerateArray(),
            p => Assert.True(p.GetProperty("id").GetGuid() == id || p.GetProperty("level").ValueKind == JsonValueKind.Null)
        );
        await world.Post($"people/{id}/leave");
        Assert.Equal(HttpStatusCode.Unauthorized, (await caller.Get("me")).StatusCode);
    }

    [Fact]
    public async Task A_cookie_writes_to_the_api_only_with_the_forms_token_and_a_bearer_opens_no_page()
    {
        var body = new StringContent("""{"name":"By cookie"}""", System.Text.Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await world.Owner.Client.PostAsync($"/~{world.Slug}/api/v1/clients", body)).StatusCode);
        // A made-up token does not lift the rule off a cookie that is sent beside it.
        using var forged = new HttpRequestMessage(HttpMethod.Post, $"/~{world.Slug}/api/v1/clients")
        {
            Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json"),
        };
        forged.Headers.TryAddWithoutValidation("Authorization", "Bearer remit_made-up");
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.Owner.Client.SendAsync(forged)).StatusCode);
        var caller = await Caller.Of(world, world.Owner);
        Assert.Equal(HttpStatusCode.Redirect, (await caller.Get($"/~{world.Slug}/profile")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await caller.Post($"/~{world.Slug}/clients/new")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await world.NewVisitor().Get("api/v1/me")).StatusCode);
    }

    [Fact]
    public void Every_api_route_names_its_permission_and_none_is_open()
    {
        Assert.NotEmpty(Routes);
        Assert.Empty(
            Routes
                .Where(r => r.Metadata.GetMetadata<Needs>() is null || r.Metadata.GetMetadata<IAllowAnonymous>() is not null)
                .Select(r => r.RoutePattern.RawText)
        );
    }

    [Fact]
    public async Task Every_api_route_stands_in_the_description_with_its_summary()
    {
        var document = JsonDocument.Parse(await world.NewVisitor().Text("/openapi.json")).RootElement;
        var paths = document.GetProperty("paths");
        foreach (var route in Routes)
        foreach (var method in route.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
        {
            var path = System.Text.RegularExpressions.Regex.Replace(route.RoutePattern.RawText!, @"\{(\w+):\w+\}", "{$1}");
            Assert.True(
                paths.TryGetProperty(path, out var there)
                    && there.TryGetProperty(method.ToLowerInvariant(), out var operation)
                    && operation.GetProperty("summary").GetString()!.Length > 5
                    && operation.GetProperty("description").GetString()!.Contains("permission"),
                $"{method} {path}"
            );
        }
        Assert.Equal(
            "bearer",
            document.GetProperty("components").GetProperty("securitySchemes").GetProperty("token").GetProperty("scheme").GetString()
        );
        Assert.Equal(
            "string",
            document
                .GetProperty("components")
                .GetProperty("schemas")
                .GetProperty("ClientJson")
                .GetProperty("properties")
                .GetProperty("name")
                .GetProperty("type")
                .GetString()
        );
        Assert.DoesNotContain(paths.EnumerateObject(), p => !p.Name.StartsWith(Api.Root, StringComparison.Ordinal));
    }
}
