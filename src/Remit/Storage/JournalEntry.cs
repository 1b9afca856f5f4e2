using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;

namespace Remit.Storage;

public enum JournalKind
{
    Created,
    Updated,
    Deleted,
}

/// <summary>
/// One record changed in one save: who, when, values before and after. Each line carries the hash of the one before,
/// so that a line altered or removed afterwards breaks the chain where it stood.
/// </summary>
public sealed class JournalEntry
{
    public required long Seq { get; init; }

    /// <summary>The save this line belongs to: what one person did at once, and undoes at once.</summary>
    public required Guid ChangeId { get; init; }
    public required DateTime At { get; init; }
    public required Guid? ActorId { get; init; }
    public required string ActorName { get; init; }
    public required JournalKind Kind { get; init; }
    public required string Record { get; init; }
    public required Guid RecordId { get; init; }
    public required string Title { get; init; }
    public Titled Named => new(Record, Title);

    /// <summary>JSON: property → [before, after].</summary>
    public required string Values { get; init; }
    public required Guid? Undoes { get; init; }
    public required string Previous { get; init; }
    public string Hash { get; init; } = "";

    public string Seal()
    {
        // Whole milliseconds: the one precision both databases keep.
        var text = string.Join(
            '\u001f',
            Seq,
            ChangeId,
            new DateTimeOffset(At).ToUnixTimeMilliseconds(),
            ActorId,
            ActorName,
            Kind,
            Record,
            RecordId,
            Title,
            Values,
            Undoes,
            Previous
        );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}

internal sealed class JournalTable : IEntityTypeConfiguration<JournalEntry>
{
    public void Configure(EntityTypeBuilder<JournalEntry> t)
    {
        t.ToTable("journal").HasKey(j => j.Seq);
        t.HasIndex(j => j.ChangeId);
        t.HasIndex(j => j.Undoes);
        t.HasIndex(j => new { j.RecordId, j.Seq });
    }
}
