using Remit.Kernel;

namespace Remit.Modules.Calendar;

/// <summary>A time that is taken, in UTC, and where one is then; without a place nobody has to go anywhere.</summary>
public sealed record Taken(DateTime From, DateTime To, string Place = "");

/// <summary>Somebody who must be free: their clock, when they work, what is taken already.</summary>
/// <param name="Calendar">Null for a room, which keeps no holidays.</param>
public sealed record Party(string Name, Clock Clock, PersonClock Hours, WorkCalendar? Calendar, IReadOnlyList<Taken> Taken)
{
    /// <summary>Whether a stretch lies within the hours that this party works, on its own clock.</summary>
    public bool Works(DateTime from, DateTime to)
    {
        var (start, end) = (Clock.At(from), Clock.At(to));
        var day = DateOnly.FromDateTime(start);
        if (
            Calendar is not null
            && !(
                Calendar.KindOf(day) switch
                {
                    DayKind.Off => false,
                    DayKind.Work => true,
                    _ => Hours.Works(day),
                }
            )
        )
            return false;
        var closes = start.Date.AddHours(Hours.Closes - (Calendar?.IsShort(day) == true ? 1 : 0));
        return start >= start.Date.AddHours(Hours.Opens) && end <= closes;
    }

    /// <summary>The same party, ready to be there at night and on a holiday too.</summary>
    public Party AtAnyHour()
    {
        var day = PersonClock.Of(Hours.Id);
        day.Work(0, 24);
        return this with { Hours = day, Calendar = null };
    }
}

/// <summary>What is looked for: so many minutes within a window of UTC, at a place.</summary>
/// <param name="Travel">Minutes on the way between two different places.</param>
public sealed record FreeAsk(DateTime From, DateTime To, int Minutes, string Place, int Travel, int Step = 30);

/// <summary>Common free time. Pure: no database, no clock.</summary>
public static class FreeTime
{
    /// <summary>Every start, in steps, at which all parties are free for the whole length.</summary>
    public static IEnumerable<DateTime> Find(IReadOnlyCollection<Party> parties, FreeAsk ask)
    {
        var step = TimeSpan.FromMinutes(ask.Step);
        for (var start = Up(ask.From, step); start.AddMinutes(ask.Minutes) <= ask.To; start += step)
            if (parties.All(p => Suits(p, start, ask)))
                yield return start;
    }

    public static bool Suits(Party party, DateTime start, FreeAsk ask)
    {
        var end = start.AddMinutes(ask.Minutes);
        return party.Works(start, end) && !party.Taken.Any(t => Meets(t, start, end, ask));
    }

    /// <summary>Whether a taken time stands in the way, the way to and from it counted in.</summary>
    public static bool Meets(Taken taken, DateTime start, DateTime end, FreeAsk ask)
    {
        var way = TimeSpan.FromMinutes(Way(taken.Place, ask.Place, ask.Travel));
        return taken.From - way < end && start < taken.To + way;
    }

    /// <summary>Minutes between two places; none where both are the same or one is nowhere.</summary>
    public static int Way(string one, string other, int travel) =>
        one.Length == 0 || other.Length == 0 || one.Equals(other, StringComparison.OrdinalIgnoreCase) ? 0 : travel;

    /// <summary>A few of many, spread over the day: people choose among a few, and not only in the morning.</summary>
    public static IReadOnlyList<DateTime> Spread(IEnumerable<DateTime> found, Func<DateTime, DateOnly> day, int most) =>
        [
            .. found
                .GroupBy(day)
                .SelectMany(g =>
                    g.ToList() is var all && all.Count <= most
                        ? all
                        : [.. Enumerable.Range(0, most).Select(n => all[n * (all.Count - 1) / (most - 1)])]
                ),
        ];

    private static DateTime Up(DateTime moment, TimeSpan step) =>
        new((moment.Ticks + step.Ticks - 1) / step.Ticks * step.Ticks, DateTimeKind.Utc);
}
