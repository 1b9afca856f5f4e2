using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Storage;

namespace Remit.Modules.Papers;

/// <summary>Named questions to contracts, and what is done to one in a save.</summary>
public static class ContractQueries
{
    /// <summary>Those that hold on a day. One that was extended ahead of time holds until its own end.</summary>
    public static IQueryable<Contract> InForce(this IQueryable<Contract> contracts, DateOnly day) =>
        contracts.Where(c =>
            c.From <= day
            && (
                c.State == ContractState.Signed && (c.Until == null || c.Until >= day || c.Renews)
                || c.State == ContractState.Extended && c.Until >= day
            )
        );

    /// <summary>Those whose extension should be agreed on by a day: they end, and nobody has said what follows.</summary>
    public static IQueryable<Contract> Ending(this IQueryable<Contract> contracts, DateOnly by) =>
        contracts.Where(c => c.State == ContractState.Signed && c.NoticeOn <= by);

    /// <summary>Those under which a client can be billed by a company now: of service first, then the latest. What a paper names already is among them.</summary>
    public static async Task<List<Contract>> ContractsOf(this AppDb db, Guid client, Guid company, DateOnly day, Guid? named = null)
    {
        var own = db.Set<Contract>().AsNoTracking().Where(c => c.ClientId == client && c.CompanyId == company);
        var found = await own.InForce(day).ToListAsync();
        if (named is not null && found.TrueForAll(c => c.Id != named))
            found.AddRange(await own.Where(c => c.Id == named).ToListAsync());
        return [.. found.OrderByDescending(c => c.Kind == ContractKind.Service).ThenByDescending(c => c.From)];
    }

    /// <summary>Signs a draft: its number is taken in this save, so that there is never a gap.</summary>
    public static async Task Sign(this AppDb db, Contract contract, DateOnly on, DateOnly today)
    {
        await db.StartWriting();
        contract.Sign(
            on,
            contract.ClientNumber.Length > 0 ? null : await db.Next($"contract/{contract.CompanyId}/{contract.Kind}/{on.Year}"),
            today
        );
        await db.Told("contract.signed", contract, on);
    }

    public static async Task<Contract> Extend(this AppDb db, Contract contract, DateOnly on, DateOnly? until = null)
    {
        var next = contract.Extend(on, until);
        db.Add(next);
        await db.Told("contract.extended", next, on);
        return next;
    }

    private static async Task Told(this AppDb db, string code, Contract contract, DateOnly on)
    {
        var client = await db.Set<Client>().Where(c => c.Id == contract.ClientId).Select(c => c.Name).SingleAsync();
        db.State(new Fact(code, db.Actor.PersonId, on, contract.Id, contract.Id, contract.ClientId, $"{contract.Title} · {client}"));
    }
}
