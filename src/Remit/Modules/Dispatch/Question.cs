using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Modules.Clients;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Dispatch;

public enum QuestionState
{
    Open,
    Answered,
}

/// <summary>A client's question: who has it and why, until when, and what was answered. Between two people nothing falls through: it always has one.</summary>
public sealed class Question : IVersioned
{
    public const int Longest = 4000;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid ClientId { get; private init; }
    public Guid? ProductId { get; private init; }
    public string Text { get; private init; } = "";

    /// <summary>Who at the client asks, as they called themselves.</summary>
    public string AskedBy { get; private init; } = "";
    public DateTime AskedAt { get; private init; }

    /// <summary>Who wrote it down; null where the client did.</summary>
    public Guid? TakenBy { get; private init; }

    /// <summary>It came as a letter, so who asks is the letter's own word.</summary>
    public bool ByMail { get; private set; }

    /// <summary>Whom it is told to when it is late.</summary>
    public Guid? ManagerId { get; private init; }
    public Guid PersonId { get; private set; }

    /// <summary>Why this person, as data, so that each reads it in their own language.</summary>
    public string Why { get; private set; } = "";
    public DateTime DueAt { get; private init; }
    public DateTime? EscalatedAt { get; private set; }
    public QuestionState State { get; private set; }
    public string Answer { get; private set; } = "";
    public DateTime? AnsweredAt { get; private set; }
    public Guid? AnsweredBy { get; private set; }
    public int Version { get; set; }

    /// <summary>How it is called in a line; a letter by its subject.</summary>
    public string Title => Line.Length > 80 ? Line[..80] + "…" : Line;

    /// <summary>What it says beyond that line; empty where the line says it all.</summary>
    public string Words =>
        Text == Title ? ""
        : ByMail ? string.Join('\n', Text.Split('\n')[1..]).Trim()
        : Text;
    private string Line => ByMail ? Text.Split('\n')[0] : Text;

    public static Question Ask(
        Guid client,
        Guid? product,
        string? text,
        string? askedBy,
        Guid? takenBy,
        Guid? manager,
        DateTime now,
        DateTime dueAt
    )
    {
        var words = Filled(text, "question.no_text", "question_text");
        Must(words.Length <= Longest, "question.long_text", ("most", Longest));
        Must((askedBy?.Length ?? 0) <= 200, "question.long_name");
        return new()
        {
            ClientId = client,
            ProductId = product,
            Text = words,
            AskedBy = askedBy?.Trim() ?? "",
            AskedAt = now,
            TakenBy = takenBy,
            ManagerId = manager,
            DueAt = dueAt,
        };
    }

    public void CameByMail() => ByMail = true;

    public void GoTo(Guid person, RouteWhy why)
    {
        MustBeOpen();
        (PersonId, Why) = (person, JsonSerializer.Serialize(why));
    }

    public void Reply(string? answer, Guid? by, DateTime now)
    {
        MustBeOpen();
        (Answer, State, AnsweredAt, AnsweredBy) = (Filled(answer, "question.no_answer", "answer"), QuestionState.Answered, now, by);
    }

    public void Escalate(DateTime now) => EscalatedAt ??= now;

    public RouteWhy? Reason() => Why.Length > 0 ? JsonSerializer.Deserialize<RouteWhy>(Why) : null;

    private void MustBeOpen() => Must(State == QuestionState.Open, "question.answered_already", ("question", Title));
}

/// <summary>How long a question of a segment's clients may wait, in working hours; the one without a segment holds for the rest.</summary>
public sealed class QuestionTerm : IVersioned
{
    public const int Usual = 8;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string Segment { get; private init; } = "";
    public int Hours { get; private set; }
    public int Version { get; set; }
    public string Title => Segment;

    public static QuestionTerm For(string? segment, int hours)
    {
        var term = new QuestionTerm { Segment = segment?.Trim() ?? "" };
        term.Last(hours);
        return term;
    }

    public void Last(int hours)
    {
        Must(hours is > 0 and <= 400, "question.term_hours");
        Hours = hours;
    }
}

/// <summary>The secret link by which a client asks and sees how it stands: 128 random bits, the same for all their questions.</summary>
[PartOf(typeof(Client), nameof(ClientId))]
public sealed class ClientDoor : IRecord
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid ClientId { get; private init; }
    public string Link { get; private init; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    public string Title => "";

    public static ClientDoor Of(Guid client) => new() { ClientId = client };
}

internal sealed class QuestionTable : IEntityTypeConfiguration<Question>
{
    public void Configure(EntityTypeBuilder<Question> t)
    {
        t.ToTable("questions").Ignore(q => q.Title).Ignore(q => q.Words);
        t.HasIndex(q => new
        {
            q.PersonId,
            q.State,
            q.DueAt,
        });
        t.HasIndex(q => q.ClientId);
        t.HasIndex(q => new { q.State, q.DueAt });
    }
}

internal sealed class QuestionTermTable : IEntityTypeConfiguration<QuestionTerm>
{
    public void Configure(EntityTypeBuilder<QuestionTerm> t)
    {
        t.ToTable("question_terms").Ignore(q => q.Title);
        t.HasIndex(q => q.Segment).IsUnique();
    }
}

internal sealed class ClientDoorTable : IEntityTypeConfiguration<ClientDoor>
{
    public void Configure(EntityTypeBuilder<ClientDoor> t)
    {
        t.ToTable("client_doors").Ignore(d => d.Title);
        // Not unique: of two clients that are made one, both links go on working.
        t.HasIndex(d => d.ClientId);
        t.HasIndex(d => d.Link).IsUnique();
    }
}
