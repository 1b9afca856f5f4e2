using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.Pay.Pages;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;
using NotFound = Remit.Web.NotFound;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Pay;

/// <summary>The month's pay: everybody's, or one's own, each amount explained; from draft to paid.</summary>
internal static class PayEndpoints
{
    public static void MapStatements(this WebApplication app)
    {
        app.MapGet("/pay", All).Needs(Permission.PaySeeOwn);
        app.MapPost("/pay/close", Close).Needs(Permission.PayApprove);
        var one = app.MapGroup("/pay/{person:guid}/{month}");
        one.MapGet("", One).Needs(Permission.PaySeeOwn);
        one.MapPost("/seen", Seen).Needs(Permission.PaySeeOwn);
        one.MapPost("/approve", Approve).Needs(Permission.PayApprove);
        one.MapPost("/paid", Paid).Needs(Permission.PayApprove);
        one.MapPost("/ask", Ask).Needs(Permission.PaySeeOwn);
        one.MapPost("/correct", Correct).Needs(Permission.PayEdit);
        app.MapPost("/pay/disputes/{dispute:guid}/answer", Answer).Needs(Permission.PayEdit);
        app.MapPost("/pay/corrections/{correction:guid}/approve", ApproveCorrection).Needs(Permission.PayApprove);
    }

    private static async Task<IResult> All(AppDb db, Screen screen, Actor actor, string? month)
    {
        var shown = Month.Read(month) ?? screen.Month;
        var slips = await PayRun.Load(db, shown, screen.Firm!, actor.Can(Permission.PaySeeAll) ? null : actor.PersonId);
        return new RazorComponentResult<PayPage>(new { Month = shown, Slips = slips, Closed = await Ledger.IsClosed(db, shown) });
    }

    private static async Task<IResult> One(Guid person, string month, AppDb db, Screen screen, Actor actor)
    {
        var (slip, _) = await Slip(db, screen, actor, person, month);
        var statement = slip.Statement?.Id;
        var entries = slip.Input.Entries.Select(e => e.Id).ToHashSet();
        var since = slip.Input.Entries.Count > 0 ? slip.Input.Entries.Min(e => e.DoneOn) : slip.Input.Month.First;
        var links = await db.Set<WorkEntry>().AsNoTracking()
            .Where(w => w.PersonId == person && w.ClientId != null && w.DoneOn >= since && w.DoneOn <= slip.Input.Month.Last)
            .Select(w => new { w.Id, w.ClientId }).ToListAsync();
        return new RazorComponentResult<StatementPage>(new
        {
            Slip = slip, Closed = await Ledger.IsClosed(db, slip.Input.Month),
            Links = links.Where(l => entries.Contains(l.Id)).ToDictionary(l => l.Id, l => $"clients/{l.ClientId}"),
            Disputes = await db.Set<Dispute>().AsNoTracking().Where(d => d.StatementId == statement).OrderBy(d => d.AskedAt).ToListAsync(),
            Corrections = await db.Set<PayCorrection>().AsNoTracking().Where(c => c.PersonId == person && c.MonthIndex == slip.Input.Month.Index).OrderBy(c => c.Id).ToListAsync(),
        });
    }

    private static async Task<IResult> Seen(Guid person, string month, AppDb db, Screen screen, Actor actor, Go go)
    {
        Find(person == actor.PersonId);
        var (slip, total) = await Slip(db, screen, actor, person, month);
        var statement = await Statement(db, slip, total);
        statement.Redraft(total);
        statement.See(DateTime.UtcNow);
        return await Done(db, go, screen, slip, "statement.seen_done");
    }

    private static async Task<IResult> Approve(Guid person, string month, AppDb db, Screen screen, Actor actor, Go go)
    {
        var (slip, total) = await Slip(db, screen, actor, person, month);
        Must(await Ledger.IsClosed(db, slip.Input.Month), "statement.month_open", ("month", slip.Input.Month));
        var statement = await Statement(db, slip, total);
        if (statement is { State: StatementState.Seen } && statement.Total != total)
        {
            statement.Redraft(total);
            return await Done(db, go, screen, slip, "statement.changed");
        }
        statement.Approve(DateTime.UtcNow);
        return await Done(db, go, screen, slip, "statement.approve_done");
    }

    private static async Task<IResult> Paid(Guid person, string month, AppDb db, Screen screen, Actor actor, Go go)
    {
        var (slip, total) = await Slip(db, screen, actor, person, month);
        (await Statement(db, slip, total)).Pay(DateTime.UtcNow);
        return await Done(db, go, screen, slip, "statement.paid_done");
    }

    private static async Task<IResult> Ask(Guid person, string month, Form form, AppDb db, Screen screen, Actor actor, Go go)
    {
        Find(person == actor.PersonId);
        var (slip, total) = await Slip(db, screen, actor, person, month);
        db.Add(new Dispute
        {
            StatementId = (await Statement(db, slip, total)).Id, AskedBy = person, AskedAt = DateTime.UtcNow,
            Question = Filled(form.Text("question"), "dispute.no_question", "question"),
        });
        return await Done(db, go, screen, slip, "dispute.asked");
    }

    private static async Task<IResult> Answer(Guid dispute, Form form, AppDb db, Screen screen, Actor actor, Go go)
    {
        var asked = await db.Set<Dispute>().One(dispute);
        asked.Reply(form.Text("answer"), actor.PersonId!.Value);
        var statement = await db.Set<PayStatement>().AsNoTracking().One(asked.StatementId);
        db.Tell(asked.AskedBy, "notice.question_answered", Path(statement.PersonId, Month.FromIndex(statement.MonthIndex)), ("month", Month.FromIndex(statement.MonthIndex).ToString()));
        await db.SaveChangesAsync();
        return go.To(Path(statement.PersonId, Month.FromIndex(statement.MonthIndex)), db, screen.T["dispute.answer_done"]);
    }

    private static async Task<IResult> Correct(Guid person, string month, Form form, AppDb db, Screen screen, Actor actor, Go go)
    {
        var (slip, _) = await Slip(db, screen, actor, person, month);
        Must(slip.Fixed is null, "statement.fixed", ("month", slip.Input.Month));
        var minor = form.Minor("amount") ?? 0;
        Must(minor != 0, "correction.zero");
        var reverses = form.Id("reverses");
        if (minor < 0) await MustReverse(db, person, reverses, minor);
        db.Add(new PayCorrection
        {
            PersonId = person, MonthIndex = slip.Input.Month.Index, Minor = minor, MadeBy = actor.PersonId!.Value, Reverses = reverses,
            Reason = Filled(form.Text("reason"), "pay.correction_without_reason", "reason"),
        });
        return await Done(db, go, screen, slip, "correction.made");
    }

    private static async Task<IResult> ApproveCorrection(Guid correction, AppDb db, Screen screen, Actor actor, Go go)
    {
        var proposed = await db.Set<PayCorrection>().One(correction);
        var (slip, _) = await Slip(db, screen, actor, proposed.PersonId, Month.FromIndex(proposed.MonthIndex).ToString());
        Must(slip.Fixed is null, "statement.fixed", ("month", slip.Input.Month));
        proposed.Approve(actor.PersonId!.Value);
        return await Done(db, go, screen, slip, "correction.approve_done");
    }

    private static async Task<IResult> Close(Form form, AppDb db, Screen screen, Actor actor, Go go)
    {
        var month = Month.Read(form.Text("month")) ?? throw new NotFound();
        Must(month.CompareTo(screen.Month) < 0, "pay.close_early", ("month", month));
        Must(!await Ledger.IsClosed(db, month), "pay.closed_already", ("month", month));
        db.Add(new ClosedMonth { Index = month.Index, ClosedAt = DateTime.UtcNow, ClosedBy = actor.PersonId });
        await WorkModule.TellClosed(db, month);
        await db.SaveChangesAsync();
        return go.To($"pay?month={month}", null, screen.T["pay.close_done", ("month", month)]);
    }

    /// <summary>There are no fines: a minus takes back a correction or an entry of the same person, and no more than it gave.</summary>
    private static async Task MustReverse(AppDb db, Guid person, Guid? reverses, long minor)
    {
        var line = await db.Set<PayCorrection>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == reverses && c.PersonId == person && c.ApprovedBy != null);
        Must(line is not null, "pay.no_fines");
        var taken = await db.Set<PayCorrection>().Where(c => c.Reverses == reverses).SumAsync(c => c.Minor);
        Must(line!.Minor + taken + minor >= 0, "correction.more_than_given", ("reason", line.Reason));
    }

    private static async Task<(PaySlip Slip, Amount Total)> Slip(AppDb db, Screen screen, Actor actor, Guid person, string month)
    {
        Find(person == actor.PersonId || actor.Can(Permission.PaySeeAll));
        var slip = (await PayRun.Load(db, Month.Read(month) ?? throw new NotFound(), screen.Firm!, person)).SingleOrDefault() ?? throw new NotFound();
        return (slip, slip.Fixed ?? slip.Explain().Result?.Total.Amount ?? Amount.Zero(screen.Firm!.Currency));
    }

    private static async Task<PayStatement> Statement(AppDb db, PaySlip slip, Amount total)
    {
        if (slip.Explain().Problem is { } problem && slip.Statement is null) throw problem;
        if (slip.Statement is { } made) return await db.Set<PayStatement>().One(made.Id);
        var statement = new PayStatement { PersonId = slip.Input.Person, MonthIndex = slip.Input.Month.Index, Total = total };
        db.Add(statement);
        return statement;
    }

    private static async Task<IResult> Done(AppDb db, Go go, Screen screen, PaySlip slip, string sentence)
    {
        await db.SaveChangesAsync();
        return go.To(Path(slip.Input.Person, slip.Input.Month), db, screen.T[sentence, ("name", slip.Name), ("month", slip.Input.Month)]);
    }

    private static void Find(bool may) { if (!may) throw new NotFound(); }
    private static string Path(Guid person, Month month) => $"pay/{person}/{month}";
}
