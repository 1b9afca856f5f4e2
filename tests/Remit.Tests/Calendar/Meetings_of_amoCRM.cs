using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Calendar.Outside;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Tests.Calendar;

/// <summary>amoCRM's meetings in the week, read from a server that speaks its protocol.</summary>
public sealed class Meetings_of_amoCRM(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Meetings_of_amoCRM_stand_in_the_week_follow_it_and_go_with_it()
    {
        await using var amo = await Amo_stand_in.Open();
        amo.User(7, "Olga", "OLGA@example.com");
        amo.Lead(55, "Romashka Ltd");
        var first = amo.Task(1, 7, At(2, 7), "Talk of the contract", minutes: 30, lead: 55);
        amo.Task(2, 7, At(3, 9), "");
        // 23:59 in Moscow, where the account lives.
        amo.Task(3, 7, At(4, 20).AddMinutes(59), "Some time that day");
        amo.Task(4, 7, At(5, 9), "A call", type: 1);
        amo.Task(5, 7, At(6, 9), "Held already", done: true);
        amo.Task(6, 7, At(-300, 9), "Long ago");
        amo.Task(7, 8, At(2, 12), "Somebody else's");
        var book = Assert.Single(await Connected(amo));
        Assert.Equal((await world.OwnerId(), true, true, Sharing.Busy), (book.OwnerId, book.TakesTime, book.ReadOnly, book.Sharing));
        await Talk(book);

        Assert.Equal(
            ["Talk of the contract · Romashka Ltd", "Meeting", "Some time that day", "Held already"],
            (await Items(book)).Select(i => i.Summary)
        );
        var items = await Items(book);
        Assert.Equal((At(2, 7), At(2, 7).AddMinutes(30)), (items[0].StartsAt, items[0].EndsAt));
        Assert.Equal(TimeSpan.FromHours(1), items[1].EndsAt - items[1].StartsAt);
        Assert.Contains($"DTSTART;VALUE=DATE:{At(4, 0):yyyyMMdd}", items[2].Text);
        Assert.Contains($"{amo.Root}leads/detail/55", items[0].Text.Replace("\r\n ", ""));
        Assert.Contains("Talk of the contract", await world.Text($"calendar?day={At(2, 0):yyyy-MM-dd}"));

        // They take their person's time; a day without an hour and what is done do not.
        await using var db = world.Db();
        var busy = new List<Busy>();
        foreach (var source in (IEnumerable<IBusyTimes>)world.App.Services.GetService(typeof(IEnumerable<IBusyTimes>))!)
            busy.AddRange((await source.Of(db, [book.OwnerId!.Value], At(2, 0), At(7, 0), world.Firm())).Select(b => b.Time));
        Assert.Contains(busy, b => b.To == Local(At(3, 10)));
        Assert.DoesNotContain(busy, b => b.To > At(4, 0));

        // Nobody writes in it, by page or by phone.
        using var phone = await Phone.OfOwner(world);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await phone.Send("PUT", $"/~{world.Slug}/dav/cal/{book.Path}/x.ics", Phone.Event("x", "20270301T100000Z"))).StatusCode
        );

        // Nothing new writes nothing; what is moved, moves; what is gone, goes.
        var before = await db.Journal.CountAsync(j => j.Record == nameof(CalendarItem));
        await Talk(book);
        Assert.Equal(before, await db.Journal.CountAsync(j => j.Record == nameof(CalendarItem)));
        first["complete_till"] = new DateTimeOffset(At(2, 10), TimeSpan.Zero).ToUnixTimeSeconds();
        amo.Tasks.RemoveAll(t => (int)t["id"]! == 2);
        await Talk(book);
        Assert.Equal(
            [("Talk of the contract · Romashka Ltd", At(2, 10)), ("Some time that day", At(4, 0).AddHours(-2)), ("Held already", At(6, 9))],
            (await Items(book)).Select(i => (i.Summary, i.StartsAt))
        );
        amo.Tasks.Clear();
        await Talk(book);
        Assert.Empty(await Items(book));
    }

    [Fact]
    public async Task Who_asks_too_often_is_put_off_and_a_token_that_ended_is_renewed_by_connecting_again()
    {
        await using var amo = await Amo_stand_in.Open();
        amo.User(7, "Olga", "olga@example.com");
        amo.Task(1, 7, At(2, 7), "Kept");
        var book = Assert.Single(await Connected(amo));
        await Talk(book);

        var now = DateTime.UtcNow.AddHours(1);
        amo.RetryAfter = 1234;
        await world.RunJobs(now);
        Assert.Contains("asked less often", await world.Text("calendar/outside"));
        await using var db = world.Db();
        Assert.Equal(
            now.AddSeconds(1234),
            (await db.Set<Job>().SingleAsync(j => j.Once == $"outside/{book.Id:N}")).DueAt,
            TimeSpan.FromSeconds(1)
        );

        (amo.RetryAfter, amo.Good) = (null, "another");
        await world.RunJobs(now.AddHours(1));
        Assert.Contains("does not take the token", await world.Text("calendar/outside"));
        Assert.Equal("Kept", Assert.Single(await Items(book)).Summary);
        await world.Post(
            "calendar/outside/accounts/new",
            ("outside_kind", "AmoCrm"),
            ("outside_address", amo.Root + "leads/"),
            ("amo_token", "another")
        );
        await Talk(book);
        Assert.Equal(1, await db.Set<OutsideAccount>().CountAsync(a => a.Address == amo.Root.AbsoluteUri));
    }

    [Fact]
    public async Task Users_are_people_of_the_firm_by_their_mail_and_only_who_keeps_people_connects_others()
    {
        await using var amo = await Amo_stand_in.Open();
        var (manager, id) = await world.SomeoneWhoIs(Role.Manager);
        await using var db = world.Db();
        amo.User(7, "Olga", "olga@example.com");
        amo.User(8, "Mark", (await db.Set<Person>().SingleAsync(p => p.Id == id)).Email);
        amo.User(9, "Stranger", "stranger@example.org");
        amo.Task(1, 8, At(2, 7), "With Mark");
        amo.Task(2, 9, At(2, 7), "With a stranger");
        var books = await Connected(amo);
        Assert.Equal(
            [("amoCRM · Mark", id, true), ("amoCRM · Olga", await world.OwnerId(), true), ("amoCRM · Stranger", null, false)],
            books.Select(b => (b.Name, b.OwnerId, b.TakesTime))
        );
        foreach (var book in books)
            await Talk(book);
        Assert.Contains("With Mark", await manager.Text($"calendar?day={At(2, 0):yyyy-MM-dd}"));
        Assert.DoesNotContain("With Mark", await world.Text($"calendar?day={At(2, 0):yyyy-MM-dd}"));
        Assert.Contains("With a stranger", await manager.Text($"calendar?day={At(2, 0):yyyy-MM-dd}"));

        var page = await manager.PostAndRead(
            "calendar/outside/accounts/new",
            ("outside_kind", "AmoCrm"),
            ("outside_address", amo.Root.AbsoluteUri),
            ("amo_token", Amo_stand_in.Token)
        );
        Assert.True(page.Contains("amoCRM · Mark") && !page.Contains("amoCRM · Olga"), page);
        // Whose token may not list users sees the meetings of the token's own user.
        amo.Administrator = false;
        page = await manager.PostAndRead(
            "calendar/outside/accounts/new",
            ("outside_kind", "AmoCrm"),
            ("outside_address", amo.Root.AbsoluteUri),
            ("amo_token", Amo_stand_in.Token)
        );
        Assert.Contains("amoCRM · Meridian", page);
    }

    [Fact]
    public async Task The_token_is_nowhere_in_clear_and_follows_nobody_to_another_server()
    {
        await using var amo = await Amo_stand_in.Open();
        await using var stranger = await Amo_stand_in.Open();
        amo.User(7, "Olga", "olga@example.com");
        for (var id = 1; id < 6; id++)
            amo.Task(id, 7, At(2, 7 + id), $"Meeting {id}");
        var book = Assert.Single(await Connected(amo));
        amo.Elsewhere = stranger.Root.GetLeftPart(UriPartial.Authority);
        await world.Post($"calendar/outside/{book.Id}/refresh");
        await world.RunJobs();
        Assert.Contains("does not answer as amoCRM", await world.Text("calendar/outside"));
        Assert.Empty(stranger.Asked);
        await using var db = world.Db();
        Assert.DoesNotContain(
            Amo_stand_in.Token,
            await world.Text("calendar/outside")
                + string.Concat(db.Journal.Select(j => j.Values))
                + string.Concat(db.Set<OutsideAccount>().Select(a => a.PasswordSealed))
        );
        var wrong = await world.Post(
            "calendar/outside/accounts/new",
            ("outside_kind", "AmoCrm"),
            ("outside_address", amo.Root.AbsoluteUri),
            ("amo_token", "wrong")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("does not take the token", await wrong.Content.ReadAsStringAsync());
        await Assert.ThrowsAsync<Refusal>(() => Task.FromResult(OutsideAccount.OfAmoCrm(Guid.NewGuid(), "ftp://x")));
        Assert.Equal("https://meridian.amocrm.ru/", OutsideAccount.OfAmoCrm(Guid.NewGuid(), "meridian").Address);
    }

    private DateTime Local(DateTime moment) => world.Firm().Local(moment);

    private static DateTime At(int days, int hour) =>
        DateTime.SpecifyKind(DateTime.UtcNow.Date.AddDays(days).AddHours(hour), DateTimeKind.Utc);

    private async Task<List<CalendarBook>> Connected(Amo_stand_in amo)
    {
        var page = await world.Owner.PostAndRead(
            "calendar/outside/accounts/new",
            ("outside_kind", "AmoCrm"),
            ("outside_address", amo.Root + "leads/"),
            ("amo_token", Amo_stand_in.Token)
        );
        var offered = Regex
            .Matches(page, "name=\"outside_calendar\" value=\"([^\"]+)\"")
            .Select(m => ("outside_calendar", m.Groups[1].Value))
            .ToArray();
        Assert.True(offered.Length > 0, page);
        await using var db = world.Db();
        var account = await db.Set<OutsideAccount>().SingleAsync(a => a.Address == amo.Root.AbsoluteUri);
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"calendar/outside/accounts/{account.Id}/take", offered)).StatusCode);
        return await db.Set<CalendarBook>().Where(b => b.AccountId == account.Id).OrderBy(b => b.Name).ToListAsync();
    }

    private async Task Talk(CalendarBook book)
    {
        await world.Post($"calendar/outside/{book.Id}/refresh");
        await world.RunJobs();
        await using var db = world.Db();
        var state = await db.Set<OutsideState>().SingleAsync(s => s.CalendarBookId == book.Id);
        Assert.Equal(("", ""), (state.Error, state.Notes));
    }

    private async Task<List<CalendarItem>> Items(CalendarBook book)
    {
        await using var db = world.Db();
        return await db.Set<CalendarItem>().Where(i => i.CalendarBookId == book.Id).OrderBy(i => i.StartsAt).ToListAsync();
    }
}
