using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;

namespace Remit.Modules.Calendar.Dav;

/// <summary>Which components of one calendar object take place in a stretch of time (RFC 4791, 9.9).</summary>
internal sealed class TimeTest(Component root, Zone zone)
{
    /// <summary>Nothing rings longer before or after its event.</summary>
    private const long MostLead = 366L * Civil.Day;
    private const int MostRings = 1000;

    private readonly Lazy<IReadOnlyList<Series>> series = new(() => Series.Of(root, zone));

    public List<Component> Within(List<Component> found, long from, long to) =>
        found.Count == 0
            ? found
            : found[0].Name switch
            {
                "VALARM" => found.FindAll(a => Rings(a, from, to)),
                "VTODO" when found.TrueForAll(IsUndated) => found.FindAll(c => UndatedTask(c, from, to)),
                "VEVENT" or "VTODO" or "VJOURNAL" => Sources(found[0].Name, from, to),
                _ => [],
            };

    private List<Component> Sources(string kind, long from, long to) =>
        [.. series.Value.SelectMany(s => s.Between(from, to)).Select(o => o.Source).Where(c => c.Is(kind)).Distinct()];

    private static bool IsUndated(Component c) => c.Find("DTSTART") is null && c.Find("DUE") is null;

    // A task without days counts by when it was made and done; one that says nothing is always open.
    private static bool UndatedTask(Component c, long from, long to)
    {
        long? At(string name) => TimeValue.Of(c.Find(name)) is { } time ? time.Local : null;
        return (At("CREATED"), At("COMPLETED")) switch
        {
            (null, null) => true,
            ({ } made, null) => made < to,
            (null, { } done) => done >= from && done <= to,
            ({ } made, { } done) => (made >= from || done >= from) && (made <= to || done <= to),
        };
    }

    private bool Rings(Component alarm, long from, long to)
    {
        if (alarm.Find("TRIGGER") is not { } trigger)
            return false;
        if (TimeValue.Of(trigger) is { IsDate: false } moment)
            return AnyRing(alarm, moment.Local, from, to);
        if (Length.Parse(trigger.Value) is not { } lead || Lead(lead) is not (>= -MostLead and <= MostLead))
            return false;
        var atEnd = string.Equals(trigger.Of("RELATED"), "END", StringComparison.OrdinalIgnoreCase);
        return series
            .Value.SelectMany(s => s.Between(Math.Max(Civil.First, from - 2 * MostLead), Math.Min(Civil.Last, to + MostLead)))
            .Any(o => o.Source.Components.Contains(alarm) && AnyRing(alarm, (atEnd ? o.End : o.Start) + Lead(lead), from, to));
    }

    private static bool AnyRing(Component alarm, long first, long from, long to)
    {
        var again = int.TryParse(alarm.Text("REPEAT"), out var n) ? Math.Clamp(n, 0, MostRings) : 0;
        var pause = Length.Parse(alarm.Text("DURATION")) is { } length ? Math.Max(1, Lead(length)) : 1;
        for (var ring = 0; ring <= again; ring++)
            if (first + ring * pause >= from && first + ring * pause < to)
                return true;
        return false;
    }

    private static long Lead(Length length) => length.Days * Civil.Day + length.Seconds;
}
