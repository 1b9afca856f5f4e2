using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Remit.Browser;

/// <summary>The real program as a process on a free port, with a data folder of its own.</summary>
public sealed class Served : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("remit-browser-").FullName;
    private readonly Process process;

    public string Url { get; }

    private Served()
    {
        Url = $"http://127.0.0.1:{FreePort()}";
        var start = new ProcessStartInfo("dotnet", [typeof(Commands).Assembly.Location, "serve"]) { WorkingDirectory = folder };
        start.Environment["REMIT_DATA"] = folder;
        start.Environment["REMIT_URLS"] = Url;
        start.Environment["REMIT_POSTGRES"] = "";
        start.Environment["REMIT_SIGNIN_LIMIT"] = "1000";
        process = Process.Start(start)!;
    }

    /// <summary>Comes back when the program answers.</summary>
    public static async Task<Served> Start()
    {
        var served = new Served();
        using var http = new HttpClient();
        for (var since = Stopwatch.StartNew(); ; await Task.Delay(50))
        {
            try
            {
                if ((await http.GetAsync(served.Url)).IsSuccessStatusCode)
                    return served;
            }
            catch (HttpRequestException) when (!served.process.HasExited && since.Elapsed < TimeSpan.FromMinutes(1))
            {
                // Not listening yet.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
