using Remit.Kernel;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Pay;

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

    /// <summary>Whose it is has looked at it, as it is now. Saves.</summary>
    public static async Task<PaySlip> Saw(AppDb db, Screen screen, Actor actor, Guid person, string month, DateTime now)
    {
        Find(person == actor.PersonId);
        var (slip, total) = await One(db, screen, actor, person, month);
        var statement = await Statement(db, slip, total);
        statement.Redraft(total);
        statement.See(now);
        await db.SaveChangesAsync();
        return slip;
    }

    /// <summary>Approved as it was seen; one that has changed since is a draft again instead, to be seen anew. Saves either.</summary>
    public static async Task<(PaySlip Slip, bool AsSeen)> Approved(
        AppDb db,
        Screen screen,
        Actor actor,
        Guid person,
        string month,
        DateTime now
    )
    {
        var (slip, total) = await One(db, screen, actor, person, month);
        Must(await Ledger.IsClosed(db, slip.Input.Month), "statement.month_open", ("month", slip.Input.Month));
        var statement = await Statement(db, slip, total);
        var asSeen = statement.State != StatementState.Seen || statement.Total == total;
        if (asSeen)
            statement.Approve(now);
        else
            statement.Redraft(total);
        await db.SaveChangesAsync();
        return (slip, asSeen);
    }

    public static async Task<PaySlip> Paid(AppDb db, Screen screen, Actor actor, Guid person, string month, DateTime now)
    {
        var (slip, total) = await One(db, screen, actor, person, month);
        (await Statement(db, slip, total)).Pay(now);
        await db.SaveChangesAsync();
        return slip;
    }

    public static IResult Done(AppDb db, Go go, Screen screen, PaySlip slip, string sentence) =>
        go.To(Path(slip.Input.Person, slip.Input.Month), db, screen.T[sentence, ("name", slip.Name), ("month", slip.Input.Month)]);

    public static void Find(bool may)
    {
        if (!may)
            throw new NotFound();
    }

    public static string Path(Guid person, Month month) => $"pay/{person}/{month}";
}
