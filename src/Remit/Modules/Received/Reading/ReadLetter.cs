namespace Remit.Modules.Received.Reading;

/// <summary>Who sent a letter: a person, a program that answers for one, a list, or a server that could not deliver.</summary>
public enum LetterSort
{
    Person,
    Automatic,
    Bulk,
    Bounce,
}

/// <summary>A name and an address, as the letter claims them.</summary>
public sealed record Party(string Name, string Address);

/// <summary>A file that came with a letter.</summary>
public sealed record ReadFile(string Name, byte[] Bytes);

/// <summary>What a server says of a letter that it could not deliver.</summary>
/// <param name="MessageId">Of the letter that came back; empty where the server does not say.</param>
public sealed record Bounce(string Address, string MessageId, string Reason);

/// <summary>A letter as a stranger's program wrote it: plain text, bounded, every word of it a claim.</summary>
public sealed record ReadLetter
{
    public required Party From { get; init; }
    public required IReadOnlyList<Party> To { get; init; }
    public required IReadOnlyList<Party> Copies { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; init; }

    /// <summary>When it was sent, as the sender's clock says; null where that cannot be read.</summary>
    public required DateTime? SentAt { get; init; }

    /// <summary>Without angle brackets; empty where there is none.</summary>
    public required string MessageId { get; init; }

    /// <summary>What it answers, the nearest first.</summary>
    public required IReadOnlyList<string> Answers { get; init; }
    public required LetterSort Sort { get; init; }
    public Bounce? Bounce { get; init; }
    public required IReadOnlyList<ReadFile> Files { get; init; }

    /// <summary>What mail programs say to each other about appointments (iTIP).</summary>
    public required IReadOnlyList<string> Calendars { get; init; }

    /// <summary>What was not taken along, and why: text keys <c>received.note_…</c> with the name of the thing.</summary>
    public required IReadOnlyList<LetterNote> Notes { get; init; }

    /// <summary>What the sender wrote, without the letters that it quotes.</summary>
    public string Own => QuotedText.Own(Text);
}

/// <summary>Something about a letter that its reader should know.</summary>
public sealed record LetterNote(string Key, string Name);
