using System.Diagnostics;
using System.Net.Sockets;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Mail;
using Remit.Modules.People;
using Remit.Modules.Received.Reading;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Received;

/// <summary>
/// Reads the firm's mailbox (IMAP) every minute. Nothing there is changed: how far it was read is kept here, in the save
/// that takes a letter in, so none is lost and none comes twice.
/// </summary>
internal sealed class MailboxReading(
    FirmStore firms,
    OutsideWeb web,
    IDataProtectionProvider keys,
    Taking taking,
    ILogger<MailboxReading> log
) : IComesAgain
{
    private const int MostAtOnce = 50,
        MailHours = 6;

    /// <summary>What the server says between two letters; a letter that is taken is no longer than that.</summary>
    private const long MostSaid = LetterReader.MostBytes + (4L << 20);
    private static readonly TimeSpan rhythm = TimeSpan.FromMinutes(1),
        patience = TimeSpan.FromSeconds(30),
        overlap = TimeSpan.FromMinutes(10);

    /// <summary>After that no further letter is begun, and the server is hung up on.</summary>
    private static readonly TimeSpan enough = TimeSpan.FromSeconds(90),
        longest = TimeSpan.FromMinutes(3);

    public string Kind => MailboxLook.Kind;

    public async Task Run(JobWork work)
    {
        var box = await work.Db.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync();
        if (box is not { IsRead: true })
            return;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(work.Cancel);
        limit.CancelAfter(longest);
        try
        {
            var more = await Talk(work, box, limit.Token);
            work.Next = more ? work.Now : work.Now + rhythm;
        }
        catch (Exception e) when (Why(e, box, work.Cancel) is { } refusal)
        {
            if (e is not (Refusal or IOException or SocketException or ProtocolException or AuthenticationException))
                log.LogWarning(e, "Mailbox of {Firm}", work.Slug);
            work.Next = work.Now + await Failed(work, refusal);
        }
    }

    /// <summary>Whether there are more than one run takes.</summary>
    private async Task<bool> Talk(JobWork work, Mailbox box, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        using var client = new ImapClient { Timeout = (int)patience.TotalMilliseconds, CheckCertificateRevocation = false };
        // A password goes through no open line, except within the own network where that was allowed.
        if (box.Line == MailboxLine.Open && !web.OwnNetwork)
            throw new Refusal("mailbox.open_line");
        using var soon = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        soon.CancelAfter(patience);
        var line = new BoundedLine(await web.ConnectMail(box.Host, box.Port, soon.Token), MostSaid);
        await client.ConnectAsync(
            line,
            box.Host,
            box.Port,
            box.Line switch
            {
                MailboxLine.Tls => SecureSocketOptions.SslOnConnect,
                MailboxLine.StartTls => SecureSocketOptions.StartTls,
                _ => SecureSocketOptions.None,
            },
            cancel
        );
        await client.AuthenticateAsync(box.UserName, box.Password(keys), cancel);
        var folder = box.Folder.Equals("INBOX", StringComparison.OrdinalIgnoreCase)
            ? client.Inbox
            : await client.GetFolderAsync(box.Folder, cancel);
        await folder.OpenAsync(FolderAccess.ReadOnly, cancel);
        var (found, taken) = (await New(work, folder, cancel), 0);
        for (; taken < Math.Min(found.Count, MostAtOnce) && Stopwatch.GetElapsedTime(began) < enough; taken++)
        {
            line.Begin();
            await Take(work, box, folder, found[taken], cancel);
        }
        await client.DisconnectAsync(true, cancel);
        await Note(work, state => state.Went(work.Now));
        return taken < found.Count;
    }

    // What lay there before the mailbox was named here is left alone.
    private async Task<List<UniqueId>> New(JobWork work, IMailFolder folder, CancellationToken cancel)
    {
        var (numbering, last) = (0L, 0L);
        await Note(
            work,
            state =>
            {
                if (state.Numbering == 0)
                    state.Begin(folder.UidValidity, (folder.UidNext?.Id ?? 1) - 1);
                (numbering, last) = (state.Numbering, state.LastNumber);
            }
        );
        if (numbering == folder.UidValidity)
            return
            [
                .. (await folder.SearchAsync(SearchQuery.Uids(new UniqueIdRange(new UniqueId((uint)last + 1), UniqueId.MaxValue)), cancel))
                    .Where(u => u.Id > last)
                    .OrderBy(u => u.Id),
            ];
        // The server counts anew: what was delivered since the last look is gone through again, and what is known already adds nothing.
        var since = ((await work.Db.Set<MailboxState>().AsNoTracking().SingleAsync()).DoneAt ?? work.Now) - overlap;
        var near = await folder.SearchAsync(SearchQuery.DeliveredAfter(since.Date.AddDays(-1)), cancel);
        var again =
            near.Count == 0
                ? []
                : (await folder.FetchAsync(near, MessageSummaryItems.UniqueId | MessageSummaryItems.InternalDate, cancel))
                    .Where(m => m.InternalDate is not { } at || at.UtcDateTime >= since)
                    .Select(m => m.UniqueId)
                    .OrderBy(u => u.Id)
                    .ToList();
        await Note(work, state => state.Begin(folder.UidValidity, (again.Count > 0 ? again[0].Id : folder.UidNext?.Id ?? 1) - 1));
        return again;
    }

    private async Task Take(JobWork work, Mailbox box, IMailFolder folder, UniqueId id, CancellationToken cancel)
    {
        var summary = (
            await folder.FetchAsync([id], MessageSummaryItems.UniqueId | MessageSummaryItems.Size | MessageSummaryItems.Envelope, cancel)
        ).FirstOrDefault();
        try
        {
            if (summary is { Size: > LetterReader.MostBytes })
                throw new Refusal("received.too_big", ("most", LetterReader.MostBytes >> 20));
            await using var db = firms.Open(work.Slug);
            await db.StartWriting();
            // Saved with the letter, so that neither is without the other.
            var state = await State(db);
            state.Pass(id.Id, added: summary is not null);
            var taken = summary is null
                ? null
                : await taking.Take(
                    db,
                    work.Slug,
                    await Bytes(folder, id, cancel),
                    new(ReceivedWay.Mailbox),
                    new(work.Firm, box.Root, work.Now)
                );
            if (taken is { Known: false })
                return;
            if (taken is not null)
                state.TookNothing();
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (Refused)
        {
            // Counted and told already, in the save that passed it by.
            await Note(work, state => state.TookNothing());
        }
        catch (Exception e)
            when (e
                    is Refusal
                        or not (
                            IOException
                            or OperationCanceledException
                            or SocketException
                            or ProtocolException
                            or ServiceNotConnectedException
                            or CommandException
                        )
            )
        {
            // One letter that cannot be taken does not keep back those behind it.
            if (e is not Refusal)
                log.LogError(e, "Letter {Number} of {Firm}", id.Id, work.Slug);
            var why = e is Refusal refusal ? work.T.Of(refusal) : "—";
            await Note(work, state => state.Pass(id.Id, added: false));
            foreach (var person in await work.Db.Sorters(work.Today))
                work.Db.Tell(
                    NoticeSort.System,
                    person,
                    "notice.mailbox_left_out",
                    "letters",
                    ("letter", LetterReader.Line(summary?.Envelope?.Subject, 100)),
                    ("why", why)
                );
        }
    }

    private static async Task<byte[]> Bytes(IMailFolder folder, UniqueId id, CancellationToken cancel)
    {
        await using var stream = await folder.GetStreamAsync(id, "", cancel);
        using var all = new MemoryStream();
        await stream.CopyToAsync(all, cancel);
        return all.ToArray();
    }

    private async Task Note(JobWork work, Action<MailboxState> what)
    {
        await using var db = firms.Open(work.Slug);
        await db.StartWriting();
        what(await State(db));
        await db.SaveChangesAsync(CancellationToken.None);
    }

    private static async Task<MailboxState> State(AppDb db)
    {
        if (await db.Set<MailboxState>().SingleOrDefaultAsync() is { } state)
            return state;
        db.Add(state = new MailboxState());
        return state;
    }

    // A server that does not answer is asked ever more seldom, four times a day at least; the owner hears once.
    private async Task<TimeSpan> Failed(JobWork work, Refusal refusal)
    {
        var (why, failures) = (work.T.Of(refusal), 0);
        await Note(
            work,
            state =>
            {
                state.Failed(work.Now, why);
                failures = state.Failures;
            }
        );
        if (failures == 3)
            foreach (var owner in await work.Db.Set<Person>().Where(p => p.Active && p.Role == Role.Owner).Select(p => p.Id).ToListAsync())
                work.Db.Tell(NoticeSort.System, owner, "notice.mailbox_fails", "mail", ("why", why));
        return TimeSpan.FromMinutes(Math.Min(MailHours * 60, Math.Pow(2, Math.Min(failures, 9))));
    }

    // Whatever it is, the mailbox is looked at again: a job that gives up would lose letters without a word.
    private static Refusal? Why(Exception e, Mailbox box, CancellationToken cancel) =>
        e switch
        {
            Refusal refusal => refusal,
            OperationCanceledException when cancel.IsCancellationRequested => null,
            AuthenticationException => new("mailbox.sign_in", ("host", box.Host)),
            SslHandshakeException => new(
                "mailbox.certificate",
                ("host", box.Host),
                ("why", e.InnerException?.Message ?? e.Message.Split('\n')[0])
            ),
            FolderNotFoundException => new("mailbox.no_folder", ("folder", box.Folder)),
            _ => new("mailbox.no_answer", ("host", box.Host), ("why", e.Message.Split('\n')[0])),
        };
}
