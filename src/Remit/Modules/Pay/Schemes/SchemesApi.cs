using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Pay;

/// <summary>Pay schemes by position, what past months would have cost under them, and indicators entered by hand, for other programs.</summary>
internal static class SchemesApi
{
    public static void MapSchemesApi(this RouteGroupBuilder api)
    {
        api.MapGet("/pay/schemes", List)
            .Needs(Permission.PayEdit)
            .WithSummary("The versions of the schemes, the newest first; of all positions or of one");
        api.MapPost("/pay/schemes", Save)
            .Needs(Permission.PayEdit)
            .WithSummary(
                "A new version of a position's scheme from a day on, without one from next month on; what is not named goes on as it was"
            );
        api.MapPatch("/pay/schemes/{id:guid}", Rewrite)
            .Needs(Permission.PayEdit)
            .WithSummary("Put a version right, from the version of it that was read, as long as no closed month was paid by it");
        api.MapDelete("/pay/schemes/{id:guid}", Delete)
            .Needs(Permission.PayEdit)
            .WithSummary("Into the trash, as long as no closed month was paid by it");
        api.MapGet("/pay/what-if", Compare)
            .Needs(Permission.PaySeeAll)
            .WithSummary(
                "Past months (without them, the last three closed) as they were and under a version, another rate or bonus; keep=true finds the rate that keeps the payroll"
            );
        api.MapGet("/pay/{month}/indicators", Wanted)
            .Needs(Permission.PayEdit)
            .WithSummary("What is to be entered by hand in a month, and what was");
        api.MapPost("/pay/{month}/indicators", Enter)
            .Needs(Permission.PayEdit)
            .WithSummary("Enter an indicator that no ledger knows, in thousandths; never one's own, nor in a closed month");
    }

    private static async Task<IReadOnlyList<SchemeJson>> List(Guid? position, AppDb db, Screen screen) =>
        [
            .. (await db.Set<Scheme>().AsNoTracking().Where(s => position == null || s.PositionId == position).ToListAsync())
                .OrderByDescending(s => s.From)
                .ThenBy(s => s.Id)
                .Select(s => SchemeJson.Of(s, screen.T)),
        ];

    private static async Task<Created<SchemeJson>> Save(NewScheme wanted, AppDb db, Screen screen)
    {
        var position = await db.Set<Position>().One(wanted.Position);
        var from = wanted.From ?? screen.Month.Next.First;
        var indicators = await Measured(wanted);
        var made = await SchemeEndpoints.Saved(db, position, from, screen.Today, before => wanted.Over(before ?? new(), from, indicators));
        return TypedResults.Created((string?)null, SchemeJson.Of(made, screen.T));
    }

    private static async Task<SchemeJson> Rewrite(Guid id, SchemeChange wanted, HttpContext http, AppDb db, Screen screen)
    {
        var found = await db.Set<Scheme>().One(id);
        http.MustMatch(db, found, wanted.Version);
        var from = wanted.From ?? found.From;
        var indicators = await Measured(wanted);
        await SchemeEndpoints.Rewritten(db, found, from, screen.Today, now => wanted.Over(now, from, indicators));
        return SchemeJson.Of(http.Tagged(found), screen.T);
    }

    private static async Task<NoContent> Delete(Guid id, AppDb db, HttpContext http)
    {
        var version = await db.Set<Scheme>().One(id);
        http.MayMatch(db, version, null);
        await db.Discard(version);
        await db.SaveChangesAsync();
        return TypedResults.NoContent();
    }

    private static async Task<List<Indicator>> Measured(SchemeWords wanted)
    {
        var indicators = new List<Indicator>();
        await Api.Each("fixed", wanted.Fixed, rate => rate.Check());
        await Api.Each("indicators", wanted.Indicators, i => indicators.Add(Indicators.By(i.Code, i.Weight, i.Target, i.Curve)));
        return indicators;
    }

    private static async Task<WhatIfJson> Compare(
        AppDb db,
        Screen screen,
        string? position,
        Guid? scheme,
        string? from,
        string? to,
        [FromQuery(Name = "rate_milli")] long? rate,
        [FromQuery(Name = "bonus_base_minor")] long? bonus,
        [FromQuery(Name = "payroll_minor")] long? payroll,
        bool? keep,
        Headway way
    )
    {
        var positions = await db.Set<Position>().AsNoTracking().OrderBy(p => p.NameKey).ToListAsync();
        if (positions.Count == 0)
            throw new NotFound();
        var asked = new WhatIfAsked(
            position,
            scheme,
            from is null ? null : Api.MonthOf(from),
            to is null ? null : Api.MonthOf(to),
            keep == true,
            payroll
        );
        var run = await WhatIfRun.Of(
            db,
            screen,
            positions,
            asked,
            (_, rules) => rules with { RateMilli = rate ?? rules.RateMilli, BonusBaseMinor = bonus ?? rules.BonusBaseMinor },
            way
        );
        return WhatIfJson.Of(run, screen);
    }

    private static async Task<IReadOnlyList<IndicatorJson>> Wanted(string month, AppDb db, Screen screen)
    {
        var asked = Api.MonthOf(month);
        var entered = await db.Set<IndicatorValue>().AsNoTracking().Where(v => v.MonthIndex == asked.Index).ToListAsync();
        return
        [
            .. (await TermEndpoints.Wanted(db, screen, asked)).Select(w => new IndicatorJson(
                w.Person,
                w.Code,
                entered.Find(v => v.PersonId == w.Person && v.Code == w.Code)?.Milli
            )),
        ];
    }

    private static async Task<IndicatorJson> Enter(
        string month,
        NewIndicatorValue wanted,
        AppDb db,
        Screen screen,
        Actor actor,
        TimeProvider clock
    )
    {
        var (value, _) = await TermEndpoints.Entered(
            db,
            screen,
            actor,
            Api.MonthOf(month),
            wanted.Person,
            wanted.Code,
            wanted.ValueMilli,
            clock
        );
        return new(value.PersonId, value.Code, value.Milli);
    }
}

/// <summary>A version of a position's scheme. Amounts are minor units, the rate of a point thousandths of them.</summary>
public abstract record SchemeWords
{
    public DateOnly? From { get; init; }
    public IReadOnlyList<FixedRate>? Fixed { get; init; }
    public long? RateMilli { get; init; }
    public long? BonusBaseMinor { get; init; }

    /// <summary>Of payments of own clients: 150 is 1.5 %.</summary>
    public int? ShareBasisPoints { get; init; }

    /// <summary>Entries a month to be checked.</summary>
    public int? Samples { get; init; }
    public IReadOnlyList<NewIndicator>? Indicators { get; init; }

    internal SchemeRules Over(SchemeRules before, DateOnly from, IReadOnlyList<Indicator> measured) =>
        (
            before with
            {
                EffectiveFrom = from,
                Fixed = Fixed ?? before.Fixed,
                RateMilli = RateMilli ?? before.RateMilli,
                BonusBaseMinor = BonusBaseMinor ?? before.BonusBaseMinor,
                ShareBasisPoints = ShareBasisPoints ?? before.ShareBasisPoints,
                Samples = Samples ?? before.Samples,
                Indicators = Indicators is null ? before.Indicators : measured,
            }
        ).Checked();
}

public sealed record NewScheme(Guid Position) : SchemeWords;

public sealed record SchemeChange(int? Version) : SchemeWords;

/// <param name="Code">A known one such as paid_on_time, duty: with the key of a duty, or hand: with a name.</param>
/// <param name="Curve">At this ratio of fact to target this part is paid; left out, as much as is met.</param>
public sealed record NewIndicator(string? Code, int Weight, decimal Target, IReadOnlyList<CurvePoint>? Curve);

public sealed record SchemeJson(
    Guid Id,
    Guid Position,
    DateOnly From,
    IReadOnlyList<FixedRate> Fixed,
    long RateMilli,
    long BonusBaseMinor,
    int ShareBasisPoints,
    int Samples,
    IReadOnlyList<SchemeIndicatorJson> Indicators,
    int Version
)
{
    internal static SchemeJson Of(Scheme scheme, T t)
    {
        var r = SchemeText.Read(scheme);
        return new(
            scheme.Id,
            scheme.PositionId,
            r.EffectiveFrom,
            r.Fixed,
            r.RateMilli,
            r.BonusBaseMinor,
            r.ShareBasisPoints,
            r.Samples,
            [.. r.Indicators.Select(i => new SchemeIndicatorJson(i.Code, t.Label(i.Label), i.Weight, i.Target, i.LowerIsBetter, i.Curve))],
            scheme.Version
        );
    }
}

public sealed record SchemeIndicatorJson(
    string Code,
    string Label,
    int Weight,
    decimal Target,
    bool LowerIsBetter,
    IReadOnlyList<CurvePoint> Curve
);

/// <param name="ValueMilli">Thousandths.</param>
public sealed record NewIndicatorValue(Guid Person, string? Code, long ValueMilli);

/// <param name="ValueMilli">Thousandths; null while nothing is entered.</param>
public sealed record IndicatorJson(Guid Person, string Code, long? ValueMilli);

/// <summary>Months as they were paid and as they would have been, in minor units; the parts add up to the sums.</summary>
/// <param name="RateMilli">The rate compared with; the one found where one was looked for.</param>
/// <param name="LeftOut">Who cannot be counted under these rules, and why.</param>
public sealed record WhatIfJson(
    Guid Position,
    string From,
    string To,
    string Currency,
    long RateMilli,
    long BonusBaseMinor,
    long BeforeMinor,
    long AfterMinor,
    IReadOnlyList<WhatIfPartJson> Parts,
    IReadOnlyList<WhatIfPersonJson> People,
    IReadOnlyList<LeftOutJson> LeftOut
)
{
    internal static WhatIfJson Of(WhatIfRun run, Screen screen)
    {
        var table = run.Table;
        return new(
            run.Chosen.Id,
            run.First.ToString(),
            run.Last.ToString(),
            screen.Firm!.Currency,
            run.Now.RateMilli,
            run.Now.BonusBaseMinor,
            table.All.Before,
            table.All.After,
            [.. WhatIf.Parts(run.Lines).Select(p => new WhatIfPartJson(p.Part, p.Of.Before, p.Of.After))],
            [
                .. table.People.Select(p => new WhatIfPersonJson(
                    p.Id,
                    p.Name,
                    p.All.Before,
                    p.All.After,
                    [.. p.Months.OrderBy(m => m.Key).Select(m => new WhatIfMonthJson(m.Key.ToString(), m.Value.Before, m.Value.After))]
                )),
            ],
            [.. run.LeftOut.Select(l => new LeftOutJson(l.Name, screen.T.Of(l.Why)))]
        );
    }
}

public sealed record WhatIfPartJson(string Part, long BeforeMinor, long AfterMinor);

public sealed record WhatIfPersonJson(Guid Person, string Name, long BeforeMinor, long AfterMinor, IReadOnlyList<WhatIfMonthJson> Months);

public sealed record WhatIfMonthJson(string Month, long BeforeMinor, long AfterMinor);

public sealed record LeftOutJson(string Name, string Detail);
