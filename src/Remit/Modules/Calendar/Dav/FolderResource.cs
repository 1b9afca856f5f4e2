using System.Xml;
using System.Xml.Linq;
using Remit.Kernel;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>The person who asks, and the folders on the way: what a phone walks through to find its calendars.</summary>
internal sealed class FolderResource(DavPlace place, DavPaths paths, Actor actor, string email) : DavResource(paths.Of(place))
{
    public override IReadOnlyList<XName> All =>
        [
            D + "resourcetype",
            D + "displayname",
            D + "current-user-principal",
            D + "principal-URL",
            C + "calendar-home-set",
            R + "addressbook-home-set",
        ];

    public override bool Write(XmlWriter w, XName name) =>
        name switch
        {
            _ when name == D + "resourcetype" => Did(() =>
            {
                if (place == DavPlace.Me)
                    w.Holding(name, D + "collection", D + "principal");
                else if (place == DavPlace.Outbox)
                    w.Holding(name, D + "collection", C + "schedule-outbox");
                else
                    w.Holding(name, D + "collection");
            }),
            _ when name == D + "displayname" => Did(() => w.Text(name, actor.Name)),
            _ when name == D + "current-user-principal" || name == D + "principal-URL" || name == D + "owner" => Did(() =>
                w.Href(name, paths.Of(DavPlace.Me))
            ),
            _ when name == D + "principal-collection-set" => Did(() => w.Href(name, paths.Of(DavPlace.Root))),
            _ when name == C + "calendar-home-set" => Did(() => w.Href(name, paths.Of(DavPlace.Calendars))),
            _ when name == R + "addressbook-home-set" => Did(() => w.Href(name, paths.Of(DavPlace.AddressBooks))),
            _ when name == C + "schedule-inbox-URL" => Did(() => w.Href(name, paths.Of(DavPlace.Inbox))),
            _ when name == C + "schedule-outbox-URL" => Did(() => w.Href(name, paths.Of(DavPlace.Outbox))),
            _ when name == C + "calendar-user-type" => Did(() => w.Text(name, "INDIVIDUAL")),
            _ when name == D + "supported-report-set" => Did(() => CalendarResource.Reports(w)),
            _ when name == C + "calendar-user-address-set" => Did(() => w.Href(name, "mailto:" + email)),
            _ when name == S + "email-address-set" => Did(() =>
            {
                w.WriteStartElement(name.LocalName, name.NamespaceName);
                w.Text(S + "email-address", email);
                w.WriteEndElement();
            }),
            _ when name == D + "current-user-privilege-set" => Did(() =>
                Privileges(w, place == DavPlace.Calendars && actor.Can(Permission.CalendarEdit))
            ),
            _ => false,
        };

    internal static void Privileges(XmlWriter w, bool write) =>
        Privileges(w, write ? ["read", "write", "write-content", "write-properties", "bind", "unbind"] : ["read"]);

    internal static void Privileges(XmlWriter w, IEnumerable<string> rights)
    {
        w.WriteStartElement("current-user-privilege-set", D.NamespaceName);
        foreach (var one in rights)
            w.Holding(D + "privilege", D + one);
        w.WriteEndElement();
    }
}
