using System.Xml.Linq;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>In which shape the text of events is wanted: as it is, or each time of a stretch by itself and in UTC (RFC 4791, 9.6.5).</summary>
internal sealed class DataShape
{
    private readonly (long From, long To)? expand;

    public static readonly DataShape Whole = new(new XElement(C + "calendar-data"));

    private DataShape(XElement data) => expand = data.Element(C + "expand") is { } stretch ? CalendarReports.Range(stretch) : null;

    /// <summary>Null where no text is wanted.</summary>
    public static DataShape? Of(XElement? data) => data is null ? null : new DataShape(data);

    public string Of(CalendarItem item, Zone zone)
    {
        if (expand is not var (from, to))
            return item.Text;
        var root = item.Root();
        var plain = new Component("VCALENDAR");
        plain.Lines.AddRange(root.Lines);
        foreach (var series in Series.Of(root, zone))
        foreach (var time in series.Between(from, to))
            plain.Components.Add(One(time, series.Repeats || time.Source.Find("RECURRENCE-ID") is not null, series.Zone));
        return ContentWriter.Write(plain);
    }

    private static Component One(Occurrence time, bool named, Zone zone)
    {
        var one = time.Source.Copy();
        foreach (var name in (string[])["RRULE", "RDATE", "EXDATE", "EXRULE", "DURATION", "RECURRENCE-ID"])
            one.Remove(name);
        TimeValue At(long utc, long local) => time.AllDay ? new TimeValue(local, TimeForm.Date) : new TimeValue(utc, TimeForm.Utc);
        one.Set(At(time.Start, time.Local.Local).Line("DTSTART"));
        if (time.End > time.Start)
            one.Set(At(time.End, zone.ToLocal(time.End)).Line("DTEND"));
        if (named)
            one.Set(
                (
                    time.Id.IsDate
                        ? time.Id
                        : new TimeValue(time.Id.Form == TimeForm.Utc ? time.Id.Local : zone.ToUtc(time.Id.Local), TimeForm.Utc)
                ).Line("RECURRENCE-ID")
            );
        return one;
    }
}
