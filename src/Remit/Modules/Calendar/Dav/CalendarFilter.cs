using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>The filter of a calendar-query: kinds of component, stretches of time, properties that say something (RFC 4791, 9.7).</summary>
internal sealed class CalendarFilter
{
    /// <summary>Tests in one filter; more are no question anybody asks.</summary>
    private const int Most = 100;

    private readonly XElement calendar;
    private readonly List<XElement> inside;

    private CalendarFilter(XElement? filter)
    {
        calendar = filter?.Elements(C + "comp-filter").SingleOrDefault() ?? throw new DavError(403, C + "valid-filter");
        if (NameOf(calendar) != "VCALENDAR" || calendar.Descendants().Count() > Most)
            throw new DavError(403, C + "valid-filter");
        inside = [.. calendar.Elements(C + "comp-filter")];
        TextMatch.Check(calendar);
        foreach (var stretch in calendar.Descendants(C + "time-range"))
            CalendarReports.Range(stretch);
        // VCALENDAR takes place at no time of its own, and what is said not to be there says nothing else.
        if (calendar.Element(C + "time-range") is not null)
            throw new DavError(403, C + "valid-filter");
        if (calendar.Descendants(C + "is-not-defined").Any(e => e.Parent!.Elements().Count() > 1))
            throw new DavError(403, C + "valid-filter");
    }

    /// <summary>Refused where it is no filter, or asks for what is not reckoned here.</summary>
    public static CalendarFilter Read(XElement? filter) => new(filter);

    /// <summary>What the columns can decide; never less than <see cref="Takes"/> lets through.</summary>
    public IQueryable<CalendarItem> Narrow(IQueryable<CalendarItem> items)
    {
        if (calendar.Element(C + "is-not-defined") is not null)
            return items.Where(i => false);
        foreach (var one in inside)
        {
            var name = NameOf(one);
            var absent = one.Element(C + "is-not-defined") is not null;
            if (!CalendarObject.Kinds.Contains(name))
                continue;
            items = absent ? items.Where(i => i.Component != name) : items.Where(i => i.Component == name);
            if (!absent && one.Element(C + "time-range") is { } stretch && CalendarReports.Range(stretch) is var (from, to))
                items = items.Touching(Civil.Moment(from), Civil.Moment(to));
        }
        return items;
    }

    /// <summary>Whether the columns have decided all: the text of an item that is let through need not be opened.</summary>
    public bool IsDecided(bool repeats) =>
        calendar.Elements(C + "prop-filter").FirstOrDefault() is null
        && inside.All(one =>
            CalendarObject.Kinds.Contains(NameOf(one))
            && one.Elements().All(e => e.Name == C + "is-not-defined" || e.Name == C + "time-range" && !repeats && NameOf(one) == "VEVENT")
        );

    /// <summary>What only the text can decide: a series may have no time in the stretch between its ends.</summary>
    public bool Takes(CalendarItem item, Zone zone)
    {
        if (IsDecided(item.Repeats))
            return true;
        // Most questions are a stretch of time and nothing else, and the series of an event are kept.
        if (
            inside is [var only]
            && only.Elements().All(e => e.Name == C + "time-range")
            && NameOf(only) == "VEVENT"
            && calendar.Elements().Count() == 1
        )
            return CalendarReports.Range(only.Element(C + "time-range")!) is var (from, to)
                && item.SeriesOf(zone).Any(s => s.Between(from, to).Count > 0);
        var root = item.Root();
        return calendar.Elements(C + "prop-filter").All(t => PropertyTest.Holds(root, t))
            && inside.All(t => Holds(root.Inside(NameOf(t)).ToList(), t, new TimeTest(root, zone)));
    }

    // One component has to pass every test; of a series it is the time's own that is asked.
    private static bool Holds(List<Component> found, XElement test, TimeTest times)
    {
        if (test.Element(C + "is-not-defined") is not null)
            return found.Count == 0;
        if (test.Element(C + "time-range") is { } stretch && CalendarReports.Range(stretch) is var (from, to))
            found = times.Within(found, from, to);
        return found.Exists(c =>
            test.Elements(C + "prop-filter").All(t => PropertyTest.Holds(c, t))
            && test.Elements(C + "comp-filter").All(t => Holds(c.Inside(NameOf(t)).ToList(), t, times))
        );
    }

    private static string NameOf(XElement filter) => ((string?)filter.Attribute("name") ?? "").ToUpperInvariant();
}

/// <summary>What is asked of a property and its parameters, the same for events and for cards: prop-filter, param-filter, text-match.</summary>
internal static class PropertyTest
{
    public static bool Holds(Component c, XElement test)
    {
        var ns = test.Name.Namespace;
        var lines = c.All((string?)test.Attribute("name") ?? "").ToList();
        if (test.Element(ns + "is-not-defined") is not null)
            return lines.Count == 0;
        var anyOf = ns == R && (string?)test.Attribute("test") != "allof";
        var tests = test.Elements()
            .Where(e => e.Name == ns + "text-match" || e.Name == ns + "param-filter" || e.Name == ns + "time-range")
            .ToList();
        if (tests.Count == 0)
            return lines.Count > 0;
        return anyOf ? tests.Exists(t => lines.Exists(l => Holds(l, t))) : lines.Exists(l => tests.TrueForAll(t => Holds(l, t)));
    }

    private static bool Holds(ContentLine line, XElement test)
    {
        if (test.Name.LocalName == "text-match")
            return TextMatch.Holds(TextValue.Read(line.Value), test);
        if (test.Name.LocalName == "time-range")
            return CalendarReports.Range(test) is var (from, to) && TimeValue.Of(line) is { } time && time.Local >= from && time.Local < to;
        var name = (string?)test.Attribute("name") ?? "";
        if (test.Element(test.Name.Namespace + "is-not-defined") is not null)
            return line.Of(name) is null;
        return line.Of(name) is not null
            && (test.Element(test.Name.Namespace + "text-match") is not { } text || line.All(name).Any(v => TextMatch.Holds(v, text)));
    }
}

/// <summary>The comparing of texts, RFC 4790: without i;octet the case of letters does not count, in any alphabet.</summary>
internal static class TextMatch
{
    public static readonly IReadOnlyList<string> Collations = ["i;ascii-casemap", "i;octet", "i;unicode-casemap"];

    /// <summary>Refuses a way of comparing that is not known here.</summary>
    public static void Check(XElement filter)
    {
        var ns = filter.Name.Namespace;
        foreach (var text in filter.Descendants(ns + "text-match"))
            if ((string?)text.Attribute("collation") is { } how && how != "default" && !Collations.Contains(how))
                throw new DavError(403, ns + "supported-collation");
    }

    public static bool Holds(string value, XElement text)
    {
        var how = (string?)text.Attribute("collation") == "i;octet" ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        var holds = (string?)text.Attribute("match-type") switch
        {
            "equals" => value.Equals(text.Value, how),
            "starts-with" => value.StartsWith(text.Value, how),
            "ends-with" => value.EndsWith(text.Value, how),
            _ => value.Contains(text.Value, how),
        };
        return holds != ((string?)text.Attribute("negate-condition") == "yes");
    }
}
