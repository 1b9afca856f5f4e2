using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Remit.Storage;
using Remit.Storage.Engines;

namespace Remit;

/// <summary>What the program costs on this machine, on data made up for it from a fixed seed.</summary>
public static class Benches
{
    private const string Usage = """
        Usage: remit bench [OPTIONS]

          --small              a firm of 500 clients and a quick look, instead of 100,000 clients and a million entries
          --postgres SERVER    on that PostgreSQL too; --no-sqlite: on it alone
          --no-firm            only what needs no database
          --calendars          only calendars over CalDAV, beside Radicale and Xandikos where they are installed
          --seconds N          how long each kind of request is sent; 5 unless --small
          --only WORD          only the requests whose name holds the word
          --data FOLDER        keep the firm there (or on the PostgreSQL), and use it again in the next run
          --clients N          and --contacts, --invoices, --entries, --people: a firm of another size
          --to FILE.md         write the page of measures; --picture FILE.svg the chart
          --json               print one JSON document
        """;

    /// <summary>The same for whoever checks a command line.</summary>
    public static string[] Options { get; } =
    [
        "--help",
        "--small",
        "--postgres=",
        "--no-sqlite",
        "--no-firm",
        "--calendars",
        "--seconds=",
        "--only=",
        "--data=",
        "--clients=",
        "--contacts=",
        "--invoices=",
        "--entries=",
        "--people=",
        "--to=",
        "--picture=",
    ];

    /// <summary>Measures what <c>--help</c> lists and prints it.</summary>
    public static async Task<int> Run(string[] args)
    {
        if (args.Contains("--help") || args.Contains("-h"))
        {
            Console.WriteLine(Usage);
            return 0;
        }
        var ask = BenchAsk.From(args);
        if (args.Contains("--calendars"))
        {
            Console.WriteLine(await BenchCalendars.Table(ask.Seconds));
            return 0;
        }
        var runs = new List<BenchRun>();
        if (!args.Contains("--no-firm"))
        {
            if (!args.Contains("--no-sqlite"))
                runs.Add(await Firm(null, ask));
            if (Commands.Option(args, "--postgres") is { Length: > 0 } postgres)
                runs.Add(await Firm(postgres, ask));
        }
        var report = new BenchReport(ask.Size, runs, ask.Only is null && !args.Contains("--small") ? Works() : [])
        {
            Calendars =
                ask.Only is null && !args.Contains("--small") && !args.Contains("--no-firm") ? await BenchCalendars.Table(ask.Seconds) : "",
        };
        Console.WriteLine(args.Contains("--json") ? JsonSerializer.Serialize(report) : report.Table());
        if (Commands.Option(args, "--to") is { } file)
            await File.WriteAllTextAsync(file, report.Page());
        if (Commands.Option(args, "--picture") is { } picture)
            await File.WriteAllTextAsync(picture, report.Picture());
        return 0;
    }

    private static async Task<BenchRun> Firm(string? postgres, BenchAsk ask)
    {
        var kept = ask.Data;
        var data = kept ?? Directory.CreateTempSubdirectory("remit-bench-").FullName;
        var store = new FirmStore(postgres is null ? new SqliteEngine(data) : new PostgresEngine(postgres), []);
        try
        {
            return await BenchScenes.Run(store, data, postgres, ask);
        }
        finally
        {
            if (kept is null)
            {
                await store.Remove(BenchFirm.Address);
                Directory.Delete(data, recursive: true);
            }
        }
    }

    private static List<WorkCost> Works()
    {
        var costs = new List<WorkCost>();
        foreach (var (name, runs, work) in BenchWork.All)
        {
            var prepared = work();
            prepared();
            var times = new double[runs];
            for (var run = 0; run < runs; run++)
            {
                GC.Collect();
                var clock = Stopwatch.GetTimestamp();
                prepared();
                times[run] = Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
            }
            Array.Sort(times);
            costs.Add(new(name, runs, times[0], times[runs / 2], times[^1]));
        }
        return costs;
    }
}

/// <summary>What is to be measured, and for how long each.</summary>
internal sealed record BenchAsk(FirmSize Size, double Seconds, string? Only, string? Data)
{
    public static BenchAsk From(string[] args)
    {
        var seconds = args.Contains("--small") ? 0.2 : 5;
        if (
            Commands.Option(args, "--seconds") is { } text
            && !(double.TryParse(text, CultureInfo.InvariantCulture, out seconds) && seconds is > 0 and <= 600)
        )
            throw new CannotRun($"--seconds takes a number above zero, not {text}.");
        return new(
            FirmSize.From(args),
            seconds,
            Commands.Option(args, "--only"),
            Commands.Option(args, "--data") is { } data ? Path.GetFullPath(data) : null
        );
    }

    public bool Wants(string name) => Only is null || name.Contains(Only, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A piece of work without a database, in one thread, after one run to warm up: milliseconds.</summary>
internal sealed record WorkCost(string Name, int Runs, double Best, double Median, double Worst);
