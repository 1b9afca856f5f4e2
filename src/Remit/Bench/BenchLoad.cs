using System.Diagnostics;

namespace Remit;

/// <summary>What one kind of request cost: milliseconds, how many were answered a second, and the program's own processor time for each.</summary>
internal sealed record Load(string Name, int Clients, int Done, double Median, double P99, double PerSecond, double Processor)
{
    /// <summary>Each of the clients sends its next request when the last was answered, for some seconds.</summary>
    public static async Task<Load> Of(string name, int clients, double seconds, Func<TimeSpan> processor, Func<int, Task> request)
    {
        var (number, warm) = (0, Stopwatch.GetTimestamp());
        while (number < Math.Min(20, seconds * 100) || Stopwatch.GetElapsedTime(warm).TotalSeconds < seconds / 4) await request(++number);
        var before = processor();
        var times = new List<double>[clients];
        var since = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            var own = times[client] = [];
            do
            {
                var start = Stopwatch.GetTimestamp();
                await request(Interlocked.Increment(ref number));
                own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            while (Stopwatch.GetElapsedTime(since).TotalSeconds < seconds);
        })));
        var wall = Stopwatch.GetElapsedTime(since).TotalSeconds;
        var all = times.SelectMany(t => t).Order().ToList();
        return new(name, clients, all.Count, all[all.Count / 2], all[(int)(all.Count * 0.99)], all.Count / wall, (processor() - before).TotalMilliseconds / all.Count);
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
