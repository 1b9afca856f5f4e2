using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Remit.Kernel;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>Something with an address and properties.</summary>
internal abstract class DavResource(string href)
{
    public string Href => href;

    /// <summary>What is told to one who asks for everything.</summary>
    public virtual IReadOnlyList<XName> All => [D + "resourcetype", D + "displayname"];

    /// <summary>Writes the property, or says that there is none.</summary>
    public abstract bool Write(XmlWriter w, XName name);

    protected static bool Did(Action write)
    {
        write();
        return true;
    }
}

/// <summary>A calendar, with the number its changes have come to.</summary>
internal sealed class CalendarResource(CalendarBook book, long number, DavPaths paths, Actor actor) : DavResource(paths.Of(book))
{
    public override IReadOnlyList<XName> All =>
        [
            D + "resourcetype",
            D + "displayname",
            C + "calendar-description",
            A + "calendar-color",
            A + "calendar-order",
            C + "supported-calendar-component-set",
            S + "getctag",
            D + "sync-token",
            D + "current-user-privilege-set",
        ];

    public override bool Write(XmlWriter w, XName name) =>
        name switch
        {
            _ when name == D + "resourcetype" => Did(() => w.Holding(name, D + "collection", C + "calendar")),
            _ when name == D + "displayname" => Did(() => w.Text(name, book.Name)),
            _ when name == C + "calendar-description" => book.Description.Length > 0 && Did(() => w.Text(name, book.Description)),
            _ when name == A + "calendar-color" => Did(() => w.Text(name, book.Colour)),
            _ when name == A + "calendar-order" => Did(() => w.Text(name, book.Place.ToString(CultureInfo.InvariantCulture))),
            _ when name == C + "supported-calendar-component-set" => Did(() => Components(w, "VEVENT", "VTODO", "VJOURNAL")),
            _ when name == C + "supported-calendar-data" => Did(() => Data(w, name, C + "calendar-data", "text/calendar", "2.0")),
            _ when name == C + "supported-collation-set" => Did(() => Collations(w, name)),
            _ when name == C + "schedule-calendar-transp" => Did(() => w.Holding(name, C + (book.TakesTime ? "opaque" : "transparent"))),
            _ when name == C + "min-date-time" => Did(() => w.Text(name, "00010101T000000Z")),
            _ when name == C + "max-date-time" => Did(() => w.Text(name, "99991231T235959Z")),
            _ when name == C + "max-resource-size" => Did(() =>
                w.Text(name, CalendarItem.MostBytes.ToString(CultureInfo.InvariantCulture))
            ),
            _ when name == S + "getctag" || name == D + "sync-token" => Did(() => w.Text(name, SyncToken.Write(number))),
            _ when name == D + "getcontenttype" => Did(() => w.Text(name, "text/calendar; charset=utf-8")),
            _ when name == D + "owner" || name == D + "current-user-principal" => Did(() => w.Href(name, paths.Of(DavPlace.Me))),
            _ when name == D + "current-user-privilege-set" => Did(() => FolderResource.Privileges(w, book.EditedBy(actor))),
            _ when name == D + "supported-report-set" => Did(() =>
                Reports(w, C + "calendar-query", C + "calendar-multiget", C + "free-busy-query", D + "sync-collection")
            ),
            _ => false,
        };

    internal static void Reports(XmlWriter w, params XName[] reports)
    {
        w.WriteStartElement("supported-report-set", D.NamespaceName);
        foreach (var report in reports)
        {
            w.WriteStartElement("supported-report", D.NamespaceName);
            w.Holding(D + "report", report);
            w.WriteEndElement();
        }
        w.WriteEndElement();
    }

    internal static void Data(XmlWriter w, XName name, XName data, string type, string version)
    {
        w.WriteStartElement(name.LocalName, name.NamespaceName);
        w.WriteStartElement(data.LocalName, data.NamespaceName);
        w.WriteAttributeString("content-type", type);
        w.WriteAttributeString("version", version);
        w.WriteEndElement();
        w.WriteEndElement();
    }

    internal static void Collations(XmlWriter w, XName name)
    {
        w.WriteStartElement(name.LocalName, name.NamespaceName);
        foreach (var one in TextMatch.Collations)
            w.Text(name.Namespace + "supported-collation", one);
        w.WriteEndElement();
    }

    internal static void Components(XmlWriter w, params IEnumerable<string> kinds)
    {
        w.WriteStartElement("supported-calendar-component-set", C.NamespaceName);
        foreach (var one in kinds)
        {
            w.WriteStartElement("comp", C.NamespaceName);
            w.WriteAttributeString("name", one);
            w.WriteEndElement();
        }
        w.WriteEndElement();
    }
}

/// <summary>A calendar that Remit makes of visits, of what is due or of speakers' dates.</summary>
internal sealed class DatedCalendar(string path, string title, string number, DavPaths paths, bool moves) : DavResource(paths.OfDated(path))
{
    public override IReadOnlyList<XName> All =>
        [
            D + "resourcetype",
            D + "displayname",
            C + "supported-calendar-component-set",
            S + "getctag",
            D + "sync-token",
            D + "current-user-privilege-set",
        ];

    public override bool Write(XmlWriter w, XName name) =>
        name switch
        {
            _ when name == D + "resourcetype" => Did(() => w.Holding(name, D + "collection", C + "calendar")),
            _ when name == D + "displayname" => Did(() => w.Text(name, title)),
            _ when name == A + "calendar-color" => Did(() =>
                w.Text(
                    name,
                    path switch
                    {
                        DatedCalendars.Visits => "#5d5951",
                        DatedCalendars.Dues => "#8a5a00",
                        _ => "#6b3fa0",
                    }
                )
            ),
            _ when name == C + "supported-calendar-component-set" => Did(() => CalendarResource.Components(w, "VEVENT")),
            _ when name == C + "schedule-calendar-transp" => Did(() => w.Holding(name, C + "transparent")),
            _ when name == S + "getctag" || name == D + "sync-token" => Did(() => w.Text(name, number)),
            _ when name == D + "owner" || name == D + "current-user-principal" => Did(() => w.Href(name, paths.Of(DavPlace.Me))),
            // Changing an event moves the visit; none is made or taken away here.
            _ when name == D + "current-user-privilege-set" => Did(() =>
                FolderResource.Privileges(w, moves ? ["read", "write-content"] : ["read"])
            ),
            _ when name == D + "supported-report-set" => Did(() =>
                CalendarResource.Reports(w, C + "calendar-query", C + "calendar-multiget", D + "sync-collection")
            ),
            _ => false,
        };
}

/// <summary>Where invitations of other servers would wait; none come here, and clients look for the default calendar in it (RFC 6638, 9.2).</summary>
internal sealed class InboxResource(DavPaths paths, CalendarBook? first) : DavResource(paths.Of(DavPlace.Inbox))
{
    public override bool Write(XmlWriter w, XName name) =>
        name switch
        {
            _ when name == D + "resourcetype" => Did(() => w.Holding(name, D + "collection", C + "schedule-inbox")),
            _ when name == C + "schedule-default-calendar-URL" => first is not null && Did(() => w.Href(name, paths.Of(first))),
            _ when name == D + "owner" || name == D + "current-user-principal" => Did(() => w.Href(name, paths.Of(DavPlace.Me))),
            _ when name == D + "current-user-privilege-set" => Did(() => FolderResource.Privileges(w, false)),
            _ => false,
        };
}

/// <summary>An event or a contact as a file.</summary>
/// <param name="text">Null where nobody asked for the content.</param>
internal sealed partial class FileResource(string href, string etag, string? text, XName data, string type) : DavResource(href)
{
    /// <summary>What only the text says: itself, how long it is, and when it was last changed by its own word.</summary>
    public static readonly IReadOnlyList<XName> OfText =
    [
        C + "calendar-data",
        R + "address-data",
        D + "getcontentlength",
        D + "getlastmodified",
    ];

    public override IReadOnlyList<XName> All => [D + "resourcetype", D + "getetag", D + "getcontenttype"];

    public override bool Write(XmlWriter w, XName name) =>
        name switch
        {
            _ when name == D + "getetag" => Did(() => w.Text(name, etag)),
            _ when name == data => text is not null && Did(() => w.Text(name, text)),
            _ when name == D + "resourcetype" => Did(() => w.Empty(name)),
            _ when name == D + "getcontenttype" => Did(() => w.Text(name, type)),
            _ when name == D + "getcontentlength" => text is not null
                && Did(() => w.Text(name, System.Text.Encoding.UTF8.GetByteCount(text).ToString(CultureInfo.InvariantCulture))),
            _ when name == D + "getlastmodified" => Changed is { } at
                && Did(() => w.Text(name, at.ToString("R", CultureInfo.InvariantCulture))),
            _ => false,
        };

    private DateTime? Changed =>
        text is not null
        && Stamp.Matches(text).Select(m => m.Groups[1].Value).Max() is { } last
        && DateTime.TryParseExact(
            last,
            "yyyyMMdd'T'HHmmss'Z'",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out var at
        )
            ? at
            : null;

    [GeneratedRegex(@"^(?:LAST-MODIFIED|DTSTAMP|REV):(\d{8}T\d{6}Z)", RegexOptions.Multiline)]
    private static partial Regex Stamp { get; }
}
