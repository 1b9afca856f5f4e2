using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Papers.Contracts;

/// <summary>Contracts, for other programs.</summary>
internal static class ContractsApi
{
    private const int PageSize = 100;

    public static void MapContractsApi(this RouteGroupBuilder api)
    {
        api.MapGet("/contracts", List)
            .Needs(Permission.PapersSee)
            .WithSummary("Contracts, newest first; of a client, and with in_force=true only those that hold today");
        api.MapPost("/contracts", Make)
            .Needs(Permission.PapersEdit)
            .WithSummary("A draft; with signed_on it is signed and takes its number");
        api.MapGet("/contracts/{id:guid}", Read).Needs(Permission.PapersSee).WithSummary("One contract");
        api.MapPost("/contracts/{id:guid}/sign", Sign)
            .Needs(Permission.PapersEdit)
            .WithSummary("The draft was signed; without a day, today");
        api.MapPost("/contracts/{id:guid}/extend", Extend)
            .Needs(Permission.PapersEdit)
            .WithSummary("The next period, as long as this one unless another end is said");
        api.MapPost("/contracts/{id:guid}/end", End)
            .Needs(Permission.PapersEdit)
            .WithSummary("It holds no longer; without a day, from today");
    }

    private static async Task<Listed<ContractJson>> List(AppDb db, Screen screen, Guid? client, bool? in_force, Guid? after)
    {
        var contracts = db.Set<Contract>().AsNoTracking();
        if (client is { } of)
            contracts = contracts.Where(c => c.ClientId == of);
        if (in_force == true)
            contracts = contracts.InForce(screen.Today);
        if (after is { } last)
            contracts = contracts.Where(c => c.Id.CompareTo(last) < 0);
        return Listed<ContractJson>.Of(
            await contracts.OrderByDescending(c => c.Id).Take(PageSize + 1).ToListAsync(),
            PageSize,
            c => c.Id,
            ContractJson.Of
        );
    }

    private static async Task<Created<ContractJson>> Make(NewContract wanted, AppDb db, Actor actor, Screen screen, HttpContext http)
    {
        var client = await db.Set<Client>().One(wanted.Client);
        var terms = new ContractTerms(wanted.Subject, wanted.From ?? screen.Today, wanted.Until)
        {
            Renews = wanted.Renews,
            NoticeDays = wanted.NoticeDays ?? 30,
            SumMinor = wanted.SumMinor ?? 0,
            Per = wanted.Per ?? ContractPay.Whole,
            ServiceClass = wanted.ServiceClass,
            Person = wanted.Person ?? client.OwnerId ?? actor.PersonId!.Value,
        };
        var contract = await ContractEndpoints.Make(db, client, wanted.Kind, wanted.Company, (wanted.ClientNumber, terms));
        if (wanted.SignedOn is { } day)
            await db.Sign(contract, day, screen.Today);
        await db.SaveChangesAsync();
        return TypedResults.Created($"{screen.Base}api/v1/contracts/{contract.Id}", ContractJson.Of(http.Tagged(contract)));
    }

    private static async Task<ContractJson> Read(Guid id, AppDb db, HttpContext http) =>
        ContractJson.Of(http.Tagged(await db.Set<Contract>().One(id)));

    private static async Task<ContractJson> Sign(Guid id, DateOnly? on, AppDb db, Screen screen, HttpContext http)
    {
        await db.StartWriting();
        var contract = await db.Set<Contract>().One(id);
        await db.Sign(contract, on ?? screen.Today, screen.Today);
        await db.SaveChangesAsync();
        return ContractJson.Of(http.Tagged(contract));
    }

    private static async Task<Created<ContractJson>> Extend(Guid id, DateOnly? until, AppDb db, Screen screen, HttpContext http)
    {
        await db.StartWriting();
        var next = await db.Extend(await db.Set<Contract>().One(id), screen.Today, until);
        await db.SaveChangesAsync();
        return TypedResults.Created($"{screen.Base}api/v1/contracts/{next.Id}", ContractJson.Of(http.Tagged(next)));
    }

    private static async Task<ContractJson> End(Guid id, DateOnly? on, AppDb db, Screen screen, HttpContext http)
    {
        var contract = await db.Set<Contract>().One(id);
        contract.End(on ?? screen.Today, screen.Today);
        await db.SaveChangesAsync();
        return ContractJson.Of(http.Tagged(contract));
    }
}

/// <summary>A contract to be made; sums are minor units of the own company's currency.</summary>
public sealed record NewContract(
    Guid Client,
    ContractKind Kind,
    Guid? Company,
    string? ClientNumber,
    string? Subject,
    DateOnly? From,
    DateOnly? Until,
    bool Renews,
    int? NoticeDays,
    long? SumMinor,
    ContractPay? Per,
    Guid? ServiceClass,
    Guid? Person,
    DateOnly? SignedOn
);

/// <summary>A contract as other programs see it.</summary>
public sealed record ContractJson(
    Guid Id,
    Guid Client,
    Guid Company,
    ContractKind Kind,
    ContractState State,
    string Title,
    DateOnly From,
    DateOnly? Until,
    DateOnly? NoticeOn,
    bool Renews,
    DateOnly? SignedOn,
    DateOnly? EndedOn,
    Amount Sum,
    ContractPay Per,
    Guid? ServiceClass,
    Guid Person,
    Guid? Extends,
    string Subject,
    int Version
)
{
    public static ContractJson Of(Contract c) =>
        new(
            c.Id,
            c.ClientId,
            c.CompanyId,
            c.Kind,
            c.State,
            c.Title,
            c.From,
            c.Until,
            c.NoticeOn,
            c.Renews,
            c.SignedOn,
            c.EndedOn,
            c.Sum,
            c.Per,
            c.ServiceClassId,
            c.PersonId,
            c.ExtendsId,
            c.Subject,
            c.Version
        );
}
