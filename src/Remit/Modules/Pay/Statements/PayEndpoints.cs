using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.Pay.Pages;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

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
    }

    private static async Task<IResult> All(AppDb db, Screen screen, Actor actor, string? month)
    {
        var shown = Month.Read(month) ?? screen.Month;
        var slips = await PayRun.Load(db, shown, screen.Firm!, actor.Can(Permission.PaySeeAll) ? null : actor.PersonId);
        return new RazorComponentResult<PayPage>(
            new
            {
                Month = shown,
                Slips = slips,
                Closed = await Ledger.IsClosed(db, shown),
            }
        );
    }

    private static async Task<IResult> One(Guid person, string month, Guid? about, Guid? dispute, AppDb db, Screen screen, Actor actor)
    {
        var (slip, _) = await Slips.One(db, screen, actor, person, month);
        var statement = slip.Statement?.Id;
        var corrections = await db.Set<PayCorrection>().AsNoTracking().Where(c => c.PersonId == person).OrderBy(c => c.Id).ToListAsync();
        var hand = await db.Set<IndicatorValue>()
            .AsNoTracking()
            .Where(v => v.PersonId == person && v.MonthIndex == slip.Input.Month.Index)
            .ToListAsync();
        return new RazorComponentResult<StatementPage>(
            new
            {
                Slip = slip,
                Closed = await Ledger.IsClosed(db, slip.Input.Month),
                Links = await EntryLinks.Of(db, slip.Input, screen),
                About = about,
                Settles = dispute,
                Alone = actor.Can(Permission.PayApprove) && await db.ApprovesAlone(actor.PersonId!.Value),
                Disputes = await db.Set<Dispute>()
                    .AsNoTracking()
                    .Where(d => d.StatementId == statement || d.Id == dispute && d.AskedBy == person)
                    .OrderBy(d => d.AskedAt)
                    .ToListAsync(),
                Corrections = corrections,
                Samples = await Quality.Samples.Of(db, slip.Input.Month, person),
                Entered = hand,
                Names = await db.NamesOfPeople(),
            }
        );
    }

    private static async Task<IResult> Seen(Guid person, string month, AppDb db, Screen screen, Actor actor, Go go, TimeProvider clock)
    {
        var slip = await Slips.Saw(db, screen, actor, person, month, clock.GetUtcNow().UtcDateTime);
        return Slips.Done(db, go, screen, slip, "statement.seen_done");
    }

    private static async Task<IResult> Approve(Guid person, string month, AppDb db, Screen screen, Actor actor, Go go, TimeProvider clock)
    {
        var (slip, asSeen) = await Slips.Approved(db, screen, actor, person, month, clock.GetUtcNow().UtcDateTime);
        return Slips.Done(db, go, screen, slip, asSeen ? "statement.approve_done" : "statement.changed");
    }

    private static async Task<IResult> Paid(Guid person, string month, AppDb db, Screen screen, Actor actor, Go go, TimeProvider clock)
    {
        var slip = await Slips.Paid(db, screen, actor, person, month, clock.GetUtcNow().UtcDateTime);
        return Slips.Done(db, go, screen, slip, "statement.paid_done");
    }

    private static async Task<IResult> Close(Form form, AppDb db, Screen screen, Actor actor, Go go, TimeProvider clock)
    {
        var month = Month.Read(form.Text("month")) ?? throw new NotFound();
        await CloseMonth(db, month, screen, actor, clock);
        return go.To($"pay?month={month}", null, screen.T["pay.close_done", ("month", month)]);
    }

    internal static async Task CloseMonth(AppDb db, Month month, Screen screen, Actor actor, TimeProvider clock)
    {
        Must(month.CompareTo(screen.Month) < 0, "pay.close_early", ("month", month));
        await Ledger.Close(db, month, screen.Month.Previous, actor.PersonId, clock.GetUtcNow().UtcDateTime);
    }
}

/// <summary>Where anybody is paid by a scheme, a month ends with its statements, and is closed there.</summary>
internal sealed class PayMonthEnd : IMonthEnd
{
    public async Task<string?> Place(AppDb db, Month month) => await db.Set<Scheme>().AnyAsync() ? $"pay?month={month}" : null;
}
