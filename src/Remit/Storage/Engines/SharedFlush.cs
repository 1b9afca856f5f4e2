namespace Remit.Storage.Engines;

/// <summary>
/// Carries a log to the disk for all who wait for it. Who comes while that is under way has perhaps written after it
/// began, and shares the next time with all others who came meanwhile.
/// </summary>
internal sealed class SharedFlush(string log)
{
    private readonly Lock gate = new();
    private Task running = Task.CompletedTask;
    private Task? next;

    /// <summary>A flush that begins after this call.</summary>
    public Task Next()
    {
        lock (gate)
            return next ??= After(running);
    }

    private async Task After(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (gate)
            (running, next) = (next!, null);
        try
        {
            // Opened anew each time: the log may be another file by now.
            using var file = File.OpenHandle(log, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(file);
        }
        catch (FileNotFoundException)
        {
            // Whoever closed the file last has copied the log into it, and that is on the disk.
        }
    }
}
