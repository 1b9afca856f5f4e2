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
        Slips.Find(person == actor.PersonId);
        var (slip, total) = await Slips.One(db, screen, actor, person, month);
        var entry = form.Id("entry") is { } id && slip.Input.Entries.Any(e => e.Id == id) ? id : (Guid?)null;
        db.Add(
            new Dispute
            {
                StatementId = (await Slips.Statement(db, slip, total)).Id,
                AskedBy = person,
                AskedAt = clock.GetUtcNow().UtcDateTime,
                EntryId = entry,
                About = entry is null ? "" : slip.Input.Entries.First(e => e.Id == entry).Label,
                Question = Filled(form.Text("question"), "dispute.no_question", "question"),
            }
        );
        return await Slips.Done(db, go, screen, slip, "dispute.asked");
    }

    private static async Task<IResult> Answer(Guid dispute, Form form, AppDb db, Screen screen, Actor actor, Go go)
    {
        var asked = await db.Set<Dispute>().One(dispute);
        asked.Reply(form.Text("answer"), actor.PersonId!.Value);
        var statement = await db.Set<PayStatement>().AsNoTracking().One(asked.StatementId);
        db.Tell(
            asked.AskedBy,
            "notice.question_answered",
            Slips.Path(statement.PersonId, Month.FromIndex(statement.MonthIndex)),
            ("month", Month.FromIndex(statement.MonthIndex).ToString())
        );
        await db.SaveChangesAsync();
        return go.To(Slips.Path(statement.PersonId, Month.FromIndex(statement.MonthIndex)), db, screen.T["dispute.answer_done"]);
    }

    private static async Task<IResult> Correct(Guid person, string month, Form form, AppDb db, Screen screen, Actor actor, Go go)
    {
        var (slip, _) = await Slips.One(db, screen, actor, person, month);
        Must(slip.Fixed is null, "statement.fixed", ("month", slip.Input.Month));
        var minor = form.Minor("amount") ?? 0;
        Must(minor != 0, "correction.zero");
        var reverses = form.Id("reverses");
        if (minor < 0)
            await MustReverse(db, person, reverses, minor);
        db.Add(
            new PayCorrection
            {
                PersonId = person,
                MonthIndex = slip.Input.Month.Index,
                Minor = minor,
                MadeBy = actor.PersonId!.Value,
                Reverses = reverses,
                DisputeId = await Settled(db, person, form.Id("dispute")),
                Reason = Filled(form.Text("reason"), "pay.correction_without_reason", "reason"),
            }
        );
        return await Slips.Done(db, go, screen, slip, "correction.made");
    }

    private static async Task<IResult> Approve(Guid correction, AppDb db, Screen screen, Actor actor, Go go)
    {
        var proposed = await db.Set<PayCorrection>().One(correction);
        var (slip, _) = await Slips.One(db, screen, actor, proposed.PersonId, Month.FromIndex(proposed.MonthIndex).ToString());
        Must(slip.Fixed is null, "statement.fixed", ("month", slip.Input.Month));
        proposed.Approve(actor.PersonId!.Value, await db.ApprovesAlone(actor.PersonId.Value));
        return await Slips.Done(db, go, screen, slip, "correction.approve_done");
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

/// <summary>Finding one's statement, and going back to it.</summary>
internal static class Slips
{
    public static async Task<(PaySlip Slip, Amount Total)> One(AppDb db, Screen screen, Actor actor, Guid person, string month)
    {
        Find(person == actor.PersonId || actor.Can(Permission.PaySeeAll));
        var slip =
            (await PayRun.Load(db, Month.Read(month) ?? throw new NotFound(), screen.Firm!, person)).SingleOrDefault()
            ?? throw new NotFound();
        return (slip, slip.Fixed ?? slip.Explain().Result?.Total.Amount ?? Amount.Zero(screen.Firm!.Currency));
    }

    public static async Task<PayStatement> Statement(AppDb db, PaySlip slip, Amount total)
    {
        if (slip.Explain().Problem is { } problem && slip.Statement is null)
            throw problem;
        if (slip.Statement is { } made)
            return await db.Set<PayStatement>().One(made.Id);
        var statement = new PayStatement
        {
            PersonId = slip.Input.Person,
            MonthIndex = slip.Input.Month.Index,
            Total = total,
        };
        db.Add(statement);
        return statement;
    }

    public static async Task<IResult> Done(AppDb db, Go go, Screen screen, PaySlip slip, string sentence)
    {
        await db.SaveChangesAsync();
        return go.To(Path(slip.Input.Person, slip.Input.Month), db, screen.T[sentence, ("name", slip.Name), ("month", slip.Input.Month)]);
    }

    public static void Find(bool may)
    {
        if (!may)
            throw new NotFound();
    }

    public static string Path(Guid person, Month month) => $"pay/{person}/{month}";
}
