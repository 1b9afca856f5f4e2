using System.Net;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Remit.Kernel;
using Remit.Web;

namespace Remit.Tests.Ground;

/// <summary>Forms sent by GET name every field, the empty ones too; a browser sends them so.</summary>
public sealed partial class Every_form_that_asks(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_form_that_asks_is_answered_as_it_stands_and_with_all_left_empty()
    {
        var pages = Menu.For(Role.Owner)
            .SelectMany(a => a.Items)
            .Concat(Menu.Others(Role.Owner))
            .Select(i => i.Path)
            .Concat(["pay/what-if", "calendar/free", "visits/new", "papers/new", "contracts/new", "questions/new"])
            .ToList();
        var asked = 0;
        foreach (var page in pages)
        foreach (Match form in Forms().Matches(await world.Text(page)))
        {
            var path = form.Groups["path"].Value;
            foreach (var empty in new[] { false, true })
            {
                var fields = Fields()
                    .Matches(form.Value)
                    .Select(f =>
                        $"{f.Groups["name"].Value}={(empty || f.Value.StartsWith("<select", StringComparison.Ordinal) ? "" : Uri.EscapeDataString(f.Groups["value"].Value))}"
                    );
                var answer = await world.Owner.Get($"{path}?{string.Join('&', fields)}");
                Assert.True(
                    answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Redirect,
                    $"{page}: {path}?{string.Join('&', fields)}: {answer.StatusCode}"
                );
                asked++;
            }
        }
        Assert.True(asked > 20, $"{asked}");
    }

    [Fact]
    public async Task What_may_be_missing_may_be_empty_too_at_every_page()
    {
        var asked = new List<string>();
        foreach (var endpoint in world.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var optional =
                endpoint
                    .Metadata.GetMetadata<MethodInfo>()
                    ?.GetParameters()
                    .Where(p => Nullable.GetUnderlyingType(p.ParameterType) is not null)
                    .Select(p => p.Name)
                    .ToList()
                ?? [];
            if (
                optional.Count == 0
                || endpoint.RoutePattern.Parameters.Count > 0
                || endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") != true
            )
                continue;
            var address = $"{endpoint.RoutePattern.RawText!.TrimStart('/')}?{string.Join('&', optional.Select(name => name + "="))}";
            Assert.True((await world.Owner.Get(address)).StatusCode != HttpStatusCode.BadRequest, address);
            asked.Add(address);
        }
        Assert.Contains(asked, a => a.StartsWith("visits/new?", StringComparison.Ordinal));
        Assert.True(asked.Count > 10, $"{asked.Count}");
    }

    [GeneratedRegex("<form method=\"get\" action=\"(?<path>[^\"]*)\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<(?:input|select)[^>]*? name=\"(?<name>[^\"]*)\"(?:[^>]*? value=\"(?<value>[^\"]*)\")?")]
    private static partial Regex Fields();
}
