using Microsoft.EntityFrameworkCore;
using Remit.Modules.Dispatch;
using Remit.Modules.Tasks;
using Remit.Modules.Telegram;
using Remit.Tests.Ground;
using Remit.Web;

namespace Remit.Tests.Dispatch;

/// <summary>A client who does not answer is asked by mail, then by Telegram, then a person calls.</summary>
public sealed class Reminders : IAsyncLifetime
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
    public async Task One_channel_after_the_other_and_each_once()
    {
        await Mail();
        await Telegram();
        var visit = await Ahead("anna@example.com");
        telegram.Begins(77, "Anna", visit.Link);
        await world.RunJobs();
        var letter = Plain(Assert.Single(server.Letters).Raw);
        Assert.Contains($"v/{visit.Link}", letter);
        Assert.Contains("BEGIN:VEVENT", letter);
        await Until(visit, 23);
        Assert.Equal(2, server.Letters.Count);
        Assert.Empty(telegram.Sent);
        await Until(visit, 19);
        await Until(visit, 19);
        Assert.Equal(77, Assert.Single(telegram.Sent).Chat);
        Assert.Contains($"v/{visit.Link}", telegram.Sent[0].Text);
        await Until(visit, 1);
        await using var db = world.Db();
        var task = await db.Set<WorkTask>().SingleAsync(t => t.RecordId == visit.Id);
        Assert.True(task.Urgent && task.PersonId == await world.OwnerId());
        var page = await world.Text($"visits/{visit.Id}");
        foreach (var part in new[] { "anna@example.com", "Anna", "Olga Owner" })
            Assert.Contains(part, page);
        Assert.Equal((2, 1), (server.Letters.Count, telegram.Sent.Count));
    }

    [Fact]
    public async Task A_channel_that_leads_nowhere_hands_over_at_once_and_says_why()
    {
        await Telegram();
        telegram.Says = "Forbidden: bot was blocked by the user";
        var visit = await Ahead(null);
        telegram.Begins(78, "Ivan", visit.Link);
        await Until(visit, 23);
        await using var db = world.Db();
        var tried = await db.Set<VisitReminder>().Where(r => r.VisitId == visit.Id).ToDictionaryAsync(r => r.Channel);
        Assert.Equal((false, false, true), (tried[Channel.Mail].Reached, tried[Channel.Telegram].Reached, tried[Channel.Call].Reached));
        Assert.Contains("bot was blocked", tried[Channel.Telegram].Said);
        Assert.Equal(1, await db.Set<WorkTask>().CountAsync(t => t.RecordId == visit.Id));
    }

    [Fact]
    public async Task Who_has_confirmed_is_asked_no_more()
    {
        await Mail();
        var visit = await Ahead("boris@example.com");
        await world.NewVisitor().Post($"v/{visit.Link}/confirm");
        await world.RunJobs();
        var letters = server.Letters.Count;
        await Until(visit, 1);
        Assert.Equal(letters, server.Letters.Count);
        await using var db = world.Db();
        Assert.False(await db.Set<VisitReminder>().AnyAsync());
    }

    [Fact]
    public async Task The_token_of_the_bot_is_tried_before_it_is_kept_and_lies_sealed()
    {
        Assert.Contains(
            "Unauthorized",
            await world.Owner.PostAndRead(
                "telegram",
                ("telegram_address", telegram.Address),
                ("telegram_token", "1:" + new string('x', 35))
            )
        );
        Assert.Contains(
            "does not answer",
            await world.Owner.PostAndRead("telegram", ("telegram_address", "http://127.0.0.1:9"), ("telegram_token", TelegramStandIn.Token))
        );
        Assert.Contains(
            "https://",
            await world.Owner.PostAndRead("telegram", ("telegram_address", "http://example.com"), ("telegram_token", TelegramStandIn.Token))
        );
        await Telegram();
        await using var db = world.Db();
        Assert.DoesNotContain(TelegramStandIn.Token, (await db.Set<TelegramSettings>().SingleAsync()).TokenSealed);
        Assert.DoesNotContain(TelegramStandIn.Token, await world.Text("telegram"));
    }

    [Theory]
    [InlineData("2026-03-05T16:00", 20, "2026-03-04T19:00")]
    [InlineData("2026-03-05T10:00", 24, "2026-03-04T10:00")]
    [InlineData("2026-03-05T05:00", 24, "2026-03-03T19:00")]
    public void Nobody_is_asked_at_night(string start, int hours, string expected) =>
        Assert.Equal(At(expected), VisitReminder.When(At(start), hours, At("2026-03-01T10:00")));

    private static DateTime At(string text) =>
        DateTime.SpecifyKind(DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc);

    // At noon, so that no channel's hour falls into the night.
    private async Task<Visit> Ahead(string? email)
    {
        var client = await world.Client("Orbita", email, "+359 2 123");
        return await world.Visit(client, await world.OwnerId(), Scene.Workday(4), "15:30");
    }

    private Task Until(Visit visit, int hours) => world.RunJobs(world.Firm().Moment(visit.StartsAt.AddHours(-hours)));

    private async Task Mail() =>
        await world.Post(
            "mail",
            ("mail_host", "127.0.0.1"),
            ("mail_port", $"{server.Port}"),
            ("mail_sender", "office@example.com"),
            ("mail_sender_name", "Meridian")
        );

    private async Task Telegram() =>
        Assert.Contains(
            "@meridian_bot",
            await world.Owner.PostAndRead("telegram", ("telegram_address", telegram.Address), ("telegram_token", TelegramStandIn.Token))
        );

    // The parts of a letter as text, whichever way each was carried.
    private static string Plain(string data) =>
        string.Join(
            '\n',
            data.ReplaceLineEndings("\n")
                .Split("\n\n")
                .Select(part =>
                {
                    var body = part.Split("\n--")[0];
                    try
                    {
                        return System.Text.Encoding.UTF8.GetString(Convert.FromBase64String(body.Replace("\n", "")));
                    }
                    catch (FormatException)
                    {
                        return body.Replace("=\n", "").Replace("=3D", "=");
                    }
                })
        );
}
