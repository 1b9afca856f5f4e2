using NodaTime;
using NodaTime.TimeZones;
using Remit.Modules.Calendar.Format;

namespace Remit.Modules.Calendar.Recurrence;

/// <summary>A zone's clock against UTC, both in seconds since 1970.</summary>
public abstract class Zone
{
    public static readonly Zone Utc = new FixedZone(0);

    /// <summary>A time that the clocks skip is read with the offset before the gap, one they show twice is the first of the two (RFC 5545, 3.3.5).</summary>
    public abstract long ToUtc(long local);
    public abstract long ToLocal(long utc);

    /// <summary>A zone of the tz database, by its name, an alias, a Windows name, or a name with a path before it; null where it is none.</summary>
    public static Zone? Named(string? name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 200)
            return null;
        name = name.Trim().Trim('"');
        if (name is "Z" or "GMT" or "UTC" or "Etc/UTC")
            return Utc;
        lock (known)
            if (known.TryGetValue(name, out var zone))
                return zone;
        var found = Find(name);
        if (found is not null)
            lock (known)
                known[name] = found;
        return found;
    }

    private static IanaZone? Find(string name)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(name) is { } zone)
            return new IanaZone(zone);
        if (TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.TryGetValue(name, out var id))
            return new IanaZone(DateTimeZoneProviders.Tzdb[id]);
        // «/freeassociation.sourceforge.net/Tzfile/Europe/Berlin»: the name stands at the end.
        var parts = name.Split('/');
        for (var n = Math.Min(3, parts.Length - 1); n >= 2; n--)
            if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(string.Join('/', parts[^n..])) is { } tail)
                return new IanaZone(tail);
        return null;
    }

    private static readonly Dictionary<string, Zone> known = new(StringComparer.OrdinalIgnoreCase);
}

internal sealed class FixedZone(long offset) : Zone
{
    public override long ToUtc(long local) => local - offset;

    public override long ToLocal(long utc) => utc + offset;
}

/// <summary>A zone of the tz database as NodaTime carries it.</summary>
internal sealed class IanaZone(DateTimeZone zone) : Zone
{
    // The stretch that was asked for last: series mostly ask within one.
    private Stretch? last;

    public override long ToUtc(long local)
    {
        local = Math.Clamp(local, Civil.First, Civil.Last);
        if (last is { } l && local - l.Offset > l.From + 2 * Civil.Day && local - l.Offset < l.To - 2 * Civil.Day)
            return local - l.Offset;
        var interval = zone.MapLocal(LocalDateTime.FromDateTime(Civil.Moment(local))).EarlyInterval;
        return local - Keep(interval).Offset;
    }

    public override long ToLocal(long utc)
    {
        utc = Math.Clamp(utc, Civil.First, Civil.Last);
        if (last is { } l && utc >= l.From && utc < l.To)
            return utc + l.Offset;
        return utc + Keep(zone.GetZoneInterval(Instant.FromUnixTimeSeconds(utc))).Offset;
    }

    private Stretch Keep(ZoneInterval interval) =>
        last = new Stretch(
            interval.HasStart ? interval.Start.ToUnixTimeSeconds() : long.MinValue / 4,
            interval.HasEnd ? interval.End.ToUnixTimeSeconds() : long.MaxValue / 4,
            interval.WallOffset.Seconds
        );

    private sealed record Stretch(long From, long To, long Offset);
}
