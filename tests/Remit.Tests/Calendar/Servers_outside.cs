using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Remit.Tests.Calendar;

/// <summary>A calendar server of somebody else, started for one test on a free port; null where it is not installed.</summary>
internal sealed class Outside_server : IAsyncDisposable
{
    private readonly Process process;
    private readonly string home;

    private Outside_server(Process process, string home, Uri root, Uri calendar) =>
        (this.process, this.home, Root, Calendar) = (process, home, root, calendar);

    public Uri Root { get; }
    public Uri Calendar { get; }
    private HttpClient Http { get; } = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });

    public static async Task<Outside_server?> Start(string program)
    {
        if (!File.Exists($"/usr/bin/{program}"))
        {
            Console.WriteLine($"skipped: no {program}");
            return null;
        }
        var (home, port) = (Directory.CreateTempSubdirectory($"remit-{program}-").FullName, Free());
        var root = new Uri($"http://127.0.0.1:{port}/");
        var radicale = program == "radicale";
        await File.WriteAllTextAsync(
            Path.Combine(home, "config"),
            $"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = none\n[storage]\nfilesystem_folder = {home}/data\n[logging]\nlevel = error\n"
        );
        string[] arguments = radicale
            ? ["-C", $"{home}/config"]
            : ["-d", $"{home}/data", "-l", "127.0.0.1", "-p", $"{port}", "--defaults", "--current-user-principal", "/olga/"];
        var start = new ProcessStartInfo($"/usr/bin/{program}", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = home;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new Outside_server(process, home, root, new Uri(root, radicale ? "/olga/work/" : "/olga/calendars/calendar/"));
        for (var n = 0; !await server.Answers(); n++)
        {
            if (process.HasExited || n > 1200)
                throw new InvalidOperationException($"{program} did not start");
            await Task.Delay(50);
        }
        if (radicale)
            Assert.Equal(HttpStatusCode.Created, (await server.Send("MKCALENDAR", "")).StatusCode);
        return server;
    }

    public Task<HttpResponseMessage> Send(string method, string name, string? body = null, params (string Name, string Value)[] headers) =>
        Patiently(() => Once(method, name, body, headers));

    /// <summary>A busy server of this sort ends a connection without a word; what is asked of it here may be asked twice.</summary>
    public static async Task<HttpResponseMessage> Patiently(Func<Task<HttpResponseMessage>> ask)
    {
        for (var ended = 0; ; ended++)
            try
            {
                return await ask();
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ResponseEnded && ended < 4) { }
    }

    private async Task<HttpResponseMessage> Once(string method, string name, string? body, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Calendar, name));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, method == "PUT" ? "text/calendar" : "application/xml");
        request.Headers.TryAddWithoutValidation("Authorization", "Basic " + Convert.ToBase64String("olga:secret"u8));
        request.Headers.ConnectionClose = true;
        foreach (var (header, value) in headers)
            request.Headers.TryAddWithoutValidation(header, value);
        return await Http.SendAsync(request);
    }

    public async Task Put(string name, string text) => Assert.True((await Send("PUT", name, text)).IsSuccessStatusCode, name);

    public async Task<string?> Text(string name) =>
        await Send("GET", name) is { IsSuccessStatusCode: true } answer ? await answer.Content.ReadAsStringAsync() : null;

    /// <summary>Every text in the calendar.</summary>
    public async Task<List<string>> All()
    {
        var answer = await Send(
            "REPORT",
            "",
            "<C:calendar-query xmlns='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'><prop><C:calendar-data/></prop><C:filter><C:comp-filter name='VCALENDAR'/></C:filter></C:calendar-query>",
            ("Depth", "1")
        );
        return
        [
            .. System
                .Xml.Linq.XElement.Parse(await answer.Content.ReadAsStringAsync())
                .Descendants(Phone.C + "calendar-data")
                .Select(d => d.Value),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(home, recursive: true);
    }

    private async Task<bool> Answers()
    {
        try
        {
            return (await Http.GetAsync(Root)).StatusCode != HttpStatusCode.ServiceUnavailable;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    internal static int Free()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
