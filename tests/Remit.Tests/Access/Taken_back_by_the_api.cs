using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Work;

namespace Remit.Tests.Access;

/// <summary>What was done by another program is deleted, cancelled, corrected and brought back by it.</summary>
public sealed class Taken_back_by_the_api(World world) : IClassFixture<World>, IAsyncLifetime
{
    private Caller owner = null!;

    public async Task InitializeAsync()
    {
        owner = await Caller.Of(world, world.Owner);
        await world.Post("papers/company", ("company_title", "Remit"), ("hour_price", "60"), ("vat", "20"), ("version", "0"));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_client_goes_into_the_trash_with_its_contacts_and_comes_back_and_one_that_is_held_is_archived()
    {
        var client = await NewClient();
        var made = await Caller.Read(
            owner.Post($"clients/{client}/contacts", new { name = "Ann", birthday = "1990-05-01" }),
            HttpStatusCode.Created
        );
        Assert.Equal("1990-05-01", Said(made, "birthday"));
        var contact = made.GetProperty("id").GetGuid();
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await owner.Delete($"contacts/{contact}", "\"7\"")).StatusCode);
        var gone = await owner.Delete($"contacts/{contact}", "\"0\"");
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Get($"contacts/{contact}")).StatusCode);
        await Caller.Read(owner.Post($"changes/{Change(gone)}/undo"));
        await Caller.Read(owner.Get($"contacts/{contact}"));

        await Free(await owner.Delete($"clients/{client}"));
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Get($"contacts/{contact}")).StatusCode);
        var lying = Assert.Single((await Caller.Read(owner.Get("trash"))).EnumerateArray(), d => d.GetProperty("id").GetGuid() == client);
        Assert.Equal(("client", 2), (Said(lying, "kind"), lying.GetProperty("records").GetInt32()));
        var programmer = await Caller.Of(world, (await world.SomeoneWhoIs(Role.Programmer)).Visitor);
        var change = lying.GetProperty("change").GetGuid();
        Assert.Equal(HttpStatusCode.NotFound, (await programmer.Post($"trash/{change}/restore")).StatusCode);
        await Caller.Read(owner.Post($"trash/{change}/restore"));
        await Caller.Read(owner.Get($"contacts/{contact}"));

        await Draft(client);
        var held = await Caller.Read(owner.Delete($"clients/{client}"), HttpStatusCode.UnprocessableEntity);
        Assert.Equal("client.held_by", Said(held, "key"));
        Assert.Contains("1", Said(held, "detail"));
        Assert.NotNull(Said(await Caller.Read(owner.Post($"clients/{client}/archive")), "archived_on"));
        Assert.Null(Said(await Caller.Read(owner.Post($"clients/{client}/unarchive")), "archived_on"));
        Assert.Equal(HttpStatusCode.NotFound, (await programmer.Delete($"clients/{client}")).StatusCode);
        var readOnly = await Caller.Of(world, world.Owner, readOnly: true);
        Assert.Equal(HttpStatusCode.Forbidden, (await readOnly.Delete($"clients/{client}")).StatusCode);
    }

    [Fact]
    public async Task A_draft_is_written_anew_and_goes_and_an_issued_invoice_is_cancelled()
    {
        var client = await NewClient();
        var draft = await Draft(client);
        Assert.Equal("api.no_version", await Key(owner.Patch($"invoices/{draft}", Lines(700)), HttpStatusCode.PreconditionRequired));
        var redrawn = await Caller.Read(owner.Patch($"invoices/{draft}", Lines(700), "\"0\""));
        Assert.Equal(700, redrawn.GetProperty("total").GetProperty("minor").GetInt32());
        Assert.Equal(1, redrawn.GetProperty("lines").GetArrayLength());
        Assert.Equal("api.stale", await Key(owner.Patch($"invoices/{draft}", Lines(800), "\"0\""), HttpStatusCode.PreconditionFailed));
        Assert.Equal("invoice.not_cancellable", await Key(owner.Post($"invoices/{draft}/cancel"), HttpStatusCode.UnprocessableEntity));
        await Free(await owner.Delete($"invoices/{draft}"));
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Get($"invoices/{draft}")).StatusCode);

        var issued = await Draft(client);
        await Caller.Read(owner.Post($"invoices/{issued}/issue"));
        Assert.Equal("invoice.already_issued", await Key(owner.Delete($"invoices/{issued}"), HttpStatusCode.UnprocessableEntity));
        var version = (await Caller.Read(owner.Get($"invoices/{issued}"))).GetProperty("version").GetInt32();
        Assert.Equal(
            "invoice.already_issued",
            await Key(owner.Patch($"invoices/{issued}", Lines(5), $"\"{version}\""), HttpStatusCode.UnprocessableEntity)
        );
        Assert.Equal("cancelled", Said(await Caller.Read(owner.Post($"invoices/{issued}/cancel")), "state"));
        Assert.Equal("invoice.not_cancellable", await Key(owner.Post($"invoices/{issued}/cancel"), HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task An_act_marked_as_returned_by_mistake_is_taken_back_from_the_records_history_with_what_it_stated()
    {
        var invoice = await Draft(await NewClient());
        await Caller.Read(owner.Post($"invoices/{invoice}/issue"));
        await Caller.Read(owner.Post($"invoices/{invoice}/act-returned"));
        var changes = (await Caller.Read(owner.Get($"changes?record={invoice}"))).EnumerateArray().ToList();
        Assert.Equal(["updated", "updated", "created"], changes.Select(c => Said(c, "kind")));
        await Caller.Read(owner.Post($"changes/{changes[0].GetProperty("change").GetGuid()}/undo"));
        Assert.Null(Said(await Caller.Read(owner.Get($"invoices/{invoice}")), "act_returned_on"));
        await using var db = world.Db();
        var stated = await db.Set<StatedFact>().Where(f => f.SubjectId == invoice && f.Code == "act.returned").ToListAsync();
        Assert.Equal(stated.Single(f => f.Reverses is null).Id, stated.Single(f => f.Reverses is not null).Reverses);
        Assert.Equal(
            [false, true, false, false],
            (await Caller.Read(owner.Get($"changes?record={invoice}"))).EnumerateArray().Select(c => c.GetProperty("undone").GetBoolean())
        );
        Assert.NotNull(Said(await Caller.Read(owner.Post($"invoices/{invoice}/act-returned")), "act_returned_on"));
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Get($"changes?record={Guid.NewGuid()}")).StatusCode);
    }

    [Fact]
    public async Task A_position_is_renamed_and_who_held_it_from_when_to_when_is_corrected()
    {
        var (position, other) = (await NewPosition("Couriers"), await NewPosition("Drivers"));
        var named = await Caller.Read(owner.Patch($"positions/{position}", new { name = "Messengers" }, "\"0\""));
        Assert.Equal("Messengers", Said(named, "name"));
        Assert.Equal(
            "position.name_taken",
            await Key(owner.Patch($"positions/{position}", new { name = "drivers", version = 1 }), HttpStatusCode.UnprocessableEntity)
        );
        var both = await Caller.Read(
            owner.Patch(
                $"positions/{position}",
                new
                {
                    name = "Post",
                    above = other,
                    version = 1,
                }
            )
        );
        Assert.Equal(("Post", other), (Said(both, "name"), both.GetProperty("above").GetGuid()));
        Assert.Equal(
            other,
            (await Caller.Read(owner.Patch($"positions/{position}", new { name = "Mail", version = 2 }))).GetProperty("above").GetGuid()
        );

        var (_, person) = await world.SomeoneWhoIs(Role.Programmer);
        var holder = await NewId(owner.Post($"positions/{position}/holders", new { person, from = "2026-03-01" }));
        var days = await Caller.Read(owner.Post($"holders/{holder}/days", new { from = "2026-02-01", to = "2026-02-20" }));
        Assert.Equal(("2026-02-01", "2026-02-20"), (Said(days, "from"), Said(days, "to")));
        Assert.Equal(
            "tenure.ends_before",
            await Key(
                owner.Post($"holders/{holder}/days", new { from = "2026-03-01", to = "2026-02-20" }),
                HttpStatusCode.UnprocessableEntity
            )
        );
        var held = Assert.Single((await Caller.Read(owner.Get($"positions/{position}/holders"))).EnumerateArray());
        Assert.Equal(holder, held.GetProperty("id").GetGuid());
        Assert.Null(Said(await Caller.Read(owner.Post($"holders/{holder}/days", new { })), "to"));
    }

    [Fact]
    public async Task Another_own_company_is_described_and_an_invoice_is_from_it()
    {
        var made = await Caller.Read(
            owner.Post(
                "companies",
                new
                {
                    name = Name(),
                    country = "BG",
                    hour_minor = 7000,
                }
            ),
            HttpStatusCode.Created
        );
        var company = made.GetProperty("id").GetGuid();
        Assert.Equal((false, "EUR"), (made.GetProperty("preferred").GetBoolean(), Said(made, "currency")));
        var named = await Caller.Read(owner.Patch($"companies/{company}", new { director = "Ann", vat_basis_points = 2000 }, "\"0\""));
        Assert.Equal(("Ann", 7000), (Said(named, "director"), named.GetProperty("hour_minor").GetInt32()));
        Assert.Equal(
            "company.iban",
            await Key(owner.Patch($"companies/{company}", new { account = "BG00X", version = 1 }), HttpStatusCode.UnprocessableEntity)
        );
        object Invoice(Guid client, long price, long quantity) =>
            new
            {
                client,
                company,
                lines = new[]
                {
                    new
                    {
                        text = "Setup",
                        quantity_milli = quantity,
                        unit = "hour",
                        price_minor = price,
                    },
                },
            };
        var client = await NewClient();
        var draft = await Caller.Read(owner.Post("invoices", Invoice(client, 1200, 1000)), HttpStatusCode.Created);
        Assert.Equal((company, 200), (draft.GetProperty("company").GetGuid(), draft.GetProperty("vat").GetProperty("minor").GetInt32()));
        Assert.Equal(
            "invoice.line_too_much",
            await Key(owner.Post("invoices", Invoice(client, long.MaxValue, long.MaxValue)), HttpStatusCode.UnprocessableEntity)
        );
        var first = (await Caller.Read(owner.Get("companies")))[0].GetProperty("id").GetGuid();
        Assert.True((await Caller.Read(owner.Post($"companies/{company}/prefer"))).GetProperty("preferred").GetBoolean());
        Assert.Equal(company, (await Caller.Read(owner.Get("companies")))[0].GetProperty("id").GetGuid());
        await Caller.Read(owner.Post($"companies/{first}/prefer"));
        var manager = await Caller.Of(world, (await world.SomeoneWhoIs(Role.Manager)).Visitor);
        Assert.Equal(HttpStatusCode.NotFound, (await manager.Post("companies", new { name = "Mine" })).StatusCode);
    }

    [Fact]
    public async Task The_times_that_a_visits_link_offers_are_there_for_programs_and_one_of_them_is_taken()
    {
        var (visitor, programmer) = await world.SomeoneWhoIs(Role.Programmer);
        var one = await Caller.Of(world, visitor);
        var visit = await NewId(
            owner.Post(
                "visits",
                new
                {
                    client = await NewClient(),
                    programmer,
                    starts_at = DateTime.UtcNow.Date.AddDays(3).AddHours(10).ToString("yyyy-MM-dd'T'HH:mm"),
                    duration = 60,
                    subject = "Update",
                }
            )
        );
        var times = (await Caller.Read(owner.Get($"visits/{visit}/times"))).EnumerateArray().Select(t => t.GetString()!).ToList();
        var link = Said(await Caller.Read(owner.Get($"visits/{visit}/links")), "client")!;
        var page = await (await world.NewVisitor().Client.GetAsync(new Uri(link).AbsolutePath)).Content.ReadAsStringAsync();
        Assert.NotEmpty(times);
        Assert.All(times, time => Assert.Contains(time, page));
        var moved = await Caller.Read(one.Patch($"visits/{visit}", new { starts_at = times[^1] }, "\"0\""));
        Assert.Equal(times[^1], Said(moved, "starts_at"));
        Assert.NotNull(Said(moved, "accepted_at"));
        await Caller.Read(owner.Post($"visits/{visit}/cancel"));
        Assert.Equal(0, (await Caller.Read(owner.Get($"visits/{visit}/times"))).GetArrayLength());
    }

    [Fact]
    public async Task A_token_that_may_only_read_has_a_raw_list_read_and_can_save_nothing()
    {
        var reader = await Caller.Of(world, world.Owner, readOnly: true);
        using var list = new StringContent("1. Post\n1.1. Send the letters to the clients.\n");
        var read = await reader.Post("duties/lists", list);
        Assert.Equal(1, (await Caller.Read(Task.FromResult(read))).GetProperty("sections").GetArrayLength());
        Assert.False(read.Headers.Contains("Remit-Change"));
        Assert.Equal(
            "api.read_only",
            await Key(reader.Post("duties", new { position_name = "X", duties = Array.Empty<object>() }), HttpStatusCode.Forbidden)
        );
    }

    private async Task<Guid> NewClient() => await NewId(owner.Post("clients", new { name = Name(), country = "BG" }));

    private async Task<Guid> NewPosition(string name) => await NewId(owner.Post("positions", new { name }));

    private async Task<Guid> Draft(Guid client) =>
        await NewId(
            owner.Post(
                "invoices",
                new
                {
                    client,
                    lines = new[]
                    {
                        new
                        {
                            text = "Setup",
                            quantity_milli = 1000,
                            unit = "hour",
                            price_minor = 3000,
                        },
                    },
                }
            )
        );

    private static object Lines(int minor) =>
        new
        {
            lines = new[]
            {
                new
                {
                    text = "Again",
                    quantity_milli = 1000,
                    unit = "hour",
                    price_minor = minor,
                },
            },
        };

    private static async Task Free(HttpResponseMessage answer) =>
        Assert.True(answer.StatusCode == HttpStatusCode.NoContent, await answer.Content.ReadAsStringAsync());

    private static Guid Change(HttpResponseMessage answer) => Guid.Parse(answer.Headers.GetValues("Remit-Change").Single());

    private static string Name() => "T" + Guid.NewGuid().ToString("N")[..10];

    private static string? Said(JsonElement of, string name) => of.GetProperty(name).GetString();

    private static async Task<Guid> NewId(Task<HttpResponseMessage> sent) =>
        (await Caller.Read(sent, HttpStatusCode.Created)).GetProperty("id").GetGuid();

    private static async Task<string?> Key(Task<HttpResponseMessage> sent, HttpStatusCode status) =>
        Said(await Caller.Read(sent, status), "key");
}
