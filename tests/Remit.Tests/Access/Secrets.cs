using System.Text;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Remit.Storage;
using Remit.Tests.Dispatch;
using Remit.Web;

namespace Remit.Tests.Access;

/// <summary>What must be known in the clear to be used lies sealed, and the keys are nobody else's.</summary>
public sealed class Secrets(World world) : IClassFixture<World>
{
    private const string MailPassword = "correct-horse-mail",
        Passphrase = "battery staple";

    [Fact]
    public async Task No_row_file_page_or_backup_holds_the_mail_password_or_the_telegram_token()
    {
        await using var telegram = await TelegramStandIn.Start();
        await world.Post(
            "mail",
            ("mail_host", "mail.example.com"),
            ("mail_port", "587"),
            ("mail_encrypted", "on"),
            ("mail_user", "remit"),
            ("mail_password", MailPassword),
            ("mail_sender", "a@example.com")
        );
        await world.Post("telegram", ("telegram_address", telegram.Address), ("telegram_token", TelegramStandIn.Token));
        await using var db = world.Db();
        Assert.NotEqual("", (await db.Set<Modules.Mail.MailSettings>().SingleAsync()).PasswordSealed);
        Assert.NotEqual("", (await db.Set<Modules.Telegram.TelegramSettings>().SingleAsync()).TokenSealed);
        var secrets = new[] { MailPassword, TelegramStandIn.Token, TelegramStandIn.Token.Split(':')[1] };
        foreach (var page in (string[])["mail", "telegram", "history", "jobs"])
            Assert.All(secrets, s => Assert.DoesNotContain(s, world.Text(page).Result));
        foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()!).Distinct())
            Assert.All(secrets, s => Assert.DoesNotContain(s, Rows(db, table)));
        // The whole data folder: database, its log, search index, keys.
        foreach (var file in Directory.EnumerateFiles(world.Folder, "*", SearchOption.AllDirectories))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var bytes = await reader.ReadToEndAsync();
            Assert.All(secrets, s => Assert.False(bytes.Contains(s, StringComparison.Ordinal), $"{file} holds it"));
        }
    }

    [Fact]
    public void The_keys_are_files_of_the_programs_own_user()
    {
        var keys = Path.Combine(world.Folder, "keys");
        Assert.NotEmpty(Directory.GetFiles(keys, "key-*.xml"));
        if (OperatingSystem.IsWindows())
            return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(keys));
        foreach (var file in Directory.GetFiles(keys))
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public void A_passphrase_seals_old_and_new_keys_and_nothing_else_opens_them()
    {
        var folder = Directory.CreateTempSubdirectory("remit-keys-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "key-old.xml"), "<key><value>old secret</value></key>");
            new KeyFolder(folder, null).StoreElement(new XElement("key", "plain secret"), "key-plain");
            var sealing = new KeyFolder(folder, Passphrase);
            sealing.StoreElement(new XElement("key", "new secret"), "key-new");
            Assert.All(Directory.GetFiles(folder, "*.xml"), f => Assert.DoesNotContain("secret", File.ReadAllText(f)));
            Assert.Equal(
                ["new secret", "old secret", "plain secret"],
                new KeyFolder(folder, Passphrase).GetAllElements().Select(e => e.Value).Order()
            );
            Assert.Contains("REMIT_KEY", Assert.Throws<CannotRun>(() => new KeyFolder(folder, null)).Message);
            Assert.Contains("does not open", Assert.Throws<CannotRun>(() => new KeyFolder(folder, "another")).Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Rows(AppDb db, string table)
    {
        var connection = db.Database.GetDbConnection();
        db.Database.OpenConnection();
        using var ask = connection.CreateCommand();
        ask.CommandText = $"SELECT * FROM \"{table}\"";
        using var rows = ask.ExecuteReader();
        var text = new StringBuilder();
        while (rows.Read())
            for (var n = 0; n < rows.FieldCount; n++)
                text.Append(rows.GetValue(n) is byte[] bytes ? Encoding.Latin1.GetString(bytes) : rows.GetValue(n)).Append('\n');
        return text.ToString();
    }
}
