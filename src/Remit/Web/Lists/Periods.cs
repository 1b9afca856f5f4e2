namespace Remit.Web.Lists;

/// <summary>Named periods, counted from a day; weeks begin on Monday.</summary>
public static class Periods
{
    public static readonly IReadOnlyList<string> Names = ["today", "week", "last-week", "month", "last-month", "year", "ahead", "past"];

    public static (DateOnly From, DateOnly To)? Read(string name, DateOnly today)
    {
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var first = new DateOnly(today.Year, today.Month, 1);
        return name switch
        {
            "today" => (today, today),
            "week" => (monday, monday.AddDays(6)),
            "last-week" => (monday.AddDays(-7), monday.AddDays(-1)),
            "month" => (first, first.AddMonths(1).AddDays(-1)),
            "last-month" => (first.AddMonths(-1), first.AddDays(-1)),
            "year" => (new(today.Year, 1, 1), new(today.Year, 12, 31)),
            "ahead" => (today, DateOnly.MaxValue),
            "past" => (DateOnly.MinValue.AddDays(1), today.AddDays(-1)),
            _ => Own(name),
        };
    }

    private static (DateOnly, DateOnly)? Own(string text)
    {
        if (text.Split("..") is not [var from, var to] || (from.Length == 0 && to.Length == 0))
            return null;
        var (start, end) = (DateOnly.MinValue.AddDays(1), DateOnly.MaxValue);
        if (from.Length > 0 && !DateOnly.TryParseExact(from, "yyyy-MM-dd", out start))
            return null;
        if (to.Length > 0 && !DateOnly.TryParseExact(to, "yyyy-MM-dd", out end))
            return null;
        return (start, end);
    }
}
