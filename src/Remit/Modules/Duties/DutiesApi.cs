using System.Linq.Expressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties.Reading;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Duties;

/// <summary>The register of duties with its norms, for other programs, and raw lists on their way into it.</summary>
public static class DutiesApi
{
    public static void MapDutiesApi(this RouteGroupBuilder api)
    {
        api.MapGet("/duties", List)
            .Needs(Permission.DutiesSee)
            .WithSummary(
                "Duties in the order of their lists, each with its expected result and proof, the norm in force on a day and who answers for it then; of all positions or of one"
            );
        api.MapPost("/duties", Take)
            .Needs(Permission.DutiesEdit)
            .WithSummary(
                "Take a reviewed list into the register, all of it in one change; what minutes measure gets its norm from this month on"
            );
        api.MapPost("/duties/lists", Read)
            .Needs(Permission.DutiesEdit)
            .WithMetadata(new SavesNothing())
            .WithSummary(
                "Read a raw list, text in any usual encoding, CSV or DOCX, as the whole body: sections, duties with flags, and what could not be placed. Nothing is kept"
            )
            .Accepts<byte[]>(
                "text/plain",
                "text/csv",
                "application/octet-stream",
                "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            );
        api.MapDutyApi();
        api.MapComplexityApi();
    }

    private static async Task<DutyListJson> Read(Stream body, Screen screen, HttpContext http)
    {
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes);
        var isTable = http.Request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) == true;
        return DutyListJson.Of(NewList.Read(NewList.TextOf(bytes.ToArray(), "—"), isTable), screen.T);
    }

    private static async Task<Created<IReadOnlyList<DutyJson>>> Take(DutiesTaken wanted, AppDb db, Screen screen)
    {
        Must(wanted.Duties is { Count: > 0 }, "duty.list.none_taken");
        var chosen = await db.PositionOf(wanted.Position, wanted.PositionName?.Trim());
        var taken = new List<Duty>();
        await Api.Each("duties", wanted.Duties, async row => taken.AddRange(await row.Row().Take(db, chosen, screen.Month.First)));
        await db.SaveChangesAsync();
        var ids = taken.Select(d => d.Id).ToList();
        return TypedResults.Created((string?)null, await Shown(db, d => ids.Contains(d.Id), screen.Today));
    }

    private static Task<IReadOnlyList<DutyJson>> List(AppDb db, Screen screen, Guid? position, DateOnly? on) =>
        Shown(db, d => !d.Retired && (position == null || d.PositionId == position), on ?? screen.Today);

    internal static async Task<IReadOnlyList<DutyJson>> Shown(AppDb db, Expression<Func<Duty, bool>> which, DateOnly day)
    {
        var lines = await DutiesModule.Sheet(db, db.Set<Duty>().AsNoTracking().Where(which), day);
        var people = await Accountable.On(db, day);
        return [.. lines.Select(line => DutyJson.Of(line, people[line.Duty.PositionId]))];
    }
}

/// <summary>What of a list is taken, for a position that is there or for a new one of this name.</summary>
public sealed record DutiesTaken(Guid? Position, string? PositionName, IReadOnlyList<DutyTaken>? Duties);

/// <summary>A duty of a reviewed list. Several numbered lines become a duty each.</summary>
/// <param name="Position">The name of another position than the list's, made where there is none.</param>
/// <param name="Points">Left out, they follow minutes and complexity.</param>
public sealed record DutyTaken(
    string? Section,
    string? Number,
    string? Text,
    string? Result,
    string? Proof,
    string? Unit,
    string? Position,
    Frequency? Frequency,
    int? Minutes,
    int? Complexity,
    int? Points
)
{
    internal TakenDuty Row() =>
        TakenDuty.Of(
            Number?.Trim() ?? "",
            Section?.Trim() ?? "",
            Text ?? "",
            new(
                Unit?.Trim() ?? "",
                Result?.Trim() ?? "",
                Proof?.Trim() ?? "",
                Position?.Trim() ?? "",
                Frequency,
                Minutes,
                Complexity,
                Points
            )
        );
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
