using System.Text;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Mail;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>Every change of a visit is told to both sides in the save that makes it: a notice inside, a letter to the client.</summary>
public static class VisitNews
{
    /// <param name="what"><c>planned</c>, <c>moved</c>, <c>confirmed</c> or <c>cancelled</c>.</param>
    /// <param name="root">This firm's address; nothing leaves by mail without one.</param>
    /// <param name="former">Who was to go before.</param>
    public static async Task Told(this AppDb db, Visit visit, Client client, string what, string? root, Guid? former = null)
    {
        foreach (var person in new[] { visit.PlannedBy, client.OwnerId, visit.ProgrammerId, former }.OfType<Guid>().Distinct())
            db.Tell(person, "notice.visit_" + what, $"visits/{visit.Id}", ("client", client.Name), ("day", $"{visit.Day:yyyy-MM-dd}"), ("time", $"{visit.StartsAt:HH:mm}"));
        if (root is null) return;
        if (await db.Addressee(client.Id) is { } contact && await db.Set<MailSettings>().AnyAsync())
            db.Later((await db.Letter(visit, client, contact, what, root)).Job());
    }

    /// <summary>From now on the client is asked for their word, as long as they have not given it.</summary>
    public static async Task AskFor(this AppDb db, Visit visit, Screen screen, DateTime now)
    {
        var local = screen.Firm!.Local(now);
        if (visit.State != VisitState.Planned || visit.StartsAt <= local) return;
        var settings = await DispatchSettings.Now(db);
        db.Later(new Asking(visit.Id, visit.StartsAt, Channel.Mail, screen.Root).Job(VisitReminder.When(visit.StartsAt, settings.MailHours, local), screen.Firm!));
    }

    /// <summary>The one at the client who is written to.</summary>
    internal static Task<Contact?> Addressee(this AppDb db, Guid client) =>
        db.Set<Contact>().AsNoTracking().Where(c => c.ClientId == client && c.Email != "").OrderByDescending(c => c.DecisionMaker).ThenBy(c => c.Id).FirstOrDefaultAsync();

    internal static async Task<Letter> Letter(this AppDb db, Visit visit, Client client, Contact contact, string what, string root)
    {
        var t = new T(client.Language);
        return new Letter(contact.Email, t["letter.subject_" + what, ("subject", visit.Subject), ("day", visit.Day), ("time", $"{visit.StartsAt:HH:mm}")], await db.Message(visit, client, what, root))
        {
            Calendar = what is "cancelled" ? null : await db.CalendarOf(visit, client, root),
        };
    }

    internal static async Task<string> Message(this AppDb db, Visit visit, Client client, string what, string root)
    {
        var firm = await db.Set<Firm>().AsNoTracking().SingleAsync();
        var programmer = await db.Set<Person>().Where(p => p.Id == visit.ProgrammerId).Select(p => p.Name).SingleOrDefaultAsync();
        return new T(client.Language)["letter.visit_" + what, ("firm", firm.Name), ("subject", visit.Subject), ("day", visit.Day), ("time", $"{visit.StartsAt:HH:mm}"),
            ("programmer", programmer), ("link", $"{root}v/{visit.Link}")];
    }

    /// <summary>The appointment as a file for the client's calendar. The same UID and a higher SEQUENCE replace the one they have.</summary>
    internal static async Task<string> CalendarOf(this AppDb db, Visit visit, Client client, string root)
    {
        var firm = await db.Set<Firm>().AsNoTracking().SingleAsync();
        var text = new StringBuilder();
        void Line(string name, string value) => CalendarText.Line(text, $"{name}:{value}");
        Line("BEGIN", "VCALENDAR");
        Line("VERSION", "2.0");
        Line("PRODID", "-//Remit//Visits//EN");
        Line("METHOD", "PUBLISH");
        Line("BEGIN", "VEVENT");
        Line("UID", $"visit-{visit.Id:N}@remit");
        Line("SEQUENCE", $"{visit.Version}");
        Line("DTSTAMP", $"{DateTime.UtcNow:yyyyMMdd'T'HHmmss'Z'}");
        Line("DTSTART", $"{firm.Moment(visit.StartsAt):yyyyMMdd'T'HHmmss'Z'}");
        Line("DTEND", $"{firm.Moment(visit.EndsAt):yyyyMMdd'T'HHmmss'Z'}");
        Line("SUMMARY", CalendarText.Escape($"{visit.Subject} · {firm.Name}"));
        if (!visit.Remote && client.Address.Length > 0) Line("LOCATION", CalendarText.Escape(client.Address));
        Line("DESCRIPTION", CalendarText.Escape($"{root}v/{visit.Link}"));
        Line("URL", $"{root}v/{visit.Link}");
        Line("STATUS", visit.State switch { VisitState.Planned => "TENTATIVE", VisitState.Cancelled => "CANCELLED", _ => "CONFIRMED" });
        Line("END", "VEVENT");
        Line("END", "VCALENDAR");
        return text.ToString();
    }
}
