using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Planning;

/// <summary>Why to meet somebody, in one sentence with a weight: text key <c>plan.why.{kind}</c>.</summary>
/// <param name="Party">The client or the speaker.</param>
/// <param name="Weight">How much it pushes; the sum of all reasons is a party's place in the plan.</param>
public sealed record Reason(string Kind, Guid Party, int Weight, params (string Name, object? Value)[] Values);

/// <summary>For whom and which week reasons are looked for.</summary>
/// <param name="Clients">Those that this person may want to meet: whose, and with no meeting ahead.</param>
public sealed record PlanAsk(
    AppDb Db,
    Firm Firm,
    DateOnly Today,
    DateOnly Monday,
    DateTime Now,
    PlanSettings Settings,
    IQueryable<Client> Clients,
    IQueryable<Speaker> Speakers
)
{
    /// <summary>Of each kind so many at most: more than a week could hold.</summary>
    public const int Most = 200;

    public DateOnly Sunday => Monday.AddDays(6);

    public DateTime Since(int days) => Firm.Moment(Today.AddDays(-days));

    /// <summary>A moment as visits are kept: by the firm's clock.</summary>
    public DateTime Local(DateTime moment) => DateTime.SpecifyKind(Firm.Local(moment), DateTimeKind.Utc);

    public int DaysSince(DateOnly day) => Today.DayNumber - day.DayNumber;

    /// <summary>What a kind of reason weighs. What goes on for days weighs the more, until after <paramref name="full"/> of them it is twice as heavy, and no heavier.</summary>
    public int Weigh(string kind, int days = 0, int full = 1) => Settings.WeightOf(kind) * (full + Math.Clamp(days, 0, full)) / full;
}

/// <summary>Where a module knows a reason to meet. It finds parties in a few questions to the database, however many there are.</summary>
public interface IMeetingReason
{
    /// <summary>Names the reason's text, its weight and whether a call will do.</summary>
    string Kind { get; }
    Permission Needs { get; }
    bool ByPhone { get; }
    MeetingKind Meeting { get; }
    Task<IReadOnlyList<Reason>> Of(PlanAsk ask);
}
