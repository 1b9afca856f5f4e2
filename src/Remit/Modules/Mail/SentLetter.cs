using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Web;

namespace Remit.Modules.Mail;

/// <summary>A letter that left, by the id that an answer to it names. No journal is kept of it.</summary>
public sealed class SentLetter
{
    public Guid Id { get; private init; }
    public string MessageId { get; private init; } = "";
    public string To { get; private init; } = "";
    public DateTime At { get; private init; }
    public string AboutKind { get; private init; } = "";
    public Guid? AboutId { get; private init; }
    public string Path { get; private init; } = "";
    public Guid? ClientId { get; private init; }

    /// <summary>Whose letter it is: an answer, or that it did not arrive, is for them.</summary>
    public Guid? PersonId { get; private init; }

    public LetterAbout? About => AboutId is { } id ? new LetterAbout(AboutKind, id, Path, ClientId, PersonId) : null;

    public static SentLetter Of(Guid job, string messageId, Letter letter, DateTime now) =>
        new()
        {
            Id = job,
            MessageId = messageId,
            To = letter.To.ToLowerInvariant(),
            At = now,
            AboutKind = letter.About?.Kind ?? "",
            AboutId = letter.About?.Id,
            Path = letter.About?.Path ?? "",
            ClientId = letter.About?.ClientId,
            PersonId = letter.About?.PersonId,
        };
}

internal sealed class SentLetterTable : IEntityTypeConfiguration<SentLetter>
{
    public void Configure(EntityTypeBuilder<SentLetter> t)
    {
        t.ToTable("sent_letters").Ignore(s => s.About);
        t.HasIndex(s => s.MessageId);
        t.HasIndex(s => s.AboutId);
    }
}
