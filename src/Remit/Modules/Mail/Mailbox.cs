using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Storage;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Mail;

public enum MailboxLine
{
    Tls,
    StartTls,
    Open,
}

/// <summary>
/// The address to which people write to the firm, and the mailbox (IMAP) in which their letters lie; one row. Without a
/// server the letters come another way: a mail server hands them to the command line.
/// </summary>
public sealed class Mailbox : IVersioned, IGuardsUndo
{
    private const string Purpose = "Remit.Mailbox";

    public static readonly Guid TheOne = new("00000000-0000-7000-8000-000000000095");
    public Guid Id { get; private init; } = TheOne;
    public string Address { get; private set; } = "";
    public string Host { get; private set; } = "";
    public int Port { get; private set; } = 993;
    public MailboxLine Line { get; private set; }
    public string UserName { get; private set; } = "";
    public string PasswordSealed { get; private set; } = "";
    public string Folder { get; private set; } = "INBOX";

    /// <summary>The position that sorts letters of strangers; the owner where there is none.</summary>
    public Guid? SorterPositionId { get; private set; }

    /// <summary>This firm's address, for links in what is sent on when no request is at hand.</summary>
    public string Root { get; private set; } = "";
    public int Version { get; set; }
    public string Title => Address;
    public bool IsRead => Host.Length > 0;

    public void Describe(string? address, Guid? sorter, string root)
    {
        Address = Filled(address, "mailbox.no_address", "mailbox_address").ToLowerInvariant();
        Must(System.Net.Mail.MailAddress.TryCreate(Address, out var good) && good.Address == Address, "mail.address", ("address", Address));
        (SorterPositionId, Root) = (sorter, root);
    }

    public void ReadFrom(string? host, int port, MailboxLine line, string? user, string? folder)
    {
        Host = host?.Trim() ?? "";
        if (Host.Length == 0)
        {
            (UserName, PasswordSealed) = ("", "");
            return;
        }
        Must(Uri.CheckHostName(Host) != UriHostNameType.Unknown, "mail.host", ("host", Host));
        Must(port is > 0 and < 65536, "mailbox.port");
        (Port, Line, UserName, Folder) = (
            port,
            line,
            Filled(user, "mailbox.no_user", "mailbox_user"),
            folder?.Trim() is { Length: > 0 } f ? f : "INBOX"
        );
    }

    public void SetPassword(string password, IDataProtectionProvider keys) =>
        PasswordSealed = keys.CreateProtector(Purpose).Protect(password);

    public string Password(IDataProtectionProvider keys)
    {
        Must(PasswordSealed.Length > 0, "mailbox.no_password");
        try
        {
            return keys.CreateProtector(Purpose).Unprotect(PasswordSealed);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            throw new Refusal("mail.keys_lost");
        }
    }

    /// <summary>The sealed password is in no journal, so nothing brings it back but typing it again.</summary>
    public Refusal? WhyNotUndo() => new("mailbox.no_undo");

    /// <summary>The address where the firm reads what people and their calendars answer; null where it reads nothing.</summary>
    public static Task<string?> AddressOf(AppDb db) => db.Set<Mailbox>().AsNoTracking().Select(m => m.Address).SingleOrDefaultAsync();
}

/// <summary>How far a mailbox was read. No journal is kept of it.</summary>
public sealed class MailboxState
{
    public Guid Id { get; private init; } = Mailbox.TheOne;

    /// <summary>What the server calls its numbering; another one makes the last number worthless.</summary>
    public long Numbering { get; private set; }
    public long LastNumber { get; private set; }
    public DateTime? TriedAt { get; private set; }
    public DateTime? DoneAt { get; private set; }
    public int Failures { get; private set; }
    public string Error { get; private set; } = "";
    public int Taken { get; private set; }

    public void Begin(long numbering, long last) => (Numbering, LastNumber) = (numbering, last);

    public void Pass(long number, bool added) => (LastNumber, Taken) = (Math.Max(LastNumber, number), Taken + (added ? 1 : 0));

    public void TookNothing() => Taken--;

    public void Went(DateTime now) => (TriedAt, DoneAt, Failures, Error) = (now, now, 0, "");

    public void Failed(DateTime now, string error) =>
        (TriedAt, Failures, Error) = (now, Failures + 1, error.Length > 1000 ? error[..1000] : error);

    public void Forget() => (Numbering, LastNumber, Failures, Error) = (0, 0, 0, "");
}

/// <summary>The job that reads the mailbox; it comes again by itself as long as there is one.</summary>
public sealed record MailboxLook
{
    public const string Kind = "mailbox.look";

    public static Job Job() => Storage.Job.Of(Kind, new MailboxLook(), once: Kind);
}

internal sealed class MailboxTable : IEntityTypeConfiguration<Mailbox>
{
    public void Configure(EntityTypeBuilder<Mailbox> t) => t.ToTable("mailboxes").Ignore(m => m.Title).Ignore(m => m.IsRead);
}

internal sealed class MailboxStateTable : IEntityTypeConfiguration<MailboxState>
{
    public void Configure(EntityTypeBuilder<MailboxState> t) => t.ToTable("mailbox_states");
}
