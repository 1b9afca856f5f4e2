using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Duties;
using Remit.Modules.Papers;
using Remit.Modules.Pay;
using Remit.Modules.People;
using Remit.Modules.Work;

namespace Remit.Tests.Pay;

/// <summary>A paper that is cancelled takes back the work its issue wrote, with the reason.</summary>
public sealed class Work_of_a_cancelled_paper(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Is_reversed_with_its_reason_and_waits_for_nothing_any_more()
    {
        await Bound("invoice.issued", "act.returned");
        var invoice = await Issued();
        Assert.Equal(1000, await Sum("invoice.issued"));
        await world.Post($"papers/{invoice}/cancel");
        await using var db = world.Db();
        var reversal = await db.Set<WorkEntry>().SingleAsync(w => w.SubjectId == invoice && w.Reverses != null);
        Assert.Matches("^invoice № ?1/?.* was cancelled$|^invoice .* was cancelled$", reversal.Reason!);
        Assert.Equal(0, await Sum("invoice.issued"));
        var facts = await db.Set<StatedFact>().Where(f => f.SubjectId == invoice).ToListAsync();
        Assert.Equal(facts.Count(f => f.Reverses == null), facts.Count(f => f.Reverses != null));
        var month = Month.Of(reversal.DoneOn);
        var slip = (await PayRun.Load(db, month, world.Firm(), await world.OwnerId())).Single();
        Assert.Equal(0, slip.Explain().Result!.Held.Amount.Minor);
        Assert.Contains("was cancelled", await world.Text($"pay/{await world.OwnerId()}/{month.Year}-{month.Number:00}"));
    }

    private async Task Bound(string trigger, string condition)
    {
        await using var db = world.Db();
        var from = DateOnly.FromDateTime(DateTime.UtcNow).AddMonths(-2);
        var position = Position.Named("Billing");
        var duty = Duty.Of(position.Id, "Papers", "1.1", "Issue the invoice");
        duty.Bind(trigger, condition);
        db.AddRange(
            position,
            Tenure.Of(position, await db.Set<Person>().SingleAsync(p => p.Email == "olga@example.com"), from),
            duty,
            DutyNorm.Of(duty, from, 15, 2, 3),
            new Scheme
            {
                PositionId = position.Id,
                From = from,
                Rules = System.Text.Json.JsonSerializer.Serialize(new SchemeRules { EffectiveFrom = from, RateMilli = 1_000_000 }),
            }
        );
        await db.SaveChangesAsync();
    }

    private async Task<Guid> Issued()
    {
        await world.Post("papers/company", ("company_title", "Meridian"), ("hour_price", "60"), ("vat", "20"));
        await world.Post("clients/new", ("client_title", "Cancelled Ltd"), ("country", "BG"), ("lang", "en"));
        await using var db = world.Db();
        var client = await db.Set<Client>().SingleAsync();
        await world.Post(
            "papers/new",
            ("client", client.Id.ToString()),
            ("text1", "Work"),
            ("count1", "1"),
            ("unit1", "piece"),
            ("price1", "10")
        );
        var invoice = await db.Set<Invoice>().SingleAsync();
        await world.Post($"papers/{invoice.Id}/issue");
        return invoice.Id;
    }

    private async Task<long> Sum(string fact)
    {
        await using var db = world.Db();
        return await db.Set<WorkEntry>().Where(w => w.Fact == fact).SumAsync(w => w.QuantityMilli);
    }
}
