using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Clients;
using Remit.Modules.Tasks;
using Remit.Modules.Work;
using Remit.Storage;

namespace Remit.Tests.Calendar;

public sealed class The_week(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_client_abroad_sees_another_hour_and_both_are_shown()
    {
        var client = await Client("Xəzər Logistics", "AZ");
        await Make(
            "Night call",
            "2026-11-19T10:00",
            ("client_name", "Xəzər Logistics"),
            ("meeting_kind", "ClientUpkeep"),
            ("where", "online"),
            ("link", "https://meet.example/a")
        );
        Assert.Contains("12:00 Baku", await world.Text("calendar?day=2026-11-19"));
        var item = await Item("Night call");
        Assert.Contains("12:00 Baku", await world.Text($"calendar/items/{item.Id}"));
        Assert.True(item.Online);
        Assert.Contains("URL:https://meet.example/a", item.Text);
        Assert.NotEqual(Guid.Empty, client);
    }

    [Fact]
    public async Task An_event_has_a_clock_of_its_own_and_the_week_is_on_the_clock_of_who_looks()
    {
        await Make("Talk in New York", "2026-11-24T09:00", ("zone", "America/New_York"));
        Assert.Contains("DTSTART;TZID=America/New_York:20261124T090000", (await Item("Talk in New York")).Text);
        Assert.Contains("data-start=\"2026-11-24T16:00\"", await world.Text("calendar?day=2026-11-24"));
        var (abroad, _) = await world.SomeoneWhoIs(Role.Owner);
        await abroad.Post(
            "calendar/clock",
            ("time_zone", "Asia/Baku"),
            ("country", ""),
            ("opens", "10"),
            ("closes", "19"),
            ("call_day", "1"),
            ("meeting_day", "2")
        );
        Assert.Contains("data-start=\"2026-11-24T18:00\"", await abroad.Text("calendar?day=2026-11-24"));
    }

    [Fact]
    public async Task A_working_day_is_moved_on_the_page_shown_in_the_week_and_moved_back_by_undo()
    {
        Assert.Contains("class=\"cal-day off ", await world.Text("calendar?day=2026-12-24"));
        await world.Post("calendar/days", ("country", "BG"), ("day", "2026-12-24"), ("day_kind", "Work"), ("day_name", "worked by decree"));
        await using (var db = world.Db())
            Assert.True((await Remit.Web.FirmDays.WorkDays(db, "BG")).IsWorkday(new DateOnly(2026, 12, 24)));
        Assert.Contains("worked by decree", await world.Text("calendar?day=2026-12-24"));
        Assert.Contains("Кодекс на труда", await world.Text("calendar/days?country=BG&year=2026"));
        await using var after = world.Db();
        var change = await after
            .Journal.Where(j => j.Record == nameof(Remit.Web.FirmDay))
            .OrderByDescending(j => j.Seq)
            .Select(j => j.ChangeId)
            .FirstAsync();
        await world.Post($"history/{change}/undo");
        await using var undone = world.Db();
        Assert.False((await Remit.Web.FirmDays.WorkDays(undone, "BG")).IsWorkday(new DateOnly(2026, 12, 24)));
    }

    [Fact]
    public async Task A_meeting_that_is_over_is_due_until_its_outcome_is_noted_and_its_kind_is_a_fact()
    {
        await Client("Quiet Bay", "BG");
        var day = DateTime.UtcNow.AddDays(-2).ToString("yyyy-MM-dd");
        await Make("Upkeep of the bay", day + "T10:00", ("client_name", "Quiet Bay"), ("meeting_kind", "ClientUpkeep"));
        Assert.Contains("Upkeep of the bay", await world.Text("inbox"));
        var item = await Item("Upkeep of the bay");
        Assert.Contains("How are things?", await world.Text($"calendar/items/{item.Id}"));
        await world.Post(
            $"calendar/items/{item.Id}/hold",
            ("outcome", "They open in Varna"),
            ("next_step", "Send the offer for Varna"),
            ("next_on", "2026-12-20")
        );
        await using var db = world.Db();
        Assert.Equal(
            ["meeting.client_upkeep", "meeting.held"],
            (await db.Set<StatedFact>().Where(f => f.SubjectId == item.Id).Select(f => f.Code).ToListAsync()).Order()
        );
        Assert.True(await db.Set<WorkTask>().AnyAsync(t => t.Text == "Send the offer for Varna" && t.DueOn == new DateOnly(2026, 12, 20)));
        Assert.Contains("They open in Varna", await world.Text($"clients/{item.ClientId}"));
        Assert.DoesNotContain("note the outcome", await world.Text("inbox"));
    }

    [Fact]
    public async Task Questions_of_a_kind_are_the_firms_own_once_it_writes_them()
    {
        await world.Post("calendar/kinds/Interview", ("questions", "What did they build?\nWhy us?"), ("minutes", "45"));
        await Make("Candidate", "2027-06-01T10:00", ("meeting_kind", "Interview"));
        Assert.Contains("What did they build?", await world.Text($"calendar/items/{(await Item("Candidate")).Id}"));
    }

    [Fact]
    public async Task Calendars_stand_side_by_side_for_one_day_and_overlapping_events_share_a_column()
    {
        await Make("Left", "2027-05-04T10:00");
        await Make("Right", "2027-05-04T10:30");
        var week = await world.Text("calendar?day=2027-05-04");
        Assert.Matches("class=\"ev +r41 s4 x1 w6", week);
        Assert.Matches("class=\"ev +r43 s4 x7 w6", week);
        // A visit stands with the programmer whose time it takes.
        await using var db = world.Db();
        db.Add(
            Modules.Dispatch.Visit.Plan(
                await Client("Side Ltd", "BG"),
                await world.OwnerId(),
                new DateTime(2027, 5, 4, 14, 0, 0, DateTimeKind.Utc),
                60,
                false,
                "At their desk",
                null
            )
        );
        await db.SaveChangesAsync();
        var own = (await Item("Left")).CalendarBookId;
        Assert.Matches(
            $"data-book=\"{own}\">(?:(?!cal-day).)*At their desk",
            (await world.Text("calendar?day=2027-05-04&view=people")).ReplaceLineEndings(" ")
        );
    }

    [Fact]
    public async Task Who_is_busy_is_told_of_it_and_a_room_is_not_given_twice()
    {
        await Make("Early", "2027-05-11T10:00");
        var own = (await Item("Early")).CalendarBookId;
        Assert.Contains(
            "At the same time: Early",
            await world.Owner.PostAndRead(
                "calendar/new",
                ("subject", "Also early"),
                ("calendar", $"{own}"),
                ("starts_at", "2027-05-11T10:30"),
                ("ends_at", "2027-05-11T11:30")
            )
        );
        await world.Post("calendar/settings/new", ("calendar_name", "Small room"), ("calendar_kind", "Room"), ("colour", "#2457a6"));
        await using var db = world.Db();
        var room = await db.Set<CalendarBook>().Where(b => b.Name == "Small room").Select(b => b.Id).SingleAsync();
        (string, string)[] board =
        [
            ("subject", "Board"),
            ("calendar", $"{room}"),
            ("starts_at", "2027-05-12T10:00"),
            ("ends_at", "2027-05-12T11:00"),
        ];
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post("calendar/new", board)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post("calendar/new", board)).StatusCode);
    }

    [Fact]
    public async Task A_series_is_looked_at_for_a_year_a_room_refuses_the_day_that_is_taken_and_a_person_is_told_how_often()
    {
        await Make("Far away", "2028-06-08T10:30");
        var own = (await Item("Far away")).CalendarBookId;
        (string, string)[] weekly =
        [
            ("subject", "Weekly"),
            ("starts_at", "2028-05-04T10:00"),
            ("ends_at", "2028-05-04T11:00"),
            ("repeat", "WEEKLY"),
            ("every", "1"),
        ];
        Assert.Contains(
            "At the same time on 8 Jun 2028: Far away; 1 of 53 times",
            await world.Owner.PostAndRead("calendar/new", [("calendar", $"{own}"), .. weekly])
        );

        await world.Post("calendar/settings/new", ("calendar_name", "Round room"), ("calendar_kind", "Room"), ("colour", "#2457a6"));
        await using var db = world.Db();
        var room = await db.Set<CalendarBook>().Where(b => b.Name == "Round room").SingleAsync();
        await world.Post(
            "calendar/new",
            ("subject", "Board"),
            ("calendar", $"{room.Id}"),
            ("starts_at", "2028-06-08T10:30"),
            ("ends_at", "2028-06-08T12:00")
        );
        var refused = await world.Post("calendar/new", [("calendar", $"{room.Id}"), .. weekly]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("is taken on 8 Jun 2028", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()));

        // A phone is told the same; without that day it may have the room, and one time is not moved onto what is there.
        using var phone = await Calendar.Phone.OfOwner(world);
        var path = $"{phone.Root.AbsolutePath}cal/{room.Path}/weekly.ics";
        Assert.Contains(
            "is taken on 8 Jun 2028",
            await (
                await phone.Send("PUT", path, Calendar.Phone.Event("weekly", "20280504T070000Z", "Weekly", "RRULE:FREQ=WEEKLY\r\n"))
            ).Content.ReadAsStringAsync()
        );
        Assert.Equal(
            HttpStatusCode.Created,
            (
                await phone.Send(
                    "PUT",
                    path,
                    Calendar.Phone.Event("weekly", "20280504T073000Z", "Weekly", "RRULE:FREQ=WEEKLY\r\nEXDATE:20280608T073000Z\r\n")
                )
            ).StatusCode
        );
        var item = await db.Set<CalendarItem>().SingleAsync(i => i.Uid == "weekly");
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await world.Post(
                    $"calendar/items/{item.Id}/move",
                    ("at", "20280525T073000Z"),
                    ("starts_at", "2028-06-08T11:00"),
                    ("scope", "This")
                )
            ).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (
                await world.Post(
                    $"calendar/items/{item.Id}/move",
                    ("at", "20280525T073000Z"),
                    ("starts_at", "2028-05-26T11:00"),
                    ("scope", "This")
                )
            ).StatusCode
        );
    }

    [Fact]
    public async Task A_birthday_comes_from_a_phone_and_goes_back_to_it()
    {
        var client = await Client("Amber Lab", "BG");
        await world.Post($"clients/{client}/contacts/new", ("name", "Vera Lind"), ("birthday", "1985-04-12"));
        await using var db = world.Db();
        var contact = await db.Set<Contact>().AsNoTracking().SingleAsync(c => c.Name == "Vera Lind");
        Assert.Equal(new DateOnly(1985, 4, 12), contact.Birthday);
        using var phone = await Phone.OfOwner(world);
        var path = $"/~{world.Slug}/dav/card/clients/{contact.Id:N}.vcf";
        var text = await (await phone.Send("GET", path)).Content.ReadAsStringAsync();
        Assert.Contains("BDAY:1985-04-12", text);
        await phone.Send("PUT", path, text.Replace("BDAY:1985-04-12", "BDAY:--0413"));
        Assert.Equal(
            new DateOnly(1904, 4, 13),
            await db.Set<Contact>().Where(c => c.Id == contact.Id).Select(c => c.Birthday).SingleAsync()
        );
    }

    private async Task<Guid> Client(string name, string country)
    {
        await world.Post("clients/new", ("client_title", name), ("country", country), ("lang", "en"), ("same_is_fine", "on"));
        await using var db = world.Db();
        return await db.Set<Client>().Where(c => c.Name == name).Select(c => c.Id).SingleAsync();
    }

    private async Task Make(string subject, string start, params (string, string)[] more)
    {
        await using var db = world.Db();
        await world.Text("calendar");
        var book = await db.Set<CalendarBook>().Where(c => c.Kind == CalendarKind.Own).OrderBy(c => c.Id).Select(c => c.Id).FirstAsync();
        var end = DateTime.Parse(start, System.Globalization.CultureInfo.InvariantCulture).AddHours(1).ToString("yyyy-MM-dd'T'HH:mm");
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (
                await world.Post(
                    "calendar/new",
                    [("subject", subject), ("calendar", $"{book}"), ("starts_at", start), ("ends_at", end), .. more]
                )
            ).StatusCode
        );
    }

    private async Task<CalendarItem> Item(string summary)
    {
        await using var db = world.Db();
        return await db.Set<CalendarItem>().AsNoTracking().SingleAsync(i => i.Summary == summary);
    }
}
