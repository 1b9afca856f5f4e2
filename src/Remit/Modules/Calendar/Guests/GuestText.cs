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

/// <summary>What stands in a letter to a guest, in the guest's language and on the guest's clock, with the file for their calendar.</summary>
internal static class GuestText
{
    /// <summary>The letters between what a guest was told last and what stands now; none where nothing is new to them.</summary>
    public static async Task<IReadOnlyList<Letter>> News(AppDb db, Invitation i, JobWork work)
    {
        var zone = CalendarQueries.ZoneOf(work.Firm);
        // Called off before they were ever asked: they need not hear of it.
        if (i.Cancelled)
            return i.SentSequence < 0 ? [] : [await Of(db, i, "cancelled", work)];
        if (i.SentSequence < 0)
            return [await Of(db, i, i.Continues is null ? "invited" : "goes_on", work)];
        if (i.Told.Length == 0)
            return [await Of(db, i, "changed", work)];
        var letters = new List<Letter>();
        foreach (var news in GuestCopy.Of(i.Told, zone).News(GuestCopy.Of(i.Says, zone), work.Now))
            letters.Add(
                await Of(
                    db,
                    i,
                    news.What == "ended" && await db.Set<Invitation>().AnyAsync(x => x.Continues == i.Id && !x.Cancelled)
                        ? "parted"
                        : news.What,
                    work,
                    news
                )
            );
        return letters;
    }

    public static async Task<Letter> Of(AppDb db, Invitation i, string what, JobWork work, GuestNews? news = null)
    {
        var (t, clock, copy) = (new T(i.Language), Clock.Of(i.TimeZone, work.Firm), Copy(i, CalendarQueries.ZoneOf(work.Firm)));
        var first = news?.Times is [var one, ..] ? one.Was ?? one.Is : copy?.Next(work.Now);
        var at = clock.At(first is null ? i.StartsAt : Civil.Moment(first.Start));
        (string, object?)[] values =
        [
            ("firm", work.Firm.Name),
            ("meeting", i.Summary),
            ("day", DateOnly.FromDateTime(at)),
            ("time", $"{at:HH:mm}"),
            ("zone", ZoneNames.Of(clock.Name, t)),
            ("place", i.Place.Length > 0 ? i.Place : "—"),
            ("link", $"{i.Root}i/{i.Link}"),
            ("times", Lines(news, clock, t)),
        ];
        var host = await Host(db, i);
        var letter = new Letter(
            i.Email,
            t["invite.subject_" + what, values],
            t["invite.letter_" + what, [.. values, ("host", host.Name.Length > 0 ? host.Name : work.Firm.Name)]]
        );
        letter = letter with { About = i.About() };
        if (what is "reminded" or "asked_again")
            return letter;
        var off = i.Cancelled || news?.CallsOff == true;
        return letter with { Method = off ? "CANCEL" : "REQUEST", Calendar = File(i, copy, news?.Events, off, host, work.Now) };
    }

    /// <summary>The file of the whole event, as it stands now.</summary>
    public static async Task<string> Calendar(AppDb db, Invitation i, Firm firm, DateTime now) =>
        File(i, Copy(i, CalendarQueries.ZoneOf(firm)), null, i.Cancelled, await Host(db, i), now);

    /// <summary>The event as the guest may know it; null for one who was invited before copies were kept.</summary>
    public static GuestCopy? Copy(Invitation i, Zone zone) => i.Says.Length > 0 ? GuestCopy.Of(i.Says, zone) : null;

    // iTIP (RFC 5546): all of the event or single times of it, with its own rules and zones.
    private static string File(
        Invitation i,
        GuestCopy? copy,
        IReadOnlyList<Component>? events,
        bool off,
        (string Name, string Email) host,
        DateTime now
    )
    {
        var root = new Component("VCALENDAR");
        root.Lines.AddRange([new("VERSION", "2.0"), new("PRODID", "-//Remit//Invitations//EN"), new("METHOD", off ? "CANCEL" : "REQUEST")]);
        root.Components.AddRange(copy?.Zones ?? []);
        // What is called off as a whole is named once; its single times go with it.
        foreach (var part in events ?? (off ? copy?.All.Take(1) : copy?.All) ?? [Plain(i)])
        {
            var one = new Component("VEVENT");
            one.Lines.AddRange([new("UID", i.Uid), new("SEQUENCE", $"{i.Sequence}"), new ContentLine("DTSTAMP", Utc(now)), .. part.Lines]);
            one.SetText("DESCRIPTION", $"{i.Root}i/{i.Link}");
            one.Lines.Add(new ContentLine("URL", $"{i.Root}i/{i.Link}"));
            if (MailAddress.TryCreate(host.Email, out _))
                one.Lines.Add(new ContentLine("ORGANIZER", "mailto:" + host.Email, ("CN", host.Name)));
            // Who is told of one time anew is asked of it anew.
            var said = events is not null && part.Find("RECURRENCE-ID") is not null ? Reply.Waiting : i.Reply;
            one.Lines.Add(
                new ContentLine(
                    "ATTENDEE",
                    "mailto:" + i.Email,
                    ("CN", i.Name),
                    ("ROLE", "REQ-PARTICIPANT"),
                    (
                        "PARTSTAT",
                        said switch
                        {
                            Reply.Accepted => "ACCEPTED",
                            Reply.Declined => "DECLINED",
                            Reply.Tentative => "TENTATIVE",
                            _ => "NEEDS-ACTION",
                        }
                    ),
                    ("RSVP", "TRUE")
                )
            );
            one.Lines.Add(new ContentLine("STATUS", off ? "CANCELLED" : "CONFIRMED"));
            root.Components.Add(one);
        }
        return ContentWriter.Write(root);
    }

    private static Component Plain(Invitation i)
    {
        var one = new Component("VEVENT");
        one.Lines.AddRange([new("DTSTART", Utc(i.StartsAt)), new("DTEND", Utc(i.EndsAt))]);
        one.SetText("SUMMARY", i.Summary);
        one.SetText("LOCATION", i.Place);
        return one;
    }

    private static string Lines(GuestNews? news, Clock clock, T t) =>
        string.Join(
            '\n',
            (news?.Times ?? []).Select(c =>
                c switch
                {
                    ({ } was, { } now) when was.Start != now.Start => $"• {Moment(was, clock, t)} → {Moment(now, clock, t)}{Place(now)}",
                    _ => $"• {Moment((c.Is ?? c.Was)!, clock, t)}{Place(c.Is)}",
                }
            )
        );

    private static string Moment(Occurrence time, Clock clock, T t) =>
        time.AllDay ? Formats.Day(Civil.Date(Civil.DayOf(time.Local.Local)), t)
        : clock.At(Civil.Moment(time.Start)) is var at ? $"{Formats.Any(at, t)} {at:HH:mm}"
        : "";

    private static string Place(Occurrence? time) => time?.Source.Text("LOCATION") is { Length: > 0 } place ? $", {place}" : "";

    // Where the firm reads its letters, what calendar programs answer goes there, whoever invites.
    private static async Task<(string Name, string Email)> Host(AppDb db, Invitation i)
    {
        var host = await db.Set<Person>()
            .AsNoTracking()
            .Where(p => p.Id == i.InvitedBy)
            .Select(p => new { p.Name, p.Email })
            .SingleOrDefaultAsync();
        return (host?.Name ?? "", await Mailbox.AddressOf(db) ?? host?.Email ?? "");
    }

    private static string Utc(DateTime moment) => new TimeValue(Civil.Seconds(moment), TimeForm.Utc).Text;
}
