using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;

namespace Remit.Modules.Pay;

/// <summary>An indicator measured against its target in a month. No amount of pay is in it.</summary>
/// <param name="PersonId">Null where it is measured over the whole firm.</param>
/// <param name="Label">A text key, or plain text where it was named by hand.</param>
/// <param name="Value">Null where the month has no data yet.</param>
public sealed record Measured(Guid? PersonId, string Code, string Label, decimal? Value, decimal Target, bool LowerIsBetter)
{
    public bool? Met =>
        Value is not { } value ? null
        : LowerIsBetter ? value <= Target
        : value >= Target;
}

/// <summary>Indicators for modules that show them or set goals by them.</summary>
public static class Measuring
{
    /// <summary>Codes that need no further choice, those of the whole firm first; text key <c>pay.fact.{code}</c>.</summary>
    public static IReadOnlyList<string> Codes => Indicators.Codes;

    public static bool OfTheFirm(string code) => !code.StartsWith("own_", StringComparison.Ordinal);

    public static bool LowerIsBetter(string code) => Indicators.LowerIsBetter(code);

    /// <summary>The value of a month; null where there is none.</summary>
    /// <param name="person">Whose; not looked at where the indicator is the firm's.</param>
    public static async Task<decimal?> Value(AppDb db, string code, Guid? person, Month month) =>
        (await Values(db, new HashSet<string> { code }, month.First, month.Last))(code, person);

    /// <summary>The same for several indicators at once, over the days from one to another, both included: whose value of which code.</summary>
    public static async Task<Func<string, Guid?, decimal?>> Values(AppDb db, IReadOnlySet<string> codes, DateOnly from, DateOnly to)
    {
        var measured = await Indicators.Over(db, from, to, codes);
        return (code, person) => measured.Of(person ?? Guid.Empty).FirstOrDefault(f => f.Code == code)?.Fact;
    }

    /// <summary>What the schemes of these people's positions are measured by in a month; the firm's own once, without a name.</summary>
    public static async Task<IReadOnlyList<Measured>> Targets(AppDb db, IReadOnlyCollection<Guid> people, Month month)
    {
        var schemes = (await db.Set<Scheme>().AsNoTracking().Where(s => s.From <= month.Last).ToListAsync())
            .GroupBy(s => s.PositionId)
            .ToDictionary(g => g.Key, g => SchemeText.Read(g.OrderBy(s => s.From).ThenBy(s => s.Id).Last()).Indicators);
        var tenures = await db.Set<Tenure>()
            .AsNoTracking()
            .Where(t => !t.StandIn && t.From <= month.Last && (t.To == null || t.To >= month.First) && people.Contains(t.PersonId))
            .ToListAsync();
        var wanted = tenures
            .Where(t => schemes.ContainsKey(t.PositionId))
            .SelectMany(t => schemes[t.PositionId].Select(i => (t.PersonId, Indicator: i)))
            .ToList();
        var measured = await Indicators.Measure(db, month, wanted.Select(w => w.Indicator.Code).ToHashSet());
        return
        [
            .. wanted
                .Select(w => new Measured(
                    OfTheFirm(w.Indicator.Code) && Indicators.Codes.Contains(w.Indicator.Code) ? null : w.PersonId,
                    w.Indicator.Code,
                    w.Indicator.Label,
                    measured.Of(w.PersonId).FirstOrDefault(f => f.Code == w.Indicator.Code)?.Fact,
                    w.Indicator.Target,
                    w.Indicator.LowerIsBetter
                ))
                .DistinctBy(m => (m.PersonId, m.Code, m.Target))
                .OrderBy(m => m.PersonId is not null)
                .ThenBy(m => m.Code),
        ];
    }
}
