using System.Net.Mail;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
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
    private static readonly TimeSpan before = TimeSpan.FromHours(24), tooNear = TimeSpan.FromHours(2);

    /// <summary>Invites, as soon as the time to undo is over. Without a mail server the link alone is there.</summary>
    public static async Task<Invitation> Invite(this AppDb db, CalendarItem item, Guest guest, string root, DateTime now)
    {
        var made = Invitation.To(item, guest, db.Actor.PersonId, root);
        db.Add(made);
        await db.WriteTo(made, now);
        return made;
    }

    public static async Task WriteTo(this AppDb db, Invitation invitation, DateTime now)
    {
        if (!await db.Set<MailSettings>().AnyAsync()) return;
        db.Later(Job.Of(GuestLetter.Kind, new GuestLetter(invitation.Id, invitation.Sequence), now + Invitation.Grace));
        if (!invitation.Cancelled && invitation.StartsAt - before > now + tooNear)
            db.Later(Job.Of(GuestReminder.Kind, new GuestReminder(invitation.Id, invitation.StartsAt), invitation.StartsAt - before));
    }
}

/// <summary>Whoever changes an event, on the page, on a phone or by undo, changes what its guests are told.</summary>
public sealed class InvitationNews(TimeProvider clock) : IFactListener
{
    public async Task Heard(AppDb db, IReadOnlyList<Fact> facts)
    {
        var items = db.ChangeTracker.Entries<CalendarItem>().Where(e => e.State is EntityState.Modified or EntityState.Deleted).ToDictionary(e => e.Entity.Id);
        if (items.Count == 0) return;
        var ids = items.Keys.ToList();
        foreach (var invitation in await db.Set<Invitation>().Where(i => ids.Contains(i.CalendarItemId)).ToListAsync())
        {
            if (db.Entry(invitation).State is EntityState.Deleted or EntityState.Detached) continue;
            var entry = items[invitation.CalendarItemId];
            if (entry.State == EntityState.Deleted ? invitation.Cancel() : invitation.Follow(entry.Entity)) await db.WriteTo(invitation, clock.GetUtcNow().UtcDateTime);
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
        if (await work.Db.Set<Invitation>().SingleOrDefaultAsync(i => i.Id == letter.Invitation, work.Cancel) is not { } invitation) return;
        if (invitation.Sequence != letter.Sequence || invitation.SentSequence >= letter.Sequence) return;
        // Called off before they were ever asked: they need not hear of it.
        if (!(invitation.Cancelled && invitation.SentSequence < 0))
            await mail.Send(work, await GuestText.Of(work.Db, invitation, invitation.Cancelled ? "cancelled" : invitation.SentSequence < 0 ? "invited" : "changed", work));
        invitation.WasSent(letter.Sequence);
    }
}

/// <summary>The day before: whoever comes is reminded, whoever has not answered is asked again.</summary>
internal sealed class InvitationReminder(MailSender mail) : IJobHandler
{
    public string Kind => GuestReminder.Kind;

    public async Task Run(JobWork work)
    {
        var about = work.Job.Read<GuestReminder>();
        var invitation = await work.Db.Set<Invitation>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == about.Invitation, work.Cancel);
        if (invitation is null || invitation.Cancelled || invitation.StartsAt != about.StartsAt || invitation.StartsAt <= work.Now || invitation.Reply == Reply.Declined) return;
        await mail.Send(work, await GuestText.Of(work.Db, invitation, invitation.Reply == Reply.Accepted ? "reminded" : "asked_again", work));
    }
}

/// <summary>What stands in a letter to a guest, in the guest's language and on the guest's clock, with the file for their calendar.</summary>
internal static class GuestText
{
    public static async Task<Letter> Of(AppDb db, Invitation i, string what, JobWork work)
    {
        var (t, clock) = (new T(i.Language), Clock.Of(i.TimeZone, work.Firm));
        var at = clock.At(i.StartsAt);
        (string, object?)[] values = [("firm", work.Firm.Name), ("meeting", i.Summary), ("day", DateOnly.FromDateTime(at)), ("time", $"{at:HH:mm}"), ("zone", ZoneNames.Of(clock.Name, t)),
            ("place", i.Place.Length > 0 ? i.Place : "—"), ("link", $"{i.Root}i/{i.Link}")];
        var host = await db.Set<Person>().AsNoTracking().Where(p => p.Id == i.InvitedBy).Select(p => new { p.Name, p.Email }).SingleOrDefaultAsync();
        var letter = new Letter(i.Email, t["invite.subject_" + what, values], t["invite.letter_" + what, [.. values, ("host", host?.Name ?? work.Firm.Name)]]);
        if (what is "reminded" or "asked_again") return letter;
        return letter with { Method = i.Cancelled ? "CANCEL" : "REQUEST", Calendar = await Calendar(db, i, (host?.Name ?? work.Firm.Name, host?.Email ?? ""), work.Now) };
    }

    /// <summary>iTIP (RFC 5546): the event's own rules and zones where it still is there, and nothing of its notes.</summary>
    public static async Task<string> Calendar(AppDb db, Invitation i, (string Name, string Email) host, DateTime now)
    {
        var item = await db.Set<CalendarItem>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == i.CalendarItemId);
        var root = new Component("VCALENDAR");
        root.Lines.AddRange([new("VERSION", "2.0"), new("PRODID", "-//Remit//Invitations//EN"), new("METHOD", i.Cancelled ? "CANCEL" : "REQUEST")]);
        var one = new Component("VEVENT");
        one.Lines.AddRange([new("UID", i.Uid), new("SEQUENCE", $"{i.Sequence}"), new ContentLine("DTSTAMP", Utc(now))]);
        if (item is { Repeats: true } && item.Root() is var own && own.Components.Find(c => c.Is("VEVENT") && c.Find("RECURRENCE-ID") is null) is { } master)
        {
            root.Components.AddRange(own.Inside("VTIMEZONE"));
            one.Lines.AddRange(master.Lines.Where(l => l.Name.ToUpperInvariant() is "DTSTART" or "DTEND" or "DURATION" or "RRULE" or "EXDATE" or "RDATE"));
        }
        else one.Lines.AddRange([new("DTSTART", Utc(i.StartsAt)), new("DTEND", Utc(i.EndsAt))]);
        one.SetText("SUMMARY", i.Summary);
        one.SetText("LOCATION", i.Place);
        one.SetText("DESCRIPTION", $"{i.Root}i/{i.Link}");
        one.Lines.Add(new ContentLine("URL", $"{i.Root}i/{i.Link}"));
        if (MailAddress.TryCreate(host.Email, out _)) one.Lines.Add(new ContentLine("ORGANIZER", "mailto:" + host.Email, ("CN", host.Name)));
        one.Lines.Add(new ContentLine("ATTENDEE", "mailto:" + i.Email, ("CN", i.Name), ("ROLE", "REQ-PARTICIPANT"), ("PARTSTAT", i.Reply switch { Reply.Accepted => "ACCEPTED", Reply.Declined => "DECLINED", _ => "NEEDS-ACTION" }), ("RSVP", "TRUE")));
        one.Lines.Add(new ContentLine("STATUS", i.Cancelled ? "CANCELLED" : "CONFIRMED"));
        root.Components.Add(one);
        return ContentWriter.Write(root);
    }

    private static string Utc(DateTime moment) => new TimeValue(Civil.Seconds(moment), TimeForm.Utc).Text;
}
