using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Papers;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Tests.Dispatch;

namespace Remit.Tests.Papers;

/// <summary>A contract from its draft to its second period: what it asks, what it decides, and what cannot be taken back.</summary>
public sealed class Contracts_with_clients : IAsyncLifetime
{
    private static readonly DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(2));
    private readonly World world = new();

    public async Task InitializeAsync()
    {
        await world.InitializeAsync();
        await world.Post("papers/company", ("company_title", "Meridian"), ("hour_price", "60"), ("vat", "20"));
    }

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_draft_takes_its_number_when_it_is_signed_and_the_number_does_not_come_back()
    {
        var client = await world.Client("Orbita");
        var draft = await Made(client, ("contract_kind", "Service"));
        Assert.Equal((ContractState.Draft, (long?)null), (draft.State, draft.Number));
        await world.Post($"contracts/{draft.Id}/sign", ("signed_on", Day(0)));
        var signed = await Now(draft);
        Assert.Equal((ContractState.Signed, 1L, $"№ 1/{today.Year}"), (signed.State, signed.Number!.Value, signed.Title));
        Assert.Equal($"№ 1/{today.Year}", (await Made(client, ("contract_kind", "Licence"), ("signed_on", Day(0)))).Title);
        Assert.Equal($"№ 2/{today.Year}", (await Made(client, ("contract_kind", "Service"), ("signed_on", Day(0)))).Title);
        await using var db = world.Db();
        Assert.Equal(3, await db.Set<StatedFact>().CountAsync(f => f.Code == "contract.signed" && f.ClientId == client));
        var change = await db.Journal.Where(j => j.RecordId == draft.Id).OrderByDescending(j => j.Seq).Select(j => j.ChangeId).FirstAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post($"history/{change}/undo")).StatusCode);
        Assert.Contains("contract signed", await world.Text($"clients/{client}"));
        Assert.Contains($"№ 2/{today.Year}", await world.Text($"search?q=2/{today.Year}"));
    }

    [Fact]
    public async Task It_asks_its_person_in_time_and_is_extended_by_one_button_that_one_undo_takes_back()
    {
        var (elena, id) = await world.SomeoneWhoIs(Role.Manager);
        var client = await world.Client("Lagoda");
        var contract = await Made(
            client,
            ("client_number", "LG-77"),
            ("signed_on", Day(-300)),
            ("contract_from", "2025-02-01"),
            ("contract_until", Day(20)),
            ("person", $"{id}")
        );
        Assert.Contains("№ LG-77 · Lagoda", await elena.Text("inbox"));
        await world.Text("inbox");
        Assert.DoesNotContain("LG-77", await world.Text("inbox"));
        Assert.Contains("LG-77", await world.Text("people/" + id + "/holdings"));
        Assert.Contains("LG-77", await world.Text("contracts?contract_only=ending"));
        var page = await elena.PostAndRead($"contracts/{contract.Id}/extend");
        Assert.Contains("№ LG-77-1", page);
        Assert.DoesNotContain("LG-77", await elena.Text("inbox"));
        await using var db = world.Db();
        var next = await db.Set<Contract>().AsNoTracking().SingleAsync(c => c.ExtendsId == contract.Id);
        Assert.Equal(
            (today.AddDays(21), contract.ConcludedOn, ContractState.Extended),
            (next.From, next.ConcludedOn, (await Now(contract)).State)
        );
        Assert.True(await db.Set<StatedFact>().AnyAsync(f => f.Code == "contract.extended" && f.SubjectId == next.Id && f.PersonId == id));
        var change = await db.Journal.Where(j => j.RecordId == next.Id).Select(j => j.ChangeId).SingleAsync();
        await elena.Post($"history/{change}/undo");
        Assert.Equal(ContractState.Signed, (await Now(contract)).State);
        Assert.Contains("№ LG-77 · Lagoda", await elena.Text("inbox"));
    }

    [Fact]
    public async Task One_that_renews_itself_gets_the_periods_that_passed_in_the_morning()
    {
        var client = await world.Client("Evergreen");
        var contract = await Made(
            client,
            ("renews", "on"),
            ("signed_on", Day(-800)),
            ("contract_from", Day(-729)),
            ("contract_until", Day(-365))
        );
        for (var day = 0; day < 3; day++)
            await world.RunJobs(DateTime.UtcNow.AddDays(day));
        await using var db = world.Db();
        var periods = await db.Set<Contract>().AsNoTracking().Where(c => c.ClientId == client).OrderBy(c => c.Extension).ToListAsync();
        Assert.All(periods[..^1], c => Assert.Equal(ContractState.Extended, c.State));
        Assert.True(periods.Count is 2 or 3 && periods[^1].Until >= today && periods[^1].State == ContractState.Signed);
        Assert.Contains("renewed itself until", await world.Text("notices"));
    }

    [Fact]
    public async Task The_time_to_answer_comes_from_the_contract_in_force_else_from_the_client_else_from_the_segment()
    {
        await world.Post("questions/classes", ("service_name", "Express"), ("hours", "1"));
        await world.Post("questions/classes", ("service_name", "Calm"), ("hours", "40"));
        await using var db = world.Db();
        var (express, calm) = (
            await db.Set<ServiceClass>().SingleAsync(c => c.Name == "Express"),
            await db.Set<ServiceClass>().SingleAsync(c => c.Name == "Calm")
        );
        var client = await world.Client("Quick Ltd");
        Assert.Contains("8 working hours", await world.Text($"clients/{client}"));
        await world.Post($"clients/{client}/service", ("class", $"{calm.Id}"));
        Assert.Contains("40 working hours", await world.Text($"clients/{client}"));
        await Made(client, ("service_class", $"{calm.Id}"), ("signed_on", Day(0)), ("contract_from", Day(5)));
        var contract = await Made(client, ("service_class", $"{express.Id}"), ("signed_on", Day(0)));
        Assert.Contains($">contract {contract.Title}", await world.Text($"clients/{client}"));
        await world.Post("questions/new", ("client", $"{client}"), ("question_text", "How soon?"));
        var usual = await world.Client("Slow Ltd");
        await world.Post("questions/new", ("client", $"{usual}"), ("question_text", "When?"));
        Assert.True(
            await db.Set<Question>().Where(q => q.ClientId == client).Select(q => q.DueAt).SingleAsync()
                < await db.Set<Question>().Where(q => q.ClientId == usual).Select(q => q.DueAt).SingleAsync()
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post($"questions/classes/{express.Id}/end")).StatusCode);
        await world.Post($"contracts/{contract.Id}/end", ("ended_on", Day(0)));
        Assert.DoesNotContain($">contract {contract.Title}", await world.Text($"clients/{client}"));
    }

    [Fact]
    public async Task An_invoice_names_the_contract_on_the_page_the_paper_and_the_strip_and_not_anothers()
    {
        var (client, other) = (await world.Client("Payer"), await world.Client("Other"));
        var contract = await Made(client, ("signed_on", Day(0)));
        var foreign = await Made(other, ("signed_on", Day(0)));
        await world.Post(
            "papers/new",
            ("client", $"{client}"),
            ("contract", $"{contract.Id}"),
            ("text1", "Month of service"),
            ("count1", "1"),
            ("unit1", "month"),
            ("price1", "100")
        );
        await using var db = world.Db();
        var invoice = await db.Set<Invoice>().AsNoTracking().SingleAsync(i => i.ClientId == client);
        Assert.Equal(contract.Id, invoice.ContractId);
        Assert.Contains("contract ✓", await world.Text($"papers/{invoice.Id}"));
        await world.Post($"papers/{invoice.Id}/issue");
        Assert.Contains("№ 1", await world.Text($"contracts/{contract.Id}"));
        Assert.Equal(HttpStatusCode.OK, (await world.Owner.Get($"papers/{invoice.Id}/invoice.pdf")).StatusCode);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await world.Post(
                    "papers/new",
                    ("client", $"{client}"),
                    ("contract", $"{foreign.Id}"),
                    ("text1", "x"),
                    ("count1", "1"),
                    ("unit1", "hour"),
                    ("price1", "1")
                )
            ).StatusCode
        );
        var (petar, petarId) = await world.SomeoneWhoIs(Role.Programmer);
        var visit = await world.Visit(client, petarId, Scene.Workday(0), "23:00");
        await world.Post($"visits/{visit.Id}/finish", ("version", $"{visit.Version}"), ("duration", "60"), ("works", "Update"));
        await world.Post($"papers/from-visit/{visit.Id}");
        Assert.Equal(contract.Id, await db.Set<Invoice>().Where(i => i.VisitId == visit.Id).Select(i => i.ContractId).SingleAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await petar.Get($"contracts/{contract.Id}")).StatusCode);
    }

    [Fact]
    public async Task Other_programs_make_sign_and_extend_contracts_and_broken_terms_are_refused()
    {
        var client = await world.Client("Api Ltd");
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await world.Post("contracts/new", Fields(client, ("contract_until", "2020-01-01")))).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await world.Post("contracts/new", Fields(client, ("contract_until", ""), ("renews", "on")))).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await world.Post("contracts/new", Fields(client, ("signed_on", Day(3))))).StatusCode
        );
        var caller = await Access.Caller.Of(world, world.Owner);
        var made = await Access.Caller.Read(
            caller.Post(
                "contracts",
                new
                {
                    client,
                    kind = "supply",
                    from = "2026-01-01",
                    until = "2026-12-31",
                    sum_minor = 120_000,
                    per = "year",
                    signed_on = Day(0),
                }
            ),
            HttpStatusCode.Created
        );
        var id = made.GetProperty("id").GetGuid();
        Assert.Equal("signed", made.GetProperty("state").GetString());
        var next = await Access.Caller.Read(caller.Post($"contracts/{id}/extend"), HttpStatusCode.Created);
        Assert.Equal(("2027-01-01", "2027-12-31"), (next.GetProperty("from").GetString(), next.GetProperty("until").GetString()));
        Assert.Equal(2, (await Access.Caller.Read(caller.Get($"contracts?client={client}"))).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public void The_next_period_is_as_long_as_this_one_in_months_or_in_days()
    {
        Assert.Equal(new DateOnly(2027, 2, 28), Of("2026-03-01", "2026-08-31").NextUntil);
        Assert.Equal(new DateOnly(2025, 3, 4), Of("2023-03-05", "2024-03-04").NextUntil);
        Assert.Equal(new DateOnly(2026, 1, 20), Of("2026-01-01", "2026-01-10").NextUntil);
        Assert.Null(Of("2026-01-01", null).NextUntil);

        static Contract Of(string from, string? until) =>
            Contract.Draft(
                OwnCompany.Of("Meridian", "BG", "EUR", null),
                Guid.NewGuid(),
                ContractKind.Service,
                null,
                new ContractTerms("", DateOnly.Parse(from, null), until is null ? null : DateOnly.Parse(until, null))
                {
                    Person = Guid.NewGuid(),
                }
            );
    }

    private async Task<Contract> Made(Guid client, params (string Name, string Value)[] fields)
    {
        var answer = await world.Post("contracts/new", Fields(client, fields));
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
        await using var db = world.Db();
        return await db.Set<Contract>().AsNoTracking().Where(c => c.ClientId == client).OrderByDescending(c => c.Id).FirstAsync();
    }

    private static (string, string)[] Fields(Guid client, params (string Name, string Value)[] fields)
    {
        (string Name, string Value)[] usual =
        [
            ("client", $"{client}"),
            ("contract_kind", "Service"),
            ("contract_from", Day(-10)),
            ("contract_until", Day(354)),
        ];
        return [.. usual.Where(u => fields.All(f => f.Name != u.Name)), .. fields];
    }

    private async Task<Contract> Now(Contract contract)
    {
        await using var db = world.Db();
        return await db.Set<Contract>().AsNoTracking().SingleAsync(c => c.Id == contract.Id);
    }

    private static string Day(int after) => today.AddDays(after).ToString("yyyy-MM-dd");
}
