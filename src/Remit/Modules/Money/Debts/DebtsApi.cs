using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Money.Debts;

/// <summary>Debtors and what they promised, for other programs.</summary>
internal static class DebtsApi
{
    private const int PageSize = 100;

    public static void MapDebtsApi(this RouteGroupBuilder api)
    {
        api.MapGet("/debts", List)
            .Needs(Permission.PapersSee)
            .WithSummary("What each client owes in a currency, by how late it is; minor units");
        api.MapGet("/clients/{id:guid}/promises", Promises)
            .Needs(Permission.PapersSee)
            .WithSummary("Promises of a client to pay, the latest day first, with what became of each");
        api.MapPost("/clients/{id:guid}/promises", Promise)
            .Needs(Permission.PapersEdit)
            .WithSummary("Note a promise; instead=true puts it in the place of those that are not met");
    }

    private static async Task<Listed<DebtJson>> List(AppDb db, Screen screen, Guid? after)
    {
        var rows = DebtList.List.Rows(db, screen);
        if (after is { } last)
            rows = rows.Where(r => r.Id.CompareTo(last) < 0);
        return Listed<DebtJson>.Of(
            await rows.OrderByDescending(r => r.Id).Take(PageSize + 1).ToListAsync(),
            PageSize,
            r => r.Id,
            DebtJson.Of
        );
    }

    private static async Task<IReadOnlyList<PromiseJson>> Promises(Guid id, AppDb db, Screen screen) =>
        [.. (await db.PromisesOf(id, screen.Today)).Select(PromiseJson.Of)];

    private static async Task<Created<PromiseJson>> Promise(Guid id, NewPromise wanted, AppDb db, Actor actor, Screen screen)
    {
        var made = await DebtEndpoints.Take(
            db,
            id,
            (wanted.SumMinor, wanted.Currency, wanted.By),
            (wanted.Person ?? actor.PersonId!.Value, wanted.Promiser, wanted.Note),
            wanted.Instead,
            screen
        );
        await db.SaveChangesAsync();
        return TypedResults.Created($"{screen.Base}api/v1/clients/{id}/promises", PromiseJson.Of(new(made, PromiseState.Open, 0, null)));
    }
}

/// <summary>A promise to be noted; without a currency, that of the debt.</summary>
public sealed record NewPromise(long SumMinor, DateOnly By, string? Currency, string? Promiser, string? Note, Guid? Person, bool Instead);

/// <summary>A promise as other programs see it.</summary>
public sealed record PromiseJson(
    Guid Id,
    Guid Client,
    Amount Sum,
    DateOnly By,
    DateOnly TakenOn,
    PromiseState State,
    long PaidMinor,
    DateOnly? PaidOn,
    string Promiser,
    string Note,
    Guid Person
)
{
    public static PromiseJson Of(PromiseOutcome o) =>
        new(
            o.Promise.Id,
            o.Promise.ClientId,
            o.Promise.Sum,
            o.Promise.By,
            o.Promise.TakenOn,
            o.State,
            o.PaidMinor,
            o.PaidOn,
            o.Promise.Promiser,
            o.Promise.Note,
            o.Promise.PersonId
        );
}

/// <summary>A debtor as other programs see it.</summary>
public sealed record DebtJson(
    Guid Client,
    string Currency,
    long Total,
    long Ahead,
    long Late30,
    long Late60,
    long Late90,
    long Older,
    DateOnly? Oldest,
    DateOnly? PromisedBy
)
{
    public static DebtJson Of(DebtRow r) =>
        new(r.ClientId, r.Currency, r.Total, r.Ahead, r.Late30, r.Late60, r.Late90, r.Older, r.Oldest, r.PromisedBy);
}
