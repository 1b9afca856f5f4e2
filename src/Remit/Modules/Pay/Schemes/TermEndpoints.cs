using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Pay.Pages;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Pay;

/// <summary>What pay needs and no ledger knows: indicators entered by hand, and who is whose mentor on what terms.</summary>
internal static class TermEndpoints
{
    public static void MapTerms(this WebApplication app)
    {
        app.MapGet("/pay/indicators", Values).Needs(Permission.PayEdit);
        app.MapPost("/pay/indicators", Enter).Needs(Permission.PayEdit);
        app.MapGet("/pay/mentors", Mentors).Needs(Permission.PayEdit);
        app.MapPost("/pay/mentors", AddMentor).Needs(Permission.PayEdit);
        app.MapPost("/pay/mentors/{id:guid}/end", EndMentor).Needs(Permission.PayEdit);
    }

    private static async Task<IResult> Values(AppDb db, Screen screen, string? month)
    {
        var shown = Month.Read(month) ?? screen.Month.Previous;
        var wanted = await Wanted(db, screen, shown);
        return new RazorComponentResult<IndicatorsPage>(
            new
            {
                Month = shown,
                Wanted = wanted,
                Closed = await Ledger.IsClosed(db, shown),
                Entered = await db.Set<IndicatorValue>().AsNoTracking().Where(v => v.MonthIndex == shown.Index).ToListAsync(),
                Names = await db.NamesOfPeople(),
            }
        );
    }

    /// <summary>What is to be entered by hand in a month, and for whom.</summary>
    internal static async Task<List<(Guid Person, string Name, string Code)>> Wanted(AppDb db, Screen screen, Month month) =>
        [
            .. (await PayRun.Load(db, month, screen.Firm!)).SelectMany(slip =>
                ByHand(slip, month).Select(code => (slip.Input.Person, slip.Name, code))
            ),
        ];

    private static async Task<IResult> Enter(Form form, AppDb db, Screen screen, Actor actor, Go go, TimeProvider clock)
    {
        var month = Month.Read(form.Text("month")) ?? throw new NotFound();
        var person = form.Id("person") ?? throw new NotFound();
        var code = form.Text("code");
        if (
            await db.Set<IndicatorValue>()
                .SingleOrDefaultAsync(v => v.MonthIndex == month.Index && v.PersonId == person && v.Code == code) is
            { } now
        )
            form = await form.Merged(db, now, v => [("value", Formats.Quantity(v.Milli, screen.T))]);
        var (_, name) = await Entered(
            db,
            screen,
            actor,
            month,
            person,
            code,
            (form.Minor("value") ?? throw new Refusal("indicator.value") { Field = "value" }) * 10,
            clock
        );
        return go.To($"pay/indicators?month={month}", db, screen.T["indicator.saved", ("name", name)]);
    }

    /// <summary>What a person's schemes name and no ledger knows, in an open month. Saves.</summary>
    internal static async Task<(IndicatorValue Value, string Name)> Entered(
        AppDb db,
        Screen screen,
        Actor actor,
        Month month,
        Guid of,
        string? named,
        long milli,
        TimeProvider clock
    )
    {
        await db.StartWriting();
        Must(!await Ledger.IsClosed(db, month), "indicator.month_closed", ("month", month));
        var slip = (await PayRun.Load(db, month, screen.Firm!, of)).SingleOrDefault() ?? throw new NotFound();
        var code = ByHand(slip, month).FirstOrDefault(c => c == named) ?? throw new NotFound();
        var person = slip.Input.Person;
        var value = await db.Set<IndicatorValue>()
            .SingleOrDefaultAsync(v => v.MonthIndex == month.Index && v.PersonId == person && v.Code == code);
        if (value is null)
            db.Add(
                value = new IndicatorValue
                {
                    Code = code,
                    PersonId = person,
                    MonthIndex = month.Index,
                }
            );
        value.Enter(milli, actor.PersonId!.Value, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        return (value, slip.Name);
    }

    private static async Task<IResult> Mentors(AppDb db) =>
        new RazorComponentResult<MentorsPage>(
            new
            {
                Terms = await db.Set<Mentoring>().AsNoTracking().OrderByDescending(m => m.From).ToListAsync(),
                People = await db.Set<Person>().AsNoTracking().OrderBy(p => p.NameKey).ToListAsync(),
            }
        );

    private static async Task<IResult> AddMentor(Form form, AppDb db, Screen screen, Go go)
    {
        var (_, mentor, trainee) = await Mentored(
            db,
            new(
                form.Id("mentor") ?? throw new NotFound(),
                form.Id("trainee") ?? throw new NotFound(),
                form.Day("tenure_from"),
                form.Day("tenure_to"),
                form.Minor("per_day") ?? 0,
                (int)Math.Clamp(form.Minor("mentor_share") ?? 0, -1, 10_001),
                form.Minor("mentor_bonus") ?? 0,
                form.Text("mentor_result"),
                (form.Minor("mentor_target") ?? 0) * 10
            ),
            screen
        );
        return go.To("pay/mentors", db, screen.T["mentor.saved", ("mentor", mentor.Name), ("trainee", trainee.Name)]);
    }

    /// <summary>A mentor from a day of an open month on, for three months where no last day is named. Saves.</summary>
    internal static async Task<(Mentoring Term, Person Mentor, Person Trainee)> Mentored(AppDb db, NewMentoring wanted, Screen screen)
    {
        var (mentor, trainee) = (await db.Set<Person>().One(wanted.Mentor), await db.Set<Person>().One(wanted.Trainee));
        var from = wanted.From ?? screen.Today;
        var term = Mentoring.Of(
            mentor.Id,
            trainee.Id,
            from,
            wanted.To ?? from.AddMonths(3),
            wanted.PerDayMinor,
            wanted.ShareBasisPoints,
            wanted.BonusMinor,
            wanted.Result,
            wanted.TargetMilli
        );
        db.Add(term);
        await db.SaveChangesAsync();
        return (term, mentor, trainee);
    }

    private static async Task<IResult> EndMentor(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        await Ended(db, await db.Set<Mentoring>().One(id), form.Day("tenure_to") ?? screen.Today);
        return go.To("pay/mentors", db, screen.T["mentor.ended"]);
    }

    /// <summary>With this last day instead. Saves.</summary>
    internal static async Task<Mentoring> Ended(AppDb db, Mentoring term, DateOnly last)
    {
        term.End(last);
        await db.SaveChangesAsync();
        return term;
    }

    private static IEnumerable<string> ByHand(PaySlip slip, Month month) =>
        slip.Input.SchemeVersions.Count == 0
            ? []
            : slip
                .Input.SchemeVersions.Where(v => v.EffectiveFrom <= month.Last)
                .SelectMany(v => v.Indicators)
                .Select(i => i.Code)
                .Where(c => c.StartsWith(Indicators.HandPrefix, StringComparison.Ordinal))
                .Distinct();
}
