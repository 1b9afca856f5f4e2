namespace Remit.Modules.Calendar;

/// <summary>What one looks at: which days, in which shape, over which calendars.</summary>
public sealed record Looking(DateOnly Day, string View, IReadOnlySet<Guid> Off)
{
    public static readonly IReadOnlyList<string> Views = ["week", "work", "day", "people", "month", "agenda"];

    /// <summary>What stands for visits and for dues among the calendars that can be switched off.</summary>
    public static readonly Guid Visits = new("00000000-0000-7000-8000-0000000000f1"),
        Dues = new("00000000-0000-7000-8000-0000000000f2");

    public DateOnly First =>
        View switch
        {
            "day" or "people" or "agenda" => Day,
            "month" => Monday(new DateOnly(Day.Year, Day.Month, 1)),
            _ => Monday(Day),
        };
    public int Days =>
        View switch
        {
            "day" or "people" => 1,
            "work" => 5,
            "month" => 42,
            "agenda" => 30,
            _ => 7,
        };
    public DateOnly Back =>
        View switch
        {
            "day" or "people" => Day.AddDays(-1),
            "month" => Day.AddMonths(-1),
            "agenda" => Day.AddDays(-30),
            _ => Day.AddDays(-7),
        };
    public DateOnly Ahead =>
        View switch
        {
            "day" or "people" => Day.AddDays(1),
            "month" => Day.AddMonths(1),
            "agenda" => Day.AddDays(30),
            _ => Day.AddDays(7),
        };

    public string To(DateOnly day, string? view = null) =>
        $"calendar?day={day:yyyy-MM-dd}&view={view ?? View}{string.Concat(Off.Select(o => "&off=" + o))}";

    public string Toggled(Guid calendar) =>
        (this with { Off = new HashSet<Guid>(Off.Contains(calendar) ? Off.Except([calendar]) : Off.Append(calendar)) }).To(Day);

    public bool Shows(Guid calendar) => !Off.Contains(calendar);

    public static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}

/// <summary>What a country's table says of a day that its weekday does not say.</summary>
public sealed record DayMark(string Country, Kernel.DayKind Kind, string Name);
