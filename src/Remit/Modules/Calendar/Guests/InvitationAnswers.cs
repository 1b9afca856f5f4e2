using Microsoft.EntityFrameworkCore;
using Remit.Modules.Calendar.Format;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>What a guest's calendar program answers is set as if by the guest's link, where it is the guest's and is about what stands now.</summary>
internal sealed class InvitationAnswers : IHearsAnswers
{
    public async Task<Became?> Hear(AppDb db, MailedAnswer answer, Arrival here)
    {
        var invited = await db.Set<Invitation>()
            .Where(i => i.Uid == answer.Uid)
            .OrderBy(i => i.Cancelled)
            .ThenByDescending(i => i.Id)
            .ToListAsync();
        if (invited.Count == 0)
            return null;
        var theirs = invited.Find(i => i.Email.Equals(answer.Attendee, StringComparison.OrdinalIgnoreCase));
        if (theirs is null || answer.Attendee != answer.From)
            return new Became("not_guest", invited[0].About(), Told: false);
        // When it was answered is the guest's clock; what was answered by the link stands on ours.
        var at = answer.Stamp is { } stamp && stamp < here.Now ? stamp : here.Now;
        if (answer.Time.Length > 0)
            return await OfOneTime(db, theirs, answer, at, here);
        if (IsPast(theirs, answer, at, here.Now))
            return new Became("stale", theirs.About(), Told: false);
        if (answer.Method == "COUNTER" && answer.StartsAt is { } other && other != theirs.StartsAt && other > here.Now)
        {
            theirs.Answer(Reply.Proposed, other, answer.Comment, at, byMail: true);
            db.Answered(theirs);
            return new Became("counter", theirs.About(), Told: true);
        }
        if (answer.Method != "REPLY" || ReplyOf(answer.State) is not { } reply)
            return new Became("unclear", theirs.About(), Told: false);
        theirs.Answer(reply, null, answer.Comment, at, byMail: true);
        db.Answered(theirs);
        return new Became(reply.ToString().ToLowerInvariant(), theirs.About(), Told: true);
    }

    // A program that was told of another time since has another number, so it is the time itself that tells whether it is the one that stands.
    private static async Task<Became> OfOneTime(AppDb db, Invitation i, MailedAnswer answer, DateTime at, Arrival here)
    {
        if (i.Cancelled)
            return new Became("stale", i.About(), Told: false);
        if (answer.Method != "REPLY" || ReplyOf(answer.State) is not { } reply || TimeValue.Parse(answer.Time, null) is not { } id)
            return new Became("unclear", i.About(), Told: false);
        var time = GuestText.Copy(i, CalendarQueries.ZoneOf(here.Firm))?.At(id);
        var start = time is null ? default : Civil.Moment(time.Start);
        var said = await db.Set<DayAnswer>().SingleOrDefaultAsync(d => d.InvitationId == i.Id && d.StartsAt == start);
        if (
            time is null
            || Civil.Moment(time.End) <= here.Now
            || (answer.StartsAt is { } seen ? seen != start : answer.Sequence > i.Sequence)
            || said?.RepliedAt > at
        )
            return new Became("stale", i.About(), Told: false);
        if (said is null)
            db.Add(said = DayAnswer.Of(i, start));
        said.Answer(reply, answer.Comment, at);
        db.Answered(i, time, reply);
        return new Became(
            reply.ToString().ToLowerInvariant(),
            i.About() with
            {
                Path = $"calendar/items/{i.CalendarItemId}?at={time.Id.Text}",
            },
            Told: true
        );
    }

    // Answers overtake each other, and the meeting may have moved since: neither may undo what is newer.
    private static bool IsPast(Invitation i, MailedAnswer answer, DateTime at, DateTime now) =>
        i.Cancelled || i.EndsAt <= now || answer.Sequence != i.Sequence || i.RepliedAt is { } before && at < before;

    private static Reply? ReplyOf(string state) =>
        state switch
        {
            "ACCEPTED" => Reply.Accepted,
            "DECLINED" => Reply.Declined,
            "TENTATIVE" => Reply.Tentative,
            _ => null,
        };
}
