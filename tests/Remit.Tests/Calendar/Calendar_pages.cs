using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Calendar.Format;
using Remit.Storage;

namespace Remit.Tests.Calendar;

public sealed partial class Calendar_pages(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_meeting_is_planned_seen_held_and_stays()
    {
        await Make("Upkeep talk", "2026-11-16T10:00", "2026-11-16T11:00", ("meeting_kind", "ClientUpkeep"));
        Assert.Contains("Upkeep talk", await world.Text("calendar?day=2026-11-16"));
        var item = await Item("Upkeep talk");
        var empty = await world.Post($"calendar/items/{item.Id}/hold", ("version", $"{item.Version}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
        var page = await world.Owner.PostAndRead(
            $"calendar/items/{item.Id}/hold",
            ("version", $"{item.Version}"),
            ("outcome", "All is well"),
            ("next_step", "Send the offer")
        );
        Assert.Contains("All is well", page);
        Assert.Contains("Send the offer", page);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post($"calendar/items/{item.Id}/drop")).StatusCode);
        using var phone = await Phone.OfOwner(world);
        Assert.Equal(HttpStatusCode.Forbidden, (await phone.Send("DELETE", await FileOf(item))).StatusCode);
    }

    [Fact]
    public async Task One_time_of_a_series_is_moved_and_a_phone_sees_it()
    {
        await Make("Stand-up", "2026-12-07T09:00", "2026-12-07T09:30", ("repeat", "WEEKLY"), ("weekday", "MO"), ("weekday", "WE"));
        var item = await Item("Stand-up");
        Assert.Contains("FREQ=WEEKLY;BYDAY=MO,WE", item.Text);
        Assert.Contains("BEGIN:VTIMEZONE", item.Text);
        await world.Post(
            $"calendar/items/{item.Id}/move",
            ("at", "20261209T090000"),
            ("starts_at", "2026-12-10T14:00"),
            ("duration", "45"),
            ("scope", "This")
        );
        var week = await world.Text("calendar?day=2026-12-07");
        Assert.Equal(["2026-12-07T09:00", "2026-12-10T14:00"], Starts(week, "Stand-up"));
        using var phone = await Phone.OfOwner(world);
        var text = await (await phone.Send("GET", await FileOf(item))).Content.ReadAsStringAsync();
        Assert.Contains("RECURRENCE-ID;TZID=Europe/Sofia:20261209T090000", text);
    }

    [Fact]
    public async Task This_and_following_goes_on_as_a_series_of_its_own_and_all_before_stays()
    {
        await Make("Course", "2027-01-04T10:00", "2027-01-04T11:00", ("repeat", "DAILY"), ("until", "2027-01-10"));
        var item = await Item("Course");
        await world.Post(
            $"calendar/items/{item.Id}",
            ("at", "20270107T100000"),
            ("subject", "Course, later"),
            ("calendar", $"{item.CalendarBookId}"),
            ("starts_at", "2027-01-07T16:00"),
            ("ends_at", "2027-01-07T17:00"),
            ("repeat", "DAILY"),
            ("until", "2027-01-10"),
            ("scope", "Following")
        );
        var week = await world.Text("calendar?day=2027-01-04");
        Assert.Equal(["2027-01-04T10:00", "2027-01-05T10:00", "2027-01-06T10:00"], Starts(week, "Course"));
        Assert.Equal(["2027-01-07T16:00", "2027-01-08T16:00", "2027-01-09T16:00", "2027-01-10T16:00"], Starts(week, "Course, later"));
    }

    [Fact]
    public async Task All_of_a_series_moves_with_its_exceptions_and_one_time_can_be_taken_out()
    {
        await Make("Review", "2027-02-01T10:00", "2027-02-01T11:00", ("repeat", "DAILY"), ("until", "2027-02-05"));
        var item = await Item("Review");
        await world.Post($"calendar/items/{item.Id}/drop", ("at", "20270203T100000"), ("scope", "This"));
        await world.Post($"calendar/items/{item.Id}/move", ("at", "20270204T100000"), ("starts_at", "2027-02-04T12:00"), ("scope", "All"));
        Assert.Equal(
            ["2027-02-01T12:00", "2027-02-02T12:00", "2027-02-04T12:00", "2027-02-05T12:00"],
            Starts(await world.Text("calendar?day=2027-02-01"), "Review")
        );
    }

    [Fact]
    public async Task What_is_private_or_only_busy_shows_others_no_more_than_that()
    {
        await Make("Doctor", "2027-03-01T10:00", "2027-03-01T11:00", ("private", "on"));
        var (colleague, _) = await world.SomeoneWhoIs(Role.Manager);
        var seen = await colleague.Text("calendar?day=2027-03-01");
        Assert.DoesNotContain("Doctor", seen);
        Assert.Contains("busy", seen);
        var item = await Item("Doctor");
        Assert.Equal(HttpStatusCode.NotFound, (await colleague.Get($"calendar/items/{item.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await colleague.Post($"calendar/items/{item.Id}/drop")).StatusCode);
        // Neither is it read in the journal, before and after it is gone.
        await world.Post($"calendar/items/{item.Id}/invite", ("email", "surgeon@clinic.example"));
        for (var n = 0; n < 2; n++)
        {
            Assert.DoesNotMatch(
                "Doctor|surgeon",
                await colleague.Text("history") + await colleague.Text("history/export.csv") + await colleague.Text("trash")
            );
            Assert.Equal(HttpStatusCode.NotFound, (await colleague.Get($"history/{item.Id}")).StatusCode);
            Assert.Contains("Doctor", await world.Text("history"));
            await world.Post($"calendar/items/{item.Id}/drop");
        }
    }

    [Fact]
    public async Task The_secret_link_of_a_calendar_stands_in_no_history()
    {
        await world.Text("calendar");
        await using var db = world.Db();
        var own = await world.OwnerId();
        var book = await db.Set<CalendarBook>().FirstAsync(b => b.OwnerId == own);
        db.Actor = new Actor(own, "Olga Owner", Role.Owner);
        book.OpenFeed();
        await db.SaveChangesAsync();
        Assert.DoesNotContain(book.Feed, await world.Text($"history/{book.Id}"));
    }

    [Fact]
    public async Task A_file_comes_in_once_goes_out_equal_and_is_taken_back_by_one_undo()
    {
        await world.Text("calendar");
        await using var db = world.Db();
        var own = await world.OwnerId();
        var book = CalendarBook.New("Imported", CalendarKind.Own, own);
        db.Add(book);
        await db.SaveChangesAsync();
        const string text =
            "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:i1\nDTSTART:20270401T100000Z\nSUMMARY:One\nX-OTHER;X-P=1:kept\nEND:VEVENT\nBEGIN:VEVENT\nUID:i2\nDTSTART:nonsense\nEND:VEVENT\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20270402\nSUMMARY:No name\nEND:VEVENT\nEND:VCALENDAR\n";
        for (var n = 0; n < 2; n++)
        {
            var brought = await CalendarImport.Into(
                db,
                book,
                System.Text.Encoding.UTF8.GetBytes(text),
                Modules.Calendar.Recurrence.Zone.Utc
            );
            Assert.Equal((n == 0 ? 2 : 0, 12), (brought.Added, Assert.Single(brought.Left).Line));
        }
        var answer = await world.Owner.Get($"calendar/files/{book.Id}.ics");
        var parts = ContentReader.Read(await answer.Content.ReadAsByteArrayAsync()).Components[0].Components;
        Assert.Equal(["One", "No name"], parts.Select(p => p.Text("SUMMARY")));
        Assert.Equal("kept", parts[0].Text("X-OTHER"));
        book.OpenFeed();
        await db.SaveChangesAsync();
        var anyone = await world.NewVisitor().Get($"feed/{book.Feed}.ics");
        Assert.Contains("SUMMARY:One", await anyone.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await world.NewVisitor().Get($"feed/{new string('0', 32)}.ics")).StatusCode);
    }

    [Fact]
    public async Task A_phone_is_connected_by_a_password_shown_once_and_cut_off_again()
    {
        var page = await (await world.Post("calendar/phones/new", ("device", "My phone"))).Content.ReadAsStringAsync();
        var link = ProfileLink.Match(page).Value;
        var profile = await (await world.NewVisitor().Get(link)).Content.ReadAsStringAsync();
        Assert.Contains("com.apple.caldav.account", profile);
        Assert.Contains("com.apple.carddav.account", profile);
        await using var db = world.Db();
        var made = await db.Set<AppPassword>().SingleAsync(p => p.Name == "My phone");
        await world.Post($"calendar/phones/{made.Id}/remove");
        await world.Text("calendar");
        Assert.DoesNotContain("My phone", await world.Text("calendar/settings"));
        Assert.Equal(HttpStatusCode.NotFound, (await world.NewVisitor().Get("phone/" + new string('0', 32))).StatusCode);
    }

    [Theory]
    [InlineData("week"), InlineData("work"), InlineData("day"), InlineData("month"), InlineData("agenda")]
    public async Task Every_view_opens_on_any_day(string view) =>
        Assert.Contains("data-calendar", await world.Text($"calendar?view={view}&day=2027-12-31"));

    private async Task Make(string subject, string from, string to, params (string, string)[] more)
    {
        await world.Text("calendar");
        await using var db = world.Db();
        var owner = await world.OwnerId();
        var book = await db.Set<CalendarBook>().Where(c => c.OwnerId == owner).OrderBy(c => c.Id).FirstAsync();
        var answer = await world.Post(
            "calendar/new",
            [("subject", subject), ("calendar", $"{book.Id}"), ("starts_at", from), ("ends_at", to), .. more]
        );
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
    }

    private async Task<CalendarItem> Item(string summary)
    {
        await using var db = world.Db();
        return await db.Set<CalendarItem>().AsNoTracking().SingleAsync(i => i.Summary == summary);
    }

    private async Task<string> FileOf(CalendarItem item)
    {
        await using var db = world.Db();
        return $"cal/{await db.Set<CalendarBook>().Where(c => c.Id == item.CalendarBookId).Select(c => c.Path).SingleAsync()}/{item.Path}";
    }

    private static IEnumerable<string> Starts(string page, string title) =>
        BlockOf.Matches(page).Where(m => m.Groups[2].Value == title).Select(m => m.Groups[1].Value).Order();

    [GeneratedRegex("data-start=\"([^\"]+)\"[^>]*>\\s*<b>([^<]+)</b>")]
    private static partial Regex BlockOf { get; }

    [GeneratedRegex("phone/[0-9a-f]{32}")]
    private static partial Regex ProfileLink { get; }
}
