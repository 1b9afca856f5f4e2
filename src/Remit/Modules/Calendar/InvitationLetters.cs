using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Modules.Mail;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Calendar;

/// <summary>A letter to a guest about one state of an invitation; for a state that is past it does nothing.</summary>
public sealed record GuestLetter(Guid Invitation, int Sequence)
{
    public const string Kind = "invitation.send";
}

/// <summary>A reminder of one time of a meeting.</summary>
public sealed record GuestReminder(Guid Invitation, DateTime StartsAt)
{
    public const string Kind = "invitation.remind";
}

/// <summary>Letters that follow an invitation, written in the save that changes it.</summary>
public static class InvitationLetters
{
    internal static readonly TimeSpan Before = TimeSpan.FromHours(24);
    private static readonly TimeSpan tooNear = TimeSpan.FromHours(2);

    /// <summary>Invites, as soon as the time to undo is over. Without a mail server the link alone is there.</summary>
    public static async Task<Invitation> Invite(this AppDb db, CalendarItem item, Guest guest, string root, DateTime now)
    {
        var made = Invitation.To(item, guest, db.Actor.PersonId, root);
        db.Add(made);
        await db.WriteTo(made, now);
        return made;
    }

    /// <summary>Whoever was asked to a series is asked to the one that goes on from it.</summary>
    public static async Task Carry(this AppDb db, CalendarItem from, CalendarItem rest, bool sameTimes, DateTime now)
    {
        foreach (var guest in await db.Set<Invitation>().Where(i => i.CalendarItemId == from.Id && !i.Cancelled).ToListAsync())
        {
            var made = guest.Onto(rest, sameTimes);
            db.Add(made);
            await db.WriteTo(made, now);
        }
    }

    public static async Task WriteTo(this AppDb db, Invitation invitation, DateTime now)
    {
        if (!await db.Set<MailSettings>().AnyAsync())
            return;
        db.Later(Job.Of(GuestLetter.Kind, new GuestLetter(invitation.Id, invitation.Sequence), now + Invitation.Grace));
        if (!invitation.Cancelled)
            await db.RemindOf(invitation, now);
    }

    /// <summary>A reminder of the next time that is far enough ahead; when it has left, it sees to the one after.</summary>
    public static async Task RemindOf(this AppDb db, Invitation invitation, DateTime now)
    {
        var from = now + Before + tooNear;
        if (GuestText.Copy(invitation, CalendarQueries.ZoneOf(await Firm.Of(db)))?.Starting(from) is not { } time)
            return;
        var at = Civil.Moment(time.Start);
        db.Later(Job.Of(GuestReminder.Kind, new GuestReminder(invitation.Id, at), at - Before));
    }
}

/// <summary>Whoever changes an event, on the page, on a phone or by undo, changes what its guests are told.</summary>
public sealed class InvitationNews(TimeProvider clock) : IFactListener
{
    public async Task Heard(AppDb db, IReadOnlyList<Fact> facts)
    {
        await Parting.Heard(db, clock.GetUtcNow().UtcDateTime);
        var items = db
            .ChangeTracker.Entries<CalendarItem>()
            .Where(e => e.State is EntityState.Modified or EntityState.Deleted)
            .ToDictionary(e => e.Entity.Id);
        if (items.Count == 0)
            return;
        var ids = items.Keys.ToList();
        foreach (var invitation in await db.Set<Invitation>().Where(i => ids.Contains(i.CalendarItemId)).ToListAsync())
        {
            if (db.Entry(invitation).State is EntityState.Deleted or EntityState.Detached)
                continue;
            var entry = items[invitation.CalendarItemId];
            if (entry.State == EntityState.Deleted ? invitation.Cancel() : invitation.Follow(entry.Entity))
                await db.WriteTo(invitation, clock.GetUtcNow().UtcDateTime);
        }
    }
}

/// <summary>Sends what an invitation says now: asks, tells of a change, calls off.</summary>
internal sealed class InvitationSender(MailSender mail) : IJobHandler
{
    public string Kind => GuestLetter.Kind;

    public async Task Run(JobWork work)
    {
        var letter = work.Job.Read<GuestLetter>();
        if (await work.Db.Set<Invitation>().SingleOrDefaultAsync(i => i.Id == letter.Invitation, work.Cancel) is not { } invitation)
            return;
        if (invitation.Sequence != letter.Sequence || invitation.SentSequence >= letter.Sequence)
            return;
        // What the first letter does not say has a letter of its own, and is tried again by itself.
        foreach (var (n, told) in (await GuestText.News(work.Db, invitation, work)).Index())
            if (n == 0)
                await mail.Send(work, told);
            else
                work.Db.Later(told.Job());
        invitation.WasSent(letter.Sequence);
    }
}

/// <summary>The day before each time: whoever comes is reminded, whoever has not answered is asked again.</summary>
internal sealed class InvitationReminder(MailSender mail) : IJobHandler
{
    public string Kind => GuestReminder.Kind;

    public async Task Run(JobWork work)
    {
        var about = work.Job.Read<GuestReminder>();
        var invitation = await work.Db.Set<Invitation>().SingleOrDefaultAsync(i => i.Id == about.Invitation, work.Cancel);
        // A change since has a reminder of its own; of two for the same time the first is enough.
        if (
            invitation is null
            || invitation.Cancelled
            || invitation.Reminded >= about.StartsAt
            || TimeOf(invitation, about.StartsAt, work.Firm) is not { } time
        )
            return;
        var reply = await DayAnswer.At(work.Db, invitation, time);
        if (reply != Reply.Declined && about.StartsAt > work.Now)
            await mail.Send(
                work,
                await GuestText.Of(
                    work.Db,
                    invitation,
                    reply == Reply.Accepted ? "reminded" : "asked_again",
                    work,
                    new GuestNews("", [], [(time, time)])
                )
            );
        invitation.WasReminded(about.StartsAt);
        await work.Db.RemindOf(invitation, about.StartsAt > work.Now ? about.StartsAt - InvitationLetters.Before : work.Now);
    }

    // Null where nothing begins then any more.
    private static Occurrence? TimeOf(Invitation i, DateTime start, Firm firm) =>
        GuestText.Copy(i, CalendarQueries.ZoneOf(firm))?.Starting(start) is { } time && Civil.Moment(time.Start) == start ? time : null;
}
