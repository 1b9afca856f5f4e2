using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Pay;

/// <summary>Questions about a statement that nobody has answered, for all who may.</summary>
internal sealed class DisputeDues : IDueSource
{
    public Permission Needs => Permission.PayEdit;

    public async Task<IReadOnlyList<Due>> Open(AppDb db, DueAsk ask)
    {
        var firm = await Firm.Of(db);
        var rows = await db.Set<Dispute>()
            .AsNoTracking()
            .Where(d => d.Answer == null && (ask.PersonId == null || d.AskedBy != ask.PersonId))
            .Join(
                db.Set<PayStatement>(),
                d => d.StatementId,
                s => s.Id,
                (d, s) =>
                    new
                    {
                        Dispute = d,
                        s.PersonId,
                        s.MonthIndex,
                    }
            )
            .Join(
                db.Set<Person>(),
                r => r.PersonId,
                p => p.Id,
                (r, p) =>
                    new
                    {
                        r.Dispute,
                        r.PersonId,
                        r.MonthIndex,
                        p.Name,
                    }
            )
            .OrderBy(r => r.Dispute.AskedAt)
            .Take(ask.Most)
            .ToListAsync();
        return
        [
            .. rows.Select(r => new Due(
                "pay_question",
                r.Dispute.Id,
                $"{r.Dispute.Question} · {r.Name}",
                firm.Day(r.Dispute.AskedAt),
                ask.PersonId,
                Slips.Path(r.PersonId, Month.FromIndex(r.MonthIndex))
            )),
        ];
    }
}

/// <summary>Corrections that wait for another than their author.</summary>
internal sealed class CorrectionDues : IDueSource
{
    public Permission Needs => Permission.PayApprove;

    public async Task<IReadOnlyList<Due>> Open(AppDb db, DueAsk ask)
    {
        var rows = await db.Set<PayCorrection>()
            .AsNoTracking()
            .Where(c => c.ApprovedBy == null && (ask.PersonId == null || c.MadeBy != ask.PersonId))
            .Join(db.Set<Person>(), c => c.PersonId, p => p.Id, (c, p) => new { Correction = c, p.Name })
            .OrderBy(r => r.Correction.Id)
            .Take(ask.Most)
            .ToListAsync();
        return
        [
            .. rows.Select(r => (r, On: Month.FromIndex(r.Correction.MonthIndex).Last))
                .Where(r => r.On <= ask.Until)
                .Select(r => new Due(
                    "pay_correction",
                    r.r.Correction.Id,
                    $"{r.r.Correction.Reason} · {r.r.Name}",
                    r.On,
                    ask.PersonId,
                    Slips.Path(r.r.Correction.PersonId, Month.FromIndex(r.r.Correction.MonthIndex))
                )),
        ];
    }
}
