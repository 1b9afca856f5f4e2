using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Pay;

/// <summary>From a question about a line to its answer, and to the correction that settles it.</summary>
internal static class CorrectionEndpoints
{
    public static void MapCorrections(this WebApplication app)
    {
        var one = app.MapGroup("/pay/{person:guid}/{month}");
        one.MapPost("/ask", Ask).Needs(Permission.PaySeeOwn);
        one.MapPost("/correct", Correct).Needs(Permission.PayEdit);
        app.MapPost("/pay/disputes/{dispute:guid}/answer", Answer).Needs(Permission.PayEdit);
        app.MapPost("/pay/corrections/{correction:guid}/approve", Approve).Needs(Permission.PayApprove);
    }

    private static async Task<IResult> Ask(
        Guid person,
        string month,
        Form form,
        AppDb db,
        Screen screen,
        Actor actor,
        TimeProvider clock,
        Go go
    )
    {
        var (slip, _) = await Asked(db, screen, actor, (person, month), form.Id("entry"), form.Text("question"), clock);
        return Slips.Done(db, go, screen, slip, "dispute.asked");
    }

    /// <summary>One asks about one's own statement, or about a line of it. Saves.</summary>
    internal static async Task<(PaySlip Slip, Dispute Asked)> Asked(
        AppDb db,
        Screen screen,
        Actor actor,
        (Guid Person, string Month) of,
        Guid? about,
        string? question,
        TimeProvider clock
    )
    {
        Slips.Find(of.Person == actor.PersonId);
        var (slip, total) = await Slips.One(db, screen, actor, of.Person, of.Month);
        var entry = about is { } id && slip.Input.Entries.Any(e => e.Id == id) ? id : (Guid?)null;
        var asked = new Dispute
        {
            StatementId = (await Slips.Statement(db, slip, total)).Id,
            AskedBy = of.Person,
            AskedAt = clock.GetUtcNow().UtcDateTime,
            EntryId = entry,
            About = entry is null ? "" : slip.Input.Entries.First(e => e.Id == entry).Label,
            Question = Filled(question, "dispute.no_question", "question"),
        };
        db.Add(asked);
        await db.SaveChangesAsync();
        return (slip, asked);
    }

    private static async Task<IResult> Answer(Guid dispute, Form form, AppDb db, Screen screen, Actor actor, Go go)
    {
        var (_, of) = await Answered(db, dispute, form.Text("answer"), actor);
        return go.To(Slips.Path(of.PersonId, Month.FromIndex(of.MonthIndex)), db, screen.T["dispute.answer_done"]);
    }

    /// <summary>Whoever asked is told. Saves.</summary>
    internal static async Task<(Dispute Asked, PayStatement Of)> Answered(AppDb db, Guid dispute, string? answer, Actor actor)
    {
        var asked = await db.Set<Dispute>().One(dispute);
        asked.Reply(answer, actor.PersonId!.Value);
        var statement = await db.Set<PayStatement>().AsNoTracking().One(asked.StatementId);
        db.Tell(
            asked.AskedBy,
            "notice.question_answered",
            Slips.Path(statement.PersonId, Month.FromIndex(statement.MonthIndex)),
            ("month", Month.FromIndex(statement.MonthIndex).ToString())
        );
        await db.SaveChangesAsync();
        return (asked, statement);
    }

    private static async Task<IResult> Correct(Guid person, string month, Form form, AppDb db, Screen screen, Actor actor, Go go)
    {
        var (slip, _) = await Corrected(
            db,
            screen,
            actor,
            (person, month),
            new(form.Minor("amount") ?? 0, form.Text("reason"), form.Id("reverses"), form.Id("dispute"))
        );
        return Slips.Done(db, go, screen, slip, "correction.made");
    }

    /// <summary>An amount by hand, that waits to be approved. Saves.</summary>
    internal static async Task<(PaySlip Slip, PayCorrection Made)> Corrected(
        AppDb db,
        Screen screen,
        Actor actor,
        (Guid Person, string Month) of,
        NewCorrection wanted
    )
    {
        var (slip, _) = await Slips.One(db, screen, actor, of.Person, of.Month);
        Must(slip.Fixed is null, "statement.fixed", ("month", slip.Input.Month));
        Must(wanted.Minor != 0, "correction.zero");
        Must(
            wanted.Minor is >= -SchemeRules.Most and <= SchemeRules.Most,
            "form.amount",
            ("field", "field.amount"),
            ("text", wanted.Minor)
        );
        if (wanted.Minor < 0)
            await MustReverse(db, of.Person, wanted.Reverses, wanted.Minor);
        var made = new PayCorrection
        {
            PersonId = of.Person,
            MonthIndex = slip.Input.Month.Index,
            Minor = wanted.Minor,
            MadeBy = actor.PersonId!.Value,
            Reverses = wanted.Reverses,
            DisputeId = await Settled(db, of.Person, wanted.Question),
            Reason = Filled(wanted.Reason, "pay.correction_without_reason", "reason"),
        };
        db.Add(made);
        await db.SaveChangesAsync();
        return (slip, made);
    }

    private static async Task<IResult> Approve(Guid correction, AppDb db, Screen screen, Actor actor, Go go)
    {
        var (slip, _) = await Approved(db, screen, actor, correction);
        return Slips.Done(db, go, screen, slip, "correction.approve_done");
    }

    internal static async Task<(PaySlip Slip, PayCorrection Approved)> Approved(AppDb db, Screen screen, Actor actor, Guid correction)
    {
        var proposed = await db.Set<PayCorrection>().One(correction);
        var (slip, _) = await Slips.One(db, screen, actor, proposed.PersonId, Month.FromIndex(proposed.MonthIndex).ToString());
        Must(slip.Fixed is null, "statement.fixed", ("month", slip.Input.Month));
        proposed.Approve(actor.PersonId!.Value, await db.ApprovesAlone(actor.PersonId.Value));
        await db.SaveChangesAsync();
        return (slip, proposed);
    }

    // In a firm of three only the owner approves; what waits for another would wait for ever.
    internal static async Task<bool> ApprovesAlone(this AppDb db, Guid person)
    {
        var roles = Enum.GetValues<Role>().Where(r => Rights.Of(r).Contains(Permission.PayApprove)).ToList();
        return !await db.Set<Person>().AnyAsync(p => p.Active && p.Id != person && roles.Contains(p.Role));
    }

    /// <summary>The question a correction settles: of the same person, and answered first.</summary>
    private static async Task<Guid?> Settled(AppDb db, Guid person, Guid? dispute)
    {
        if (dispute is not { } id)
            return null;
        var asked =
            await db.Set<Dispute>().AsNoTracking().SingleOrDefaultAsync(d => d.Id == id && d.AskedBy == person) ?? throw new NotFound();
        Must(asked.Answer is not null, "dispute.answer_first");
        return id;
    }

    /// <summary>There are no fines: a minus takes back a correction or an entry of the same person, and no more than it gave.</summary>
    private static async Task MustReverse(AppDb db, Guid person, Guid? reverses, long minor)
    {
        var line = await db.Set<PayCorrection>()
            .AsNoTracking()
            .SingleOrDefaultAsync(c => c.Id == reverses && c.PersonId == person && c.ApprovedBy != null);
        Must(line is not null, "pay.no_fines");
        var taken = await db.Set<PayCorrection>().Where(c => c.Reverses == reverses).SumAsync(c => c.Minor);
        Must(line!.Minor + taken + minor >= 0, "correction.more_than_given", ("reason", line.Reason));
    }
}
