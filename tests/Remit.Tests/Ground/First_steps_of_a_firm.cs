using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Modules.Pay;
using Remit.Modules.People;
using Remit.Modules.Start;

namespace Remit.Tests.Ground;

public sealed partial class First_steps_of_a_firm(World world) : IClassFixture<World>
{
    [Fact]
    public void Every_preset_speaks_four_languages_and_its_duties_can_be_counted_and_paid()
    {
        Assert.Equal(4, TradePreset.All.Count);
        foreach (var position in TradePreset.All.SelectMany(p => p.Positions))
        {
            Assert.Equal(4, position.Name.Count(n => n.Length > 0));
            Assert.True(position.Duties.Count >= 4, position.Name[3]);
            foreach (var duty in position.Duties)
            {
                Assert.Equal(4, duty.Text.Count(t => t.Length > 0));
                Assert.Equal(4, duty.Section.Count(t => t.Length > 0));
                var made = Duty.Of(Guid.NewGuid(), duty.Section[0], "1", duty.Text[0]);
                made.Bind(duty.Trigger, duty.Condition);
                foreach (var texts in new[] { duty.Unit, duty.Result, duty.Proof })
                    Assert.Equal(4, texts.Count(t => t.Length > 0));
                for (var language = 0; language < 4; language++)
                    made.Expect(duty.Unit[language], duty.Result[language], duty.Proof[language]);
                Assert.Equal(duty.Points, DutyNorm.Of(made, new DateOnly(2026, 1, 1), duty.Minutes, duty.Complexity, duty.Points).Points);
            }
        }
    }

    [Theory]
    [InlineData("bg-BG,bg;q=0.9,en;q=0.8", "bg")]
    [InlineData("az", "az")]
    [InlineData("de-AT,de;q=0.9", "en")]
    [InlineData("fr;q=0.9,ru;q=0.7", "ru")]
    public async Task The_first_page_speaks_the_language_of_its_reader(string asked, string spoken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Accept-Language", asked);
        var page = await (await world.NewVisitor().Client.SendAsync(request)).Content.ReadAsStringAsync();
        Assert.Contains($"<html lang=\"{spoken}\"", page);
    }

    [Fact]
    public async Task A_young_firm_goes_from_a_preset_to_invited_people_and_its_day_shows_how_far_it_is()
    {
        Assert.Contains("First steps", await world.Text(""));
        Assert.Contains("Done:", await world.Owner.PostAndRead("start/preset", ("preset", "onec"), ("city", "Sofia")));
        await using var db = world.Db();
        var manager = await db.Set<Position>().SingleAsync(p => p.Name == "Service manager");
        Assert.Equal(10, await db.Set<Duty>().CountAsync(d => d.PositionId == manager.Id));
        Assert.Contains("Sofia", (await db.Set<Scheme>().SingleAsync(s => s.PositionId == manager.Id)).Rules);
        // Chosen twice, it is not there twice.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post("start/preset", ("preset", "onec"))).StatusCode);

        var answer = await world.Post(
            "start/people",
            ("name", "Ruth Miller"),
            ("email", "ruth@example.com"),
            ("role", "Manager"),
            ("position", $"{manager.Id}"),
            ("name", "Simon Gill"),
            ("email", "simon@example.com"),
            ("role", "Programmer"),
            ("position", "")
        );
        var links = Link().Matches(await answer.Content.ReadAsStringAsync()).Select(m => m.Value).ToList();
        Assert.Equal(2, links.Count);
        Assert.True(await db.Set<Tenure>().AnyAsync(t => t.PositionId == manager.Id));

        await world.Post("start/skip", ("step", "company"));
        await world.Post("start/skip");
        Assert.DoesNotContain("First steps", await world.Text(""));
    }

    [Fact]
    public async Task An_invited_person_sets_a_password_by_the_link_once_and_comes_in()
    {
        var answer = await world.Post("people", ("name", "Olga Linden"), ("email", "linden@example.com"), ("role", "Manager"));
        var link = Link().Match(await answer.Content.ReadAsStringAsync()).Value;
        var stranger = world.NewVisitor();
        Assert.Contains("invites you", await stranger.Text(link));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await stranger.Post(link, ("password", "short"))).StatusCode);
        await stranger.Post(link, ("password", World.Password));
        Assert.Contains("Olga Linden", await stranger.Text(""));
        Assert.Equal(HttpStatusCode.NotFound, (await world.NewVisitor().Get(link)).StatusCode);
        await using var db = world.Db();
        Assert.DoesNotContain(link.Split('/')[^1], string.Concat(await db.Journal.Select(j => j.Values).ToListAsync()));
    }

    [Fact]
    public async Task A_new_invitation_ends_the_old_and_nobody_invites_above_themselves()
    {
        var (_, id) = await world.SomeoneWhoIs(Role.Director);
        var (hr, _) = await world.SomeoneWhoIs(Role.Hr);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await hr.Post($"people/{id}/invite")).StatusCode);
        var (_, manager) = await world.SomeoneWhoIs(Role.Manager);
        var first = Link().Match(await (await hr.Post($"people/{manager}/invite")).Content.ReadAsStringAsync()).Value;
        var second = Link().Match(await (await hr.Post($"people/{manager}/invite")).Content.ReadAsStringAsync()).Value;
        Assert.Equal(HttpStatusCode.NotFound, (await world.NewVisitor().Get(first)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await world.NewVisitor().Get(second)).StatusCode);
    }

    [GeneratedRegex("join/[0-9a-f]{64}")]
    private static partial Regex Link();
}
