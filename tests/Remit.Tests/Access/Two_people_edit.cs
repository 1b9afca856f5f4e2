using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Duties;
using Remit.Modules.Meetings;
using Remit.Modules.Papers;
using Remit.Modules.Pay;
using Remit.Modules.People;

namespace Remit.Tests.Access;

/// <summary>Two visitors open the same record; the second to save is asked only where both changed the same.</summary>
public sealed partial class Two_people_edit(World world) : IClassFixture<World>, IAsyncLifetime
{
    private World.Visitor other = null!;

    public async Task InitializeAsync() => other = (await world.SomeoneWhoIs(Role.Director)).Visitor;

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_client_takes_both_changes_where_they_differ_in_field()
    {
        var client = await NewClient();
        await Saved(world.Post($"clients/{client.Id}/edit", Fields(client, ("segment", "trade"), ("route", "one\r\ntwo"))));
        await Saved(other.Post($"clients/{client.Id}/edit", Fields(client, ("kpp", "123"))));
        var kept = await Client(client.Id);
        Assert.Equal(("trade", "123", "one\r\ntwo"), (kept.Segment, kept.Kpp, kept.Route));
    }

    [Fact]
    public async Task A_client_asks_which_shall_stand_where_both_changed_the_same_and_saves_what_is_chosen()
    {
        var client = await NewClient();
        await Saved(
            world.Post(
                $"clients/{client.Id}/edit",
                Fields(client, ("segment", "theirs"), ("legal_address", "Sofia"), ("key_account", "on"))
            )
        );
        var answer = await other.Post(
            $"clients/{client.Id}/edit",
            Fields(client, ("segment", "mine & \"quoted\""), ("kpp", "9"), ("bic", "B"))
        );
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Olga Owner", page);
        // The page works without a script: what it holds is sent back as it stands, mine being chosen.
        var fields = Inputs(page);
        Assert.Equal("mine & \"quoted\"", fields.Single(f => f.Name == "segment").Value);
        Assert.Equal(["mine & \"quoted\"", "theirs", ""], Radios(page, "segment"));
        Assert.Equal(("1", "Sofia", "9", "on"), (Field("version"), Field("legal_address"), Field("kpp"), Field("key_account")));
        await Saved(other.Post($"clients/{client.Id}/edit", [.. fields.Where(f => f.Name != "segment"), ("segment", "theirs")]));
        var kept = await Client(client.Id);
        Assert.Equal(("theirs", "Sofia", "9", "B", true), (kept.Segment, kept.Address, kept.Kpp, kept.Bic, kept.KeyAccount));

        string Field(string name) => fields.Single(f => f.Name == name).Value;
    }

    [Fact]
    public async Task A_choice_that_came_too_late_is_asked_again()
    {
        var client = await NewClient();
        await Saved(world.Post($"clients/{client.Id}/edit", Fields(client, ("segment", "1"))));
        var fields = Inputs(
            await (await other.Post($"clients/{client.Id}/edit", Fields(client, ("segment", "2")))).Content.ReadAsStringAsync()
        );
        await Saved(world.Post($"clients/{client.Id}/edit", Fields(await Client(client.Id), ("segment", "3"))));
        var again = await other.Post($"clients/{client.Id}/edit", fields);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal(["2", "3", "1"], Radios(await again.Content.ReadAsStringAsync(), "segment"));
    }

    [Fact]
    public async Task A_contact_is_merged_and_asked_about()
    {
        var client = await NewClient();
        await Saved(world.Post($"clients/{client.Id}/contacts/new", ("name", "Ann"), ("phone", "1")));
        await using var db = world.Db();
        var contact = await db.Set<Contact>().SingleAsync(c => c.ClientId == client.Id);
        await Saved(world.Post($"contacts/{contact.Id}", ("version", "0"), ("name", "Ann"), ("phone", "2")));
        await Saved(other.Post($"contacts/{contact.Id}", ("version", "0"), ("name", "Ann"), ("phone", "1"), ("decision_maker", "on")));
        var answer = await other.Post($"contacts/{contact.Id}", ("version", "0"), ("name", "Ann"), ("phone", "3"));
        Assert.Equal(["3", "2", "1"], Radios(await answer.Content.ReadAsStringAsync(), "phone"));
        await db.Entry(contact).ReloadAsync();
        Assert.Equal(("2", true), (contact.Phone, contact.DecisionMaker));
    }

    [Fact]
    public async Task A_visit_moved_by_two_is_asked_about_and_one_cancelled_after_a_move_is_looked_at_again()
    {
        var visit = await NewVisit("2026-05-04T10:00");
        var me = (await world.OwnerId()).ToString();
        await Saved(world.Post($"visits/{visit.Id}/move", ("version", "0"), ("starts_at", "2026-05-05T11:00"), ("programmer", me)));
        var answer = await other.Post($"visits/{visit.Id}/move", ("version", "0"), ("starts_at", "2026-05-06T12:00"), ("programmer", me));
        Assert.Equal(
            ["2026-05-06T12:00", "2026-05-05T11:00", "2026-05-04T10:00"],
            Radios(await answer.Content.ReadAsStringAsync(), "starts_at")
        );
        var cancel = await other.Post($"visits/{visit.Id}/cancel", ("version", "0"));
        Assert.Equal(HttpStatusCode.Conflict, cancel.StatusCode);
        var page = await cancel.Content.ReadAsStringAsync();
        Assert.Contains("5 May 2026 11:00", page);
        await Saved(other.Post($"visits/{visit.Id}/cancel", Inputs(page)));
    }

    [Fact]
    public async Task A_visit_moved_by_one_and_finished_by_another_is_finished()
    {
        var visit = await NewVisit("2026-05-11T10:00");
        await Saved(
            world.Post(
                $"visits/{visit.Id}/move",
                ("version", "0"),
                ("starts_at", "2026-05-12T11:00"),
                ("programmer", (await world.OwnerId()).ToString())
            )
        );
        await Saved(other.Post($"visits/{visit.Id}/finish", ("version", "0"), ("duration", "45"), ("works", "Done")));
        // The same work reported twice is one visit: what both wrote stands side by side.
        var both = await world.Post($"visits/{visit.Id}/finish", ("version", "1"), ("duration", "50"), ("works", "Mine"));
        Assert.Equal(HttpStatusCode.Conflict, both.StatusCode);
        await Saved(world.Post($"visits/{visit.Id}/finish", Inputs(await both.Content.ReadAsStringAsync())));
        await using var db = world.Db();
        var now = await db.Set<Visit>().SingleAsync(v => v.Id == visit.Id);
        Assert.Equal(("Mine", 50), (now.Works, now.WorkedMinutes));
    }

    [Fact]
    public async Task A_draft_of_an_invoice_is_merged_line_by_line_and_asked_about()
    {
        await world.Post("papers/company", ("company_title", "Remit"), ("hour_price", "60"), ("vat", "20"), ("version", "0"));
        var client = await NewClient();
        await Saved(
            world.Post(
                "papers/new",
                ("client", client.Id.ToString()),
                ("text1", "Setup"),
                ("count1", "1"),
                ("unit1", "hour"),
                ("price1", "10"),
                ("text2", "Training"),
                ("count2", "2"),
                ("unit2", "hour"),
                ("price2", "20")
            )
        );
        await using var db = world.Db();
        var invoice = await db.Set<Invoice>().AsNoTracking().SingleAsync(i => i.ClientId == client.Id);
        (string, string)[] Draft(string count1, string price2, string version = "0") =>
            [
                ("version", version),
                ("text1", "Setup"),
                ("count1", count1),
                ("unit1", "hour"),
                ("price1", "10.00"),
                ("text2", "Training"),
                ("count2", "2"),
                ("unit2", "hour"),
                ("price2", price2),
            ];
        Assert.Contains("Training", await world.Text($"papers/{invoice.Id}/edit"));
        await Saved(world.Post($"papers/{invoice.Id}/edit", Draft("1.5", "20.00")));
        await Saved(other.Post($"papers/{invoice.Id}/edit", Draft("1", "25")));
        Assert.Equal(6500, (await db.Set<Invoice>().AsNoTracking().SingleAsync(i => i.Id == invoice.Id)).Total.Minor);
        var answer = await other.Post($"papers/{invoice.Id}/edit", Draft("3", "20"));
        Assert.Equal(["3", "1.5", "1"], Radios(await answer.Content.ReadAsStringAsync(), "count1"));
        await Saved(other.Post($"papers/{invoice.Id}/edit", Inputs(await answer.Content.ReadAsStringAsync())));
        Assert.Equal(8000, (await db.Set<Invoice>().AsNoTracking().SingleAsync(i => i.Id == invoice.Id)).Total.Minor);
        await Saved(world.Post($"papers/{invoice.Id}/issue"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await other.Post($"papers/{invoice.Id}/edit", Draft("9", "9", "3"))).StatusCode);
    }

    [Fact]
    public async Task A_version_of_a_pay_scheme_takes_both_changes_and_asks_about_a_cell_that_both_changed()
    {
        await using var db = world.Db();
        var position = Position.Named("Couriers");
        db.Add(position);
        await db.SaveChangesAsync();
        var next = Month.Of(DateOnly.FromDateTime(DateTime.UtcNow)).Next.First;
        await Saved(
            world.Post(
                "pay/schemes",
                ("position", $"{position.Id}"),
                ("from", $"{next:yyyy-MM-dd}"),
                ("rate", "1"),
                ("city_0", "Sofia"),
                ("fixed_1_0", "1000"),
                ("city_1", "Varna"),
                ("fixed_1_1", "900")
            )
        );
        Task<Scheme> Row() => db.Set<Scheme>().AsNoTracking().SingleAsync(s => s.PositionId == position.Id);
        var (path, page) = ($"pay/schemes/{(await Row()).Id}", $"pay/schemes?version={(await Row()).Id}");
        var opened = Inputs(await (await other.Get(page)).Content.ReadAsStringAsync());
        (string, string)[] With(params (string Name, string Value)[] typed) =>
            [.. opened.Where(f => !typed.Any(t => t.Name == f.Name)), .. typed];
        // Theirs: another rate, no Varna any more, Plovdiv, and an indicator entered by hand.
        await Saved(
            world.Post(
                path,
                With(
                    ("rate", "2"),
                    ("city_1", ""),
                    ("city_2", "Plovdiv"),
                    ("fixed_1_2", "800"),
                    ("hand_0", "Courtesy"),
                    ("weight_hand_0", "3"),
                    ("payout_hand_0_3", "150")
                )
            )
        );
        // Mine: another city in the same free column, and a bonus.
        var answer = await other.Post(path, With(("bonus", "50"), ("city_2", "Ruse"), ("fixed_2_2", "700"), ("fixed_1_0", "1100")));
        await Saved(Task.FromResult(answer));
        var rules = System.Text.Json.JsonSerializer.Deserialize<SchemeRules>((await Row()).Rules)!;
        Assert.Equal((200_000, 5_000), (rules.RateMilli, rules.BonusBaseMinor));
        Assert.Equal(
            [("Plovdiv", 1, 80_000), ("Ruse", 2, 70_000), ("Sofia", 1, 110_000)],
            rules.Fixed.Select(f => (f.City, f.Level, f.Minor)).Order()
        );
        var courtesy = Assert.Single(rules.Indicators);
        Assert.Equal(("hand:Courtesy", 3, 1.5m), (courtesy.Code, courtesy.Weight, courtesy.Curve[^1].Payout));
        var asked = await other.Post(path, With(("fixed_1_0", "1200"), ("weight_hand_0", "4"), ("hand_0", "Manners")));
        Assert.Equal(HttpStatusCode.Conflict, asked.StatusCode);
        var question = await asked.Content.ReadAsStringAsync();
        Assert.Equal(["1200", "1100", "1000"], Radios(question, "fixed_1_0"));
        Assert.Contains("Level 1 · Sofia", question);
        await Saved(other.Post(path, Inputs(question)));
        rules = System.Text.Json.JsonSerializer.Deserialize<SchemeRules>((await Row()).Rules)!;
        Assert.Equal([("hand:Courtesy", 3), ("hand:Manners", 4)], rules.Indicators.Select(i => (i.Code, i.Weight)).Order());
        Assert.Equal(3, rules.Fixed.Count);
    }

    [Fact]
    public async Task The_grid_of_duties_takes_the_norm_of_one_and_the_wording_of_another_and_asks_row_by_row()
    {
        await using var db = world.Db();
        var position = Position.Named("Fitters");
        var (one, two) = (Duty.Of(position.Id, "", "1", "Check the boiler"), Duty.Of(position.Id, "", "2", "Sweep the yard"));
        db.AddRange(position, one, two, DutyNorm.Of(one, Month.Of(DateOnly.FromDateTime(DateTime.UtcNow)).First, 10, 2, 2));
        await db.SaveChangesAsync();
        Assert.Contains("name=\"had_norm\" value=\"10|2|2\"", await other.Text($"duties/{position.Id}"));
        (string, string)[] Grid(string text, string minutes, string second) =>
            [
                .. new[] { (one, text, minutes, "10|2|2"), (two, second, "", "||") }.SelectMany(r =>
                    new[]
                    {
                        ("id", $"{r.Item1.Id}"),
                        ("version", "0"),
                        ("had_norm", r.Item4),
                        ("duty_text", r.Item2),
                        ("duty_result", ""),
                        ("duty_proof", ""),
                        ("duty_unit", ""),
                        ("frequency", ""),
                        ("minutes", r.Item3),
                        ("complexity", r.Item3.Length > 0 ? "2" : ""),
                        ("points", r.Item3.Length > 0 ? "2" : ""),
                        ("trigger", ""),
                        ("condition", ""),
                    }
                ),
            ];
        await Saved(world.Post($"duties/{position.Id}", Grid("Check the boiler", "25", "Sweep the yard")));
        await Saved(other.Post($"duties/{position.Id}", Grid("Check the boiler daily", "10", "Sweep the yard")));
        Task<DutyNorm> Norm() => db.Set<DutyNorm>().AsNoTracking().Where(n => n.DutyId == one.Id).OrderByDescending(n => n.Id).FirstAsync();
        Assert.Equal(25, (await Norm()).Minutes);
        Assert.Equal(2, await db.Set<DutyNorm>().CountAsync(n => n.DutyId == one.Id));
        var asked = await other.Post($"duties/{position.Id}", Grid("Check the boiler weekly", "30", "Sweep the yard well"));
        Assert.Equal(HttpStatusCode.Conflict, asked.StatusCode);
        var question = await asked.Content.ReadAsStringAsync();
        Assert.Equal(["Check the boiler weekly", "Check the boiler daily", "Check the boiler"], Radios(question, "duty_text.0"));
        Assert.Equal(["30", "25", "10"], Radios(question, "minutes.0"));
        await Saved(other.Post($"duties/{position.Id}", Inputs(question)));
        Assert.Equal(
            ["Check the boiler weekly", "Sweep the yard well"],
            await db.Set<Duty>().Where(d => d.PositionId == position.Id).OrderBy(d => d.NumberKey).Select(d => d.Text).ToListAsync()
        );
        Assert.Equal(30, (await Norm()).Minutes);
    }

    [Fact]
    public async Task Members_of_a_meeting_that_one_adds_stay_when_another_takes_one_out()
    {
        var (ann, bob) = ((await world.SomeoneWhoIs(Role.Hr)).Id, (await world.SomeoneWhoIs(Role.Accountant)).Id);
        (string, string)[] Meeting(string name, string guests, params Guid[] members) =>
            [
                ("meeting_name", name),
                ("starts_at", "2026-05-04T10:00"),
                ("duration", "60"),
                ("repeat", "WEEKLY"),
                ("weekday", "MO"),
                ("guests", guests),
                .. members.Select(m => ("member", $"{m}")),
            ];
        await Saved(world.Post("meetings/new", Meeting("Briefing", "Eve eve@example.com en", ann)));
        await using var db = world.Db();
        var series = await db.Set<MeetingSeries>().SingleAsync(s => s.Name == "Briefing");
        var path = $"meetings/series/{series.Id}";
        (string, string)[] opened = [("version", $"{series.Version}"), ("had_member", $"{ann}"), ("had_guests", "Eve eve@example.com en")];
        await Saved(world.Post(path, [.. Meeting("Briefing", "Eve eve@example.com en\nZoe zoe@example.com en", ann, bob), .. opened]));
        await Saved(world.Post(path, [.. Meeting("Morning briefing", ""), ("weekday", "TH"), .. opened]));
        var members = await db.Set<MeetingMember>().Where(m => m.MeetingSeriesId == series.Id).ToListAsync();
        Assert.Equal([bob, null], members.Select(m => m.PersonId).OrderBy(id => id is null));
        Assert.Contains(members, m => m.Email == "zoe@example.com");
        await db.Entry(series).ReloadAsync();
        Assert.Equal(("Morning briefing", "FREQ=WEEKLY;BYDAY=MO,TH"), (series.Name, series.Rule));
        var asked = await other.Post(path, [.. Meeting("Evening briefing", "", ann), .. opened]);
        Assert.Equal(["Evening briefing", "Morning briefing", "Briefing"], Radios(await asked.Content.ReadAsStringAsync(), "meeting_name"));
    }

    [Fact]
    public async Task What_was_typed_comes_back_whole_when_it_is_refused_and_a_password_does_not()
    {
        var page = await world.Owner.PostAndRead(
            "people",
            ("name", "New"),
            ("email", "no-address"),
            ("role", "Hr"),
            ("password", World.Password),
            ("many", "a"),
            ("many", "b")
        );
        Assert.DoesNotContain(World.Password, page);
        Assert.Contains("name=\"password\" type=\"password\"", page);
        Assert.Equal(2, Regex.Count(page, "name=\"many\""));
    }

    private async Task<Client> NewClient()
    {
        var name = "C" + Guid.NewGuid().ToString("N")[..10];
        await Saved(world.Post("clients/new", ("client_title", name), ("country", "BG"), ("lang", "en")));
        await using var db = world.Db();
        return await db.Set<Client>().AsNoTracking().SingleAsync(c => c.Name == name);
    }

    private async Task<Client> Client(Guid id)
    {
        await using var db = world.Db();
        return await db.Set<Client>().AsNoTracking().SingleAsync(c => c.Id == id);
    }

    private async Task<Visit> NewVisit(string start)
    {
        var client = await NewClient();
        await Saved(
            world.Post(
                "visits/new",
                ("client", client.Id.ToString()),
                ("programmer", (await world.OwnerId()).ToString()),
                ("starts_at", start),
                ("duration", "60"),
                ("subject", "Update")
            )
        );
        await using var db = world.Db();
        return await db.Set<Visit>().AsNoTracking().SingleAsync(v => v.ClientId == client.Id);
    }

    /// <summary>The form as it was opened, with some fields typed over.</summary>
    private static (string, string)[] Fields(Client c, params (string Name, string Value)[] typed)
    {
        var fields = new Dictionary<string, string>
        {
            ["version"] = c.Version.ToString(),
            ["client_title"] = c.Name,
            ["country"] = c.Country,
            ["lang"] = c.Language,
            ["kpp"] = c.Kpp,
            ["segment"] = c.Segment,
            ["legal_address"] = c.Address,
            ["route"] = c.Route,
            ["bic"] = c.Bic,
            ["account"] = c.BankAccount,
            ["manager"] = c.OwnerId?.ToString() ?? "",
        };
        foreach (var (name, value) in typed)
            fields[name] = value;
        return [.. fields.Select(f => (f.Key, f.Value))];
    }

    /// <summary>What a browser would send from the form in the page.</summary>
    private static (string Name, string Value)[] Inputs(string page) =>
        [
            .. Input()
                .Matches(Body(page))
                .Where(m => !m.Value.Contains("type=\"radio\"") || m.Value.Contains("checked"))
                .Select(m => (m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value)))
                .Where(f => f.Item1 != "__RequestVerificationToken"),
        ];

    private static string[] Radios(string page, string name) =>
        [
            .. Input()
                .Matches(Body(page))
                .Where(m => m.Value.Contains("type=\"radio\"") && m.Groups[1].Value == name)
                .Select(m => WebUtility.HtmlDecode(m.Groups[2].Value)),
        ];

    private static string Body(string page) =>
        page[page.IndexOf("class=\"pad\"", StringComparison.Ordinal)..page.IndexOf("class=\"btn main\"", StringComparison.Ordinal)];

    private static async Task Saved(Task<HttpResponseMessage> sent)
    {
        var answer = await sent;
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
    }

    [GeneratedRegex("<input [^>]*?name=\"([^\"]+)\"(?: value(?:=\"([^\"]*)\")?)?[^>]*>")]
    private static partial Regex Input();
}
