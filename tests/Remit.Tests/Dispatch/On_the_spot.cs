using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Dispatch;
using Remit.Modules.Papers;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;

namespace Remit.Tests.Dispatch;

/// <summary>Forms of the sheet come late and twice from a phone without network.</summary>
public sealed class On_the_spot(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_form_that_comes_twice_is_done_once_and_counts_from_the_tap()
    {
        var (petar, id) = await world.SomeoneWhoIs(Role.Programmer);
        var visit = await world.Visit(await world.Client("Late"), id, Scene.Workday(2));
        var (op, now) = ($"{Guid.NewGuid()}", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        // The phone's own clock is an hour wrong; what counts is how long ago it was tapped.
        var tapped = now + 3_600_000 - 1_800_000;
        (string, string)[] form = [("op", op), ("at", $"{tapped}"), ("sent", $"{now + 3_600_000}")];
        for (var n = 0; n < 2; n++)
            Assert.Equal(303, (int)(await petar.Post($"visits/{visit.Id}/sheet/start", form)).StatusCode);
        await using var db = world.Db();
        var sheet = await db.Set<VisitSheet>().SingleAsync(s => s.VisitId == visit.Id);
        Assert.InRange((DateTime.UtcNow - sheet.StartedAt!.Value).TotalMinutes, 29, 35);
        Assert.Equal(1, await db.Set<SentOnce>().CountAsync());
    }

    [Fact]
    public async Task A_form_that_was_refused_may_come_again()
    {
        var (petar, id) = await world.SomeoneWhoIs(Role.Programmer);
        var visit = await world.Visit(await world.Client("Refused"), id, Scene.Workday(3));
        var op = $"{Guid.NewGuid()}";
        Assert.Equal(422, (int)(await petar.Post($"visits/{visit.Id}/sheet/stop", ("op", op))).StatusCode);
        await petar.Post($"visits/{visit.Id}/sheet/start");
        Assert.Equal(303, (int)(await petar.Post($"visits/{visit.Id}/sheet/stop", ("op", op))).StatusCode);
    }

    [Fact]
    public async Task The_phone_is_told_what_to_keep_and_only_ones_own_of_these_days()
    {
        var (petar, id) = await world.SomeoneWhoIs(Role.Programmer);
        var (_, other) = await world.SomeoneWhoIs(Role.Programmer);
        var client = await world.Client("Today");
        var day = world.Firm().Day(DateTime.UtcNow);
        var mine = await world.Visit(client, id, day, "23:00");
        var others = await world.Visit(client, other, day, "23:00");
        var later = await world.Visit(client, id, day.AddDays(20));
        var kept = await petar.Text("visits/pocket.json");
        Assert.Contains($"visits/{mine.Id}/sheet", kept);
        foreach (var not in new[] { others, later })
            Assert.DoesNotContain($"{not.Id}", kept);
        Assert.Equal($"{id}", Assert.Single((await petar.Get($"visits/{mine.Id}/sheet")).Headers.GetValues("Remit-For")));
        Assert.Contains("const shell", await world.NewVisitor().Text("sw.js"));
    }

    [Fact]
    public async Task Works_that_two_people_noted_are_put_side_by_side()
    {
        var (petar, id) = await world.SomeoneWhoIs(Role.Programmer);
        var visit = await world.Visit(await world.Client("Both note"), id, Scene.Workday(4));
        await world.Post($"visits/{visit.Id}/sheet/note", ("version", "-1"), ("works", "Office"), ("duration", "60"));
        var answer = await petar.Post($"visits/{visit.Id}/sheet/note", ("version", "-1"), ("works", "On the spot"), ("duration", "60"));
        Assert.Equal(409, (int)answer.StatusCode);
        // What one noted oneself one may write over, from the same page.
        await world.Post($"visits/{visit.Id}/sheet/note", ("version", "-1"), ("works", "Office again"), ("duration", "60"));
        await using var db = world.Db();
        Assert.Equal("Office again", (await db.Set<VisitSheet>().SingleAsync(s => s.VisitId == visit.Id)).Works);
    }

    [Fact]
    public async Task A_sheet_that_comes_when_the_office_has_finished_the_visit_shows_both_and_what_is_chosen_stands()
    {
        var (petar, id) = await world.SomeoneWhoIs(Role.Programmer);
        var visit = await world.Visit(await world.Client("Finished twice"), id, Scene.Workday(5));
        await world.HasCome(visit);
        await world.HasCome(visit);
        await world.Post($"visits/{visit.Id}/finish", ("works", "Said on the phone"), ("duration", "60"));
        (string, string)[] mine = [("works", "Written at the client's"), ("duration", "90"), ("signed_by", "Ivo")];
        Assert.Equal(303, (int)(await petar.Post($"visits/{visit.Id}/sheet/start")).StatusCode);
        var asked = await petar.Post($"visits/{visit.Id}/sheet/finish", [("version", "-1"), .. mine]);
        Assert.Equal(409, (int)asked.StatusCode);
        var page = await asked.Content.ReadAsStringAsync();
        foreach (var words in new[] { "Said on the phone", "Written at the client", "Update" })
            Assert.Contains(words, page);
        await using var db = world.Db();
        Assert.Equal(
            303,
            (int)(await petar.Post($"visits/{visit.Id}/sheet/finish", [("version", $"{await Seen(db, visit)}"), .. mine])).StatusCode
        );
        var now = await db.Set<Visit>().AsNoTracking().SingleAsync(v => v.Id == visit.Id);
        Assert.Equal(("Written at the client's", 90), (now.Works, now.WorkedMinutes));
        Assert.Equal("Ivo", (await db.Set<VisitSheet>().SingleAsync(s => s.VisitId == visit.Id)).SignedBy);
        // The hour is taken back and an hour and a half stated.
        Assert.Equal(3, await db.Set<StatedFact>().CountAsync(f => f.SubjectId == visit.Id && f.Code == "visit.done"));
        Assert.Equal(
            1,
            await db.Set<StatedFact>().CountAsync(f => f.SubjectId == visit.Id && f.Code == "visit.done" && f.Reverses != null)
        );
        Assert.Equal(
            0,
            await db.Set<StatedFact>().CountAsync(f => f.SubjectId == visit.Id && f.Code == "visit.planned" && f.Reverses != null)
        );
    }

    [Fact]
    public async Task Two_in_the_office_who_finish_one_visit_choose_what_stands_and_who_went_hears_the_old_and_the_new()
    {
        var (petar, id) = await world.SomeoneWhoIs(Role.Programmer);
        var (elena, _) = await world.SomeoneWhoIs(Role.Manager);
        var visit = await world.Visit(await world.Client("Told twice"), id, Scene.Workday(8));
        await world.HasCome(visit);
        Assert.Equal(
            303,
            (int)
                (
                    await world.Post(
                        $"visits/{visit.Id}/finish",
                        ("version", $"{visit.Version}"),
                        ("works", "Heard by one"),
                        ("duration", "60")
                    )
                ).StatusCode
        );
        (string, string)[] second = [("works", "Heard by another"), ("duration", "90")];
        foreach (var at in new[] { "finish", "dictate" })
        {
            var asked = await elena.Post($"visits/{visit.Id}/{at}", [("version", $"{visit.Version}"), .. second]);
            Assert.Equal(409, (int)asked.StatusCode);
            foreach (var words in new[] { "Heard by one", "Heard by another", "Update" })
                Assert.Contains(words, await asked.Content.ReadAsStringAsync());
        }
        Assert.Equal(422, (int)(await elena.Post($"visits/{visit.Id}/finish", second)).StatusCode);
        Assert.Equal(
            303,
            (int)(await elena.Post($"visits/{visit.Id}/finish", [("version", $"{(await world.Now(visit)).Version}"), .. second])).StatusCode
        );
        Assert.Equal(("Heard by another", 90), ((await world.Now(visit)).Works, (await world.Now(visit)).WorkedMinutes));
        await world.RunJobs();
        foreach (var told in new[] { await petar.Text("notices"), await world.Text("notices") })
            Assert.Contains("60 min before, 90 min now", told);
        Assert.Contains("Heard by one", await world.Text($"history/{visit.Id}"));
        await using var db = world.Db();
        var corrected = await db.Journal.Where(j => j.RecordId == visit.Id).OrderByDescending(j => j.Seq).FirstAsync();
        Assert.Equal(422, (int)(await world.Post($"history/{corrected.Seq}/restore", ("property", "WorkedMinutes"))).StatusCode);
    }

    [Fact]
    public async Task A_visit_that_is_billed_stays_finished_until_its_invoice_is_cancelled()
    {
        var (_, id) = await world.SomeoneWhoIs(Role.Programmer);
        await world.Post("papers/company", ("company_title", "Remit"), ("hour_price", "60"), ("vat", "20"), ("version", "1"));
        var visit = await world.Visit(await world.Client("Billed and undone"), id, Scene.Workday(5));
        await world.HasCome(visit);
        await world.Post($"visits/{visit.Id}/finish", ("version", $"{visit.Version}"), ("works", "Installed"), ("duration", "60"));
        await using var db = world.Db();
        var finish = (await db.Journal.Where(j => j.RecordId == visit.Id).OrderByDescending(j => j.Seq).FirstAsync()).ChangeId;
        await world.Post($"papers/from-visit/{visit.Id}");
        var invoice = await db.Set<Invoice>().Where(i => i.VisitId == visit.Id).Select(i => i.Id).SingleAsync();
        await world.Post($"papers/{invoice}/issue");
        var refused = await world.Post($"history/{finish}/undo");
        Assert.Equal(422, (int)refused.StatusCode);
        Assert.Contains("cancel the invoice first", await refused.Content.ReadAsStringAsync());
        Assert.Equal(VisitState.Done, (await world.Now(visit)).State);
        await world.Post($"papers/{invoice}/cancel");
        Assert.Equal(303, (int)(await world.Post($"history/{finish}/undo")).StatusCode);
        Assert.NotEqual(VisitState.Done, (await world.Now(visit)).State);
    }

    [Fact]
    public async Task Hours_that_stand_on_an_invoice_stay_and_the_words_of_who_was_there_are_taken()
    {
        var (petar, id) = await world.SomeoneWhoIs(Role.Programmer);
        await world.Post("papers/company", ("company_title", "Remit"), ("hour_price", "60"), ("vat", "20"), ("version", "1"));
        var visit = await world.Visit(await world.Client("Billed"), id, Scene.Workday(6));
        await world.HasCome(visit);
        await world.HasCome(visit);
        Assert.Equal(
            303,
            (int)(await world.Post($"visits/{visit.Id}/dictate", ("works", "Said on the phone"), ("duration", "60"))).StatusCode
        );
        await using var db = world.Db();
        var seen = await Seen(db, visit);
        var refused = await petar.Post($"visits/{visit.Id}/sheet/finish", ("version", $"{seen}"), ("works", "Written"), ("duration", "90"));
        Assert.Equal(422, (int)refused.StatusCode);
        Assert.Equal(
            303,
            (int)
                (
                    await petar.Post($"visits/{visit.Id}/sheet/finish", ("version", $"{seen}"), ("works", "Written"), ("duration", "60"))
                ).StatusCode
        );
        Assert.Equal("Written", (await db.Set<Visit>().AsNoTracking().SingleAsync(v => v.Id == visit.Id)).Works);
    }

    [Fact]
    public async Task A_sheet_of_a_visit_that_was_cancelled_meanwhile_is_kept_and_the_manager_hears_of_it()
    {
        var (petar, id) = await world.SomeoneWhoIs(Role.Programmer);
        var visit = await world.Visit(await world.Client("Cancelled"), id, Scene.Workday(7));
        await world.Post($"visits/{visit.Id}/cancel");
        Assert.Equal(
            303,
            (int)
                (
                    await petar.Post($"visits/{visit.Id}/sheet/finish", ("version", "-1"), ("works", "Was there"), ("duration", "45"))
                ).StatusCode
        );
        Assert.Contains("Was there", await world.Text($"visits/{visit.Id}"));
        await world.RunJobs();
        Assert.Contains("the programmer was there", await world.Text("notices"));
    }

    private static async Task<int> Seen(AppDb db, Visit visit) =>
        (await db.Set<VisitSheet>().AsNoTracking().SingleAsync(s => s.VisitId == visit.Id)).Version;
}
