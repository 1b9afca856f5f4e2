using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Mail;
using Remit.Storage;
using Remit.Web;

namespace Remit.Tests.Ground;

/// <summary>Letters leave by the protocol itself, to a small server that speaks it.</summary>
public sealed class Mail_out : IAsyncLifetime
{
    private readonly World world = new();
    private readonly SmtpListener server = new();

    public Task InitializeAsync() => world.InitializeAsync();

    public async Task DisposeAsync()
    {
        await server.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task A_letter_arrives_with_its_words_and_after_signing_in()
    {
        Assert.Contains("there is no mail server yet", await world.Owner.PostAndRead("mail/test"));
        await SetUp(("mail_user", "remit"), ("mail_password", "пароль 1"));
        await world.Post("mail/test");
        Assert.Equal(1, await world.RunJobs());
        var letter = Assert.Single(server.Letters);
        Assert.Equal(("office@example.com", "olga@example.com"), (letter.From, letter.To));
        Assert.Equal("remit/пароль 1", server.SignedIn);
        Assert.Contains("Message-ID: ", letter.Data);
        Assert.Contains("The mail of Remit works", letter.Data);
    }

    [Fact]
    public async Task A_letter_waits_while_the_server_is_away_and_leaves_when_it_is_back()
    {
        await SetUp();
        server.Says = "451 4.3.0 come back later";
        await Send("Ivan@example.com");
        await world.RunJobs();
        Assert.Empty(server.Letters);
        server.Says = null;
        Assert.Equal(1, await world.RunJobs(DateTime.UtcNow.AddMinutes(1)));
        Assert.Single(server.Letters);
    }

    [Fact]
    public async Task An_address_that_the_server_will_never_take_is_not_tried_again()
    {
        await SetUp();
        server.Says = "550 5.1.1 no such user";
        await Send("nobody@example.com");
        await world.RunJobs();
        Assert.Contains("nobody@example.com", await world.Text("jobs"));
        server.Says = null;
        await world.RunJobs(DateTime.UtcNow.AddDays(1));
        Assert.Empty(server.Letters);
    }

    [Fact]
    public async Task The_password_lies_sealed_and_is_in_no_history()
    {
        await SetUp(("mail_user", "remit"), ("mail_password", "very-secret"));
        await using var db = world.Db();
        var settings = await db.Set<MailSettings>().AsNoTracking().SingleAsync();
        Assert.DoesNotContain("very-secret", settings.PasswordSealed);
        Assert.DoesNotContain(
            await db.Journal.Select(j => j.Values).ToListAsync(),
            v => v.Contains("very-secret") || v.Contains(settings.PasswordSealed)
        );
        Assert.DoesNotContain("very-secret", await world.Text("mail"));
    }

    [Fact]
    public async Task The_password_goes_neither_to_another_server_nor_over_an_open_line()
    {
        await SetUp(("mail_user", "remit"), ("mail_password", "very-secret"));
        var moved = await world.Post(
            "mail",
            ("version", "0"),
            ("mail_host", "localhost"),
            ("mail_port", "25"),
            ("mail_user", "remit"),
            ("mail_sender", "a@example.com")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, moved.StatusCode);
        var open = await world.Post(
            "mail",
            ("version", "0"),
            ("mail_host", "mail.example.com"),
            ("mail_port", "25"),
            ("mail_user", "remit"),
            ("mail_password", "x"),
            ("mail_sender", "a@example.com")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, open.StatusCode);
    }

    [Theory]
    [InlineData("a@client.example\r\nRCPT TO:<evil@evil.example>")]
    [InlineData("\"a\r\n RCPT TO:<evil@evil.example>\r\n \"@client.example")]
    [InlineData("a@client.example, evil@evil.example")]
    [InlineData("evil@evil.example (\r\n RCPT) <a@client.example>")]
    public async Task What_stands_in_an_address_or_a_subject_adds_no_line_to_a_letter(string to)
    {
        await SetUp();
        await using var db = world.Db();
        db.Later(new Letter(to, "Hi\r\nBcc: evil@evil.example\r\n\r\nno", "Text").Job());
        db.Later(new Letter("a@client.example", "Hi\r\nBcc: evil@evil.example\r\n\r\nno", "Text").Job());
        await db.SaveChangesAsync();
        await world.RunJobs();
        Assert.DoesNotContain(server.Letters, l => l.To.Contains("evil"));
        Assert.All(server.Letters, l => Assert.DoesNotMatch("(?im)^(Bcc|RCPT)", l.Raw.Split("\r\n\r\n")[0]));
    }

    private async Task Send(string to)
    {
        await using var db = world.Db();
        db.Later(new Letter(to, "Здравейте", "Привет").Job());
        await db.SaveChangesAsync();
    }

    private async Task SetUp(params (string, string)[] more)
    {
        var answer = await world.Post(
            "mail",
            [
                ("version", "0"),
                ("mail_host", "127.0.0.1"),
                ("mail_port", server.Port.ToString()),
                ("mail_sender", "office@example.com"),
                ("mail_sender_name", "Офис"),
                .. more,
            ]
        );
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
    }
}
