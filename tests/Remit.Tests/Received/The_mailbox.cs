using System.Net;
using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Remit.Kernel;
using Remit.Modules.Mail;
using Remit.Modules.Notices;
using Remit.Modules.Received;
using Remit.Storage;
using Remit.Tests.CommandLine;
using Remit.Tests.Dispatch;
using Remit.Web;

namespace Remit.Tests.Received;

/// <summary>Letters are read from a real IMAP server, where it is installed.</summary>
public sealed class The_mailbox : IAsyncLifetime
{
    private readonly World world = new();
    private Dovecot? server;

    public async Task InitializeAsync()
    {
        await world.InitializeAsync();
        server = await Dovecot.Start();
    }

    public async Task DisposeAsync()
    {
        if (server is not null)
            await server.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task New_letters_are_taken_once_and_nothing_in_the_mailbox_is_touched()
    {
        if (server is null)
            return;
        server.Deliver(Letters.Plain("old@client.example", "From before", "x"), minutesAgo: 60);
        await world.Client("Lagoda", "anna@lagoda.example");
        await SetUp();
        await Look();
        Assert.Empty(await Subjects());
        foreach (var n in Enumerable.Range(1, 3))
            server.Deliver(Letters.Plain("anna@lagoda.example", $"Question {n}", "Why?"));
        server.Deliver("this is no letter\n"u8.ToArray(), minutesAgo: 60);
        server.Deliver(Letters.Plain("anna@lagoda.example", "After the broken one", "Still here"));
        await Look();
        await Look();
        Assert.Equal(["After the broken one", "Question 1", "Question 2", "Question 3"], await Subjects());
        Assert.Equal(6, server.Untouched);
        Assert.Contains("letters taken: 4", await world.Text("mail"));
        server.CountAnew();
        server.Deliver(Letters.Plain("anna@lagoda.example", "After the move", "x"));
        await Look();
        Assert.Equal(["After the broken one", "After the move", "Question 1", "Question 2", "Question 3"], await Subjects());
        await using var db = world.Db();
        Assert.Equal(1, await db.Set<NoticeRow>().CountAsync(n => n.Key == "notice.mailbox_left_out"));
    }

    [Fact]
    public async Task A_flood_of_one_sender_is_passed_by_and_those_behind_it_come_in()
    {
        if (server is null)
            return;
        await SetUp();
        await Look();
        for (var n = 0; n < LeftLetters.MostADay + 2; n++)
            server.Deliver(Letters.Plain("robot@flood.example", $"Alarm {n}", "x"));
        server.Deliver(Letters.Plain("anna@lagoda.example", "Behind it", "x"));
        await Look();
        await Look();
        Assert.Equal(LeftLetters.MostADay + 1, (await Subjects()).Count);
        Assert.Contains("Behind it", await Subjects());
        Assert.Contains($"letters taken: {LeftLetters.MostADay + 1}", await world.Text("mail"));
        await using var db = world.Db();
        Assert.Equal(2, (await db.Set<LeftLetters>().SingleAsync()).Count);
        Assert.Equal(0, await db.Set<NoticeRow>().CountAsync(n => n.Key == "notice.mailbox_left_out"));
    }

    [Fact]
    public async Task A_wrong_password_and_a_missing_folder_are_said_and_the_owner_hears_once()
    {
        if (server is null)
            return;
        await SetUp(("mailbox_password", "wrong"));
        foreach (var _ in Enumerable.Range(0, 4))
            await Look();
        Assert.Contains("did not take the name and password", await world.Text("mail"));
        await SetUp(("mailbox_folder", "Nowhere"));
        await Look();
        Assert.Contains("no folder “Nowhere”", await world.Text("mail"));
        await using var db = world.Db();
        Assert.Equal(1, await db.Set<NoticeRow>().CountAsync(n => n.Key == "notice.mailbox_fails"));
    }

    [Fact]
    public async Task The_password_is_sealed_and_goes_to_no_other_server()
    {
        await SetUp(("mailbox_host", "imap.example.com"), ("mailbox_port", "993"), ("mailbox_line", "Tls"));
        await using var db = world.Db();
        var box = await db.Set<Mailbox>().AsNoTracking().SingleAsync();
        Assert.DoesNotContain("secret", box.PasswordSealed);
        Assert.DoesNotContain("secret", string.Concat(await db.Journal.Select(j => j.Values).ToListAsync()));
        var answer = await world.SetUpMailbox(
            ("version", $"{box.Version}"),
            ("mailbox_host", "other.example.com"),
            ("mailbox_user", "office")
        );
        Assert.Contains("the password the old one", System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task A_name_that_leads_into_the_own_network_is_not_asked()
    {
        using var web = new OutsideWeb(new ConfigurationBuilder().Build());
        Assert.Equal("outside.private", (await Assert.ThrowsAsync<Refusal>(() => web.Connect("127.0.0.1", 143, default))).Key);
    }

    [Fact]
    public async Task A_server_that_never_stops_talking_is_hung_up_on()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var said = Endless(listener);
        await SetUp(("mailbox_port", $"{((IPEndPoint)listener.LocalEndpoint).Port}"));
        await Look();
        Assert.InRange(await said, 1 << 20, 100 << 20);
        await using var db = world.Db();
        Assert.Equal(1, (await db.Set<MailboxState>().SingleAsync()).Failures);
    }

    // Answers the first command with a literal that has no end.
    private static async Task<long> Endless(TcpListener listener)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var line = client.GetStream();
        var (said, words) = (0L, new byte[1 << 16]);
        words.AsSpan().Fill((byte)'x');
        await line.WriteAsync("* OK [CAPABILITY IMAP4rev1] hello\r\n"u8.ToArray());
        try
        {
            _ = await line.ReadAsync(new byte[100]);
            await line.WriteAsync("* SEARCH {9999999999}\r\n"u8.ToArray());
            while (true)
            {
                await line.WriteAsync(words);
                said += words.Length;
            }
        }
        catch (IOException)
        {
            return said;
        }
    }

    [Fact]
    public async Task A_mail_server_can_pipe_letters_in_by_the_command_line()
    {
        using var remit = new RemitProgram();
        async Task<string> Pipe(byte[] letter)
        {
            using var process = remit.Started(["mail", "take", "-", "--firm", world.Slug], ("REMIT_DATA", world.Folder));
            await process.StandardInput.BaseStream.WriteAsync(letter);
            process.StandardInput.Close();
            var said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return $"{process.ExitCode} {said.Trim()}";
        }
        var raw = Letters.Plain("nobody@stranger.example", "Piped", "in");
        Assert.Equal("0 1 new, 0 known already.", await Pipe(raw));
        Assert.Equal("0 0 new, 1 known already.", await Pipe(raw));
        Assert.StartsWith("2 standard input: This is no letter", await Pipe("hello\n\nworld"u8.ToArray()));
        Assert.Contains("Piped", await world.Text("letters"));
    }

    private async Task SetUp(params (string Name, string Value)[] more)
    {
        await using var db = world.Db();
        var version = await db.Set<Mailbox>().Select(b => (int?)b.Version).SingleOrDefaultAsync();
        var fields = new Dictionary<string, string>
        {
            ["version"] = $"{version ?? 0}",
            ["mailbox_host"] = "127.0.0.1",
            ["mailbox_port"] = $"{server?.Port}",
            ["mailbox_line"] = "Open",
            ["mailbox_user"] = "office",
            ["mailbox_password"] = "secret",
        };
        foreach (var (name, value) in more)
            fields[name] = value;
        var answer = await world.SetUpMailbox([.. fields.Select(f => (f.Key, f.Value))]);
        Assert.True((int)answer.StatusCode == 303, await answer.Content.ReadAsStringAsync());
    }

    private async Task Look()
    {
        await using (var db = world.Db())
        {
            await db.AtOnce(MailboxLook.Job());
            await db.SaveChangesAsync();
        }
        await world.RunJobs();
    }

    private async Task<List<string>> Subjects()
    {
        await using var db = world.Db();
        return [.. (await db.Set<ReceivedLetter>().Select(l => l.Subject).ToListAsync()).Order(StringComparer.Ordinal)];
    }
}
