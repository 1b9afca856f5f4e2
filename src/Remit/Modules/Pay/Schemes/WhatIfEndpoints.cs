using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.Pay.Pages;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Pay;

/// <summary>What past months of the real ledger would have paid under other rules, before they are introduced.</summary>
internal static class WhatIfEndpoints
{
    private const int LongestCompared = 24,
        Opening = 3;

    /// <summary>Everybody, whatever their position.</summary>
    public const string Everybody = "all";

    public static void MapWhatIf(this WebApplication app) => app.MapGet("/pay/what-if", Compare).Needs(Permission.PaySeeAll);

    private static async Task<IResult> Compare(
        AppDb db,
        Screen screen,
        HttpContext http,
        string? position,
        Guid? scheme,
        string? from,
        string? to,
        string? keep,
        Headway way
    )
    {
        var positions = await db.Set<Position>().AsNoTracking().OrderBy(p => p.NameKey).ToListAsync();
        var schemes = await db.Set<Scheme>().AsNoTracking().OrderByDescending(s => s.From).ToListAsync();
        var (first, last) = await Months(db, screen, Month.Read(from), Month.Read(to));
        Must(first.Index <= last.Index && last.Index - first.Index < LongestCompared, "pay.whatif.months", ("count", LongestCompared));
        if (positions.Count == 0)
            return new RazorComponentResult<WhatIfPage>(
                new
                {
                    Positions = positions,
                    First = first,
                    Last = last,
                }
            );

        var all = await All(db, screen.Firm!, first, last, way);
        var crowded = all.Where(s => s.PositionId is { } id && schemes.Any(x => x.PositionId == id))
            .GroupBy(s => s.PositionId)
            .OrderByDescending(g => g.DistinctBy(s => s.Input.Person).Count())
            .FirstOrDefault()
            ?.Key;
        var chosen = positions.FirstOrDefault(p => $"{p.Id}" == position) ?? positions.FirstOrDefault(p => p.Id == crowded) ?? positions[0];
        var query = new Form(new FormCollection(http.Request.Query.ToDictionary(q => q.Key, q => q.Value)));
        var (kept, now) = Other(schemes, chosen, scheme, last, query, SchemeEndpoints.Sample(screen, await SchemeEndpoints.Cities(db)));
        var (slips, lines, leftOut) = Countable(all.Where(s => position == Everybody || s.PositionId == chosen.Id), now);
        var wished = query.Minor("payroll");
        var match =
            keep is null || slips.Count == 0
                ? null
                : WhatIf.RateKeepingPayroll(slips.Select(s => s.Input), now, wished * slips.DistinctBy(s => s.Input.Month).Count());
        if (match is not null)
            lines = WhatIf.Compare(slips.Select(s => s.Input), now = now with { RateMilli = match.RateMilli });
        return new RazorComponentResult<WhatIfPage>(
            new
            {
                Positions = positions,
                Chosen = chosen,
                Everyone = position == Everybody,
                First = first,
                Last = last,
                Kept = kept,
                Other = now,
                Match = match,
                Wished = wished,
                LeftOut = leftOut,
                Schemes = schemes.Select(s => (s, positions.FirstOrDefault(p => p.Id == s.PositionId)?.Name ?? "")).ToList(),
                Scheme = scheme,
                HasScheme = schemes.Any(s => s.PositionId == chosen.Id),
                Parts = WhatIf.Parts(lines),
                Table = WhatIfTable.Of(
                    lines,
                    slips.DistinctBy(s => s.Input.Person).ToDictionary(s => s.Input.Person, s => (s.Name, s.Position))
                ),
            }
        );
    }

    /// <summary>As asked, or the last three closed months; where none is closed yet, the last three that are over.</summary>
    private static async Task<(Month First, Month Last)> Months(AppDb db, Screen screen, Month? from, Month? to)
    {
        var last =
            to
            ?? (await db.Set<ClosedMonth>().MaxAsync(m => (int?)m.Index) is { } closed ? Month.FromIndex(closed) : screen.Month.Previous);
        return (from ?? Month.FromIndex(last.Index - Opening + 1), last);
    }

    /// <summary>The version chosen, or the one in force, or the sample where there is none; as it is, and with what was typed over it.</summary>
    private static (SchemeRules Kept, SchemeRules Now) Other(
        List<Scheme> schemes,
        Position chosen,
        Guid? scheme,
        Month last,
        Form query,
        SchemeRules sample
    )
    {
        var row =
            schemes.FirstOrDefault(s => s.Id == scheme)
            ?? schemes.FirstOrDefault(s => s.PositionId == chosen.Id && s.From <= last.Last)
            ?? schemes.LastOrDefault(s => s.PositionId == chosen.Id);
        var rules = (row is null ? sample : SchemeText.Read(row)).Checked();
        // A version or position picked from the list comes with its own numbers; only what is typed for it counts after that.
        if (query.Id("shown") != scheme || (query.Id("of") is { } of && of != chosen.Id))
            return (rules, rules);
        return (
            rules,
            (
                rules with
                {
                    RateMilli = query.Minor("rate") * 1000 ?? rules.RateMilli,
                    BonusBaseMinor = query.Minor("bonus") ?? rules.BonusBaseMinor,
                }
            ).Checked()
        );
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
