using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Calendar.Format;
using Remit.Modules.People;
using Remit.Web;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>When several people are taken, asked in one request to the outbox (RFC 6638, 5). Invitations do not go this way.</summary>
internal static class Scheduling
{
    private const int MostPeople = 100;
    private const long MostSeconds = 366L * Civil.Day;

    public static async Task<IResult> Ask(DavRequest r)
    {
        var root = Request(await Bytes(r.Http.Request, CalendarItem.MostBytes));
        var asked =
            root.Inside("VFREEBUSY").FirstOrDefault()
            ?? throw new DavError(403, C + "supported-calendar-component") { Why = "only VFREEBUSY is answered here" };
        if (root.Text("METHOD") is not "REQUEST")
            throw new DavError(400) { Why = "METHOD:REQUEST is expected" };
        if (!Address(asked.Text("ORGANIZER")).Equals(r.Email, StringComparison.OrdinalIgnoreCase))
            throw new DavError(403, C + "organizer-allowed");
        if (
            (TimeValue.Of(asked.Find("DTSTART")), TimeValue.Of(asked.Find("DTEND"))) is not ({ } from, { } to)
            || to.Local <= from.Local
            || to.Local - from.Local > MostSeconds
        )
            throw new DavError(400) { Why = "a stretch of at most a year is expected" };
        var people = asked.All("ATTENDEE").Select(a => a.Value).Distinct().Take(MostPeople).ToList();
        var answers = await Of(r, people, from.Local, to.Local);
        return new DavResult(200, Write(people, answers, asked, from, to));
    }

    private static Component Request(byte[] body)
    {
        try
        {
            return ContentReader.Read(body).Components is [var root] && root.Is("VCALENDAR")
                ? root
                : throw new NotReadable(1, new("ics.one_calendar"));
        }
        catch (NotReadable not)
        {
            throw new DavError(403, C + "valid-calendar-data") { Why = $"line {not.Line}: {new T("en").Of(not.Reason)}" };
        }
    }

    // Whatever takes a person's time in Remit counts: calendars here and elsewhere, visits.
    private static async Task<Dictionary<string, List<(long From, long To)>>> Of(DavRequest r, List<string> asked, long from, long to)
    {
        var emails = asked.Select(a => Address(a).ToLowerInvariant()).ToList();
        var people = await r
            .Db.Set<Person>()
            .AsNoTracking()
            .Where(p => p.Active && emails.Contains(p.Email.ToLower()))
            .Select(p => new { p.Id, p.Email })
            .ToListAsync();
        var busy = people.ToDictionary(p => p.Email.ToLowerInvariant(), _ => new List<(long, long)>());
        var zone = r.Zone;
        foreach (var source in r.Http.RequestServices.GetServices<IBusyTimes>())
        foreach (
            var (person, time) in await source.Of(
                r.Db,
                people.ConvertAll(p => p.Id),
                Civil.Moment(zone.ToLocal(from)),
                Civil.Moment(zone.ToLocal(to)),
                r.Screen.Firm!
            )
        )
            busy[people.Find(p => p.Id == person)!.Email.ToLowerInvariant()]
                .Add((zone.ToUtc(Civil.Seconds(time.From)), zone.ToUtc(Civil.Seconds(time.To))));
        return busy;
    }

    private static byte[] Write(
        List<string> people,
        Dictionary<string, List<(long From, long To)>> busy,
        Component asked,
        TimeValue from,
        TimeValue to
    )
    {
        var answer = new XElement(
            C + "schedule-response",
            people.Select(person =>
            {
                var known = busy.TryGetValue(Address(person).ToLowerInvariant(), out var times);
                return new XElement(
                    C + "response",
                    new XElement(C + "recipient", new XElement(D + "href", person)),
                    new XElement(C + "request-status", known ? "2.0;Success" : "3.7;Invalid calendar user"),
                    known
                        ? new XElement(C + "calendar-data", Text(person, FreeBusy.Joined(times!, from.Local, to.Local), asked, from, to))
                        : null
                );
            })
        );
        return System.Text.Encoding.UTF8.GetBytes(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>" + answer.ToString(SaveOptions.DisableFormatting)
        );
    }

    private static string Text(string person, IEnumerable<(long Start, long End)> times, Component asked, TimeValue from, TimeValue to)
    {
        var (root, busy) = (new Component("VCALENDAR"), new Component("VFREEBUSY"));
        root.Lines.AddRange([new("VERSION", "2.0"), new("PRODID", "-//Remit//Remit//EN"), new("METHOD", "REPLY")]);
        busy.Lines.AddRange(asked.Lines.Where(l => l.Is("UID") || l.Is("ORGANIZER") || l.Is("DTSTAMP")));
        busy.Lines.AddRange([new("ATTENDEE", person), from.Line("DTSTART"), to.Line("DTEND")]);
        foreach (var (start, end) in times)
            busy.Lines.Add(FreeBusy.Line(start, end, true));
        root.Components.Add(busy);
        return ContentWriter.Write(root);
    }

    private static string Address(string value) =>
        value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? value[7..].Trim() : value.Trim();
}
