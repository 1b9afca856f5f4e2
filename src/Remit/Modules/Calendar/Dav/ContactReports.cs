using System.Xml.Linq;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>REPORT on the address book: by query, by name, by change.</summary>
internal static class ContactReports
{
    private const int MostNames = 20_000;

    public static async Task<IResult> Answer(DavRequest r)
    {
        if (!r.Actor.Can(Permission.ClientsSee)) throw new DavError(404);
        var body = await Read(r.Http.Request) ?? throw new DavError(400);
        var names = DavRequest.Names(body.Element(D + "prop"));
        if (body.Name == D + "sync-collection") return await Sync(r, body);
        if (body.Name == R + "addressbook-multiget") return await MultiGet(r, body, names);
        if (body.Name != R + "addressbook-query") throw new DavError(403, D + "supported-report");
        if (body.Element(R + "filter") is not { } filter) throw new DavError(403, R + "supported-filter");
        TextMatch.Check(filter);
        var limit = int.TryParse(body.Element(R + "limit")?.Element(R + "nresults")?.Value, out var n) && n > 0 ? n : int.MaxValue;
        var found = (await ContactFiles.All(r)).Where(c => Takes(filter, c.Text)).ToList();
        return MultiStatus(w =>
        {
            foreach (var row in found.Take(limit)) w.Response(ContactFiles.File(r, row), names);
            if (found.Count > limit) w.Response(r.Paths.Contacts, 507);
        });
    }

    private static async Task<IResult> MultiGet(DavRequest r, XElement body, IReadOnlyList<XName> names)
    {
        var hrefs = body.Elements(D + "href").Select(h => h.Value).Take(MostNames).ToList();
        var all = (await ContactFiles.Named(r, [.. hrefs.Select(h => DavPaths.FileOf(h, r.Paths.Contacts)).OfType<string>().Distinct()])).ToDictionary(c => c.Path);
        return MultiStatus(w =>
        {
            foreach (var href in hrefs)
                if (DavPaths.FileOf(href, r.Paths.Contacts) is { } name && all.TryGetValue(name, out var row)) w.Response(ContactFiles.File(r, row), names);
                else w.Response(href, 404);
        });
    }

    // The contacts that were there before anything was numbered are told to one who asks for the first time.
    private static async Task<IResult> Sync(DavRequest r, XElement body)
    {
        var changes = await SyncReport.Since(r, SyncChange.AddressBook, body);
        var first = SyncToken.Read(body.Element(D + "sync-token")?.Value) == 0;
        var rows = await ContactFiles.All(r, first ? null : [.. changes.Rows.Where(c => !c.Gone).Select(c => c.Item)]);
        if (first) changes = changes with { Rows = [.. rows.Select(c => new SyncChange { Item = c.Contact.Id, Path = c.Path })], Cut = false, Number = await r.Number(SyncChange.AddressBook) };
        IReadOnlyDictionary<Guid, DavResource> files = rows.ToDictionary(c => c.Contact.Id, c => (DavResource)ContactFiles.File(r, c));
        return SyncReport.Answer(body, changes, r.Paths.Contacts, _ => Task.FromResult(files), r.Paths.OfCard);
    }

    private static bool Takes(XElement filter, string text)
    {
        var tests = filter.Elements(R + "prop-filter").ToList();
        if (tests.Count == 0) return true;
        var card = ContentReader.Read(text).Components[0];
        return (string?)filter.Attribute("test") == "allof" ? tests.TrueForAll(t => PropertyTest.Holds(card, t)) : tests.Exists(t => PropertyTest.Holds(card, t));
    }
}
