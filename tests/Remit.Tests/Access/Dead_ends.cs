using System.Net;
using System.Net.Http.Headers;

namespace Remit.Tests.Access;

/// <summary>Where nothing is, a person finds a sentence and a way on; a program finds the status alone.</summary>
public sealed class Dead_ends(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("nothing-here", "Nothing is here")]
    [InlineData("clients/01a00000-0000-7000-8000-000000000001", "Nothing is here")]
    public async Task A_page_that_is_not_there_says_so_and_leads_on(string path, string said)
    {
        var answer = await Asked(HttpMethod.Get, world.Owner.Full(path), "text/html");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        var page = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        Assert.Contains(said, page);
        Assert.Contains("My day", page);
        Assert.Contains("default-src 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task A_firm_that_does_not_exist_is_told_in_the_visitors_language()
    {
        var answer = await Asked(HttpMethod.Get, "/~no-such-firm/clients", "text/html", language: "bg");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Тук няма нищо", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_script_is_told_in_words_that_its_form_is_out_of_date()
    {
        var answer = await Asked(HttpMethod.Post, world.Owner.Full("clients/new"), "*/*", script: true);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("load the page again", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Who_asked_for_no_page_gets_none() =>
        Assert.Equal("", await (await Asked(HttpMethod.Get, world.Owner.Full("nothing-here"), "image/png")).Content.ReadAsStringAsync());

    private async Task<HttpResponseMessage> Asked(
        HttpMethod method,
        string path,
        string accept,
        bool script = false,
        string language = "en"
    )
    {
        using var ask = new HttpRequestMessage(method, path);
        ask.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        ask.Headers.AcceptLanguage.Add(new StringWithQualityHeaderValue(language));
        if (script)
            ask.Headers.Add("X-Remit", "1");
        return await world.Owner.Client.SendAsync(ask);
    }
}
