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
        await world.Post("mail", ("mail_host", "127.0.0.1"), ("mail_port", $"{mail.Port}"), ("mail_sender", "office@firm.example"), ("mail_sender_name", "Meridian"));
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
        var stranger = await world.Taken(Letters.Plain("Nova Stone <nova@stone.example>", "Offer", "<b>hello</b> <img src=https://spy.example>"));
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
        var again = await world.Taken(Letters.Plain("anna@thread.example", "Re: answer", "It still is wrong.\n\n> Because of the rate.", $"In-Reply-To: <{sent}>"));
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
        foreach (var n in Enumerable.Range(0, AskedQuestions.MostOpen)) Assert.Equal("question", (await world.Taken(Letters.Plain("anna@flood.example", $"Q{n}", "x"))).Became);
        var more = await world.Taken(Letters.Plain("anna@flood.example", "One more", "x"));
        Assert.Equal(("", ReceivedState.Unsorted), (more.Became, more.State));
        Assert.Contains("One more", await world.Text("inbox"));
        await using var db = world.Db();
        Assert.Equal(AskedQuestions.MostOpen, await db.Set<Question>().CountAsync(q => q.ClientId == more.ClientId));
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
