using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>The filter of a calendar-query: a kind of component, a stretch of time, properties that say something (RFC 4791, 9.7).</summary>
internal sealed class CalendarFilter
{
    private readonly string? component;
    private readonly (long From, long To)? range;
    private readonly XElement? inside;
    private readonly bool never;

    private CalendarFilter(XElement? filter)
    {
        var calendar = filter?.Element(C + "comp-filter");
        if (calendar is null || !Is(calendar, "VCALENDAR")) throw new DavError(403, C + "valid-filter");
        never = calendar.Element(C + "is-not-defined") is not null;
        if (calendar.Elements(C + "comp-filter").Count() > 1) throw new DavError(403, C + "supported-filter");
        inside = calendar.Element(C + "comp-filter");
        component = ((string?)inside?.Attribute("name"))?.ToUpperInvariant();
        if (inside?.Element(C + "time-range") is { } stretch) range = CalendarReports.Range(stretch);
    }

    public static CalendarFilter Read(XElement? filter) => new(filter);

    /// <summary>What the columns can decide.</summary>
    public IQueryable<CalendarItem> Narrow(IQueryable<CalendarItem> items)
    {
        if (never) return items.Where(i => false);
        if (component is { } kind) items = inside!.Element(C + "is-not-defined") is null ? items.Where(i => i.Component == kind) : items.Where(i => i.Component != kind);
        return range is var (from, to) ? items.Touching(Civil.Moment(from), Civil.Moment(to)) : items;
    }

    /// <summary>What only the text can decide: a series may have no time in the stretch between its ends.</summary>
    public bool Takes(CalendarItem item, Zone zone)
    {
        if (inside is null || inside.Element(C + "is-not-defined") is not null) return true;
        var tests = inside.Elements().Where(e => e.Name == C + "prop-filter" || e.Name == C + "comp-filter").ToList();
        if (tests.Count == 0 && (range is null || !item.Repeats && item.Component != "VEVENT")) return true;
        var root = item.Root();
        if (range is var (from, to) && (item.Component == "VEVENT" || item.Repeats) && !Series.Of(root, zone).Any(s => s.Between(from, to).Count > 0)) return false;
        return tests.Count == 0 || root.Inside(item.Component).Any(c => tests.All(t => Holds(c, t)));
    }

    private static bool Holds(Component c, XElement test)
    {
        var name = (string?)test.Attribute("name") ?? "";
        if (test.Name == C + "comp-filter") return c.Inside(name).Any() == (test.Element(C + "is-not-defined") is null);
        var lines = c.All(name).ToList();
        if (test.Element(C + "is-not-defined") is not null) return lines.Count == 0;
        if (lines.Count == 0) return false;
        if (test.Element(C + "time-range") is { } stretch && CalendarReports.Range(stretch) is var (from, to))
            return lines.Any(l => TimeValue.Of(l) is { } time && time.Local >= from && time.Local < to);
        if (test.Element(C + "text-match") is { } text && !lines.Any(l => Matches(TextValue.Read(l.Value), text))) return false;
        return test.Elements(C + "param-filter").All(p => lines.Any(l => HoldsParameter(l, p)));
    }

    private static bool HoldsParameter(ContentLine line, XElement test)
    {
        var value = line.Of((string?)test.Attribute("name") ?? "");
        if (test.Element(C + "is-not-defined") is not null) return value is null;
        return value is not null && (test.Element(C + "text-match") is not { } text || line.All((string)test.Attribute("name")!).Any(v => Matches(v, text)));
    }

    // Without i;octet the case of letters does not count, in any alphabet.
    private static bool Matches(string value, XElement text)
    {
        var how = (string?)text.Attribute("collation") == "i;octet" ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return value.Contains(text.Value, how) != ((string?)text.Attribute("negate-condition") == "yes");
    }

    private static bool Is(XElement filter, string name) => string.Equals((string?)filter.Attribute("name"), name, StringComparison.OrdinalIgnoreCase);
}
