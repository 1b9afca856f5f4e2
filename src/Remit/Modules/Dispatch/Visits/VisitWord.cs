using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Dispatch;

/// <summary>Who gives their word for a visit.</summary>
public enum Side
{
    Client,
    Programmer,
}

/// <summary>Client and programmer both give their word for one time, or choose another that is free; the other side hears of it and is asked anew.</summary>
internal static class VisitWord
{
    /// <summary>This side comes at this time. Saves.</summary>
    public static async Task Agreed(AppDb db, Visit visit, Client client, Side side, Here here)
    {
        if (side == Side.Client)
            await Confirmed(db, visit, client, here.Arrival);
        else
            await Accepted(db, visit, client, here.Arrival);
        await db.SaveChangesAsync();
    }

    /// <summary>What both sides choose another time from; nothing where nobody goes or it is over.</summary>
    public static async Task<IReadOnlyList<DateTime>> Times(AppDb db, Visit visit, Firm firm, FreeTimes free) =>
        visit is { IsAhead: true, HasProgrammer: true } ? await free.For(db, visit, firm) : [];

    /// <summary>This side moves it to a time at which the programmer is free, and so agrees to that time. Saves.</summary>
    public static async Task Chosen(AppDb db, Visit visit, Client client, Side side, DateTime at, FreeTimes free, Here here)
    {
        await db.StartWriting();
        Must(
            (await free.For(db, visit, here.Firm)).Contains(at),
            "link.taken",
            ("day", DateOnly.FromDateTime(at)),
            ("time", $"{at:HH:mm}")
        );
        // A free time is never past.
        visit.Move(at, visit.ProgrammerId, DateOnly.FromDateTime(at));
        await db.MustBeFree(visit);
        if (side == Side.Client)
        {
            await db.Told(visit, client, "moved", new Reach(here.Root, ToClient: false));
            await Confirmed(db, visit, client, here.Arrival);
        }
        else
        {
            visit.Accept(here.Now);
            await db.Told(visit, client, "moved", new Reach(here.Root, ToProgrammer: false));
        }
        await db.AskFor(visit, here);
        await db.SaveChangesAsync();
    }

    /// <summary>Saved by the caller.</summary>
    internal static async Task Confirmed(AppDb db, Visit visit, Client client, Arrival here)
    {
        visit.Confirm();
        // Confirmed at one time and then at another is one visit confirmed, and is paid once.
        var stated = db.Set<StatedFact>().Where(f => f.ChainId == visit.Id && f.Code == "visit.confirmed");
        if (await stated.CountAsync(f => f.Reverses == null) == await stated.CountAsync(f => f.Reverses != null))
            db.State(
                new Fact(
                    "visit.confirmed",
                    visit.PlannedBy,
                    here.Firm.Day(here.Now),
                    visit.Id,
                    visit.Id,
                    client.Id,
                    DispatchModule.Label(visit, client)
                )
            );
        await db.Told(visit, client, "confirmed", new Reach(here.Root, ToProgrammer: visit.AcceptedAt is not null));
    }

    /// <summary>Saved by the caller.</summary>
    internal static async Task Accepted(AppDb db, Visit visit, Client client, Arrival here)
    {
        if (visit.AcceptedAt is not null)
            return;
        visit.Accept(here.Now);
        await db.Told(visit, client, "accepted", new Reach(here.Root, ToClient: false, ToProgrammer: false));
    }
}
