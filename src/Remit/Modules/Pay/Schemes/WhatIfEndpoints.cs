using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.Pay.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Pay;

/// <summary>What past months of the real ledger would have paid under other rules, before they are introduced.</summary>
internal static class WhatIfEndpoints
{
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
        var query = new Form(new FormCollection(http.Request.Query.ToDictionary(q => q.Key, q => q.Value)));
        var wished = query.Minor("payroll");
        var asked = new WhatIfAsked(position, scheme, Month.Read(from), Month.Read(to), keep is not null, wished);
        if (positions.Count == 0)
        {
            var (first, last) = await WhatIfRun.Months(db, screen, asked.From, asked.To);
            return new RazorComponentResult<WhatIfPage>(
                new
                {
                    Positions = positions,
                    First = first,
                    Last = last,
                }
            );
        }
        var run = await WhatIfRun.Of(db, screen, positions, asked, (chosen, rules) => Typed(query, scheme, chosen, rules), way);
        return new RazorComponentResult<WhatIfPage>(
            new
            {
                Positions = positions,
                run.Chosen,
                Everyone = position == WhatIfRun.Everybody,
                run.First,
                run.Last,
                run.Kept,
                Other = run.Now,
                run.Match,
                Wished = wished,
                run.LeftOut,
                Schemes = run.Schemes.Select(s => (s, positions.FirstOrDefault(p => p.Id == s.PositionId)?.Name ?? "")).ToList(),
                Scheme = scheme,
                HasScheme = run.Schemes.Any(s => s.PositionId == run.Chosen.Id),
                Parts = WhatIf.Parts(run.Lines),
                run.Table,
            }
        );
    }

    // A version or position picked from the list comes with its own numbers; only what is typed for it counts after that.
    private static SchemeRules Typed(Form query, Guid? scheme, Position chosen, SchemeRules rules) =>
        query.Id("shown") != scheme || (query.Id("of") is { } of && of != chosen.Id)
            ? rules
            : rules with
            {
                RateMilli = query.Rate("rate") ?? rules.RateMilli,
                BonusBaseMinor = query.Minor("bonus") ?? rules.BonusBaseMinor,
            };
}
