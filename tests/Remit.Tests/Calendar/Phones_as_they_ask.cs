using System.Net;
using System.Text;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Calendar.Recurrence;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;

namespace Remit.Tests.Calendar;

/// <summary>The requests of real programs, in their order, and the corners of the standards that they use.</summary>
public sealed class Phones_as_they_ask(World world) : IClassFixture<World>
{
    private static readonly XNamespace D = Phone.D,
        C = Phone.C;
    private const string Spaces =
        "xmlns:A='DAV:' xmlns:B='urn:ietf:params:xml:ns:caldav' xmlns:CS='http://calendarserver.org/ns/' xmlns:E='http://apple.com/ns/ical/'";

    [Fact]
    public async Task An_iPhone_finds_its_calendars_makes_one_and_reads_what_changed()
    {
        using var phone = await Phone.OfOwner(world);
        await phone.Calendar();
        var known = await phone.Send(
            "PROPFIND",
            $"/~{world.Slug}/.well-known/caldav",
            $"<A:propfind {Spaces}><A:prop><A:current-user-principal/><A:principal-URL/><A:resourcetype/></A:prop></A:propfind>",
            ("Depth", "0")
        );
        Assert.Equal(HttpStatusCode.MovedPermanently, known.StatusCode);
        var root = await phone.Xml(
            "PROPFIND",
            known.Headers.Location!.OriginalString,
            $"<A:propfind {Spaces}><A:prop><A:current-user-principal/><A:principal-URL/><A:resourcetype/></A:prop></A:propfind>",
            "0"
        );
        var me = root.Descendants(D + "current-user-principal").Single().Value;
        Assert.Contains("calendar-access", (await phone.Send("OPTIONS", me)).Headers.GetValues("DAV").Single());
        var principal = await phone.Xml(
            "PROPFIND",
            me,
            $"<A:propfind {Spaces}><A:prop><B:calendar-home-set/><B:calendar-user-address-set/><A:current-user-principal/><A:displayname/><CS:dropbox-home-URL/><CS:email-address-set/><A:principal-collection-set/><A:principal-URL/><A:resource-id/><B:schedule-inbox-URL/><B:schedule-outbox-URL/><A:supported-report-set/></A:prop></A:propfind>",
            "0"
        );
        Assert.Equal("mailto:olga@example.com", principal.Descendants(C + "calendar-user-address-set").Single().Value);
        var inbox = await phone.Xml(
            "PROPFIND",
            principal.Descendants(C + "schedule-inbox-URL").Single().Value,
            $"<A:propfind {Spaces}><A:prop><B:schedule-default-calendar-URL/></A:prop></A:propfind>",
            "0"
        );
        Assert.Equal(await phone.Calendar(), inbox.Descendants(C + "schedule-default-calendar-URL").Single().Value);
        var home = principal.Descendants(C + "calendar-home-set").Single().Value;

        var made = $"{home}{Guid.NewGuid().ToString().ToUpperInvariant()}/";
        var body =
            $"<B:mkcalendar {Spaces}><A:set><A:prop><B:supported-calendar-component-set><B:comp name='VEVENT'/></B:supported-calendar-component-set><A:displayname>Дача</A:displayname><B:calendar-free-busy-set><CS:YES/></B:calendar-free-busy-set><E:calendar-color symbolic-color='red'>#FF2968FF</E:calendar-color><E:calendar-order>7</E:calendar-order></A:prop></A:set></B:mkcalendar>";
        Assert.Equal(HttpStatusCode.Created, (await phone.Send("MKCALENDAR", made, body)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await phone.Send("MKCALENDAR", home + "a/b/c/", body)).StatusCode);
        await phone.Send(
            "PROPPATCH",
            made,
            $"<A:propertyupdate {Spaces}><A:set><A:prop><B:schedule-calendar-transp><B:transparent/></B:schedule-calendar-transp></A:prop></A:set></A:propertyupdate>"
        );
        var all = await phone.Xml(
            "PROPFIND",
            home,
            $"<A:propfind {Spaces}><A:prop><A:add-member/><E:calendar-color/><A:current-user-privilege-set/><A:displayname/><CS:getctag/><A:owner/><CS:pushkey/><A:resourcetype/><B:schedule-calendar-transp/><B:supported-calendar-component-set/><A:supported-report-set/><A:sync-token/></A:prop></A:propfind>"
        );
        var mine = all.Elements(D + "response").Single(r => r.Element(D + "href")!.Value == made);
        Assert.Equal("Дача", mine.Descendants(D + "displayname").Single().Value);
        Assert.NotEmpty(mine.Descendants(C + "transparent"));

        var token = mine.Descendants(D + "sync-token").Single().Value;
        await phone.Send("PUT", made + "one.ics", Phone.Event("iphone-1", "20261123T100000Z"), ("If-None-Match", "*"));
        var changed = await phone.Xml(
            "REPORT",
            made,
            $"<A:sync-collection {Spaces}><A:sync-token>{token}</A:sync-token><A:sync-level>1</A:sync-level><A:prop><A:getetag/></A:prop></A:sync-collection>"
        );
        var href = changed.Elements(D + "response").Single().Element(D + "href")!.Value;
        var got = await phone.Xml(
            "REPORT",
            made,
            $"<B:calendar-multiget {Spaces}><A:prop><A:getetag/><B:calendar-data/><B:schedule-tag/></A:prop><A:href>{href}</A:href><A:href>{made}none.ics</A:href></B:calendar-multiget>"
        );
        Assert.Contains("UID:iphone-1", got.Descendants(C + "calendar-data").Single().Value);
        Assert.Contains(" 404", got.Elements(D + "response").Last().Element(D + "status")!.Value);
        Assert.Equal(HttpStatusCode.NoContent, (await phone.Send("DELETE", made)).StatusCode);
    }

    [Fact]
    public async Task DAVx5_asks_for_little_and_is_told_no_more()
    {
        using var phone = await Phone.OfOwner(world);
        var calendar = await phone.Calendar();
        await phone.Send("PUT", calendar + "davx5.ics", Phone.Event("davx5", "20261201T100000Z"), ("If-None-Match", "*"));
        var answer = await phone.Send(
            "PROPFIND",
            calendar,
            $"<A:propfind {Spaces}><A:prop><A:displayname/><CS:source/></A:prop></A:propfind>",
            ("Depth", "0"),
            ("Prefer", "return=minimal")
        );
        Assert.DoesNotContain("404", await answer.Content.ReadAsStringAsync());
        var listed = await phone.Xml(
            "REPORT",
            calendar,
            $"<B:calendar-query {Spaces}><A:prop><A:getetag/></A:prop><B:filter><B:comp-filter name='VCALENDAR'><B:comp-filter name='VEVENT'><B:time-range start='20261101T000000Z'/></B:comp-filter></B:comp-filter></B:filter></B:calendar-query>"
        );
        Assert.Contains(listed.Descendants(D + "href"), h => h.Value.EndsWith("davx5.ics", StringComparison.Ordinal));
        var home = calendar[..calendar.TrimEnd('/').LastIndexOf('/')] + "/";
        var mkcol =
            $"<A:mkcol {Spaces}><A:set><A:prop><A:resourcetype><A:collection/><B:calendar/></A:resourcetype><A:displayname>DAVx5</A:displayname></A:prop></A:set></A:mkcol>";
        Assert.Equal(HttpStatusCode.Created, (await phone.Send("MKCOL", home + "davx5-made/", mkcol)).StatusCode);
        var moved = await phone.Send(
            "MOVE",
            calendar + "davx5.ics",
            null,
            ("Destination", new Uri(phone.Root, home + "davx5-made/moved.ics").AbsoluteUri),
            ("Overwrite", "F")
        );
        Assert.Equal(HttpStatusCode.Created, moved.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await phone.Send("GET", calendar + "davx5.ics")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await phone.Send("GET", home + "davx5-made/moved.ics")).StatusCode);
    }

    [Theory]
    [InlineData(
        "<B:prop-filter name='SUMMARY'><B:text-match collation='i;unicode-casemap'>ВСТРЕЧА</B:text-match></B:prop-filter>",
        "f-one"
    )]
    [InlineData("<B:prop-filter name='SUMMARY'><B:text-match negate-condition='yes'>встреча</B:text-match></B:prop-filter>", "f-two")]
    [InlineData("<B:prop-filter name='LOCATION'><B:is-not-defined/></B:prop-filter>", "f-two")]
    [InlineData(
        "<B:prop-filter name='ATTENDEE'><B:text-match>ivan@</B:text-match><B:param-filter name='PARTSTAT'><B:text-match>ACCEPTED</B:text-match></B:param-filter></B:prop-filter>",
        "f-one"
    )]
    [InlineData("<B:comp-filter name='VALARM'><B:time-range start='20290110T084000Z' end='20290110T085000Z'/></B:comp-filter>", "f-one")]
    [InlineData("<B:comp-filter name='VALARM'><B:is-not-defined/></B:comp-filter>", "f-two")]
    [InlineData(
        "<B:time-range start='20290117T000000Z' end='20290118T000000Z'/><B:prop-filter name='SUMMARY'><B:text-match>special</B:text-match></B:prop-filter>",
        "f-two"
    )]
    public async Task A_filter_finds_what_it_says(string filter, string found)
    {
        using var phone = await Phone.OfOwner(world);
        var calendar = await phone.Calendar();
        await phone.Send(
            "PUT",
            calendar + "f-one.ics",
            Phone.Event(
                "f-one",
                "20290110T090000Z",
                "Встреча",
                "LOCATION:Зал\r\nATTENDEE;PARTSTAT=DECLINED:mailto:petr@example.com\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:ivan@example.com\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT15M\r\nDESCRIPTION:x\r\nEND:VALARM\r\n"
            )
        );
        var series = Phone.Event("f-two", "20290110T100000Z", "Weekly", "RRULE:FREQ=WEEKLY;COUNT=3\r\n");
        await phone.Send(
            "PUT",
            calendar + "f-two.ics",
            series.Replace(
                "END:VCALENDAR",
                "BEGIN:VEVENT\r\nUID:f-two\r\nDTSTAMP:20260101T000000Z\r\nRECURRENCE-ID:20290117T100000Z\r\nDTSTART:20290117T120000Z\r\nDURATION:PT1H\r\nSUMMARY:Special\r\nEND:VEVENT\r\nEND:VCALENDAR"
            )
        );
        var answer = await phone.Xml(
            "REPORT",
            calendar,
            $"<B:calendar-query {Spaces}><A:prop><A:getetag/></A:prop><B:filter><B:comp-filter name='VCALENDAR'><B:comp-filter name='VEVENT'>{filter}</B:comp-filter></B:comp-filter></B:filter></B:calendar-query>"
        );
        Assert.Equal(
            [found],
            answer.Descendants(D + "href").Select(h => h.Value.Split('/')[^1].Replace(".ics", "")).Where(n => n is "f-one" or "f-two")
        );
    }

    [Theory]
    [InlineData(
        "<B:filter><B:comp-filter name='VCALENDAR'><B:prop-filter name='X'><B:text-match collation='i;weird'>a</B:text-match></B:prop-filter></B:comp-filter></B:filter>",
        "supported-collation"
    )]
    [InlineData("<B:filter><B:comp-filter name='VEVENT'/></B:filter>", "valid-filter"), InlineData("", "valid-filter")]
    public async Task A_filter_that_cannot_be_reckoned_is_refused_by_its_condition(string filter, string condition)
    {
        using var phone = await Phone.OfOwner(world);
        var answer = await phone.Send(
            "REPORT",
            await phone.Calendar(),
            $"<B:calendar-query {Spaces}><A:prop><A:getetag/></A:prop>{filter}</B:calendar-query>"
        );
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains(condition, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData(499)]
    [InlineData(501)]
    [InlineData(1000)]
    public async Task A_question_that_many_events_answer_is_answered_to_the_last(int count)
    {
        using var phone = await Phone.OfOwner(world);
        var calendar = phone.Root + $"cal/many-{count}/";
        Assert.Equal(HttpStatusCode.Created, (await phone.Send("MKCALENDAR", calendar)).StatusCode);
        await using (var db = world.Db())
        {
            var book = await db.Set<CalendarBook>().SingleAsync(b => b.Path == $"many-{count}");
            for (var n = 0; n < count; n++)
                db.Add(
                    CalendarItem.In(
                        book.Id,
                        $"{n:0000}.ics",
                        CalendarObject.Read(Encoding.UTF8.GetBytes(Phone.Event($"many-{count}-{n}", "20310101T100000Z"))),
                        Zone.Named("UTC")!
                    )
                );
            await db.SaveChangesAsync();
        }
        var answer = await phone.Xml(
            "REPORT",
            calendar,
            $"<B:calendar-query {Spaces}><A:prop><A:getetag/></A:prop><B:filter><B:comp-filter name='VCALENDAR'><B:comp-filter name='VEVENT'><B:time-range start='20301231T000000Z' end='20310102T000000Z'/></B:comp-filter></B:comp-filter></B:filter></B:calendar-query>"
        );
        Assert.Equal(count, answer.Elements(Phone.D + "response").Count());
    }

    [Fact]
    public async Task Tasks_and_notes_are_found_by_their_days_and_those_without_always()
    {
        using var phone = await Phone.OfOwner(world);
        var calendar = await phone.Calendar();
        foreach (
            var (name, kind, lines) in ((string, string, string)[])
                [
                    ("t-due", "VTODO", "DUE:20300105T120000Z"),
                    ("t-open", "VTODO", "SUMMARY:someday"),
                    ("t-done", "VTODO", "COMPLETED:20290101T000000Z"),
                    ("j-day", "VJOURNAL", "DTSTART;VALUE=DATE:20300105"),
                    ("j-none", "VJOURNAL", "SUMMARY:x"),
                ]
        )
            Assert.Equal(
                HttpStatusCode.Created,
                (
                    await phone.Send(
                        "PUT",
                        $"{calendar}{name}.ics",
                        $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:{kind}\r\nUID:{name}\r\nDTSTAMP:20260101T000000Z\r\n{lines}\r\nEND:{kind}\r\nEND:VCALENDAR\r\n"
                    )
                ).StatusCode
            );
        Assert.Equal(["t-due", "t-open"], await Found("VTODO"));
        Assert.Equal(["j-day"], await Found("VJOURNAL"));

        async Task<List<string>> Found(string kind) =>
            [
                .. (
                    await phone.Xml(
                        "REPORT",
                        calendar,
                        $"<B:calendar-query {Spaces}><A:prop><A:getetag/></A:prop><B:filter><B:comp-filter name='VCALENDAR'><B:comp-filter name='{kind}'><B:time-range start='20300101T000000Z' end='20300201T000000Z'/></B:comp-filter></B:comp-filter></B:filter></B:calendar-query>"
                    )
                )
                    .Descendants(D + "href")
                    .Select(h => h.Value.Split('/')[^1].Replace(".ics", ""))
                    .Order(),
            ];
    }

    [Fact]
    public async Task The_outbox_tells_when_colleagues_are_taken_and_knows_no_strangers()
    {
        using var phone = await Phone.OfOwner(world);
        var (_, other) = await world.SomeoneWhoIs(Role.Programmer);
        await using var db = world.Db();
        var email = await db.Set<Modules.People.Person>().Where(p => p.Id == other).Select(p => p.Email).SingleAsync();
        using var theirs = await Phone.Of(world, other, email);
        await theirs.Send("PUT", await theirs.Calendar() + "busy.ics", Phone.Event("busy", "20310305T090000Z", "Secret"));
        var ask =
            $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REQUEST\r\nBEGIN:VFREEBUSY\r\nUID:fb\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:20310305T000000Z\r\nDTEND:20310306T000000Z\r\nORGANIZER:mailto:olga@example.com\r\nATTENDEE:mailto:{email}\r\nATTENDEE:mailto:nobody@example.com\r\nEND:VFREEBUSY\r\nEND:VCALENDAR\r\n";
        var answer = await phone.Send("POST", phone.Root + "outbox/", ask);
        var xml = XElement.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(["2.0;Success", "3.7;Invalid calendar user"], xml.Descendants(C + "request-status").Select(s => s.Value));
        Assert.Contains("FREEBUSY;FBTYPE=BUSY:20310305T090000Z/20310305T100000Z", xml.Descendants(C + "calendar-data").Single().Value);
        Assert.DoesNotContain("Secret", xml.ToString());
        Assert.Contains("organizer-allowed", await (await theirs.Send("POST", phone.Root + "outbox/", ask)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_visit_dragged_on_a_phone_is_the_same_move_or_is_refused_in_words()
    {
        await using var db = world.Db();
        var (me, day) = (await world.OwnerId(), DateTime.SpecifyKind(DateTime.UtcNow.Date.AddDays(20), DateTimeKind.Utc));
        var client = Client.New("Меридиан ООО", "RU", DateTime.UtcNow);
        var visit = Visit.Plan(client.Id, me, day.AddHours(10), 60, false, "Upgrade", me);
        var other = Visit.Plan(client.Id, me, day.AddHours(15), 60, false, "Backup", me);
        visit.Confirm();
        db.AddRange(client, visit, other);
        await db.SaveChangesAsync();
        using var phone = await Phone.OfOwner(world);
        var path = $"{phone.Root.AbsolutePath}cal/~visits/{visit.Id:N}.ics";
        var got = await phone.Send("GET", path);
        var text = await got.Content.ReadAsStringAsync();
        Assert.Contains("SUMMARY:Upgrade · Меридиан ООО", text);
        var start = text.Split('\n').Single(l => l.StartsWith("DTSTART:", StringComparison.Ordinal))[8..].Trim();
        string At(int hours) => text.Replace(start, Shift(start, hours)).Replace(Shift(start, 1), Shift(start, 1 + hours));

        Assert.Equal(HttpStatusCode.NoContent, (await phone.Send("PUT", path, At(2), ("If-Match", got.Headers.ETag!.Tag))).StatusCode);
        await db.Entry(visit).ReloadAsync();
        Assert.Equal((day.AddHours(12), VisitState.Planned), (visit.StartsAt, visit.State));
        Assert.Equal(
            "Olga Owner",
            await db.Journal.Where(j => j.RecordId == visit.Id).OrderByDescending(j => j.Seq).Select(j => j.ActorName).FirstAsync()
        );
        Assert.Equal(
            HttpStatusCode.PreconditionFailed,
            (await phone.Send("PUT", path, At(3), ("If-Match", got.Headers.ETag.Tag))).StatusCode
        );
        await Refused(At(5), "is busy");
        await Refused(text.Replace("DTEND:", "X-WAS:").Replace("END:VEVENT", "DURATION:PT3H\r\nEND:VEVENT"), "only the start");
        await Refused(text.Replace("END:VEVENT", "RRULE:FREQ=DAILY\r\nEND:VEVENT"), "only the start");
        Assert.Contains("cancelled on its page", await (await phone.Send("DELETE", path)).Content.ReadAsStringAsync());
        Assert.Contains(
            "planned in Remit",
            await (await phone.Send("PUT", path.Replace($"{visit.Id:N}", "new"), text)).Content.ReadAsStringAsync()
        );
        var listed = await phone.Xml(
            "REPORT",
            phone.Root + "cal/~visits/",
            $"<B:calendar-query {Spaces}><A:prop><A:getetag/></A:prop><B:filter><B:comp-filter name='VCALENDAR'><B:comp-filter name='VEVENT'/></B:comp-filter></B:filter></B:calendar-query>"
        );
        Assert.Equal(
            new[] { $"{visit.Id:N}.ics", $"{other.Id:N}.ics" }.Order(),
            listed
                .Descendants(D + "href")
                .Select(h => h.Value.Split('/')[^1])
                .Where(n =>
                    n.StartsWith($"{visit.Id:N}", StringComparison.Ordinal) || n.StartsWith($"{other.Id:N}", StringComparison.Ordinal)
                )
                .Order()
        );

        async Task Refused(string sent, string said)
        {
            var answer = await phone.Send("PUT", path, sent);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.Contains(said, await answer.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task What_is_due_stands_on_the_phone_to_be_read()
    {
        await using var db = world.Db();
        var (me, day) = (await world.OwnerId(), DateTime.UtcNow.Date.AddDays(-3));
        var client = Client.New("Ромашка ООО", "RU", DateTime.UtcNow);
        db.AddRange(
            client,
            Visit.Plan(client.Id, me, DateTime.SpecifyKind(day.AddHours(9), DateTimeKind.Utc), 60, false, "Forgotten hours", me)
        );
        // A contract that ends comes by itself, by the day on which something can still be done.
        var (company, today) = (Modules.Papers.OwnCompany.Of("Meridian", "BG", "EUR", null), DateOnly.FromDateTime(DateTime.UtcNow));
        var contract = Modules.Papers.Contract.Draft(
            company,
            client.Id,
            Modules.Papers.ContractKind.Service,
            "C-60",
            new Modules.Papers.ContractTerms("", today.AddDays(-100), today.AddDays(60)) { Person = me }
        );
        db.AddRange(company, contract);
        await db.SaveChangesAsync();
        await Modules.Papers.ContractQueries.Sign(db, contract, today.AddDays(-100), today);
        await db.SaveChangesAsync();
        using var phone = await Phone.OfOwner(world);
        var dues = phone.Root.AbsolutePath + "cal/~dues/";
        var files = await phone.Xml("PROPFIND", dues, $"<A:propfind {Spaces}><A:prop><A:getetag/><B:calendar-data/></A:prop></A:propfind>");
        Assert.Contains(
            files.Elements(D + "response"),
            r => r.Value.Contains("C-60") && r.Value.Contains($"DTSTART;VALUE=DATE:{contract.NoticeOn:yyyyMMdd}")
        );
        var due = files.Elements(D + "response").Single(r => r.Value.Contains("Forgotten hours"));
        Assert.Contains($"DTSTART;VALUE=DATE:{day:yyyyMMdd}", due.Value);
        Assert.Equal(HttpStatusCode.Forbidden, (await phone.Send("DELETE", due.Element(D + "href")!.Value)).StatusCode);
        Assert.Contains(
            "~dues",
            (
                await phone.Xml("PROPFIND", phone.Root + "cal/", $"<A:propfind {Spaces}><A:prop><A:resourcetype/></A:prop></A:propfind>")
            ).ToString()
        );
    }

    [Fact]
    public async Task Visits_and_dues_are_told_as_changes_since_the_phone_last_looked()
    {
        await using var db = world.Db();
        var (me, day) = (await world.OwnerId(), DateTime.SpecifyKind(DateTime.UtcNow.Date.AddDays(33), DateTimeKind.Utc));
        var client = Client.New("Волна ООО", "RU", DateTime.UtcNow);
        var (one, two) = (
            Visit.Plan(client.Id, me, day.AddHours(10), 60, false, "First", me),
            Visit.Plan(client.Id, me, day.AddHours(15), 60, false, "Second", me)
        );
        db.AddRange(client, one, two);
        await db.SaveChangesAsync();
        using var phone = await Phone.OfOwner(world);
        var (names, token) = await Sync("");
        Assert.Superset(new HashSet<string> { $"{one.Id:N} 200", $"{two.Id:N} 200" }, names.ToHashSet());
        var (none, same) = await Sync(token);
        Assert.Equal((0, token), (none.Count, same));
        Assert.Equal(
            token,
            (
                await phone.Xml(
                    "PROPFIND",
                    phone.Root + "cal/~visits/",
                    $"<A:propfind {Spaces}><A:prop><G:getctag xmlns:G='http://calendarserver.org/ns/'/></A:prop></A:propfind>",
                    "0"
                )
            )
                .Descendants(XName.Get("getctag", "http://calendarserver.org/ns/"))
                .Single()
                .Value
        );

        one.Move(day.AddHours(12), me, DateOnly.FromDateTime(day));
        two.Cancel();
        await db.SaveChangesAsync();
        var (changed, next) = await Sync(token);
        Assert.Equal(new[] { $"{one.Id:N} 200", $"{two.Id:N} 404" }.Order(), changed.Order());
        // Another phone that looks meanwhile takes nothing away from this one.
        using var other = await Phone.OfOwner(world);
        await Sync("");
        Assert.Equal(changed.Order(), (await Sync(token)).Names.Order());
        Assert.Empty((await Sync(next)).Names);
        Assert.Equal(
            HttpStatusCode.Forbidden,
            (await phone.Send("REPORT", phone.Root + "cal/~visits/", Body("urn:x-remit:sync:9999"))).StatusCode
        );
        Assert.NotEmpty((await phone.Xml("REPORT", phone.Root + "cal/~dues/", Body(""))).Elements(D + "sync-token"));

        async Task<(List<string> Names, string Token)> Sync(string since)
        {
            var answer = await phone.Xml("REPORT", phone.Root + "cal/~visits/", Body(since));
            return (
                [
                    .. answer
                        .Elements(D + "response")
                        .Select(r =>
                            $"{r.Element(D + "href")!.Value.Split('/')[^1][..^4]} {(r.Element(D + "status") is null ? 200 : 404)}"
                        ),
                ],
                answer.Element(D + "sync-token")!.Value
            );
        }

        static string Body(string since) =>
            $"<A:sync-collection {Spaces}><A:sync-token>{since}</A:sync-token><A:sync-level>1</A:sync-level><A:prop><A:getetag/></A:prop></A:sync-collection>";
    }

    [Fact]
    public async Task Thunderbird_finds_the_calendars_and_takes_what_is_in_them()
    {
        using var phone = await Phone.OfOwner(world);
        var calendar = await phone.Calendar();
        await phone.Send("PUT", calendar + "tb.ics", Phone.Event("tb", "20330301T090000Z", "For the bird"));
        // What calCalDavDetectionUtils and CalDavCalendar send, in their order.
        const string spaces = "xmlns:D='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav' xmlns:CS='http://calendarserver.org/ns/'";
        var known = await phone.Send(
            "PROPFIND",
            $"/~{world.Slug}/.well-known/caldav",
            $"<D:propfind {spaces}><D:prop><D:resourcetype/><D:owner/><D:displayname/><D:current-user-principal/><D:current-user-privilege-set/><A:calendar-color xmlns:A='http://apple.com/ns/ical/'/><C:calendar-home-set/></D:prop></D:propfind>",
            ("Depth", "0")
        );
        var root = known.Headers.Location!.OriginalString;
        var me = (
            await phone.Xml(
                "PROPFIND",
                root,
                $"<D:propfind {spaces}><D:prop><D:resourcetype/><D:current-user-principal/><C:calendar-home-set/></D:prop></D:propfind>",
                "0"
            )
        )
            .Descendants(D + "current-user-principal")
            .Single()
            .Value;
        var home = (
            await phone.Xml(
                "PROPFIND",
                me,
                $"<D:propfind {spaces}><D:prop><C:calendar-home-set/><C:calendar-user-address-set/><C:schedule-inbox-URL/><C:schedule-outbox-URL/></D:prop></D:propfind>",
                "0"
            )
        )
            .Descendants(C + "calendar-home-set")
            .Single()
            .Value;
        var found = await phone.Xml(
            "PROPFIND",
            home,
            $"<D:propfind {spaces}><D:prop><D:resourcetype/><D:displayname/><D:current-user-privilege-set/><C:supported-calendar-component-set/><A:calendar-color xmlns:A='http://apple.com/ns/ical/'/></D:prop></D:propfind>"
        );
        Assert.Contains(
            found.Elements(D + "response"),
            r => r.Element(D + "href")!.Value == calendar && r.Descendants(C + "calendar").Any() && r.Descendants(D + "write").Any()
        );
        // On opening: what it is, whether it syncs, and whether it changed.
        var opened = await phone.Xml(
            "PROPFIND",
            calendar,
            $"<D:propfind {spaces}><D:prop><D:resourcetype/><D:owner/><D:current-user-principal/><D:current-user-privilege-set/><D:supported-report-set/><C:supported-calendar-component-set/><CS:getctag/></D:prop></D:propfind>",
            "0"
        );
        Assert.NotEmpty(opened.Descendants(D + "sync-collection"));
        Assert.Contains("calendar-access", string.Join(',', (await phone.Send("OPTIONS", home)).Headers.GetValues("DAV")));
        var first = await phone.Xml(
            "REPORT",
            calendar,
            "<sync-collection xmlns='DAV:'><sync-token/><sync-level>1</sync-level><prop><getcontenttype/><getetag/></prop></sync-collection>"
        );
        Assert.Contains(
            first.Elements(D + "response"),
            r =>
                r.Element(D + "href")!.Value == calendar + "tb.ics"
                && r.Descendants(D + "getcontenttype").Single().Value.Contains("component=vevent")
        );
        var token = first.Element(D + "sync-token")!.Value;
        await phone.Send("PUT", calendar + "tb.ics", Phone.Event("tb", "20330301T100000Z", "Moved"));
        var changed = (
            await phone.Xml(
                "REPORT",
                calendar,
                $"<sync-collection xmlns='DAV:'><sync-token>{token}</sync-token><sync-level>1</sync-level><prop><getcontenttype/><getetag/></prop></sync-collection>"
            )
        )
            .Elements(D + "response")
            .Single()
            .Element(D + "href")!
            .Value;
        var text = await phone.Xml(
            "REPORT",
            calendar,
            $"<C:calendar-multiget {spaces}><D:prop><D:getetag/><C:calendar-data/></D:prop><D:href>{changed}</D:href></C:calendar-multiget>"
        );
        Assert.Contains("SUMMARY:Moved", text.Descendants(C + "calendar-data").Single().Value);
    }

    [Fact]
    public async Task A_request_of_too_many_parts_is_refused_before_it_is_read_and_a_long_answer_leaves_whole()
    {
        using var phone = await Phone.OfOwner(world);
        var calendar = await phone.Calendar();
        var many = string.Concat(Enumerable.Repeat("<A:getetag/>", 60_000));
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await phone.Send("PROPFIND", calendar, $"<A:propfind {Spaces}><A:prop>{many}</A:prop></A:propfind>")).StatusCode
        );
        // Longer than what is held ready at once: it comes in pieces and is one document.
        for (var n = 0; n < 30; n++)
            await phone.Send(
                "PUT",
                $"{calendar}long-{n}.ics",
                Phone.Event($"long-{n}", "20320101T100000Z", "Long", $"DESCRIPTION:{new string('x', 10_000)}\r\n")
            );
        var all = await phone.Xml(
            "PROPFIND",
            calendar,
            $"<A:propfind {Spaces}><A:prop><A:getetag/><B:calendar-data/></A:prop></A:propfind>"
        );
        Assert.Equal(30, all.Descendants(C + "calendar-data").Count(d => d.Value.Contains("UID:long-")));
        var asked = await phone.Xml(
            "REPORT",
            calendar,
            $"<B:calendar-multiget {Spaces}><A:prop><A:getetag/><B:calendar-data/></A:prop>{string.Concat(Enumerable.Range(0, 1_200).Select(n => $"<A:href>{calendar}long-{n}.ics</A:href>"))}</B:calendar-multiget>"
        );
        Assert.Equal(
            (30, 1_170),
            (
                asked.Descendants(C + "calendar-data").Count(),
                asked.Elements(D + "response").Count(r => r.Element(D + "status")?.Value.Contains("404") == true)
            )
        );
    }

    private static string Shift(string time, int hours) =>
        DateTime
            .ParseExact(time, "yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture)
            .AddHours(hours)
            .ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
