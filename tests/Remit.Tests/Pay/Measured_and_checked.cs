using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Duties;
using Remit.Modules.Papers;
using Remit.Modules.Pay;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.Pay.Quality;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Storage;

namespace Remit.Tests.Pay;

/// <summary>Quality samples, indicators from the books, hand-entered ones, mentors, disputes: what pay is judged by.</summary>
public sealed class Measured_and_checked : IAsyncLifetime
{
    private static readonly Month Present = Month.Of(DateOnly.FromDateTime(DateTime.UtcNow));
    private static readonly Month Before = Present.Previous;

    private readonly World world = new();
    private World.Visitor visitor = null!;
    private Guid person,
        position,
        duty;

    public async Task InitializeAsync()
    {
        await world.InitializeAsync();
        (visitor, person) = await world.SomeoneWhoIs(Role.Programmer);
        await using var db = world.Db();
        var held = Position.Named("Programmer");
        var letters = Duty.Of(held.Id, "", "1.1", "Send letters");
        var from = Before.First.AddMonths(-6);
        db.AddRange(
            held,
            Tenure.Of(held, await db.Set<Person>().SingleAsync(p => p.Id == person), from),
            letters,
            DutyNorm.Of(letters, from, 10, 1, 1)
        );
        (position, duty) = (held.Id, letters.Id);
        await Rules(
            db,
            new SchemeRules
            {
                EffectiveFrom = from,
                RateMilli = 1_000_000,
                Samples = 2,
            }
        );
    }

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public void A_sample_is_the_same_for_everybody_who_asks_and_another_in_another_month()
    {
        var entries = Enumerable.Range(0, 40).Select(n => new Guid(n, 1, 2, new byte[8])).ToList();
        Assert.Equal(Samples.Draw(entries, Before, 5), Samples.Draw(Enumerable.Reverse(entries), Before, 5));
        Assert.NotEqual(Samples.Draw(entries, Before, 5), Samples.Draw(entries, Present, 5));
        Assert.Equal(40, Samples.Draw(entries, Before, 100).Count());
    }

    [Fact]
    public async Task A_failed_check_reverses_the_entry_in_the_open_month_and_the_person_reads_why()
    {
        await Logged(Before, 5);
        Assert.Contains("is still open", await world.Text($"pay/checks?month={Before}"));
        await world.Post("pay/close", ("month", $"{Before}"));
        List<Sampled> drawn;
        await using (var db = world.Db())
            drawn = [.. await Samples.Of(db, Before)];
        Assert.Equal(2, drawn.Count);
        await using (var db = world.Db())
            Assert.Equal(
                HttpStatusCode.NotFound,
                (
                    await world.Post(
                        $"pay/checks/{(await db.Set<WorkEntry>().ToListAsync()).First(w => drawn.All(d => d.Entry.Id != w.Id)).Id}",
                        ("verdict", "good")
                    )
                ).StatusCode
            );
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Post($"pay/checks/{drawn[0].Entry.Id}", ("verdict", "good"))).StatusCode);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await world.Post($"pay/checks/{drawn[0].Entry.Id}", ("verdict", "failed"))).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await world.Post($"pay/checks/{drawn[0].Entry.Id}", ("verdict", "failed"), ("reason", "sent to the wrong client"))).StatusCode
        );
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"pay/checks/{drawn[1].Entry.Id}", ("verdict", "good"))).StatusCode);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await world.Post($"pay/checks/{drawn[0].Entry.Id}", ("verdict", "good"))).StatusCode
        );

        Assert.Equal(5_000, await Total(Before));
        Assert.Equal(-1_000, await Total(Present));
        Assert.Contains("sent to the wrong client", await visitor.Text($"pay/{person}/{Before}"));
        await world.RunJobs();
        Assert.Contains("sent to the wrong client", await visitor.Text("notices"));
        await using var after = world.Db();
        Assert.Equal(Present.Index, (await after.Set<WorkEntry>().SingleAsync(w => w.Reverses == drawn[0].Entry.Id)).RecordedMonth);
    }

    [Fact]
    public async Task Own_clients_visits_and_entries_are_measured_and_what_has_no_data_is_left_out()
    {
        await Logged(Before, 4);
        await using (var db = world.Db())
        {
            await Books(db);
            await Rules(
                db,
                new SchemeRules
                {
                    EffectiveFrom = Before.First.AddMonths(-5),
                    BonusBaseMinor = 60_000,
                    Indicators =
                    [
                        Of("own_paid_on_time", 50),
                        Of("own_acts_14d", 100),
                        Of("own_visits_confirmed", 50),
                        Of("own_overdue", 100) with
                        {
                            LowerIsBetter = true,
                        },
                        Of(Indicators.DutyPrefix + duty, 4),
                        Of(Indicators.HandPrefix + "Reviews", 5),
                    ],
                }
            );
        }
        await using var read = world.Db();
        var slip = (await PayRun.Load(read, Before, (await read.Set<Web.Firm>().SingleAsync()), person)).Single();
        var facts = slip
            .Input.Indicators.Where(i => i.Code.StartsWith("own") || i.Code.StartsWith("duty"))
            .ToDictionary(i => i.Code.Split(':')[0], i => i.Fact);
        Assert.Equal(
            new Dictionary<string, decimal?>
            {
                ["own_paid_on_time"] = 0,
                ["own_acts_14d"] = 100,
                ["own_visits_confirmed"] = 50,
                ["own_overdue"] = 100,
                ["duty"] = 4,
            },
            facts
        );
        var (result, problem) = slip.Explain();
        Assert.Null(problem);
        // Four of the five measured are on target, the sixth has no data: its weight is shared by the rest.
        Assert.Equal(48_000, result!.Total.Parts.Single(p => p.Label == "pay.bonus").Amount.Minor);
    }

    [Fact]
    public async Task An_indicator_entered_by_hand_names_who_entered_it_and_not_by_oneself()
    {
        await using (var db = world.Db())
            await Rules(
                db,
                new SchemeRules
                {
                    EffectiveFrom = Before.First.AddMonths(-5),
                    BonusBaseMinor = 10_000,
                    Indicators = [Of(Indicators.HandPrefix + "Reviews", 5)],
                }
            );
        (string, string)[] fields = [("month", $"{Before}"), ("person", $"{person}"), ("code", "hand:Reviews")];
        Assert.Equal(0, await Total(Before));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Post("pay/indicators", [.. fields, ("value", "5")])).StatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (
                await world.Post("pay/indicators", ("month", $"{Before}"), ("person", $"{person}"), ("code", "hand:Other"), ("value", "5"))
            ).StatusCode
        );
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post("pay/indicators", [.. fields, ("value", "5")])).StatusCode);
        Assert.Equal(10_000, await Total(Before));
        Assert.Contains("entered by Olga Owner", await visitor.Text($"pay/{person}/{Before}"));
        await world.Post("pay/close", ("month", $"{Before}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post("pay/indicators", [.. fields, ("value", "1")])).StatusCode);
    }

    [Fact]
    public async Task A_mentor_gets_a_sum_for_each_day_both_work_and_a_share_of_what_the_trainee_earns()
    {
        var (_, mentor) = await world.SomeoneWhoIs(Role.Manager);
        await using (var db = world.Db())
        {
            var senior = Position.Named("Senior");
            db.AddRange(
                senior,
                Tenure.Of(senior, await db.Set<Person>().SingleAsync(p => p.Id == mentor), Before.First.AddMonths(-1)),
                new Scheme
                {
                    PositionId = senior.Id,
                    From = Before.First.AddMonths(-1),
                    Rules = System.Text.Json.JsonSerializer.Serialize(
                        new SchemeRules { EffectiveFrom = Before.First, Fixed = [new(1, "", 100_000)] }
                    ),
                }
            );
            await db.SaveChangesAsync();
        }
        await Logged(Before, 5);
        (string, string)[] terms =
        [
            ("mentor", $"{mentor}"),
            ("trainee", $"{person}"),
            ("tenure_from", $"{Before.First:yyyy-MM-dd}"),
            ("tenure_to", $"{Before.Last:yyyy-MM-dd}"),
        ];
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post("pay/mentors", terms)).StatusCode);
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await world.Post("pay/mentors", [.. terms, ("per_day", "2"), ("mentor_share", "10")])).StatusCode
        );
        await using var read = world.Db();
        var slip = (await PayRun.Load(read, Before, await read.Set<Web.Firm>().SingleAsync(), mentor)).Single();
        var fixedPart = slip.Explain().Result!.Total.Parts.Single(p => p.Label == "pay.fixed_part");
        var days = WorkCalendar.For("BG").WorkdaysIn(Before);
        Assert.Equal([100_000, days * 200 + 500], fixedPart.Parts.Select(p => p.Amount.Minor));
        Assert.Contains("Mentor", await world.Text($"pay/{mentor}/{Before}"));
    }

    [Fact]
    public async Task A_mentors_bonus_is_paid_once_in_the_first_month_the_trainee_reaches_the_result_and_not_after_the_term()
    {
        var (_, mentor) = await world.SomeoneWhoIs(Role.Manager);
        await using (var db = world.Db())
        {
            var senior = Position.Named("Senior");
            db.AddRange(
                senior,
                Tenure.Of(senior, await db.Set<Person>().SingleAsync(p => p.Id == mentor), Before.First.AddMonths(-6)),
                new Scheme
                {
                    PositionId = senior.Id,
                    From = Before.First.AddMonths(-6),
                    Rules = System.Text.Json.JsonSerializer.Serialize(
                        new SchemeRules { EffectiveFrom = Before.First.AddMonths(-6), RateMilli = 1 }
                    ),
                }
            );
            await db.SaveChangesAsync();
        }
        var first = Before.Previous.Previous;
        (string, string)[] terms =
        [
            ("mentor", $"{mentor}"),
            ("trainee", $"{person}"),
            ("tenure_from", $"{first.First:yyyy-MM-dd}"),
            ("tenure_to", $"{Before.Last:yyyy-MM-dd}"),
            ("mentor_bonus", "300"),
            ("mentor_result", "points"),
        ];
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post("pay/mentors", terms)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post("pay/mentors", [.. terms, ("mentor_target", "4")])).StatusCode);
        await Logged(first, 3);
        await Logged(Before.Previous, 4);
        await Logged(Before, 9);
        await using var read = world.Db();
        var firm = await read.Set<Web.Firm>().SingleAsync();
        foreach (var (month, sum) in new[] { (first, 0), (Before.Previous, 30_000), (Before, 0), (Present, 0) })
            Assert.Equal(sum, (await PayRun.Load(read, month, firm, mentor)).Single().Explain().Result!.Total.Amount.Minor);
        Assert.Contains("4 of 4", await world.Text($"pay/{mentor}/{Before.Previous}"));
    }

    [Fact]
    public async Task A_question_about_a_line_is_answered_then_corrected_and_both_point_at_each_other()
    {
        await Logged(Before, 1);
        await using var db = world.Db();
        var entry = await db.Set<WorkEntry>().SingleAsync();
        var page = $"pay/{person}/{Before}";
        Assert.Contains($"?about={entry.Id}#ask", await visitor.Text(page));
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (await visitor.Post($"{page}/ask", ("entry", $"{entry.Id}"), ("question", "It took two hours"))).StatusCode
        );
        var dispute = await db.Set<Dispute>().AsNoTracking().SingleAsync();
        Assert.Equal((entry.Id, "Send letters"), (dispute.EntryId!.Value, dispute.About));
        (string, string)[] correction = [("amount", "12"), ("reason", "two hours were needed"), ("dispute", $"{dispute.Id}")];
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post($"{page}/correct", correction)).StatusCode);
        await world.Post($"pay/disputes/{dispute.Id}/answer", ("answer", "True, we add it"));
        Assert.Contains("Make a correction", await world.Text(page));
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"{page}/correct", correction)).StatusCode);
        Assert.Contains("Settles: It took two hours", await visitor.Text(page));
        var made = await db.Set<PayCorrection>().AsNoTracking().SingleAsync();
        Assert.Equal(dispute.Id, made.DisputeId);
        var (director, _) = await world.SomeoneWhoIs(Role.Director);
        await director.Post($"pay/corrections/{made.Id}/approve");
        Assert.Contains("corrected", await visitor.Text(page));
        Assert.Equal(1_000 + 1_200, await Total(Before));
    }

    [Fact]
    public async Task With_a_scheme_the_ledger_sends_to_pay_to_close_and_an_undo_goes_to_the_open_month()
    {
        await Logged(Before, 1);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post("work/close-month", ("work_month", $"{Before}"))).StatusCode);
        Assert.Contains($"pay?month={Before}", await world.Text("work"));
        await using var db = world.Db();
        var change = await db.Journal.Where(j => j.Record == nameof(WorkEntry)).Select(j => j.ChangeId).SingleAsync();
        foreach (var month in new[] { Before, Present })
            db.Add(
                new ClosedMonth
                {
                    Index = month.Index,
                    ClosedAt = DateTime.UtcNow,
                    ClosedBy = null,
                }
            );
        await db.SaveChangesAsync();
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"history/{change}/undo", ("to", "work"))).StatusCode);
        Assert.Equal(Present.Next.Index, (await db.Set<WorkEntry>().SingleAsync(w => w.Reverses != null)).RecordedMonth);
    }

    private static Indicator Of(string code, decimal target) =>
        new()
        {
            Code = code,
            Label = code,
            Target = target,
        };

    private async Task Rules(AppDb db, SchemeRules rules)
    {
        db.Add(
            new Scheme
            {
                PositionId = position,
                From = rules.EffectiveFrom,
                Rules = System.Text.Json.JsonSerializer.Serialize(rules),
            }
        );
        await db.SaveChangesAsync();
    }

    private async Task Logged(Month month, int times)
    {
        await using var db = world.Db();
        var found = await db.Set<Duty>().SingleAsync(d => d.Id == duty);
        for (var n = 0; n < times; n++)
            await Ledger.Log(db, person, found, month.First.AddDays(n), 1000, null);
        await db.SaveChangesAsync();
    }

    /// <summary>Two visits, one confirmed; an act back in time; an invoice of an own client that is due and unpaid.</summary>
    private async Task Books(AppDb db)
    {
        var client = Client.New("Own", "BG", DateTime.UtcNow);
        client.Describe("en", "", false, "", person);
        var company = OwnCompany.Of("Seller", "BG", "EUR", null);
        var issued = Before.First.AddDays(-10);
        db.AddRange(client, company);
        for (var n = 0; n < 2; n++)
        {
            var visit = Visit.Plan(client.Id, person, Before.First.AddDays(n).ToDateTime(new TimeOnly(10, 0)), 60, false, "Update", null);
            visit.Finish(60, "Done");
            db.Add(visit);
            if (n == 1)
                continue;
            db.State(new Fact("visit.confirmed", null, Before.First, visit.Id, visit.Id, client.Id, "Own"));
            var invoice = Invoice.For(company, client.Id, visit.Id);
            db.AddRange(invoice, invoice.Add("Work", 1000, "hour", 10_000, 0));
            await db.Issue(invoice, issued, 15);
            invoice.ReturnAct(issued.AddDays(14));
        }
        await db.SaveChangesAsync();
    }

    private async Task<long> Total(Month month)
    {
        await using var db = world.Db();
        var slip = (await PayRun.Load(db, month, await db.Set<Web.Firm>().AsNoTracking().SingleAsync(), person)).Single();
        return PayCalculator.Total(slip.Input).Minor;
    }
}
