using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Pay;

/// <summary>What is to be compared: whose past months, under which version, and whether a rate is looked for.</summary>
/// <param name="Position">A key, or <see cref="WhatIfRun.Everybody"/>; else the position with most people.</param>
/// <param name="Payroll">A month's payroll to meet; without it, that which was.</param>
internal sealed record WhatIfAsked(string? Position, Guid? Scheme, Month? From, Month? To, bool Keep, long? Payroll);

/// <summary>Past months of the real ledger under other rules, as a page and the API show them.</summary>
/// <param name="Kept">The version as it is.</param>
/// <param name="Now">With what was typed over it, or the rate that was found.</param>
internal sealed record WhatIfRun(
    IReadOnlyList<Scheme> Schemes,
    Position Chosen,
    Month First,
    Month Last,
    SchemeRules Kept,
    SchemeRules Now,
    RateMatch? Match,
    IReadOnlyList<PaySlip> Slips,
    IReadOnlyList<WhatIfLine> Lines,
    List<(string Name, Refusal Why)> LeftOut
)
{
    /// <summary>All people, whatever their position.</summary>
    public const string Everybody = "all";
    private const int LongestCompared = 24,
        Opening = 3;

    public WhatIfTable Table =>
        WhatIfTable.Of(Lines, Slips.DistinctBy(s => s.Input.Person).ToDictionary(s => s.Input.Person, s => (s.Name, s.Position)));

    /// <param name="over">What is typed over the version, once it and the position are known.</param>
    public static async Task<WhatIfRun> Of(
        AppDb db,
        Screen screen,
        IReadOnlyList<Position> positions,
        WhatIfAsked asked,
        Func<Position, SchemeRules, SchemeRules> over,
        Headway way
    )
    {
        var (first, last) = await Months(db, screen, asked.From, asked.To);
        var schemes = await db.Set<Scheme>().AsNoTracking().OrderByDescending(s => s.From).ToListAsync();
        var all = await All(db, screen.Firm!, first, last, way);
        var crowded = all.Where(s => s.PositionId is { } id && schemes.Any(x => x.PositionId == id))
            .GroupBy(s => s.PositionId)
            .OrderByDescending(g => g.DistinctBy(s => s.Input.Person).Count())
            .FirstOrDefault()
            ?.Key;
        var chosen =
            positions.FirstOrDefault(p => $"{p.Id}" == asked.Position) ?? positions.FirstOrDefault(p => p.Id == crowded) ?? positions[0];
        var row =
            schemes.FirstOrDefault(s => s.Id == asked.Scheme)
            ?? schemes.FirstOrDefault(s => s.PositionId == chosen.Id && s.From <= last.Last)
            ?? schemes.LastOrDefault(s => s.PositionId == chosen.Id);
        var kept = (row is null ? SchemeEndpoints.Sample(screen, await SchemeEndpoints.Cities(db)) : SchemeText.Read(row)).Checked();
        var now = over(chosen, kept).Checked();
        var (slips, lines, leftOut) = Countable(all.Where(s => asked.Position == Everybody || s.PositionId == chosen.Id), now);
        var match =
            !asked.Keep || slips.Count == 0
                ? null
                : WhatIf.RateKeepingPayroll(slips.Select(s => s.Input), now, asked.Payroll * slips.DistinctBy(s => s.Input.Month).Count());
        if (match is not null)
            lines = WhatIf.Compare(slips.Select(s => s.Input), now = now with { RateMilli = match.RateMilli });
        return new(schemes, chosen, first, last, kept, now, match, slips, lines, leftOut);
    }

    /// <summary>As asked, or the last three closed months; where none is closed yet, the last three that are over.</summary>
    public static async Task<(Month First, Month Last)> Months(AppDb db, Screen screen, Month? from, Month? to)
    {
        var last =
            to
            ?? (await db.Set<ClosedMonth>().MaxAsync(m => (int?)m.Index) is { } closed ? Month.FromIndex(closed) : screen.Month.Previous);
        var first = from ?? Month.FromIndex(last.Index - Opening + 1);
        Must(first.Index <= last.Index && last.Index - first.Index < LongestCompared, "pay.whatif.months", ("count", LongestCompared));
        return (first, last);
    }

    private static async Task<List<PaySlip>> All(AppDb db, Firm firm, Month first, Month last, Headway way)
    {
        var slips = new List<PaySlip>();
        for (var month = first; month.Index <= last.Index; month = month.Next)
        {
            way.Say(month.Index - first.Index, last.Index - first.Index + 1);
            slips.AddRange(await PayRun.Load(db, month, firm));
        }
        return slips;
    }

    /// <summary>Who cannot be counted under the other rules is named with the reason.</summary>
    private static (List<PaySlip> Slips, IReadOnlyList<WhatIfLine> Lines, List<(string Name, Refusal Why)> LeftOut) Countable(
        IEnumerable<PaySlip> all,
        SchemeRules other
    )
    {
        var (slips, lines, leftOut) = (new List<PaySlip>(), new List<WhatIfLine>(), new List<(string, Refusal)>());
        foreach (var slip in all)
            try
            {
                lines.Add(WhatIf.Compare(slip.Input, other));
                slips.Add(slip);
            }
            catch (Refusal refusal)
            {
                leftOut.Add((slip.Name, refusal));
            }
        return (slips, lines, [.. leftOut.DistinctBy(l => (l.Item1, l.Item2.Key))]);
    }
}
