using Microsoft.EntityFrameworkCore;
using Remit.Modules.Calendar;
using Remit.Modules.Mail;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Meetings.Events;

/// <summary>What those who are invited are told, each in their language: a letter with their own link, a notice to those who have an account.</summary>
internal static class EventNews
{
    /// <param name="what">invited, place, changed, cancelled, tomorrow or feedback.</param>
    /// <param name="root">The firm's address; nothing leaves by mail without one.</param>
    public static async Task Tell(this AppDb db, StaffEvent about, IEnumerable<EventGuest> guests, string what, string? root, DateTime now)
    {
        var firm = await Firm.Of(db);
        var mails = root is not null && await db.Set<MailSettings>().AnyAsync();
        foreach (var guest in guests)
        {
            db.Tell(
                guest.PersonId,
                "notice.staff_event_" + what,
                $"meetings/events/{about.Id}",
                ("event", about.Name),
                ("day", $"{about.Day:yyyy-MM-dd}"),
                ("time", $"{about.StartsAt:HH:mm}")
            );
            if (mails && guest.Email.Length > 0)
                db.Later(Letter(about, guest, what, root!, firm, now).Job());
        }
    }

    private static Letter Letter(StaffEvent about, EventGuest guest, string what, string root, Firm firm, DateTime now)
    {
        var t = new T(guest.Language);
        (string, object?)[] values =
        [
            ("event", about.Name),
            ("day", about.Day),
            ("time", $"{about.StartsAt:HH:mm}"),
            ("firm", firm.Name),
            ("name", guest.Name),
            ("place", about.Place.Length > 0 ? about.Place : "–"),
            ("speaker", about.Speaker.Length > 0 ? about.Speaker : "–"),
            ("programme", about.Programme),
            ("link", $"{root}e/{guest.Link}"),
        ];
        return new Letter(guest.Email, t["letter.event_subject_" + what, values], t["letter.event_" + what, values])
        {
            Calendar = what is "place" or "changed" ? about.Shown.Text(firm, now) : null,
            About = new("staff_event", about.Id, $"meetings/events/{about.Id}", PersonId: about.OrganisedBy),
        };
    }

    /// <summary>A word before the day, once the event is set.</summary>
    public static void RemindOf(this AppDb db, StaffEvent what, string root, Firm firm, DateTime now)
    {
        var at = firm.Moment(what.StartsAt.Date.AddDays(-1).AddHours(10));
        if (at > now)
            db.Later(Job.Of(EventTomorrow.Name, new EventReminder(what.Id, what.StartsAt, root), at));
    }
}

internal sealed record EventReminder(Guid Event, DateTime StartsAt, string Root);

/// <summary>The day before, those who come are reminded; for a time that is no longer the event's it does nothing.</summary>
internal sealed class EventTomorrow : IJobHandler
{
    public const string Name = "meetings.event_tomorrow";
    public string Kind => Name;

    public async Task Run(JobWork work)
    {
        var ask = work.Job.Read<EventReminder>();
        var what = await work.Db.Set<StaffEvent>().SingleOrDefaultAsync(e => e.Id == ask.Event, work.Cancel);
        if (what is not { Stage: EventStage.Planned } || what.StartsAt != ask.StartsAt)
            return;
        var guests = await work
            .Db.Set<EventGuest>()
            .Where(g => g.StaffEventId == what.Id && g.State == GuestState.Coming)
            .ToListAsync(work.Cancel);
        await work.Db.Tell(what, guests, "tomorrow", ask.Root, work.Now);
    }
}

/// <summary>Places of an event: who has one, who waits, who moves up.</summary>
internal static class Seats
{
    /// <summary>A guest's answer, with whoever moves up because of it told so. The caller saves.</summary>
    public static async Task Answered(this AppDb db, StaffEvent what, EventGuest guest, bool comes, string root, Firm firm, DateTime now)
    {
        // Two who want the last place are one after the other.
        await db.StartWriting();
        var guests = await db.Set<EventGuest>().Where(g => g.StaffEventId == what.Id).ToListAsync();
        guest.Answer(what, comes, guests.Count(g => g.Id != guest.Id && g.State == GuestState.Coming), now);
        await db.Fill(what, guests, root, now);
        await db.PutInCalendars(what.Shown, Coming(guests), firm, now);
    }

    /// <summary>Free places go to those who wait, the first who answered first.</summary>
    public static async Task Fill(this AppDb db, StaffEvent what, List<EventGuest> guests, string root, DateTime now)
    {
        var free = (what.Places ?? int.MaxValue) - guests.Count(g => g.State == GuestState.Coming);
        var up = guests
            .Where(g => g.State == GuestState.Waiting)
            .OrderBy(g => g.AnsweredAt)
            .ThenBy(g => g.Id)
            .Take(Math.Max(0, free))
            .ToList();
        foreach (var guest in up)
            guest.MoveUp();
        await db.Tell(what, up, "place", root, now);
    }

    public static List<Guid> Coming(IEnumerable<EventGuest> guests) =>
        [.. guests.Where(g => g.State == GuestState.Coming).Select(g => g.PersonId).OfType<Guid>()];
}
