using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Modules.Money;
using Remit.Modules.People;

namespace Remit.Tests.Access;

public sealed class The_api(World world) : IClassFixture<World>, IAsyncLifetime
{
    private Caller owner = null!;

    public async Task InitializeAsync() => owner = await Caller.Of(world, world.Owner);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_client_is_created_found_read_and_changed_from_the_version_that_was_read()
    {
        var name = Name();
        var made = await owner.Post(
            "clients",
            new
            {
                name,
                country = "BG",
                segment = "trade",
            }
        );
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal("\"0\"", made.Headers.ETag!.Tag);
        var read = await Caller.Read(owner.Get(made.Headers.Location!.OriginalString));
        Assert.Equal("trade", read.GetProperty("segment").GetString());
        var id = read.GetProperty("id").GetGuid();
        Assert.Equal(id, (await Caller.Read(owner.Get("clients?q=" + name))).GetProperty("items")[0].GetProperty("id").GetGuid());

        var changed = await Caller.Read(owner.Patch($"clients/{id}", new { route = "Door 3" }, "\"0\""));
        Assert.Equal(
            ("Door 3", "trade", 1),
            (
                changed.GetProperty("route").GetString(),
                changed.GetProperty("segment").GetString(),
                changed.GetProperty("version").GetInt32()
            )
        );
        Assert.Equal(
            "api.stale",
            await Key(owner.Patch($"clients/{id}", new { route = "late" }, "\"0\""), HttpStatusCode.PreconditionFailed)
        );
        Assert.Equal("api.stale", await Key(owner.Patch($"clients/{id}", new { route = "late", version = 0 }), HttpStatusCode.Conflict));
        Assert.Equal(
            "api.no_version",
            await Key(owner.Patch($"clients/{id}", new { route = "late" }), HttpStatusCode.PreconditionRequired)
        );
        await Caller.Read(owner.Patch($"clients/{id}", new { route = "in time", version = 1 }));
    }

    [Fact]
    public async Task A_null_in_a_list_or_a_number_for_a_word_is_refused_in_words()
    {
        var client = await Caller.Read(owner.Post("clients", new { name = Name() }), HttpStatusCode.Created);
        var id = client.GetProperty("id").GetGuid();
        Assert.Equal(
            "api.not_read",
            await Key(owner.Post("invoices", new { client = id, lines = new string?[] { null } }), HttpStatusCode.UnprocessableEntity)
        );
        Assert.Equal(
            "api.not_read",
            await Key(
                owner.Post(
                    "contracts",
                    new
                    {
                        client = id,
                        kind = 77,
                        subject = "Care",
                    }
                ),
                HttpStatusCode.BadRequest
            )
        );
        var schemas = (await Caller.Read(owner.Get("/openapi.json"))).GetProperty("components").GetProperty("schemas");
        Assert.Equal(
            ["null", "string"],
            schemas
                .GetProperty("ListedOfClientJson")
                .GetProperty("properties")
                .GetProperty("next")
                .GetProperty("type")
                .EnumerateArray()
                .Select(t => t.GetString())
                .Order()
        );
    }

    [Fact]
    public async Task Clients_come_in_pages_that_together_hold_each_once()
    {
        var mark = Name();
        for (var n = 0; n < 103; n++)
            await Caller.Read(owner.Post("clients", new { name = $"{mark} {n}" }), HttpStatusCode.Created);
        var seen = new List<Guid>();
        for (
            string? after = null, path = $"clients?q={mark}";
            path is not null;
            path = after is null ? null : $"clients?q={mark}&after={after}"
        )
        {
            var page = await Caller.Read(owner.Get(path));
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("id").GetGuid()));
            after = page.GetProperty("next").GetString();
        }
        Assert.Equal((103, 103), (seen.Count, seen.Distinct().Count()));
    }

    [Fact]
    public async Task A_contact_is_kept_at_a_client()
    {
        var client = await NewClient();
        var contact = await Caller.Read(
            owner.Post($"clients/{client}/contacts", new { name = "Ann", phone = "1" }),
            HttpStatusCode.Created
        );
        var id = contact.GetProperty("id").GetGuid();
        await Caller.Read(owner.Patch($"contacts/{id}", new { phone = "2", version = 0 }));
        var kept = (await Caller.Read(owner.Get($"clients/{client}/contacts")))[0];
        Assert.Equal(("Ann", "2"), (kept.GetProperty("name").GetString(), kept.GetProperty("phone").GetString()));
        Assert.Equal(id, (await Caller.Read(owner.Get($"contacts/{id}"))).GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task A_refusal_says_key_field_and_a_sentence_in_the_callers_language()
    {
        using var body = JsonContent.Create(
            new
            {
                name = "Bad",
                country = "RU",
                tax_id = "7707083894",
            }
        );
        var answer = await owner.Send(HttpMethod.Post, "clients", body, language: "fr, ru;q=0.8, en;q=0.5");
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = await Caller.Read(Task.FromResult(answer), HttpStatusCode.UnprocessableEntity);
        Assert.Equal(("client.tax_id", "tax_id"), (problem.GetProperty("key").GetString(), problem.GetProperty("field").GetString()));
        Assert.Matches("[а-я]", problem.GetProperty("detail").GetString());
        using var torn = new StringContent("{\"name\":", Encoding.UTF8, "application/json");
        Assert.Equal("api.not_read", await Key(owner.Post("clients", torn), HttpStatusCode.BadRequest));
        using var wrong = new StringContent("{}", Encoding.UTF8, "text/xml");
        Assert.Equal("api.not_json", await Key(owner.Post("clients", wrong), HttpStatusCode.UnsupportedMediaType));
        Assert.Equal("api.not_found", await Key(owner.Get("no-such-thing"), HttpStatusCode.NotFound));
        Assert.Equal("api.refused", await Key(owner.Get("work?person=nobody"), HttpStatusCode.BadRequest));
        Assert.Equal("invoice.no_choice", await Key(owner.Get("invoices?only=paid"), HttpStatusCode.UnprocessableEntity));
        Assert.Equal("api.not_found", await Key(owner.Get($"clients/{Guid.NewGuid()}"), HttpStatusCode.NotFound));
    }

    [Fact]
    public async Task From_a_visit_to_the_returned_act_and_its_payment()
    {
        await world.Post("papers/company", ("company_title", "Remit"), ("hour_price", "60"), ("vat", "20"), ("version", "0"));
        var client = await NewClient();
        var (programmer, programmerId) = await world.SomeoneWhoIs(Role.Programmer);
        var visit = await Caller.Read(
            owner.Post(
                "visits",
                new
                {
                    client,
                    programmer = programmerId,
                    starts_at = "2026-03-02T10:00",
                    duration = 60,
                    subject = "Update",
                }
            ),
            HttpStatusCode.Created
        );
        var id = visit.GetProperty("id").GetGuid();
        Assert.Equal("visit.confirm_own", await Key(owner.Post($"visits/{id}/confirm"), HttpStatusCode.UnprocessableEntity));
        var other = await Caller.Of(world, programmer);
        Assert.Equal("confirmed", (await Caller.Read(other.Post($"visits/{id}/confirm"))).GetProperty("state").GetString());
        Assert.Contains(
            (await Caller.Read(owner.Get("visits?from=2026-03-02&to=2026-03-02"))).EnumerateArray(),
            v => v.GetProperty("id").GetGuid() == id
        );
        Assert.Equal(
            "visit.local_time",
            await Key(
                owner.Post(
                    "visits",
                    new
                    {
                        client,
                        programmer = programmerId,
                        starts_at = "2026-03-02T10:00+03:00",
                        duration = 60,
                        subject = "x",
                    }
                ),
                HttpStatusCode.UnprocessableEntity
            )
        );

        var lines = new[]
        {
            new
            {
                text = "Setup",
                quantity_milli = 1500,
                unit = "hour",
                price_minor = 6000,
            },
        };
        var draft = await Caller.Read(owner.Post("invoices", new { client, lines }), HttpStatusCode.Created);
        var invoice = draft.GetProperty("id").GetGuid();
        Assert.Equal(9000, draft.GetProperty("total").GetProperty("minor").GetInt64());
        Assert.Equal(
            "invoice.visit_or_client",
            await Key(
                owner.Post(
                    "invoices",
                    new
                    {
                        client,
                        visit = id,
                        lines,
                    }
                ),
                HttpStatusCode.UnprocessableEntity
            )
        );
        var issued = await Caller.Read(owner.Post($"invoices/{invoice}/issue"));
        Assert.True(issued.GetProperty("number").GetInt64() > 0);
        Assert.StartsWith(
            "%PDF",
            Encoding.Latin1.GetString(await (await owner.Get($"invoices/{invoice}/invoice.pdf")).Content.ReadAsByteArrayAsync())
        );
        Assert.StartsWith(
            "%PDF",
            Encoding.Latin1.GetString(await (await owner.Get($"invoices/{invoice}/act.pdf")).Content.ReadAsByteArrayAsync())
        );
        Assert.NotEqual(
            JsonValueKind.Null,
            (await Caller.Read(owner.Post($"invoices/{invoice}/act-returned"))).GetProperty("act_returned_on").ValueKind
        );
        Assert.Contains(
            (await Caller.Read(owner.Get("invoices?only=unpaid"))).GetProperty("items").EnumerateArray(),
            i => i.GetProperty("id").GetGuid() == invoice
        );

        await using var db = world.Db();
        var line = new BankLine
        {
            Fingerprint = Name(),
            ImportId = Guid.NewGuid(),
            Direction = "In",
            Number = "5",
            BookedOn = new(2026, 3, 9),
            Sum = new Amount(9000, "EUR"),
            PartyName = "Orbita",
            PartyInn = "",
            PartyAccount = "",
            PartyBic = "",
            Purpose = $"Invoice {issued.GetProperty("number").GetInt64()}",
        };
        db.Add(line);
        await db.SaveChangesAsync();
        var match = (await Caller.Read(owner.Get($"bank/documents/{line.Id}/matches")))[0];
        Assert.Equal(
            (invoice, 9000),
            (match.GetProperty("parts")[0].GetProperty("invoice").GetGuid(), match.GetProperty("parts")[0].GetProperty("minor").GetInt64())
        );
        Assert.All(match.GetProperty("reasons").EnumerateArray(), r => Assert.DoesNotContain("⟦", r.GetString()));
        var paid = await Caller.Read(
            owner.Post($"bank/documents/{line.Id}/accept", new { parts = new[] { new { invoice, minor = 9000 } } })
        );
        Assert.Equal("matched", paid.GetProperty("state").GetString());
        Assert.Equal(9000, (await Caller.Read(owner.Get($"invoices/{invoice}"))).GetProperty("paid_minor").GetInt64());
    }

    [Fact]
    public async Task A_statement_is_imported_once_and_what_is_no_statement_is_refused()
    {
        using var nonsense = new StringContent("hello", Encoding.UTF8, "text/plain");
        Assert.StartsWith("statement.", await Key(owner.Post("bank/imports", nonsense), HttpStatusCode.UnprocessableEntity));
        string[] file =
        [
            "1CClientBankExchange",
            "ВерсияФормата=1.03",
            "Кодировка=UTF-8",
            "СекцияДокумент=Платежное поручение",
            "Номер=17",
            "Дата=02.03.2026",
            "ДатаПоступило=02.03.2026",
            "Сумма=90.00",
            "ПлательщикСчет=40702810900000000001",
            "Плательщик1=ООО Орбита",
            "ПолучательСчет=40702810900000000002",
            "НазначениеПлатежа=Оплата по счету 1",
            "КонецДокумента",
            "КонецФайла",
        ];
        var bytes = new UTF8Encoding(false).GetBytes(string.Join("\r\n", file));
        using var first = new ByteArrayContent(bytes);
        using var second = new ByteArrayContent(bytes);
        Assert.Equal(1, (await Caller.Read(owner.Post("bank/imports", first))).GetProperty("new").GetInt32());
        Assert.Equal(
            (0, 1),
            (
                (await Caller.Read(owner.Post("bank/imports", second))) is var again ? again.GetProperty("new").GetInt32() : -1,
                again.GetProperty("known").GetInt32()
            )
        );
        var document = (await Caller.Read(owner.Get("bank/documents?state=open"))).GetProperty("items")[0];
        await Caller.Read(owner.Get($"bank/documents/{document.GetProperty("id").GetGuid()}/matches"));
        Assert.Equal(
            "bank.no_invoice",
            await Key(
                owner.Post($"bank/documents/{document.GetProperty("id").GetGuid()}/accept", new { parts = Array.Empty<object>() }),
                HttpStatusCode.UnprocessableEntity
            )
        );
    }

    [Fact]
    public async Task Ones_work_is_logged_listed_and_paid_with_the_tree_of_reasons()
    {
        await using var db = world.Db();
        var position = await db.Set<Tenure>()
            .Where(t => t.PersonId == db.Set<Person>().First(p => p.Email == "olga@example.com").Id)
            .Select(t => t.PositionId)
            .FirstAsync();
        var duty = Duty.Of(position, "", "9", "Answer " + Name());
        db.AddRange(duty, DutyNorm.Of(duty, new DateOnly(2026, 1, 1), 30, 2, 7));
        await db.SaveChangesAsync();
        var norm = (await Caller.Read(owner.Get($"duties?position={position}")))
            .EnumerateArray()
            .Single(d => d.GetProperty("id").GetGuid() == duty.Id)
            .GetProperty("norm");
        Assert.Equal((7, 30), (norm.GetProperty("points").GetInt32(), norm.GetProperty("minutes").GetInt32()));
        var logged = await Caller.Read(owner.Post("work", new { duty = duty.Id, quantity = 2 }), HttpStatusCode.Created);
        var me = await Caller.Read(owner.Get("me"));
        var mine = await Caller.Read(owner.Get($"work?person={me.GetProperty("person").GetGuid()}"));
        Assert.Contains(mine.EnumerateArray(), w => w.GetProperty("id").GetGuid() == logged.GetProperty("id").GetGuid());
        var month = me.GetProperty("today").GetString()![..7];
        var pay = await (await owner.Get($"pay/{month}")).Content.ReadAsStringAsync();
        Assert.Equal(await Remit.Modules.Pay.PayRun.Json(db, Month.Read(month)!.Value), pay);
    }

    [Fact]
    public async Task A_change_is_taken_back_by_the_name_its_answer_gave()
    {
        var made = await owner.Post("clients", new { name = Name() });
        var change = made.Headers.GetValues("Remit-Change").Single();
        var contact = await owner.Post(
            $"clients/{(await Caller.Read(Task.FromResult(made), HttpStatusCode.Created)).GetProperty("id").GetGuid()}/contacts",
            new { name = "Gone" }
        );
        await Caller.Read(owner.Post($"changes/{contact.Headers.GetValues("Remit-Change").Single()}/undo"));
        await Caller.Read(owner.Post($"changes/{change}/undo"));
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Get(made.Headers.Location!.OriginalString)).StatusCode);
        Assert.Equal("undo.already", await Key(owner.Post($"changes/{change}/undo"), HttpStatusCode.UnprocessableEntity));
    }

    private async Task<Guid> NewClient() =>
        (await Caller.Read(owner.Post("clients", new { name = Name(), country = "BG" }), HttpStatusCode.Created))
            .GetProperty("id")
            .GetGuid();

    private static string Name() => "C" + Guid.NewGuid().ToString("N")[..10];

    private static async Task<string?> Key(Task<HttpResponseMessage> sent, HttpStatusCode status) =>
        (await Caller.Read(sent, status)).GetProperty("key").GetString();
}
