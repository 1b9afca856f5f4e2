using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

/// <summary>The rhythm of one person: working hours, holidays, which weekdays are for calls and which for meetings. On which clock, the person says.</summary>
public sealed class PersonClock : IVersioned
{
    private const string MondayToFriday = "12345";

    /// <summary>The person's own id: each has one rhythm at most.</summary>
    public Guid Id { get; private init; }

    /// <summary>Two letters: whose holidays this person keeps; empty for the firm's.</summary>
    public string Country { get; private set; } = "";

    /// <summary>Working hours, in whole hours of the person's clock.</summary>
    public int Opens { get; private set; } = 9;
    public int Closes { get; private set; } = 18;

    /// <summary>Weekdays as digits, 1 for Monday to 7 for Sunday. A day may be both.</summary>
    public string CallDays { get; private set; } = "135";
    public string MeetingDays { get; private set; } = "245";
    public int Version { get; set; }
    public string Title => $"{Opens}–{Closes}";

    public static PersonClock Of(Guid person) => new() { Id = person };

    public void Keep(string? country) => Country = country is { Length: 2 } ? country : "";

    public void Work(int opens, int closes)
    {
        Must(opens is >= 0 and < 24 && closes is > 0 and <= 24 && opens < closes, "clock.hours");
        (Opens, Closes) = (opens, closes);
    }

    public void Alternate(IEnumerable<string> calls, IEnumerable<string> meetings)
    {
        (CallDays, MeetingDays) = (Digits(calls), Digits(meetings));
        Must(CallDays.Length + MeetingDays.Length > 0, "clock.no_days");
    }

    public bool Calls(DateOnly day) => CallDays.Contains(Digit(day));

    public bool Meets(DateOnly day) => MeetingDays.Contains(Digit(day));

    /// <summary>Whether this weekday is worked at all: Monday to Friday, and what the rhythm names besides.</summary>
    public bool Works(DateOnly day) => MondayToFriday.Contains(Digit(day)) || Calls(day) || Meets(day);

    private static char Digit(DateOnly day) => (char)('0' + (day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek));

    private static string Digits(IEnumerable<string> days) =>
        string.Concat(days.Where(d => d is ['1' or '2' or '3' or '4' or '5' or '6' or '7']).Distinct().Order());
}

/// <summary>A zone and the name it goes by.</summary>
public sealed record Clock(Zone Zone, string Name)
{
    public static Clock Of(string? name, Firm? firm) =>
        Zone.Named(name) is { } zone ? new(zone, name!) : new(CalendarQueries.ZoneOf(firm), firm?.TimeZone ?? "UTC");

    /// <summary>What this clock shows at a moment of UTC.</summary>
    public DateTime At(DateTime utc) => Civil.Moment(Zone.ToLocal(Civil.Seconds(utc)));

    public DateTime Utc(DateTime local) => Civil.Moment(Zone.ToUtc(Civil.Seconds(local)));

    public DateOnly Day(DateTime utc) => DateOnly.FromDateTime(At(utc));
}

public static class Clocks
{
    /// <summary>The rhythm of a person, as usual where nothing was said.</summary>
    public static async Task<PersonClock> ClockOf(this AppDb db, Guid? person) =>
        person is { } id
            ? await db.Set<PersonClock>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id) ?? PersonClock.Of(id)
            : PersonClock.Of(Guid.Empty);

    /// <summary>The clock by which this person looks at the calendar.</summary>
    public static async Task<Clock> Clock(this AppDb db, Actor? actor, Firm? firm) =>
        Calendar.Clock.Of(
            actor?.PersonId is { } me ? await db.Set<Person>().Where(p => p.Id == me).Select(p => p.TimeZone).SingleOrDefaultAsync() : null,
            firm
        );
}

internal sealed class PersonClockTable : IEntityTypeConfiguration<PersonClock>
{
    public void Configure(EntityTypeBuilder<PersonClock> t) => t.ToTable("person_clocks").Ignore(c => c.Title);
}
