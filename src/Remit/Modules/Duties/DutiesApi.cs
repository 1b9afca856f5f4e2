using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Duties;

/// <summary>The register of duties with its norms, for other programs.</summary>
public static class DutiesApi
{
    public static void MapDutiesApi(this RouteGroupBuilder api) => api.MapGet("/duties", List).Needs(Permission.DutiesSee)
        .WithSummary("Duties in the order of their lists, each with the norm in force on a day; of all positions or of one");

    private static async Task<IReadOnlyList<DutyJson>> List(AppDb db, Screen screen, Guid? position, DateOnly? on)
    {
        var lines = await DutiesModule.Sheet(db, db.Set<Duty>().AsNoTracking().Where(d => !d.Retired && (position == null || d.PositionId == position)), on ?? screen.Today);
        return [.. lines.Select(DutyJson.Of)];
    }
}

/// <summary>A duty as other programs see it.</summary>
public sealed record DutyJson(Guid Id, Guid Position, string Section, string Number, string Text, Frequency? Frequency, string? Trigger, string? Condition, NormJson? Norm, int Version)
{
    public static DutyJson Of(DutyLine line) => new(line.Duty.Id, line.Duty.PositionId, line.Duty.Section, line.Duty.Number, line.Duty.Text, line.Duty.Frequency,
        line.Duty.Trigger, line.Duty.Condition, line.Norm is { } n ? new(n.From, n.Minutes, n.Complexity, n.Points) : null, line.Duty.Version);
}

/// <summary>What a duty is worth from a day on.</summary>
public sealed record NormJson(DateOnly From, int Minutes, int Complexity, int Points);
