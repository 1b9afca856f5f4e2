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
        foreach (var day in ask.Days) taken.Add(new Taken(At(ask, day, Lunch), At(ask, day, Lunch + 1)));
        var host = ask.Host with { Taken = taken };
        foreach (var wish in ranked)
        {
            var slot = ask.Days.Where(d => (wish.Call ? host.Hours.Calls(d) : host.Hours.Meets(d)) && Room(slots, ask, d, wish.Call))
                .OrderBy(d => slots.Where(s => host.Clock.Day(s.Start) == d).Sum(s => s.Wish.Minutes)).ThenBy(d => d)
                .Select(d => First(host, wish, ask, d)).FirstOrDefault(s => s is not null);
            if (slot is null) { left.Add(wish); continue; }
            slots.Add(slot);
            taken.Add(new Taken(slot.Start, slot.End, wish.Place));
        }
        return new Plan(slots, left);
    }

    private static Slot? First(Party host, Wish wish, LayoutAsk ask, DateOnly day)
    {
        var (from, to) = (At(ask, day, host.Hours.Opens), At(ask, day, host.Hours.Closes));
        var free = new FreeAsk(from < ask.NotBefore ? ask.NotBefore : from, to, wish.Minutes, wish.Place, ask.Travel, Step);
        foreach (var start in FreeTime.Find([host, wish.Party], free)) return new Slot(wish, start);
        return null;
    }

    private static bool Room(List<Slot> slots, LayoutAsk ask, DateOnly day, bool call) =>
        slots.Count(s => s.Wish.Call == call && ask.Host.Clock.Day(s.Start) == day) < (call ? ask.MostCalls : ask.MostMeetings);

    private static DateTime At(LayoutAsk ask, DateOnly day, int hour) => ask.Host.Clock.Utc(day.ToDateTime(default, DateTimeKind.Utc).AddHours(hour));
}
