using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.Pay.Pages;
using Remit.Modules.Pay.Quality;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Pay;

/// <summary>Pay schemes by position, version after version.</summary>
internal static class SchemeEndpoints
{
    private const int YearsAhead = 5;

    public static void MapSchemes(this WebApplication app)
    {
        app.MapGet("/pay/schemes", Show).Needs(Permission.PayEdit);
        app.MapPost("/pay/schemes", Save).Needs(Permission.PayEdit);
        app.MapPost("/pay/schemes/{version:guid}", Rewrite).Needs(Permission.PayEdit);
        app.MapPost("/pay/schemes/{version:guid}/delete", Delete).Needs(Permission.PayEdit);
        app.MapWhatIf();
    }

    private static async Task<IResult> Show(AppDb db, Screen screen, Guid? position, Guid? version)
    {
        var positions = await db.Set<Position>().AsNoTracking().OrderBy(p => p.NameKey).ToListAsync();
        // Unasked, the position with the most to pay by: whoever owns the firm seldom has a list of duties.
        var fullest = await db.Set<Duty>()
            .Where(d => !d.Retired)
            .GroupBy(d => d.PositionId)
            .OrderByDescending(g => g.Count())
            .Select(g => (Guid?)g.Key)
            .FirstOrDefaultAsync();
        var opened = version is { } asked ? await db.Set<Scheme>().AsNoTracking().One(asked) : null;
        var wanted = opened?.PositionId ?? position ?? fullest;
        var chosen = positions.FirstOrDefault(p => p.Id == wanted) ?? positions.FirstOrDefault() ?? throw new NotFound();
        var versions = await Rows(db, chosen.Id);
        var cities = await Cities(db);
        var rules = (opened ?? versions.FirstOrDefault()) is { } shown ? SchemeText.Read(shown) : Sample(screen, cities);
        var counted = SchemeFields.Of(rules).Duties.Select(Guid.Parse).ToList();
        var duties = await db.Set<Duty>()
            .AsNoTracking()
            .Where(d => d.PositionId == chosen.Id && !d.Retired || counted.Contains(d.Id))
            .ToListAsync();
        return new RazorComponentResult<SchemesPage>(
            new
            {
                Positions = positions,
                Chosen = chosen,
                Versions = versions,
                Opened = opened,
                Rewritten = opened is not null && opened.From > await Closed(db),
                Rules = rules,
                From = opened?.From ?? (versions.Count == 0 ? screen.Month.First : FreeFrom(screen.Month.Next, versions)),
                Duties = duties.OrderBy(d => d.NumberKey, StringComparer.Ordinal).ToList(),
                Cities = cities,
            }
        );
    }

    // A day that has a version already would only be refused.
    private static DateOnly FreeFrom(Month month, IReadOnlyList<Scheme> versions)
    {
        while (versions.Any(v => v.From == month.First))
            month = month.Next;
        return month.First;
    }

    /// <summary>Where the firm's people are.</summary>
    internal static Task<List<string>> Cities(AppDb db) =>
        db.Set<Person>().AsNoTracking().Where(p => p.Active && p.City != "").Select(p => p.City).Distinct().OrderBy(c => c).ToListAsync();

    /// <summary>The sample: its cities in the language of whoever looks; elsewhere one city's, in the firm's money.</summary>
    internal static SchemeRules Sample(Screen screen, IReadOnlyList<string> cities)
    {
        var sample = SampleScheme.From(screen.Month.First);
        var currency = screen.Firm!.Currency;
        if (currency == "RUB")
            return sample with { Fixed = SampleScheme.FixedIn(city => screen.T["city." + city.Replace(' ', '_')]) };
        // Nobody has a city yet: the one a preset of the country would take.
        if (cities.Count == 0 && screen.T.Has("start.city." + screen.Firm.Country))
            cities = [screen.T["start.city." + screen.Firm.Country]];
        var here = SampleScheme.Fixed.Where(rate => rate.City == SampleScheme.StPetersburg);
        return sample with
        {
            RateMilli = SampleScheme.In(currency, sample.RateMilli),
            Fixed =
            [
                .. cities.SelectMany(city => here.Select(rate => rate with { City = city, Minor = SampleScheme.In(currency, rate.Minor) })),
            ],
        };
    }

    private static async Task<IResult> Save(Form form, AppDb db, Screen screen, Go go)
    {
        var position = await db.Set<Position>().One(form.Id("position") ?? throw new NotFound());
        var from = form.Day("from") ?? screen.Month.Next.First;
        await Saved(db, position, from, screen.Today, before => SchemeText.From(form, before, from));
        return go.To($"pay/schemes?position={position.Id}", db, screen.T["pay.scheme.saved", ("position", position.Name), ("date", from)]);
    }

    private static async Task<IResult> Rewrite(Guid version, Form form, AppDb db, Screen screen, Go go)
    {
        var found = await db.Set<Scheme>().One(version);
        form = await Merged(form, db, found, screen.T);
        var from = form.Day("from") ?? found.From;
        await Rewritten(db, found, from, screen.Today, now => SchemeText.From(form, now, from));
        var position = await db.Set<Position>().One(found.PositionId);
        return go.To($"pay/schemes?version={found.Id}", db, screen.T["pay.scheme.saved", ("position", position.Name), ("date", from)]);
    }

    private static async Task<IResult> Delete(Guid version, AppDb db, Screen screen, Go go)
    {
        var found = await db.Set<Scheme>().One(version);
        await db.Discard(found);
        await db.SaveChangesAsync();
        return go.To(
            $"pay/schemes?position={found.PositionId}",
            db,
            screen.T["trash.deleted", ("title", Titles.Named(nameof(Scheme), found.Title, screen.T))]
        );
    }

    private static async Task<Form> Merged(Form form, AppDb db, Scheme now, T t)
    {
        var duties = await db.Set<Duty>().Where(d => d.PositionId == now.PositionId).ToDictionaryAsync(d => d.Id.ToString(), d => d.Title);
        var (was, rules) = (SchemeText.Read(await db.At(now, form.Int("version") ?? now.Version)), SchemeText.Read(now));
        var places = SchemeFields.Of(was);
        return await form.Merged(
            db,
            now,
            places.Typed(was, t),
            places.For(rules, form).Typed(rules, t),
            called: word => SchemeFields.Called(word, form, duties, t)
        );
    }

    /// <summary>A version of a position's scheme from a day on; what it leaves out goes on from the one before.</summary>
    internal static async Task<Scheme> Saved(
        AppDb db,
        Position position,
        DateOnly from,
        DateOnly today,
        Func<SchemeRules?, SchemeRules> typed
    )
    {
        MustBeNear(from, today);
        var before = (await Rows(db, position.Id)).FirstOrDefault(v => v.From < from);
        var rules = SchemeText.Write(typed(before is null ? null : SchemeText.Read(before)));
        var made = new Scheme
        {
            PositionId = position.Id,
            From = from,
            Rules = rules,
        };
        db.Add(made);
        await db.SaveChangesAsync();
        return made;
    }

    /// <summary>Puts a version right, its day too, as long as no closed month was paid by it.</summary>
    internal static async Task Rewritten(AppDb db, Scheme version, DateOnly from, DateOnly today, Func<SchemeRules, SchemeRules> typed)
    {
        MustBeNear(from, today);
        version.Rewrite(from, SchemeText.Write(typed(SchemeText.Read(version))));
        await db.SaveChangesAsync();
    }

    // Nobody agrees on pay for later than that; a slip of the year would lie there unseen.
    private static void MustBeNear(DateOnly from, DateOnly today)
    {
        if (from > today.AddYears(YearsAhead))
            throw new Refusal("pay.scheme.far", ("date", from), ("years", YearsAhead)) { Field = "from" };
    }

    // What began on this day or before it was paid by.
    private static async Task<DateOnly> Closed(AppDb db) =>
        await db.Set<Work.ClosedMonth>().MaxAsync(m => (int?)m.Index) is { } closed ? Month.FromIndex(closed).Last : DateOnly.MinValue;

    // Newest first.
    private static Task<List<Scheme>> Rows(AppDb db, Guid position) =>
        db.Set<Scheme>().AsNoTracking().Where(s => s.PositionId == position).OrderByDescending(s => s.From).ToListAsync();
}

public static class PayModule
{
    public static void MapPay(this WebApplication app)
    {
        app.MapStatements();
        app.MapCorrections();
        app.MapChecks();
        app.MapTerms();
        app.MapSchemes();
    }
}
