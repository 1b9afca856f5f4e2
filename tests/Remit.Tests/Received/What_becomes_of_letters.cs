using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Files;
using Remit.Modules.Notices;
using Remit.Modules.Received;
using Remit.Tests.Access;
using Remit.Tests.Dispatch;
using Remit.Tests.Ground;

namespace Remit.Tests.Received;

public sealed class What_becomes_of_letters : IAsyncLifetime
{
    private readonly World world = new();
    private readonly SmtpListener mail = new();

    public async Task InitializeAsync()
    {
        await world.InitializeAsync();
        await world.Post(
            "mail",
            ("mail_host", "127.0.0.1"),
            ("mail_port", $"{mail.Port}"),
            ("mail_sender", "office@firm.example"),
            ("mail_sender_name", "Meridian")
        );
    }

    public async Task DisposeAsync()
    {
        await mail.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task A_known_clients_letter_is_a_question_on_the_timeline_with_its_files_once()
    {
        var (petar, petarId) = await world.SomeoneWhoIs(Role.Programmer);
        var client = await world.Client("Lagoda", "Anna@Lagoda.example");
        var raw = Letters.WithFile("Anna Bell <anna@lagoda.example>", "March", "How do we close it?", "act.pdf", "%PDF-1.4 x"u8.ToArray());
        var letter = await world.Taken(raw);
        Assert.Equal((client, ReceivedState.Filed, "question"), (letter.ClientId!.Value, letter.State, letter.Became));
        var page = await petar.Text($"questions/{letter.AboutId}");
        Assert.Contains("by mail, the sender is not verified", page);
        Assert.Contains("How do we close it?", page);
        Assert.Contains("act.pdf", await world.Text($"clients/{client}"));
        await world.Drop(null, raw);
        await using var db = world.Db();
        var question = await db.Set<Question>().SingleAsync(q => q.ClientId == client);
        Assert.Equal((petarId, "Anna Bell", (Guid?)null), (question.PersonId, question.AskedBy, question.TakenBy));
        var file = await db.Set<Attachment>().SingleAsync(a => a.RecordId == letter.Id);
        var kept = await world.Owner.Get($"files/{file.Id}");
        Assert.Equal(("application/pdf", "attachment"), (file.Type, kept.Content.Headers.ContentDisposition!.DispositionType));
    }

    [Fact]
    public async Task A_strangers_letter_waits_for_whoever_sorts_and_becomes_a_client_or_a_known_ones_or_nobodys()
    {
        var stranger = await world.Taken(
            Letters.Plain("Nova Stone <nova@stone.example>", "Offer", "<b>hello</b> <img src=https://spy.example>")
        );
        Assert.Equal(ReceivedState.Unsorted, stranger.State);
        Assert.Contains("Nova Stone · Offer", await world.Text("inbox"));
        var page = await world.Owner.Get($"letters/{stranger.Id}");
        Assert.DoesNotContain("<img src=https", await page.Content.ReadAsStringAsync());
        Assert.Contains("the sender is not verified", await world.Text($"letters/{stranger.Id}"));
        await world.Post($"letters/{stranger.Id}/client", ("version", "0"), ("client_title", "Stone Ltd"), ("as_question", "on"));
        Assert.DoesNotContain("Nova Stone · Offer", await world.Text("inbox"));
        Assert.Contains("Stone Ltd", await world.Text("letters?q=offer"));
        // Known now: the next one finds its way.
        var next = await world.Taken(Letters.Plain("nova@stone.example", "More", "again"));
        Assert.Equal("question", next.Became);
        var colleague = await world.Taken(Letters.Plain("cole@stone.example", "Hi", "from another desk"));
        Assert.Contains("Stone Ltd", await world.Text($"letters/{colleague.Id}"));
        await world.Post($"letters/{colleague.Id}/link", ("version", "0"), ("client", $"{next.ClientId}"), ("remember", "on"));
        var spam = await world.Taken(Letters.Plain("x@spam.example", "Buy", "now"));
        Assert.Contains("Rejected: Buy", await world.Owner.PostAndRead($"letters/{spam.Id}/reject", ("version", "0")));
        await using var db = world.Db();
        Assert.Equal(2, await db.Set<Contact>().CountAsync(c => c.ClientId == next.ClientId));
        Assert.Equal(1, await db.Set<ReceivedLetter>().CountAsync(l => l.State == ReceivedState.Rejected));
    }

    [Fact]
    public async Task An_answer_to_the_firms_letter_goes_to_what_it_answers()
    {
        var (petar, petarId) = await world.SomeoneWhoIs(Role.Programmer);
        var client = await world.Client("Thread Ltd", "anna@thread.example");
        var question = await Asked(await world.Taken(Letters.Plain("anna@thread.example", "Tax", "Why?")));
        var more = await world.Taken(Letters.Plain("anna@thread.example", "Re: Tax", "I forgot the year: 2026."));
        Assert.NotEqual(question.Id, more.AboutId);
        await petar.Post($"questions/{question.Id}/answer", ("version", "0"), ("answer", "Because of the rate."));
        await world.RunJobs();
        var sent = Id(mail.Letters.Last(l => l.To == "anna@thread.example"));
        Assert.EndsWith("@firm.example", sent);
        var again = await world.Taken(
            Letters.Plain("anna@thread.example", "Re: answer", "It still is wrong.\n\n> Because of the rate.", $"In-Reply-To: <{sent}>")
        );
        var asked = await Asked(again);
        Assert.Equal(("again", petarId), (again.Became, asked.PersonId));
        Assert.Contains("has answered this question before", await world.Text($"questions/{asked.Id}"));
        // While it is open, more about it belongs to it; whoever has it hears of it.
        var third = await world.Taken(Letters.Plain("boris@elsewhere.example", "Re: answer", "Me too", $"References: <x@y> <{sent}>"));
        Assert.True(third.FromAnother);
        Assert.Equal(client, third.ClientId);
    }

    [Fact]
    public async Task An_answer_to_a_letter_about_a_visit_stands_at_the_visit_and_one_that_came_back_is_told()
    {
        var client = await world.Client("Visit Ltd", "anna@visit.example");
        var visit = await world.Visit(client, await world.OwnerId(), Scene.Workday(3));
        await world.RunJobs();
        var sent = Id(mail.Letters.First(l => l.To == "anna@visit.example"));
        var answer = await world.Taken(Letters.Plain("anna@visit.example", "Re: visit", "The door code is 12.", $"In-Reply-To: <{sent}>"));
        Assert.Equal((visit.Id, "answer"), (answer.AboutId!.Value, answer.Became));
        Assert.Contains("The door code is 12.", await world.Text($"visits/{visit.Id}"));
        var back = await world.Taken(Letters.Returned("anna@visit.example", sent));
        Assert.Equal(("bounce", (Guid?)visit.Id), (back.Became, back.AboutId));
        await using var db = world.Db();
        Assert.Equal(0, await db.Set<Question>().CountAsync(q => q.ClientId == client));
    }

    [Fact]
    public async Task What_programs_write_asks_nothing_of_anybody()
    {
        var client = await world.Client("Away Ltd", "anna@away.example");
        var away = await world.Taken(Letters.Plain("anna@away.example", "Out of office", "Back on Monday", "Auto-Submitted: auto-replied"));
        Assert.Equal((ReceivedState.Filed, "automatic", client), (away.State, away.Became, away.ClientId!.Value));
        var news = await world.Taken(Letters.Plain("news@shop.example", "Sale", "Everything", "List-Unsubscribe: <mailto:x@shop.example>"));
        Assert.Equal((ReceivedState.Automatic, "bulk"), (news.State, news.Became));
        await world.Post("mail/test");
        await world.RunJobs();
        Assert.Equal("own", (await world.Taken(Encoding.UTF8.GetBytes(mail.Letters[^1].Raw))).Became);
        var mine = mail.Letters.Count;
        await world.RunJobs();
        Assert.Equal(mine, mail.Letters.Count);
        await using var db = world.Db();
        Assert.Equal(0, await db.Set<Question>().CountAsync(q => q.ClientId == client));
    }

    [Fact]
    public async Task A_letter_dropped_at_a_client_stands_in_its_time_and_becomes_a_question_only_when_asked()
    {
        var client = await world.Client("Drop Ltd");
        var letter = await world.Taken(Letters.WithFile("somebody@else.example", "Old matter", "Words", "a.txt", "x"u8.ToArray()), client);
        Assert.Equal((client, new DateTime(2025, 11, 26, 5, 0, 0), ""), (letter.ClientId!.Value, letter.At, letter.Became));
        await world.Post($"letters/{letter.Id}/ask", ("version", $"{letter.Version}"));
        Assert.Contains("Old matter", await world.Text("questions"));
        var bad = await world.Drop(client, "no letter at all"u8.ToArray());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, bad.StatusCode);
        Assert.Contains("This is no letter", WebUtility.HtmlDecode(await bad.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_flood_under_a_clients_address_stops_where_the_clients_link_does()
    {
        await world.Client("Flood Ltd", "anna@flood.example");
        foreach (var n in Enumerable.Range(0, AskedQuestions.MostOpen))
            Assert.Equal("question", (await world.Taken(Letters.Plain("anna@flood.example", $"Q{n}", "x"))).Became);
        var more = await world.Taken(Letters.Plain("anna@flood.example", "One more", "x"));
        Assert.Equal(("", ReceivedState.Unsorted), (more.Became, more.State));
        Assert.Contains("One more", await world.Text("inbox"));
        await using var db = world.Db();
        Assert.Equal(AskedQuestions.MostOpen, await db.Set<Question>().CountAsync(q => q.ClientId == more.ClientId));
    }

    [Fact]
    public async Task Two_letters_under_one_id_are_two_and_the_same_one_by_another_way_is_known()
    {
        await world.Client("Twice Ltd", "anna@twice.example");
        byte[] Under(string text, string head = "") =>
            Encoding.UTF8.GetBytes(
                $"{head}From: anna@twice.example\r\nTo: office@firm.example\r\nSubject: Bill\r\nMessage-ID: <1@twice.example>\r\nDate: Thu, 26 Nov 2026 09:00:00 +0000\r\n\r\n{text}\r\n"
            );
        var first = await world.Taken(Under("Pay here"));
        Assert.Equal(first.Id, (await world.Taken(Under("Pay here", "Received: from mx.example\r\n"))).Id);
        var second = await world.Taken(Under("Pay there"));
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal("question", second.Became);
        await world.Post("mail/test");
        await world.RunJobs();
        // Who has seen a letter of ours knows its id, and may not make his own pass for it.
        var forged = await world.Taken(
            Encoding.UTF8.GetBytes(
                $"From: x@forged.example\r\nSubject: Urgent\r\nMessage-ID: <{Id(mail.Letters[^1])}>\r\nDate: Thu, 26 Nov 2026 09:00:00 +0000\r\n\r\nx"
            )
        );
        Assert.Equal(ReceivedState.Unsorted, forged.State);
    }

    [Fact]
    public async Task What_one_address_writes_beyond_a_days_measure_is_counted_and_told_once()
    {
        var caller = await Caller.Of(world, world.Owner);
        async Task<HttpStatusCode> Send(int n)
        {
            using var body = new ByteArrayContent(Letters.Plain("robot@flood.example", $"Alarm {n}", "x"));
            body.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
            return (await caller.Post("letters", body)).StatusCode;
        }
        for (var n = 0; n < LeftLetters.MostADay; n++)
            Assert.Equal(HttpStatusCode.OK, await Send(n));
        for (var n = 0; n < 3; n++)
            Assert.Equal(HttpStatusCode.TooManyRequests, await Send(100 + n));
        await world.RunJobs();
        await using var db = world.Db();
        Assert.Equal(3, (await db.Set<LeftLetters>().SingleAsync()).Count);
        Assert.Equal(LeftLetters.MostADay, await db.Set<ReceivedLetter>().CountAsync());
        Assert.Equal(1, await db.Set<NoticeRow>().CountAsync(n => n.Key == "notice.letters_left"));
        Assert.Contains("Left in the mailbox", await world.Text("letters"));
        // What a person brings is wanted.
        Assert.Equal("Alarm 200", (await world.Taken(Letters.Plain("robot@flood.example", "Alarm 200", "x"))).Subject);
    }

    [Fact]
    public async Task Answers_about_events_and_meetings_stand_at_them_and_those_of_a_meeting_are_for_its_members()
    {
        var (petar, _) = await world.SomeoneWhoIs(Role.Programmer);
        var day = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(9);
        var (elena, _) = await world.SomeoneWhoIs(Role.Manager);
        await elena.Post(
            "meetings/events/new",
            ("event_name", "Evening talk"),
            ("starts_at", $"{day:yyyy-MM-dd}T18:00"),
            ("duration", "60"),
            ("guests", "Ivo ivo@outside.example en")
        );
        await world.Post(
            "meetings/new",
            ("meeting_name", "One to one"),
            ("starts_at", $"{day:yyyy-MM-dd}T10:00"),
            ("duration", "60"),
            ("lead", $"{await world.OwnerId()}"),
            ("guests", "Mia mia@outside.example en")
        );
        await world.RunJobs();
        async Task<ReceivedLetter> Answer(string who, string words) =>
            await world.Taken(Letters.Plain(who, "Re: invitation", words, $"In-Reply-To: <{Id(mail.Letters.Last(l => l.To == who))}>"));
        var (talk, meeting) = (
            await Answer("ivo@outside.example", "I bring a friend."),
            await Answer("mia@outside.example", "Rather at noon.")
        );
        Assert.Equal(("staff_event", "meeting_series"), (talk.AboutKind, meeting.AboutKind));
        Assert.Contains("I bring a friend.", await petar.Text($"meetings/events/{talk.AboutId}"));
        Assert.Contains("Rather at noon.", await world.Text($"meetings/series/{meeting.AboutId}"));
        Assert.Equal(HttpStatusCode.NotFound, (await petar.Get($"letters/{meeting.Id}")).StatusCode);
        Assert.DoesNotContain("mia@outside.example", await petar.Text("letters"));
        await world.RunJobs();
        Assert.Contains("ivo@outside.example answers", await elena.Text("notices"));
    }

    [Fact]
    public async Task Other_programs_bring_letters_with_a_token()
    {
        var caller = await Caller.Of(world, world.Owner);
        var raw = Letters.Plain("api@client.example", "Вопрос", "Да");
        async Task<JsonElement> Send()
        {
            using var body = new ByteArrayContent(raw);
            body.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
            return await Caller.Read(caller.Post("letters", body));
        }
        var first = await Send();
        Assert.True(first.GetProperty("added").GetBoolean());
        Assert.False((await Send()).GetProperty("added").GetBoolean());
        Assert.Equal("Вопрос", first.GetProperty("letter").GetProperty("subject").GetString());
    }

    private async Task<Question> Asked(ReceivedLetter letter)
    {
        await using var db = world.Db();
        return await db.Set<Question>().AsNoTracking().SingleAsync(q => q.Id == letter.AboutId);
    }

    private static string Id(SmtpListener.Received letter)
    {
        var line = letter.Raw.Split('\n').First(l => l.StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase));
        return line[(line.IndexOf('<') + 1)..line.IndexOf('>')];
    }
}
