using System.Text;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Mail;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>To whom a change goes beyond the notice inside the program.</summary>
/// <param name="Root">This firm's address; nothing leaves by mail without one.</param>
/// <param name="Former">Who was to go before.</param>
public sealed record Reach(string? Root, Guid? Former = null, bool ToClient = true, bool ToProgrammer = true);

/// <summary>Every change of a visit is told to both sides in the save that makes it: a notice inside, a letter to the client.</summary>
public static class VisitNews
{
    /// <param name="what"><c>planned</c>, <c>moved</c>, <c>confirmed</c> (by the client), <c>accepted</c> (by the programmer) or <c>cancelled</c>.</param>
    public static async Task Told(this AppDb db, Visit visit, Client client, string what, Reach how)
    {
        foreach (
            var person in new[] { visit.PlannedBy, client.OwnerId, visit.ProgrammerId, how.Former }
                .OfType<Guid>()
                .Where(p => p != Guid.Empty)
                .Distinct()
        )
            db.Tell(
                person,
                "notice.visit_" + what,
                $"visits/{visit.Id}",
                ("client", client.Name),
                ("day", $"{visit.Day:yyyy-MM-dd}"),
                ("time", $"{visit.StartsAt:HH:mm}")
            );
        if (how.Root is not { } root || !await db.Set<MailSettings>().AnyAsync())
            return;
        if (how.Former is { } former && former != Guid.Empty && former != visit.ProgrammerId && former != db.Actor.PersonId)
            db.Later(Job.Of(ProgrammerLetter.Name, new ProgrammerLetter.Of(visit.Id, former, ProgrammerLetter.Given, root)));
        if (!visit.HasProgrammer)
            return;
        if (how.ToClient && await db.Addressee(client.Id) is { } contact)
            db.Later((await db.Letter(visit, client, contact, what, root)).Job());
        if (how.ToProgrammer && visit.ProgrammerId != db.Actor.PersonId)
            db.Later(Job.Of(ProgrammerLetter.Name, new ProgrammerLetter.Of(visit.Id, visit.ProgrammerId, what, root)));
    }

    /// <summary>From now on both sides are asked for their word, as long as they have not given it.</summary>
    public static async Task AskFor(this AppDb db, Visit visit, Here here)
    {
        if (!visit.IsAhead || !visit.HasProgrammer || visit.StartsAt <= here.Local)
            return;
        var at = VisitReminder.When(visit.StartsAt, (await DispatchSettings.Now(db)).MailHours, here.Local);
        var asking = new Asking(visit.Id, visit.StartsAt, Channel.Mail, here.Root);
        if (visit.State == VisitState.Planned)
            db.Later(asking.Job(at, here.Firm));
        if (visit.AcceptedAt is null)
            db.Later((asking with { Person = visit.ProgrammerId }).Job(at, here.Firm));
    }

    /// <summary>The one at the client who is written to.</summary>
    internal static Task<Contact?> Addressee(this AppDb db, Guid client) =>
        db.Set<Contact>()
            .AsNoTracking()
            .Where(c => c.ClientId == client && c.Email != "")
            .OrderByDescending(c => c.DecisionMaker)
            .ThenBy(c => c.Id)
            .FirstOrDefaultAsync();

    internal static async Task<Letter> Letter(this AppDb db, Visit visit, Client client, Contact contact, string what, string root)
    {
        var (t, asks) = (new T(client.Language), await VisitAsks.Of(db, contact.Name, contact.Email));
        return new Letter(
            contact.Email,
            t["letter.subject_" + what, ("subject", visit.Subject), ("day", visit.Day), ("time", $"{visit.StartsAt:HH:mm}")],
            await db.Message(visit, client, what, root)
        )
        {
            Calendar = asks is null && what is "cancelled" ? null : await db.CalendarOf(visit, client, root, Side.Client, asks),
            Method = asks?.Method(visit),
            About = visit.About(client),
        };
    }

    /// <summary>Where an answer to a letter about this visit belongs.</summary>
    internal static LetterAbout About(this Visit visit, Client client) =>
        new("visit", visit.Id, $"visits/{visit.Id}", client.Id, visit.PlannedBy ?? client.OwnerId);

    internal static async Task<string> Message(this AppDb db, Visit visit, Client client, string what, string root)
    {
        var firm = await Firm.Of(db);
        var programmer = await db.Set<Person>().Where(p => p.Id == visit.ProgrammerId).Select(p => p.Name).SingleOrDefaultAsync();
        return new T(client.Language)[
            "letter.visit_" + what,
            ("firm", firm.Name),
            ("subject", visit.Subject),
            ("day", visit.Day),
            ("time", $"{visit.StartsAt:HH:mm}"),
            ("programmer", programmer),
            ("link", $"{root}v/{visit.Link}")
        ];
    }

    /// <summary>The appointment as a file for the client's calendar. The same UID and a higher SEQUENCE replace the one they have.</summary>
    /// <param name="asks">Who is asked for an answer; null for a file that only informs.</param>
    internal static async Task<string> CalendarOf(
        this AppDb db,
        Visit visit,
        Client client,
        string root,
        Side side = Side.Client,
        VisitAsks? asks = null
    )
    {
        var link =
            asks is { Gone: true } ? $"{root}visits/{visit.Id}"
            : side == Side.Client ? $"{root}v/{visit.Link}"
            : $"{root}p/{visit.ProgrammerLink}";
        var firm = await Firm.Of(db);
        var text = new StringBuilder();
        void Line(string name, string value) => CalendarText.Line(text, $"{name}:{value}");
        Line("BEGIN", "VCALENDAR");
        Line("VERSION", "2.0");
        Line("PRODID", "-//Remit//Visits//EN");
        Line("METHOD", asks?.Method(visit) ?? "PUBLISH");
        Line("BEGIN", "VEVENT");
        Line("UID", $"visit-{visit.Id:N}@remit");
        // The letter is written in the save that counts one on.
        Line("SEQUENCE", $"{visit.Version + (db.Entry(visit).State == EntityState.Modified ? 1 : 0)}");
        Line("DTSTAMP", $"{DateTime.UtcNow:yyyyMMdd'T'HHmmss'Z'}");
        Line("DTSTART", $"{firm.Moment(visit.StartsAt):yyyyMMdd'T'HHmmss'Z'}");
        Line("DTEND", $"{firm.Moment(visit.EndsAt):yyyyMMdd'T'HHmmss'Z'}");
        Line("SUMMARY", CalendarText.Escape($"{visit.Subject} · {(side == Side.Client ? firm.Name : client.Name)}"));
        if (!visit.Remote && client.Address.Length > 0)
            Line("LOCATION", CalendarText.Escape(client.Address));
        Line("DESCRIPTION", CalendarText.Escape(link));
        Line("URL", link);
        if (asks is not null)
        {
            Line($"ORGANIZER;CN={CalendarText.Quoted(firm.Name)}", "mailto:" + asks.Organizer);
            var agreed = side == Side.Client ? visit.State == VisitState.Confirmed : visit.AcceptedAt is not null;
            Line(
                $"ATTENDEE;CN={CalendarText.Quoted(asks.Name)};ROLE=REQ-PARTICIPANT;PARTSTAT={(agreed ? "ACCEPTED" : "NEEDS-ACTION")};RSVP=TRUE",
                "mailto:" + asks.Email
            );
        }
        Line(
            "STATUS",
            asks is { Gone: true }
                ? "CANCELLED"
                : visit.State switch
                {
                    VisitState.Planned => "TENTATIVE",
                    VisitState.Cancelled => "CANCELLED",
                    _ => "CONFIRMED",
                }
        );
        Line("END", "VEVENT");
        Line("END", "VCALENDAR");
        return text.ToString();
    }
}

/// <summary>Who answers by their mail program, and the firm's address that reads the answer.</summary>
internal sealed record VisitAsks(string Organizer, string Name, string Email)
{
    /// <summary>They no longer go; somebody else does.</summary>
    public bool Gone { get; init; }

    /// <summary>Null where the firm reads no letters: an answer would reach nobody.</summary>
    public static async Task<VisitAsks?> Of(AppDb db, string name, string email) =>
        await Mailbox.AddressOf(db) is { } address ? new(address, name, email) : null;

    public string Method(Visit visit) => Gone || visit.State == VisitState.Cancelled ? "CANCEL" : "REQUEST";
}
