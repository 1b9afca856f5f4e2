using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Remit.Tests.Received;

/// <summary>A real IMAP server from Debian, with one mailbox, run by whoever runs the test; null where it is not installed.</summary>
internal sealed class Dovecot : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("remit-imap-").FullName;
    private readonly Process process;
    private int letters;

    private Dovecot(int port)
    {
        Port = port;
        Write("users", "office:{PLAIN}secret::::::\n");
        foreach (var part in new[] { "new", "cur", "tmp" })
            Directory.CreateDirectory(Path.Combine(folder, "mail", part));
        // It runs as whoever runs the test; for root, who may not, as the users of its package.
        var root = Environment.UserName == "root";
        var (user, login, reader) = root
            ? ("dovecot", "dovenull", "mail")
            : (Environment.UserName, Environment.UserName, Environment.UserName);
        if (root)
            Output("chown", "-R", reader, Path.Combine(folder, "mail"));
        Output("chmod", "755", folder);
        Write(
            "dovecot.conf",
            $$"""
            base_dir = {{folder}}/run
            state_dir = {{folder}}/state
            log_path = {{folder}}/log
            protocols = imap
            listen = 127.0.0.1
            ssl = no
            disable_plaintext_auth = no
            default_internal_user = {{user}}
            default_internal_group = {{Output("id", "-gn", user)}}
            default_login_user = {{login}}
            first_valid_uid = 0
            first_valid_gid = 0
            mail_location = maildir:{{folder}}/mail
            passdb {
              driver = passwd-file
              args = {{folder}}/users
            }
            userdb {
              driver = static
              args = uid={{reader}} gid={{Output("id", "-gn", reader)}} home={{folder}} allow_all_users=yes
            }
            service anvil {
              chroot =
            }
            service imap-login {
              chroot =
              inet_listener imap {
                port = {{port}}
              }
              inet_listener imaps {
                port = 0
              }
            }
            service stats {
              chroot =
            }
            """
        );
        process = Process.Start(
            new ProcessStartInfo("dovecot", ["-F", "-c", Path.Combine(folder, "dovecot.conf")])
            {
                RedirectStandardError = true,
                RedirectStandardOutput = true,
            }
        )!;
    }

    public int Port { get; }

    public static async Task<Dovecot?> Start()
    {
        if (!File.Exists("/usr/sbin/dovecot"))
            return null;
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        var server = new Dovecot(port);
        for (var tries = 0; ; tries++)
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port);
                using var reader = new StreamReader(client.GetStream());
                if ((await reader.ReadLineAsync())?.StartsWith("* OK", StringComparison.Ordinal) == true)
                    return server;
            }
            catch (SocketException) when (tries < 100 && !server.process.HasExited)
            {
                await Task.Delay(100);
            }
    }

    /// <summary>A letter that is delivered.</summary>
    public void Deliver(byte[] letter, int minutesAgo = 0)
    {
        var name = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}.{Interlocked.Increment(ref letters)}.test";
        File.WriteAllBytes(Path.Combine(folder, "mail", "tmp", name), letter);
        File.SetLastWriteTimeUtc(Path.Combine(folder, "mail", "tmp", name), DateTime.UtcNow.AddMinutes(-minutesAgo));
        File.Move(Path.Combine(folder, "mail", "tmp", name), Path.Combine(folder, "mail", "new", name));
    }

    /// <summary>How many letters lie there that nobody has touched.</summary>
    public int Untouched =>
        Directory.GetFiles(Path.Combine(folder, "mail", "new")).Length
        + Directory.GetFiles(Path.Combine(folder, "mail", "cur")).Count(f => f.EndsWith(":2,", StringComparison.Ordinal));

    /// <summary>The server counts its letters anew, as after a move to another machine.</summary>
    public void CountAnew()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "mail"), "dovecot*"))
            File.Delete(file);
        Write(Path.Combine("mail", "dovecot-uidlist"), "3 V1234567 N1\n");
        if (Environment.UserName == "root")
            Output("chown", "mail", Path.Combine(folder, "mail", "dovecot-uidlist"));
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            Process.Start("kill", $"{process.Id}")!.WaitForExit();
            await process.WaitForExitAsync();
        }
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text, new UTF8Encoding(false));

    private static string Output(string program, params string[] words)
    {
        using var asked = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true })!;
        return asked.StandardOutput.ReadToEnd().Trim();
    }
}
