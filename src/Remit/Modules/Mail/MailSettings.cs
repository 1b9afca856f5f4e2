using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Mail;

/// <summary>The server through which the firm's letters leave; one row. Its password lies sealed by the node's keys.</summary>
public sealed class MailSettings : IVersioned
{
    private const string Purpose = "Remit.Mail";

    public static readonly Guid TheOne = new("00000000-0000-7000-8000-000000000030");
    public Guid Id { get; private init; } = TheOne;
    public string Host { get; private set; } = "";
    public int Port { get; private set; } = 587;

    /// <summary>STARTTLS. Without it a password travels in the open, so the two do not go together beyond this machine.</summary>
    public bool Encrypted { get; private set; } = true;
    public string UserName { get; private set; } = "";
    public string PasswordSealed { get; private set; } = "";
    public string Sender { get; private set; } = "";
    public string SenderName { get; private set; } = "";
    public int Version { get; set; }
    public string Title => Host;

    public void Describe(string? host, int port, bool encrypted, string? userName, string? sender, string? senderName)
    {
        Host = Filled(host, "mail.no_host", "mail_host");
        Must(Uri.CheckHostName(Host) != UriHostNameType.Unknown, "mail.host", ("host", Host));
        Must(port is > 0 and < 65536, "mail.port");
        Sender = Filled(sender, "mail.no_sender", "mail_sender");
        Must(System.Net.Mail.MailAddress.TryCreate(Sender, out _), "mail.address", ("address", Sender));
        (Port, Encrypted, UserName, SenderName) = (port, encrypted, userName?.Trim() ?? "", senderName?.Trim() ?? "");
        Must(Encrypted || UserName.Length == 0 || Host is "localhost" or "127.0.0.1" or "::1", "mail.open_password");
    }

    public void SetPassword(string password, IDataProtectionProvider keys) =>
        PasswordSealed = keys.CreateProtector(Purpose).Protect(password);

    public string Password(IDataProtectionProvider keys)
    {
        if (PasswordSealed.Length == 0)
            return "";
        try
        {
            return keys.CreateProtector(Purpose).Unprotect(PasswordSealed);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            throw new Refusal("mail.keys_lost");
        }
    }
}

internal sealed class MailSettingsTable : IEntityTypeConfiguration<MailSettings>
{
    public void Configure(EntityTypeBuilder<MailSettings> t) => t.ToTable("mail_settings").Ignore(m => m.Title);
}
