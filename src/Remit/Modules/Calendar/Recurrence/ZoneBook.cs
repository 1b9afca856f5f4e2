using Remit.Modules.Calendar.Format;

namespace Remit.Modules.Calendar.Recurrence;

/// <summary>The zones that the times of one calendar object speak of.</summary>
/// <param name="floating">Whose clock a time without a zone is read on: the one who looks.</param>
public sealed class ZoneBook(Component calendar, Zone floating)
{
    private readonly Dictionary<string, Zone> read = new(StringComparer.OrdinalIgnoreCase);

    public Zone Floating => floating;

    /// <summary>The database's zone of this name, else the file's own, else the looker's.</summary>
    public Zone Of(TimeValue time) =>
        time.Form switch
        {
            TimeForm.Utc => Zone.Utc,
            TimeForm.Zoned => Named(time.Tzid!),
            _ => floating,
        };

    public long ToUtc(TimeValue time) => Of(time).ToUtc(time.Local);

    private Zone Named(string tzid)
    {
        if (read.TryGetValue(tzid, out var zone))
            return zone;
        var own = calendar.Inside("VTIMEZONE").FirstOrDefault(z => string.Equals(z.Text("TZID"), tzid, StringComparison.OrdinalIgnoreCase));
        return read[tzid] =
            Zone.Named(tzid) ?? (own is null ? null : Zone.Named(own.Text("X-LIC-LOCATION")) ?? FileZone.Of(own)) ?? floating;
    }
}
