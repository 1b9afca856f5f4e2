using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Notices;
using Remit.Tests.Dispatch;
using Remit.Tests.Ground;
using Remit.Web;

namespace Remit.Tests.Received;

/// <summary>What calendar programs of guests answer (iTIP) is set as if by the guest's link.</summary>
public sealed class Answers_to_invitations : IAsyncLifetime
{
    private const string Guest = "guest@client.example";
    private readonly World world = new();
    private readonly SmtpListener mail = new();

    public async Task InitializeAsync()
    {
        await world.InitializeAsync();
        await world.Post(
            "mail",
            ("mail_host", "127.0.0.1"),
            ("mail_port", $"{mail.Port}"),
            ("mail_sender", "noreply@firm.example"),
            ("mail_sender_name", "Meridian")
        );
        await world.SetUpMailbox();
    }

    public async Task DisposeAsync()
    {
        await mail.DisposeAsync();
        await world.DisposeAsync();
    }

    [Theory]
    [InlineData("ACCEPTED", Reply.Accepted, "will come")]
    [InlineData("DECLINED", Reply.Declined, "will not come")]
    [InlineData("TENTATIVE", Reply.Tentative, "maybe")]
    public async Task A_guest_answers_from_their_calendar(string state, Reply reply, string said)
    {
        var asked = await Invited();
        await world.RunJobs(DateTime.UtcNow.AddMinutes(1));
        var sent = mail.Letters.Single(l => l.To == Guest);
        Assert.Contains("office@firm.example", sent.Raw);
        var letter = await world.Taken(Letters.Answer(Guest, "REPLY", Text(asked, state)));
        Assert.Equal($"invitation_{state.ToLowerInvariant()}", letter.Became);
        var now = await world.Now(asked);
        Assert.Equal((reply, true), (now.Reply, now.ByMail));
        var page = await world.Text($"calendar/items/{asked.CalendarItemId}");
        Assert.Contains(said, page);
        Assert.Contains("the sender is not verified", page);
    }

    [Fact]
    public async Task Only_the_guests_own_answer_to_what_stands_now_counts()
    {
        var asked = await Invited();
        Assert.Equal(
            "invitation_not_guest",
            (await world.Taken(Letters.Answer("other@client.example", "REPLY", Text(asked, "ACCEPTED")))).Became
        );
        Assert.Equal(
            "invitation_stale",
            (await world.Taken(Letters.Answer(Guest, "REPLY", Text(asked, "ACCEPTED", sequence: asked.Sequence + 5)))).Became
        );
        Assert.Equal(Reply.Waiting, (await world.Now(asked)).Reply);
        // Two answers that overtake each other: the later one stands.
        await world.Taken(Letters.Answer(Guest, "REPLY", Text(asked, "DECLINED", stamp: DateTime.UtcNow.AddMinutes(-1))));
        Assert.Equal(
            "invitation_stale",
            (await world.Taken(Letters.Answer(Guest, "REPLY", Text(asked, "ACCEPTED", stamp: DateTime.UtcNow.AddMinutes(-2))))).Became
        );
        Assert.Equal(Reply.Declined, (await world.Now(asked)).Reply);
        // Nobody's invitation is a letter like any other.
        Assert.Equal(
            "",
            (
                await world.Taken(Letters.Answer(Guest, "REPLY", Text(asked, "ACCEPTED").Replace(asked.Uid, "somebody-elses")))
            ).Became.Replace("question", "")
        );
    }

    [Fact]
    public async Task Another_time_that_a_guest_asks_for_is_offered_to_the_host()
    {
        var asked = await Invited();
        var other = asked.StartsAt.AddDays(1);
        var letter = await world.Taken(
            Letters.Answer(
                Guest,
                "COUNTER",
                Text(asked, "TENTATIVE", starts: other, comment: "Tomorrow suits better").Replace("METHOD:REPLY", "METHOD:COUNTER")
            )
        );
        Assert.Equal("invitation_counter", letter.Became);
        var now = await world.Now(asked);
        Assert.Equal((Reply.Proposed, other, "Tomorrow suits better"), (now.Reply, now.ProposedAt, now.Note));
        Assert.Contains("Tomorrow suits better", await world.Text($"calendar/items/{asked.CalendarItemId}"));
    }

    [Fact]
    public async Task A_client_confirms_a_visit_from_their_calendar_and_only_the_time_that_stands()
    {
        var client = await world.Client("Visit Ltd", Guest);
        var visit = await world.Visit(client, await world.OwnerId(), Scene.Workday(4));
        await world.RunJobs();
        var sent = mail.Letters.First(l => l.To == Guest);
        Assert.Contains("method=REQUEST", sent.Raw);
        var at = world.Firm().Moment(visit.StartsAt);
        string Answered(string state, DateTime starts) =>
            $"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:visit-{visit.Id:N}@remit\nDTSTAMP:{DateTime.UtcNow:yyyyMMdd'T'HHmmss'Z'}\nDTSTART:{starts:yyyyMMdd'T'HHmmss'Z'}\nORGANIZER:mailto:office@firm.example\nATTENDEE;PARTSTAT={state}:mailto:{Guest}\nEND:VEVENT\nEND:VCALENDAR";
        Assert.Equal("invitation_stale", (await world.Taken(Letters.Answer(Guest, "REPLY", Answered("ACCEPTED", at.AddHours(1))))).Became);
        Assert.Equal("invitation_not_guest", (await world.Taken(Letters.Answer("x@y.example", "REPLY", Answered("ACCEPTED", at)))).Became);
        Assert.Equal("invitation_declined", (await world.Taken(Letters.Answer(Guest, "REPLY", Answered("DECLINED", at)))).Became);
        Assert.Equal(VisitState.Planned, (await world.Now(visit)).State);
        Assert.Equal("invitation_accepted", (await world.Taken(Letters.Answer(Guest, "REPLY", Answered("ACCEPTED", at)))).Became);
        Assert.Equal(VisitState.Confirmed, (await world.Now(visit)).State);
        Assert.Contains("invitation declined", await world.Text($"visits/{visit.Id}"));
    }

    [Fact]
    public async Task What_a_guest_answers_about_a_private_event_is_read_by_its_owner_alone()
    {
        var asked = await Invited();
        var (colleague, _) = await world.SomeoneWhoIs(Role.Director);
        var caller = await Access.Caller.Of(world, colleague);
        var letter = await world.Taken(Letters.Answer(Guest, "REPLY", Text(asked, "ACCEPTED")));
        Assert.Contains(Guest, await colleague.Text("letters"));
        await using (var db = world.Db())
            await db.Set<CalendarItem>()
                .Where(i => i.Id == asked.CalendarItemId)
                .ExecuteUpdateAsync(s => s.SetProperty(i => i.Private, true));
        Assert.DoesNotContain(
            Guest,
            await colleague.Text("letters")
                + await colleague.Text("letters/export.csv")
                + await (await caller.Get("letters")).Content.ReadAsStringAsync()
        );
        Assert.Equal(HttpStatusCode.NotFound, (await colleague.Get($"letters/{letter.Id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.Get($"letters/{letter.Id}")).StatusCode);
        Assert.Contains(Guest, await world.Text($"letters/{letter.Id}"));
    }

    private async Task<Invitation> Invited()
    {
        await world.Text("calendar");
        await using var db = world.Db();
        var (owner, firm, now) = (await world.OwnerId(), world.Firm(), DateTime.UtcNow);
        var book = await db.Set<CalendarBook>().FirstAsync(b => b.OwnerId == owner);
        db.Actor = new Actor(owner, "Olga Owner", Role.Owner);
        var item = db.Meet(
            book,
            new MeetingPlan("Upkeep", "Office", DateTime.UtcNow.Date.AddDays(3).AddHours(10), 60, Clock.Of("", firm)),
            firm,
            now
        );
        var made = await db.Invite(item, new Guest("Anna Guest", Guest, "en", "", null, null), "http://firm.example/", now);
        await db.SaveChangesAsync();
        return made;
    }

    private static string Text(
        Invitation i,
        string state,
        int? sequence = null,
        DateTime? stamp = null,
        DateTime? starts = null,
        string comment = ""
    ) =>
        $"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Guest//EN\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:{i.Uid}\nSEQUENCE:{sequence ?? i.Sequence}\nDTSTAMP:{(stamp ?? DateTime.UtcNow):yyyyMMdd'T'HHmmss'Z'}\nDTSTART:{(starts ?? i.StartsAt):yyyyMMdd'T'HHmmss'Z'}\n"
        + $"ORGANIZER:mailto:office@firm.example\nATTENDEE;CN=Anna;PARTSTAT={state}:MAILTO:Guest@Client.example\n{(comment.Length > 0 ? $"COMMENT:{comment}\n" : "")}END:VEVENT\nEND:VCALENDAR";
}
