using System.Net.Mail;
using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Mail;

/// <summary>Sends a letter through the firm's server. What the server will never take fails at once, the rest is tried again.</summary>
public sealed class MailSender(IDataProtectionProvider keys, FileStore store, OutsideWeb web) : IJobHandler, IPostOffice
{
    private const int TlsFromTheStart = 465;
    private static readonly MailKit.Net.Smtp.SmtpStatusCode[] never =
    [
        MailKit.Net.Smtp.SmtpStatusCode.MailboxUnavailable,
        MailKit.Net.Smtp.SmtpStatusCode.MailboxNameNotAllowed,
        MailKit.Net.Smtp.SmtpStatusCode.UserNotLocalWillForward,
    ];
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(100);

    public string Kind => Letter.Kind;

    public Task<bool> IsOpen(AppDb db) => db.Keep("mail is open", [typeof(MailSettings)], () => db.Set<MailSettings>().AnyAsync());

    public Task Run(JobWork work) => Send(work, work.Job.Read<Letter>());

    /// <summary>Sends within another job, which wants to know whether it left.</summary>
    public async Task Send(JobWork work, Letter letter)
    {
        var settings = await work.Db.Set<MailSettings>().AsNoTracking().SingleOrDefaultAsync() ?? throw new Refusal("mail.not_set");
        // «a@x.com, b@y.com» would be read as b with a for a name.
        if (!MailAddress.TryCreate(letter.To, out var to) || to.DisplayName.Contains('@'))
            throw new Refusal("mail.address", ("address", letter.To));
        using var message = new MailMessage(new MailAddress(settings.Sender, settings.SenderName, Encoding.UTF8), to)
        {
            Subject = letter.Subject.ReplaceLineEndings(" "),
            Body = letter.Text,
            SubjectEncoding = Encoding.UTF8,
            BodyEncoding = Encoding.UTF8,
        };
        // The same id on a second try lets the receiver see that it is the same letter.
        var id = $"{work.Job.Id:N}@{new MailAddress(settings.Sender).Host}";
        message.Headers.Add("Message-ID", $"<{id}>");
        // Where the firm reads its letters, answers are to come there.
        if (
            await work.Db.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync() is { } box
            && box.Address != settings.Sender.ToLowerInvariant()
        )
            message.ReplyToList.Add(new MailAddress(box.Address, settings.SenderName, Encoding.UTF8));
        if (letter.Calendar is { } calendar)
            Enclose(message, calendar, letter.Method);
        // What has been lost from the store since does not keep the letter back.
        foreach (var file in letter.Files.Where(f => File.Exists(store.Place(work.Slug, f.Sha256))))
            message.Attachments.Add(new Attachment(store.Open(work.Slug, file.Sha256), file.Name, file.Type));
        using var server = new MailKit.Net.Smtp.SmtpClient
        {
            Timeout = (int)patience.TotalMilliseconds,
            CheckCertificateRevocation = false,
        };
        var line = await web.ConnectMail(settings.Host, settings.Port, work.Cancel);
        await server.ConnectAsync(line, settings.Host, settings.Port, Security(settings), work.Cancel);
        if (settings.UserName.Length > 0)
            await server.AuthenticateAsync(settings.UserName, settings.Password(keys), work.Cancel);
        try
        {
            await server.SendAsync(Written(message), work.Cancel);
            await server.DisconnectAsync(true, work.Cancel);
            work.Db.Add(SentLetter.Of(work.Job.Id, id, letter, work.Now));
        }
        catch (SmtpCommandException e) when (e.ErrorCode == SmtpErrorCode.RecipientNotAccepted && never.Contains(e.StatusCode))
        {
            throw new Refusal("mail.rejected", ("address", letter.To), ("said", e.Message));
        }
    }

    // Cyrillic in base64 is half as long as in quoted-printable.
    private static MimeMessage Written(MailMessage message)
    {
        var written = (MimeMessage)message;
        foreach (var text in written.BodyParts.OfType<TextPart>())
            text.ContentTransferEncoding = ContentEncoding.Base64;
        return written;
    }

    private static SecureSocketOptions Security(MailSettings settings) =>
        !settings.Encrypted ? SecureSocketOptions.None
        : settings.Port == TlsFromTheStart ? SecureSocketOptions.SslOnConnect
        : SecureSocketOptions.StartTls;

    // A file that asks something stands beside the words as another form of them, where mail programs look for it (RFC 6047).
    private static void Enclose(MailMessage message, string calendar, string? method)
    {
        message.Attachments.Add(
            Attachment.CreateAttachmentFromString(calendar, method is null ? "visit.ics" : "meeting.ics", Encoding.UTF8, "text/calendar")
        );
        if (method is not null)
            message.AlternateViews.Add(
                AlternateView.CreateAlternateViewFromString(
                    calendar,
                    new System.Net.Mime.ContentType($"text/calendar; method={method}; charset=utf-8")
                )
            );
    }
}
