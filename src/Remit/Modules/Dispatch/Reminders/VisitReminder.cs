using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>How a client is reached, in the order in which it is tried.</summary>
public enum Channel { Mail, Telegram, Call }

/// <summary>One try to get a client's word for one time of a visit, and what came of it. What was tried is not tried again.</summary>
public sealed class VisitReminder
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid VisitId { get; private init; }
    public DateTime StartsAt { get; private init; }
    public Channel Channel { get; private init; }
    public DateTime At { get; private init; }
    public bool Reached { get; private init; }
    /// <summary>Whom it went to, or why it went to nobody.</summary>
    public string Said { get; private init; } = "";

    public static VisitReminder Of(Visit visit, Channel channel, DateTime at, bool reached, string said) =>
        new() { VisitId = visit.Id, StartsAt = visit.StartsAt, Channel = channel, At = at, Reached = reached, Said = said };

    /// <summary>When to ask: so many hours before, but by day, and not on the heels of the last word.</summary>
    public static DateTime When(DateTime startsAt, int hours, DateTime now)
    {
        var at = startsAt.AddHours(-hours);
        if (at.Hour < 9) at = at.Date.AddDays(-1).AddHours(19);
        else if (at.Hour > 19) at = at.Date.AddHours(19);
        // Where the visit is near, a quarter of the time that is left.
        var soonest = now + TimeSpan.FromHours(Math.Min(2, Math.Max(0, (startsAt - now).TotalHours / 4)));
        return at < soonest ? soonest : at;
    }
}

/// <summary>The job that asks for a client's word; for a time that is no longer the visit's it does nothing.</summary>
public sealed record Asking(Guid Visit, DateTime StartsAt, Channel Channel, string Root)
{
    public const string Kind = "visit.remind";

    public Storage.Job Job(DateTime local, Firm firm) => Storage.Job.Of(Kind, this, firm.Moment(local));
}

internal sealed class VisitReminderTable : IEntityTypeConfiguration<VisitReminder>
{
    public void Configure(EntityTypeBuilder<VisitReminder> t)
    {
        t.ToTable("visit_reminders");
        t.HasIndex(r => new { r.VisitId, r.StartsAt, r.Channel }).IsUnique();
    }
}
