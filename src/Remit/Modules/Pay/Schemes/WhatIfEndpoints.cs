using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.Pay.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Pay;

/// <summary>What past months of the real ledger would have paid under other rules, before they are introduced.</summary>
internal static class WhatIfEndpoints
{
    private const int LongestCompared = 24;

    public static void MapWhatIf(this WebApplication app) => app.MapGet("/pay/what-if", Compare).Needs(Permission.PaySeeAll);

    private static async Task<IResult> Compare(AppDb db, Screen screen, HttpContext http, Guid? position, Guid? scheme, string? from, string? to, string? keep)
    {
        var positions = await db.Set<Position>().AsNoTracking().OrderBy(p => p.NameKey).ToListAsync();
        var schemes = await db.Set<Scheme>().AsNoTracking().OrderByDescending(s => s.From).ToListAsync();
        var chosen = positions.FirstOrDefault(p => p.Id == position) ?? positions.FirstOrDefault(p => schemes.Any(s => s.PositionId == p.Id)) ?? positions.FirstOrDefault();
        var (first, last) = (Month.Read(from) ?? screen.Month.Previous, Month.Read(to) ?? screen.Month.Previous);
        Must(first.Index <= last.Index && last.Index - first.Index < LongestCompared, "pay.whatif.months", ("count", LongestCompared));
        if (chosen is null) return new RazorComponentResult<WhatIfPage>(new { Positions = positions, First = first, Last = last });

        var query = new Form(new FormCollection(http.Request.Query.ToDictionary(q => q.Key, q => q.Value)));
        var other = Other(schemes, chosen, scheme, last, query, screen);
        var (slips, leftOut) = await Slips(db, screen.Firm!, chosen, first, last, other);
        var wished = query.Minor("payroll");
        var match = keep is null || slips.Count == 0 ? null : WhatIf.RateKeepingPayroll(slips.Select(s => s.Input), other, wished * (last.Index - first.Index + 1));
        if (match is not null) other = other with { RateMilli = match.RateMilli };
        return new RazorComponentResult<WhatIfPage>(new
        {
            Positions = positions, Chosen = chosen, First = first, Last = last, Other = other, Match = match, Wished = wished, LeftOut = leftOut,
            Schemes = schemes.Select(s => (s, positions.FirstOrDefault(p => p.Id == s.PositionId)?.Name ?? "")).ToList(), Scheme = scheme,
            HasScheme = schemes.Any(s => s.PositionId == chosen.Id), Names = slips.DistinctBy(s => s.Input.Person).ToDictionary(s => s.Input.Person, s => s.Name),
            Lines = WhatIf.Compare(slips.Select(s => s.Input), other),
        });
    }

    /// <summary>The version chosen, or the one in force, or the sample where there is none; with what was typed over it.</summary>
    private static SchemeRules Other(List<Scheme> schemes, Position chosen, Guid? scheme, Month last, Form query, Screen screen)
    {
        var row = schemes.FirstOrDefault(s => s.Id == scheme) ?? schemes.FirstOrDefault(s => s.PositionId == chosen.Id && s.From <= last.Last) ?? schemes.LastOrDefault(s => s.PositionId == chosen.Id);
        var rules = row is null ? SchemeEndpoints.Sample(screen) : SchemeText.Read(row);
        // A version picked from the list comes with its own numbers; only what is typed for it counts after that.
        if (query.Id("shown") != scheme) return rules.Checked();
        return (rules with { RateMilli = query.Minor("rate") * 1000 ?? rules.RateMilli, BonusBaseMinor = query.Minor("bonus") ?? rules.BonusBaseMinor }).Checked();
    }

    /// <summary>The months of those who held the position; who cannot be counted under the other rules is named with the reason.</summary>
    private static async Task<(List<PaySlip> Slips, List<(string Name, Refusal Why)> LeftOut)> Slips(AppDb db, Firm firm, Position position, Month first, Month last, SchemeRules other)
    {
        var (slips, leftOut) = (new List<PaySlip>(), new List<(string, Refusal)>());
        for (var month = first; month.Index <= last.Index; month = month.Next)
            foreach (var slip in (await PayRun.Load(db, month, firm)).Where(s => s.PositionId == position.Id))
                if (Problem(slip, other) is { } problem) leftOut.Add((slip.Name, problem));
                else slips.Add(slip);
        return (slips, [.. leftOut.DistinctBy(l => (l.Item1, l.Item2.Key))]);
    }

    private static Refusal? Problem(PaySlip slip, SchemeRules other)
    {
        try { WhatIf.Compare([slip.Input], other); return null; }
        catch (Refusal refusal) { return refusal; }
    }
}
