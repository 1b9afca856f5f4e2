using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Dispatch;
using Remit.Modules.Notices;
using Remit.Modules.Work;
using Remit.Web;

namespace Remit.Tests.Dispatch;

public sealed class The_clients_link(World world) : IClassFixture<World>
{
    [Fact]
    public async Task The_client_chooses_another_of_the_programmers_free_times_and_everyone_hears_of_it()
    {
        var (_, petar) = await world.SomeoneWhoIs(Role.Programmer);
        var client = await world.Client("Orbita");
        var visit = await world.Visit(client, petar, Scene.Workday(3));
        var guest = world.NewVisitor();
        var page = await guest.Text($"v/{visit.Link}");
        Assert.Contains("Second door, third floor", page);
        Assert.Contains("Who comes", page);
        var wanted = Scene.Offered(page)[^1];
        await guest.Post($"v/{visit.Link}/move", ("starts_at", wanted));
        var moved = await world.Now(visit);
        Assert.Equal((wanted, VisitState.Confirmed), ($"{moved.StartsAt:yyyy-MM-dd'T'HH:mm}", moved.State));
        await world.RunJobs();
        await using var db = world.Db();
        var told = await db.Set<NoticeRow>().Where(n => n.PersonId == petar).Select(n => n.Key).ToListAsync();
        Assert.Equal(["notice.visit_confirmed", "notice.visit_moved", "notice.visit_planned"], told.Order());
        Assert.Contains(
            await db.Set<NoticeRow>().Where(n => n.Key == "notice.visit_moved").Select(n => n.PersonId).ToListAsync(),
            p => p != petar
        );
    }

    [Fact]
    public async Task A_time_that_is_taken_is_neither_offered_nor_accepted()
    {
        var (_, petar) = await world.SomeoneWhoIs(Role.Programmer);
        var client = await world.Client("Lagoda");
        var day = Scene.Workday(4);
        var visit = await world.Visit(client, petar, day);
        await world.Visit(await world.Client("Neighbour"), petar, day, "14:00");
        var guest = world.NewVisitor();
        Assert.DoesNotContain($"{day:yyyy-MM-dd}T14:00", Scene.Offered(await guest.Text($"v/{visit.Link}")));
        var answer = await guest.Post($"v/{visit.Link}/move", ("starts_at", $"{day:yyyy-MM-dd}T14:00"));
        Assert.Equal(422, (int)answer.StatusCode);
        Assert.Contains("is no longer free", await answer.Content.ReadAsStringAsync());
        Assert.Equal(10, (await world.Now(visit)).StartsAt.Hour);
    }

    [Fact]
    public async Task What_stands_in_the_programmers_calendar_is_not_free_either()
    {
        await world.Text("calendar");
        var owner = await world.OwnerId();
        var day = Scene.Workday(8);
        await using (var db = world.Db())
        {
            var book = await db.Set<CalendarBook>().SingleAsync(c => c.OwnerId == owner);
            var made = await world.Post(
                "calendar/new",
                ("subject", "Dentist"),
                ("calendar", $"{book.Id}"),
                ("starts_at", $"{day:yyyy-MM-dd}T09:00"),
                ("ends_at", $"{day:yyyy-MM-dd}T15:00"),
                ("private", "on")
            );
            Assert.Equal(303, (int)made.StatusCode);
        }
        var visit = await world.Visit(await world.Client("After the dentist"), owner, day, "16:00");
        var offered = Scene
            .Offered(await world.NewVisitor().Text($"v/{visit.Link}"))
            .Where(t => t.StartsWith($"{day:yyyy-MM-dd}", StringComparison.Ordinal))
            .ToList();
        Assert.Contains($"{day:yyyy-MM-dd}T15:00", offered);
        Assert.DoesNotContain(offered, t => string.CompareOrdinal(t, $"{day:yyyy-MM-dd}T15:00") < 0);
        Assert.Contains("something else in the calendar then", await Clash(day, owner));
    }

    // A visit moved into the dentist's hour stands on the board with its warning.
    private async Task<string> Clash(DateOnly day, Guid owner)
    {
        await world.Visit(await world.Client("At the dentist"), owner, day, "10:00");
        return await world.Text($"visits/board?day={day:yyyy-MM-dd}");
    }

    [Fact]
    public async Task Confirmed_moved_and_confirmed_again_counts_once()
    {
        var client = await world.Client("Twice");
        var visit = await world.Visit(client, await world.OwnerId(), Scene.Workday(5), "09:00");
        var guest = world.NewVisitor();
        await guest.Post($"v/{visit.Link}/confirm");
        await guest.Post($"v/{visit.Link}/move", ("starts_at", Scene.Offered(await guest.Text($"v/{visit.Link}"))[^1]));
        await using var db = world.Db();
        Assert.Equal(1, await db.Set<StatedFact>().CountAsync(f => f.ChainId == visit.Id && f.Code == "visit.confirmed"));
    }

    [Fact]
    public async Task The_appointment_goes_into_the_clients_calendar()
    {
        var client = await world.Client("Calendar Co");
        var visit = await world.Visit(client, await world.OwnerId(), Scene.Workday(6), "12:00");
        var file = await world.NewVisitor().Text($"v/{visit.Link}/visit.ics");
        Assert.Contains($"DTSTART:{world.Firm().Moment(visit.StartsAt):yyyyMMdd'T'HHmmss'Z'}", file);
        Assert.Contains("SUMMARY:Update · Meridian", file);
    }

    [Fact]
    public void Weekends_other_hours_and_what_is_busy_are_not_free()
    {
        var monday = new DateOnly(2026, 3, 2);
        var at = monday.ToDateTime(default, DateTimeKind.Utc);
        // Tuesday 3 March is Bulgaria's national day.
        var free = FreeTimes.Of(
            [new Busy(at.AddHours(9), at.AddHours(16))],
            monday,
            60,
            new DispatchSettings(),
            WorkCalendar.For("BG"),
            at
        );
        Assert.Equal([16.0, 16.5, 17.0], free.Where(f => f.Date == at).Select(f => f.TimeOfDay.TotalHours));
        Assert.DoesNotContain(free, f => f.Day == 3 && f.Month == 3);
        Assert.DoesNotContain(free, f => f.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
        Assert.All(free, f => Assert.InRange(f.Hour, 9, 17));
    }
}
