using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Remit.Kernel;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>The clients' contacts as one address book.</summary>
internal sealed class AddressBookResource(string name, long number, DavPaths paths, Actor actor) : DavResource(paths.Contacts)
{
    public override IReadOnlyList<XName> All => [D + "resourcetype", D + "displayname", S + "getctag", D + "sync-token"];

    public override bool Write(XmlWriter w, XName asked) =>
        asked switch
        {
            _ when asked == D + "resourcetype" => Did(() => w.Holding(asked, D + "collection", R + "addressbook")),
            _ when asked == D + "displayname" || asked == R + "addressbook-description" => Did(() => w.Text(asked, name)),
            _ when asked == S + "getctag" || asked == D + "sync-token" => Did(() => w.Text(asked, SyncToken.Write(number))),
            _ when asked == R + "supported-collation-set" => Did(() => CalendarResource.Collations(w, asked)),
            _ when asked == R + "supported-address-data" => Did(() =>
                CalendarResource.Data(w, asked, R + "address-data-type", "text/vcard", "3.0")
            ),
            _ when asked == R + "max-resource-size" => Did(() =>
                w.Text(asked, CalendarItem.MostBytes.ToString(CultureInfo.InvariantCulture))
            ),
            _ when asked == D + "owner" || asked == D + "current-user-principal" => Did(() => w.Href(asked, paths.Of(DavPlace.Me))),
            _ when asked == D + "current-user-privilege-set" => Did(() => FolderResource.Privileges(w, actor.Can(Permission.ClientsEdit))),
            _ when asked == D + "supported-report-set" => Did(() =>
                CalendarResource.Reports(w, R + "addressbook-query", R + "addressbook-multiget", D + "sync-collection")
            ),
            _ => false,
        };
}
