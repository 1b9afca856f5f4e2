using Remit.Kernel;
using Remit.Web;

namespace Remit.Modules.Notices.Inbox;

/// <summary>For how long a notice may be put off, by the clock of the one who does.</summary>
internal static class SnoozeTimes
{
    public static readonly IReadOnlyList<string> All = ["hour", "evening", "tomorrow", "week"];

    private const int Morning = 9,
        Evening = 18;

    public static DateTime Until(string which, Screen screen, DateTime now)
    {
        var local = screen.Local(now);
        DateTime Ahead(DateTime then) => now + (then - local);
        return which switch
        {
            "hour" => now.AddHours(1),
            // Said in the evening, this evening is the next one.
            "evening" => Ahead(local.Hour < Evening ? local.Date.AddHours(Evening) : local.Date.AddDays(1).AddHours(Evening)),
            "tomorrow" => Ahead(local.Date.AddDays(1).AddHours(Morning)),
            "week" => Ahead(local.Date.AddDays((8 - (int)local.DayOfWeek) % 7 is 0 ? 7 : (8 - (int)local.DayOfWeek) % 7).AddHours(Morning)),
            _ => throw new NotFound(),
        };
    }
}
