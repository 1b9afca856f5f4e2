using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Modules.Pay;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Tests.Pay;

/// <summary>Pay from the ledger of a real firm, and its way from draft to paid.</summary>
public sealed class The_pay_month(World world) : IClassFixture<World>
{
    private static readonly Month Present = Month.Of(DateOnly.FromDateTime(DateTime.UtcNow));
    private static readonly Month Before = Present.Previous;

    [Fact]
    public async Task Work_is_held_until_its_act_returns_and_is_paid_once_in_that_month()
    {
        var (_, person) = await Programmer();
        var chain = await AnAct(person, Before.Previous.First);

        Assert.Equal((0, 5_000), await Amounts(person, Before.Previous));
        await using (var db = world.Db())
        {
            db.State(new Fact("act.returned", null, Before.First.AddDays(3), chain, chain, null, "Act 1 returned"));
            await db.SaveChangesAsync();
        }
        Assert.Equal((5_000, 0), await Amounts(person, Before));
        Assert.Equal((0, 0), await Amounts(person, Present));
        Assert.Equal((0, 5_000), await Amounts(person, Before.Previous));
    }

    [Fact]
    public async Task Anothers_statement_is_not_found()
    {
        var (one, _) = await Programmer();
        var (_, other) = await Programmer();
        Assert.Equal(HttpStatusCode.NotFound, (await one.Get($"pay/{other}/{Before}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await one.Get("pay/what-if")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await one.Post($"pay/{other}/{Before}/ask", ("question", "?"))).StatusCode);
    }

    [Fact]
    public async Task A_statement_is_seen_then_approved_in_a_closed_month_then_paid()
    {
        var (programmer, person) = await Programmer();
        var month = Month.Of(Before.First.AddMonths(-4));
        var path = $"pay/{person}/{month}";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post(path + "/paid")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post(path + "/approve")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await world.Post(path + "/seen")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await programmer.Post(path + "/seen")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post(path + "/approve")).StatusCode);
        await world.Post("pay/close", ("month", $"{month}"));
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post(path + "/approve")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post(path + "/paid")).StatusCode);
        await using var db = world.Db();
        Assert.Equal(StatementState.Paid, (await db.Set<PayStatement>().SingleAsync(s => s.PersonId == person)).State);
        Assert.Contains("Why?", await programmer.Text(path));
    }

    [Fact]
    public async Task A_minus_that_takes_nothing_back_is_refused_and_one_does_not_approve_ones_own()
    {
        var (_, person) = await Programmer();
        var path = $"pay/{person}/{Present}/correct";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post(path, ("amount", "-10"), ("reason", "late"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post(path, ("amount", "10.50"), ("reason", "an evening call"))).StatusCode);
        await using var db = world.Db();
        var correction = await db.Set<PayCorrection>().SingleAsync(c => c.PersonId == person);
        var (director, _) = await world.SomeoneWhoIs(Role.Director);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post($"pay/corrections/{correction.Id}/approve")).StatusCode);
        Assert.Contains("an evening call", await director.Text("inbox"));
        Assert.Equal(HttpStatusCode.SeeOther, (await director.Post($"pay/corrections/{correction.Id}/approve")).StatusCode);
        Assert.Equal((1_050, 0), await Amounts(person, Present));
    }

    [Fact]
    public async Task A_question_about_pay_is_due_to_whoever_answers_and_a_lone_owner_approves_the_correction()
    {
        var (programmer, person) = await Programmer();
        await programmer.Post($"pay/{person}/{Present}/ask", ("question", "Where is the second hour?"));
        Assert.Contains("Where is the second hour?", await world.Text("inbox"));
        await world.Post($"pay/{person}/{Present}/correct", ("amount", "5"), ("reason", "the second hour"));
        await using var db = world.Db();
        var correction = await db.Set<PayCorrection>().SingleAsync(c => c.PersonId == person);
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"pay/corrections/{correction.Id}/approve")).StatusCode);
    }

    [Fact]
    public async Task The_pages_of_schemes_and_what_if_open_and_a_scheme_is_saved()
    {
        var (_, person) = await Programmer();
        await using var db = world.Db();
        var position = await db.Set<Tenure>().Where(t => t.PersonId == person).Select(t => t.PositionId).SingleAsync();
        var saved = await world.Post(
            "pay/schemes",
            ("position", $"{position}"),
            ("from", $"{Present.Next.First:yyyy-MM-dd}"),
            ("rate", "12.50"),
            ("bonus", "100"),
            ("share", "1.5"),
            ("city_0", "Sofia"),
            ("fixed_1_0", "1000"),
            ("weight_paid_on_time", "1"),
            ("target_paid_on_time", "90"),
            ("ratio_paid_on_time_0", "100"),
            ("payout_paid_on_time_0", "100"),
            ("ratio_paid_on_time_1", "82,5 %"),
            ("payout_paid_on_time_1", "50"),
            ("ratio_paid_on_time_2", "")
        );
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);
        var row = await db.Set<Scheme>().SingleAsync(s => s.PositionId == position && s.From == Present.Next.First);
        var scheme = System.Text.Json.JsonSerializer.Deserialize<SchemeRules>(row.Rules)!;
        Assert.Equal([new CurvePoint(0.825m, 0.5m), new CurvePoint(1, 1)], Assert.Single(scheme.Indicators).Curve);
        Assert.Contains("12.50", await world.Text($"pay/schemes?position={position}"));
        Assert.Contains("<svg", await world.Text($"pay/what-if?position={position}&from={Before}&to={Present}&rate=20&keep=1"));
    }

    [Fact]
    public async Task A_version_of_a_scheme_is_put_right_until_a_month_paid_by_it_is_closed()
    {
        var (_, person) = await Programmer();
        await using var db = world.Db();
        var position = await db.Set<Tenure>().Where(t => t.PersonId == person).Select(t => t.PositionId).SingleAsync();
        (string, string)[] Typed(string rate, DateOnly from, int version) =>
            [("position", $"{position}"), ("from", $"{from:yyyy-MM-dd}"), ("rate", rate), ("version", $"{version}")];
        await world.Post("pay/schemes", Typed("0.21", Present.Next.First, 0));
        Task<Scheme> Row() => db.Set<Scheme>().AsNoTracking().SingleAsync(s => s.PositionId == position && s.From > Present.Last);
        var row = await Row();
        Assert.Contains($"pay/schemes/{row.Id}", await world.Text($"pay/schemes?version={row.Id}"));
        var day = Present.Next.First.AddDays(9);
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"pay/schemes/{row.Id}", Typed("0.115", day, 0))).StatusCode);
        Assert.Equal(
            (11_500, day),
            (System.Text.Json.JsonDocument.Parse((row = await Row()).Rules).RootElement.GetProperty("RateMilli").GetInt64(), row.From)
        );
        Assert.Contains("value=\"0.115\"", await world.Text($"pay/schemes?version={row.Id}"));
        Assert.Equal(HttpStatusCode.Conflict, (await world.Post($"pay/schemes/{row.Id}", Typed("3", day, 0))).StatusCode);
        var paid = await db.Set<Scheme>().AsNoTracking().SingleAsync(s => s.PositionId == position && s.From < Present.First);
        await world.Post("pay/close", ("month", $"{Month.Of(paid.From)}"));
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await world.Post($"pay/schemes/{paid.Id}", Typed("9", day.AddDays(1), 0))).StatusCode
        );
        Assert.DoesNotContain($"pay/schemes/{paid.Id}", await world.Text($"pay/schemes?version={paid.Id}"));
    }

    [Fact]
    public async Task A_wrong_version_of_a_scheme_goes_and_comes_back_unless_a_closed_month_was_paid_by_it_or_its_day_is_taken()
    {
        var (_, person) = await Programmer();
        await using var db = world.Db();
        var position = await db.Set<Tenure>().Where(t => t.PersonId == person).Select(t => t.PositionId).SingleAsync();
        var next = Present.Next.First;
        (string, string)[] typed = [("position", $"{position}"), ("from", $"{next:yyyy-MM-dd}"), ("rate", "99")];
        await world.Post("pay/schemes", typed);
        Task<List<Scheme>> Rows() =>
            db.Set<Scheme>().AsNoTracking().Where(s => s.PositionId == position).OrderBy(s => s.From).ToListAsync();
        var wrong = (await Rows())[^1];
        Assert.Contains($"pay/schemes/{wrong.Id}/delete", await world.Text($"pay/schemes?version={wrong.Id}"));
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"pay/schemes/{wrong.Id}/delete")).StatusCode);
        var paid = Assert.Single(await Rows());
        var gone = await db.Journal.AsNoTracking().SingleAsync(j => j.RecordId == wrong.Id && j.Kind == JournalKind.Deleted);
        // Its day has another version by now.
        await world.Post("pay/schemes", typed);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post($"history/{gone.ChangeId}/undo")).StatusCode);
        await world.Post($"pay/schemes/{(await Rows())[^1].Id}/delete");
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"history/{gone.ChangeId}/undo")).StatusCode);
        Assert.Equal([paid.Id, wrong.Id], (await Rows()).Select(s => s.Id));
        await world.Post("pay/close", ("month", $"{Before}"));
        var refused = await world.Post($"pay/schemes/{paid.Id}/delete");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("closed month", await refused.Content.ReadAsStringAsync());
        Assert.DoesNotContain("/delete", await world.Text($"pay/schemes?version={paid.Id}"));
    }

    [Fact]
    public async Task What_if_opens_on_everybody_of_a_position_over_the_last_closed_months_and_can_take_everyone()
    {
        var (_, two) = await world.SomeoneWhoIs(Role.Programmer);
        var (_, one) = await Programmer(two);
        var opened = await world.Text("pay/what-if");
        var last = Month.Read(System.Text.RegularExpressions.Regex.Match(opened, "name=\"to\" value=\"([0-9-]+)\"").Groups[1].Value)!.Value;
        Assert.True(last.Index < Present.Index);
        Assert.Contains($"name=\"from\" value=\"{Month.FromIndex(last.Index - 2)}\"", opened);
        Assert.Contains($"pay/{two}/{last}", opened);
        var everyone = await world.Text("pay/what-if?position=all&keep=1");
        Assert.Contains($"pay/{one}/{last}", everyone);
        Assert.Contains($"pay/{two}/{last}", everyone);
        Assert.Contains("Rate ", everyone);
    }

    private async Task<(long Paid, long Held)> Amounts(Guid person, Month month)
    {
        await using var db = world.Db();
        var firm = await db.Set<Firm>().AsNoTracking().SingleAsync();
        var slip = Assert.Single(await PayRun.Load(db, month, firm, person));
        var (result, problem) = slip.Explain();
        Assert.Null(problem);
        Assert.Equal(PayCalculator.Total(slip.Input), result!.Total.Amount);
        return (result.Total.Amount.Minor, result.Held.Amount.Minor);
    }

    /// <summary>Ten euros a point, no salary, since long ago.</summary>
    private async Task<(World.Visitor, Guid)> Programmer(params Guid[] others)
    {
        var (visitor, id) = await world.SomeoneWhoIs(Role.Programmer);
        await using var db = world.Db();
        var position = Position.Named("Programmer");
        var from = Before.First.AddYears(-1);
        var rules = new SchemeRules { EffectiveFrom = from, RateMilli = 1_000_000 };
        db.AddRange(
            position,
            new Scheme
            {
                PositionId = position.Id,
                From = from,
                Rules = System.Text.Json.JsonSerializer.Serialize(rules),
            }
        );
        foreach (var who in others.Append(id))
            db.Add(Tenure.Of(position, await db.Set<Person>().SingleAsync(p => p.Id == who), from));
        await db.SaveChangesAsync();
        return (visitor, id);
    }

    private async Task<Guid> AnAct(Guid person, DateOnly on)
    {
        await using var db = world.Db();
        var position = await db.Set<Tenure>().Where(t => t.PersonId == person).Select(t => t.PositionId).SingleAsync();
        var duty = Duty.Of(position, "", "1.1", "Issue acts");
        duty.Bind("act.issued", "act.returned");
        db.AddRange(duty, DutyNorm.Of(duty, on.AddYears(-1), 5, 1, 5));
        await db.SaveChangesAsync();
        var chain = Guid.CreateVersion7();
        db.State(new Fact("act.issued", person, on, chain, chain, null, "Act 1"));
        await db.SaveChangesAsync();
        return chain;
    }
}
