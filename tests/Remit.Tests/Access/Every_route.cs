using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Remit.Kernel;
using Remit.Web;

namespace Remit.Tests.Access;

/// <summary>Every address that writes, walked: what a new one forgets is found here.</summary>
public sealed partial class Every_route(World world) : IClassFixture<World>
{
    [GeneratedRegex(@"\{\*?(\w+)(?::(\w+)(?:\((\d+)\))?)?\??\}")]
    private static partial Regex Hole { get; }

    private List<RouteEndpoint> Pages =>
        [
            .. world
                .App.Services.GetRequiredService<EndpointDataSource>()
                .Endpoints.OfType<RouteEndpoint>()
                .Where(r =>
                    !r.RoutePattern.RawText!.StartsWith(Api.Root, StringComparison.Ordinal) && r.Metadata.GetMetadata<NoCookies>() is null
                ),
        ];

    private IEnumerable<string> Writing(Func<RouteEndpoint, bool> which) =>
        Pages
            .Where(which)
            .Where(r => r.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods && methods.Contains("POST"))
            .Select(r => Filled(r.RoutePattern.RawText!))
            .Distinct();

    [Fact]
    public void Every_page_names_its_permission_or_says_that_it_is_open()
    {
        var silent = Pages
            .Where(r => r.Metadata.GetMetadata<Needs>() is null && r.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(r => r.RoutePattern.RawText);
        Assert.Empty(silent);
    }

    [Fact]
    public async Task Whoever_asks_for_the_head_alone_is_told_what_the_page_would_be_and_gets_no_body()
    {
        var kept = FrontFiles.Of("base.css");
        var pages = Pages
            .Where(r => r.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(r => r.RoutePattern.RawText!.TrimStart('/'))
            .Where(p => !p.Contains('{'))
            .ToList();
        Assert.True(pages.Count > 50);
        var different = new List<string>();
        foreach (var path in pages.Append("not-here").Append(kept))
        {
            var whole = await world.Owner.Get(path);
            using var request = new HttpRequestMessage(HttpMethod.Head, world.Owner.Full(path));
            var head = await world.Owner.Client.SendAsync(request);
            if (
                (head.StatusCode, $"{head.Content.Headers.ContentType}") != (whole.StatusCode, $"{whole.Content.Headers.ContentType}")
                || (await head.Content.ReadAsByteArrayAsync()).Length > 0
            )
                different.Add($"{path}: {whole.StatusCode}, {head.StatusCode}");
        }
        Assert.True(different.Count == 0, string.Join('\n', different));
    }

    [Fact]
    public async Task No_address_takes_a_form_without_its_token()
    {
        var taken = new List<string>();
        foreach (var path in Writing(_ => true))
            if (
                (await world.Owner.PostBare(path)).StatusCode
                is not HttpStatusCode.BadRequest
                    and not HttpStatusCode.TooManyRequests
                    and var status
            )
                taken.Add($"{path}: {status}");
        Assert.True(taken.Count == 0, string.Join('\n', taken));
    }

    [Fact]
    public async Task What_a_role_may_not_do_is_not_there_for_it_whatever_it_sends()
    {
        var (kim, _) = await world.SomeoneWhoIs(Role.Programmer);
        var rights = Rights.Of(Role.Programmer);
        var token = await kim.Token([]);
        var open = new List<string>();
        var paths = Writing(r => r.Metadata.GetMetadata<Needs>() is { } needs && !rights.Contains(needs.Permission)).ToList();
        Assert.True(paths.Count > 50);
        foreach (var path in paths)
            if (
                (await kim.PostBare(path, token)).StatusCode
                is not HttpStatusCode.NotFound
                    and not HttpStatusCode.TooManyRequests
                    and var status
            )
                open.Add($"{path}: {status}");
        Assert.True(open.Count == 0, string.Join('\n', open));
    }

    [Fact]
    public async Task A_stranger_writes_nowhere_but_where_it_is_open_to_all()
    {
        var stranger = world.NewVisitor();
        var token = await stranger.Token([]);
        var open = new List<string>();
        foreach (var path in Writing(r => r.Metadata.GetMetadata<Needs>() is not null))
            if (
                await stranger.PostBare(path, token) is var answer
                && !(
                    answer.StatusCode == HttpStatusCode.TooManyRequests
                    || answer.Headers.Location?.OriginalString.Contains("sign-in") == true
                )
            )
                open.Add($"{path}: {answer.StatusCode}");
        Assert.True(open.Count == 0, string.Join('\n', open));
    }

    [Fact]
    public async Task Rubbish_in_every_field_breaks_no_address()
    {
        var broken = new List<string>();
        foreach (var path in Writing(r => r.RoutePattern.RawText is not "/sign-out" and not "/demo/remove"))
            if ((int)(await world.Post(path, [.. Rubbish()])).StatusCode >= 500)
                broken.Add(path);
        Assert.True(broken.Count == 0, string.Join('\n', broken));
    }

    // Names that forms use all over, each with what nobody means.
    private static IEnumerable<(string, string)> Rubbish() =>
        from name in new[]
        {
            "name",
            "ids",
            "id",
            "version",
            "client",
            "person",
            "person_id",
            "position",
            "starts_at",
            "ends_at",
            "duration",
            "text",
            "subject",
            "month",
            "work_month",
            "duty",
            "record_kind",
            "record_id",
            "task_text",
            "task_for",
            "task_due",
            "to",
            "point",
            "goal_text",
            "measure",
            "start",
            "target",
            "goal_by",
            "mark",
            "guests",
            "lines",
            "code",
            "rows",
            "column",
            "value",
            "sort",
            "lang",
            "theme",
            "password",
            "email",
            "link",
            "calendar",
            "at",
            "rule",
            "repeat",
            "until",
            "weekday",
            "query",
            "tab",
            "state",
            "scope",
            "kind",
        }
        select (name, name is "version" ? "-1" : "=x\"'<script>\u202e\u0000{0}\ud83d\ude00;--");

    private static string Filled(string pattern) =>
        Hole.Replace(
            pattern.TrimStart('/'),
            m =>
                m.Groups[2].Value switch
                {
                    "guid" => "01a00000-0000-7000-8000-000000000001",
                    "long" or "int" => "7",
                    "length" => new string('0', int.Parse(m.Groups[3].Value)),
                    _ => "x",
                }
        );
}
