using System.Data.Common;
using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Remit.Storage;
using Remit.Web;

namespace Remit.Tests.Storage;

public sealed class The_house(World world) : IClassFixture<World>
{
    private IEnumerable<RouteEndpoint> Routes =>
        world.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    [Fact]
    public void Every_route_needs_a_permission_or_says_it_is_open_to_all() =>
        Assert.Empty(
            Routes
                .Where(r => r.Metadata.GetMetadata<Needs>() is null && r.Metadata.GetMetadata<IAllowAnonymous>() is null)
                .Select(r => r.RoutePattern.RawText)
        );

    [Fact]
    public async Task Every_form_without_a_token_is_refused()
    {
        string[] safe = ["GET", "HEAD", "OPTIONS"];
        var posts = Routes
            .Where(r => r.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Except(safe).Any() != false)
            .Where(r => r.Metadata.GetMetadata<NoCookies>() is null)
            .ToList();
        Assert.NotEmpty(posts);
        foreach (var post in posts)
        {
            var path = string.Join(
                '/',
                post.RoutePattern.PathSegments.Select(s =>
                    s.Parts[0] is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart l ? l.Content
                    : s.Parts[0]
                        is Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { ParameterPolicies: [{ Content: "long" }] }
                        ? "1"
                    : Guid.Empty.ToString()
                )
            );
            foreach (var method in post.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["POST"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), $"/~{world.Slug}/{path}")
                {
                    Content = new FormUrlEncodedContent([]),
                };
                var answer = await world.Owner.Client.SendAsync(request);
                Assert.True(answer.StatusCode == HttpStatusCode.BadRequest, $"{method} {path}: {answer.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task Who_comes_late_to_a_firm_that_was_removed_does_not_bring_an_empty_one_into_being()
    {
        var firms = world.App.Services.GetRequiredService<FirmStore>();
        var firm = $"late-{Guid.NewGuid():N}"[..20];
        await (await firms.Create(firm)).DisposeAsync();
        await using var late = firms.Open(firm);
        await firms.Remove(firm);
        await Assert.ThrowsAnyAsync<DbException>(() => late.Database.MigrateAsync());
        Assert.DoesNotContain(firm, await firms.Firms());
    }

    [Fact]
    public async Task What_asks_for_no_token_does_not_know_a_browser_either()
    {
        var bare = Routes
            .Where(r => r.Metadata.GetMetadata<NoCookies>() is not null)
            .SelectMany(r => r.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct()
            .Except(["OPTIONS"]);
        foreach (var method in bare)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"/~{world.Slug}/dav/") { Content = new StringContent("") };
            Assert.Equal(HttpStatusCode.Unauthorized, (await world.Owner.Client.SendAsync(request)).StatusCode);
        }
    }

    [Fact]
    public void Every_text_stands_in_all_four_languages()
    {
        var keys = Texts.Languages.SelectMany(l => Texts.Of(l).Keys).Distinct();
        Assert.Empty(Texts.Languages.SelectMany(l => keys.Except(Texts.Of(l).Keys).Select(k => $"{l}: {k}")));
    }

    [Fact]
    public async Task The_owner_comes_in_and_a_stranger_does_not()
    {
        Assert.Contains("Olga Owner", await world.Text("profile"));
        Assert.Equal(HttpStatusCode.Redirect, (await world.NewVisitor().Get("profile")).StatusCode);
    }
}
