using Remit.Kernel;
using Remit.Modules.Pay;
using Remit.Modules.Pay.Calculation;

namespace Remit.Tests.Pay;

/// <summary>The people, duties and months that pay tests speak of.</summary>
internal static class PayCast
{
    public static readonly Month October = new(2026, 10);
    public static readonly Month November = new(2026, 11);
    public static readonly Month December = new(2026, 12);
    public static readonly Guid Anna = new("a0000000-0000-0000-0000-000000000001");
    public static readonly Guid Acts = new("d0000000-0000-0000-0000-000000000001");
    public static readonly Guid Calls = new("d0000000-0000-0000-0000-000000000002");

    /// <summary>Ten roubles a point.</summary>
    public static readonly SchemeRules PlainScheme = new() { EffectiveFrom = new DateOnly(2026, 1, 1), RateMilli = 1_000_000 };

    public static PayInput Slip(Month month, params PayEntry[] entries) =>
        new()
        {
            Month = month,
            Person = Anna,
            Currency = "RUB",
            Entries = entries,
            SchemeVersions = [PlainScheme],
            Level = 1,
            City = SampleScheme.Moscow,
            WorkedDays = 20,
            TotalDays = 20,
        };

    public static PayEntry Work(Guid duty, DateOnly day, int points = 5) =>
        new()
        {
            Id = Guid.NewGuid(),
            DutyId = duty,
            DutyNumber = duty == Acts ? "1.10" : "1.9",
            Points = points,
            DoneOn = day,
            RecordedMonth = Month.Of(day),
            Condition = duty == Acts ? "act.returned" : null,
        };

    public static PayEntry Back(this PayEntry original, DateOnly day) =>
        original with
        {
            Id = Guid.NewGuid(),
            Reverses = original.Id,
            QuantityMilli = -original.QuantityMilli,
            DoneOn = day,
            RecordedMonth = Month.Of(day),
            ConditionMetOn = null,
        };

    public static DateOnly Day(this Month month, int day) => month.First.AddDays(day - 1);

    public static long Minor(PayInput input) => PayCalculator.Total(input).Minor;

    public static long Held(PayInput input) => PayCalculator.Explain(input).Held.Amount.Minor;

    public static string Refused(Action act) => Assert.Throws<Refusal>(act).Key;

    public static IEnumerable<Why> Nodes(this Why why) => why.Parts.SelectMany(Nodes).Prepend(why);
}
