namespace Remit.Web;

/// <summary>The firm's own clock: a moment is kept in UTC and shown, or planned, in the time the firm lives by.</summary>
public static class FirmTime
{
    public static DateTime Local(this Firm firm, DateTime moment) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(moment, DateTimeKind.Utc), Zone(firm));

    public static DateOnly Day(this Firm firm, DateTime moment) => DateOnly.FromDateTime(firm.Local(moment));

    /// <summary>The moment at which the firm's clock shows a local time. An hour that summer time leaves out comes an hour later.</summary>
    public static DateTime Moment(this Firm firm, DateTime local)
    {
        var shown = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        return TimeZoneInfo.ConvertTimeToUtc(Zone(firm).IsInvalidTime(shown) ? shown.AddHours(1) : shown, Zone(firm));
    }

    /// <summary>The beginning of a day of the firm.</summary>
    public static DateTime Moment(this Firm firm, DateOnly day) => firm.Moment(day.ToDateTime(default));

    /// <summary>The next moment after this one at which the firm's clock shows an hour.</summary>
    public static DateTime Next(this Firm firm, TimeOnly hour, DateTime after)
    {
        var day = firm.Day(after);
        while (true)
        {
            var moment = firm.Moment(day.ToDateTime(hour));
            if (moment > after)
                return moment;
            day = day.AddDays(1);
        }
    }

    /// <summary>The clock of one who lives by another time zone than the firm; an empty or unknown zone is the firm's.</summary>
    public static DateTime In(this Firm firm, string? zone, DateTime moment) =>
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(moment, DateTimeKind.Utc), Own(firm, zone));

    /// <summary>The next moment at which that clock shows a full hour.</summary>
    public static DateTime NextIn(this Firm firm, string? zone, int hour, DateTime after)
    {
        var local = firm.In(zone, after);
        var next = local.Date.AddHours(hour);
        if (next <= local)
            next = next.AddDays(1);
        return after + (next - local);
    }

    private static TimeZoneInfo Own(Firm firm, string? zone) =>
        !string.IsNullOrEmpty(zone) && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var own) ? own : Zone(firm);

    private static TimeZoneInfo Zone(Firm firm) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(firm.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}
