using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Money;
using Remit.Modules.Papers;
using Remit.Modules.Planning;
using Remit.Storage;
using Remit.Tests.Ground;
using Remit.Web;

namespace Remit.Tests.Planning;

public sealed partial class The_Sunday_plan : IAsyncLifetime
{
    private readonly World world = new();
    private readonly SmtpListener mail = new();
    private string next = "";

    public async Task InitializeAsync()
    {
        await world.InitializeAsync();
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        next = today.AddDays(7 + (8 - (int)today.DayOfWeek) % 7).ToString("yyyy-MM-dd");
        await world.Post(
            "mail",
            ("mail_host", "127.0.0.1"),
            ("mail_port", $"{mail.Port}"),
            ("mail_sender", "office@example.com"),
            ("mail_sender_name", "Meridian")
        );
    }

    public async Task DisposeAsync()
    {
        await mail.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task Whom_to_meet_is_said_with_the_reasons_and_a_time_and_whoever_is_put_off_comes_back_later()
    {
        var gone = await Client("Long Gone Ltd", 100);
        await Client("Fresh Start", 2);
        await world.Post("calendar/speakers", ("name", "Nova Star"), ("email", "nova@example.com"));
        var page = await world.Text($"plan?day={next}");
        Assert.Contains("Never met, a client since", page);
        Assert.Contains("A new client since", page);
        Assert.Contains("nova@example.com", page);
        await world.Post("plan/put-off", ("slot", $"client:{gone}|{next}T10:00"));
        Assert.DoesNotContain("Long Gone Ltd", Listed(await world.Text($"plan?day={next}")));
        Assert.Contains("Long Gone Ltd", await world.Text($"plan?day={DateOnly.Parse(next, null).AddDays(28):yyyy-MM-dd}"));
    }

    [Fact]
    public async Task All_is_accepted_at_once_invited_by_mail_and_taken_back_by_one_undo_before_a_letter_leaves()
    {
        for (var n = 0; n < 12; n++)
            await Client($"Client {n:00}", 90 + n, $"c{n}@example.com");
        var slots = Slots(await world.Text($"plan?day={next}"));
        Assert.Equal(12, slots.Count);
        await world.Post("plan/accept", [.. slots.Select(s => ("slot", s))]);
        await using (var db = world.Db())
        {
            Assert.Equal(12, await db.Set<CalendarItem>().CountAsync(i => i.ClientId != null));
            Assert.Equal(12, await db.Set<Invitation>().CountAsync());
            var change = await db
                .Journal.Where(j => j.Record == nameof(Invitation))
                .OrderByDescending(j => j.Seq)
                .Select(j => j.ChangeId)
                .FirstAsync();
            await world.Post($"history/{change}/undo");
        }
        await world.RunJobs(DateTime.UtcNow.AddMinutes(2));
        Assert.Empty(mail.Letters);
        Assert.Equal(12, Slots(await world.Text($"plan?day={next}")).Count);
    }

    [Fact]
    public async Task A_guest_is_asked_told_of_a_change_proposes_another_time_and_is_told_that_it_is_off()
    {
        await Client("Baku Trade", 90, "guest@example.com", "AZ", "az");
        await world.Post("plan/accept", ("slot", Slots(await world.Text($"plan?day={next}"))[0]));
        await world.RunJobs(DateTime.UtcNow.AddMinutes(1));
        var first = Assert.Single(mail.Letters);
        Assert.Contains("method=REQUEST", first.Raw);
        Assert.Contains("Bakı", Words(first.Raw));
        await using var db = world.Db();
        var invitation = await db.Set<Invitation>().AsNoTracking().SingleAsync();
        var item = await db.Set<CalendarItem>().AsNoTracking().SingleAsync();
        var guest = world.NewVisitor();
        Assert.Contains("Gələcəyəm", await guest.Text($"i/{invitation.Link}"));
        Assert.Contains("SEQUENCE:0", await guest.Text($"i/{invitation.Link}/meeting.ics"));
        await guest.Post($"i/{invitation.Link}", ("reply", "accept"));
        Assert.Contains("will come", await world.Text($"calendar/items/{item.Id}"));

        await world.Post($"calendar/items/{item.Id}/move", ("starts_at", item.StartsAt.AddHours(27).ToString("yyyy-MM-dd'T'HH:mm")));
        await world.RunJobs(DateTime.UtcNow.AddMinutes(2));
        Assert.Equal(2, mail.Letters.Count);
        var changed = await guest.Text($"i/{invitation.Link}/meeting.ics");
        Assert.Contains("SEQUENCE:1", changed);
        Assert.Contains("PARTSTAT=NEEDS-ACTION", changed);

        var other = RadioTime.Matches(await guest.Text($"i/{invitation.Link}"))[5].Groups[1].Value;
        await guest.Post($"i/{invitation.Link}", ("reply", "propose"), ("starts_at", other), ("note", "rather then"));
        Assert.Contains("rather then", await world.Text($"calendar/items/{item.Id}"));
        await world.Post($"calendar/invitations/{invitation.Id}/take");
        var taken = await db.Set<CalendarItem>().AsNoTracking().SingleAsync();
        Assert.Equal(other, Clock.Of("Asia/Baku", null).At(taken.StartsAt).ToString("yyyy-MM-dd'T'HH:mm"));
        Assert.Equal(
            (2, Reply.Accepted),
            await db.Set<Invitation>().Select(i => new ValueTuple<int, Reply>(i.Sequence, i.Reply)).SingleAsync()
        );

        await world.Post($"calendar/items/{item.Id}/drop");
        await world.RunJobs(DateTime.UtcNow.AddMinutes(3));
        Assert.Contains("method=CANCEL", mail.Letters[^1].Raw);
        Assert.Contains("SEQUENCE:3", await guest.Text($"i/{invitation.Link}/meeting.ics"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await guest.Post($"i/{invitation.Link}", ("reply", "accept"))).StatusCode);
    }

    [Fact]
    public async Task A_guest_who_has_not_answered_is_asked_again_the_day_before_and_one_who_comes_is_reminded()
    {
        await Client("Silent", 90, "silent@example.com");
        await Client("Coming", 95, "coming@example.com");
        await world.Post("plan/accept", [.. Slots(await world.Text($"plan?day={next}")).Select(s => ("slot", s))]);
        await world.RunJobs(DateTime.UtcNow.AddMinutes(1));
        await using var db = world.Db();
        var coming = await db.Set<Invitation>().AsNoTracking().SingleAsync(i => i.Email == "coming@example.com");
        await world.NewVisitor().Post($"i/{coming.Link}", ("reply", "accept"));
        mail.Letters.Clear();
        var last = await db.Set<Invitation>().MaxAsync(i => i.StartsAt);
        foreach (
            var due in await db.Set<Job>().Where(j => j.Kind == GuestReminder.Kind).OrderBy(j => j.DueAt).Select(j => j.DueAt).ToListAsync()
        )
            await world.RunJobs(due);
        Assert.Equal(
            ["coming@example.com: Reminder", "silent@example.com: Please answer"],
            mail.Letters.Select(l =>
                    $"{l.To}: {(l.Data.Contains("A reminder:") ? "Reminder" : l.Data.Contains("is waiting for your answer") ? "Please answer" : l.Data)}"
                )
                .Order()
        );
        Assert.True(last > DateTime.UtcNow);
    }

    [Fact]
    public async Task Two_are_not_put_at_one_time_and_what_was_sent_is_not_undone()
    {
        var one = await Client("One", 90, "one@example.com");
        var two = await Client("Two", 90, "two@example.com");
        await world.Post("plan/accept", ("slot", $"client:{one}|{next}T10:00"));
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await world.Post("plan/accept", ("slot", $"client:{two}|{next}T10:15"))).StatusCode
        );
        await world.RunJobs(DateTime.UtcNow.AddMinutes(1));
        await using var db = world.Db();
        var change = await db
            .Journal.Where(j => j.Record == nameof(CalendarItem))
            .OrderByDescending(j => j.Seq)
            .Select(j => j.ChangeId)
            .FirstAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post($"history/{change}/undo")).StatusCode);
        Assert.True(await db.Set<CalendarItem>().AnyAsync(i => i.ClientId == one));
    }

    [Fact]
    public async Task Weights_and_days_of_segments_are_the_firms_own()
    {
        await Client("Regular", 40, segment: "A");
        Assert.DoesNotContain("Regular", Listed(await world.Text($"plan?day={next}")));
        await world.Post("plan/settings", ("not_seen_days", "60"), ("segment", "A"), ("segment_days", "30"), ("weight_not_seen", "44"));
        Assert.Matches(@"\+5[78]", Listed(await world.Text($"plan?day={next}")));
        await world.Post("plan/settings", ("not_seen_days", "60"), ("segment", "A"), ("segment_days", "30"), ("weight_not_seen", "0"));
        Assert.DoesNotContain("Regular", Listed(await world.Text($"plan?day={next}")));
    }

    [Fact]
    public async Task A_promise_that_passed_and_a_contract_that_ends_are_reasons_and_a_promise_ahead_is_patience()
    {
        var today = world.Firm().Day(DateTime.UtcNow);
        var (broke, waits, ends) = (await Client("Broke It", 5), await Client("Still Waits", 5), await Client("Ends Soon", 5));
        await using (var db = world.Db())
        {
            var company = OwnCompany.Of("Meridian", "BG", "EUR", null);
            var owner = await world.OwnerId();
            db.Add(company);
            foreach (var client in new[] { broke, waits })
            {
                var invoice = Invoice.For(company, client, null);
                db.AddRange(invoice, invoice.Add("Work", 1000, "hour", 100_00, 0));
                await db.Issue(invoice, today.AddDays(-40), 10);
            }
            db.Add(PaymentPromise.Of(broke, new Amount(80_00, "EUR"), today.AddDays(-10), today.AddDays(-20), owner));
            db.Add(PaymentPromise.Of(waits, new Amount(80_00, "EUR"), today.AddDays(3), today.AddDays(-2), owner));
            foreach (var (client, until) in new[] { (ends, 20), (waits, 200), (broke, -3) })
            {
                var contract = Contract.Draft(
                    company,
                    client,
                    ContractKind.Service,
                    $"C-{until}",
                    new ContractTerms("", today.AddDays(-100), today.AddDays(until)) { Person = owner }
                );
                db.Add(contract);
                await db.Sign(contract, today.AddDays(-100), today);
            }
            await db.SaveChangesAsync();
        }
        var page = Listed(await world.Text($"plan?day={next}"));
        Assert.Matches(@"Promised 80\.00\s€ by", page);
        Assert.Contains(", 10 days ago", page);
        Assert.Contains("Contract № C--3 ran out on", page);
        Assert.Contains("Contract № C-20 ends on", page);
        Assert.DoesNotContain("C-200", page);
        Assert.Equal(1, Regex.Count(page, @"Unpaid 100\.00\s€"));
        // 70 new, 65 and a third for the promise of ten days, twice 50 for the old debt, twice 55 for the contract that ran out.
        Assert.Matches(@"Broke It</b>.*?>366<", page.ReplaceLineEndings(""));
    }

    [Fact]
    public async Task A_question_without_a_meeting_and_a_birthday_in_the_week_are_reasons()
    {
        var (asked, born) = (await Client("Asked Us", 5), await Client("Has A Feast", 5, "feast@example.com"));
        await using (var db = world.Db())
        {
            var at = DateTime.UtcNow.AddDays(-2);
            db.Add(Question.Ask(asked, null, "How is a return booked?", "Anna", null, await world.OwnerId(), at, at.AddDays(1)));
            (await db.Set<Contact>().SingleAsync(c => c.ClientId == born)).WasBorn(DateOnly.Parse(next, null).AddDays(2).AddYears(-40));
            await db.SaveChangesAsync();
        }
        var page = Listed(await world.Text($"plan?day={next}"));
        Assert.Contains("How is a return booked?", page);
        Assert.Contains("Birthday: Guest of Has A Feast", page);
        Assert.DoesNotContain("Birthday:", Listed(await world.Text($"plan?day={DateOnly.Parse(next, null).AddDays(14):yyyy-MM-dd}")));
    }

    [Fact]
    public async Task A_time_is_found_for_two_people_and_a_room_on_the_page_and_by_other_programs()
    {
        var (_, person) = await world.SomeoneWhoIs(Role.Manager);
        await world.Post("calendar/settings/new", ("calendar_name", "Big room"), ("calendar_kind", "Room"), ("colour", "#2457a6"));
        await using var db = world.Db();
        var room = await db.Set<CalendarBook>().SingleAsync(b => b.Kind == CalendarKind.Room);
        await world.Post(
            "calendar/new",
            ("subject", "Board"),
            ("calendar", $"{room.Id}"),
            ("starts_at", $"{next}T09:00"),
            ("ends_at", $"{next}T17:00")
        );
        var words = $"with=person:{await world.OwnerId()}&with=person:{person}&with=room:{room.Id}&from={next}&minutes=60";
        Assert.Contains("17:00", await world.Text($"calendar/free?{words}"));
        var found = await world.Text($"api/v1/calendar/free?{words}&days=1");
        var sofia = Clock.Of("Europe/Sofia", null);
        Assert.Equal($"[\"{sofia.Utc(DateTime.Parse(next + "T17:00", null)):yyyy-MM-dd'T'HH:mm:ss'Z'}\"]", found);
    }

    private async Task<Guid> Client(
        string name,
        int daysAgo,
        string? email = null,
        string country = "BG",
        string language = "en",
        string segment = ""
    )
    {
        await using var db = world.Db();
        var client = Remit.Modules.Clients.Client.New(name, country, DateTime.UtcNow.AddDays(-daysAgo));
        client.Describe(language, segment, false, null, await world.OwnerId());
        db.Add(client);
        if (email is not null)
            db.Add(Contact.At(client, "Guest of " + name, null, null, email, true));
        await db.SaveChangesAsync();
        return client.Id;
    }

    // A letter with a file has several bodies, each in its transfer encoding.
    private static string Words(string raw) =>
        string.Concat(
            Encoded
                .Matches(raw)
                .Select(m => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(m.Groups[1].Value.ReplaceLineEndings(""))))
        );

    private static string Listed(string page) =>
        page.Contains("<ol class=\"plan-list\"") ? page.Split("<ol class=\"plan-list\"")[1].Split("</ol>")[0] : "";

    private static List<string> Slots(string page) => [.. SlotField.Matches(Listed(page)).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("name=\"slot\" value=\"([^\"]+)\"")]
    private static partial Regex SlotField { get; }

    [GeneratedRegex(@"base64\r?\n(?:[^\r\n]+\r?\n)*\r?\n((?:[A-Za-z0-9+/=]+\r?\n)+)")]
    private static partial Regex Encoded { get; }

    [GeneratedRegex("name=\"starts_at\" value=\"([^\"]+)\"")]
    private static partial Regex RadioTime { get; }
}
