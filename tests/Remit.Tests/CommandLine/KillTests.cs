using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Clients;
using Remit.Modules.Papers;
using Remit.Storage;
using Remit.Storage.Engines;
using Xunit.Abstractions;

namespace Remit.Tests.CommandLine;

/// <summary>
/// The real server is killed (SIGKILL) in the middle of writes from several connections, again and again, on one firm.
/// Whatever it answered as saved is there afterwards, the journal holds, and no number is missing. REMIT_KILLS sets the rounds.
/// </summary>
public sealed partial class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Connections = 6,
        MostAnswers = 60;

    private readonly RemitProgram remit = new();
    private readonly string firm = "kill" + Guid.NewGuid().ToString("N")[..12];
    private readonly ConcurrentDictionary<Guid, bool> clients = new(),
        drafts = new();
    private readonly ConcurrentDictionary<Guid, long> issued = new();
    private FirmStore? store;

    [Fact]
    public async Task What_was_answered_as_saved_outlives_a_kill_at_any_moment()
    {
        var rounds = int.TryParse(Environment.GetEnvironmentVariable("REMIT_KILLS"), out var many) ? many : 10;
        var random = new Random();
        string? token = null;
        for (var round = 0; round < rounds; round++)
        {
            var (server, client) = await Start();
            using (server)
            using (client)
                try
                {
                    token ??= await SetUp(client);
                    client.DefaultRequestHeaders.Authorization = new("Bearer", token);
                    await WriteUntilKilled(server, client, random.Next(1, MostAnswers));
                }
                finally
                {
                    server.Kill();
                    await server.WaitForExitAsync();
                }
            await Check(round);
        }
        var (code, said, error) = await remit.Run("journal", "verify", "--firm", firm);
        Assert.True(code == 0, said + error);
        output.WriteLine(
            $"{rounds} kills: {clients.Count} clients, {drafts.Count} drafts, {issued.Count} issued invoices were answered as saved, and all are there."
        );
        Assert.True(issued.Count > rounds / 2, "Nothing was written, so nothing was tested.");
    }

    private async Task<(Process, HttpClient)> Start()
    {
        var port = FreePort();
        // On a server of many firms it would do the jobs of those that other tests are about.
        var server = remit.Started(
            ["serve"],
            ("REMIT_URLS", $"http://127.0.0.1:{port}"),
            ("REMIT_SIGNIN_LIMIT", "1000"),
            ("REMIT_JOBS", Environment.GetEnvironmentVariable("REMIT_TEST_POSTGRES") is null ? "on" : "off")
        );
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{port}"),
        };
        // Looked for now and then: asking without a pause would take the processor that the server needs to start.
        for (; ; await Task.Delay(25))
        {
            Assert.False(server.HasExited, "The server did not start.");
            using var knock = new TcpClient();
            try
            {
                await knock.ConnectAsync(IPAddress.Loopback, port);
                return (server, client);
            }
            catch (SocketException) { }
        }
    }

    private async Task<string> SetUp(HttpClient client)
    {
        await Form(
            client,
            "/",
            "/set-up",
            ("lang", "en"),
            ("firm", "Kill"),
            ("address", firm),
            ("country", "BG"),
            ("owner", "Olga"),
            ("email", "o@example.com"),
            ("password", World.Password)
        );
        await Form(client, $"/~{firm}/profile", $"/~{firm}/papers/company", ("company_title", "Kill"), ("hour_price", "60"), ("vat", "20"));
        return Token().Match(await Form(client, $"/~{firm}/profile", $"/~{firm}/profile/tokens", ("token_name", "Kill"))).Value;
    }

    private static async Task<string> Form(HttpClient client, string page, string to, params (string, string)[] fields)
    {
        var key = WebUtility.HtmlDecode(Key().Match(await client.GetStringAsync(page)).Groups[1].Value);
        var answer = await client.PostAsync(
            to,
            new FormUrlEncodedContent([
                .. fields.Select(f => KeyValuePair.Create(f.Item1, f.Item2)),
                new("__RequestVerificationToken", key),
            ])
        );
        Assert.True((int)answer.StatusCode < 400, $"{to}: {answer.StatusCode}");
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>The connection that gets the last answer kills; the others are in the middle of their writes then.</summary>
    private Task WriteUntilKilled(Process server, HttpClient client, int answers)
    {
        return Task.WhenAll(
            Enumerable
                .Range(0, Connections)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        try
                        {
                            while (true)
                            {
                                var one = await Post(client, "clients", new { name = "C" + Guid.NewGuid().ToString("N") });
                                clients[one.GetProperty("id").GetGuid()] = Answered();
                                var draft = await Post(
                                    client,
                                    "invoices",
                                    new
                                    {
                                        client = one.GetProperty("id").GetGuid(),
                                        lines = new[]
                                        {
                                            new
                                            {
                                                text = "Work",
                                                quantity_milli = 1000,
                                                unit = "hour",
                                                price_minor = 100,
                                            },
                                        },
                                    }
                                );
                                drafts[draft.GetProperty("id").GetGuid()] = Answered();
                                var invoice = await Post(client, $"invoices/{draft.GetProperty("id").GetGuid()}/issue", new { });
                                issued[invoice.GetProperty("id").GetGuid()] = invoice.GetProperty("number").GetInt64();
                                Answered();
                            }
                        }
                        catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException) { }
                    })
                )
        );

        bool Answered()
        {
            if (Interlocked.Decrement(ref answers) == 0)
                server.Kill();
            return true;
        }
    }

    private async Task<JsonElement> Post(HttpClient client, string path, object body)
    {
        var answer = await client.PostAsJsonAsync($"/~{firm}/api/v1/{path}", body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task Check(int round)
    {
        store ??= new FirmStore(
            Environment.GetEnvironmentVariable("REMIT_TEST_POSTGRES") is { Length: > 0 } server
                ? new PostgresEngine(server)
                : new SqliteEngine(remit.Data),
            []
        );
        await using var db = store.Open(firm);
        Assert.True(await db.Verify() is (_, null), $"The journal is broken in round {round}.");
        Assert.Empty(clients.Keys.Except(await db.Set<Client>().Select(c => c.Id).ToListAsync()));
        var invoices = await db.Set<Invoice>().AsNoTracking().ToDictionaryAsync(i => i.Id);
        Assert.Empty(drafts.Keys.Except(invoices.Keys));
        Assert.All(issued, i => Assert.Equal(i.Value, invoices[i.Key].Number));
        // Numbers of writes that were cut off are either whole or not there: none is missing, none stands twice.
        var numbers = invoices.Values.Where(i => i.Number is not null).ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => (long?)n), numbers.Select(i => i.Number).Order());
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => (long?)n), numbers.Select(i => i.ActNumber).Order());
        Assert.All(await db.Set<Counter>().Where(c => c.Name != "journal").ToListAsync(), c => Assert.Equal(numbers.Count, c.Last));
        // An invoice is never there without its lines, nor its facts: one transaction.
        Assert.Equal(invoices.Count, await db.Set<InvoiceLine>().Select(l => l.InvoiceId).Distinct().CountAsync());
        Assert.Equal(numbers.Count, await db.Set<Remit.Modules.Work.StatedFact>().CountAsync(f => f.Code == "invoice.issued"));
        (store.Engine as SqliteEngine)?.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose()
    {
        store?.Engine.Drop(firm).GetAwaiter().GetResult();
        remit.Dispose();
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Key();

    [GeneratedRegex("remit_[A-Za-z0-9_-]{43}")]
    private static partial Regex Token();
}
