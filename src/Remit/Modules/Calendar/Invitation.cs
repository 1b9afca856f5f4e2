using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

public enum Reply { Waiting, Accepted, Declined, Proposed }

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
    public string Summary { get; private set; } = "";
    public string Place { get; private set; } = "";
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
    public int Version { get; set; }
    public string Title => $"{Name} · {Summary}";

    public static Invitation To(CalendarItem item, Guest guest, Guid? by, string root)
    {
        Must(System.Net.Mail.MailAddress.TryCreate(guest.Email, out _), "invitation.email", ("email", guest.Email));
        var made = new Invitation
        {
            CalendarItemId = item.Id, Name = guest.Name, Email = guest.Email, Language = guest.Language, TimeZone = guest.TimeZone, ClientId = guest.ClientId, SpeakerId = guest.SpeakerId,
            InvitedBy = by, Root = root, Uid = item.Uid,
        };
        (made.Summary, made.Place, made.StartsAt, made.EndsAt) = What(item);
        return made;
    }

    /// <summary>Takes over what the event says now; false where the guest knows it already.</summary>
    public bool Follow(CalendarItem item)
    {
        var now = What(item);
        if (Cancelled || now == (Summary, Place, StartsAt, EndsAt)) return false;
        if (now.StartsAt != StartsAt || now.EndsAt != EndsAt) (Reply, RepliedAt, ProposedAt) = (Reply.Waiting, null, null);
        (Summary, Place, StartsAt, EndsAt) = now;
        Sequence++;
        return true;
    }

    public bool Cancel()
    {
        if (Cancelled) return false;
        (Cancelled, Sequence) = (true, Sequence + 1);
        return true;
    }

    public void Answer(Reply reply, DateTime? proposed, string? note, DateTime now)
    {
        Must(!Cancelled, "invitation.cancelled", ("meeting", Summary));
        Must(StartsAt > now, "invitation.over", ("meeting", Summary));
        Must(reply != Reply.Proposed || proposed is not null, "invitation.no_time");
        (Reply, RepliedAt, ProposedAt, Note) = (reply, now, reply == Reply.Proposed ? proposed : null, note?.Trim() is { Length: > 0 and <= 1000 } n ? n : "");
    }

    /// <summary>The firm takes the time that the guest asked for; the guest has agreed to it by asking.</summary>
    public void Take()
    {
        Must(Reply == Reply.Proposed && ProposedAt is not null, "invitation.nothing_proposed", ("guest", Name));
        (StartsAt, EndsAt, Reply, ProposedAt, Sequence) = (ProposedAt!.Value, ProposedAt.Value + (EndsAt - StartsAt), Reply.Accepted, null, Sequence + 1);
    }

    public void WasSent(int sequence) => SentSequence = Math.Max(SentSequence, sequence);

    /// <summary>A letter does not come back; another one can follow it.</summary>
    public Refusal? WhyNotUndo() => SentSequence >= Sequence ? new("invitation.sent", ("guest", Name), ("meeting", Summary)) : null;

    private static (string Summary, string Place, DateTime StartsAt, DateTime EndsAt) What(CalendarItem item)
    {
        var main = item.Root().Components.First(c => c.Is(item.Component));
        var ends = item.EndsAt == CalendarItem.Forever || item.Repeats ? item.StartsAt.AddHours(1) : item.EndsAt;
        return (item.Summary, main.Text("URL") is { Length: > 0 } link ? link : main.Text("LOCATION"), item.StartsAt, ends);
    }
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
