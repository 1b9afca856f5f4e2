using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;

namespace Remit.Tests.Calendar;

public sealed class Recurring_series
{
    private static readonly Zone Sofia = Zone.Named("Europe/Sofia")!;

    [Fact]
    public void A_daily_event_of_ten_years_costs_what_its_window_holds()
    {
        var series = One("DTSTART:20160101T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(7, series.Between(At(2026, 11, 16), At(2026, 11, 23)).Count);
        // Ten years of days would be some four thousand times; a week is a few kilobytes.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20_000);
    }

    [Fact]
    public void A_clock_that_changes_keeps_the_hour_of_the_meeting() =>
        Assert.Equal(
            ["20260327T070000Z", "20260328T070000Z", "20260329T060000Z", "20260330T060000Z"],
            Utc(One("DTSTART;TZID=Europe/Sofia:20260327T090000\nRRULE:FREQ=DAILY;COUNT=4"), 2026)
        );

    [Fact]
    public void An_hour_that_is_skipped_is_read_with_the_offset_before_and_one_that_comes_twice_is_its_first()
    {
        // Sofia skips 03:00–04:00 on 29 March 2026 and has 03:00–04:00 twice on 25 October.
        Assert.Equal(["20260329T013000Z"], Utc(One("DTSTART;TZID=Europe/Sofia:20260329T033000"), 2026));
        Assert.Equal(["20261025T003000Z"], Utc(One("DTSTART;TZID=Europe/Sofia:20261025T033000"), 2026));
    }

    [Fact]
    public void A_zone_that_only_the_file_knows_is_reckoned_from_the_file()
    {
        const string zone = """
            BEGIN:VTIMEZONE
            TZID:Our own
            BEGIN:STANDARD
            DTSTART:19961027T040000
            TZOFFSETFROM:+0300
            TZOFFSETTO:+0200
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
            END:STANDARD
            BEGIN:DAYLIGHT
            DTSTART:19970330T030000
            TZOFFSETFROM:+0200
            TZOFFSETTO:+0300
            RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
            END:DAYLIGHT
            END:VTIMEZONE

            """;
        foreach (
            var time in (string[])
                [
                    "20260328T090000",
                    "20260329T033000",
                    "20260329T043000",
                    "20260701T120000",
                    "20261025T033000",
                    "20261026T120000",
                    "20270101T000000",
                ]
        )
            Assert.Equal(Utc(One($"DTSTART;TZID=Europe/Sofia:{time}")), Utc(One($"DTSTART;TZID=Our own:{time}", zone)));
    }

    [Theory]
    [
        InlineData("Russian Standard Time", "Europe/Moscow"),
        InlineData("/freeassociation.sourceforge.net/Tzfile/Europe/Berlin", "Europe/Berlin")
    ]
    public void A_zone_is_known_by_its_other_names(string name, string iana) =>
        Assert.Equal(Zone.Named(iana)!.ToUtc(At(2026, 7, 1)), Zone.Named(name)!.ToUtc(At(2026, 7, 1)));

    [Fact]
    public void Exceptions_take_out_times_written_in_any_zone_or_as_a_day() =>
        Assert.Equal(
            ["20260103T070000Z"],
            Utc(
                One(
                    "DTSTART;TZID=Europe/Sofia:20260101T090000\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE:20260101T070000Z\nEXDATE;VALUE=DATE:20260102\nEXDATE;TZID=Europe/Moscow:20260104T100000"
                ),
                2026
            )
        );

    [Fact]
    public void Extra_dates_and_periods_join_the_rule()
    {
        var series = One(
            "DTSTART:20260101T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2\nRDATE;VALUE=PERIOD:20260103T120000/PT30M\nRDATE:20260101T090000"
        );
        Assert.Equal([3600, 1800, 3600], series.Between(At(2026, 1, 1), At(2026, 2, 1)).Select(o => o.End - o.Start));
    }

    [Fact]
    public void One_time_moved_stands_in_its_new_place_only()
    {
        var series = Of(
            "UID:1\nDTSTART:20260101T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3",
            "UID:1\nRECURRENCE-ID:20260102T090000\nDTSTART:20260201T150000\nDURATION:PT2H"
        );
        Assert.Equal(["20260101T090000", "20260103T090000"], series.Between(At(2026, 1, 1), At(2026, 1, 31)).Select(o => o.Local.Text));
        Assert.Equal("20260102T090000", series.Between(At(2026, 2, 1), At(2026, 2, 2)).Single().Id.Text);
    }

    [Fact]
    public void This_and_following_moves_every_later_time_and_a_single_override_still_wins()
    {
        var series = Of(
            "UID:1\nSUMMARY:a\nDTSTART:20260101T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=5",
            "UID:1\nSUMMARY:b\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260103T090000\nDTSTART:20260103T110000\nDURATION:PT2H",
            "UID:1\nSUMMARY:c\nRECURRENCE-ID:20260104T090000\nDTSTART:20260104T200000\nDURATION:PT1H"
        );
        Assert.Equal(
            ["a 20260101T090000", "a 20260102T090000", "b 20260103T110000", "c 20260104T200000", "b 20260105T110000"],
            series.Between(At(2026, 1, 1), At(2026, 2, 1)).Select(o => $"{o.Source.Text("SUMMARY")} {o.Local.Text}")
        );
    }

    [Fact]
    public void A_whole_day_lasts_from_midnight_to_midnight_of_the_one_who_looks()
    {
        var one = One("DTSTART;VALUE=DATE:20261122").Between(At(2026, 11, 21), At(2026, 11, 24)).Single();
        Assert.Equal((At(2026, 11, 21) + 22 * 3600, 24 * 3600), (one.Start, one.End - one.Start));
    }

    [Fact]
    public void The_extent_has_an_end_only_where_the_series_has()
    {
        Assert.Equal(At(2026, 1, 3) + 10 * 3600, One("DTSTART:20260101T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3").Extent().Last);
        Assert.Equal(long.MaxValue, One("DTSTART:20260101T090000Z\nRRULE:FREQ=DAILY").Extent().Last);
    }

    [Theory]
    [
        InlineData("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        InlineData("FREQ=SECONDLY;INTERVAL=60;BYSECOND=30"),
        InlineData("FREQ=SECONDLY"),
        InlineData("FREQ=DAILY;COUNT=2000000000")
    ]
    public void A_rule_that_fits_nothing_or_too_much_is_bounded(string rule) =>
        Assert.InRange(One($"DTSTART:20260101T000000Z\nRRULE:{rule}").Between(At(2026, 1, 1), At(2036, 1, 1)).Count, 0, Series.Most);

    [Theory]
    [
        InlineData("FREQ=MONTHLY;INTERVAL=2;COUNT=5;BYDAY=-1FR;WKST=SU"),
        InlineData("FREQ=WEEKLY;UNTIL=20261231T000000Z;BYHOUR=9,10;BYDAY=MO,TU"),
        InlineData("FREQ=YEARLY;BYWEEKNO=20;BYSETPOS=-1")
    ]
    public void A_rule_is_written_as_it_was_read(string text) =>
        Assert.Equal(Rule.Parse(text)!.ToString(), Rule.Parse(Rule.Parse(text)!.ToString())!.ToString());

    [Theory]
    [
        InlineData("FREQ=SOMETIMES"),
        InlineData("BYDAY=MO"),
        InlineData("FREQ=DAILY;BYHOUR=25"),
        InlineData("FREQ=DAILY;INTERVAL=0"),
        InlineData("RSCALE=HEBREW;FREQ=YEARLY"),
        InlineData("FREQ=1")
    ]
    public void A_rule_that_breaks_the_grammar_is_none(string text) => Assert.Null(Rule.Parse(text));

    private static long At(int year, int month, int day) => Civil.Seconds(year, month, day);

    private static Series One(string lines, string before = "") => Of(before, lines);

    private static Series Of(params string[] events)
    {
        var before = events[0].Contains("VTIMEZONE") || events[0].Length == 0 ? events[0] : "";
        var text = string.Concat(events.Where(e => e.Length > 0 && e != before).Select(e => $"BEGIN:VEVENT\n{e}\nEND:VEVENT\n"));
        return Series.Of(ContentReader.Read($"BEGIN:VCALENDAR\n{before}{text}END:VCALENDAR\n").Components[0], Sofia) is [var one]
            ? one
            : throw new InvalidOperationException();
    }

    private static string[] Utc(Series series, int year = 0) =>
        [.. series.Between(At(year == 0 ? 2026 : year, 1, 1), At(2028, 1, 1)).Select(o => new TimeValue(o.Start, TimeForm.Utc).Text)];
}
