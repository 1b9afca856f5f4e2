using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Duties;

/// <summary>The register of duties with its norms, for other programs.</summary>
public static class DutiesApi
{
    public static void MapDutiesApi(this RouteGroupBuilder api) =>
        api.MapGet("/duties", List)
            .Needs(Permission.DutiesSee)
            .WithSummary(
                "Duties in the order of their lists, each with its expected result and proof, the norm in force on a day and who answers for it then; of all positions or of one"
            );

    private static async Task<IReadOnlyList<DutyJson>> List(AppDb db, Screen screen, Guid? position, DateOnly? on)
    {
        var day = on ?? screen.Today;
        var lines = await DutiesModule.Sheet(
            db,
            db.Set<Duty>().AsNoTracking().Where(d => !d.Retired && (position == null || d.PositionId == position)),
            day
        );
        var people = await Accountable.On(db, day);
        return [.. lines.Select(line => DutyJson.Of(line, people[line.Duty.PositionId]))];
    }
}

/// <summary>A duty as other programs see it.</summary>
/// <param name="Accountable">Who holds the position on the day asked for.</param>
/// <param name="StandIns">Who stands in for them.</param>
public sealed record DutyJson(
    Guid Id,
    Guid Position,
    string Section,
    string Number,
    string Text,
    string Result,
    string Proof,
    string Unit,
    Frequency? Frequency,
    string? Trigger,
    string? Condition,
    IReadOnlyList<Guid> Accountable,
    IReadOnlyList<Guid> StandIns,
    NormJson? Norm,
    int Version
)
{
    public static DutyJson Of(DutyLine line, IEnumerable<Accountable> people) =>
        new(
            line.Duty.Id,
            line.Duty.PositionId,
            line.Duty.Section,
            line.Duty.Number,
            line.Duty.Text,
            line.Duty.Result,
            line.Duty.Proof,
            line.Unit,
            line.Duty.Frequency,
            line.Duty.Trigger,
            line.Duty.Condition,
            [.. people.Where(p => !p.StandIn).Select(p => p.PersonId)],
            [.. people.Where(p => p.StandIn).Select(p => p.PersonId)],
            line.Norm is { } n ? new(n.From, n.Unit, n.Minutes, n.Complexity, n.Points) : null,
            line.Duty.Version
        );
}

/// <summary>What a duty is worth from a day on, for one of its unit.</summary>
public sealed record NormJson(DateOnly From, string Unit, int Minutes, int Complexity, int Points);
