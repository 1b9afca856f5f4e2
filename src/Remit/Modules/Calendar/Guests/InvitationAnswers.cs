using Microsoft.EntityFrameworkCore;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>What a guest's calendar program answers is set as if by the guest's link, where it is the guest's and is about what stands now.</summary>
internal sealed class InvitationAnswers : IHearsAnswers
{
    public async Task<Became?> Hear(AppDb db, MailedAnswer answer, Arrival here)
    {
        var invited = await db.Set<Invitation>().Where(i => i.Uid == answer.Uid).OrderBy(i => i.Cancelled).ThenByDescending(i => i.Id).ToListAsync();
        if (invited.Count == 0) return null;
        var theirs = invited.Find(i => i.Email.Equals(answer.Attendee, StringComparison.OrdinalIgnoreCase));
        if (theirs is null || answer.Attendee != answer.From) return new Became("not_guest", invited[0].About(), Told: false);
        // When it was answered is the guest's clock; what was answered by the link stands on ours.
        var at = answer.Stamp is { } stamp && stamp < here.Now ? stamp : here.Now;
        if (IsPast(theirs, answer, at, here.Now)) return new Became("stale", theirs.About(), Told: false);
        if (answer.Method == "COUNTER" && answer.StartsAt is { } other && other != theirs.StartsAt && other > here.Now)
        {
            theirs.Answer(Reply.Proposed, other, answer.Comment, at, byMail: true);
            db.Answered(theirs);
            return new Became("counter", theirs.About(), Told: true);
        }
        if (answer.Method != "REPLY" || ReplyOf(answer.State) is not { } reply) return new Became("unclear", theirs.About(), Told: false);
        theirs.Answer(reply, null, answer.Comment, at, byMail: true);
        db.Answered(theirs);
        return new Became(reply.ToString().ToLowerInvariant(), theirs.About(), Told: true);
    }

    // Answers overtake each other, and the meeting may have moved since: neither may undo what is newer.
    private static bool IsPast(Invitation i, MailedAnswer answer, DateTime at, DateTime now) =>
        i.Cancelled || i.EndsAt <= now || answer.Sequence != i.Sequence || i.RepliedAt is { } before && at < before;

    private static Reply? ReplyOf(string state) => state switch { "ACCEPTED" => Reply.Accepted, "DECLINED" => Reply.Declined, "TENTATIVE" => Reply.Tentative, _ => null };
}
