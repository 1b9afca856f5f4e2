using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Duties;

/// <summary>One duty on a page: what is promised, by whom today, what shows it, and what it was worth from when.</summary>
internal static class DutyCard
{
    public static void MapDutyCard(this WebApplication app)
    {
        app.MapGet("/duties/{duty:guid}/card", Show).Needs(Permission.DutiesSee);
        app.MapPost("/duties/{duty:guid}/card", Save).Needs(Permission.DutiesEdit);
    }

    private static async Task<IResult> Show(Guid duty, AppDb db, Screen screen)
    {
        var found = await db.Set<Duty>().One(duty);
        return new RazorComponentResult<DutyCardPage>(
            new
            {
                Duty = found,
                Position = await db.Set<Position>().One(found.PositionId),
                People = (await Accountable.On(db, screen.Today))[found.PositionId].ToList(),
                Norms = await db.Set<DutyNorm>()
                    .AsNoTracking()
                    .Where(n => n.DutyId == duty)
                    .OrderByDescending(n => n.From)
                    .ThenByDescending(n => n.Id)
                    .ToListAsync(),
            }
        );
    }

    // The unit is part of the norm and has a day: it is changed where norms are.
    private static async Task<IResult> Save(Guid duty, Form form, AppDb db, Screen screen, Go go)
    {
        var found = await db.Set<Duty>().One(duty);
        form = await form.Merged(
            db,
            found,
            d =>
                [
                    ("duty_text", d.Text),
                    ("duty_result", d.Result),
                    ("duty_proof", d.Proof),
                    ("duty_number", d.Number),
                    ("duty_section", d.Section),
                ]
        );
        found.Describe(form.Text("duty_section"), form.Text("duty_number"), form.Must("duty_text"));
        found.Expect(found.Unit, form.Text("duty_result"), form.Text("duty_proof"));
        await db.SaveChangesAsync();
        return go.To($"duties/{duty}/card", db, screen.T["duty.saved"]);
    }
}

/// <summary>Who answers for the duties of a position on a day, and who stands in.</summary>
public sealed record Accountable(Guid PositionId, Guid PersonId, string Name, bool StandIn)
{
    public static async Task<ILookup<Guid, Accountable>> On(AppDb db, DateOnly day) =>
        (
            await (
                from tenure in db.Set<Tenure>().On(day)
                join person in db.Set<Person>() on tenure.PersonId equals person.Id
                orderby tenure.StandIn, person.NameKey
                select new
                {
                    tenure.PositionId,
                    person.Id,
                    person.Name,
                    tenure.StandIn,
                }
            ).ToListAsync()
        ).ToLookup(h => h.PositionId, h => new Accountable(h.PositionId, h.Id, h.Name, h.StandIn));
}
