using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Remit.Modules.Calendar;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit;

/// <summary>The same calendar on Remit and, where they are installed, on Radicale and Xandikos: phones' requests, all in one run.</summary>
internal static class BenchCalendars
{
    private const int There = 3_000,
        New = 5_000,
        NewOfPeers = 60,
        Queries = 12,
        Clients = 8;

    private sealed record Row(string Name, List<string> Answers);

    public static async Task<string> Table(double seconds)
    {
        var (names, rows) = (new List<string>(), new List<Row>());
        foreach (
            var (name, run) in new (string, Func<double, Task<List<(string, string)>?>>)[]
            {
                ("Remit", OfRemit),
                ("Radicale", s => OfPeer("radicale", s)),
                ("Xandikos", s => OfPeer("xandikos", s)),
            }
        )
        {
            if (await run(seconds) is not { } measured)
                continue;
            names.Add(name);
            foreach (var (what, answer) in measured)
            {
                if (rows.Find(r => r.Name == what) is not { } row)
                    rows.Add(row = new(what, []));
                row.Answers.Add(answer);
                await Console.Error.WriteLineAsync($"{name}: {what}: {answer}");
            }
        }
        var table = new StringBuilder(
            $"### Calendars over CalDAV, {There:N0} events in one\n\n| work | {string.Join(" | ", names)} |\n| --- |{string.Concat(names.Select(_ => " ---: |"))}\n"
        );
        foreach (var row in rows)
            table.Append(CultureInfo.InvariantCulture, $"| {row.Name} | {string.Join(" | ", row.Answers)} |\n");
        return table.ToString();
    }

    private static async Task<List<(string, string)>?> OfRemit(double seconds)
    {
        var data = Directory.CreateTempSubdirectory("remit-bench-").FullName;
        try
        {
            var store = new FirmStore(new Storage.Engines.SqliteEngine(data), []);
            string secret;
            await using (var db = await store.Create(BenchFirm.Address))
            {
                var person = Person.Join("Bench", BenchFirm.Owner, Kernel.Role.Owner, "ru");
                (var password, secret) = AppPassword.For(person.Id, "bench", DateTime.UtcNow);
                db.AddRange(
                    new Firm
                    {
                        Name = "Bench",
                        Country = "RU",
                        Currency = "RUB",
                        Language = "ru",
                        TimeZone = "Europe/Moscow",
                    },
                    person,
                    password
                );
                await db.SaveChangesAsync();
            }
            await using var server = await BenchServer.Start(data, null);
            using var dav = new BenchDav(new Uri(server.Root, $"~{BenchFirm.Address}/dav/cal/bench/"), BenchFirm.Owner, secret);
            await dav.Make();
            for (var n = 0; n < There; n++)
                await dav.Put(n);
            return await Measure(dav, New, seconds, server.Processor);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    // A peer takes minutes for thousands of events, so they are laid into its folder as it would lay them itself.
    private static async Task<List<(string, string)>?> OfPeer(string program, double seconds)
    {
        if (!File.Exists("/usr/bin/" + program))
            return null;
        var (home, port) = (Directory.CreateTempSubdirectory("remit-bench-").FullName, Free());
        var radicale = program == "radicale";
        var folder = Path.Combine(home, "data", radicale ? "collection-root/olga/work" : "olga/calendars/calendar");
        await File.WriteAllTextAsync(
            Path.Combine(home, "config"),
            $"[server]\nhosts = 127.0.0.1:{port}\n[auth]\ntype = none\n[storage]\nfilesystem_folder = {home}/data\n[logging]\nlevel = error\n"
        );
        string[] arguments = radicale
            ? ["-C", $"{home}/config"]
            : ["-d", $"{home}/data", "-l", "127.0.0.1", "-p", $"{port}", "--defaults", "--current-user-principal", "/olga/"];
        try
        {
            if (radicale)
                await Lay(folder, radicale);
            using var process = Started("/usr/bin/" + program, arguments);
            try
            {
                var calendar = new Uri($"http://127.0.0.1:{port}/" + (radicale ? "olga/work/" : "olga/calendars/calendar/"));
                await Answering(calendar, process);
                if (!radicale)
                    await Lay(folder, radicale);
                using var dav = new BenchDav(calendar, "olga", "olga");
                return await Measure(
                    dav,
                    NewOfPeers,
                    seconds,
                    () =>
                    {
                        process.Refresh();
                        return process.TotalProcessorTime;
                    }
                );
            }
            finally
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync();
            }
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    private static async Task<List<(string, string)>> Measure(BenchDav dav, int news, double seconds, Func<TimeSpan> processor)
    {
        var found = new List<(string, string)>();
        var get = await Load.Of("get", Clients, seconds, processor, n => dav.Get(n * 31 % There));
        found.Add(($"one event got, {Clients} at once, a second", $"{get.PerSecond:0}"));
        found.Add(("PROPFIND of all tags, ms", await Median(3, _ => dav.List())));
        found.Add(("calendar-query of a month with texts, ms", await Median(Queries, dav.Month)));
        var token = "";
        found.Add(("sync-collection, the first, ms", await Median(3, async _ => token = await dav.Changes(""))));
        var later = new List<double>();
        for (var round = 0; round < 3; round++)
        {
            for (var n = 0; n < 10; n++)
                await dav.Put(round * 100 + n, $"Перенос {round}");
            var since = Stopwatch.GetTimestamp();
            token = await dav.Changes(token);
            later.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }
        found.Add(("sync-collection after ten changes, ms", Text(later)));
        var number = There;
        var before = processor();
        var (first, last) = (await Puts(dav, ref number, news / 2), await Puts(dav, ref number, news / 2));
        found.Add(("new events put one after the other, a second; the later half", $"{first:0}; {last:0}"));
        found.Add(("the server's own processor time for one of them, ms", Text([(processor() - before).TotalMilliseconds / news])));
        return found;
    }

    private static Task<double> Puts(BenchDav dav, ref int number, int many)
    {
        var from = number;
        number += many;
        return Run();

        async Task<double> Run()
        {
            var since = Stopwatch.GetTimestamp();
            for (var n = from; n < from + many; n++)
                await dav.Put(n);
            return many / Stopwatch.GetElapsedTime(since).TotalSeconds;
        }
    }

    private static async Task<string> Median(int runs, Func<int, Task> request)
    {
        await request(0);
        var times = new List<double>();
        for (var n = 1; n <= runs; n++)
        {
            var since = Stopwatch.GetTimestamp();
            await request(n);
            times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
        }
        return Text(times);
    }

    private static string Text(List<double> times)
    {
        times.Sort();
        return times[times.Count / 2].ToString("0.0", CultureInfo.InvariantCulture);
    }

    private static async Task Lay(string folder, bool radicale)
    {
        Directory.CreateDirectory(folder);
        for (var n = 0; n < There; n++)
            await File.WriteAllTextAsync(Path.Combine(folder, BenchDav.Name(n)), BenchDav.Event(n));
        if (radicale)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, ".Radicale.props"), "{\"tag\": \"VCALENDAR\"}");
            return;
        }
        foreach (
            var arguments in (string[][])
                [
                    ["add", "-A"],
                    ["-c", "user.name=bench", "-c", "user.email=bench@example.com", "commit", "-qm", "events"],
                ]
        )
        {
            using var git = Started("git", ["-C", folder, .. arguments]);
            await git.WaitForExitAsync();
            if (git.ExitCode != 0)
                throw new CannotRun("The events could not be committed for Xandikos.");
        }
    }

    private static Process Started(string program, string[] arguments)
    {
        var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task Answering(Uri address, Process process)
    {
        using var http = new HttpClient();
        for (var since = Stopwatch.GetTimestamp(); ; await Task.Delay(50))
            try
            {
                await http.GetAsync(address);
                return;
            }
            catch (HttpRequestException) when (!process.HasExited && Stopwatch.GetElapsedTime(since) < TimeSpan.FromMinutes(1)) { }
    }

    private static int Free()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }
}
