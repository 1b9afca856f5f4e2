using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Duties;

/// <summary>One duty, for other programs: its words, how often it is due, the facts it hangs on, and its norm from a day on.</summary>
internal static class DutyApi
{
    public static void MapDutyApi(this RouteGroupBuilder api)
    {
        api.MapGet("/duties/{id:guid}", Read).Needs(Permission.DutiesSee).WithSummary("One duty, with the norm in force on a day");
        api.MapPatch("/duties/{id:guid}", Change)
            .Needs(Permission.DutiesEdit)
            .WithSummary("Change what is named, from the version that was read; an empty trigger or condition takes it off");
        api.MapPost("/duties/{id:guid}/norms", Measure)
            .Needs(Permission.DutiesEdit)
            .WithSummary("A new norm from a day on, without one from this month on; work done before keeps the old one");
        api.MapPost("/duties/{id:guid}/retire", Retire)
            .Needs(Permission.DutiesEdit)
            .WithSummary("Take a duty out of the register; the work it measured stays");
        api.MapGet("/facts", Facts)
            .Needs(Permission.DutiesSee)
            .WithSummary("The facts that can log a duty by themselves, and which of them its pay can wait for");
    }

    private static async Task<DutyJson> Read(Guid id, DateOnly? on, AppDb db, Screen screen, HttpContext http) =>
        await Whole(db, http, await db.Set<Duty>().One(id), on ?? screen.Today);

    private static async Task<DutyJson> Change(Guid id, DutyChange wanted, AppDb db, Screen screen, HttpContext http)
    {
        var duty = await db.Set<Duty>().One(id);
        http.MustMatch(db, duty, wanted.Version);
        duty.Describe(wanted.Section ?? duty.Section, wanted.Number ?? duty.Number, wanted.Text ?? duty.Text);
        duty.Expect(wanted.Unit ?? duty.Unit, wanted.Result ?? duty.Result, wanted.Proof ?? duty.Proof);
        duty.Plan(wanted.Frequency ?? duty.Frequency);
        duty.Bind(Code(wanted.Trigger, duty.Trigger), Code(wanted.Condition, duty.Condition));
        await db.SaveChangesAsync();
        return await Whole(db, http, duty, screen.Today);
    }

    private static async Task<DutyJson> Measure(Guid id, NewNorm wanted, AppDb db, Screen screen, HttpContext http)
    {
        var duty = await db.Set<Duty>().One(id);
        var from = wanted.From ?? screen.Month.First;
        db.Add(DutyNorm.Of(duty, from, wanted.Minutes, wanted.Complexity ?? 0, wanted.Points));
        await db.SaveChangesAsync();
        return await Whole(db, http, duty, from);
    }

    private static async Task<DutyJson> Retire(Guid id, AppDb db, Screen screen, HttpContext http)
    {
        var duty = await db.Set<Duty>().One(id);
        duty.Retire();
        await db.SaveChangesAsync();
        return await Whole(db, http, duty, screen.Today);
    }

    private static IReadOnlyList<FactJson> Facts(Screen screen) =>
        [
            .. FactCatalogue.All.Select(f => new FactJson(
                f.Code,
                screen.T["fact." + f.Code],
                f.ByOther,
                FactCatalogue.Conditions.Contains(f.Code)
            )),
        ];

    internal static async Task<DutyJson> Whole(AppDb db, HttpContext http, Duty duty, DateOnly on)
    {
        var id = http.Tagged(duty).Id;
        return (await DutiesApi.Shown(db, d => d.Id == id, on))[0];
    }

    private static string? Code(string? wanted, string? now) =>
        wanted is null ? now
        : wanted.Length > 0 ? wanted
        : null;
}

/// <summary>What of a duty changes; what is not named stays.</summary>
/// <param name="Trigger">The code of the fact that logs it, from <c>facts</c>.</param>
/// <param name="Condition">The code of the fact its pay waits for.</param>
public sealed record DutyChange(
    string? Section,
    string? Number,
    string? Text,
    string? Result,
    string? Proof,
    string? Unit,
    Frequency? Frequency,
    string? Trigger,
    string? Condition,
    int? Version
);

/// <param name="Points">Left out, they follow minutes and complexity.</param>
public sealed record NewNorm(DateOnly? From, int Minutes, int? Complexity, int? Points);

/// <param name="ByOther">Confirmed by somebody else than the one who is paid for it.</param>
/// <param name="IsCondition">Pay can wait for it.</param>
public sealed record FactJson(string Code, string Name, bool ByOther, bool IsCondition);
