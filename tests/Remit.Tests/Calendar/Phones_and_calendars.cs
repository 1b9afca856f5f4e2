using System.Net;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Storage;

namespace Remit.Tests.Calendar;

public sealed class Phones_and_calendars(World world) : IClassFixture<World>
{
    private static readonly XNamespace D = Phone.D,
        C = Phone.C;

    [Fact]
    public async Task An_event_is_put_read_changed_and_deleted_under_its_tag()
    {
        using var phone = await Phone.OfOwner(world);
        var path = await phone.Calendar() + "one.ics";
        var text = Phone.Event("one", "20261123T100000Z", "Встреча", "X-UNKNOWN;X-P=\"a:b\":kept\r\n");
        var put = await phone.Send("PUT", path, text, ("If-None-Match", "*"));
        Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        var got = await phone.Send("GET", path);
        Assert.Equal(text, await got.Content.ReadAsStringAsync());
        Assert.Equal(put.Headers.ETag, got.Headers.ETag);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await phone.Send("PUT", path, text, ("If-None-Match", "*"))).StatusCode);
        var changed = await phone.Send("PUT", path, Phone.Event("one", "20261123T110000Z"), ("If-Match", put.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        Assert.NotEqual(put.Headers.ETag, changed.Headers.ETag);
        Assert.Equal(
            HttpStatusCode.PreconditionFailed,
            (await phone.Send("PUT", path, text, ("If-Match", put.Headers.ETag.Tag))).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.PreconditionFailed,
            (await phone.Send("DELETE", path, null, ("If-Match", put.Headers.ETag.Tag))).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await phone.Send("DELETE", path, null, ("If-Match", changed.Headers.ETag!.Tag))).StatusCode
        );
        Assert.Equal(HttpStatusCode.NotFound, (await phone.Send("GET", path)).StatusCode);
    }

    [Fact]
    public async Task A_phone_is_told_only_what_changed_and_what_is_gone()
    {
        using var phone = await Phone.OfOwner(world);
        var calendar = await phone.Calendar();
        foreach (var name in (string[])["s1", "s2", "s3"])
            await phone.Send("PUT", $"{calendar}{name}.ics", Phone.Event(name, "20261201T100000Z"));
        var (all, token) = await Sync(phone, calendar, "");
        Assert.Superset(new HashSet<string> { "s1.ics 200", "s2.ics 200", "s3.ics 200" }, all.ToHashSet());
        await phone.Send("PUT", $"{calendar}s2.ics", Phone.Event("s2", "20261202T100000Z"));
        await phone.Send("DELETE", $"{calendar}s3.ics");
        var (next, later) = await Sync(phone, calendar, token);
        Assert.Equal(["s2.ics 200", "s3.ics 404"], next.Order());
        Assert.Empty((await Sync(phone, calendar, later)).Changes);
        var wrong = await phone.Send("REPORT", calendar, SyncBody("urn:x-remit:sync:999999"));
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        Assert.Contains("valid-sync-token", await wrong.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_is_undone_on_a_page_reaches_the_phone()
    {
        using var phone = await Phone.OfOwner(world);
        var calendar = await phone.Calendar();
        await phone.Send("PUT", $"{calendar}undo.ics", Phone.Event("undo", "20261203T100000Z"));
        var (_, token) = await Sync(phone, calendar, "");
        await phone.Send("DELETE", $"{calendar}undo.ics");
        await using (var db = world.Db())
        {
            var change = await db
                .Journal.Where(j => j.Record == nameof(CalendarItem) && j.Kind == JournalKind.Deleted)
                .OrderByDescending(j => j.Seq)
                .Select(j => j.ChangeId)
                .FirstAsync();
            await db.UndoChange(change, new DateOnly(2026, 11, 22));
        }
        Assert.Equal(["undo.ics 200"], (await Sync(phone, calendar, token)).Changes);
        Assert.Equal(HttpStatusCode.OK, (await phone.Send("GET", $"{calendar}undo.ics")).StatusCode);
    }

    [Fact]
    public async Task A_query_finds_the_times_of_a_series_within_its_stretch()
    {
        using var phone = await Phone.OfOwner(world);
        var calendar = await phone.Calendar();
        await phone.Send(
            "PUT",
            $"{calendar}weekly.ics",
            Phone.Event("weekly", "20200106T090000Z", "Weekly", "RRULE:FREQ=WEEKLY;BYDAY=MO\r\nEXDATE:20270111T090000Z\r\n")
        );
        Assert.Contains("weekly.ics", await Query("20270104T000000Z", "20270105T000000Z"));
        Assert.DoesNotContain("weekly.ics", await Query("20270105T000000Z", "20270110T000000Z"));
        Assert.DoesNotContain("weekly.ics", await Query("20270111T000000Z", "20270112T000000Z"));
        var expanded = await phone.Xml(
            "REPORT",
            calendar,
            QueryBody("20270104T000000Z", "20270126T000000Z", "<C:expand start='20270104T000000Z' end='20270126T000000Z'/>")
        );
        var text = expanded.Descendants(C + "calendar-data").Select(d => d.Value).Single(t => t.Contains("UID:weekly"));
        Assert.DoesNotContain("RRULE", text);
        Assert.Equal(
            ["20270104T090000Z", "20270118T090000Z", "20270125T090000Z"],
            text.Split('\n').Where(l => l.StartsWith("DTSTART:", StringComparison.Ordinal)).Select(l => l[8..].Trim())
        );

        async Task<string> Query(string from, string to) =>
            string.Join(' ', (await phone.Xml("REPORT", calendar, QueryBody(from, to))).Descendants(D + "href").Select(h => h.Value));
    }

    [Fact]
    public async Task When_a_calendar_is_taken_is_told_without_what_for()
    {
        using var phone = await Phone.OfOwner(world);
        var calendar = await phone.Calendar();
        await phone.Send("PUT", $"{calendar}b1.ics", Phone.Event("b1", "20280110T090000Z", "Secret"));
        await phone.Send("PUT", $"{calendar}b2.ics", Phone.Event("b2", "20280110T093000Z", "Secret"));
        await phone.Send("PUT", $"{calendar}b3.ics", Phone.Event("b3", "20280110T150000Z", "Free", "TRANSP:TRANSPARENT\r\n"));
        var text = await (
            await phone.Send(
                "REPORT",
                calendar,
                "<C:free-busy-query xmlns:C='urn:ietf:params:xml:ns:caldav'><C:time-range start='20280110T000000Z' end='20280111T000000Z'/></C:free-busy-query>"
            )
        ).Content.ReadAsStringAsync();
        Assert.Contains("FREEBUSY;FBTYPE=BUSY:20280110T090000Z/20280110T103000Z", text);
        Assert.DoesNotContain("Secret", text);
        Assert.DoesNotContain("T150000Z", text);
    }

    [Theory]
    [InlineData("BEGIN:VCALENDAR\r\nEND:VCALENDAR", "valid-calendar-data"), InlineData("not a calendar", "line 1")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTART:20261301T000000\r\nEND:VEVENT\r\nEND:VCALENDAR", "line 4")]
    [InlineData(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTART:20260101T000000\r\nRRULE:FREQ=SOMETIMES\r\nEND:VEVENT\r\nEND:VCALENDAR",
        "line 5"
    )]
    [InlineData(
        "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:x\r\nDTSTART:20260101T000000\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:y\r\nDTSTART:20260101T000000\r\nEND:VEVENT\r\nEND:VCALENDAR",
        "one UID"
    )]
    public async Task What_is_no_event_is_refused_with_its_line(string text, string said)
    {
        using var phone = await Phone.OfOwner(world);
        var answer = await phone.Send("PUT", await phone.Calendar() + "broken.ics", text);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(said, await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Two_files_of_one_calendar_never_hold_the_same_event()
    {
        using var phone = await Phone.OfOwner(world);
        var calendar = await phone.Calendar();
        await phone.Send("PUT", $"{calendar}u1.ics", Phone.Event("same", "20261123T100000Z"));
        Assert.Contains(
            "no-uid-conflict",
            await (await phone.Send("PUT", $"{calendar}u2.ics", Phone.Event("same", "20261123T100000Z"))).Content.ReadAsStringAsync()
        );
    }

    [Fact]
    public async Task A_calendar_is_made_named_and_taken_away_by_a_phone()
    {
        using var phone = await Phone.OfOwner(world);
        await phone.Calendar();
        var path = $"/~{world.Slug}/dav/cal/{Guid.NewGuid()}/";
        var body =
            "<C:mkcalendar xmlns='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'><set><prop><displayname>Лекции</displayname></prop></set></C:mkcalendar>";
        Assert.Equal(HttpStatusCode.Created, (await phone.Send("MKCALENDAR", path, body)).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await phone.Send("MKCALENDAR", path, body)).StatusCode);
        var patched = await phone.Xml(
            "PROPPATCH",
            path,
            "<propertyupdate xmlns='DAV:'><set><prop><displayname>Спикеры</displayname><x:calendar-color xmlns:x='http://apple.com/ns/ical/'>#A0362CFF</x:calendar-color></prop></set></propertyupdate>"
        );
        Assert.Contains("200", patched.Descendants(D + "status").Single().Value);
        var read = await phone.Xml(
            "PROPFIND",
            path,
            "<propfind xmlns='DAV:' xmlns:x='http://apple.com/ns/ical/'><prop><displayname/><x:calendar-color/></prop></propfind>",
            "0"
        );
        Assert.Equal("Спикеры#a0362c", read.Descendants(D + "prop").First().Value);
        Assert.Contains(
            "403",
            (
                await phone.Xml(
                    "PROPPATCH",
                    path,
                    "<propertyupdate xmlns='DAV:'><set><prop><getetag>x</getetag></prop></set></propertyupdate>"
                )
            )
                .Descendants(D + "status")
                .First()
                .Value
        );
        Assert.Equal(HttpStatusCode.NoContent, (await phone.Send("DELETE", path)).StatusCode);
    }

    [Fact]
    public async Task Only_an_app_password_opens_and_a_wrong_one_is_asked_again()
    {
        using var phone = await Phone.OfOwner(world);
        var bare = new HttpRequestMessage(new HttpMethod("PROPFIND"), phone.Root);
        var answer = await world.Owner.Client.SendAsync(bare);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("Basic", answer.Headers.WwwAuthenticate.ToString());
        var (_, someone) = await world.SomeoneWhoIs(Role.Programmer);
        using var other = await Phone.Of(world, someone, "olga@example.com");
        Assert.Equal(HttpStatusCode.Unauthorized, (await other.Send("PROPFIND", "")).StatusCode);
        await using var db = world.Db();
        Assert.DoesNotContain(phone.Secret, string.Concat(db.Journal.Where(j => j.Record == nameof(AppPassword)).Select(j => j.Values)));
    }

    [Fact]
    public async Task A_colleague_reads_what_is_shown_and_writes_only_what_is_shared()
    {
        using var owner = await Phone.OfOwner(world);
        var calendar = await owner.Calendar();
        await owner.Send("PUT", $"{calendar}open.ics", Phone.Event("open", "20261124T100000Z"));
        await owner.Send("PUT", $"{calendar}private.ics", Phone.Event("private", "20261124T120000Z", "Doctor", "CLASS:PRIVATE\r\n"));
        var (_, id) = await world.SomeoneWhoIs(Role.Manager);
        await using var db = world.Db();
        var email = await db.Set<Modules.People.Person>().Where(p => p.Id == id).Select(p => p.Email).SingleAsync();
        using var other = await Phone.Of(world, id, email);
        Assert.Equal(HttpStatusCode.OK, (await other.Send("GET", $"{calendar}open.ics")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Send("GET", $"{calendar}private.ics")).StatusCode);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await other.Send("PUT", $"{calendar}open.ics", Phone.Event("open", "20261124T110000Z"))).StatusCode
        );
        var book = await db.Set<CalendarBook>().SingleAsync(c => c.OwnerId != null && calendar.Contains("/" + c.Path + "/"));
        book.Share(Sharing.Nobody);
        await db.SaveChangesAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await other.Send("GET", $"{calendar}open.ics")).StatusCode);
        book.Share(Sharing.See);
        await db.SaveChangesAsync();
    }

    [Theory]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><propfind xmlns='DAV:'><allprop/></propfind>"), InlineData("<propfind xmlns='DAV:'>")]
    public async Task Hostile_or_broken_XML_is_a_bad_request(string body)
    {
        using var phone = await Phone.OfOwner(world);
        Assert.Equal(HttpStatusCode.BadRequest, (await phone.Send("PROPFIND", "", body)).StatusCode);
    }

    private static string SyncBody(string token) =>
        $"<sync-collection xmlns='DAV:'><sync-token>{token}</sync-token><sync-level>1</sync-level><prop><getetag/></prop></sync-collection>";

    private static string QueryBody(string from, string to, string shape = "") =>
        $"<C:calendar-query xmlns='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'><prop><getetag/><C:calendar-data>{shape}</C:calendar-data></prop><C:filter><C:comp-filter name='VCALENDAR'><C:comp-filter name='VEVENT'><C:time-range start='{from}' end='{to}'/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>";

    private static async Task<(List<string> Changes, string Token)> Sync(Phone phone, string calendar, string token)
    {
        var answer = await phone.Xml("REPORT", calendar, SyncBody(token));
        var changes = answer
            .Elements(D + "response")
            .Select(r => $"{r.Element(D + "href")!.Value.Split('/')[^1]} {(r.Element(D + "status") is null ? 200 : 404)}")
            .ToList();
        return (changes, answer.Element(D + "sync-token")!.Value);
    }
}
