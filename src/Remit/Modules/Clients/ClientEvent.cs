using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Clients;

public enum EventKind
{
    Note,
    Call,
    Mail,
}

/// <summary>What was said or learnt: a note about a client, or a call with its result. It stays when the person leaves.</summary>
[PartOf(typeof(Client), nameof(ClientId))]
public sealed class ClientEvent : IRecord
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid ClientId { get; private init; }
    public EventKind Kind { get; private init; }
    public string Text { get; private init; } = "";
    public Guid? ContactId { get; private init; }

    /// <summary>Whether the one spoken to decided then; a contact's mark may change later.</summary>
    public bool DecisionMaker { get; private init; }
    public bool Incoming { get; private init; }

    /// <summary>A call that nobody answered is an attempt: told on the timeline, and no call by which work is counted.</summary>
    public bool Reached { get; private init; }
    public Guid? ById { get; private init; }
    public DateTime At { get; private init; }
    public string Title => Text.Length > 80 ? Text[..80] + "…" : Text;

    public static ClientEvent Note(Client client, string? text, Guid? by, DateTime at) =>
        new()
        {
            ClientId = client.Id,
            Kind = EventKind.Note,
            Text = Filled(text, "event.no_text", "event_text"),
            Reached = true,
            ById = by,
            At = at,
        };

    /// <summary>A letter that goes out with this save; its subject is its first line.</summary>
    public static ClientEvent Mail(Client client, Contact? contact, string? subject, string? text, Guid? by, DateTime at)
    {
        var (line, body) = (
            Filled(subject, "event.no_mail_subject", "mail_subject").ReplaceLineEndings(" "),
            Filled(text, "event.no_text", "mail_text")
        );
        Must(line.Length <= 200 && body.Length <= 20_000, "event.long_mail");
        return new()
        {
            ClientId = client.Id,
            Kind = EventKind.Mail,
            ContactId = contact?.Id,
            DecisionMaker = contact?.DecisionMaker == true,
            Text = $"{line}\n{body}",
            Reached = true,
            ById = by,
            At = at,
        };
    }

    public static ClientEvent Call(Client client, Contact? contact, string? text, bool incoming, bool reached, Guid? by, DateTime at)
    {
        Must(contact is null || contact.ClientId == client.Id, "event.other_client");
        return new()
        {
            ClientId = client.Id,
            Kind = EventKind.Call,
            ContactId = contact?.Id,
            DecisionMaker = contact?.DecisionMaker == true,
            Incoming = incoming,
            Text = reached ? Filled(text, "event.no_result", "event_text") : text?.Trim() ?? "",
            Reached = reached,
            ById = by,
            At = at,
        };
    }
}

internal sealed class ClientEventTable : IEntityTypeConfiguration<ClientEvent>
{
    public void Configure(EntityTypeBuilder<ClientEvent> t)
    {
        t.ToTable("client_events").Ignore(e => e.Title);
        t.HasIndex(e => new
        {
            e.ClientId,
            e.At,
            e.Id,
        });
        t.HasIndex(e => new { e.ById, e.At });
    }
}
