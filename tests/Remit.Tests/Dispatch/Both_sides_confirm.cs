using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Notices;
using Remit.Modules.Tasks;
using Remit.Tests.Ground;
using Remit.Web;

namespace Remit.Tests.Dispatch;

/// <summary>A time holds when client and programmer have both given their word for it.</summary>
public sealed class Both_sides_confirm : IAsyncLifetime
{
    private readonly World world = new();
    private readonly SmtpListener server = new();
    private TelegramStandIn telegram = null!;

    public async Task InitializeAsync()
    {
        await world.InitializeAsync();
        telegram = await TelegramStandIn.Start();
    }

    public async Task DisposeAsync()
    {
        await telegram.DisposeAsync();
        await server.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task The_programmer_agrees_by_a_link_without_signing_in_and_is_asked_anew_when_the_client_moves_it()
    {
        var visit = await Ahead(out var petar);
        var guest = world.NewVisitor();
        Assert.Contains("I will come", await guest.Text($"p/{visit.ProgrammerLink}"));
        await guest.Post($"p/{visit.ProgrammerLink}/accept");
        Assert.NotNull((await world.Now(visit)).AcceptedAt);
        Assert.Contains("You have agreed", await guest.Text($"p/{visit.ProgrammerLink}"));
        await guest.Post($"v/{visit.Link}/move", ("starts_at", Scene.Offered(await guest.Text($"v/{visit.Link}"))[^1]));
        var moved = await world.Now(visit);
        Assert.Equal((VisitState.Confirmed, true, petar), (moved.State, moved.AwaitsProgrammer, moved.ProgrammerId));
        Assert.Contains("I will come", await guest.Text($"p/{visit.ProgrammerLink}"));
    }

    [Fact]
    public async Task Who_no_longer_goes_hears_it_and_their_calendar_lets_go_and_nobody_is_asked_to_come_in_the_past()
    {
        await Mail();
        await world.Post("mail/mailbox", ("mailbox_address", "office@firm.example"));
        var visit = await Ahead(out _, "anna@example.com");
        var (_, other) = await world.SomeoneWhoIs(Role.Programmer);
        await world.RunJobs();
        var letters = server.Letters.Count;
        await world.Post(
            $"visits/{visit.Id}/move",
            ("version", $"{visit.Version}"),
            ("starts_at", $"{visit.StartsAt:yyyy-MM-dd'T'HH:mm}"),
            ("programmer", $"{other}")
        );
        await world.RunJobs();
        var former = Assert.Single(server.Letters.Skip(letters), l => l.Raw.Contains("method=CANCEL", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain((await world.Now(visit)).ProgrammerLink, former.Raw);
        letters = server.Letters.Count;
        var now = await world.Now(visit);
        await world.Post(
            $"visits/{visit.Id}/move",
            ("version", $"{now.Version}"),
            ("starts_at", $"{DateTime.UtcNow.AddDays(-3):yyyy-MM-dd}T10:00"),
            ("programmer", $"{other}")
        );
        await world.RunJobs();
        Assert.Equal(letters, server.Letters.Count);
    }

    [Fact]
    public async Task The_programmer_chooses_another_free_time_and_the_client_is_asked_anew()
    {
        await Mail();
        var visit = await Ahead(out _, "anna@example.com");
        var guest = world.NewVisitor();
        await guest.Post($"v/{visit.Link}/confirm");
        await world.RunJobs();
        var letters = server.Letters.Count;
        var wanted = Scene.Offered(await guest.Text($"p/{visit.ProgrammerLink}"))[^1];
        await guest.Post($"p/{visit.ProgrammerLink}/move", ("starts_at", wanted));
        var moved = await world.Now(visit);
        Assert.Equal((wanted, VisitState.Planned, false), ($"{moved.StartsAt:yyyy-MM-dd'T'HH:mm}", moved.State, moved.AwaitsProgrammer));
        await world.RunJobs();
        Assert.Equal(letters + 1, server.Letters.Count);
        Assert.Contains("anna@example.com", server.Letters[^1].Raw);
        Assert.Equal(422, (int)(await guest.Post($"p/{visit.ProgrammerLink}/move", ("starts_at", "2026-01-01T03:00"))).StatusCode);
    }

    [Fact]
    public async Task A_visit_waits_on_the_programmers_day_for_one_tap()
    {
        var (petar, id) = await world.SomeoneWhoIs(Role.Programmer);
        var visit = await world.Visit(await world.Client("Tap"), id, Scene.Workday(5));
        Assert.Contains($"visits/{visit.Id}/accept", await petar.Text(""));
        await petar.Post($"visits/{visit.Id}/accept", ("to", ""));
        Assert.NotNull((await world.Now(visit)).AcceptedAt);
        Assert.DoesNotContain($"visits/{visit.Id}/accept", await petar.Text(""));
    }

    [Fact]
    public async Task A_link_of_another_programmer_opens_nothing_any_more()
    {
        var visit = await Ahead(out _);
        var (_, maria) = await world.SomeoneWhoIs(Role.Programmer);
        await world.Post(
            $"visits/{visit.Id}/move",
            ("version", $"{visit.Version}"),
            ("starts_at", $"{visit.StartsAt:yyyy-MM-dd'T'HH:mm}"),
            ("programmer", $"{maria}")
        );
        Assert.Equal(HttpStatusCode.NotFound, (await world.NewVisitor().Get($"p/{visit.ProgrammerLink}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await world.NewVisitor().Get($"p/{(await world.Now(visit)).ProgrammerLink}")).StatusCode);
    }

    [Fact]
    public async Task A_programmer_who_does_not_answer_is_asked_channel_by_channel_and_last_the_owner_hears()
    {
        await Mail();
        await Telegram();
        var visit = await Ahead(out var petar);
        telegram.Begins(55, "Petar", visit.ProgrammerLink);
        await world.NewVisitor().Post($"v/{visit.Link}/confirm");
        await world.RunJobs();
        await Until(visit, 23);
        Assert.Contains(
            server.Letters,
            l =>
                l.Raw.Contains("Your word is awaited", StringComparison.Ordinal)
                || l.Raw.Contains(Base64("Your word"), StringComparison.Ordinal)
        );
        await Until(visit, 19);
        Assert.Equal(55, Assert.Single(telegram.Sent).Chat);
        Assert.Contains($"p/{visit.ProgrammerLink}", telegram.Sent[0].Text);
        await Until(visit, 16);
        await Until(visit, 2);
        await using var db = world.Db();
        var tried = await db.Set<VisitReminder>()
            .Where(r => r.VisitId == visit.Id && r.PersonId == petar)
            .Select(r => r.Channel)
            .ToListAsync();
        Assert.Equal([Channel.Mail, Channel.Telegram, Channel.Call, Channel.Above], tried.Order());
        Assert.Contains("is not accepted", (await db.Set<WorkTask>().SingleAsync(t => t.RecordId == visit.Id)).Text);
        Assert.Equal(
            await world.OwnerId(),
            await db.Set<NoticeRow>().Where(n => n.Key == "notice.visit_above").Select(n => n.PersonId).SingleAsync()
        );
    }

    [Fact]
    public async Task Buttons_in_Telegram_confirm_and_move_but_only_in_the_talk_they_were_sent_to()
    {
        await Telegram();
        var visit = await Ahead(out _);
        telegram.Begins(77, "Anna", visit.Link);
        await Until(visit, 19);
        var yes = telegram.Buttons[0].Data;
        telegram.Press(666, yes);
        await Until(visit, 18.9);
        Assert.Equal(VisitState.Planned, (await world.Now(visit)).State);
        telegram.Press(77, yes);
        await Until(visit, 18.8);
        Assert.Equal(VisitState.Confirmed, (await world.Now(visit)).State);
        Assert.Contains("expect us on", telegram.Answers[^1]);
        telegram.Press(77, yes);
        await Until(visit, 18.7);
        Assert.Contains("is not awaiting confirmation", telegram.Answers[^1]);
    }

    [Fact]
    public async Task Another_time_is_chosen_by_a_button()
    {
        await Telegram();
        var visit = await Ahead(out _);
        telegram.Begins(78, "Anna", visit.Link);
        await Until(visit, 19);
        telegram.Press(78, telegram.Buttons[^1].Data);
        await Until(visit, 18.9);
        var moved = await world.Now(visit);
        Assert.NotEqual(visit.StartsAt, moved.StartsAt);
        Assert.Equal(VisitState.Confirmed, moved.State);
        Assert.True(moved.AwaitsProgrammer);
    }

    [Fact]
    public async Task The_route_plan_with_its_picture_goes_to_a_programmer_who_has_not_been_there()
    {
        await Mail();
        var (_, petar) = await world.SomeoneWhoIs(Role.Programmer);
        var client = await world.Client("New place");
        await Attach(client);
        var first = await world.Visit(client, petar, Scene.Workday(3));
        await world.RunJobs();
        Assert.Contains("map.png", server.Letters[^1].Raw);
        Assert.Contains("route/", await world.NewVisitor().Text($"p/{first.ProgrammerLink}"));
        await world.HasCome(first);
        await world.Post($"visits/{first.Id}/finish", ("version", $"{first.Version}"), ("duration", "60"), ("works", "Done"));
        await world.Visit(client, petar, Scene.Workday(9));
        await world.RunJobs();
        Assert.DoesNotContain("map.png", server.Letters[^1].Raw);
    }

    [Fact]
    public async Task A_visit_without_a_programmer_waits_on_the_board_and_its_client_hears_of_it_when_somebody_goes()
    {
        await Mail();
        var (_, petar) = await world.SomeoneWhoIs(Role.Programmer);
        var client = await world.Client("Nobody yet", "n@example.com");
        var visit = await world.Visit(client, Guid.Empty, Scene.Workday(4));
        await world.RunJobs();
        Assert.Empty(server.Letters);
        Assert.Contains("Nobody yet", await world.Text("visits/board"));
        await world.Post(
            "visits/board/move",
            ("visit", $"{visit.Id}"),
            ("programmer", $"{petar}"),
            ("starts_at", $"{visit.StartsAt:yyyy-MM-dd'T'HH:mm}"),
            ("version", $"{visit.Version}")
        );
        await world.RunJobs();
        Assert.Equal(2, server.Letters.Count);
    }

    [Fact]
    public async Task Planning_offers_free_times_of_those_who_could_go_with_what_speaks_for_them()
    {
        await world.Post("products", ("product_name", "Ledger"));
        var (_, petar) = await world.SomeoneWhoIs(Role.Programmer);
        var client = await world.Client("Choosy");
        await using var db = world.Db();
        var product = await db.Set<Product>().Select(p => p.Id).SingleAsync();
        await world.Post($"products/{product}/skills", ("people", $"{petar}"));
        await world.Post($"clients/{client}/products", ("product", $"{product}"), ("used_version", "1"));
        var page = await world.Text($"visits/new?client={client}");
        Assert.Contains("<span class=\"tag\">Ledger</span>", page);
        var slot = System.Text.RegularExpressions.Regex.Match(page, "name=\"slot\" value=\"([^\"]+)\"").Groups[1].Value;
        await world.Post(
            "visits/new",
            ("client", $"{client}"),
            ("slot", slot),
            ("duration", "60"),
            ("subject", "Chosen"),
            ("programmer", $"{Guid.Empty}"),
            ("starts_at", "2026-01-01T10:00")
        );
        var planned = await db.Set<Visit>().SingleAsync(v => v.Subject == "Chosen");
        Assert.Equal(slot, $"{planned.ProgrammerId}|{planned.StartsAt:yyyy-MM-dd'T'HH:mm}");
    }

    [Theory]
    [InlineData("2026-11-28T12:00", "2026-11-28")]
    [InlineData("2026-11-28T19:00", "2026-11-30")]
    [InlineData("2026-11-29T10:00", "2026-11-30")]
    [InlineData("2026-11-30T10:00", "2026-11-30")]
    public void From_Saturday_evening_on_the_board_shows_the_coming_week(string now, string day) =>
        Assert.Equal(day, $"{VisitBoard.WeekAhead(DateTime.Parse(now, System.Globalization.CultureInfo.InvariantCulture), 18):yyyy-MM-dd}");

    private Task<Visit> Ahead(out Guid programmer, string? email = null)
    {
        var (_, id) = world.SomeoneWhoIs(Role.Programmer).GetAwaiter().GetResult();
        programmer = id;
        return Planned(id, email);
    }

    private async Task<Visit> Planned(Guid programmer, string? email) =>
        await world.Visit(await world.Client("Orbita", email), programmer, Scene.Workday(4), "15:30");

    private Task Until(Visit visit, double hours) => world.RunJobs(world.Firm().Moment(visit.StartsAt.AddHours(-hours)));

    private async Task Mail() =>
        await world.Post(
            "mail",
            ("mail_host", "127.0.0.1"),
            ("mail_port", $"{server.Port}"),
            ("mail_sender", "office@example.com"),
            ("mail_sender_name", "Meridian")
        );

    private async Task Telegram() =>
        await world.Post("telegram", ("telegram_address", telegram.Address), ("telegram_token", TelegramStandIn.Token));

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text))[..8];

    private async Task Attach(Guid client)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in await world.Owner.Token([("record_kind", "route"), ("record_id", $"{client}")]))
            form.Add(new StringContent(value), name);
        var picture = new ByteArrayContent([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 1]);
        form.Add(picture, "files", "map.png");
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Owner.Client.PostAsync(world.Owner.Full("files"), form)).StatusCode);
    }
}
