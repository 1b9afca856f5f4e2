using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Remit.Tests.Calendar;

/// <summary>Stands before a real calendar server and makes it one of the older ones: no sync-collection, and a login by Digest only (RFC 7616).</summary>
internal sealed partial class Poor_proxy : IAsyncDisposable
{
    public const string Password = "s3cret-of-olga";
    private readonly WebApplication app;
    private readonly HttpClient http = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly Outside_server behind;
    private readonly HashSet<string> counts = [];
    private string nonce = "first, with a comma";

    private Poor_proxy(WebApplication app, Outside_server behind, int port) =>
        (this.app, this.behind, Root) = (app, behind, new Uri($"http://127.0.0.1:{port}/"));

    public Uri Root { get; }
    public int Let { get; private set; }
    public int Turned { get; private set; }

    public static async Task<Poor_proxy> Before(Outside_server server)
    {
        var port = Outside_server.Free();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var proxy = new Poor_proxy(app, server, port);
        app.Run(proxy.Serve);
        await app.StartAsync();
        return proxy;
    }

    /// <summary>From now on another nonce is good.</summary>
    public void Forget() => nonce = "another";

    private async Task Serve(HttpContext c)
    {
        if (!IsIn(c.Request))
        {
            Turned++;
            c.Response.StatusCode = 401;
            c.Response.Headers.WWWAuthenticate =
                $"Digest realm=\"calendars, all\", nonce=\"{nonce}\", qop=\"auth,auth-int\", algorithm=SHA-256, opaque=\"o\"";
            return;
        }
        Let++;
        using var reader = new StreamReader(c.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        if (body.Contains("sync-collection"))
        {
            c.Response.StatusCode = 403;
            return;
        }
        using var answer = await Outside_server.Patiently(() => Pass(c.Request, body));
        c.Response.StatusCode = (int)answer.StatusCode;
        if (answer.Headers.ETag is { } etag)
            c.Response.Headers.ETag = etag.ToString();
        if (answer.Content.Headers.ContentType is { } type)
            c.Response.ContentType = type.ToString();
        if (answer.StatusCode is not (HttpStatusCode.NoContent or HttpStatusCode.NotModified))
            await c.Response.WriteAsync((await answer.Content.ReadAsStringAsync()).Replace("sync-collection", "none"));
    }

    private async Task<HttpResponseMessage> Pass(HttpRequest request, string body)
    {
        using var ask = new HttpRequestMessage(new HttpMethod(request.Method), new Uri(behind.Root, request.Path.ToUriComponent()));
        if (body.Length > 0)
            ask.Content = new StringContent(body, Encoding.UTF8, request.ContentType?.Split(';')[0] ?? "text/plain");
        foreach (var name in (string[])["Depth", "If-Match", "If-None-Match"])
            if (request.Headers[name].ToString() is { Length: > 0 } value)
                ask.Headers.TryAddWithoutValidation(name, value);
        ask.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("olga:secret"u8));
        ask.Headers.ConnectionClose = true;
        return await http.SendAsync(ask);
    }

    private bool IsIn(HttpRequest request)
    {
        var words = Word.Matches(request.Headers.Authorization.ToString())
            .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value.Trim('"'));
        string Of(string name) => words.GetValueOrDefault(name, "");
        static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        var want = Hash(
            $"{Hash($"olga:calendars, all:{Password}")}:{nonce}:{Of("nc")}:{Of("cnonce")}:auth:{Hash($"{request.Method}:{Of("uri")}")}"
        );
        // A count is good once.
        return Of("nonce") == nonce
            && Of("response") == want
            && Of("opaque") == "o"
            && Of("uri") == request.Path.ToUriComponent() + request.QueryString
            && counts.Add(nonce + Of("nc"));
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    [GeneratedRegex("(\\w+)=(\"[^\"]*\"|[^,\\s]+)")]
    private static partial Regex Word { get; }
}
