using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Pay.Quality;

/// <summary>The head checks the sample of a closed month; what failed is taken back by a reversal.</summary>
internal static class CheckEndpoints
{
    public static void MapChecks(this WebApplication app)
    {
        app.MapGet("/pay/checks", All).Needs(Permission.PayApprove);
        app.MapPost("/pay/checks/{entry:guid}", Check).Needs(Permission.PayApprove);
    }

    private static async Task<IResult> All(AppDb db, Screen screen, string? month)
    {
        var shown = Month.Read(month) ?? screen.Month.Previous;
        var samples = await Samples.Of(db, shown);
        var of = samples.Select(s => s.Entry.DutyId).Distinct().ToList();
        return new RazorComponentResult<Pages.ChecksPage>(
            new
            {
                Month = shown,
                Samples = samples,
                Duties = await db.Set<Duty>().AsNoTracking().Where(d => of.Contains(d.Id)).ToDictionaryAsync(d => d.Id, d => d.Text),
                Closed = await Ledger.IsClosed(db, shown),
                Names = await db.NamesOfPeople(),
            }
        );
    }

    private static async Task<IResult> Check(Guid entry, Form form, AppDb db, Screen screen, Actor actor, Go go, TimeProvider clock)
    {
        var (check, month) = await Checked(db, entry, form.Text("verdict"), form.Text("reason"), screen, actor, clock);
        return go.To(
            $"pay/checks?month={month}",
            check.Failed ? null : db,
            screen.T[check.Failed ? "check.failed_done" : "check.good_done", ("title", check.Label)]
        );
    }

    /// <summary>The head's word on an entry of the sample; what failed is reversed in the same save, and whose it was is told.</summary>
    internal static async Task<(QualityCheck Check, Month Month)> Checked(
        AppDb db,
        Guid entry,
        string? verdict,
        string? reason,
        Screen screen,
        Actor actor,
        TimeProvider clock
    )
    {
        await db.StartWriting();
        var work = await db.Set<WorkEntry>().AsNoTracking().One(entry);
        var month = Month.FromIndex(work.RecordedMonth);
        var sampled = (await Samples.Of(db, month, work.PersonId)).FirstOrDefault(s => s.Entry.Id == entry) ?? throw new NotFound();
        Must(sampled.Waits, "check.done_already", ("title", work.Label));
        var failed = verdict switch
        {
            "good" => false,
            "failed" => true,
            _ => throw new Refusal("check.no_verdict"),
        };
        var check = QualityCheck.Of(work, month, failed, reason, actor.PersonId!.Value, clock.GetUtcNow().UtcDateTime);
        db.Add(check);
        if (failed)
        {
            var day = await db.OpenDay(screen.Today);
            db.Add(work.Reversed(day, screen.T["check.reversal", ("reason", check.Reason)]));
            db.Tell(
                work.PersonId,
                "notice.check_failed",
                Slips.Path(work.PersonId, Month.Of(day)),
                ("title", work.Label.TrimEnd('.')),
                ("reason", check.Reason)
            );
        }
        await db.SaveChangesAsync();
        return (check, month);
    }
}
