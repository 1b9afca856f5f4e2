using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Calendar.Outside;
using Remit.Storage;

namespace Remit.Tests.Calendar;

/// <summary>Remit as a client of real calendar servers; skipped where they are not installed.</summary>
public sealed class Accounts_outside(World world) : IClassFixture<World>
{
    [Theory, InlineData("radicale"), InlineData("xandikos")]
    public async Task Both_sides_become_alike_through_changes_deletes_and_conflicts(string program)
    {
        await using var server = await Outside_server.Start(program);
        if (server is null)
            return;
        await server.Put("there.ics", Phone.Event("there", "20261123T100000Z", "Made there", "X-THEIRS:kept\r\n"));
        var book = await Connected(server);
        await Talk(book);
        Assert.Equal("Made there", (await Item(book, "there")).Summary);

        // Made, changed and deleted here.
        using var phone = await Phone.OfOwner(world);
        var path = $"/~{world.Slug}/dav/cal/{book.Path}/";
        Assert.Equal(
            HttpStatusCode.Created,
            (await phone.Send("PUT", path + "here.ics", Phone.Event("here", "20261124T100000Z", "Made here"))).StatusCode
        );
        await Talk(book);
        Assert.Contains("Made here", await server.Text("here.ics"));
        await phone.Send("PUT", path + "here.ics", Phone.Event("here", "20261124T110000Z", "Changed here"));
        await Talk(book);
        Assert.Contains("Changed here", await server.Text("here.ics"));
        await phone.Send("DELETE", path + "here.ics");
        await Talk(book);
        Assert.Null(await server.Text("here.ics"));

        // Changed and deleted there.
        await server.Put("there.ics", Phone.Event("there", "20261123T120000Z", "Changed there", "X-THEIRS:kept\r\n"));
        await server.Put("more.ics", Phone.Event("more", "20261125T120000Z", "Another there"));
        await Talk(book);
        Assert.Equal("Changed there", (await Item(book, "there")).Summary);
        Assert.Contains("X-THEIRS:kept", (await Item(book, "there")).Text);
        await server.Send("DELETE", "more.ics");
        await Talk(book);
        await using (var db = world.Db())
            Assert.False(await db.Set<CalendarItem>().AnyAsync(i => i.CalendarBookId == book.Id && i.Uid == "more"));

        // Both changed different things: put together. Both changed the same: both versions stay.
        var file = (await Item(book, "there")).Path;
        await server.Put("there.ics", Phone.Event("there", "20261123T150000Z", "Changed there", "X-THEIRS:kept\r\n"));
        await phone.Send(
            "PUT",
            path + file,
            Phone.Event("there", "20261123T120000Z", "Changed there", "X-THEIRS:kept\r\nLOCATION:Room 5\r\n")
        );
        await Talk(book);
        foreach (var part in (string[])["20261123T150000Z", "Room 5"])
        {
            Assert.Contains(part, (await Item(book, "there")).Text);
            Assert.Contains(part, await server.Text("there.ics"));
        }
        await server.Put("there.ics", Phone.Event("there", "20261123T150000Z", "Their word"));
        await phone.Send("PUT", path + file, Phone.Event("there", "20261123T150000Z", "Our word"));
        await Talk(book);
        var there = await server.All();
        Assert.Single(there, t => t.Contains("Their word"));
        Assert.Single(there, t => t.Contains("Our word"));
        Assert.Equal(["Our word (version of Remit)", "Their word"], await Summaries(book));

        // Deleted on one side and changed on the other: the change stands on both.
        await server.Send("DELETE", "there.ics");
        await phone.Send("PUT", path + file, Phone.Event("there", "20261123T160000Z", "Still wanted"));
        await Talk(book);
        Assert.Contains(await server.All(), t => t.Contains("Still wanted"));
        var wanted = await Item(book, "there");
        await phone.Send("DELETE", path + wanted.Path);
        await server.Put(wanted.Path, Phone.Event("there", "20261123T170000Z", "Wanted there"));
        await Talk(book);
        Assert.Contains("Wanted there", await Summaries(book));
        // And then it is quiet: what is alike is not written again.
        var before = await Number(book);
        await Talk(book);
        Assert.Equal(before, await Number(book));
    }

    [Fact]
    public async Task A_server_without_sync_and_with_a_login_by_digest_is_compared_by_its_tags()
    {
        await using var server = await Outside_server.Start("radicale");
        if (server is null)
            return;
        await using var proxy = await Poor_proxy.Before(server);
        await server.Put("one.ics", Phone.Event("one", "20261123T100000Z", "One"));
        await server.Put("two.ics", Phone.Event("two", "20261123T120000Z", "Two"));
        var book = await Connected(server, proxy.Root);
        await Talk(book);
        Assert.Equal(["One", "Two"], await Summaries(book));
        Assert.True(proxy.Turned == 1 && proxy.Let > 5, $"turned away {proxy.Turned}, let in {proxy.Let}");

        using var phone = await Phone.OfOwner(world);
        await phone.Send("PUT", $"/~{world.Slug}/dav/cal/{book.Path}/here.ics", Phone.Event("here", "20261124T100000Z", "Here"));
        await server.Put("one.ics", Phone.Event("one", "20261123T110000Z", "One moved"));
        await server.Send("DELETE", "two.ics");
        proxy.Forget();
        await Talk(book);
        Assert.Equal(["Here", "One moved"], await Summaries(book));
        Assert.Contains("Here", await server.Text("here.ics"));
        Assert.Equal(2, proxy.Turned);
        var before = await Number(book);
        await Talk(book);
        Assert.Equal(before, await Number(book));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_said_on_the_page_and_asked_again_later()
    {
        await using var server = await Outside_server.Start("radicale");
        if (server is null)
            return;
        var book = await Connected(server);
        await Talk(book);
        Assert.Contains("Refreshed", await world.Text("calendar/outside"));
        await using (var db = world.Db())
            await db.Set<CalendarBook>()
                .Where(b => b.Id == book.Id)
                .ExecuteUpdateAsync(s => s.SetProperty(b => b.Source, $"http://127.0.0.1:{Outside_server.Free()}/gone/"));
        var now = DateTime.UtcNow.AddHours(1);
        await world.RunJobs(now);
        Assert.Contains("gave no answer", await world.Text("calendar/outside"));
        await using var after = world.Db();
        var job = await after.Set<Job>().SingleAsync(j => j.Once == $"outside/{book.Id:N}");
        Assert.Equal((JobState.Waiting, true), (job.State, job.DueAt > now));
    }

    [Fact]
    public async Task A_calendar_outside_takes_the_time_of_its_person_and_shows_others_no_more()
    {
        await using var server = await Outside_server.Start("radicale");
        if (server is null)
            return;
        await server.Put("dentist.ics", Phone.Event("dentist", "20280214T100000Z", "Dentist"));
        var book = await Connected(server);
        await Talk(book);
        Assert.Contains("Dentist", await world.Text("calendar?day=2028-02-14"));
        var (other, _) = await world.SomeoneWhoIs(Role.Manager);
        var week = await other.Text("calendar?day=2028-02-14");
        Assert.DoesNotContain("Dentist", week);
        Assert.Contains(book.Name, week);
        await using var db = world.Db();
        var busy = new List<Web.Busy>();
        foreach (var source in (IEnumerable<Web.IBusyTimes>)world.App.Services.GetService(typeof(IEnumerable<Web.IBusyTimes>))!)
            busy.AddRange(
                (await source.Of(db, [await world.OwnerId()], new DateTime(2028, 2, 14), new DateTime(2028, 2, 15), world.Firm())).Select(
                    b => b.Time
                )
            );
        Assert.Equal(new DateTime(2028, 2, 14, 12, 0, 0), Assert.Single(busy).From);
    }

    [Fact]
    public async Task The_password_is_in_no_page_no_journal_and_no_file_in_clear()
    {
        await using var server = await Outside_server.Start("radicale");
        if (server is null)
            return;
        await Connected(server);
        Assert.DoesNotContain("s3cret-of-olga", await world.Text("calendar/outside"));
        await using var db = world.Db();
        Assert.DoesNotContain(
            "s3cret-of-olga",
            string.Concat(db.Journal.Where(j => j.Record == nameof(OutsideAccount)).Select(j => j.Values))
        );
        Assert.DoesNotContain("s3cret-of-olga", string.Concat(db.Set<OutsideAccount>().Select(a => a.PasswordSealed)));
    }

    private async Task<CalendarBook> Connected(Outside_server server, Uri? through = null)
    {
        var (root, calendar) = (through ?? server.Root, new Uri(through ?? server.Root, server.Calendar.AbsolutePath));
        var page = await (
            await world.Post(
                "calendar/outside/accounts/new",
                ("outside_address", root + "olga/"),
                ("outside_user", "olga"),
                ("outside_password", "s3cret-of-olga")
            )
        ).Content.ReadAsStringAsync();
        Assert.True(page.Contains(calendar.AbsoluteUri), Said(page));
        await using var db = world.Db();
        var account = await db.Set<OutsideAccount>().OrderByDescending(a => a.Id).FirstAsync();
        var taken = await world.Post($"calendar/outside/accounts/{account.Id}/take", ("outside_calendar", calendar.AbsoluteUri));
        Assert.True(taken.StatusCode == HttpStatusCode.SeeOther, Said(await taken.Content.ReadAsStringAsync()));
        return await db.Set<CalendarBook>().SingleAsync(b => b.AccountId == account.Id);
    }

    private static string Said(string page) =>
        page.IndexOf("role=\"alert\"", StringComparison.Ordinal) is >= 0 and var at ? page[at..Math.Min(page.Length, at + 300)] : page;

    private async Task Talk(CalendarBook book)
    {
        await world.Post($"calendar/outside/{book.Id}/refresh");
        await world.RunJobs();
        await using var db = world.Db();
        var state = await db.Set<OutsideState>().SingleAsync(s => s.CalendarBookId == book.Id);
        Assert.Equal(("", ""), (state.Error, state.Notes));
    }

    private async Task<CalendarItem> Item(CalendarBook book, string uid)
    {
        await using var db = world.Db();
        return await db.Set<CalendarItem>().SingleAsync(i => i.CalendarBookId == book.Id && i.Uid == uid);
    }

    private async Task<List<string>> Summaries(CalendarBook book)
    {
        await using var db = world.Db();
        return await db.Set<CalendarItem>()
            .Where(i => i.CalendarBookId == book.Id)
            .OrderBy(i => i.Summary)
            .Select(i => i.Summary)
            .ToListAsync();
    }

    private async Task<long> Number(CalendarBook book)
    {
        await using var db = world.Db();
        return await db.Set<SyncChange>().Where(c => c.Collection == book.Id).MaxAsync(c => c.Number);
    }
}
