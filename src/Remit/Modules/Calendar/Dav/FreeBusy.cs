using System.Text;
using System.Xml.Linq;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>When a calendar is taken, and nothing of what for.</summary>
internal static class FreeBusy
{
    public static async Task<IResult> Answer(DavRequest r, CalendarBook book, XElement body)
    {
        var (from, to) = CalendarReports.Range(body.Element(C + "time-range") ?? throw new DavError(400));
        var times = await r.Db.Times([book], r.Actor, Civil.Moment(from), Civil.Moment(to), r.Zone);
        var busy = new Component("VFREEBUSY");
        busy.Set(new ContentLine("DTSTART", new TimeValue(from, TimeForm.Utc).Text));
        busy.Set(new ContentLine("DTEND", new TimeValue(to, TimeForm.Utc).Text));
        foreach (var (start, end, sure) in Taken(times.Select(t => t.Time), from, to))
            busy.Lines.Add(Line(start, end, sure));
        var root = new Component("VCALENDAR");
        root.Lines.AddRange([new("VERSION", "2.0"), new("PRODID", "-//Remit//Remit//EN")]);
        root.Components.Add(busy);
        return Results.Text(ContentWriter.Write(root), "text/calendar", Encoding.UTF8);
    }

    public static ContentLine Line(long start, long end, bool sure) =>
        new(
            "FREEBUSY",
            $"{new TimeValue(start, TimeForm.Utc).Text}/{new TimeValue(end, TimeForm.Utc).Text}",
            ("FBTYPE", sure ? "BUSY" : "BUSY-TENTATIVE")
        );

    /// <summary>Stretches put together and cut to a window.</summary>
    public static IEnumerable<(long Start, long End)> Joined(IEnumerable<(long From, long To)> times, long from, long to)
    {
        (long Start, long End)? last = null;
        foreach (
            var (start, end) in times
                .Select(t => (Start: Math.Max(t.From, from), End: Math.Min(t.To, to)))
                .Where(t => t.End > t.Start)
                .OrderBy(t => t.Start)
        )
        {
            if (last is { } l && start <= l.End)
            {
                last = (l.Start, Math.Max(l.End, end));
                continue;
            }
            if (last is { } done)
                yield return done;
            last = (start, end);
        }
        if (last is { } rest)
            yield return rest;
    }

    /// <summary>Stretches that are taken, those that touch or overlap put together; what is only perhaps so is kept apart.</summary>
    public static IEnumerable<(long Start, long End, bool Sure)> Taken(IEnumerable<Occurrence> times, long from, long to)
    {
        var open = times
            .Where(t => !t.Source.Text("TRANSP").Equals("TRANSPARENT", StringComparison.OrdinalIgnoreCase))
            .ToLookup(t => !t.Source.Text("STATUS").Equals("TENTATIVE", StringComparison.OrdinalIgnoreCase), t => (t.Start, t.End));
        return new[] { false, true }.SelectMany(sure => Joined(open[sure], from, to).Select(t => (t.Start, t.End, sure)));
    }
}
