using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Remit;

/// <summary>The program as it is served, in a process of its own, and somebody signed in to it over HTTP.</summary>
internal sealed partial class BenchServer : IAsyncDisposable
{
    private readonly Process process;
    private readonly string root;
    private readonly HttpClient http;
    private string token = "";

    /// <summary>From the start of the process to its first whole page.</summary>
    public TimeSpan StartUp { get; private set; }

    private BenchServer(string data, string? postgres)
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            root = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }
        http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseProxy = false,
                CookieContainer = new CookieContainer(),
            }
        )
        {
            BaseAddress = new Uri($"{root}/~{BenchFirm.Address}/"),
            Timeout = TimeSpan.FromMinutes(3),
        };
        // What a browser asks for: the page with all that stands around it.
        http.DefaultRequestHeaders.Add("Accept", "text/html");
        var start = new ProcessStartInfo(Environment.ProcessPath!, [typeof(Benches).Assembly.Location, "serve"])
        {
            RedirectStandardOutput = true,
        };
        (start.Environment["REMIT_DATA"], start.Environment["REMIT_URLS"], start.Environment["REMIT_POSTGRES"]) = (
            data,
            root,
            postgres ?? ""
        );
        process = Process.Start(start)!;
        // What the program says is no part of what the bench prints.
        process.OutputDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
    }

    public Uri Root => new(root);

    public static async Task<BenchServer> Start(string data, string? postgres)
    {
        var since = Stopwatch.GetTimestamp();
        var server = new BenchServer(data, postgres);
        while (!await server.Answers())
        {
            if (server.process.HasExited || Stopwatch.GetElapsedTime(since) > TimeSpan.FromMinutes(2))
            {
                await server.DisposeAsync();
                throw new CannotRun("The program did not begin to answer; its own words stand above.");
            }
            await Task.Delay(10);
        }
        server.StartUp = Stopwatch.GetElapsedTime(since);
        return server;
    }

    public async Task SignIn()
    {
        await Renew("sign-in");
        await Post("sign-in", ("email", BenchFirm.Owner), ("password", BenchFirm.Password));
        // A token belongs to whom it was given to, so the one from before signing in is of no more use.
        await Renew("clients/new");
    }

    /// <summary>The whole page, or an exception: a failed answer is no measure.</summary>
    public async Task<byte[]> Get(string path)
    {
        using var answer = await http.GetAsync(path);
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new CannotRun($"GET {path} answered {(int)answer.StatusCode}.");
        return await answer.Content.ReadAsByteArrayAsync();
    }

    /// <summary>Sends a form as a script would and returns where it led.</summary>
    public async Task<string> Post(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(
            fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))
        );
        using var answer = await http.PostAsync(path, form);
        if (answer.StatusCode is not HttpStatusCode.SeeOther || answer.Headers.Location is not { } to)
            throw new CannotRun(
                $"POST {path} answered {(int)answer.StatusCode}: {Words.Replace(await answer.Content.ReadAsStringAsync(), " ")}"
            );
        return to.OriginalString[$"/~{BenchFirm.Address}/".Length..];
    }

    /// <summary>Sends a file as a form does and returns where it led, empty where it was answered at once.</summary>
    public async Task<string> Send(string path, byte[] file, string name)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" },
            { new ByteArrayContent(file), "file", name },
        };
        using var answer = await http.PostAsync(path, form);
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.SeeOther))
            throw new CannotRun($"POST {path} answered {(int)answer.StatusCode}.");
        return answer.Headers.Location?.OriginalString[$"/~{BenchFirm.Address}/".Length..] ?? "";
    }

    /// <summary>PSS in MiB, as the peers' is: what the bench itself shares of the runtime counts by half.</summary>
    public double Memory()
    {
        var line = File.ReadLines($"/proc/{process.Id}/smaps_rollup").First(l => l.StartsWith("Pss:", StringComparison.Ordinal));
        return double.Parse(Number.Match(line).Value, CultureInfo.InvariantCulture) / 1024;
    }

    /// <summary>Processor time the program has used so far.</summary>
    public TimeSpan Processor()
    {
        process.Refresh();
        return process.TotalProcessorTime;
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private async Task<bool> Answers()
    {
        try
        {
            return (await http.GetAsync("sign-in")).StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task Renew(string path) =>
        token = WebUtility.HtmlDecode(TokenField.Match(await http.GetStringAsync(path)).Groups[1].Value);

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex TokenField { get; }

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Number { get; }

    [GeneratedRegex("(<[^>]*>|\\s)+")]
    private static partial Regex Words { get; }
}
