using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Received.Reading;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Received;

/// <summary>Where a letter stands: nobody knows whose it is, it is at its client or record, no person wrote it, or nobody wants it.</summary>
public enum ReceivedState
{
    Unsorted,
    Filed,
    Automatic,
    Rejected,
}

public enum ReceivedWay
{
    Mailbox,
    Page,
    Program,
}

/// <summary>A letter that came in, and what became of it. What it says of itself is its sender's claim.</summary>
public sealed class ReceivedLetter : IVersioned, ISearchable
{
    public const int LongestText = 20_000;

    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>By which the same letter is known again, whichever way it comes.</summary>
    public string Key { get; private init; } = "";

    /// <summary>Of what it says and brings: two letters under one id are two. Empty where it came before this was kept.</summary>
    public string Print { get; private init; } = "";
    public string FromName { get; private init; } = "";
    public string FromAddress { get; private init; } = "";
    public string ToAddresses { get; private init; } = "";
    public string Subject { get; private init; } = "";
    public string Text { get; private init; } = "";
    public LetterSort Sort { get; private init; }
    public ReceivedWay Way { get; private init; }
    public DateTime? SentAt { get; private init; }
    public DateTime ReceivedAt { get; private init; }

    /// <summary>Its moment on the timeline: when it came, and for one that a person brought later, when it was sent.</summary>
    public DateTime At { get; private init; }
    public ReceivedState State { get; private set; }
    public Guid? ClientId { get; private set; }
    public string AboutKind { get; private set; } = "";
    public Guid? AboutId { get; private set; }
    public string AboutPath { get; private set; } = "";

    /// <summary>The sender is not the one to whom the letter that is answered was sent.</summary>
    public bool FromAnother { get; private set; }

    /// <summary>What became of it, as a text key <c>received.became_…</c>.</summary>
    public string Became { get; private set; } = "";

    /// <summary>Said in words that are not ours: why a server could not deliver.</summary>
    public string Said { get; private set; } = "";

    /// <summary>What was not taken along, one to a line: key and name.</summary>
    public string Notes { get; private set; } = "";
    public Guid? SortedBy { get; private set; }
    public int Version { get; set; }
    public string Title => Subject.Length > 0 ? Subject : Sender;
    public string Sender =>
        FromName.Length > 0 ? FromName
        : FromAddress.Length > 0 ? FromAddress
        : "—";
    public string SearchText => $"{FromName} {FromAddress} {Subject}";
    public string Own => QuotedText.Own(Text);

    public static ReceivedLetter Of(ReadLetter read, byte[] raw, ReceivedWay way, DateTime now, DateTime at) =>
        new()
        {
            Key = KeyOf(read, raw),
            Print = PrintOf(read),
            FromName = read.From.Name,
            FromAddress = read.From.Address,
            ToAddresses = LetterReader.Cut(string.Join(", ", read.To.Concat(read.Copies).Select(p => p.Address)), 1000),
            Subject = read.Subject,
            Text = LetterReader.Cut(read.Text, LongestText),
            Sort = read.Sort,
            Way = way,
            SentAt = read.SentAt,
            ReceivedAt = now,
            At = at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond)),
            Notes = string.Join('\n', read.Notes.Select(n => $"{n.Key}\t{n.Name}")),
        };

    /// <summary>Its own id; a letter without one is known by its bytes.</summary>
    public static string KeyOf(ReadLetter read, byte[] raw) =>
        Convert.ToHexStringLower(SHA256.HashData(read.MessageId.Length > 0 ? Encoding.UTF8.GetBytes(read.MessageId) : raw));

    /// <summary>The way it came adds lines of its own to a letter's head, so those do not count.</summary>
    public static string PrintOf(ReadLetter read) =>
        Convert.ToHexStringLower(
            SHA256.HashData(
                Encoding.UTF8.GetBytes(
                    string.Join(
                        '\0',
                        [
                            read.From.Address,
                            read.Subject,
                            read.Text,
                            .. read.Calendars,
                            .. read.Files.Select(f => f.Name + Convert.ToHexStringLower(SHA256.HashData(f.Bytes))),
                        ]
                    )
                )
            )
        );

    public static string KeyOf(string messageId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)));

    /// <summary>It stands at this client; on its timeline.</summary>
    public void Belongs(Client client, Guid? by = null)
    {
        Must(State != ReceivedState.Filed || ClientId is null, "received.filed_already", ("letter", Title));
        (ClientId, State, SortedBy) = (client.Id, ReceivedState.Filed, by ?? SortedBy);
    }

    /// <summary>It is about this record.</summary>
    public void IsAbout(LetterAbout about, string became)
    {
        (AboutKind, AboutId, AboutPath, Became, State) = (about.Kind, about.Id, about.Path, became, ReceivedState.Filed);
        ClientId ??= about.ClientId;
    }

    public void Asks(Question question, string became = "question") => IsAbout(question.About(), became);

    /// <summary>No person wrote it, so nobody has to do anything.</summary>
    public void NeedsNobody(string became, string said = "") =>
        (State, Became, Said) = (ClientId is null && AboutId is null ? ReceivedState.Automatic : ReceivedState.Filed, became, said);

    /// <summary>A person has to look at it, though it is known whose it is.</summary>
    public void Wait() => State = ReceivedState.Unsorted;

    public void CameFromAnother() => FromAnother = true;

    public void Miss(string note, string name) => Notes = Notes.Length > 0 ? $"{Notes}\n{note}\t{name}" : $"{note}\t{name}";

    public void Reject(Guid? by)
    {
        Must(State is ReceivedState.Unsorted or ReceivedState.Automatic, "received.filed_already", ("letter", Title));
        (State, SortedBy) = (ReceivedState.Rejected, by);
    }
}

internal sealed class ReceivedLetterTable : IEntityTypeConfiguration<ReceivedLetter>
{
    public void Configure(EntityTypeBuilder<ReceivedLetter> t)
    {
        t.ToTable("received_letters").Ignore(l => l.Title).Ignore(l => l.Sender).Ignore(l => l.SearchText).Ignore(l => l.Own);
        t.HasIndex(l => new { l.Key, l.Print }).IsUnique();
        t.HasIndex(l => new { l.FromAddress, l.ReceivedAt });
        t.HasIndex(l => new { l.State, l.ReceivedAt });
        t.HasIndex(l => new
        {
            l.ClientId,
            l.At,
            l.Id,
        });
        t.HasIndex(l => l.AboutId);
    }
}
