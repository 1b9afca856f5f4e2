using System.Xml.Linq;
using Remit.Kernel;

namespace Remit.Tests.Kernel;

public sealed class WorkCalendarTests
{
    [Theory]
    [InlineData("RU", 2025, 247, 1972)]
    [InlineData("RU", 2026, 247, 1972)]
    [InlineData("BG", 2026, 248, 1984)]
    [InlineData("US", 2026, 250, 2000)]
    public void A_year_has_the_workdays_and_hours_that_the_country_published(string country, int year, int days, int hours)
    {
        var months = Enumerable.Range(1, 12).Select(number => new Month(year, number)).ToList();
        Assert.Equal(days, months.Sum(WorkCalendar.For(country).WorkdaysIn));
        Assert.Equal(hours, months.Sum(WorkCalendar.For(country).HoursIn));
    }

    [Theory]
    [InlineData("RU", "2025-11-01", true)]
    [InlineData("RU", "2026-01-09", false)]
    [InlineData("BY", "2026-04-25", true)]
    [InlineData("BY", "2026-04-20", false)]
    [InlineData("BG", "2027-05-04", false)]
    [InlineData("BG", "2026-01-02", false)]
    [InlineData("AZ", "2026-03-30", false)]
    [InlineData("AZ", "2025-03-10", true)]
    [InlineData("US", "2026-07-03", false)]
    [InlineData("US", "2027-12-31", false)]
    [InlineData("XX", "2026-01-01", true)]
    public void A_moved_day_counts_as_it_was_moved(string country, string day, bool worked) =>
        Assert.Equal(worked, WorkCalendar.For(country).IsWorkday(DateOnly.Parse(day)));

    [Fact]
    public void A_year_outside_the_table_is_told_apart()
    {
        Assert.True(WorkCalendar.For("RU").Covers(2026));
        Assert.False(WorkCalendar.For("RU").Covers(2031));
    }

    [Fact]
    public void The_Russian_year_2026_agrees_with_the_published_file()
    {
        if (Samples.Find("workcalendar/ru_2026.xml") is not { } file)
            return;
        var kinds = XDocument
            .Load(file)
            .Descendants("day")
            .ToDictionary(day => DateOnly.ParseExact("2026." + (string)day.Attribute("d")!, "yyyy.MM.dd"), day => (int)day.Attribute("t")!);
        for (var day = new DateOnly(2026, 1, 1); day.Year == 2026; day = day.AddDays(1))
        {
            var kind = kinds.GetValueOrDefault(day);
            var weekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            Assert.Equal(kind is 2 or 3 || kind == 0 && !weekend, WorkCalendar.For("RU").IsWorkday(day));
            Assert.Equal(kind == 2, WorkCalendar.For("RU").IsShort(day));
        }
    }
}
