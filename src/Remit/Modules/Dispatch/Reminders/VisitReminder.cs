using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>How someone is reached who has not given their word, in the order in which it is tried; last, whoever is above hears of it.</summary>
public enum Channel
{
    Mail,
    Telegram,
    Call,
    Above,
}

/// <summary>One try to get somebody's word for one time of a visit, and what came of it. What was tried is not tried again.</summary>
public sealed class VisitReminder
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid VisitId { get; private init; }

    /// <summary>The programmer who was asked; empty where it was the client.</summary>
    public Guid PersonId { get; private init; }
    public DateTime StartsAt { get; private init; }
    public Channel Channel { get; private init; }
    public DateTime At { get; private init; }
    public bool Reached { get; private init; }

    /// <summary>Whom it went to, or why it went to nobody.</summary>
    public string Said { get; private init; } = "";

    public static VisitReminder Of(Asking asking, DateTime at, bool reached, string said) =>
        new()
        {
            VisitId = asking.Visit,
            PersonId = asking.Person,
            StartsAt = asking.StartsAt,
            Channel = asking.Channel,
            At = at,
            Reached = reached,
            Said = said,
        };

    /// <summary>When to ask: so many hours before, but by day, and not on the heels of the last word.</summary>
    public static DateTime When(DateTime startsAt, int hours, DateTime now)
    {
        var at = startsAt.AddHours(-hours);
        if (at.Hour < 9)
            at = at.Date.AddDays(-1).AddHours(19);
        else if (at.Hour > 19)
            at = at.Date.AddHours(19);
        // Where the visit is near, a quarter of the time that is left.
        var soonest = now + TimeSpan.FromHours(Math.Min(2, Math.Max(0, (startsAt - now).TotalHours / 4)));
        return at < soonest ? soonest : at;
    }
}

/// <summary>The job that asks for somebody's word; for a time that is no longer the visit's it does nothing.</summary>
/// <param name="Person">The programmer who is asked; empty for the client.</param>
public sealed record Asking(Guid Visit, DateTime StartsAt, Channel Channel, string Root, Guid Person = default)
{
    public const string Kind = "visit.remind";

    /// <summary>Whether the word is still missing.</summary>
    public bool StillAsks(Visit? visit, DateTime local) =>
        visit is not null
        && visit.StartsAt == StartsAt
        && visit.StartsAt > local
        && (Person == Guid.Empty ? visit.State == VisitState.Planned : visit.AwaitsProgrammer && visit.ProgrammerId == Person);

    public Storage.Job Job(DateTime local, Firm firm) => Storage.Job.Of(Kind, this, firm.Moment(local));
}

internal sealed class VisitReminderTable : IEntityTypeConfiguration<VisitReminder>
{
    public void Configure(EntityTypeBuilder<VisitReminder> t)
    {
        t.ToTable("visit_reminders");
        t.HasIndex(r => new
            {
                r.VisitId,
                r.PersonId,
                r.StartsAt,
                r.Channel,
            })
            .IsUnique();
    }
}
