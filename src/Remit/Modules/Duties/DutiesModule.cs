using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties.Pages;
using Remit.Modules.Duties.Reading;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Duties;

/// <summary>Duties: lists as people paste them, their review, and the norms by which work is counted.</summary>
public static class DutiesModule
{
    public static void MapDuties(this WebApplication app)
    {
        app.MapGet("/duties", All).Needs(Permission.DutiesSee);
        app.MapNewList();
        app.MapList(DutyRegister.List);
        app.MapDutyCard();
        app.MapComplexity();
        app.MapGet("/duties/{position:guid}", One).Needs(Permission.DutiesEdit);
        app.MapPost("/duties/{position:guid}", Save).Needs(Permission.DutiesEdit);
        app.MapPost("/duties/{position:guid}/add", Add).Needs(Permission.DutiesEdit);
        app.MapPost("/duties/{duty:guid}/retire", Retire).Needs(Permission.DutiesEdit);
    }

    private static async Task<IResult> All(AppDb db, Screen screen)
    {
        var positions = await db.Set<Position>().OrderBy(p => p.NameKey).ToListAsync();
        var duties = await Sheet(db, db.Set<Duty>().Where(d => !d.Retired), screen.Today);
        var byPosition = duties.ToLookup(d => d.Duty.PositionId);
        return new RazorComponentResult<DutiesPage>(
            new
            {
                Positions = positions.Select(p => new PositionDuties(p, [.. byPosition[p.Id]])).ToList(),
                People = await Accountable.On(db, screen.Today),
            }
        );
    }

    private static async Task<IResult> One(Guid position, AppDb db, Screen screen)
    {
        var found = await db.Set<Position>().One(position);
        var duties = await Sheet(db, db.Set<Duty>().Where(d => !d.Retired && d.PositionId == position), screen.Today);
        return new RazorComponentResult<DutyGridPage>(new { Of = new PositionDuties(found, duties), From = screen.Month.First });
    }

    private static async Task<IResult> Save(Guid position, Form form, AppDb db, Screen screen, Go go)
    {
        await Write(position, form, db, screen);
        await db.SaveChangesAsync();
        return go.To($"duties/{position}", db, screen.T["duty.saved"]);
    }

    private static async Task Write(Guid position, Form form, AppDb db, Screen screen)
    {
        var from = form.Day("norm_from") ?? screen.Month.First;
        var grid = DutyGrid.Of(form);
        var sheet = (await Sheet(db, db.Set<Duty>().Where(d => d.PositionId == position && grid.Duties.Contains(d.Id)), from)).ToDictionary(
            d => d.Duty.Id
        );
        if (grid.Duties.Any(d => !sheet.ContainsKey(d)))
            throw new NotFound();
        var shown = await Sheet(db, db.Set<Duty>().Where(d => d.PositionId == position && grid.Duties.Contains(d.Id)), screen.Today);
        grid = await grid.Merged(db, shown.ToDictionary(d => d.Duty.Id), await db.Set<Position>().One(position), screen.T);
        foreach (var (at, id) in grid.Duties.Index())
        {
            var (line, row) = (sheet[id], grid.Row(at));
            try
            {
                row.Apply(line.Duty);
                if (row.Norm(line, from) is { } norm)
                    db.Add(norm);
            }
            catch (Refusal wrong)
            {
                throw wrong.InRow(line.Duty.Number, at);
            }
        }
    }

    private static async Task<IResult> Add(Guid position, Form form, AppDb db, Screen screen, Go go)
    {
        await db.Set<Position>().One(position);
        var duty = Duty.Of(position, form.Text("duty_section"), form.Text("duty_number"), form.Must("duty_text"));
        db.Add(duty);
        await db.SaveChangesAsync();
        return go.To($"duties/{position}", db, screen.T["duty.added", ("title", duty.Title)]);
    }

    // The button stands in the grid: what was typed beside it is saved with it.
    private static async Task<IResult> Retire(Guid duty, Form form, AppDb db, Screen screen, Go go)
    {
        var found = await db.Set<Duty>().One(duty);
        await Write(found.PositionId, form, db, screen);
        found.Retire();
        await db.SaveChangesAsync();
        return go.To($"duties/{found.PositionId}", db, screen.T["duty.retired", ("title", found.Title)]);
    }

    /// <summary>Duties in the order of their list, each with the norm in force on a day.</summary>
    internal static async Task<IReadOnlyList<DutyLine>> Sheet(AppDb db, IQueryable<Duty> duties, DateOnly on)
    {
        var found = await duties.ToListAsync();
        var ids = duties.Select(d => d.Id);
        var norms = (await db.Set<DutyNorm>().AsNoTracking().Where(n => ids.Contains(n.DutyId) && n.From <= on).ToListAsync())
            .GroupBy(n => n.DutyId)
            .ToDictionary(g => g.Key, g => g.OrderBy(n => n.From).ThenBy(n => n.Id).Last());
        return
        [
            .. found
                .OrderBy(d => d.NumberKey, StringComparer.Ordinal)
                .ThenBy(d => d.Id)
                .Select(d => new DutyLine(d, norms.GetValueOrDefault(d.Id))),
        ];
    }
}

/// <summary>A duty and what it is worth on the day that was asked for.</summary>
public sealed record DutyLine(Duty Duty, DutyNorm? Norm)
{
    /// <summary>What that norm is for one of; before there is a norm, what it will be for.</summary>
    public string Unit => Norm?.Unit ?? Duty.Unit;
}

/// <summary>A position's duties and how far they are prepared for counting.</summary>
public sealed record PositionDuties(Position Position, IReadOnlyList<DutyLine> Duties)
{
    public static readonly IReadOnlyList<string> Steps =
    [
        "detail",
        "result",
        "proof",
        "frequency",
        "time",
        "complexity",
        "points",
        "facts",
    ];

    /// <summary>How many duties have passed a step. A fact is a proof; facts are optional, so one bound duty shows that the step was considered.</summary>
    public int Done(string step) =>
        step switch
        {
            "detail" => Duties.Count,
            "result" => Duties.Count(d => d.Duty.Result.Length > 0),
            "proof" => Duties.Count(d => d.Duty.Proof.Length > 0 || d.Duty.Trigger is not null),
            "frequency" => Duties.Count(d => d.Duty.Frequency is not null),
            "complexity" or "points" => Duties.Count(d => d.Norm is { Complexity: > 0 }),
            "facts" => Duties.Count(d => d.Duty.Trigger is not null),
            _ => Duties.Count(d => d.Norm is not null),
        };

    public bool IsDone(string step) => Duties.Count > 0 && (step == "facts" ? Done(step) > 0 : Done(step) == Duties.Count);

    /// <summary>The first step not done; null when everything is. Wording is advice: whoever went on to frequencies has decided.</summary>
    public string? Next => Steps.FirstOrDefault(s => !IsDone(s) && !(s is "result" or "proof" && Done("frequency") > 0));
}
