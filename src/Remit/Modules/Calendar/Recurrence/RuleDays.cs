using Remit.Modules.Calendar.Format;

namespace Remit.Modules.Calendar.Recurrence;

/// <summary>Which days a rule takes: of a year, a month, a week, or one day by itself.</summary>
internal sealed class RuleDays
{
    private readonly Rule rule;
    private readonly bool[] months = new bool[13];
    private readonly IReadOnlyList<int> monthDays;
    private readonly IReadOnlyList<Weekday> weekdays;
    private readonly bool byMonth;

    public RuleDays(Rule rule, long start)
    {
        this.rule = rule;
        var day = Civil.DayOf(start);
        var date = Civil.Date(day);
        var (monthList, monthDayList, weekdayList) = (rule.Months, rule.MonthDays, rule.Weekdays);
        // What the rule leaves open, the first start says (RFC 5545: «information missing from the rule»).
        if (rule.YearDays.Count == 0 && monthDayList.Count == 0 && weekdayList.Count == 0)
        {
            if (rule.Weeks.Count > 0 && rule.Frequency == Frequency.Yearly || rule.Frequency == Frequency.Weekly)
                weekdayList = [new Weekday(0, Civil.Weekday(day))];
            else if (rule.Frequency == Frequency.Monthly)
                monthDayList = [date.Day];
            else if (rule.Frequency == Frequency.Yearly)
                (monthList, monthDayList) = (monthList.Count > 0 ? monthList : [date.Month], [date.Day]);
        }
        // A day of a month, in a year: of which month, the first start says too.
        if (
            rule.Frequency == Frequency.Yearly
            && rule.MonthDays.Count > 0
            && rule.YearDays.Count + rule.Weekdays.Count + rule.Weeks.Count + monthList.Count == 0
        )
            monthList = [date.Month];
        (byMonth, monthDays, weekdays) = (monthList.Count > 0, monthDayList, weekdayList);
        foreach (var month in monthList)
            months[month] = true;
    }

    public bool Takes(int day)
    {
        var date = Civil.Date(day);
        if (byMonth && !months[date.Month])
            return false;
        if (rule.Weeks.Count > 0 && rule.Frequency == Frequency.Yearly && !TakesWeek(day))
            return false;
        if (rule.YearDays.Count > 0 && !TakesNumber(rule.YearDays, date.DayOfYear, DateTime.IsLeapYear(date.Year) ? 366 : 365))
            return false;
        if (monthDays.Count > 0 && !TakesNumber(monthDays, date.Day, DateTime.DaysInMonth(date.Year, date.Month)))
            return false;
        return weekdays.Count == 0 || TakesWeekday(day, date);
    }

    /// <summary>The days of one year that are taken. Where the rule counts weeks, a year is its whole weeks.</summary>
    public void OfYear(int year, List<int> days)
    {
        var (first, last) = (Civil.Days(year, 1, 1), Civil.Days(year, 12, 31));
        if (rule.Weeks.Count > 0)
            (first, last) = (WeekOne(year), year == 9999 ? last : WeekOne(year + 1) - 1);
        for (var day = first; day <= last; day++)
        {
            if (byMonth && rule.Weeks.Count == 0 && Civil.Date(day) is var date && !months[date.Month])
            {
                day += DateTime.DaysInMonth(date.Year, date.Month) - date.Day;
                continue;
            }
            if (Civil.Has(day) && Takes(day))
                days.Add(day);
        }
    }

    public void OfMonth(int year, int month, List<int> days)
    {
        if (byMonth && !months[month])
            return;
        var first = Civil.Days(year, month, 1);
        for (var day = first; day < first + DateTime.DaysInMonth(year, month); day++)
            if (Takes(day))
                days.Add(day);
    }

    public void OfWeek(int first, List<int> days)
    {
        for (var day = first; day < first + 7; day++)
            if (Civil.Has(day) && Takes(day))
                days.Add(day);
    }

    /// <summary>The year a day counts to; a rule that counts weeks counts the days around New Year to the year of their week.</summary>
    public int YearOf(int day)
    {
        var year = Civil.Date(day).Year;
        if (rule.Weeks.Count == 0)
            return year;
        return day < WeekOne(year) ? year - 1
            : year < 9999 && day >= WeekOne(year + 1) ? year + 1
            : year;
    }

    private bool TakesWeek(int day)
    {
        var year = YearOf(day);
        var first = WeekOne(year);
        var weeks = year >= 9999 ? 52 : (WeekOne(year + 1) - first) / 7;
        return TakesNumber(rule.Weeks, (day - first) / 7 + 1, weeks);
    }

    // The first week that has four days in the year; it starts on the rule's own first weekday.
    private int WeekOne(int year)
    {
        if (year < 1)
            return Civil.Days(1, 1, 1) - 7;
        var january = Civil.Days(year, 1, 1);
        var into = (Civil.Weekday(january) - rule.WeekStart + 7) % 7;
        return january - into + (into > 3 ? 7 : 0);
    }

    private bool TakesWeekday(int day, DateOnly date)
    {
        var weekday = Civil.Weekday(day);
        foreach (var wanted in weekdays)
        {
            if (wanted.Day != weekday)
                continue;
            if (wanted.Number == 0 || rule.Frequency > Frequency.Monthly || rule.Weeks.Count > 0)
                return true;
            var ofYear = rule.Frequency == Frequency.Yearly && !byMonth;
            var (at, length) = ofYear
                ? (date.DayOfYear, DateTime.IsLeapYear(date.Year) ? 366 : 365)
                : (date.Day, DateTime.DaysInMonth(date.Year, date.Month));
            if (wanted.Number == (wanted.Number > 0 ? (at - 1) / 7 + 1 : -((length - at) / 7 + 1)))
                return true;
        }
        return false;
    }

    private static bool TakesNumber(IReadOnlyList<int> wanted, int at, int length)
    {
        for (var i = 0; i < wanted.Count; i++)
            if (wanted[i] == at || wanted[i] == at - length - 1)
                return true;
        return false;
    }
}
