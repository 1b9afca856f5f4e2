using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties.Complexity;
using Remit.Modules.Duties.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Duties;

/// <summary>Grading duties: two at a time, or one by criteria. Both end in a norm with its points.</summary>
internal static class ComplexityEndpoints
{
    public static void MapComplexity(this WebApplication app)
    {
        app.MapGet("/duties/{position:guid}/compare", Compare).Needs(Permission.DutiesEdit);
        app.MapPost("/duties/{position:guid}/compare", Judge).Needs(Permission.DutiesEdit);
        app.MapPost("/duties/{position:guid}/compare/take", Take).Needs(Permission.DutiesEdit);
        app.MapGet("/duties/{duty:guid}/criteria", Criteria).Needs(Permission.DutiesEdit);
        app.MapPost("/duties/{duty:guid}/criteria", Mark).Needs(Permission.DutiesEdit);
    }

    private static async Task<IResult> Compare(Guid position, Guid? left, Guid? right, AppDb db, Screen screen)
    {
        var found = await db.Set<Position>().One(position);
        var comparison = await Load(db, position, screen.Today);
        var pair = left is { } one && right is { } other ? comparison.Between(one, other) ?? throw new NotFound() : comparison.Next;
        return new RazorComponentResult<ComparePage>(
            new
            {
                Position = found,
                Of = comparison,
                Shown = pair,
                From = screen.Month.First,
            }
        );
    }

    private static async Task<IResult> Judge(Guid position, Form form, AppDb db, Screen screen, Go go)
    {
        var times = form.Int("times") ?? throw new Refusal("duty.compare.strength");
        Must(times == 1 || form.Text("harder") is "left" or "right", "duty.compare.side");
        var asShown = (form.Id("left") ?? default, form.Id("right") ?? default);
        var pair = await Judged(db, position, asShown, times, form.Text("harder") == "right", screen.Today);
        return go.To(
            $"duties/{position}/compare",
            db,
            screen.T["duty.compare.said", ("left", pair.Left.Duty.Number), ("right", pair.Right.Duty.Number)]
        );
    }

    /// <summary>The left of two duties is so many times as hard as the right, or the other way round; kept until it is said again.</summary>
    internal static async Task<Pair> Judged(
        AppDb db,
        Guid position,
        (Guid Left, Guid Right) of,
        int times,
        bool rightIsHarder,
        DateOnly today
    )
    {
        Must(times is >= 1 and <= 9, "duty.compare.strength");
        await db.StartWriting();
        var pair = (await Load(db, position, today)).Between(of.Left, of.Right) ?? throw new NotFound();
        var said = pair.Said is null ? null : await db.Set<DutyJudgment>().One(pair.Said.Id);
        if (said is null)
            db.Add(said = DutyJudgment.Of(position, pair.Left.Duty.Id, pair.Right.Duty.Id));
        said.Say(pair.Left.Duty.Id, rightIsHarder ? 1 - times : times - 1);
        await db.SaveChangesAsync();
        return pair;
    }

    private static async Task<IResult> Take(Guid position, Form form, AppDb db, Screen screen, Go go)
    {
        var (taken, leftOut) = await Taken(db, position, form.Day("norm_from") ?? screen.Month.First);
        return go.To($"duties/{position}", db, screen.T["duty.compare.taken", ("n", taken), ("left_out", leftOut)]);
    }

    /// <summary>The grades of the comparison become norms, where they are other than those in force; without a time there is none.</summary>
    internal static async Task<(int Taken, int LeftOut)> Taken(AppDb db, Guid position, DateOnly from)
    {
        var result = (await Load(db, position, from)).Result;
        Must(result.Count > 0, "duty.compare.none");
        Must(result.Any(w => w.Points is not null), "duty.compare.no_minutes");
        var norms = result
            .Where(w => w.Points is { } points && (w.Line.Norm!.Complexity != w.Grade || w.Line.Norm.Points != points))
            .Select(w => DutyNorm.Of(w.Line.Duty, from, w.Line.Norm!.Minutes, w.Grade, w.Points!.Value))
            .ToList();
        db.AddRange(norms);
        await db.SaveChangesAsync();
        return (norms.Count, result.Count(w => w.Points is null));
    }

    private static async Task<IResult> Criteria(Guid duty, AppDb db, Screen screen)
    {
        var line = await Line(db, duty, screen.Today);
        return new RazorComponentResult<CriteriaPage>(
            new
            {
                Line = line,
                Grade = await db.Set<DutyGrade>().AsNoTracking().SingleOrDefaultAsync(g => g.DutyId == duty),
                Position = await db.Set<Position>().One(line.Duty.PositionId),
                From = screen.Month.First,
            }
        );
    }

    private static async Task<IResult> Mark(Guid duty, Form form, AppDb db, Screen screen, Go go)
    {
        if (await db.Set<DutyGrade>().SingleOrDefaultAsync(g => g.DutyId == duty) is { } marked)
            form = await form.Merged(
                db,
                marked,
                g => DutyGrade.Criteria.Select(c => (c, $"{g.Of(c)}")),
                word => screen.T.Has("duty.criteria." + word) ? screen.T["duty.criteria." + word] : null
            );
        var (line, grade, points) = await Marked(
            db,
            duty,
            form.Day("norm_from") ?? screen.Month.First,
            (form.Int("knowledge") ?? 0, form.Int("responsibility") ?? 0, form.Int("communication") ?? 0, form.Int("routine") ?? 0)
        );
        var next = form.Flag("next") ? await Ungraded(db, line.Duty, screen.Today) : null;
        return go.To(
            next is { } id ? $"duties/{id}/criteria" : $"duties/{line.Duty.PositionId}",
            db,
            screen.T[
                points is null ? "duty.criteria.saved_no_minutes" : "duty.criteria.saved",
                ("title", line.Duty.Number.Length > 0 ? line.Duty.Number : line.Duty.Title),
                ("grade", grade.Grade),
                ("points", points)
            ]
        );
    }

    /// <summary>Keeps the marks and, where there is a norm time, makes a norm of them.</summary>
    internal static async Task<(DutyLine Line, DutyGrade Grade, int? Points)> Marked(
        AppDb db,
        Guid duty,
        DateOnly from,
        (int Knowledge, int Responsibility, int Communication, int Routine) marks
    )
    {
        await db.StartWriting();
        var line = await Line(db, duty, from);
        var grade = await db.Set<DutyGrade>().SingleOrDefaultAsync(g => g.DutyId == duty);
        if (grade is null)
            db.Add(grade = DutyGrade.Of(line.Duty));
        grade.Mark(marks.Knowledge, marks.Responsibility, marks.Communication, marks.Routine);
        var points = line.Norm is { } norm ? Points.From(grade.Grade, norm.Minutes) : (int?)null;
        if (points is { } worth && (line.Norm!.Complexity != grade.Grade || line.Norm.Points != worth))
            db.Add(DutyNorm.Of(line.Duty, from, line.Norm.Minutes, grade.Grade, worth));
        await db.SaveChangesAsync();
        return (line, grade, points);
    }

    private static async Task<Guid?> Ungraded(AppDb db, Duty after, DateOnly today)
    {
        var graded = await db.Set<DutyGrade>().Select(g => g.DutyId).ToListAsync();
        var sheet = await DutiesModule.Sheet(db, db.Set<Duty>().Where(d => d.PositionId == after.PositionId && !d.Retired), today);
        return sheet.Select(l => (Guid?)l.Duty.Id).FirstOrDefault(id => !graded.Contains(id!.Value));
    }

    internal static async Task<Comparison> Load(AppDb db, Guid position, DateOnly on)
    {
        var duties = await DutiesModule.Sheet(db, db.Set<Duty>().Where(d => d.PositionId == position && !d.Retired), on);
        Must(duties.Count <= Comparison.MostDuties, "duty.compare.too_many", ("most", Comparison.MostDuties));
        return new Comparison(duties, await db.Set<DutyJudgment>().AsNoTracking().Where(j => j.PositionId == position).ToListAsync());
    }

    private static async Task<DutyLine> Line(AppDb db, Guid duty, DateOnly on) =>
        (await DutiesModule.Sheet(db, db.Set<Duty>().Where(d => d.Id == duty), on)).FirstOrDefault() ?? throw new NotFound();
}
