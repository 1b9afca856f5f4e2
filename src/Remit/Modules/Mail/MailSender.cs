using System.Net;
using System.Net.Mail;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Mail;

/// <summary>Sends a letter through the firm's server. What the server will never take fails at once, the rest is tried again.</summary>
public sealed class MailSender(IDataProtectionProvider keys, FileStore store) : IJobHandler, IPostOffice
{
    private static readonly SmtpStatusCode[] never =
        [SmtpStatusCode.MailboxUnavailable, SmtpStatusCode.MailboxNameNotAllowed, SmtpStatusCode.UserNotLocalWillForward];

    public string Kind => Letter.Kind;

    public Task<bool> IsOpen(AppDb db) => db.Set<MailSettings>().AnyAsync();

    public Task Run(JobWork work) => Send(work, work.Job.Read<Letter>());

    /// <summary>Sends within another job, which wants to know whether it left.</summary>
    public async Task Send(JobWork work, Letter letter)
    {
        var settings = await work.Db.Set<MailSettings>().AsNoTracking().SingleOrDefaultAsync() ?? throw new Refusal("mail.not_set");
        // «a@x.com, b@y.com» would be read as b with a for a name.
        if (!MailAddress.TryCreate(letter.To, out var to) || to.DisplayName.Contains('@')) throw new Refusal("mail.address", ("address", letter.To));
        using var message = new MailMessage(new MailAddress(settings.Sender, settings.SenderName, Encoding.UTF8), to)
        {
            Subject = letter.Subject.ReplaceLineEndings(" "), Body = letter.Text, SubjectEncoding = Encoding.UTF8, BodyEncoding = Encoding.UTF8,
        };
        // The same id on a second try lets the receiver see that it is the same letter.
        var id = $"{work.Job.Id:N}@{new MailAddress(settings.Sender).Host}";
        message.Headers.Add("Message-ID", $"<{id}>");
        // Where the firm reads its letters, answers are to come there.
        if (await work.Db.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync() is { } box && box.Address != settings.Sender.ToLowerInvariant()) message.ReplyToList.Add(new MailAddress(box.Address, settings.SenderName, Encoding.UTF8));
        if (letter.Calendar is { } calendar) Enclose(message, calendar, letter.Method);
        // What has been lost from the store since does not keep the letter back.
        foreach (var file in letter.Files.Where(f => File.Exists(store.Place(work.Slug, f.Sha256))))
            message.Attachments.Add(new Attachment(store.Open(work.Slug, file.Sha256), file.Name, file.Type));
        using var server = new SmtpClient(settings.Host, settings.Port) { EnableSsl = settings.Encrypted };
        if (settings.UserName.Length > 0) server.Credentials = new NetworkCredential(settings.UserName, settings.Password(keys));
        try
        {
            await server.SendMailAsync(message, work.Cancel);
            work.Db.Add(SentLetter.Of(work.Job.Id, id, letter, work.Now));
        }
        catch (SmtpFailedRecipientException e) when (never.Contains(e.StatusCode))
        {
            throw new Refusal("mail.rejected", ("address", letter.To), ("said", e.Message));
        }
    }

    // A file that asks something stands beside the words as another form of them, where mail programs look for it (RFC 6047).
    private static void Enclose(MailMessage message, string calendar, string? method)
    {
        message.Attachments.Add(Attachment.CreateAttachmentFromString(calendar, method is null ? "visit.ics" : "meeting.ics", Encoding.UTF8, "text/calendar"));
        if (method is not null) message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(calendar, new System.Net.Mime.ContentType($"text/calendar; method={method}; charset=utf-8")));
    }
}
