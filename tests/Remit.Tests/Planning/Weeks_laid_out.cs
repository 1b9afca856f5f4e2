using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Planning;
using Remit.Modules.Planning.Weeks;

namespace Remit.Tests.Planning;

/// <summary>Ranking, free time and the layout of a week, without a database: rules, and what must hold whatever comes by chance.</summary>
public sealed class Weeks_laid_out
{
    private static readonly DateOnly monday = new(2026, 11, 30);
    private static readonly Clock sofia = Clock.Of("Europe/Sofia", null),
        baku = Clock.Of("Asia/Baku", null),
        newYork = Clock.Of("America/New_York", null);
    private static readonly IReadOnlyList<DateOnly> days = [.. Enumerable.Range(0, 7).Select(n => monday.AddDays(n))];

    [Fact]
    public void The_weightiest_comes_first_and_what_weighs_nothing_is_left_out()
    {
        var ranked = Ranking.Of([Wish("Bee", true, 10, 15), Wish("Ant", true, 25), Wish("Nil", true, 0), Wish("Cat", false, 40)]);
        Assert.Equal(["Cat", "Ant", "Bee"], ranked.Select(w => w.Name));
    }

    [Fact]
    public void Calls_lie_on_days_for_calls_and_meetings_on_days_for_meetings_and_noon_stays_free()
    {
        var plan = Lay([
            .. Enumerable.Range(0, 20).Select(n => Wish($"c{n:00}", true, 50)),
            .. Enumerable.Range(0, 9).Select(n => Wish($"m{n}", false, 40)),
        ]);
        Assert.Empty(plan.Left);
        Assert.All(
            plan.Slots,
            s =>
                Assert.Contains(
                    sofia.Day(s.Start).DayOfWeek,
                    s.Wish.Call
                        ? [DayOfWeek.Monday, DayOfWeek.Wednesday, DayOfWeek.Friday]
                        : new[] { DayOfWeek.Tuesday, DayOfWeek.Thursday, DayOfWeek.Friday }
                )
        );
        Assert.DoesNotContain(plan.Slots, s => sofia.At(s.Start).Hour == WeekLayout.Lunch);
    }

    [Fact]
    public void Between_two_places_there_is_time_for_the_way_and_none_is_lost_at_one_place()
    {
        var ask = new FreeAsk(At(sofia, 0, 9), At(sofia, 0, 18), 60, "Vitosha 1", 30);
        var party = Host([new Taken(At(sofia, 0, 10), At(sofia, 0, 11), "Rakovski 5")]);
        Assert.DoesNotContain(At(sofia, 0, 9), FreeTime.Find([party], ask));
        Assert.Contains(At(sofia, 0, 9), FreeTime.Find([party], ask with { Place = "rakovski 5" }));
        Assert.Contains(At(sofia, 0, 9), FreeTime.Find([party], ask with { Place = "" }));
        Assert.Contains(At(sofia, 0, 11).AddMinutes(30), FreeTime.Find([party], ask));
    }

    [Fact]
    public void Nobody_is_called_at_night_on_their_clock_nor_on_their_holiday()
    {
        var abroad = new Party("Abroad", newYork, PersonClock.Of(Guid.Empty), WorkCalendar.For("US"), []);
        var found = FreeTime.Find([Host([]), abroad], new FreeAsk(At(sofia, 0, 0), At(sofia, 7, 0), 30, "", 0)).ToList();
        Assert.NotEmpty(found);
        Assert.All(found, f => Assert.InRange(newYork.At(f).Hour, 9, 17));
        var thanksgiving = new DateOnly(2026, 11, 26);
        var day = (
            From: newYork.Utc(thanksgiving.ToDateTime(default, DateTimeKind.Utc)),
            To: newYork.Utc(thanksgiving.AddDays(1).ToDateTime(default, DateTimeKind.Utc))
        );
        Assert.Empty(FreeTime.Find([abroad], new FreeAsk(day.From, day.To, 30, "", 0)));
    }

    [Fact]
    public void Whoever_has_no_working_hour_in_common_is_called_in_their_own_hours_nearest_to_the_hosts()
    {
        var west = Clock.Of("America/Los_Angeles", null);
        var plan = Lay([
            Wish("far", true, 50, west, ""),
            Wish("farther", true, 40, west, ""),
            Wish("a meeting", false, 30, west, "Sunset 1"),
            Wish("near", true, 20),
        ]);
        Assert.Equal(
            [("far", 19, 9, true), ("farther", 19, 9, true), ("near", 9, 23, false)],
            plan.Slots.Select(s => (s.Wish.Name, sofia.At(s.Start).Hour, west.At(s.Start).Hour, s.Late))
        );
        Assert.Equal(["a meeting"], plan.Left.Select(w => w.Name));
    }

    [Fact]
    public void A_column_is_shaded_where_its_owner_does_not_work_on_the_clock_of_the_one_who_looks()
    {
        var (host, clock) = (Host([]), Clock.Of("Asia/Kolkata", null));
        Assert.Equal(
            [("night", 1, 28), ("rest", 29, 8), ("rest", 73, 16), ("night", 89, 8)],
            WeekView.Bands(host, sofia, monday).Select(b => (b.Kind, b.Row, b.Rows))
        );
        // Nine in Kolkata is half past five in Sofia, a quarter of an hour is a row.
        var there = new Party("There", clock, PersonClock.Of(Guid.Empty), WorkCalendar.For(""), []);
        Assert.Equal(
            [("night", 1, 14), ("rest", 15, 8), ("rest", 59, 16), ("night", 75, 22)],
            WeekView.Bands(there, sofia, monday).Select(b => (b.Kind, b.Row, b.Rows))
        );
        Assert.Equal(
            [("night", 1, 28), ("rest", 29, 60), ("night", 89, 8)],
            WeekView.Bands(host, sofia, monday.AddDays(6)).Select(b => (b.Kind, b.Row, b.Rows))
        );
    }

    [Fact]
    public void Whatever_comes_nothing_overlaps_all_keep_their_hours_and_what_is_left_has_no_room()
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var chance = new Random(seed);
            var taken = Enumerable
                .Range(0, chance.Next(12))
                .Select(_ => At(sofia, chance.Next(5), 8 + chance.Next(10)).AddMinutes(chance.Next(4) * 15))
                .Select(from => new Taken(
                    from,
                    from.AddMinutes(15 + chance.Next(120)),
                    chance.Next(2) == 0 ? "" : $"place {chance.Next(3)}"
                ))
                .ToList();
            var wishes = Ranking.Of(
                Enumerable
                    .Range(0, 5 + chance.Next(60))
                    .Select(n =>
                        Wish(
                            $"w{n:00}",
                            chance.Next(3) > 0,
                            chance.Next(1, 100),
                            chance.Next(3) switch
                            {
                                0 => sofia,
                                1 => baku,
                                _ => newYork,
                            },
                            $"place {chance.Next(4)}"
                        )
                    )
            );
            var ask = new LayoutAsk(Host(taken), days, At(sofia, chance.Next(2), 11), 30, 6 + chance.Next(8), 1 + chance.Next(5));
            Check(WeekLayout.Lay(wishes, ask), wishes, ask, $"seed {seed}");
        }
    }

    private static void Check(Plan plan, IReadOnlyList<Wish> wishes, LayoutAsk ask, string seed)
    {
        Assert.Equal(wishes.Count, plan.Slots.Count + plan.Left.Count);
        var placed = plan.Slots.Select(s => new Taken(s.Start, s.End, s.Wish.Place)).ToList();
        foreach (var (slot, own) in plan.Slots.Zip(placed))
        {
            var need = new FreeAsk(slot.Start, slot.End, slot.Wish.Minutes, slot.Wish.Place, ask.Travel);
            Assert.True(
                ask.Host.Works(slot.Start, slot.End) && slot.Wish.Party.Works(slot.Start, slot.End) && slot.Start >= ask.NotBefore,
                seed
            );
            Assert.False(ask.Host.Taken.Concat(placed.Where(t => t != own)).Any(t => FreeTime.Meets(t, slot.Start, slot.End, need)), seed);
        }
        foreach (var day in plan.Slots.GroupBy(s => (sofia.Day(s.Start), s.Wish.Call)))
            Assert.True(day.Count() <= (day.Key.Call ? ask.MostCalls : ask.MostMeetings), seed);
        // What ranks lower moves nothing that ranks higher.
        Assert.Equal(
            plan.Slots.Where(s => wishes.Take(wishes.Count / 2).Contains(s.Wish)).Select(s => (s.Wish.Name, s.Start)),
            WeekLayout.Lay([.. wishes.Take(wishes.Count / 2)], ask).Slots.Select(s => (s.Wish.Name, s.Start))
        );
        var full = ask.Host with { Taken = [.. ask.Host.Taken, .. placed] };
        foreach (var left in plan.Left)
        foreach (
            var day in days.Where(d =>
                (left.Call ? full.Hours.Calls(d) : full.Hours.Meets(d))
                && plan.Slots.Count(s => s.Wish.Call == left.Call && sofia.Day(s.Start) == d)
                    < (left.Call ? ask.MostCalls : ask.MostMeetings)
            )
        )
            Assert.DoesNotContain(
                FreeTime.Find(
                    [full, left.Party],
                    new FreeAsk(
                        Later(ask.NotBefore, At(sofia, day.DayNumber - monday.DayNumber, 0)),
                        At(sofia, day.DayNumber - monday.DayNumber + 1, 0),
                        left.Minutes,
                        left.Place,
                        ask.Travel
                    )
                ),
                f => sofia.At(f).Hour != WeekLayout.Lunch && sofia.At(f.AddMinutes(left.Minutes - 1)).Hour != WeekLayout.Lunch
            );
    }

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;

    private static Plan Lay(IEnumerable<Wish> wishes) =>
        WeekLayout.Lay(Ranking.Of(wishes), new LayoutAsk(Host([]), days, At(sofia, 0, 0), 30, 12, 5));

    private static Party Host(IReadOnlyList<Taken> taken) => new("Host", sofia, PersonClock.Of(Guid.Empty), WorkCalendar.For("BG"), taken);

    private static DateTime At(Clock clock, int day, int hour) =>
        clock.Utc(monday.AddDays(day).ToDateTime(default, DateTimeKind.Utc).AddHours(hour));

    private static Wish Wish(string name, bool call, params int[] weights) => Wish(name, call, sofia, name, weights);

    private static Wish Wish(string name, bool call, int weight, Clock clock, string place) => Wish(name, call, clock, place, weight);

    private static Wish Wish(string name, bool call, Clock clock, string place, params int[] weights) =>
        new(
            $"client:{Guid.NewGuid()}",
            name,
            call ? "" : place,
            call,
            call ? 30 : 60,
            MeetingKind.ClientUpkeep,
            [.. weights.Select(w => new Reason("not_seen", Guid.Empty, w))],
            new Party(name, clock, PersonClock.Of(Guid.Empty), WorkCalendar.For("BG"), [])
        );
}
