using Remit.Modules.Calendar.Format;

namespace Remit.Modules.Calendar.Recurrence;

/// <summary>One time that an event takes place.</summary>
/// <param name="Start">Seconds of UTC since 1970; so is <paramref name="End"/>, which is not included.</param>
/// <param name="Local">The start as its own clock shows it.</param>
/// <param name="Id">The start it had by the rule: its name within the series (RECURRENCE-ID).</param>
/// <param name="Source">The component that describes it: the series' own, or the one that overrides it.</param>
public sealed record Occurrence(long Start, long End, TimeValue Local, TimeValue Id, Component Source)
{
    public bool AllDay => Local.IsDate;

    /// <summary>RFC 4791 9.9: an event without length counts at its start.</summary>
    public bool Overlaps(long from, long to) => Start < to && (End > from || End == Start && Start >= from);
}

/// <summary>How long a component lasts: whole days by the calendar, the rest by the clock.</summary>
internal readonly record struct Span(long Days, long Seconds)
{
    private const long Most = 366L * Civil.Day * 20;

    public static Span Of(Component c, ZoneBook zones)
    {
        var start = TimeValue.Of(c.Find("DTSTART"));
        if (start is not { } from)
            return default;
        if (Length.Parse(c.Find("DURATION")?.Value) is { } length)
            return new Span(Math.Max(0, length.Days), Math.Max(0, length.Seconds));
        if (TimeValue.Of(c.Find("DTEND") ?? c.Find("DUE")) is not { } to)
            return from.IsDate ? new Span(1, 0) : default;
        if (from.IsDate)
            return new Span(Math.Clamp((to.Local - from.Local + Civil.Day - 1) / Civil.Day, c.Is("VTODO") ? 0 : 1, Most / Civil.Day), 0);
        return new Span(0, Math.Clamp(zones.ToUtc(to) - zones.ToUtc(from), 0, Most));
    }

    public long Rough => (Days + 1) * Civil.Day + Seconds;

    public long End(long local, Zone zone) => (Days == 0 ? zone.ToUtc(local) : zone.ToUtc(local + Days * Civil.Day)) + Seconds;
}
