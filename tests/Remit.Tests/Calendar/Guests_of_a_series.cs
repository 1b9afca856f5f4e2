using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Calendar;
using Remit.Modules.Calendar.Format;
using Remit.Tests.Ground;
using Remit.Tests.Received;

namespace Remit.Tests.Calendar;

/// <summary>A series with a guest: whatever is changed of it, and however, the guest is sent what RFC 5546 says, in their language.</summary>
public sealed partial class Guests_of_a_series : IAsyncLifetime
{
    private readonly World world = new();
    private readonly SmtpListener mail = new();
    private static readonly DateOnly first = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(14);
    private DateTime now = DateTime.UtcNow;
    private Guid id;

    public async Task InitializeAsync()
    {
        await world.InitializeAsync();
        await world.Post(
            "mail",
            ("mail_host", "127.0.0.1"),
            ("mail_port", $"{mail.Port}"),
            ("mail_sender", "office@example.com"),
            ("mail_sender_name", "Meridian")
        );
        await using (var db = world.Db())
        {
            var client = Remit.Modules.Clients.Client.New("Bakı Ticarət", "AZ", DateTime.UtcNow);
            client.Describe("az", "", false, null, await world.OwnerId());
            db.Add(client);
            await db.SaveChangesAsync();
        }
        await world.Text("calendar");
        Guid book;
        await using (var db = world.Db())
            book = await db.Set<CalendarBook>().Select(c => c.Id).SingleAsync();
        var said = await world.Post(
            "calendar/new",
            ("calendar", $"{book}"),
            ("subject", "Planning"),
            ("place", "Room 1"),
            ("starts_at", $"{At(0)}T10:00"),
            ("ends_at", $"{At(0)}T11:00"),
            ("zone", "Europe/Sofia"),
            ("client_name", "Bakı Ticarət"),
            ("repeat", "WEEKLY"),
            ("every", "1")
        );
        Assert.True(said.Headers.Location is not null, "not made");
        id = (await Item("Planning")).Id;
        await world.Post($"calendar/items/{id}/invite", ("email", "guest@example.com"));
        Assert.Equal(["REQUEST"], await Letters());
    }

    public async Task DisposeAsync()
    {
        await mail.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task One_time_moved_is_asked_anew_by_its_own_name_and_the_answer_to_the_others_stays()
    {
        await using (var db = world.Db())
            await world.NewVisitor().Post($"i/{(await db.Set<Invitation>().SingleAsync()).Link}", ("reply", "accept"));
        await world.Post(
            $"calendar/items/{id}/move",
            ("at", $"{At(1):yyyyMMdd}T100000"),
            ("starts_at", $"{At(1)}T15:00"),
            ("scope", "This")
        );
        var one = Assert.Single(await News("REQUEST"));
        Assert.Equal($"{At(1):yyyyMMdd}T100000 {At(1):yyyyMMdd}T150000 SEQUENCE:1", Of(one));
        Assert.Contains("NEEDS-ACTION", ContentWriter.Write(one));
        // On the guest's own clock, in the guest's language.
        Assert.Matches($@"{At(1):dd.MM.yyyy} 1[12]:00 → {At(1):dd.MM.yyyy} 1[67]:00, Room 1", Words(mail.Letters[^1].Raw));
        Assert.Contains("Qalanları olduğu kimidir", Words(mail.Letters[^1].Raw));
        await using var after = world.Db();
        Assert.Equal(Reply.Accepted, await after.Set<Invitation>().Select(i => i.Reply).SingleAsync());
    }

    [Fact]
    public async Task One_time_taken_out_is_called_off_alone_and_put_back_by_undo_before_the_letter_says_nothing()
    {
        await Drop(2, "This");
        await using (var db = world.Db())
        {
            var change = await db
                .Journal.Where(j => j.Record == nameof(CalendarItem))
                .OrderByDescending(j => j.Seq)
                .Select(j => j.ChangeId)
                .FirstAsync();
            await world.Post($"history/{change}/undo");
        }
        Assert.Empty(await Letters());

        await Drop(2, "This");
        var off = Assert.Single(await News("CANCEL"));
        Assert.Equal($"{At(2):yyyyMMdd}T100000", off.Find("RECURRENCE-ID")!.Value);
        Assert.Equal("CANCELLED", off.Text("STATUS"));
        Assert.Contains("baş tutmayacaq", Words(mail.Letters[^1].Raw));
    }

    [Fact]
    public async Task The_following_taken_out_end_the_series_there_for_the_guest_too()
    {
        await Drop(3, "Following");
        var rest = Assert.Single(await News("REQUEST"));
        Assert.Matches($"RRULE:FREQ=WEEKLY;UNTIL={At(3):yyyyMMdd}T0[78]5959Z", ContentWriter.Write(rest));
        Assert.Null(rest.Find("RECURRENCE-ID"));
        Assert.Contains($"{At(3):dd.MM.yyyy}", Words(mail.Letters[^1].Raw));
        Assert.Contains("bitir", Words(mail.Letters[^1].Raw));
    }

    [Fact]
    public async Task The_following_changed_are_a_new_invitation_and_the_old_one_ends()
    {
        await Save(3, "Following", "Planning", $"{At(3)}T12:00");
        Assert.Equal(["REQUEST", "REQUEST"], await Letters());
        var files = mail.Letters.TakeLast(2).Select(l => Events(l.Raw).Single()).ToList();
        Assert.Equal(2, files.Select(f => f.Text("UID")).Distinct().Count());
        Assert.Single(files, f => f.Text("RRULE").Contains("UNTIL"));
        Assert.Single(files, f => f.Find("DTSTART")!.Value == $"{At(3):yyyyMMdd}T120000" && f.Text("SEQUENCE") == "0");
        Assert.Contains(mail.Letters.TakeLast(2), l => Words(l.Raw).Contains("ayrıca məktubdadır"));
        Assert.Contains(mail.Letters.TakeLast(2), l => Words(l.Raw).Contains("yeni qaydada davam edir"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_series_that_a_phone_parts_invites_its_guests_to_the_rest_whichever_half_comes_first(bool oldFirst)
    {
        await using (var db = world.Db())
            await world.NewVisitor().Post($"i/{(await db.Set<Invitation>().SingleAsync()).Link}", ("reply", "accept"));
        using var phone = await Calendar.Phone.OfOwner(world);
        var (folder, old) = (await phone.Calendar(), await Item("Planning"));
        var text = await (await phone.Send("GET", folder + old.Path)).Content.ReadAsStringAsync();
        var ended = text.Replace("RRULE:FREQ=WEEKLY", $"RRULE:FREQ=WEEKLY;UNTIL={At(2):yyyyMMdd}T235959Z");
        var rest = text.Replace($"UID:{old.Uid}", "UID:the-rest")
            .Replace($"{At(0):yyyyMMdd}T10", $"{At(3):yyyyMMdd}T12")
            .Replace($"{At(0):yyyyMMdd}T11", $"{At(3):yyyyMMdd}T13");
        if (oldFirst)
            await phone.Send("PUT", folder + old.Path, ended);
        Assert.Equal(System.Net.HttpStatusCode.Created, (await phone.Send("PUT", folder + "rest.ics", rest)).StatusCode);
        if (!oldFirst)
            await phone.Send("PUT", folder + old.Path, ended);

        Assert.Equal(["REQUEST", "REQUEST"], await Letters());
        var files = mail.Letters.TakeLast(2).Select(l => Events(l.Raw).Single()).ToList();
        Assert.Single(files, f => f.Text("RRULE").Contains("UNTIL"));
        Assert.Single(files, f => f.Text("UID") == "the-rest" && f.Find("DTSTART")!.Value == $"{At(3):yyyyMMdd}T120000");
        Assert.Contains(mail.Letters.TakeLast(2), l => Words(l.Raw).Contains("yeni qaydada davam edir"));
        await using var after = world.Db();
        var made = await after.Set<CalendarItem>().SingleAsync(i => i.Uid == "the-rest");
        Assert.Equal(
            (old.ClientId, Reply.Waiting),
            (made.ClientId, await after.Set<Invitation>().Where(i => i.CalendarItemId == made.Id).Select(i => i.Reply).SingleAsync())
        );

        // Another series of that name, which begins elsewhere, is nobody's rest.
        await phone.Send(
            "PUT",
            folder + "other.ics",
            rest.Replace("UID:the-rest", "UID:other").Replace($"{At(3):yyyyMMdd}", $"{At(9):yyyyMMdd}")
        );
        Assert.Empty(await Letters());
    }

    [Fact]
    public async Task What_a_guest_answers_of_one_day_stands_on_that_day_alone()
    {
        await world.SetUpMailbox();
        await using var db = world.Db();
        var asked = await db.Set<Invitation>().SingleAsync();
        await world.NewVisitor().Post($"i/{asked.Link}", ("reply", "accept"));
        string Answer(int week, string state, int hour = 10) =>
            $"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:{asked.Uid}\nSEQUENCE:0\nDTSTAMP:{DateTime.UtcNow:yyyyMMdd'T'HHmmss'Z'}\n"
            + $"RECURRENCE-ID;TZID=Europe/Sofia:{At(week):yyyyMMdd}T100000\nDTSTART;TZID=Europe/Sofia:{At(week):yyyyMMdd}T{hour}0000\nORGANIZER:mailto:office@firm.example\nATTENDEE;PARTSTAT={state}:mailto:guest@example.com\nEND:VEVENT\nEND:VCALENDAR";
        Assert.Equal(
            "invitation_declined",
            (await world.Taken(Remit.Tests.Received.Letters.Answer("guest@example.com", "REPLY", Answer(2, "DECLINED")))).Became
        );
        Assert.Contains("will not come", await Day(2));
        Assert.DoesNotContain("will not come", await Day(1));
        await using (var letters = world.Db())
            Assert.Equal(
                $"calendar/items/{id}?at={At(2):yyyyMMdd}T100000",
                await letters.Set<Remit.Modules.Received.ReceivedLetter>().Select(l => l.AboutPath).SingleAsync()
            );
        // Another day has moved since, which their program was told by another number: the answer to this one counts all the same.
        await world.Post(
            $"calendar/items/{id}/move",
            ("at", $"{At(3):yyyyMMdd}T100000"),
            ("starts_at", $"{At(3)}T15:00"),
            ("scope", "This")
        );
        Assert.Equal(
            "invitation_tentative",
            (await world.Taken(Remit.Tests.Received.Letters.Answer("guest@example.com", "REPLY", Answer(2, "TENTATIVE")))).Became
        );
        Assert.Equal(
            "invitation_stale",
            (await world.Taken(Remit.Tests.Received.Letters.Answer("guest@example.com", "REPLY", Answer(3, "DECLINED")))).Became
        );
        Assert.Equal(
            "invitation_declined",
            (await world.Taken(Remit.Tests.Received.Letters.Answer("guest@example.com", "REPLY", Answer(3, "DECLINED", 15)))).Became
        );
        Assert.Equal(
            "invitation_stale",
            (
                await world.Taken(
                    Remit.Tests.Received.Letters.Answer(
                        "guest@example.com",
                        "REPLY",
                        Answer(0, "DECLINED").Replace($"{At(0):yyyyMMdd}T100000", $"{At(0):yyyyMMdd}T090000")
                    )
                )
            ).Became
        );
        Assert.Equal(Reply.Accepted, await db.Set<Invitation>().Select(i => i.Reply).SingleAsync());

        Task<string> Day(int week) => world.Text($"calendar/items/{id}?at={At(week):yyyyMMdd}T100000");
    }

    [Fact]
    public async Task Each_time_of_a_series_is_reminded_of_a_day_before_by_one_job_that_goes_on_and_a_declined_one_is_not()
    {
        await using var db = world.Db();
        var asked = await db.Set<Invitation>().SingleAsync();
        await world.NewVisitor().Post($"i/{asked.Link}", ("reply", "accept"));
        var moment = new Func<int, DateTime>(week => asked.StartsAt.AddDays(7 * week));
        db.Add(
            DayAnswer.Of(
                asked,
                Remit.Modules.Calendar.Recurrence.Zone.Named("Europe/Sofia")!.ToUtc(Civil.Seconds(At(2).On.ToDateTime(new TimeOnly(10, 0))))
                    is var utc
                    ? Civil.Moment(utc)
                    : default
            )
        );
        db.ChangeTracker.Entries<DayAnswer>().Single().Entity.Answer(Reply.Declined, "", DateTime.UtcNow);
        await db.SaveChangesAsync();
        var days = new List<string>();
        for (var week = 0; week < 4; week++)
        {
            var before = mail.Letters.Count;
            await world.RunJobs(moment(week).AddHours(-23));
            days.AddRange(mail.Letters.Skip(before).Select(l => Regex.Match(Words(l.Raw), @"\d\d\.\d\d\.\d{4}").Value));
            Assert.Equal(1, await db.Set<Remit.Storage.Job>().CountAsync(j => j.Kind == "invitation.remind"));
        }
        Assert.Equal([$"{At(0):dd.MM.yyyy}", $"{At(1):dd.MM.yyyy}", $"{At(3):dd.MM.yyyy}"], days);
    }

    [Fact]
    public async Task All_of_it_moved_is_one_request_with_all_its_single_times_and_all_of_it_dropped_one_cancel()
    {
        await world.Post(
            $"calendar/items/{id}/move",
            ("at", $"{At(1):yyyyMMdd}T100000"),
            ("starts_at", $"{At(1)}T15:00"),
            ("scope", "This")
        );
        await Letters();
        await Save(0, "All", "Planning", $"{At(0)}T11:00");
        var all = await News("REQUEST");
        Assert.Equal(2, all.Count);
        Assert.All(all, e => Assert.Equal("2", e.Text("SEQUENCE")));
        await Drop(0, "All");
        var off = Assert.Single(await News("CANCEL"));
        Assert.Null(off.Find("RECURRENCE-ID"));
        Assert.Equal("3", off.Text("SEQUENCE"));
    }

    [Fact]
    public async Task What_a_phone_changes_is_told_alike_and_what_is_no_guests_business_is_not()
    {
        using var phone = await Calendar.Phone.OfOwner(world);
        var path = await phone.Calendar() + (await Item("Planning")).Path;
        var text = await (await phone.Send("GET", path)).Content.ReadAsStringAsync();
        // A note and an alarm are one's own.
        var noted = text.Replace(
            "END:VEVENT",
            "DESCRIPTION:do not show\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nDESCRIPTION:x\r\nEND:VALARM\r\nEND:VEVENT"
        );
        await phone.Send("PUT", path, noted);
        Assert.Empty(await Letters());
        // One is called off by its status, another takes place elsewhere: two letters, for they are two methods.
        string Own(int week, string lines) =>
            $"BEGIN:VEVENT\r\nUID:{(noted.Split("UID:")[1].Split("\r\n")[0])}\r\nDTSTAMP:20260101T000000Z\r\nRECURRENCE-ID;TZID=Europe/Sofia:{At(week):yyyyMMdd}T100000\r\nDTSTART;TZID=Europe/Sofia:{At(week):yyyyMMdd}T100000\r\nDTEND;TZID=Europe/Sofia:{At(week):yyyyMMdd}T110000\r\nSUMMARY:Planning\r\n{lines}\r\nEND:VEVENT\r\n";
        await phone.Send(
            "PUT",
            path,
            noted.Replace("END:VCALENDAR", Own(1, "STATUS:CANCELLED") + Own(2, "LOCATION:Room 7") + "END:VCALENDAR")
        );
        Assert.Equal(["CANCEL", "REQUEST"], (await Letters()).Order());
        Assert.DoesNotContain("do not show", string.Concat(mail.Letters.Select(l => Words(l.Raw))));
        Assert.Contains(mail.Letters.TakeLast(2), l => Words(l.Raw).Contains("Room 7"));
        Assert.Equal(2, mail.Letters.TakeLast(2).Select(l => MessageId.Match(l.Raw).Value).Distinct().Count());
    }

    private static Day At(int week) => new(first.AddDays(7 * week));

    // As the forms say a day, unless another way is asked for.
    private readonly record struct Day(DateOnly On) : IFormattable
    {
        public override string ToString() => ToString(null, null);

        public string ToString(string? format, IFormatProvider? provider) =>
            On.ToString(format ?? "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    }

    private Task Drop(int week, string scope) =>
        world.Post($"calendar/items/{id}/drop", ("at", $"{At(week):yyyyMMdd}T100000"), ("scope", scope));

    private Task Save(int week, string scope, string subject, string start) =>
        world.Post(
            $"calendar/items/{id}",
            ("at", $"{At(week):yyyyMMdd}T100000"),
            ("scope", scope),
            ("subject", subject),
            ("place", "Room 1"),
            ("starts_at", start),
            ("meeting_kind", "Other"),
            ("ends_at", start[..^5] + $"{int.Parse(start[^5..^3]) + 1}:00"),
            ("zone", "Europe/Sofia"),
            ("client_name", "Bakı Ticarət"),
            ("repeat", "WEEKLY"),
            ("every", "1")
        );

    // The methods of the letters that leave now.
    private async Task<List<string>> Letters()
    {
        var before = mail.Letters.Count;
        await world.RunJobs(now = (now > DateTime.UtcNow ? now : DateTime.UtcNow).AddMinutes(1));
        await world.RunJobs(now);
        return [.. mail.Letters.Skip(before).Select(l => Method.Match(l.Raw).Groups[1].Value)];
    }

    private async Task<List<Component>> News(string method)
    {
        Assert.Equal([method], await Letters());
        return Events(mail.Letters[^1].Raw);
    }

    private static List<Component> Events(string raw) =>
        [
            .. ContentReader
                .Read(Bodies(raw).First(b => b.StartsWith("BEGIN:VCALENDAR", StringComparison.Ordinal)))
                .Components[0]
                .Inside("VEVENT"),
        ];

    private static string Of(Component e) => $"{e.Find("RECURRENCE-ID")?.Value} {e.Find("DTSTART")?.Value} SEQUENCE:{e.Text("SEQUENCE")}";

    private static string Words(string raw) => string.Concat(Bodies(raw));

    private static IEnumerable<string> Bodies(string raw) =>
        Encoded
            .Matches(raw)
            .Select(m => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(m.Groups[1].Value.ReplaceLineEndings(""))));

    private async Task<CalendarItem> Item(string summary)
    {
        await using var db = world.Db();
        return await db.Set<CalendarItem>().AsNoTracking().SingleAsync(i => i.Summary == summary);
    }

    [GeneratedRegex(@"base64\r?\n(?:[^\r\n]+\r?\n)*\r?\n((?:[A-Za-z0-9+/=]+\r?\n)+)")]
    private static partial Regex Encoded { get; }

    [GeneratedRegex("method=([A-Z]+)")]
    private static partial Regex Method { get; }

    [GeneratedRegex("(?i)message-id: *[^\r\n]+")]
    private static partial Regex MessageId { get; }
}
