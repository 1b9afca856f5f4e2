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
        var from = form.Day("norm_from") ?? screen.Month.First;
        var rows = DutyRow.Of(form);
        var ids = rows.Select(r => r.Id).ToList();
        var sheet = (await Sheet(db, db.Set<Duty>().Where(d => d.PositionId == position && ids.Contains(d.Id)), from)).ToDictionary(d =>
            d.Duty.Id
        );
        foreach (var (at, row) in rows.Index())
        {
            if (!sheet.TryGetValue(row.Id, out var line))
                throw new NotFound();
            var merged = row.Version == line.Duty.Version ? row : row.Over(await db.At(line.Duty, row.Version), line.Duty);
            try
            {
                merged.Apply(line.Duty);
                if (row.Norm(line, from) is { } norm)
                    db.Add(norm);
            }
            catch (Refusal wrong)
            {
                throw wrong.InRow(line.Duty.Number, at);
            }
        }
        await db.SaveChangesAsync();
        return go.To($"duties/{position}", db, screen.T["duty.saved"]);
    }

    private static async Task<IResult> Add(Guid position, Form form, AppDb db, Screen screen, Go go)
    {
        await db.Set<Position>().One(position);
        var duty = Duty.Of(position, form.Text("duty_section"), form.Text("duty_number"), form.Must("duty_text"));
        db.Add(duty);
        await db.SaveChangesAsync();
        return go.To($"duties/{position}", db, screen.T["duty.added", ("title", duty.Title)]);
    }

    private static async Task<IResult> Retire(Guid duty, AppDb db, Screen screen, Go go)
    {
        var found = await db.Set<Duty>().One(duty);
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

/// <summary>One line of the grid as it came back from the form.</summary>
internal sealed record DutyRow(
    Guid Id,
    int Version,
    string Text,
    string Result,
    string Proof,
    string Unit,
    string Frequency,
    string Minutes,
    string Complexity,
    string Points,
    string Trigger,
    string Condition
)
{
    public static IReadOnlyList<DutyRow> Of(Form form)
    {
        List<string> All(string name) => [.. form.All(name)];
        var (ids, versions, texts, frequencies) = (All("id"), All("version"), All("duty_text"), All("frequency"));
        var (results, proofs, units) = (All("duty_result"), All("duty_proof"), All("duty_unit"));
        var (minutes, complexities, points, triggers, conditions) = (
            All("minutes"),
            All("complexity"),
            All("points"),
            All("trigger"),
            All("condition")
        );
        List<string>[] columns =
        [
            versions,
            texts,
            results,
            proofs,
            units,
            frequencies,
            minutes,
            complexities,
            points,
            triggers,
            conditions,
        ];
        Must(columns.All(c => c.Count == ids.Count), "duty.grid_torn");
        return
        [
            .. ids.Select(
                (id, i) =>
                    new DutyRow(
                        Guid.TryParse(id, out var guid) ? guid : throw new NotFound(),
                        Number(versions[i], "version") ?? 0,
                        texts[i],
                        results[i],
                        proofs[i],
                        units[i],
                        frequencies[i],
                        minutes[i],
                        complexities[i],
                        points[i],
                        triggers[i],
                        conditions[i]
                    )
            ),
        ];
    }

    /// <summary>What somebody else changed since, where this row did not; where both did differently, a person has to look.</summary>
    public DutyRow Over(Duty was, Duty now)
    {
        string Of(string mine, string? before, string? theirs) =>
            mine == (before ?? "") ? theirs ?? ""
            : (theirs ?? "") == (before ?? "") || mine == theirs ? mine
            : throw new Refused(409, new Refusal("duty.both_changed", ("title", Text), ("theirs", theirs ?? "—")));
        return this with
        {
            Text = Of(Text, was.Text, now.Text),
            Result = Of(Result, was.Result, now.Result),
            Proof = Of(Proof, was.Proof, now.Proof),
            Unit = Of(Unit, was.Unit, now.Unit),
            Frequency = Of(Frequency, was.Frequency?.ToString(), now.Frequency?.ToString()),
            Trigger = Of(Trigger, was.Trigger, now.Trigger),
            Condition = Of(Condition, was.Condition, now.Condition),
        };
    }

    public void Apply(Duty duty)
    {
        duty.Describe(duty.Section, duty.Number, Text);
        duty.Expect(Unit, Result, Proof);
        duty.Plan(Named.Of<Frequency>(Frequency));
        duty.Bind(Trigger.Length > 0 ? Trigger : null, Condition.Length > 0 ? Condition : null);
    }

    /// <summary>The new norm, where the row says another than the one in force. Points left as they were follow time and complexity.</summary>
    public DutyNorm? Norm(DutyLine line, DateOnly from)
    {
        if (Number(Minutes, "minutes") is not { } minutes)
            return null;
        var complexity = Number(Complexity, "complexity") ?? 0;
        var typed = Number(Points, "points");
        Within(complexity is >= 0 and <= 5, "duty.complexity", "complexity");
        Within(minutes is > 0 and <= 10_000, "duty.minutes", "minutes");
        var old = line.Norm;
        var measured = old?.Minutes == minutes && old.Complexity == complexity;
        var points = typed is null || (!measured && typed == old?.Points) ? DutyNorm.PointsOf(complexity, minutes) : typed.Value;
        return measured && old!.Points == points && old.Unit == line.Duty.Unit
            ? null
            : DutyNorm.Of(line.Duty, from, minutes, complexity, points);
    }

    private static int? Number(string text, string field) =>
        text.Trim().Length == 0 ? null
        : int.TryParse(text.Trim(), System.Globalization.CultureInfo.InvariantCulture, out var n) ? n
        : throw new Refusal("form.number", ("field", "field." + field), ("text", text)) { Field = field };
}
