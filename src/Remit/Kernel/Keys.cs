namespace Remit.Kernel;

/// <summary>Keys that grow: of two records made in one millisecond the later has the greater key, so a list by age keeps their order.</summary>
public static class Keys
{
    private static long last;

    public static Guid Next()
    {
        long before,
            at;
        do
        {
            before = Interlocked.Read(ref last);
            at = Math.Max(before + 1, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        } while (Interlocked.CompareExchange(ref last, at, before) != before);
        return Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(at));
    }
}
