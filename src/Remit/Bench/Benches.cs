using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Remit;

/// <summary>What the program costs on this machine: whole pieces of work, on data made up for it from a fixed seed.</summary>
public static class Benches
{
    private sealed record Measure(string Name, int Runs, double Best, double Median, double Worst);

    public static async Task<int> Run(string[] args)
    {
        var measures = new List<Measure>();
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
            measures.Add(new(name, runs, times[0], times[runs / 2], times[^1]));
        }
        Console.WriteLine(args.Contains("--json") ? JsonSerializer.Serialize(measures) : Table(measures));
        if (Commands.Option(args, "--to") is { } file) await File.WriteAllTextAsync(file, Page(measures));
        return 0;
    }

    private static string Page(List<Measure> measures) => $"""
        # What it costs

        Written by `bin/bench`. Each line is measured after one run to warm up, in one thread unless said otherwise, on
        {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSArchitecture}. Milliseconds.
        Pages over HTTP, imports and the database under load are not measured yet.

        {Table(measures)}

        """;

    private static string Table(List<Measure> measures)
    {
        var table = new StringBuilder("| work | runs | best | median | worst |\n| --- | ---: | ---: | ---: | ---: |");
        foreach (var m in measures)
            table.Append(CultureInfo.InvariantCulture, $"\n| {m.Name} | {m.Runs} | {m.Best:0.00} | {m.Median:0.00} | {m.Worst:0.00} |");
        return table.ToString();
    }
}
