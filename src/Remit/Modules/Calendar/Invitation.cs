using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

public enum Reply
{
    Waiting,
    Accepted,
    Declined,
    Proposed,
    Tentative,
}

/// <summary>Somebody outside the firm who is asked to come, and how they are known to the letter.</summary>
public sealed record Guest(string Name, string Email, string Language, string TimeZone, Guid? ClientId, Guid? SpeakerId);

/// <summary>
/// A guest of an event: what they were told last, and what they answered. Letters follow what stands here; until one
/// has left, all of it can be undone.
/// </summary>
public sealed class Invitation : IVersioned, IGuardsUndo
{
    /// <summary>How long a letter waits, so that an undo comes before it: the bar offers ten seconds.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(20);

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid CalendarItemId { get; private init; }
    public string Name { get; private init; } = "";
    public string Email { get; private init; } = "";
    public string Language { get; private init; } = "en";
    public string TimeZone { get; private init; } = "";
    public Guid? ClientId { get; private init; }
    public Guid? SpeakerId { get; private init; }
    public Guid? InvitedBy { get; private init; }

    /// <summary>What the address of the guest's page ends in: 128 random bits.</summary>
    public string Link { get; private init; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>This firm's address, for letters that leave when no request is at hand.</summary>
    public string Root { get; private init; } = "";
    public string Uid { get; private init; } = "";

    /// <summary>The invitation to the series that this one goes on from, where somebody parted it.</summary>
    public Guid? Continues { get; private init; }

    /// <summary>The event as its guests may know it (<see cref="GuestCopy"/>): what stands there now, and what the last letter told.</summary>
    public string Says { get; private set; } = "";
    public string Told { get; private set; } = "";
    public string Summary { get; private set; } = "";
    public string Place { get; private set; } = "";

    /// <summary>The first start and the last end, of a series too.</summary>
    public DateTime StartsAt { get; private set; }
    public DateTime EndsAt { get; private set; }

    /// <summary>Grows with each change that the guest must hear of (iTIP, RFC 5546).</summary>
    public int Sequence { get; private set; }

    /// <summary>The last one that left by mail; −1 where none did.</summary>
    public int SentSequence { get; private set; } = -1;
    public bool Cancelled { get; private set; }
    public Reply Reply { get; private set; }
    public DateTime? RepliedAt { get; private set; }

    /// <summary>The other time that the guest asks for.</summary>
    public DateTime? ProposedAt { get; private set; }
    public string Note { get; private set; } = "";

    /// <summary>The start of which they were reminded last.</summary>
    public DateTime? Reminded { get; private set; }

    /// <summary>The answer came as a letter, so that it is the guest's is the letter's own word.</summary>
    public bool ByMail { get; private set; }
    public int Version { get; set; }
    public string Title => $"{Name} · {Summary}";

    public static Invitation To(CalendarItem item, Guest guest, Guid? by, string root)
    {
        Must(System.Net.Mail.MailAddress.TryCreate(guest.Email, out _), "invitation.email", ("email", guest.Email));
        var made = new Invitation
        {
            CalendarItemId = item.Id,
            Name = guest.Name,
            Email = guest.Email,
            Language = guest.Language,
            TimeZone = guest.TimeZone,
            ClientId = guest.ClientId,
            SpeakerId = guest.SpeakerId,
            InvitedBy = by,
            Root = root,
            Uid = item.Uid,
        };
        made.TakeOver(item);
        return made;
    }

    /// <summary>The same guest at the series that goes on from here; who had agreed to its times has agreed still.</summary>
    public Invitation Onto(CalendarItem rest, bool sameTimes)
    {
        var made = new Invitation
        {
            CalendarItemId = rest.Id,
            Name = Name,
            Email = Email,
            Language = Language,
            TimeZone = TimeZone,
            ClientId = ClientId,
            SpeakerId = SpeakerId,
            InvitedBy = InvitedBy,
            Root = Root,
            Uid = rest.Uid,
            Continues = Id,
        };
        made.TakeOver(rest);
        if (sameTimes && Reply != Reply.Proposed)
            (made.Reply, made.RepliedAt, made.Note) = (Reply, RepliedAt, Note);
        return made;
    }

    /// <summary>Takes over what the event says now; false where the guest knows it already.</summary>
    public bool Follow(CalendarItem item)
    {
        if (Cancelled)
            return false;
        if (GuestCopy.IsCalledOff(item))
            return Cancel();
        var says = GuestCopy.TextOf(item);
        var known = Says.Length > 0 ? GuestCopy.Same(Says, says) : (StartsAt, Summary) == (item.StartsAt, item.Summary);
        // Of one time that is moved the answer to the others stays.
        if (!known && !GuestCopy.SameTimes(Says, says))
            (Reply, RepliedAt, ProposedAt) = (Reply.Waiting, null, null);
        if (!known)
            Sequence++;
        if (!known || Says.Length == 0)
            TakeOver(item);
        return !known;
    }

    public bool Cancel()
    {
        if (Cancelled)
            return false;
        (Cancelled, Sequence) = (true, Sequence + 1);
        return true;
    }

    public void Answer(Reply reply, DateTime? proposed, string? note, DateTime now, bool byMail = false)
    {
        Must(!Cancelled, "invitation.cancelled", ("meeting", Summary));
        Must(EndsAt > now, "invitation.over", ("meeting", Summary));
        Must(reply != Reply.Proposed || proposed is not null, "invitation.no_time");
        (Reply, RepliedAt, ProposedAt, Note) = (
            reply,
            now,
            reply == Reply.Proposed ? proposed : null,
            note?.Trim() is { Length: > 0 and <= 1000 } n ? n : ""
        );
        ByMail = byMail;
    }

    /// <summary>Where an answer to a letter about it belongs.</summary>
    public LetterAbout About() => new("meeting", CalendarItemId, $"calendar/items/{CalendarItemId}", ClientId, InvitedBy);

    /// <summary>The firm takes the time that the guest asked for; the guest has agreed to it by asking.</summary>
    /// <param name="item">The event, moved there already.</param>
    public void Take(CalendarItem item)
    {
        Must(Reply == Reply.Proposed && ProposedAt is not null, "invitation.nothing_proposed", ("guest", Name));
        TakeOver(item);
        (Reply, ProposedAt, Sequence) = (Reply.Accepted, null, Sequence + 1);
    }

    public void WasSent(int sequence) => (SentSequence, Told) = (Math.Max(SentSequence, sequence), Says);

    public void WasReminded(DateTime of) => Reminded = of;

    /// <summary>A letter does not come back; another one can follow it.</summary>
    public Refusal? WhyNotUndo() => SentSequence >= Sequence ? new("invitation.sent", ("guest", Name), ("meeting", Summary)) : null;

    private void TakeOver(CalendarItem item) =>
        (Says, Summary, Place, StartsAt, EndsAt) = (
            GuestCopy.TextOf(item),
            item.Summary,
            GuestCopy.PlaceOf(item),
            item.StartsAt,
            item.EndsAt
        );
}

internal sealed class InvitationTable : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> t)
    {
        t.ToTable("invitations").Ignore(i => i.Title);
        t.HasIndex(i => i.CalendarItemId);
        t.HasIndex(i => i.Link).IsUnique();
    }
}
