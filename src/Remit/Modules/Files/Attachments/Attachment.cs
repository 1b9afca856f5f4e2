using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Files;

/// <summary>A file at a record. Its bytes lie in the store under their own hash; one that is attached twice lies there once.</summary>
[PartOf(typeof(IRecord), nameof(RecordId))]
public sealed class Attachment : IRecord
{
    public const int LongestName = 150;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string RecordKind { get; private init; } = "";
    public Guid RecordId { get; private init; }
    public string Name { get; private init; } = "";

    /// <summary>What its bytes say it is, whatever its name claims.</summary>
    public string Type { get; private init; } = "";
    public long Size { get; private init; }
    public string Sha256 { get; private init; } = "";
    public Guid? AddedBy { get; private init; }
    public DateTime AddedAt { get; private init; }
    public string Title => Name;

    public static Attachment At(string kind, Guid record, string? name, string type, long size, string sha256, Guid? by, DateTime now) =>
        new()
        {
            RecordKind = kind,
            RecordId = record,
            Name = Plain(name),
            Type = type,
            Size = size,
            Sha256 = sha256,
            AddedBy = by,
            AddedAt = now,
        };

    /// <summary>The bare name: no folders, nothing invisible, nothing that turns the reading direction around to hide an ending.</summary>
    public static string Plain(string? name)
    {
        var bare = (name ?? "").Split('/', '\\')[^1];
        bare = string.Concat(
                bare.Where(c =>
                    !char.IsControl(c)
                    && char.GetUnicodeCategory(c) is not System.Globalization.UnicodeCategory.Format
                    && !"<>:\"|?*".Contains(c)
                )
            )
            .Trim(' ', '.');
        Must(bare.Length > 0, "file.no_name");
        Must(bare.Length <= LongestName, "file.long_name", ("most", LongestName));
        return bare;
    }
}

internal sealed class AttachmentTable : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> t)
    {
        t.ToTable("attachments").Ignore(a => a.Title);
        t.HasIndex(a => a.RecordId);
        t.HasIndex(a => a.Sha256);
    }
}
