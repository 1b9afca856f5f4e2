using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Modules.People;

namespace Remit.Tests.Duties;

public sealed class What_a_duty_promises(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Stands_on_its_page_in_the_list_its_file_and_the_api_beside_who_answers_for_it()
    {
        var (duty, _) = await Made("Return the act");
        await world.Owner.PostAndRead(
            $"duties/{duty.Id}/card",
            ("version", $"{duty.Version}"),
            ("duty_text", "Return the act"),
            ("duty_number", "1.1"),
            ("duty_section", "Papers"),
            ("duty_result", "The original is in its folder"),
            ("duty_proof", "The signed act")
        );
        foreach (var path in new[] { $"duties/{duty.Id}/card", "duties", "duties/all", "duties/all/export.csv", "api/v1/duties" })
        {
            var page = await world.Text(path);
            Assert.Contains("The original is in its folder", page);
            Assert.Contains("The signed act", page);
        }
        Assert.Contains("Holder Hanna", await world.Text($"duties/{duty.Id}/card"));
        Assert.Contains("Holder Hanna", await world.Text("duties/all"));
        Assert.Contains("Steady Stan", await world.Text($"duties/{duty.Id}/card"));
        Assert.DoesNotContain("The original is in its folder", await world.Text("duties/all?has_result=no"));
    }

    [Fact]
    public async Task Unit_belongs_to_the_norm_and_older_work_keeps_what_it_counted()
    {
        var (duty, position) = await Made("Answer letters");
        await Save(duty, position, "letter", "2026-01-01");
        await Save(duty, position, "hour", "2026-03-01");
        await using var db = world.Db();
        Assert.Equal("letter", (await Modules.Work.Ledger.Norm(db, duty.Id, new DateOnly(2026, 2, 28)))!.Unit);
        Assert.Equal("hour", (await Modules.Work.Ledger.Norm(db, duty.Id, new DateOnly(2026, 3, 1)))!.Unit);
    }

    [Theory]
    [InlineData("duty_number", 41)]
    [InlineData("duty_section", 301)]
    [InlineData("duty_proof", 501)]
    public async Task A_refused_field_of_its_card_is_named_as_the_card_names_it(string field, int length)
    {
        var (duty, _) = await Made("Feed the cat");
        world.Owner.Client.DefaultRequestHeaders.Add("X-Remit", "1");
        using var answer = await world.Post($"duties/{duty.Id}/card", ("duty_text", "Feed the cat"), (field, new string('x', length)));
        world.Owner.Client.DefaultRequestHeaders.Remove("X-Remit");
        Assert.Equal(field, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("field").GetString());
    }

    [Fact]
    public async Task Changed_by_two_at_once_is_asked_about_and_an_endless_one_is_refused()
    {
        var (duty, _) = await Made("Write minutes");
        var first = await world.Post(
            $"duties/{duty.Id}/card",
            ("version", $"{duty.Version}"),
            ("duty_text", "Write minutes"),
            ("duty_result", "Sent the same day"),
            ("duty_proof", "")
        );
        Assert.Equal(HttpStatusCode.SeeOther, first.StatusCode);
        var second = await world.Post(
            $"duties/{duty.Id}/card",
            ("version", $"{duty.Version}"),
            ("duty_text", "Write minutes"),
            ("duty_result", "Sent within a week"),
            ("duty_proof", "")
        );
        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        var long_ = await world.Post(
            $"duties/{duty.Id}/card",
            ("version", $"{duty.Version + 1}"),
            ("duty_text", "Write minutes"),
            ("duty_result", new string('x', 501)),
            ("duty_proof", "")
        );
        Assert.Equal(HttpStatusCode.UnprocessableEntity, long_.StatusCode);
    }

    private async Task Save(Duty duty, Position position, string unit, string from)
    {
        await using var db = world.Db();
        var now = await db.Set<Duty>().SingleAsync(d => d.Id == duty.Id);
        var answer = await world.Post(
            $"duties/{position.Id}",
            ("norm_from", from),
            ("id", $"{now.Id}"),
            ("version", $"{now.Version}"),
            ("duty_text", now.Text),
            ("duty_result", ""),
            ("duty_proof", ""),
            ("duty_unit", unit),
            ("frequency", "Daily"),
            ("minutes", "10"),
            ("complexity", "1"),
            ("points", "1"),
            ("trigger", ""),
            ("condition", "")
        );
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    private async Task<(Duty, Position)> Made(string text)
    {
        await using var db = world.Db();
        var position = Position.Named("Keeper of " + text);
        var duty = Duty.Of(position.Id, "Papers", "1.1", text);
        var (hanna, stan) = (
            Person.Join("Holder Hanna", $"hanna-{duty.Id:N}@example.com", Role.Manager, "en"),
            Person.Join("Steady Stan", $"stan-{duty.Id:N}@example.com", Role.Manager, "en")
        );
        db.AddRange(
            position,
            duty,
            hanna,
            stan,
            Tenure.Of(position, hanna, new DateOnly(2020, 1, 1)),
            Tenure.Of(position, stan, new DateOnly(2020, 1, 1), standIn: true)
        );
        await db.SaveChangesAsync();
        return (duty, position);
    }
}
