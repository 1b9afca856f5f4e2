using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Money.Pages;
using Remit.Modules.Papers;
using Remit.Modules.People;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Money.Debts;

/// <summary>Debtors: who owes what and how late, what they promised, and what follows.</summary>
internal static class DebtEndpoints
{
    private const int Talks = 8;

    public static void MapDebts(this WebApplication app)
    {
        app.MapList(DebtList.List);
        app.MapGet("/debts/{client:guid}", Show).Needs(Permission.PapersSee);
        app.MapPost("/debts/{client:guid}/promises", Promise).Needs(Permission.PapersEdit);
    }

    private static async Task<IResult> Show(Guid client, AppDb db, Screen screen, Go go)
    {
        var debtor = await db.Set<Client>().AsNoTracking().One(client);
        if (debtor.MergedInto is { } other)
            return go.To($"debts/{other}");
        var debt = await Debt.Of(db, client, screen.Today);
        return new RazorComponentResult<DebtPage>(
            new
            {
                Client = debtor,
                Debt = debt,
                Contacts = await db.Set<Contact>()
                    .AsNoTracking()
                    .Where(c => c.ClientId == client)
                    .OrderByDescending(c => c.DecisionMaker)
                    .ThenBy(c => c.NameKey)
                    .ToListAsync(),
                Talk = await db.Set<ClientEvent>()
                    .AsNoTracking()
                    .Where(e => e.ClientId == client)
                    .OrderByDescending(e => e.At)
                    .ThenByDescending(e => e.Id)
                    .Take(Talks)
                    .ToListAsync(),
                Steps = await db.Set<WorkTask>()
                    .AsNoTracking()
                    .About("client", client)
                    .Where(t => t.DoneAt == null)
                    .OrderBy(t => t.DueOn)
                    .ToListAsync(),
                People = await db.Set<Person>().AsNoTracking().Where(p => p.Active).OrderBy(p => p.NameKey).ToListAsync(),
            }
        );
    }

    private static async Task<IResult> Promise(Guid client, Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var by = form.Day("promise_by") ?? throw new Refusal("form.empty", ("field", "field.promise_by")) { Field = "promise_by" };
        var sum = form.Minor("promise_sum") ?? throw new Refusal("form.empty", ("field", "field.promise_sum")) { Field = "promise_sum" };
        var made = await Take(
            db,
            client,
            (sum, form.Text("currency"), by),
            (form.Id("person") ?? actor.PersonId!.Value, form.Text("promiser"), form.Text("promise_note")),
            form.Flag("instead"),
            screen
        );
        await db.SaveChangesAsync();
        return go.To(form.Back($"debts/{client}"), db, screen.T["promise.taken", ("sum", made.Sum), ("day", made.By)]);
    }

    /// <summary>Notes a promise; <paramref name="instead"/> of those that are not met yet in its currency.</summary>
    internal static async Task<PaymentPromise> Take(
        AppDb db,
        Guid clientId,
        (long Minor, string? Currency, DateOnly By) said,
        (Guid Person, string? Promiser, string? Note) who,
        bool instead,
        Screen screen
    )
    {
        var today = screen.Today;
        await db.StartWriting();
        var client = await db.Set<Client>().One(clientId);
        var currencies = await db.Set<Invoice>()
            .Unpaid()
            .Where(i => i.ClientId == clientId)
            .Select(i => i.Total.Currency)
            .Distinct()
            .ToListAsync();
        Must(currencies.Count > 0, "promise.no_debt", ("client", client.Name));
        var currency = said.Currency ?? currencies[0];
        Must(currencies.Contains(currency), "promise.no_debt", ("client", client.Name));
        var promise = PaymentPromise.Of(
            client.Id,
            new Amount(said.Minor, currency),
            said.By,
            today,
            (await db.Set<Person>().One(who.Person)).Id,
            who.Promiser,
            who.Note
        );
        if (instead)
        {
            var unmet = (await db.PromisesOf([client.Id], today))
                .Where(o =>
                    o.Promise.ReplacedOn is null
                    && o.Promise.Sum.Currency == currency
                    && o.State is PromiseState.Open or PromiseState.Broken
                )
                .Select(o => o.Promise.Id)
                .ToList();
            foreach (var former in await db.Set<PaymentPromise>().Where(p => unmet.Contains(p.Id)).ToListAsync())
                former.Replace(today);
        }
        db.Add(promise);
        db.State(
            new Fact(
                "payment.promised",
                db.Actor.PersonId,
                today,
                promise.Id,
                promise.Id,
                client.Id,
                $"{client.Name} · {Formats.Money(promise.Sum, screen.T)} · {Formats.Day(promise.By, screen.T)}"
            )
        );
        return promise;
    }
}
