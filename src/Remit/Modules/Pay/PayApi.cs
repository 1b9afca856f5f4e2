using Remit.Kernel;
using Remit.Storage;
using Remit.Web;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Pay;

/// <summary>The month's pay, for payroll programs.</summary>
public static class PayApi
{
    public static void MapPayApi(this RouteGroupBuilder api)
    {
        api.MapStatementsApi();
        api.MapSchemesApi();
        api.MapMentorsApi();
        api.MapGet("/pay/{month}", Month)
            .Needs(Permission.PaySeeOwn)
            .WithSummary(
                "A month's pay with the reasons of every amount, as the command pay --json gives it: one's own, or, with the right to see everybody's, all or one person's"
            )
            .Produces<PayMonthJson>(200);
    }

    private static async Task<IResult> Month(string month, Guid? person, AppDb db, Actor actor)
    {
        var asked = Kernel.Month.Read(month) ?? throw new NotFound();
        var whose = actor.Can(Permission.PaySeeAll) ? person : person ?? actor.PersonId;
        if (whose != actor.PersonId && !actor.Can(Permission.PaySeeAll))
            throw new NotFound();
        return Results.Text(await PayRun.Json(db, asked, whose), "application/json");
    }
}

/// <summary>The shape of the answer, for its description; <c>PayJson</c> writes it.</summary>
public sealed record PayMonthJson(string Month, IReadOnlyList<PayPersonJson> People);

/// <param name="Held">The sum as <c>Total</c> says it, and its reasons.</param>
public sealed record PayPersonJson(Guid Person, Amount Total, PayHeldJson Held, PayWhyJson Why);

public sealed record PayHeldJson(
    long Minor,
    string Currency,
    string Label,
    Amount Amount,
    IReadOnlyList<PayWhyJson> Parts,
    IReadOnlyList<Guid> Entries,
    IReadOnlyDictionary<string, string>? Values = null,
    string? Note = null
);

/// <summary>An amount and the parts it is the sum of, down to entries of the work ledger.</summary>
public sealed record PayWhyJson(
    string Label,
    Amount Amount,
    IReadOnlyList<PayWhyJson> Parts,
    IReadOnlyList<Guid> Entries,
    IReadOnlyDictionary<string, string>? Values = null,
    string? Note = null
);
