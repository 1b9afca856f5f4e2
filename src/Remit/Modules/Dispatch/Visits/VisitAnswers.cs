using Microsoft.EntityFrameworkCore;
using Remit.Modules.Clients;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>
/// What the calendar program of client or programmer answers to the appointment that they were sent. Accepted is the
/// word that the link would take; anything else a person has to see to.
/// </summary>
internal sealed class VisitAnswers : IHearsAnswers
{
    public async Task<Became?> Hear(AppDb db, MailedAnswer answer, Arrival here)
    {
        if (
            !answer.Uid.StartsWith("visit-", StringComparison.Ordinal)
            || !answer.Uid.EndsWith("@remit", StringComparison.Ordinal)
            || !Guid.TryParseExact(answer.Uid[6..^6], "N", out var id)
        )
            return null;
        if (await db.Set<Visit>().SingleOrDefaultAsync(v => v.Id == id) is not { } visit)
            return null;
        var client = await db.Set<Client>().SingleAsync(c => c.Id == visit.ClientId);
        Became As(string what) => new(what, visit.About(client), Told: what == "accepted");
        if (await SideOf(db, visit, answer) is not { } side)
            return As("not_guest");
        // The number of a visit grows with every change of it, so the time says whether this one is meant.
        if (
            answer.StartsAt != here.Firm.Moment(visit.StartsAt)
            || answer.Sequence > visit.Version
            || !visit.IsAhead
            || !visit.HasProgrammer
        )
            return As("stale");
        if (answer is not { Method: "REPLY", State: "ACCEPTED" })
            return As(
                answer is { Method: "REPLY", State: "DECLINED" } ? "declined"
                : answer.Method == "COUNTER" ? "counter"
                : "tentative"
            );
        if (side == Side.Client && visit.State == VisitState.Planned)
            await VisitWord.Confirmed(db, visit, client, here);
        else if (side == Side.Programmer)
            await VisitWord.Accepted(db, visit, client, here);
        return As("accepted");
    }

    private static async Task<Side?> SideOf(AppDb db, Visit visit, MailedAnswer answer)
    {
        if (answer.Attendee != answer.From)
            return null;
        if (await db.Set<Contact>().AnyAsync(c => c.ClientId == visit.ClientId && c.Email.ToLower() == answer.From))
            return Side.Client;
        return await db.Set<Person>().AnyAsync(p => p.Id == visit.ProgrammerId && p.Active && p.Email.ToLower() == answer.From)
            ? Side.Programmer
            : null;
    }
}
