using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Papers.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Papers.Contracts;

/// <summary>Contracts with clients: drawn up, signed, extended period by period, ended.</summary>
internal static class ContractEndpoints
{
    public static void MapContracts(this WebApplication app)
    {
        app.MapList(ContractList.List);
        app.MapGet("/contracts/new", NewForm).Needs(Permission.PapersEdit);
        app.MapPost("/contracts/new", Create).Needs(Permission.PapersEdit);
        app.MapGet("/contracts/{id:guid}", Show).Needs(Permission.PapersSee);
        app.MapGet("/contracts/{id:guid}/edit", EditForm).Needs(Permission.PapersEdit);
        app.MapPost("/contracts/{id:guid}/edit", Edit).Needs(Permission.PapersEdit);
        app.MapPost("/contracts/{id:guid}/sign", Sign).Needs(Permission.PapersEdit);
        app.MapPost("/contracts/{id:guid}/extend", Extend).Needs(Permission.PapersEdit);
        app.MapPost("/contracts/{id:guid}/end", End).Needs(Permission.PapersEdit);
        app.MapPost("/contracts/{id:guid}/discard", Discard).Needs(Permission.PapersEdit);
    }

    private static async Task<IResult> NewForm(AppDb db, Actor actor, Guid? client, string? q)
    {
        if (client is { } id)
        {
            var chosen = await db.Set<Client>().AsNoTracking().One(id);
            return Page<ContractForm>(await ContractFormData.Of(db, chosen, null, chosen.OwnerId ?? actor.PersonId));
        }
        var found = await db.Set<Client>().AsNoTracking().Served().FirstSaying(db, q, 20);
        return Page<ContractForm>(new { Found = found, Words = q ?? "" });
    }

    private static async Task<IResult> Create(Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var kind = Named.Of<ContractKind>(form.Text("contract_kind")) ?? throw new NotFound();
        var client = await db.Set<Client>().One(form.Id("client") ?? throw new NotFound());
        var contract = await Make(
            db,
            client,
            kind,
            form.Id("company"),
            (form.Text("client_number"), Typed(form, client.OwnerId ?? actor.PersonId!.Value))
        );
        if (form.Day("signed_on") is { } day)
            await db.Sign(contract, day, screen.Today);
        await db.SaveChangesAsync();
        return go.To(
            $"contracts/{contract.Id}",
            db,
            screen.T[contract.State == ContractState.Draft ? "contract.drafted" : "contract.signed_done", ("number", contract.Title)]
        );
    }

    internal static async Task<Contract> Make(
        AppDb db,
        Client client,
        ContractKind kind,
        Guid? company,
        (string? ClientNumber, ContractTerms Terms) said
    )
    {
        await db.StartWriting();
        var contract = Contract.Draft(await db.Seller(company), client.Id, kind, said.ClientNumber, said.Terms);
        if (contract.ServiceClassId is { } agreed)
            await db.Set<ServiceClass>().One(agreed);
        await db.Set<Person>().One(contract.PersonId);
        db.Add(contract);
        return contract;
    }

    private static async Task<IResult> Show(Guid id, AppDb db, Screen screen, IEnumerable<IContractSection> sections)
    {
        var contract = await db.Set<Contract>().AsNoTracking().One(id);
        var shown = new List<RenderFragment>();
        foreach (var section in sections)
            if (await section.For(contract, db, screen) is { } fragment)
                shown.Add(fragment);
        var periods = await db.Set<Contract>()
            .AsNoTracking()
            .Where(c =>
                c.ClientId == contract.ClientId
                && c.CompanyId == contract.CompanyId
                && c.Kind == contract.Kind
                && c.Number == contract.Number
                && c.Year == contract.Year
                && c.ClientNumber == contract.ClientNumber
                && c.State != ContractState.Draft
            )
            .OrderByDescending(c => c.Extension)
            .ToListAsync();
        return Page<ContractPage>(
            new
            {
                Contract = contract,
                Periods = contract.State == ContractState.Draft ? [] : periods,
                Sections = shown,
                Client = await db.Set<Client>().AsNoTracking().One(contract.ClientId),
                Company = await db.Set<OwnCompany>().AsNoTracking().One(contract.CompanyId),
                ServiceClass = await db.Set<ServiceClass>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == contract.ServiceClassId),
                Person = await db.Set<Person>().Where(p => p.Id == contract.PersonId).Select(p => p.Name).SingleOrDefaultAsync(),
                Invoices = await db.Set<Invoice>()
                    .AsNoTracking()
                    .Where(i => i.ContractId == id)
                    .OrderByDescending(i => i.Id)
                    .Take(30)
                    .ToListAsync(),
            }
        );
    }

    private static async Task<IResult> EditForm(Guid id, AppDb db)
    {
        var contract = await db.Set<Contract>().AsNoTracking().One(id);
        Must(contract.State is ContractState.Draft or ContractState.Signed, "contract.is_over", ("number", contract.Title));
        return Page<ContractForm>(
            await ContractFormData.Of(db, await db.Set<Client>().AsNoTracking().One(contract.ClientId), contract, contract.PersonId)
        );
    }

    private static async Task<IResult> Edit(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        var contract = await db.Set<Contract>().One(id);
        form = await form.Merged(db, contract, c => Shown(c, screen.T));
        contract.Agree(Typed(form, contract.PersonId));
        if (contract.ServiceClassId is { } agreed)
            await db.Set<ServiceClass>().One(agreed);
        await db.SaveChangesAsync();
        return go.To($"contracts/{id}", db, screen.T["contract.saved", ("number", contract.Title)]);
    }

    private static async Task<IResult> Sign(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        // Read when the lock is held, so that two clicks never sign one draft twice.
        await db.StartWriting();
        var contract = await db.Set<Contract>().One(id);
        await db.Sign(contract, form.Day("signed_on") ?? screen.Today, screen.Today);
        await db.SaveChangesAsync();
        return go.To($"contracts/{id}", db, screen.T["contract.signed_done", ("number", contract.Title)]);
    }

    private static async Task<IResult> Extend(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        await db.StartWriting();
        var next = await db.Extend(await db.Set<Contract>().One(id), screen.Today, form.Day("contract_until"));
        await db.SaveChangesAsync();
        return go.To($"contracts/{next.Id}", db, screen.T["contract.extended_done", ("number", next.Title), ("day", next.Until)]);
    }

    private static async Task<IResult> End(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        var contract = await db.Set<Contract>().One(id);
        contract.End(form.Day("ended_on") ?? screen.Today, screen.Today);
        await db.SaveChangesAsync();
        return go.To($"contracts/{id}", db, screen.T["contract.ended_done", ("number", contract.Title)]);
    }

    private static async Task<IResult> Discard(Guid id, AppDb db, Screen screen, Go go)
    {
        var contract = await db.Set<Contract>().One(id);
        Must(contract.State == ContractState.Draft, "contract.signed_already", ("number", contract.Title));
        await db.Discard(contract);
        await db.SaveChangesAsync();
        return go.To($"clients/{contract.ClientId}", db, screen.T["trash.deleted", ("title", contract.Title)]);
    }

    private static ContractTerms Typed(Form form, Guid person) =>
        new(
            form.Text("contract_subject"),
            form.Day("contract_from") ?? throw new Refusal("form.empty", ("field", "field.contract_from")) { Field = "contract_from" },
            form.Day("contract_until")
        )
        {
            Renews = form.Flag("renews"),
            NoticeDays = form.Int("notice_days") ?? 30,
            SumMinor = form.Minor("contract_sum") ?? 0,
            Per = Named.Of<ContractPay>(form.Text("contract_per")) ?? ContractPay.Whole,
            ServiceClass = form.Id("service_class"),
            Person = form.Id("person") ?? person,
        };

    /// <summary>A contract as its form shows it; two people's edits are compared by it.</summary>
    private static IEnumerable<(string, string)> Shown(Contract c, T t) =>
        [
            ("contract_subject", c.Subject),
            ("contract_from", $"{c.From:yyyy-MM-dd}"),
            ("contract_until", $"{c.Until:yyyy-MM-dd}"),
            ("renews", c.Renews ? "on" : ""),
            ("notice_days", $"{c.NoticeDays}"),
            ("contract_sum", c.Sum.Minor == 0 ? "" : Formats.Typed(c.Sum, t)),
            ("contract_per", $"{c.Per}"),
            ("service_class", $"{c.ServiceClassId}"),
            ("person", $"{c.PersonId}"),
        ];
}

/// <summary>What the form of a contract is filled from.</summary>
internal static class ContractFormData
{
    public static async Task<object> Of(AppDb db, Client client, Contract? contract, Guid? person) =>
        new
        {
            Client = client,
            Contract = contract,
            Person = person,
            Companies = await db.OwnCompanies(),
            Classes = await db.Set<ServiceClass>().AsNoTracking().OrderBy(c => c.Hours).ThenBy(c => c.Name).ToListAsync(),
            People = await db.Set<Person>().AsNoTracking().Where(p => p.Active).OrderBy(p => p.NameKey).ToListAsync(),
        };
}
