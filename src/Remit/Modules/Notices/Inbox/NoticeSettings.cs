using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Notices.Inbox;

/// <summary>How one person wants to be told: which sorts ring, when nothing is pushed, when a digest goes by mail. One's own affair: no journal is kept.</summary>
public sealed class NoticeSettings
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid PersonId { get; private init; }

    /// <summary>The hour of the person's clock at which what is new goes by mail; null for no digest.</summary>
    public int? DigestHour { get; private set; }

    /// <summary>From this hour to the other nothing is pushed; over midnight where the first is later.</summary>
    public int? QuietFrom { get; private set; }
    public int? QuietTo { get; private set; }

    /// <summary>Sorts that lie in the list but neither ring nor go by mail, between blanks.</summary>
    public string Silent { get; private set; } = "";

    /// <summary>The firm's address as this person's browser names it, for links in the digest.</summary>
    public string Root { get; private set; } = "";

    public static NoticeSettings Of(Guid person) => new() { PersonId = person };

    public void Choose(int? digestHour, int? quietFrom, int? quietTo, IEnumerable<NoticeSort> silent, string root)
    {
        foreach (var hour in (int?[])[digestHour, quietFrom, quietTo])
            Must(hour is null or (>= 0 and <= 23), "notice.hour");
        Must(quietFrom is null == quietTo is null, "notice.quiet_both");
        (DigestHour, QuietFrom, QuietTo, Silent, Root) = (digestHour, quietFrom, quietTo, string.Join(' ', silent), root);
    }

    public bool Rings(NoticeSort sort) => !Silent.Split(' ').Contains(sort.ToString());

    public bool IsQuiet(int hour) =>
        QuietFrom is { } from && QuietTo is { } to && from != to && (from < to ? hour >= from && hour < to : hour >= from || hour < to);
}

internal sealed class NoticeSettingsTable : IEntityTypeConfiguration<NoticeSettings>
{
    public void Configure(EntityTypeBuilder<NoticeSettings> t)
    {
        t.ToTable("notice_settings");
        t.HasIndex(s => s.PersonId).IsUnique();
    }
}
