using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.Pay.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using NotFound = Remit.Web.NotFound;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Pay;

/// <summary>Pay schemes by position, and what past months would have paid under another.</summary>
internal static class SchemeEndpoints
{
    private const int LongestCompared = 24;

    public static void MapSchemes(this WebApplication app)
    {
        app.MapGet("/pay/schemes", Show).Needs(Permission.PayEdit);
        app.MapPost("/pay/schemes", Save).Needs(Permission.PayEdit);
        app.MapGet("/pay/what-if", Compare).Needs(Permission.PaySeeAll);
    }

    private static async Task<IResult> Show(AppDb db, Screen screen, Guid? position)
    {
        var positions = await db.Set<Position>().AsNoTracking().OrderBy(p => p.Name).ToListAsync();
        var chosen = positions.FirstOrDefault(p => p.Id == position) ?? positions.FirstOrDefault() ?? throw new NotFound();
        var versions = await Versions(db, chosen.Id);
        return new RazorComponentResult<SchemesPage>(new
        {
            Positions = positions, Chosen = chosen, Versions = versions,
            Rules = versions.FirstOrDefault() ?? SampleScheme.From(screen.Month.First), From = screen.Month.Next.First,
        });
    }

    private static async Task<IResult> Save(Form form, AppDb db, Screen screen, Go go)
    {
        var position = await db.Set<Position>().One(form.Id("position") ?? throw new NotFound());
        var from = form.Day("from") ?? screen.Month.Next.First;
        var versions = await Versions(db, position.Id);
        Must(versions.All(v => v.EffectiveFrom != from), "pay.scheme.same_day", ("position", position.Name), ("date", from));
        var closed = await db.Set<Work.ClosedMonth>().MaxAsync(m => (int?)m.Index);
        // A scheme that began in a closed month would change what was paid by it.
        Must(closed is null || versions.Count == 0 || from > Month.FromIndex(closed.Value).Last, "pay.scheme.closed", ("date", from));
        var rules = SchemeText.From(form, versions.FirstOrDefault(v => v.EffectiveFrom < from), from);
        db.Add(new Scheme { PositionId = position.Id, From = from, Rules = SchemeText.Write(rules) });
        await db.SaveChangesAsync();
        return go.To($"pay/schemes?position={position.Id}", db, screen.T["pay.scheme.saved", ("position", position.Name), ("date", from)]);
    }

    private static async Task<IResult> Compare(AppDb db, Screen screen, HttpContext http, Guid? position, string? from, string? to, string? keep)
    {
        var positions = await db.Set<Position>().AsNoTracking().OrderBy(p => p.Name).ToListAsync();
        var schemes = await db.Set<Scheme>().AsNoTracking().Select(s => s.PositionId).Distinct().ToListAsync();
        positions = [.. positions.Where(p => schemes.Contains(p.Id))];
        var chosen = positions.FirstOrDefault(p => p.Id == position) ?? positions.FirstOrDefault();
        var (first, last) = (Month.Read(from) ?? screen.Month.Previous, Month.Read(to) ?? screen.Month.Previous);
        Must(first.Index <= last.Index && last.Index - first.Index < LongestCompared, "pay.whatif.months", ("count", LongestCompared));
        if (chosen is null) return new RazorComponentResult<WhatIfPage>(new { Positions = positions, First = first, Last = last });

        var query = new Form(new FormCollection(http.Request.Query.ToDictionary(q => q.Key, q => q.Value)));
        var versions = await Versions(db, chosen.Id);
        var now = versions.FirstOrDefault(v => v.EffectiveFrom <= last.Last) ?? versions[0];
        var other = (now with { RateMilli = query.Minor("rate") * 1000 ?? now.RateMilli, BonusBaseMinor = query.Minor("bonus") ?? now.BonusBaseMinor }).Checked();
        var slips = await Slips(db, screen.Firm!, chosen, first, last);
        var match = keep is null || slips.Count == 0 ? null : WhatIf.RateKeepingPayroll(slips.Select(s => s.Input), other);
        if (match is not null) other = other with { RateMilli = match.RateMilli };
        return new RazorComponentResult<WhatIfPage>(new
        {
            Positions = positions, Chosen = chosen, First = first, Last = last, Other = other, Match = match,
            Names = slips.DistinctBy(s => s.Input.Person).ToDictionary(s => s.Input.Person, s => s.Name),
            Lines = WhatIf.Compare(slips.Select(s => s.Input), other),
        });
    }

    private static async Task<List<PaySlip>> Slips(AppDb db, Firm firm, Position position, Month first, Month last)
    {
        var slips = new List<PaySlip>();
        for (var month = first; month.Index <= last.Index; month = month.Next)
            slips.AddRange((await PayRun.Load(db, month, firm)).Where(s => s.PositionId == position.Id && s.Explain().Problem is null));
        return slips;
    }

    /// <summary>Newest first.</summary>
    private static async Task<IReadOnlyList<SchemeRules>> Versions(AppDb db, Guid position) =>
        [.. (await db.Set<Scheme>().AsNoTracking().Where(s => s.PositionId == position).ToListAsync()).Select(SchemeText.Read).OrderByDescending(s => s.EffectiveFrom)];
}

public static class PayModule
{
    public static void MapPay(this WebApplication app)
    {
        app.MapStatements();
        app.MapSchemes();
    }
}
