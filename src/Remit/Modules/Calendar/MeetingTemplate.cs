using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

/// <summary>What goes with a kind of meeting: its questions, how long it takes, whether it is held online.</summary>
public sealed class MeetingTemplate : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public MeetingKind Kind { get; private init; }

    /// <summary>One to a line, in the firm's words.</summary>
    public string Questions { get; private set; } = "";
    public int Minutes { get; private set; }
    public bool Online { get; private set; }
    public int Version { get; set; }
    public string Title => Kind.ToString();

    public static MeetingTemplate Of(MeetingKind kind) => new() { Kind = kind };

    public void Describe(string? questions, int minutes, bool online)
    {
        (Questions, Minutes, Online) = (questions?.ReplaceLineEndings("\n").Trim() ?? "", minutes, online);
        Must(Questions.Length <= 4000, "meeting.long_questions");
        Must(Minutes is >= 5 and <= 600, "meeting.minutes");
    }

    /// <summary>The questions a kind comes with, until the firm writes its own.</summary>
    public static MeetingTemplate Usual(MeetingKind kind, T t)
    {
        var usual = Of(kind);
        usual.Version = -1;
        usual.Describe(
            t["meeting.ask." + kind],
            kind is MeetingKind.RemoteSession or MeetingKind.Speaker ? 30 : 60,
            kind == MeetingKind.RemoteSession
        );
        return usual;
    }

    /// <summary>All kinds with what goes with them here.</summary>
    public static async Task<IReadOnlyList<MeetingTemplate>> All(AppDb db, T t)
    {
        var own = await db.Set<MeetingTemplate>().AsNoTracking().ToDictionaryAsync(m => m.Kind);
        return [.. Enum.GetValues<MeetingKind>().Select(k => own.GetValueOrDefault(k) ?? Usual(k, t))];
    }
}

internal sealed class MeetingTemplateTable : IEntityTypeConfiguration<MeetingTemplate>
{
    public void Configure(EntityTypeBuilder<MeetingTemplate> t)
    {
        t.ToTable("meeting_templates").Ignore(m => m.Title);
        t.HasIndex(m => m.Kind).IsUnique();
    }
}
