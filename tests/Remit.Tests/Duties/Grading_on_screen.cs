using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Duties;
using Remit.Modules.Duties.Complexity;
using Remit.Modules.People;

namespace Remit.Tests.Duties;

/// <summary>Complexity graded by a person: in pairs, or by criteria; both end in norms with points.</summary>
public sealed class Grading_on_screen : IAsyncLifetime
{
    private readonly World world = new();
    private readonly List<Guid> duties = [];
    private Guid position;

    public async Task InitializeAsync()
    {
        await world.InitializeAsync();
        await using var db = world.Db();
        position = (await db.Set<Position>().SingleAsync()).Id;
        for (var n = 1; n <= 4; n++)
        {
            var duty = Duty.Of(position, "Papers", $"1.{n}", $"Duty number {n} for the client");
            duty.Plan(Frequency.Daily);
            db.Add(duty);
            // The fourth has no norm time yet.
            if (n < 4)
                db.Add(DutyNorm.Of(duty, new DateOnly(2020, 1, 1), 60, 0, 6));
            duties.Add(duty.Id);
        }
        await db.SaveChangesAsync();
    }

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Pairs_come_one_after_another_and_go_on_where_they_were_left()
    {
        Assert.Contains("0 of 5", await world.Text(Path));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Say(0, 1, null, 5)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Say(0, 1, "left", 10)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Say(0, 1, "left", 3)).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Say(2, 1, "right", 3)).StatusCode);
        var page = await world.Text(Path);
        Assert.Contains("2 of 5", page);
        Assert.Contains($"name=\"left\" value=\"{duties[2]}\"", page);
        Assert.Contains($"name=\"right\" value=\"{duties[3]}\"", page);
        Assert.Contains("The judgments agree", page);
    }

    [Fact]
    public async Task A_judgment_said_again_replaces_the_first_and_can_be_undone()
    {
        await Say(0, 1, "left", 3);
        await Say(1, 0, "left", 5);
        await using (var db = world.Db())
            Assert.Equal(-4, FromFirst(await db.Set<DutyJudgment>().AsNoTracking().SingleAsync()));
        await Undo();
        await using (var db = world.Db())
            Assert.Equal(2, FromFirst(await db.Set<DutyJudgment>().AsNoTracking().SingleAsync()));
        await Say(2, 3, null, 1);
        await Undo();
        await using (var db = world.Db())
            Assert.Single(await db.Set<DutyJudgment>().AsNoTracking().ToListAsync());
    }

    [Fact]
    public async Task A_judgment_that_contradicts_the_others_is_named_and_offered_again()
    {
        foreach (var (left, right) in new[] { (0, 1), (1, 2), (2, 3), (0, 3), (1, 3) })
            await Say(left, right, null, 1);
        await Say(0, 2, "right", 9);
        var page = await world.Text(Path);
        Assert.Contains("contradict each other", page);
        Assert.Contains("The most contradictory pair", page);
        Assert.Contains($"compare?left={duties[0]}&right={duties[2]}", page);
        await Say(0, 2, null, 1);
        Assert.DoesNotContain("The most contradictory pair", await world.Text(Path));
    }

    [Fact]
    public async Task Taken_they_become_norms_with_points_and_what_has_no_time_is_left_out()
    {
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post(Path + "/take")).StatusCode);
        await Say(0, 1, "left", 3);
        await Say(1, 2, null, 1);
        await Say(2, 3, null, 1);
        Assert.Contains("without norm time: 1", await world.Owner.PostAndRead(Path + "/take", ("norm_from", "2026-01-01")));
        await using var db = world.Db();
        var norms = await db.Set<DutyNorm>().Where(n => n.From == new DateOnly(2026, 1, 1)).ToDictionaryAsync(n => n.DutyId);
        // Weights 3 : 1 : 1 : 1, so the first is twice the average and worth twice the minutes.
        Assert.Equal((5, 12), (norms[duties[0]].Complexity, norms[duties[0]].Points));
        Assert.Equal((1, 6), (norms[duties[1]].Complexity, norms[duties[1]].Points));
        Assert.DoesNotContain(duties[3], norms.Keys);
    }

    [Fact]
    public async Task By_criteria_a_duty_gets_its_grade_its_points_and_the_next_one_is_shown()
    {
        var path = $"duties/{duties[0]}/criteria";
        Assert.Contains("a mistake costs money", await world.Text(path));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post(path, ("knowledge", "5"))).StatusCode);
        var to = (
            await world.Post(
                path,
                ("knowledge", "4"),
                ("responsibility", "3"),
                ("communication", "4"),
                ("routine", "3"),
                ("next", "1"),
                ("norm_from", "2026-01-01")
            )
        )
            .Headers
            .Location!
            .OriginalString;
        Assert.Contains($"{duties[1]}/criteria", to);
        Assert.Contains("Complexity 4", await world.Text(path));
        await using var db = world.Db();
        var norm = await db.Set<DutyNorm>().SingleAsync(n => n.DutyId == duties[0] && n.From == new DateOnly(2026, 1, 1));
        Assert.Equal((4, 11), (norm.Complexity, norm.Points));
        // Without minutes the marks are kept and nothing is counted yet.
        await world.Post(
            $"duties/{duties[3]}/criteria",
            ("knowledge", "1"),
            ("responsibility", "1"),
            ("communication", "1"),
            ("routine", "5")
        );
        Assert.Empty(await db.Set<DutyNorm>().Where(n => n.DutyId == duties[3]).ToListAsync());
    }

    [Fact]
    public async Task The_register_says_that_complexity_is_next_until_every_duty_is_graded()
    {
        await using (var db = world.Db())
        {
            db.Add(DutyNorm.Of(await db.Set<Duty>().SingleAsync(d => d.Id == duties[3]), new DateOnly(2020, 1, 1), 10, 2, 1));
            await db.SaveChangesAsync();
        }
        Assert.Contains("grade the complexity", await world.Text("duties"));
        foreach (var duty in duties.Take(3))
            await world.Post(
                $"duties/{duty}/criteria",
                ("knowledge", "2"),
                ("responsibility", "2"),
                ("communication", "2"),
                ("routine", "4")
            );
        Assert.Contains("bind to facts", await world.Text("duties"));
    }

    private string Path => $"duties/{position}/compare";

    private int FromFirst(DutyJudgment said) => said.OneId == duties[0] ? said.Strength : -said.Strength;

    private Task<HttpResponseMessage> Say(int left, int right, string? harder, int times)
    {
        List<(string, string)> fields = [("left", $"{duties[left]}"), ("right", $"{duties[right]}"), ("times", $"{times}")];
        if (harder is not null)
            fields.Add(("harder", harder));
        return world.Post(Path, [.. fields]);
    }

    private async Task Undo()
    {
        await using var db = world.Db();
        var change = await db.Journal.OrderByDescending(j => j.Seq).Select(j => j.ChangeId).FirstAsync();
        var answer = await world.Post($"history/{change}/undo", ("to", "duties"));
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, await answer.Content.ReadAsStringAsync());
    }
}
