using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Storage;

namespace Remit.Modules.Calendar;

/// <summary>What a guest answered of one time of a series. It counts for that time alone, and as long as it stands where the guest saw it.</summary>
public sealed class DayAnswer : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid InvitationId { get; private init; }
    public DateTime StartsAt { get; private init; }
    public Reply Reply { get; private set; }
    public DateTime RepliedAt { get; private set; }
    public string Note { get; private set; } = "";
    public int Version { get; set; }
    public string Title => $"{StartsAt:yyyy-MM-dd}";

    public static DayAnswer Of(Invitation invitation, DateTime start) => new() { InvitationId = invitation.Id, StartsAt = start };

    public void Answer(Reply reply, string note, DateTime at) => (Reply, Note, RepliedAt) = (reply, note, at);

    /// <summary>What a guest says of one time: its own answer, or the one to all.</summary>
    internal static async Task<Reply> At(AppDb db, Invitation invitation, Occurrence time)
    {
        var start = Civil.Moment(time.Start);
        return await db.Set<DayAnswer>()
                .Where(d => d.InvitationId == invitation.Id && d.StartsAt == start)
                .Select(d => (Reply?)d.Reply)
                .FirstOrDefaultAsync()
            ?? invitation.Reply;
    }
}

internal sealed class DayAnswerTable : IEntityTypeConfiguration<DayAnswer>
{
    public void Configure(EntityTypeBuilder<DayAnswer> t)
    {
        t.ToTable("day_answers").Ignore(d => d.Title);
        t.HasIndex(d => new { d.InvitationId, d.StartsAt }).IsUnique();
    }
}
