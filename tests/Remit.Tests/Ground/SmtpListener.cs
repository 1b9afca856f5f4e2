using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Remit.Tests.Ground;

/// <summary>As much of an SMTP server (RFC 5321, AUTH LOGIN) as a letter needs to arrive.</summary>
internal sealed partial class SmtpListener : IAsyncDisposable
{
    public sealed record Received(string From, string To, string Data, string Raw);

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;
    private readonly CancellationTokenSource stop = new();

    public SmtpListener()
    {
        listener.Start();
        serving = Serve();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;
    public List<Received> Letters { get; } = [];
    public string SignedIn { get; private set; } = "";

    /// <summary>What it answers to a recipient instead of taking them.</summary>
    public string? Says { get; set; }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                try
                {
                    await Talk(client.GetStream());
                }
                catch (IOException) { }
            }
        }
        catch (OperationCanceledException) { }
    }

    private async Task Talk(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        using var writer = new StreamWriter(stream, new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
        var (from, to) = ("", "");
        await writer.WriteLineAsync("220 test");
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            switch (line.Split(' ')[0].ToUpperInvariant())
            {
                case "EHLO":
                    await writer.WriteLineAsync("250-test\r\n250 AUTH LOGIN");
                    break;
                case "AUTH":
                    var user = line.Split(' ') is [_, _, var given] ? given : await Asked("VXNlcm5hbWU6");
                    SignedIn = $"{Plain(user)}/{Plain(await Asked("UGFzc3dvcmQ6"))}";
                    await writer.WriteLineAsync("235 ok");
                    break;
                case "MAIL":
                    from = Address.Match(line).Groups[1].Value;
                    await writer.WriteLineAsync("250 ok");
                    break;
                case "RCPT":
                    to = Address.Match(line).Groups[1].Value;
                    await writer.WriteLineAsync(Says ?? "250 ok");
                    break;
                case "DATA":
                    await writer.WriteLineAsync("354 go on");
                    var data = new StringBuilder();
                    while (await reader.ReadLineAsync(stop.Token) is { } next && next != ".")
                        data.AppendLine(next);
                    Letters.Add(new Received(from, to, Decoded(data.ToString()), data.ToString()));
                    await writer.WriteLineAsync("250 taken");
                    break;
                case "QUIT":
                    await writer.WriteLineAsync("221 bye");
                    return;
                default:
                    await writer.WriteLineAsync("250 ok");
                    break;
            }
        }

        async Task<string> Asked(string prompt)
        {
            await writer.WriteLineAsync("334 " + prompt);
            return await reader.ReadLineAsync(stop.Token) ?? "";
        }
    }

    private static string Plain(string base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64));

    // Head as it is, body out of its transfer encoding.
    private static string Decoded(string data)
    {
        var cut =
            data.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var crlf && crlf >= 0
                ? crlf
                : data.IndexOf("\n\n", StringComparison.Ordinal);
        var (head, body) = (data[..cut], data[cut..].Trim());
        return head + "\n" + (head.Contains("base64") ? Plain(body.ReplaceLineEndings("")) : body.Replace("=\r\n", "").Replace("=\n", ""));
    }

    [GeneratedRegex("<([^>]*)>")]
    private static partial Regex Address { get; }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await serving;
        listener.Stop();
        stop.Dispose();
    }
}
