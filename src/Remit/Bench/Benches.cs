using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Remit.Storage;
using Remit.Storage.Engines;

namespace Remit;

/// <summary>What the program costs on this machine, on data made up for it from a fixed seed.</summary>
public static class Benches
{
    /// <summary>
    /// <c>--small</c> a quick look · <c>--postgres SERVER</c> that database too · <c>--no-firm</c> only what needs no
    /// database · <c>--seconds N</c> for each kind of request · <c>--clients N</c> and the like for another firm.
    /// </summary>
    public static async Task<int> Run(string[] args)
    {
        var small = args.Contains("--small");
        var seconds = double.TryParse(Commands.Option(args, "--seconds"), CultureInfo.InvariantCulture, out var n) ? n : small ? 0.2 : 5;
        var runs = new List<BenchRun>();
        if (!args.Contains("--no-firm"))
        {
            if (!args.Contains("--no-sqlite")) runs.Add(await Firm(null, FirmSize.From(args), seconds));
            if (Commands.Option(args, "--postgres") is { Length: > 0 } postgres) runs.Add(await Firm(postgres, FirmSize.From(args), seconds));
        }
        var report = new BenchReport(FirmSize.From(args), runs, small ? [] : Works());
        Console.WriteLine(args.Contains("--json") ? JsonSerializer.Serialize(report) : report.Table());
        if (Commands.Option(args, "--to") is { } file) await File.WriteAllTextAsync(file, report.Page());
        if (Commands.Option(args, "--picture") is { } picture) await File.WriteAllTextAsync(picture, report.Picture());
        return 0;
    }

    private static async Task<BenchRun> Firm(string? postgres, FirmSize size, double seconds)
    {
        var data = Directory.CreateTempSubdirectory("remit-bench-").FullName;
        var store = new FirmStore(postgres is null ? new SqliteEngine(data) : new PostgresEngine(postgres), []);
        try
        {
            return await BenchScenes.Run(store, data, postgres, size, seconds);
        }
        finally
        {
            await store.Remove(BenchFirm.Address);
            Directory.Delete(data, recursive: true);
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

/// <summary>A piece of work without a database, in one thread, after one run to warm up: milliseconds.</summary>
internal sealed record WorkCost(string Name, int Runs, double Best, double Median, double Worst);
