using Remit.Modules.Calendar;

namespace Remit.Modules.Planning.Weeks;

/// <summary>Within what a week is laid out.</summary>
/// <param name="Host">Who plans: clock, hours, rhythm, what is taken.</param>
/// <param name="NotBefore">UTC: what is over cannot be planned.</param>
/// <param name="Travel">Minutes between two places.</param>
public sealed record LayoutAsk(Party Host, IReadOnlyList<DateOnly> Days, DateTime NotBefore, int Travel, int MostCalls, int MostMeetings);

/// <summary>
/// Lays wishes into a week, the weightiest first: each gets the earliest time of the emptiest day that its kind is
/// for. Pure; what ranks lower never moves what ranks higher.
/// </summary>
public static class WeekLayout
{
    private const int Step = 30;

    /// <summary>An hour of the host's day that stays free, on the host's clock.</summary>
    public const int Lunch = 13;

    public static Plan Lay(IReadOnlyList<Wish> ranked, LayoutAsk ask)
    {
        var (slots, left) = (new List<Slot>(), new List<Wish>());
        var taken = new List<Taken>(ask.Host.Taken);
        foreach (var day in ask.Days)
            taken.Add(new Taken(At(ask, day, Lunch), At(ask, day, Lunch + 1)));
        var host = ask.Host with { Taken = taken };
        foreach (var wish in ranked)
        {
            var slot =
                ask.Days.Where(d => (wish.Call ? host.Hours.Calls(d) : host.Hours.Meets(d)) && Room(slots, ask, d, wish.Call))
                    .OrderBy(d => slots.Where(s => host.Clock.Day(s.Start) == d).Sum(s => s.Wish.Minutes))
                    .ThenBy(d => d)
                    .Select(d => First(host, wish, ask, d))
                    .FirstOrDefault(s => s is not null)
                ?? Late(host, wish, ask, slots);
            if (slot is null)
            {
                left.Add(wish);
                continue;
            }
            slots.Add(slot);
            taken.Add(new Taken(slot.Start, slot.End, wish.Place));
        }
        return new Plan(slots, left);
    }

    private static Slot? First(Party host, Wish wish, LayoutAsk ask, DateOnly day)
    {
        var (from, to) = (At(ask, day, host.Hours.Opens), At(ask, day, host.Hours.Closes));
        var free = new FreeAsk(Max(from, ask.NotBefore), to, wish.Minutes, wish.Place, ask.Travel, Step);
        foreach (var start in FreeTime.Find([host, wish.Party], free))
            return new Slot(wish, start);
        return null;
    }

    // Somebody whose working hours never meet the host's is called at the time of a day for calls that is nearest to the host's own hours.
    private static Slot? Late(Party host, Wish wish, LayoutAsk ask, List<Slot> slots)
    {
        var week = new FreeAsk(Max(At(ask, ask.Days[0], 0), ask.NotBefore), At(ask, ask.Days[^1], 24), wish.Minutes, "", 0, Step);
        if (
            !wish.Call
            || FreeTime.Find([host with { Taken = [] }, wish.Party with { Taken = [] }], week with { From = At(ask, ask.Days[0], 0) }).Any()
        )
            return null;
        return FreeTime
            .Find([host.AtAnyHour(), wish.Party], week)
            .Where(t => host.Clock.Day(t) is var day && host.Hours.Calls(day) && Room(slots, ask, day, true))
            .OrderBy(t => Away(host, t, wish.Minutes))
            .ThenBy(t => t)
            .Select(t => new Slot(wish, t) { Late = true })
            .FirstOrDefault();
    }

    private static double Away(Party host, DateTime start, int minutes)
    {
        var from = host.Clock.At(start).TimeOfDay.TotalHours;
        return Math.Max(host.Hours.Opens - from, from + minutes / 60.0 - host.Hours.Closes);
    }

    private static DateTime Max(DateTime one, DateTime other) => one > other ? one : other;

    private static bool Room(List<Slot> slots, LayoutAsk ask, DateOnly day, bool call) =>
        slots.Count(s => s.Wish.Call == call && ask.Host.Clock.Day(s.Start) == day) < (call ? ask.MostCalls : ask.MostMeetings);

    private static DateTime At(LayoutAsk ask, DateOnly day, int hour) =>
        ask.Host.Clock.Utc(day.ToDateTime(default, DateTimeKind.Utc).AddHours(hour));
}
