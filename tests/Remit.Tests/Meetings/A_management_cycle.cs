using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Modules.Pay;
using Remit.Modules.People;

namespace Remit.Tests.Meetings;

public sealed class A_management_cycle(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Shows_plan_people_with_their_load_pay_and_control_of_a_position_to_who_answers_for_it_and_who_holds_it()
    {
        var (holder, id) = await world.SomeoneWhoIs(Role.Programmer);
        var (other, _) = await world.SomeoneWhoIs(Role.Programmer);
        var last = Month.Of(DateOnly.FromDateTime(DateTime.UtcNow)).Previous;
        Guid position;
        await using (var db = world.Db())
        {
            var held = Position.Named("Keeper of backups");
            var check = Duty.Of(held.Id, "", "1.1", "Check the backups");
            check.Plan(Frequency.Monthly);
            var from = last.First.AddMonths(-2);
            db.AddRange(
                held,
                Tenure.Of(held, await db.Set<Person>().SingleAsync(p => p.Id == id), from),
                check,
                DutyNorm.Of(check, from, 90, 1, 9),
                new Scheme
                {
                    PositionId = held.Id,
                    From = from,
                    Rules = System.Text.Json.JsonSerializer.Serialize(
                        new SchemeRules
                        {
                            EffectiveFrom = from,
                            RateMilli = 1_000_000,
                            ShareBasisPoints = 100,
                        }
                    ),
                }
            );
            await db.SaveChangesAsync();
            await Modules.Work.Ledger.Log(db, id, check, last.First.AddDays(3), 1000, null);
            await db.SaveChangesAsync();
            position = held.Id;
        }
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (
                await world.Post(
                    "meetings/goals/new",
                    ("goal_text", "Restore one backup a week for all"),
                    ("measure", "hand"),
                    ("start", "0"),
                    ("target", "10"),
                    ("goal_by", $"{DateTime.UtcNow.AddDays(30):yyyy-MM-dd}"),
                    ("goal_for", $"position:{position}"),
                    ("sure", "on")
                )
            ).StatusCode
        );
        foreach (var page in new[] { await world.Text($"meetings/cycle?position={position}"), await holder.Text("meetings/cycle") })
        {
            Assert.Contains("Keeper of backups", page);
            Assert.Contains("Restore one backup", page);
            Assert.Contains("1.5 of", page);
            Assert.Contains("Piecework + Share of payments", page);
        }
        Assert.DoesNotContain("pay/schemes", await holder.Text("meetings/cycle"));
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"meetings/cycle?position={position}")).StatusCode);
    }
}
