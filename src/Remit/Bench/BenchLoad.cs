using System.Diagnostics;

namespace Remit;

/// <summary>What one kind of request cost: milliseconds, how many were answered a second, and the program's own processor time for each.</summary>
internal sealed record Load(string Name, int Clients, int Done, double Median, double P99, double PerSecond, double Processor)
{
    /// <summary>Each of the clients sends its next request when the last was answered, for some seconds, after as many that do not count.</summary>
    public static async Task<Load> Of(string name, int clients, double seconds, Func<TimeSpan> processor, Func<int, Task> request)
    {
        var number = 0;
        // A program that has just started compiles itself as it goes; what people get all day is measured.
        await Go(seconds);
        var (before, since) = (processor(), Stopwatch.GetTimestamp());
        var all = (await Go(seconds)).Order().ToList();
        var wall = Stopwatch.GetElapsedTime(since).TotalSeconds;
        return new(
            name,
            clients,
            all.Count,
            all[all.Count / 2],
            all[(int)(all.Count * 0.99)],
            all.Count / wall,
            (processor() - before).TotalMilliseconds / all.Count
        );

        async Task<IEnumerable<double>> Go(double length)
        {
            var from = Stopwatch.GetTimestamp();
            var times = await Task.WhenAll(
                Enumerable
                    .Range(0, clients)
                    .Select(_ =>
                        Task.Run(async () =>
                        {
                            var own = new List<double>();
                            do
                            {
                                var start = Stopwatch.GetTimestamp();
                                await request(Interlocked.Increment(ref number));
                                own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                            } while (Stopwatch.GetElapsedTime(from).TotalSeconds < length);
                            return own;
                        })
                    )
            );
            return times.SelectMany(t => t);
        }
    }

    /// <summary>One long piece of work, once.</summary>
    public static async Task<Load> Once(string name, Func<TimeSpan> processor, Func<Task> work)
    {
        var before = processor();
        var since = Stopwatch.GetTimestamp();
        await work();
        var took = Stopwatch.GetElapsedTime(since).TotalMilliseconds;
        return new(name, 1, 1, took, took, 1000 / took, (processor() - before).TotalMilliseconds);
    }
}
