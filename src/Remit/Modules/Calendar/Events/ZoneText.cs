using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;
using Remit.Modules.Calendar.Format;

namespace Remit.Modules.Calendar;

/// <summary>A VTIMEZONE for a zone of the tz database, as other programs need it beside a time: how its clocks go in the year of the event and on.</summary>
internal static class ZoneText
{
    public static Component? Of(string tzid, int year)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(tzid) is not { } zone)
            return null;
        var text = new Component("VTIMEZONE");
        text.Lines.Add(new ContentLine("TZID", tzid));
        var start = Instant.FromUtc(year, 1, 1, 0, 0);
        var changes = zone.GetZoneIntervals(start, Instant.FromUtc(year + 1, 1, 1, 0, 0))
            .Where(i => i.HasStart && i.Start > start)
            .ToList();
        if (changes.Count == 0)
            text.Components.Add(
                Part("STANDARD", new LocalDateTime(1970, 1, 1, 0, 0), zone.GetUtcOffset(start), zone.GetZoneInterval(start), false)
            );
        foreach (var interval in changes)
        {
            var before = zone.GetUtcOffset(interval.Start - Duration.Epsilon);
            text.Components.Add(
                Part(
                    interval.Savings > Offset.Zero ? "DAYLIGHT" : "STANDARD",
                    interval.Start.WithOffset(before).LocalDateTime,
                    before,
                    interval,
                    changes.Count > 1
                )
            );
        }
        return text;
    }

    private static Component Part(string name, LocalDateTime at, Offset before, ZoneInterval interval, bool yearly)
    {
        var part = new Component(name);
        part.Lines.Add(new ContentLine("DTSTART", at.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)));
        part.Lines.Add(new ContentLine("TZOFFSETFROM", Signed(before)));
        part.Lines.Add(new ContentLine("TZOFFSETTO", Signed(interval.WallOffset)));
        part.Lines.Add(new ContentLine("TZNAME", interval.Name));
        var last = at.Day + 7 > CalendarSystem.Iso.GetDaysInMonth(at.Year, at.Month);
        if (yearly)
            part.Lines.Add(
                new ContentLine(
                    "RRULE",
                    $"FREQ=YEARLY;BYMONTH={at.Month};BYDAY={(last ? -1 : (at.Day - 1) / 7 + 1)}{at.DayOfWeek.ToString()[..2].ToUpperInvariant()}"
                )
            );
        return part;
    }

    private static string Signed(Offset offset) =>
        $"{(offset < Offset.Zero ? '-' : '+')}{Math.Abs(offset.Seconds) / 3600:00}{Math.Abs(offset.Seconds) / 60 % 60:00}";
}
